import { Injectable } from '@nestjs/common';
import type { AbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AbhaSettings } from './abha-settings.js';
import { Enrolment } from './enrolment.js';
import { AbhaPeople } from './people.js';
import { nameParts } from './person.js';

export interface AddressWish {
  readonly txnId: string;
  readonly abhaAddress: string;
  readonly preferred: number;
}

/** Suggests and gives out ABHA addresses, at the end of an enrolment. */
@Injectable()
export class Addresses {
  constructor(
    private readonly people: AbhaPeople,
    private readonly enrolment: Enrolment,
    private readonly settings: AbhaSettings,
    private readonly refusals: AbhaRefusals,
  ) {}

  suggest(call: AbhaCall): { txnId: string; abhaAddressList: string[] } {
    const { txnId, enrolled } = this.enrolment.inEnrolment(call, call.transactionId);
    const { name, dateOfBirth } = enrolled.demographics;
    const { firstName, lastName } = nameParts(name.toLowerCase().replace(/[^a-z ]/g, ''));
    const [year = '', month = '01', day = '01'] = dateOfBirth.split('-');
    const first = firstName || 'patient';
    const last = lastName || 'abha';
    const wishes = [`${first}.${last}`, `${first}_${last}${year}`, `${first}${last}${day}${month}`, `${first}${year}`];
    const more = Array.from({ length: 20 }, (_, i) => `${first}.${last}${i + 1}`);
    const free = [...wishes, ...more].filter((one) => one.length >= 8 && one.length <= 18 && !this.isTaken(one));
    const last4 = enrolled.abhaNumber?.replace(/\D/g, '').slice(-4) ?? '';
    const always = [1, 2, 3].map((n) => `${first.slice(0, 8)}.${last4}${year}${n}`);
    return { txnId, abhaAddressList: [...free, ...always].slice(0, 5) };
  }

  create(call: AbhaCall<AddressWish>) {
    const { txnId, abhaAddress, preferred } = call.body;
    const { enrolled: account } = this.enrolment.inEnrolment(call, txnId);
    if (!isWellFormed(abhaAddress)) throw this.refusals.field(call.operationId, 'abhaAddress');
    const address = this.people.withSuffix(abhaAddress);
    if (this.isTaken(address)) throw this.refusals.as(call.operationId, 'taken');
    if (account.addresses.length >= this.settings.current.addressesPerAccount) {
      throw this.refusals.as(call.operationId, 'limit');
    }
    account.addresses.push(address);
    if (preferred === 1) account.preferredAddress = address;
    this.people.tellConsentManager(account);
    return { txnId, healthIdNumber: account.abhaNumber, preferredAbhaAddress: account.preferredAddress };
  }

  private isTaken(address: string): boolean {
    return this.people.isTaken(this.people.withSuffix(address));
  }
}

/** The contract's pattern says the rest: one dot and one underscore at most. */
function isWellFormed(address: string): boolean {
  return (address.match(/\./g) ?? []).length <= 1 && (address.match(/_/g) ?? []).length <= 1;
}

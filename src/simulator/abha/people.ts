import { Injectable } from '@nestjs/common';
import { digits, Patients } from '../patient-app/patients.js';
import { Settings } from '../settings.js';
import { AbhaClock } from './abha-clock.js';
import { abhaNumber, dashed } from './numbers.js';
import type { AadhaarHolder, Account, Demographics } from './person.js';

/** What a new account may bring; the rest gets its usual value. */
export interface NewAccount {
  readonly demographics: Demographics;
  /** `none`: an address-only account. */
  readonly abhaNumber?: string | undefined;
  readonly abhaAddress?: string | undefined;
  readonly mobile?: string | undefined;
  readonly email?: string | undefined;
  readonly status?: Account['status'] | undefined;
  readonly aadhaar?: string | undefined;
  readonly parent?: string | undefined;
  readonly hasBenefit?: boolean | undefined;
  readonly isProvisional?: boolean | undefined;
}

/** UIDAI's register and the ABHA accounts. Whoever has an account is a patient of the consent manager, too. */
@Injectable()
export class AbhaPeople {
  private readonly holders = new Map<string, AadhaarHolder>();
  private readonly accounts: Account[] = [];
  private created = 0;

  constructor(
    private readonly patients: Patients,
    private readonly settings: Settings,
    private readonly clock: AbhaClock,
  ) {}

  addHolder(holder: AadhaarHolder): void {
    this.holders.set(holder.aadhaar, holder);
  }

  hasAadhaarNumbers(): boolean {
    return this.holders.size > 0;
  }

  holder(aadhaar: string): AadhaarHolder | undefined {
    return this.holders.get(aadhaar);
  }

  allHolders(): readonly AadhaarHolder[] {
    return [...this.holders.values()];
  }

  addAccount(wish: NewAccount): Account {
    this.created += 1;
    const number = wish.abhaNumber === 'none' ? undefined : dashed(wish.abhaNumber ?? abhaNumber(this.created));
    const byDefault = number === undefined ? `address.only${this.created}` : digits(number);
    const address = this.withSuffix(wish.abhaAddress ?? byDefault);
    const account: Account = {
      demographics: wish.demographics,
      abhaNumber: number,
      addresses: [address],
      preferredAddress: address,
      mobile: wish.mobile,
      email: wish.email,
      status: wish.status ?? 'ACTIVE',
      aadhaar: wish.aadhaar,
      parent: wish.parent,
      kycVerified: wish.aadhaar !== undefined,
      hasBenefit: wish.hasBenefit ?? false,
      isProvisional: wish.isProvisional ?? false,
      createdAt: this.clock.now(),
    };
    this.accounts.push(account);
    this.tellConsentManager(account);
    return account;
  }

  /** To be called after any change: the consent manager reads the same person. */
  tellConsentManager(account: Account): void {
    // An enrolment number is no ABHA yet.
    if (account.isProvisional) return;
    const { name, gender, dateOfBirth } = account.demographics;
    const [year, month, day] = dateOfBirth.split('-').map(Number);
    const { address: line, districtName: district, stateName: state, pinCode: pincode } = account.demographics;
    const patient = {
      abhaNumber: account.abhaNumber ?? '',
      name,
      gender,
      yearOfBirth: year ?? 0,
      monthOfBirth: month,
      dayOfBirth: day,
      address: { line, district, state, pincode },
      mobile: account.mobile,
      isDeactivated: account.status !== 'ACTIVE',
    };
    for (const abhaAddress of account.addresses) this.patients.add({ ...patient, abhaAddress });
  }

  /** Those that exist: a deleted account is found by nobody. */
  all(): readonly Account[] {
    for (const account of this.accounts) this.hearFromConsentManager(account);
    return this.accounts.filter((one) => one.status !== 'DELETED');
  }

  /** An address may also be de- and reactivated over there (`POST /simulator/patients/…/deactivate`). */
  private hearFromConsentManager(account: Account): void {
    const patient = this.patients.withAddress(account.preferredAddress);
    if (!patient || account.status === 'DELETED') return;
    account.status = patient.isDeactivated ? 'DEACTIVATED' : 'ACTIVE';
  }

  withNumber(number: string): Account | undefined {
    return this.all().find((one) => one.abhaNumber !== undefined && digits(one.abhaNumber) === digits(number));
  }

  withAddress(address: string): Account | undefined {
    return this.all().find((one) => one.addresses.includes(address.toLowerCase()));
  }

  ofAadhaar(aadhaar: string): Account | undefined {
    return this.all().find((one) => one.aadhaar === aadhaar);
  }

  /** With an ABHA number; those who have an address only do not come up in a search by mobile. */
  onMobile(mobile: string): readonly Account[] {
    return this.all().filter((one) => one.mobile === mobile && one.abhaNumber !== undefined);
  }

  childrenOf(parent: Account): readonly Account[] {
    return this.all().filter((one) => one.parent !== undefined && one.parent === parent.abhaNumber);
  }

  /** Somebody holds it, here or as a patient that was only made known to the consent manager. */
  isTaken(address: string): boolean {
    return this.patients.withAddress(address) !== undefined;
  }

  withSuffix(address: string): string {
    const lower = address.toLowerCase();
    return lower.includes('@') ? lower : `${lower}@${this.settings.current.cmId}`;
  }
}

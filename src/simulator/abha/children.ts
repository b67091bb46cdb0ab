import { Injectable } from '@nestjs/common';
import { envelopeRefusal } from '../contract/refusal.js';
import type { AbhaCall } from './abha-call.js';
import { AbhaClock } from './abha-clock.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AbhaSettings } from './abha-settings.js';
import { AccountLimits } from './account-limits.js';
import { Benefits } from './benefits.js';
import { maskedMobile } from './numbers.js';
import { AbhaPeople } from './people.js';
import { type Account, birthDayFirst } from './person.js';
import { Transactions } from './transactions.js';
import { UserTokens } from './user-tokens.js';
import { enrolProfile } from './views.js';

export interface NewChild {
  readonly authData: {
    readonly child: {
      readonly name: string;
      readonly gender: string;
      readonly dayOfBirth: string;
      readonly monthOfBirth: string;
      readonly yearOfBirth: string;
    };
  };
}

const OF_AGE = 18;

/** ABHA numbers of children, opened and listed by a parent. */
@Injectable()
export class Children {
  constructor(
    private readonly people: AbhaPeople,
    private readonly benefits: Benefits,
    private readonly limits: AccountLimits,
    private readonly tokens: UserTokens,
    private readonly transactions: Transactions,
    private readonly clock: AbhaClock,
    private readonly settings: AbhaSettings,
    private readonly refusals: AbhaRefusals,
  ) {}

  add(call: AbhaCall<NewChild>) {
    this.benefits.check(call);
    const parent = this.tokens.person(call);
    this.checkParent(call, parent);
    const { name, gender, dayOfBirth, monthOfBirth, yearOfBirth } = call.body.authData.child;
    const dateOfBirth = [yearOfBirth, monthOfBirth.padStart(2, '0'), dayOfBirth.padStart(2, '0')].join('-');
    const demographics = { ...parent.demographics, photo: null, name, gender, dateOfBirth };
    const account = this.limits.open(call, { demographics, mobile: parent.mobile, parent: parent.abhaNumber });
    const { txnId } = this.transactions.begin(call.useCase, { enrolled: account });
    // A new child's profile comes without photo and address.
    const ABHAProfile = { ...enrolProfile(account), photo: undefined, phrAddress: undefined };
    const tokens = this.tokens.issue(call, account, txnId);
    return { message: 'Account created successfully', txnId, tokens, ABHAProfile, isNew: true };
  }

  list(call: AbhaCall) {
    const parent = this.tokens.person(call);
    const children = this.people.childrenOf(parent).map((one) => ({
      dateOfBirth: birthDayFirst(one.demographics.dateOfBirth),
      name: one.demographics.name,
      gender: one.demographics.gender,
      phrAddress: one.preferredAddress,
      ABHANumber: one.abhaNumber,
    }));
    const mobileNumber = parent.mobile === undefined ? '' : maskedMobile(parent.mobile);
    return { parentAbhaNumber: parent.abhaNumber, mobileNumber, childrenCount: children.length, children };
  }

  /** NHA names the codes 1155, 1156 and 1159 for parents, but not which is which: assumed. */
  private checkParent(call: AbhaCall, parent: Account): void {
    const years = new Date(this.clock.now()).getUTCFullYear() - Number(parent.demographics.dateOfBirth.slice(0, 4));
    if (years < OF_AGE) throw envelopeRefusal(422, 'ABDM-1155', 'The parent must be at least 18 years old');
    if (parent.mobile === undefined) throw envelopeRefusal(422, 'ABDM-1156', 'The parent has no linked mobile number');
    if (this.people.childrenOf(parent).length >= this.settings.current.childrenPerParent) {
      throw this.refusals.as(call.operationId, 'childLimit');
    }
  }
}

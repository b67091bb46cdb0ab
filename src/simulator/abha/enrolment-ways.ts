import { Injectable } from '@nestjs/common';
import { AadhaarNumbers } from './aadhaar-numbers.js';
import type { AbhaCall } from './abha-call.js';
import { Benefits } from './benefits.js';
import { Biometrics } from './biometrics.js';
import { AccountLimits } from './account-limits.js';
import { AbhaRefusals } from './abha-refusals.js';
import { Enrolment, newAccount } from './enrolment.js';
import { isMobile } from './numbers.js';
import { AbhaPeople } from './people.js';
import { type AadhaarHolder, birthDayFirst } from './person.js';
import { Transactions } from './transactions.js';
import { UserTokens } from './user-tokens.js';
import { demographicResult } from './views.js';

interface BodyPart {
  readonly aadhaar: string;
  readonly mobile?: string;
  readonly txnId?: string;
  readonly fingerPrintAuthPid?: string;
  readonly pid?: string;
  readonly Pid?: string;
  readonly rdPidData?: string;
}
export interface ByBody {
  readonly authData: Partial<Record<'bio' | 'iris' | 'face', BodyPart>>;
}

export interface ByDemographics {
  readonly authData: {
    readonly demo_auth: {
      readonly aadhaarNumber: string;
      readonly name: string;
      readonly dateOfBirth: string;
      readonly gender: string;
      readonly stateCode: string;
      readonly districtCode: string;
      readonly mobile?: string;
    };
  };
}

/** A new ABHA without an OTP: by finger, iris, face, or by what is printed on the Aadhaar card. */
@Injectable()
export class EnrolmentWays {
  constructor(
    private readonly enrolment: Enrolment,
    private readonly people: AbhaPeople,
    private readonly aadhaars: AadhaarNumbers,
    private readonly biometrics: Biometrics,
    private readonly benefits: Benefits,
    private readonly limits: AccountLimits,
    private readonly tokens: UserTokens,
    private readonly transactions: Transactions,
    private readonly refusals: AbhaRefusals,
  ) {}

  async byBody(call: AbhaCall<ByBody>) {
    const part = Object.values(call.body.authData).find((one) => typeof one === 'object' && 'aadhaar' in one);
    if (!part) throw this.refusals.field(call.operationId, 'authMethods');
    const holder = await this.aadhaars.holder(call, part.aadhaar, 'loginId');
    if (part.mobile === undefined) throw this.refusals.field(call.operationId, 'mobile');
    const transaction =
      call.useCase === 'EnrolByFaceAuth'
        ? this.enrolment.unused(call, part.txnId ?? '', 'faceAuthInit')
        : this.transactions.begin(call.useCase);
    if (call.useCase === 'EnrolByFaceAuth') this.biometrics.checkFace(call, transaction);
    else this.biometrics.check(call, part.fingerPrintAuthPid ?? part.pid ?? part.Pid ?? part.rdPidData);
    return this.enrolment.enrolled(call, holder, part.mobile, transaction);
  }

  /** Only programmes NHA has approved may do this; the mobile is theirs to vouch for. */
  async byDemographics(call: AbhaCall<ByDemographics>) {
    this.benefits.check(call);
    const claim = call.body.authData.demo_auth;
    const holder = await this.aadhaars.holder(call, claim.aadhaarNumber, 'aadhaarNumber');
    if (!/^\d+$/.test(claim.stateCode) || !/^\d+$/.test(claim.districtCode)) {
      throw this.refusals.as(call.operationId, 'lgd');
    }
    if (!isTheSame(holder, claim)) throw this.refusals.as(call.operationId, 'demoMismatch');
    if (claim.mobile !== undefined && !isMobile(claim.mobile)) throw this.refusals.field(call.operationId, 'mobile');
    const existing = this.people.ofAadhaar(holder.aadhaar);
    const account = existing ?? this.limits.open(call, newAccount(holder, claim.mobile));
    const { txnId } = this.transactions.begin(call.useCase, { enrolled: account });
    return demographicResult(account, this.tokens.issue(call, account, txnId), txnId, existing === undefined);
  }
}

/** As on the card; the field that differs is not named. */
function isTheSame({ demographics }: AadhaarHolder, claim: ByDemographics['authData']['demo_auth']): boolean {
  const born = [birthDayFirst(demographics.dateOfBirth), demographics.dateOfBirth.slice(0, 4)];
  return (
    demographics.name.toLowerCase() === claim.name.trim().toLowerCase() &&
    demographics.gender === claim.gender &&
    born.includes(claim.dateOfBirth)
  );
}

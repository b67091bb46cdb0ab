import { Injectable } from '@nestjs/common';
import { Violations } from '../gateway/violations.js';
import { AadhaarNumbers } from './aadhaar-numbers.js';
import type { AbhaCall, OtpAnswer, OtpRequest } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AccountLimits } from './account-limits.js';
import { EncryptionKeys } from './encryption-keys.js';
import { isMobile, maskedMobile } from './numbers.js';
import { Otps } from './otps.js';
import { AbhaPeople } from './people.js';
import type { AadhaarHolder, Account } from './person.js';
import { type Transaction, Transactions } from './transactions.js';
import { UserTokens } from './user-tokens.js';
import { accountResult, otpFailed, otpSent } from './answers.js';
import { enrolProfile } from './views.js';

export interface ByOtp {
  readonly authData: { readonly otp: { readonly txnId: string; readonly otpValue: string; readonly mobile?: string } };
}

/** A new ABHA by Aadhaar OTP, and the mobile and e-mail that go with it. */
@Injectable()
export class Enrolment {
  constructor(
    private readonly people: AbhaPeople,
    private readonly aadhaars: AadhaarNumbers,
    private readonly limits: AccountLimits,
    private readonly keys: EncryptionKeys,
    private readonly otps: Otps,
    private readonly tokens: UserTokens,
    private readonly transactions: Transactions,
    private readonly refusals: AbhaRefusals,
    private readonly violations: Violations,
  ) {}

  async requestOtp(call: AbhaCall<OtpRequest>) {
    switch (call.useCase) {
      case 'EnrolOtpAadhaar':
        return this.aadhaarOtp(call);
      case 'EnrolOtpMobile':
        return this.mobileOtp(call, this.inEnrolment(call, call.body.txnId));
      case 'EnrolOtpEmail':
        return this.emailOtp(call, this.inEnrolment(call, call.body.txnId));
      default:
        return this.mobileOtp(call, this.transactions.find(call.body.txnId) ?? this.transactions.begin(call.useCase));
    }
  }

  /** Wrong OTPs are UIDAI's to refuse here: 422, not 200 with authResult failed. */
  async byOtp(call: AbhaCall<ByOtp>) {
    const { txnId, otpValue, mobile } = call.body.authData.otp;
    const transaction = this.unused(call, txnId, 'EnrolOtpAadhaar');
    const holder = this.people.holder(transaction.aadhaar ?? '');
    if (!holder) throw this.refusals.field(call.operationId, 'txnId');
    if (mobile === undefined) throw this.refusals.field(call.operationId, 'mobile');
    const verdict = await this.otps.judge(call, transaction, otpValue);
    if (verdict !== 'right') throw this.refusals.as(call.operationId, 'wrongOtp');
    return this.enrolled(call, holder, mobile, transaction);
  }

  /** Also called once a fingerprint, an iris or a face has proved the person. */
  enrolled(call: AbhaCall, holder: AadhaarHolder, mobile: string | undefined, transaction: Transaction) {
    const existing = this.people.ofAadhaar(holder.aadhaar);
    // A mobile that is not the Aadhaar-linked one is not kept: it has to be proved by its own OTP first.
    const proved = mobile !== undefined && mobile === holder.mobile ? mobile : undefined;
    const account = existing ?? this.limits.open(call, newAccount(holder, proved));
    transaction.isUsed = true;
    transaction.enrolled = account;
    this.transactions.touch(transaction);
    return {
      message: existing ? 'This account already exist' : 'Account created successfully',
      txnId: transaction.txnId,
      tokens: this.tokens.issue(call, account, transaction.txnId),
      ABHAProfile: enrolProfile(account),
      isNew: existing === undefined,
    };
  }

  async verifyOtp(call: AbhaCall<OtpAnswer>) {
    const { txnId, otpValue } = call.body.authData.otp;
    const transaction = this.transactions.find(txnId);
    const wanted = call.useCase.replace('Verify', 'Otp');
    if (transaction?.useCase !== wanted) throw this.refusals.field(call.operationId, 'txnId');
    if (transaction.isVerified) throw this.reused(call, 'txnId');
    const verdict = await this.otps.judge(call, transaction, otpValue);
    if (verdict !== 'right') return otpFailed(txnId, verdict);
    transaction.isVerified = true;
    return accountResult(txnId, this.proved(transaction), transaction.enrolled);
  }

  /** The transaction of an enrolment that has made or found its account. */
  inEnrolment(call: AbhaCall, txnId: string | undefined): Transaction & { enrolled: Account } {
    const transaction = this.transactions.find(txnId);
    if (!transaction?.enrolled) throw this.refusals.as(call.operationId, 'txnId');
    return transaction as Transaction & { enrolled: Account };
  }

  /** A transaction counts once: NHA tells nobody to repeat an enrolment after a timeout, but to log in. */
  unused(call: AbhaCall, txnId: string, useCase: string): Transaction {
    const transaction = this.transactions.find(txnId);
    if (transaction?.isUsed) throw this.reused(call, 'txnId');
    if (transaction?.useCase !== useCase) throw this.refusals.field(call.operationId, 'txnId');
    return transaction;
  }

  private reused(call: AbhaCall, field: string): Error {
    const about = { operationId: call.operationId, requestId: call.requestId };
    this.violations.record('abha-transaction-reused', 'It was finished before', about);
    return this.refusals.field(call.operationId, field);
  }

  private async aadhaarOtp(call: AbhaCall<OtpRequest>) {
    const holder = await this.aadhaars.holder(call, call.body.loginId, 'loginId');
    const mobile = this.aadhaars.mobileOf(holder);
    const transaction = call.body.txnId
      ? this.unused(call, call.body.txnId, call.useCase)
      : this.transactions.begin(call.useCase, { aadhaar: holder.aadhaar });
    if (transaction.aadhaar !== holder.aadhaar) throw this.refusals.field(call.operationId, 'txnId');
    this.otps.send(call, transaction, 'UIDAI', mobile);
    return otpSent(
      transaction.txnId,
      `OTP sent to Aadhaar registered mobile number ending with ${maskedMobile(mobile)}`,
    );
  }

  private async mobileOtp(call: AbhaCall<OtpRequest>, transaction: Transaction) {
    const mobile = await this.keys.decrypted(call, call.body.loginId);
    if (mobile === undefined || !isMobile(mobile)) throw this.refusals.field(call.operationId, 'loginId');
    this.limits.mayHold(call, mobile, transaction.enrolled);
    return this.proof(call, transaction, mobile, `mobile number ending with ${maskedMobile(mobile)}`);
  }

  private async emailOtp(call: AbhaCall<OtpRequest>, transaction: Transaction) {
    const email = await this.keys.decrypted(call, call.body.loginId);
    if (!email?.includes('@')) throw this.refusals.field(call.operationId, 'loginId');
    return this.proof(call, transaction, email, 'your e-mail address');
  }

  private proof(call: AbhaCall, transaction: Transaction, destination: string, words: string) {
    this.otps.send(call, transaction, 'ABDM', destination);
    transaction.destination = destination;
    transaction.isVerified = false;
    return otpSent(transaction.txnId, `OTP sent to ${words}`);
  }

  /** @returns the message */
  private proved(transaction: Transaction): string {
    const account = transaction.enrolled;
    if (!account) return 'OTP verified successfully.';
    if (transaction.useCase === 'EnrolOtpEmail') account.email = transaction.destination;
    else account.mobile = transaction.destination;
    this.people.tellConsentManager(account);
    const what = transaction.useCase === 'EnrolOtpEmail' ? 'Email' : 'Mobile number';
    return `${what} is now successfully linked to your Account`;
  }
}

export const newAccount = ({ aadhaar, demographics }: AadhaarHolder, mobile: string | undefined) => ({
  demographics,
  aadhaar,
  mobile,
});

import { Injectable } from '@nestjs/common';
import { AbhaStatus } from '../patient-app/abha-status.js';
import { Patients } from '../patient-app/patients.js';
import { AadhaarNumbers } from './aadhaar-numbers.js';
import type { AbhaCall, OtpAnswer, OtpRequest } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AbhaSettings } from './abha-settings.js';
import { AccountLimits } from './account-limits.js';
import { accountResult, otpFailed, otpSent } from './answers.js';
import { EncryptionKeys } from './encryption-keys.js';
import { isMobile, maskedMobile } from './numbers.js';
import { Otps } from './otps.js';
import { AbhaPeople } from './people.js';
import type { Account } from './person.js';
import { type Transaction, Transactions } from './transactions.js';
import { UserTokens } from './user-tokens.js';

const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  AcctVerifyMobile: ['AcctOtpMobile'],
  AcctVerifyEmail: ['AcctOtpEmail'],
  AcctVerifyReKyc: ['AcctReKyc', 'AcctChildKyc'],
  AcctVerifyDelete: ['AcctDelete'],
  AcctVerifyDeactivate: ['AcctDeactivate'],
};

/** What the owner of an account changes with an OTP: mobile, e-mail, KYC, and its end. */
@Injectable()
export class AccountChanges {
  constructor(
    private readonly people: AbhaPeople,
    private readonly patients: Patients,
    private readonly status: AbhaStatus,
    private readonly aadhaars: AadhaarNumbers,
    private readonly limits: AccountLimits,
    private readonly keys: EncryptionKeys,
    private readonly otps: Otps,
    private readonly tokens: UserTokens,
    private readonly transactions: Transactions,
    private readonly settings: AbhaSettings,
    private readonly refusals: AbhaRefusals,
  ) {}

  async requestOtp(call: AbhaCall<OtpRequest>) {
    const account = this.tokens.person(call);
    const plain = await this.keys.decrypted(call, call.body.loginId);
    if (plain === undefined) throw this.refusals.field(call.operationId, 'loginId');
    switch (call.useCase) {
      case 'AcctOtpMobile':
        return this.newMobile(call, account, plain);
      case 'AcctOtpEmail':
        return this.newEmail(call, account, plain);
      case 'AcctChildKyc':
        return this.childKyc(call, account, plain);
      case 'AcctPassword':
        throw this.refusals.as(call.operationId, 'scope');
      default:
        return this.ofOwnNumber(call, account, plain);
    }
  }

  async verify(call: AbhaCall<OtpAnswer>) {
    const account = this.tokens.person(call);
    const { txnId, otpValue } = call.body.authData.otp;
    const transaction = this.transactions.find(txnId);
    if (!transaction || transaction.isUsed || transaction.enrolled !== account) {
      throw this.refusals.as(call.operationId, 'txnId');
    }
    if (!FOLLOWS[call.useCase]?.includes(transaction.useCase)) throw this.refusals.field(call.operationId, 'scope');
    const verdict = await this.otps.judge(call, transaction, otpValue);
    if (verdict !== 'right') {
      const isOfUidai = transaction.aadhaar !== undefined;
      if (isOfUidai && this.settings.current.wrongAadhaarOtpAtLogin === 'refused') {
        throw this.refusals.as(call.operationId, 'aadhaarOtp');
      }
      return otpFailed(txnId, verdict);
    }
    transaction.isUsed = true;
    const message = this.changed(call, transaction, account);
    return accountResult(txnId, message, account);
  }

  private newMobile(call: AbhaCall, account: Account, mobile: string) {
    if (!isMobile(mobile)) throw this.refusals.field(call.operationId, 'loginId');
    if (mobile === account.mobile) throw this.refusals.as(call.operationId, 'sameMobile');
    this.limits.mayHold(call, mobile, account);
    return this.send(call, account, mobile, undefined);
  }

  private newEmail(call: AbhaCall, account: Account, email: string) {
    if (!email.includes('@')) throw this.refusals.field(call.operationId, 'loginId');
    const others = this.people.all().filter((one) => one.email === email && one !== account);
    if (others.length >= this.settings.current.accountsPerMobile)
      throw this.refusals.as(call.operationId, 'emailLimit');
    return this.send(call, account, email, undefined);
  }

  private childKyc(call: AbhaCall, account: Account, aadhaar: string) {
    const holder = this.people.holder(aadhaar);
    if (!holder || account.parent === undefined) throw this.refusals.field(call.operationId, 'loginId');
    return this.send(call, account, this.aadhaars.mobileOf(holder), aadhaar);
  }

  /** Re-KYC, de-activate, delete: the number is given again. */
  private ofOwnNumber(call: AbhaCall<OtpRequest>, account: Account, number: string) {
    if (number !== account.abhaNumber) throw this.refusals.field(call.operationId, 'loginId');
    if (call.body.otpSystem === 'abdm') {
      if (account.mobile === undefined) throw this.refusals.as('loginRequestOtp', 'notAllowed');
      return this.send(call, account, account.mobile, undefined);
    }
    const mobile = this.aadhaars.mobileOf(this.people.holder(account.aadhaar ?? ''));
    return this.send(call, account, mobile, account.aadhaar);
  }

  /** @param aadhaar given when UIDAI sends the OTP */
  private send(call: AbhaCall, account: Account, destination: string, aadhaar: string | undefined) {
    const loginKey = `${call.useCase} ${account.abhaNumber} ${destination}`;
    const transaction = this.transactions.begin(call.useCase, { enrolled: account, destination, aadhaar, loginKey });
    this.otps.send(call, transaction, aadhaar === undefined ? 'ABDM' : 'UIDAI', destination);
    const where = aadhaar === undefined ? 'mobile number' : 'Aadhaar registered mobile number';
    const isEmail = destination.includes('@');
    const words = isEmail ? 'your e-mail address' : `${where} ending with ${maskedMobile(destination)}`;
    return otpSent(transaction.txnId, `OTP sent to ${words}`);
  }

  /** @returns NHA's message */
  private changed(call: AbhaCall, transaction: Transaction, account: Account): string {
    switch (transaction.useCase) {
      case 'AcctOtpMobile':
        account.mobile = transaction.destination;
        this.people.tellConsentManager(account);
        return 'Mobile Number linked successfully';
      case 'AcctOtpEmail':
        account.email = transaction.destination;
        return 'Email linked successfully';
      case 'AcctDelete':
        return this.end(call, account, 'DELETED');
      case 'AcctDeactivate':
        return this.end(call, account, 'DEACTIVATED');
      default:
        return this.refreshed(transaction, account);
    }
  }

  /** Re-KYC: the account says again what UIDAI's register says. */
  private refreshed(transaction: Transaction, account: Account): string {
    const holder = this.people.holder(transaction.aadhaar ?? '');
    if (holder) {
      account.demographics = holder.demographics;
      account.kycVerified = true;
      this.people.tellConsentManager(account);
    }
    return transaction.useCase === 'AcctChildKyc' ? 'KYC verification has been done' : 'Re-kyc done successfully';
  }

  private end(call: AbhaCall, account: Account, status: 'DEACTIVATED' | 'DELETED'): string {
    if (account.hasBenefit) {
      throw this.refusals.as(call.operationId, status === 'DELETED' ? 'benefitDelete' : 'benefitDeactivate');
    }
    account.status = status;
    this.people.tellConsentManager(account);
    this.tellHips(account, status);
    return `Your account has been ${status.toLowerCase()}.`;
  }

  /** The HIPs that hold links hear of it in their own time. */
  private tellHips(account: Account, status: 'DEACTIVATED' | 'DELETED'): void {
    for (const address of account.addresses) {
      const patient = this.patients.withAddress(address);
      if (patient) void this.status.change(patient, status);
    }
  }
}

import { Injectable } from '@nestjs/common';
import { AadhaarNumbers } from './aadhaar-numbers.js';
import type { AbhaCall, OtpRequest } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { otpSent } from './answers.js';
import { EncryptionKeys } from './encryption-keys.js';
import { isMobile, maskedMobile } from './numbers.js';
import { Otps } from './otps.js';
import { AbhaPeople } from './people.js';
import type { Account } from './person.js';
import { type Transaction, Transactions } from './transactions.js';

const SENT_TO_DEVICE: Readonly<Record<string, string>> = {
  Bio: 'FingerPrint authentication request successfully sent.',
  Iris: 'IRIS authentication request successfully sent.',
  Face: 'FACE authentication request successfully sent.',
};

/** The first half of every login: who is it, and where does her OTP go. */
@Injectable()
export class Login {
  constructor(
    private readonly people: AbhaPeople,
    private readonly aadhaars: AadhaarNumbers,
    private readonly keys: EncryptionKeys,
    private readonly otps: Otps,
    private readonly transactions: Transactions,
    private readonly refusals: AbhaRefusals,
  ) {}

  async requestOtp(call: AbhaCall<OtpRequest>) {
    const { useCase } = call;
    if (useCase === 'LoginOtpMobile' || useCase === 'RetrieveEnrolment') return this.byMobile(call);
    if (useCase === 'LoginOtpAadhaar') return this.byAadhaar(call);
    if (useCase.startsWith('Find')) return this.found(call);
    return this.byAbhaNumber(call);
  }

  private async byMobile(call: AbhaCall<OtpRequest>) {
    const mobile = await this.keys.decrypted(call, call.body.loginId);
    if (mobile === undefined || !isMobile(mobile))
      throw this.refusals.as(call.operationId, 'mobileUnreadableOrInvalid');
    const wantsProvisional = call.useCase === 'RetrieveEnrolment';
    const accounts = this.people.onMobile(mobile).filter((one) => one.isProvisional === wantsProvisional);
    if (accounts.length === 0) throw this.refusals.as(call.operationId, 'noAbhaOnMobile');
    return this.sendToMobile(call, accounts, mobile, undefined);
  }

  private async byAadhaar(call: AbhaCall<OtpRequest>) {
    const aadhaar = await this.aadhaars.read(call, call.body.loginId, 'loginId');
    const account = this.people.ofAadhaar(aadhaar);
    if (!account) throw this.refusals.as(call.operationId, 'noUser');
    if (account.status !== 'ACTIVE') throw this.refusals.as(call.operationId, 'deactivated');
    return this.sendByUidai(call, account, undefined);
  }

  private async byAbhaNumber(call: AbhaCall<OtpRequest>) {
    const number = await this.keys.decrypted(call, call.body.loginId);
    if (number === undefined) throw this.refusals.as(call.operationId, 'loginId');
    if (!/^\d{2}-\d{4}-\d{4}-\d{4}$/.test(number)) throw this.refusals.as(call.operationId, 'abhaNumberWithoutDashes');
    const account = this.people.withNumber(number);
    if (!account || account.isProvisional) throw this.refusals.as(call.operationId, 'noUser');
    const wantsBack = call.useCase.startsWith('Reactivate');
    if (account.status !== 'ACTIVE' && !wantsBack) throw this.refusals.as(call.operationId, 'deactivated');
    if (account.status === 'ACTIVE' && wantsBack) throw this.refusals.as(call.operationId, 'notAllowed');
    return this.sendAsAsked(call, account, undefined);
  }

  /** The person was picked from the answer to abha/search by her place in the list. */
  private async found(call: AbhaCall<OtpRequest>) {
    const search = this.transactions.find(call.body.txnId);
    if (search?.useCase !== 'abhaSearch' && !search?.useCase.startsWith('Find')) {
      throw this.refusals.field(call.operationId, 'txnId');
    }
    const index = await this.keys.decrypted(call, call.body.loginId);
    const account = search.accounts[Number(index) - 1];
    if (index === undefined || !account) throw this.refusals.as(call.operationId, 'loginId');
    if (account.status !== 'ACTIVE') throw this.refusals.as(call.operationId, 'deactivated');
    return this.sendAsAsked(call, account, search);
  }

  private sendAsAsked(call: AbhaCall<OtpRequest>, account: Account, search: Transaction | undefined) {
    const device = Object.keys(SENT_TO_DEVICE).find((one) => call.useCase.includes(one));
    if (device) return this.sendToDevice(call, account, search, SENT_TO_DEVICE[device] ?? '');
    if (call.body.otpSystem === 'aadhaar') return this.sendByUidai(call, account, search);
    if (account.mobile === undefined) throw this.refusals.as(call.operationId, 'notAllowed');
    return this.sendToMobile(call, [account], account.mobile, search);
  }

  private sendToMobile(call: AbhaCall, accounts: readonly Account[], mobile: string, search: Transaction | undefined) {
    const transaction = this.begin(call, accounts, search);
    this.otps.send(call, transaction, 'ABDM', mobile);
    return otpSent(transaction.txnId, `OTP sent to mobile number ending with ${maskedMobile(mobile)}`);
  }

  private sendByUidai(call: AbhaCall, account: Account, search: Transaction | undefined) {
    if (account.aadhaar === undefined) throw this.refusals.as(call.operationId, 'notAllowed');
    const mobile = this.aadhaars.mobileOf(this.people.holder(account.aadhaar));
    const transaction = this.begin(call, [account], search);
    this.otps.send(call, transaction, 'UIDAI', mobile);
    return otpSent(
      transaction.txnId,
      `OTP sent to Aadhaar registered mobile number ending with ${maskedMobile(mobile)}`,
    );
  }

  private sendToDevice(call: AbhaCall, account: Account, search: Transaction | undefined, message: string) {
    if (account.aadhaar === undefined) throw this.refusals.as(call.operationId, 'bioNotAllowed');
    const transaction = this.begin(call, [account], search);
    transaction.useCase = call.useCase;
    // The face may be shown to the person's own phone, while the desk polls with capturePID.
    if (call.useCase.includes('Face')) transaction.face = 'PENDING';
    return otpSent(transaction.txnId, message);
  }

  /** A login begins anew each time; what was found goes on with the search's transaction. */
  private begin(call: AbhaCall, accounts: readonly Account[], search: Transaction | undefined): Transaction {
    if (search) return Object.assign(search, { enrolled: accounts[0] });
    const first = accounts[0];
    const loginKey = `${call.useCase} ${call.useCase === 'LoginOtpMobile' ? first?.mobile : first?.abhaNumber}`;
    return this.transactions.begin(call.useCase, { accounts, loginKey });
  }
}

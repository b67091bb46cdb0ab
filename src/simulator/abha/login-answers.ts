import { Injectable } from '@nestjs/common';
import type { AbhaCall, OtpAnswer } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AbhaSettings } from './abha-settings.js';
import { accountResult, otpFailed } from './answers.js';
import { Biometrics } from './biometrics.js';
import { type OtpVerdict, Otps } from './otps.js';
import { AbhaPeople } from './people.js';
import type { Account } from './person.js';
import { type Transaction, Transactions } from './transactions.js';
import { UserTokens } from './user-tokens.js';
import { accountLine } from './views.js';

interface BioAnswer {
  readonly authData: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
}

/** Which request each answer may follow. find-ABHA drops `search-abha` from its scope on the way. */
const FOLLOWS: Readonly<Record<string, readonly string[]>> = {
  VerifyOtpMobile: ['LoginOtpAbhaMobile', 'LoginOtpMobile', 'FindOtpMobile'],
  VerifyOtpAadhaar: ['LoginOtpAbhaAadhaar', 'LoginOtpAadhaar', 'FindOtpAadhaar'],
  VerifyReactivateAadhaar: ['ReactivateAadhaar'],
  VerifyReactivateMobile: ['ReactivateMobile'],
  VerifyRetrieval: ['RetrieveEnrolment'],
  VerifyBio: ['LoginBioAbha', 'FindBio'],
  VerifyIris: ['LoginIrisAbha', 'FindIris'],
  VerifyFacePid: ['LoginFaceAbha', 'FindFace'],
  VerifyFaceQr: ['LoginFaceAbha', 'FindFace'],
};

/** The second half: OTP or finger, then tokens. A mobile's OTP proves the mobile only: its owner chooses an account. */
@Injectable()
export class LoginAnswers {
  constructor(
    private readonly otps: Otps,
    private readonly people: AbhaPeople,
    private readonly tokens: UserTokens,
    private readonly transactions: Transactions,
    private readonly biometrics: Biometrics,
    private readonly refusals: AbhaRefusals,
    private readonly settings: AbhaSettings,
  ) {}

  async verify(call: AbhaCall<OtpAnswer & BioAnswer>) {
    // Nobody here has a password.
    if (call.useCase === 'VerifyPassword') throw this.refusals.as(call.operationId, 'password');
    if (/Bio|Iris|Face/.test(call.useCase)) return this.verifyBody(call);
    const { txnId, otpValue } = call.body.authData.otp;
    const transaction = this.following(call, txnId);
    const verdict = await this.otps.judge(call, transaction, otpValue);
    if (verdict !== 'right') return this.failed(call, transaction, verdict);
    transaction.isUsed = true;
    if (call.useCase.startsWith('VerifyReactivate')) return this.reactivated(transaction);
    return this.opened(call, transaction, 'OTP verified successfully');
  }

  /** @throws Refusal when the account is not one of the token's */
  choose(call: AbhaCall<{ readonly ABHANumber: string; readonly txnId: string }>) {
    const token = this.tokens.transfer(call);
    if (token.txnId !== call.body.txnId) throw this.refusals.as(call.operationId, 'txnId');
    const account = this.people.withNumber(call.body.ABHANumber);
    if (!account || !token.accounts.includes(account)) throw this.refusals.as(call.operationId, 'abhaNumber');
    if (account.status === 'DEACTIVATED') throw this.refusals.as('loginRequestOtp', 'deactivated');
    return this.tokens.issue(call, account, token.txnId);
  }

  private verifyBody(call: AbhaCall<BioAnswer>) {
    const part = Object.values(call.body.authData).find((one) => one !== undefined && 'txnId' in one) ?? {};
    const transaction = this.following(call, part['txnId'] ?? '');
    const account = this.accountOf(transaction);
    if (call.useCase === 'VerifyFaceQr') this.biometrics.checkFace(call, transaction);
    else this.biometrics.check(call, Object.entries(part).find(([name]) => name.endsWith('Pid'))?.[1]);
    transaction.isUsed = true;
    const what = call.useCase.includes('Face') ? 'FACE' : 'BIO';
    return this.final(call, transaction, account, `${what} verified successfully`);
  }

  private following(call: AbhaCall, txnId: string): Transaction {
    const transaction = this.transactions.find(txnId);
    if (!transaction || transaction.isUsed) throw this.refusals.field(call.operationId, 'txnId');
    if (!FOLLOWS[call.useCase]?.includes(transaction.useCase)) throw this.refusals.as(call.operationId, 'scope');
    return transaction;
  }

  private failed(call: AbhaCall, transaction: Transaction, verdict: Exclude<OtpVerdict, 'right'>) {
    const isOfUidai = call.useCase.endsWith('Aadhaar');
    if (isOfUidai && this.settings.current.wrongAadhaarOtpAtLogin === 'refused') {
      throw this.refusals.as(call.operationId, 'aadhaarOtp');
    }
    return otpFailed(transaction.txnId, verdict);
  }

  private opened(call: AbhaCall, transaction: Transaction, message: string) {
    if (!['LoginOtpMobile', 'RetrieveEnrolment'].includes(transaction.useCase)) {
      return this.final(call, transaction, this.accountOf(transaction), message);
    }
    const { txnId, accounts } = transaction;
    const { token, expiresIn } = this.tokens.issueTransfer(call, accounts, txnId);
    return { txnId, authResult: 'success', message, token, expiresIn, accounts: accounts.map(accountLine) };
  }

  private final(call: AbhaCall, { txnId }: Transaction, account: Account, message: string) {
    const tokens = this.tokens.issue(call, account, txnId);
    return { txnId, authResult: 'success', message, ...tokens, accounts: [accountLine(account)] };
  }

  private reactivated(transaction: Transaction) {
    const account = this.accountOf(transaction);
    account.status = 'ACTIVE';
    this.people.tellConsentManager(account);
    return accountResult(transaction.txnId, 'Your account has been reactivated.', account);
  }

  /** The one account a login is about; of a search, the one that was picked. */
  private accountOf({ enrolled, accounts }: Transaction): Account {
    const account = enrolled ?? accounts[0];
    if (!account) throw new Error('A login without an account was begun.');
    return account;
  }
}

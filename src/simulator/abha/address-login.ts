import { Injectable } from '@nestjs/common';
import { flatRefusal } from '../contract/refusal.js';
import { AadhaarNumbers } from './aadhaar-numbers.js';
import type { AbhaCall, OtpAnswer, OtpRequest } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { otpSent } from './answers.js';
import { Biometrics } from './biometrics.js';
import { EncryptionKeys } from './encryption-keys.js';
import { maskedMobile } from './numbers.js';
import { Otps } from './otps.js';
import { AbhaPeople } from './people.js';
import type { Account } from './person.js';
import { type Transaction, Transactions } from './transactions.js';
import { UserTokens } from './user-tokens.js';
import { addressUser, authMethods } from './views.js';

interface BioAnswer {
  readonly authData: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
}

const FOLLOWS: Readonly<Record<string, string>> = {
  AddrVerifyMobile: 'AddrOtpMobile',
  AddrVerifyAadhaar: 'AddrOtpAadhaar',
  VerifyBio: 'AddrBio',
  VerifyIris: 'AddrIris',
  VerifyFacePid: 'AddrFace',
};

/** Login by ABHA address, below /phr/web: other shapes, other errors, and tokens that open these pages only. */
@Injectable()
export class AddressLogin {
  constructor(
    private readonly people: AbhaPeople,
    private readonly aadhaars: AadhaarNumbers,
    private readonly keys: EncryptionKeys,
    private readonly otps: Otps,
    private readonly biometrics: Biometrics,
    private readonly tokens: UserTokens,
    private readonly transactions: Transactions,
    private readonly refusals: AbhaRefusals,
  ) {}

  search(call: AbhaCall<{ readonly abhaAddress: string }>) {
    const account = this.found(call, call.body.abhaAddress);
    const { abhaNumber, mobile, status, demographics } = account;
    return {
      healthIdNumber: abhaNumber ?? null,
      abhaAddress: call.body.abhaAddress.toLowerCase(),
      authMethods: authMethods(account),
      blockedAuthMethods: [],
      status,
      message: null,
      fullName: demographics.name,
      mobile: mobile === undefined ? null : `${mobile.slice(0, 4)}******`,
    };
  }

  async requestOtp(call: AbhaCall<OtpRequest>) {
    const address = await this.keys.decrypted(call, call.body.loginId);
    if (address === undefined) throw this.refusals.as(call.operationId, 'notBase64');
    if (!/^[^@\s]+@(sbx|abdm)$/i.test(address)) throw this.refusals.as(call.operationId, 'badAddress');
    const account = this.found(call, address);
    if (account.status !== 'ACTIVE') {
      const words = 'The ABHA Number associated with this ABHA Address is currently deactivated. Please reactivate it.';
      throw flatRefusal(400, 'ABDM-1407', words);
    }
    return call.useCase.startsWith('AddrOtp') ? this.sendOtp(call, account) : this.sendToDevice(call, account);
  }

  async verify(call: AbhaCall<OtpAnswer & BioAnswer>) {
    const part = Object.values(call.body.authData).find((one) => typeof one === 'object' && 'txnId' in one);
    const txnId = part && 'txnId' in part ? part['txnId'] : undefined;
    const transaction = this.following(call, txnId);
    if (call.useCase.startsWith('AddrVerify')) {
      const verdict = await this.otps.judge(call, transaction, call.body.authData.otp.otpValue);
      if (verdict !== 'right') return wrongOtp(transaction.txnId);
    } else {
      this.biometrics.check(call, Object.entries(part ?? {}).find(([name]) => name.endsWith('Pid'))?.[1]);
    }
    transaction.isUsed = true;
    return this.opened(call, transaction);
  }

  private opened(call: AbhaCall, { txnId, accounts: [account] }: Transaction) {
    if (!account) throw new Error('A login without an account was begun.');
    const tokens = this.tokens.issueForAddress(call, account, txnId);
    const message = 'OTP verified successfully';
    return { txnId, message, authResult: 'success', users: [addressUser(account)], tokens };
  }

  private following(call: AbhaCall, txnId: string | undefined): Transaction {
    const transaction = this.transactions.find(txnId);
    if (!transaction || transaction.isUsed) throw this.refusals.as(call.operationId, 'txnId');
    if (FOLLOWS[call.useCase] !== transaction.useCase) throw this.refusals.as(call.operationId, 'scope');
    return transaction;
  }

  private found(call: AbhaCall, address: string): Account {
    const account = this.people.withAddress(address);
    if (!account) throw this.refusals.as(call.operationId, 'noUser');
    return account;
  }

  private sendOtp(call: AbhaCall, account: Account) {
    const isByUidai = call.useCase === 'AddrOtpAadhaar';
    const wanted = isByUidai ? 'AADHAAR_OTP' : 'MOBILE_OTP';
    if (!authMethods(account).includes(wanted)) throw this.refusals.as(call.operationId, 'otpSystem');
    const ofAadhaar = () => this.aadhaars.mobileOf(this.people.holder(account.aadhaar ?? ''));
    const mobile = isByUidai ? ofAadhaar() : (account.mobile ?? '');
    const loginKey = `${call.useCase} ${account.preferredAddress}`;
    const transaction = this.transactions.begin(call.useCase, { accounts: [account], loginKey });
    this.otps.send(call, transaction, isByUidai ? 'UIDAI' : 'ABDM', mobile);
    const where = isByUidai ? 'sent to Aadhaar registered mobile number' : 'is sent to Mobile number';
    return otpSent(transaction.txnId, `OTP ${where} ending with ${maskedMobile(mobile)}`);
  }

  private sendToDevice(call: AbhaCall, account: Account) {
    if (account.aadhaar === undefined) throw this.refusals.as(call.operationId, 'otpSystem');
    const { txnId } = this.transactions.begin(call.useCase, { accounts: [account] });
    return otpSent(txnId, 'Authentication request successfully sent.');
  }
}

const wrongOtp = (txnId: string) => ({
  txnId,
  message: 'Entered OTP is incorrect. Kindly re-enter valid OTP.',
  authResult: 'failed',
  users: [],
});

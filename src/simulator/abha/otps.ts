import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Violations } from '../gateway/violations.js';
import type { AbhaCall } from './abha-call.js';
import { AbhaClock } from './abha-clock.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AbhaSettings } from './abha-settings.js';
import { EncryptionKeys } from './encryption-keys.js';
import { type Transaction, Transactions } from './transactions.js';

/** What a phone (or mailbox) received. */
export interface ReceivedOtp {
  /** The mobile number, or the e-mail address. */
  readonly mobile: string;
  readonly sender: 'UIDAI' | 'ABDM';
  /** The job it is for, e.g. `EnrolOtpAadhaar`. */
  readonly purpose: string;
  readonly otp: string;
  readonly txnId: string;
  readonly at: string;
}

export type OtpVerdict = 'right' | 'wrong' | 'expired';

const KEPT = 2000;

/** Sends OTPs to invented phones, and judges what comes back. */
@Injectable()
export class Otps {
  private received: ReceivedOtp[] = [];
  /** Sends of logins that were not finished, by identifier: login knows no resend in a transaction. */
  private readonly unfinished = new Map<string, { readonly sends: number; readonly sentAt: number }>();

  constructor(
    private readonly clock: AbhaClock,
    private readonly settings: AbhaSettings,
    private readonly refusals: AbhaRefusals,
    private readonly keys: EncryptionKeys,
    private readonly transactions: Transactions,
    private readonly violations: Violations,
  ) {}

  list(mobile?: string): readonly ReceivedOtp[] {
    return this.received.filter((one) => mobile === undefined || one.mobile === mobile);
  }

  forget(): void {
    this.received = [];
    this.unfinished.clear();
  }

  /** The first OTP of a transaction, or the same job's next one. */
  send(call: AbhaCall, transaction: Transaction, sender: ReceivedOtp['sender'], mobile: string): void {
    const isAgain = transaction.otp !== undefined && transaction.useCase === call.useCase;
    const last = isAgain && transaction.otp ? transaction.otp : this.lastOfLogin(transaction.loginKey);
    const sends = (last?.sends ?? 0) + 1;
    if (last && this.isTooSoon(last.sentAt)) {
      if (isAgain) this.violations.record('otp-resent-too-soon', 'Within one transaction', about(call));
      throw this.refusals.as(call.operationId, 'tooManyOtp');
    }
    const isLocked = isAgain && transaction.otp?.isLocked === true;
    if (isLocked || sends > this.settings.current.sendsPerTransaction) {
      throw this.refusals.as(call.operationId, 'tooManyOtp');
    }
    const value = String(randomInt(1_000_000)).padStart(6, '0');
    const sentAt = this.clock.now();
    transaction.useCase = call.useCase;
    transaction.otp = { value, sentAt, sends, tries: 0, isLocked: false };
    this.transactions.touch(transaction);
    if (transaction.loginKey !== undefined) this.unfinished.set(transaction.loginKey, { sends, sentAt });
    const at = new Date(sentAt).toISOString();
    this.received.push({ mobile, sender, purpose: call.useCase, otp: value, txnId: transaction.txnId, at });
    if (this.received.length > 2 * KEPT) this.received = this.received.slice(-KEPT);
  }

  /** @throws Refusal when it cannot be read, is no OTP at all, or the transaction is locked */
  async judge(call: AbhaCall, transaction: Transaction, ciphertext: string): Promise<OtpVerdict> {
    const { otp } = transaction;
    if (!otp) throw this.refusals.field(call.operationId, 'txnId');
    if (otp.isLocked) throw this.refusals.as(call.operationId, 'tooManyOtp');
    const plain = await this.keys.decrypted(call, ciphertext);
    if (plain === undefined || !/^\d{6}$/.test(plain)) throw this.refusals.field(call.operationId, 'otpValue');
    if (this.clock.now() - otp.sentAt > this.settings.current.transactionSeconds * 1000) return 'expired';
    if (plain === otp.value) {
      if (transaction.loginKey !== undefined) this.unfinished.delete(transaction.loginKey);
      return 'right';
    }
    otp.tries += 1;
    otp.isLocked = otp.tries >= this.settings.current.triesPerTransaction;
    return 'wrong';
  }

  private isTooSoon(sentAt: number): boolean {
    return this.clock.now() - sentAt < this.settings.current.resendSeconds * 1000;
  }

  private lastOfLogin(key: string | undefined) {
    const last = key === undefined ? undefined : this.unfinished.get(key);
    const isOver = last && this.clock.now() - last.sentAt > this.settings.current.lockSeconds * 1000;
    return isOver ? undefined : last;
  }
}

const about = (call: AbhaCall) => ({ operationId: call.operationId, requestId: call.requestId });

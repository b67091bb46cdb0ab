import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { AbhaClock } from './abha-clock.js';
import { AbhaSettings } from './abha-settings.js';
import type { Account } from './person.js';

/** An OTP on its way, and how often it was sent and missed. */
export interface SentOtp {
  readonly value: string;
  readonly sentAt: number;
  readonly sends: number;
  tries: number;
  isLocked: boolean;
}

export type FaceState = 'PENDING' | 'VERIFIED' | 'FAILED' | 'COMPLETE';

/** What one txnId remembers between calls. */
export interface Transaction {
  readonly txnId: string;
  /** The job it is at, by its name in m1.yaml: the answer has to fit it. */
  useCase: string;
  touchedAt: number;
  otp: SentOtp | undefined;
  /** Whose Aadhaar number was given. */
  aadhaar: string | undefined;
  /** Mobile or e-mail that is being proved. */
  destination: string | undefined;
  /** Whose account it is about; several: she has to choose. */
  accounts: readonly Account[];
  /** Once enrolment has made or found the account. */
  enrolled: Account | undefined;
  face: FaceState | undefined;
  /** Whose sends this login counts towards. */
  loginKey: string | undefined;
  isVerified: boolean;
  isUsed: boolean;
}

@Injectable()
export class Transactions {
  private readonly open = new Map<string, Transaction>();

  constructor(
    private readonly clock: AbhaClock,
    private readonly settings: AbhaSettings,
  ) {}

  begin(useCase: string, about: Partial<Transaction> = {}): Transaction {
    const transaction: Transaction = {
      otp: undefined,
      aadhaar: undefined,
      destination: undefined,
      accounts: [],
      enrolled: undefined,
      face: undefined,
      loginKey: undefined,
      isVerified: false,
      isUsed: false,
      ...about,
      txnId: randomUUID(),
      useCase,
      touchedAt: this.clock.now(),
    };
    this.open.set(transaction.txnId, transaction);
    return transaction;
  }

  /** Undefined when unknown, or when nothing happened in it for too long. */
  find(txnId: string | undefined): Transaction | undefined {
    const transaction = txnId === undefined ? undefined : this.open.get(txnId);
    if (!transaction) return undefined;
    if (this.clock.now() - transaction.touchedAt > this.settings.current.transactionSeconds * 1000) return undefined;
    return transaction;
  }

  touch(transaction: Transaction): void {
    transaction.touchedAt = this.clock.now();
  }

  forget(): void {
    this.open.clear();
  }
}

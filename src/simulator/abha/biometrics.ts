import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import type { Transaction } from './transactions.js';

/** A test writes into the captured block what UIDAI shall find; any other block matches its person. */
const MISMATCH = 'does-not-match';
const STALE = 'stale';

/** Plays UIDAI's judgement of captured fingers, eyes and faces. */
@Injectable()
export class Biometrics {
  private readonly seen = new Set<string>();

  constructor(private readonly refusals: AbhaRefusals) {}

  /** @throws Refusal unless the block (base64) is fresh and matches */
  check(call: AbhaCall, pid: string | undefined): void {
    const block = Buffer.from(pid ?? '', 'base64').toString();
    if (!pid || block === '' || !/^[A-Za-z0-9+/=]+$/.test(pid))
      throw this.refusals.as(call.operationId, this.blame(call));
    if (block.includes(MISMATCH)) throw this.refusals.uidai(300, 'Biometric data did not match.');
    if (block.includes(STALE)) throw this.refusals.uidai(561, 'Request expired.');
    const print = createHash('sha256').update(block).digest('base64');
    if (this.seen.has(print)) throw this.refusals.uidai(563, 'Duplicate request.');
    this.seen.add(print);
  }

  /** The face the person showed to her own phone. */
  checkFace(call: AbhaCall, transaction: Transaction): void {
    if (transaction.face !== 'COMPLETE') throw this.refusals.as(call.operationId, this.blame(call));
  }

  private blame(call: AbhaCall): string {
    if (call.operationId !== 'enrolByAadhaar') return 'pid';
    return call.useCase.includes('Face') ? 'facePid' : 'fingerPid';
  }
}

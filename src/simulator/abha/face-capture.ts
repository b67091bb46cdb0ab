import { Injectable } from '@nestjs/common';
import type { AbhaCall } from './abha-call.js';
import { AbhaRefusals } from './abha-refusals.js';
import { otpSent } from './answers.js';
import { type FaceState, Transactions } from './transactions.js';

const MESSAGES: Readonly<Record<FaceState, string>> = {
  PENDING: 'Awaiting PID capture',
  VERIFIED: 'Awaiting PID capture',
  FAILED: 'PID capture failed. Please regenarate the QR Code.',
  COMPLETE: 'PID captured successfully',
};

/** The person scans a QR code with her own phone and shows it her face; the desk polls. */
@Injectable()
export class FaceCapture {
  constructor(
    private readonly transactions: Transactions,
    private readonly refusals: AbhaRefusals,
  ) {}

  begin(call: AbhaCall) {
    const { txnId } = this.transactions.begin(call.operationId, { face: 'PENDING' });
    return otpSent(txnId, 'Transaction Id generated Successfully');
  }

  state(call: AbhaCall<{ readonly txnId: string }>) {
    const transaction = this.transactions.find(call.body.txnId);
    const status = transaction?.face;
    if (!transaction || status === undefined) throw this.refusals.as(call.operationId, 'txnId');
    const { txnId } = transaction;
    return { status, message: MESSAGES[status], ...(status === 'COMPLETE' ? { txnId } : {}) };
  }
}

import { describe, expect, it } from '@jest/globals';
import { transferNotice, type ContextOutcome } from './transfer-notice.js';

const noticeOf = (...contexts: ContextOutcome[]) =>
  transferNotice({
    consentId: 'consent',
    transactionId: 'transaction',
    hipId: 'IN2210000101',
    doneAt: new Date('2026-06-15T12:00:00Z'),
    contexts,
  }).notification;

const delivered = { reference: 'OPD/1', delivered: true };
const kept = { reference: 'OPD/2', delivered: false };

describe('The notice that closes a transfer', () => {
  it('names consent, transaction, facility and time', () => {
    expect(noticeOf(delivered)).toMatchObject({
      consentId: 'consent',
      transactionId: 'transaction',
      doneAt: '2026-06-15T12:00:00.000Z',
      notifier: { type: 'HIP', id: 'IN2210000101' },
      statusNotification: { hipId: 'IN2210000101' },
    });
  });

  it('lists every care context with what became of it, in words of a HIP', () => {
    expect(noticeOf(delivered, kept).statusNotification.statusResponses).toEqual([
      { careContextReference: 'OPD/1', hiStatus: 'DELIVERED', description: 'Delivered' },
      { careContextReference: 'OPD/2', hiStatus: 'ERRORED', description: 'Not delivered' },
    ]);
  });

  it.each<[string, ContextOutcome[], string]>([
    ['TRANSFERRED when all arrived', [delivered], 'TRANSFERRED'],
    ['TRANSFERRED when something arrived', [kept, delivered], 'TRANSFERRED'],
    ['FAILED when nothing arrived', [kept, kept], 'FAILED'],
    ['FAILED when there was nothing to send', [], 'FAILED'],
  ])('is %s', (_name, contexts, status) => {
    expect(noticeOf(...contexts).statusNotification.sessionStatus).toBe(status);
  });
});

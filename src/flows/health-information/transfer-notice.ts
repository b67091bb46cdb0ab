import type { HealthInformationNotice } from '../../abdm/messages/health-information.js';

/** How one care context of a transfer fared: delivered only when all of its records were taken. */
export interface ContextOutcome {
  readonly reference: string;
  readonly delivered: boolean;
}

/**
 * The notice that closes a transfer. Every care context of the artefact is listed; ERRORED are those of which something was
 * not sent. The session counts as TRANSFERRED when anything arrived: the contexts say what.
 */
export function transferNotice(about: {
  readonly consentId: string;
  readonly transactionId: string;
  readonly hipId: string;
  readonly doneAt: Date;
  readonly contexts: readonly ContextOutcome[];
}): HealthInformationNotice {
  const { consentId, transactionId, hipId, doneAt, contexts } = about;
  return {
    notification: {
      consentId,
      transactionId,
      doneAt: doneAt.toISOString(),
      notifier: { type: 'HIP', id: hipId },
      statusNotification: {
        sessionStatus: contexts.some(({ delivered }) => delivered) ? 'TRANSFERRED' : 'FAILED',
        hipId,
        statusResponses: contexts.map(({ reference, delivered }) => ({
          careContextReference: reference,
          hiStatus: delivered ? 'DELIVERED' : 'ERRORED',
          description: delivered ? 'Delivered' : 'Not delivered',
        })),
      },
    },
  };
}

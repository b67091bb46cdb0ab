import type { WaitingReason } from '../../flows/visits/waiting-reason.js';
import type { LinkByPatient } from './links-by-patient.js';

export interface TimelineLine {
  readonly at: Date;
  readonly step: string;
  readonly code: string | null;
}

/**
 * What was noted of a visit, with what can be told only now: why it still waits for an ABHA address, and that a code was not
 * typed, or wrongly, in the links the patient began.
 */
export function timelineOf(
  noted: readonly TimelineLine[],
  links: readonly LinkByPatient[],
  waiting: WaitingReason | undefined,
  now: Date,
): readonly TimelineLine[] {
  const lines = [...noted];
  const waits = lines.findLastIndex(({ step }) => step === 'waiting-for-abha');
  const line = lines[waits];
  if (line !== undefined && waiting !== undefined && waiting !== 'no-abha') lines[waits] = { ...line, code: waiting };
  for (const link of links) {
    const failed = notConfirmed(link, now);
    if (failed === undefined) continue;
    const next = lines.findIndex(({ at }) => at > failed.at);
    lines.splice(next === -1 ? lines.length : next, 0, failed);
  }
  return lines;
}

function notConfirmed({ state, endedAt, expiresAt, wrongCodeAt }: LinkByPatient, now: Date): TimelineLine | undefined {
  const step = 'code-not-confirmed';
  if (state === 'locked' && endedAt !== null) return { at: endedAt, step, code: 'too-many-tries' };
  if (state !== 'awaiting-otp') return undefined;
  if (expiresAt <= now) return { at: expiresAt, step, code: 'otp-expired' };
  return wrongCodeAt === null ? undefined : { at: wrongCodeAt, step, code: 'otp-wrong' };
}

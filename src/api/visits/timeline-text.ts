import { TIMELINE_STEPS, type TimelineStep } from '../../persistence/timeline.js';
import { FAILURES_EN, TIMELINE_EN, WAITING_EN } from '../texts/timeline.en.js';
import { FAILURES_HI, TIMELINE_HI, WAITING_HI } from '../texts/timeline.hi.js';
import type { TimelineEntry } from './visits.dto.js';

type Mender = 'hospital' | 'patient' | 'abdm' | 'operator';

/** Who can mend a failure, by its code. */
const MENDERS: Record<string, Mender> = {
  'name-not-latin': 'hospital',
  'birth-year-missing': 'hospital',
  'ABDM-1207': 'hospital',
  'ABDM-1051': 'hospital',
  'unknown-patient': 'hospital',
  'ABDM-1027': 'abdm',
  'ABDM-1092': 'abdm',
  'ABDM-1407': 'patient',
  'ABDM-1031': 'patient',
  'otp-wrong': 'patient',
  'otp-expired': 'patient',
  'too-many-tries': 'patient',
};

const isStep = (step: string): step is TimelineStep => (TIMELINE_STEPS as readonly string[]).includes(step);

const isWaitingReason = (code: string | null): code is keyof typeof WAITING_EN => code !== null && code in WAITING_EN;

/** One line of the timeline in words. */
export function timelineEntry({ at, step, code }: { at: Date; step: string; code: string | null }): TimelineEntry {
  const known: TimelineStep = isStep(step) ? step : 'failed';
  const why = (texts: Record<string, string>): string => ` ${texts[code ?? 'other'] ?? texts['other'] ?? ''}`;
  const isFailure =
    known === 'failed' || known === 'code-not-confirmed' || (known === 'asked-for-link-token' && code !== null);
  const waits = known === 'waiting-for-abha' && isWaitingReason(code) ? code : undefined;
  return {
    at: at.toISOString(),
    step,
    code,
    en: waits === undefined ? TIMELINE_EN[known] + (isFailure ? why(FAILURES_EN) : '') : WAITING_EN[waits],
    hi: waits === undefined ? TIMELINE_HI[known] + (isFailure ? why(FAILURES_HI) : '') : WAITING_HI[waits],
    mend: menderOf(known, code),
  };
}

function menderOf(step: TimelineStep, code: string | null): Mender | null {
  if (step === 'quarantined') return 'hospital';
  if (step === 'waiting-for-abha' && (code === 'abha-in-use-again' || code === 'abha-known-since')) return 'hospital';
  if (step === 'waiting-for-abha' || step === 'code-not-confirmed' || step === 'abha-ended') return 'patient';
  if (step === 'failed') return MENDERS[code ?? ''] ?? 'operator';
  return step === 'asked-for-link-token' && code !== null ? (MENDERS[code] ?? 'abdm') : null;
}

import { TIMELINE_STEPS, type TimelineStep } from '../../persistence/timeline.js';
import { FAILURES_EN, TIMELINE_EN } from '../texts/timeline.en.js';
import { FAILURES_HI, TIMELINE_HI } from '../texts/timeline.hi.js';
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
};

const isStep = (step: string): step is TimelineStep => (TIMELINE_STEPS as readonly string[]).includes(step);

/** One line of the timeline in words. */
export function timelineEntry({ at, step, code }: { at: Date; step: string; code: string | null }): TimelineEntry {
  const known: TimelineStep = isStep(step) ? step : 'failed';
  const why = (texts: Record<string, string>): string => ` ${texts[code ?? 'other'] ?? texts['other'] ?? ''}`;
  const isFailure = known === 'failed' || (known === 'asked-for-link-token' && code !== null);
  return {
    at: at.toISOString(),
    step,
    code,
    en: TIMELINE_EN[known] + (isFailure ? why(FAILURES_EN) : ''),
    hi: TIMELINE_HI[known] + (isFailure ? why(FAILURES_HI) : ''),
    mend: menderOf(known, code),
  };
}

function menderOf(step: TimelineStep, code: string | null): Mender | null {
  if (step === 'quarantined') return 'hospital';
  if (step === 'waiting-for-abha' || step === 'abha-ended') return 'patient';
  if (step === 'failed') return MENDERS[code ?? ''] ?? 'operator';
  return step === 'asked-for-link-token' && code !== null ? (MENDERS[code] ?? 'abdm') : null;
}

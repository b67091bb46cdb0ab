import type { TimingRepeat } from 'fhir/r4.js';

/** A frequency that has one meaning only; `undefined` leaves the hospital's words to speak for themselves. */
export type Frequency = { readonly repeat: TimingRepeat } | { readonly asNeeded: true } | undefined;

const timesADay = (frequency: number): TimingRepeat => ({ frequency, period: 1, periodUnit: 'd' });

const ABBREVIATIONS: Readonly<Record<string, number>> = {
  OD: 1,
  BD: 2,
  BID: 2,
  TDS: 3,
  TID: 3,
  QID: 4,
  QDS: 4,
};

/** Words about meals may follow; they stay in the dosage text. */
const FORM = /^(?<how>[A-Z]+|[0-9](?:-[0-9]){2,3})(?:\s+(?:PC|AC|BEFORE FOOD|AFTER FOOD))?$/;

/**
 * Reads prescribers' shorthand: `OD BD TDS QID HS SOS` and `1-0-1` (morning, noon, night). `STAT` is left as text:
 * FHIR has no plain way to say "once, now".
 */
export function readFrequency(text: string): Frequency {
  const how = FORM.exec(text.trim().toUpperCase())?.groups?.['how'];
  if (how === undefined) return undefined;
  if (how === 'SOS' || how === 'PRN') return { asNeeded: true };
  if (how === 'HS') return { repeat: { ...timesADay(1), when: ['HS'] } };

  const doses = how.includes('-') ? how.split('-').filter((dose) => dose !== '0').length : undefined;
  const frequency = doses ?? (Object.hasOwn(ABBREVIATIONS, how) ? ABBREVIATIONS[how] : undefined);
  return frequency === undefined || frequency === 0 ? undefined : { repeat: timesADay(frequency) };
}

import type { Dosage, TimingRepeat } from 'fhir/r4.js';
import type { Prescription } from '../../ports/visit.js';
import { wordsWith } from '../terminology/coding.js';
import { doseQuantity } from '../terminology/dose-quantity.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';
import type { Frequency, Terminology } from '../terminology/terminology.js';

/** The hospital's words in reading order, e.g. `1, 1-0-1, 3 days, ORAL`. */
export function dosageText(from: Prescription): string {
  const parts = [from.dose, from.frequency, daysWords(from), from.route].filter((part) => part !== undefined);
  // NRCeS wants a dosage with every drug, and a reader must not take an empty one for "none needed".
  return parts.length === 0 ? 'Dosage not written by the hospital' : parts.join(', ');
}

/** A bare number is days; anything else stays as it was written: `4 weeks`. */
function daysWords({ days, daysText }: Prescription): string | undefined {
  if (days === undefined || !/^\s*[\d०-९]*\s*$/u.test(daysText ?? '')) return daysText;
  return days === 1 ? '1 day' : `${days} days`;
}

/** How a drug is taken: the hospital's words always, and beside them what of them has one meaning only. */
export function dosages(from: Prescription, terminology: Terminology): Dosage[] {
  const frequency = from.frequency === undefined ? undefined : terminology.frequency(from.frequency);
  const told = { text: dosageText(from), route: routeOf(from, terminology) };
  const whole = { ...told, ...amount(from, 1) };
  if (frequency === undefined) return [whole];
  if ('once' in frequency) return [{ ...whole, timing: { repeat: { count: 1 } } }];

  const asNeeded = 'asNeeded' in frequency ? { asNeededBoolean: true } : {};
  if ('repeat' in frequency) return [{ ...whole, ...asNeeded, timing: { repeat: bounded(frequency.repeat, from) } }];
  if ('doses' in frequency) return timedDoses(frequency.doses, from).map((dose) => ({ ...told, ...asNeeded, ...dose }));
  const bounds = bounded({}, from);
  return [{ ...whole, ...asNeeded, ...(Object.keys(bounds).length > 0 && { timing: { repeat: bounds } }) }];
}

/** `2-0-1`: one entry per time, with one sequence number, which is how FHIR says "besides" and not "then". */
function timedDoses(
  doses: Extract<Frequency, { doses: unknown }>['doses'],
  from: Prescription,
): Pick<Dosage, 'sequence' | 'timing' | 'doseAndRate'>[] {
  return doses.map(({ amount: times, repeat }) => ({
    ...(doses.length > 1 && { sequence: 1 }),
    timing: { repeat: bounded(repeat, from) },
    ...amount(from, times),
  }));
}

function amount({ dose, drug }: Prescription, times: number): Pick<Dosage, 'doseAndRate'> {
  // Without a written dose, and no pattern that counts, how much is not known.
  if (dose === undefined && times === 1) return {};
  const quantity = doseQuantity(dose, drug, times);
  return quantity === undefined ? {} : { doseAndRate: [{ doseQuantity: quantity }] };
}

function bounded(repeat: TimingRepeat, { days }: Prescription): TimingRepeat {
  if (days === undefined || days <= 0) return repeat;
  return { boundsDuration: { value: days, unit: 'days', system: CODE_SYSTEMS.ucum, code: 'd' }, ...repeat };
}

function routeOf({ route }: Prescription, terminology: Terminology): Dosage['route'] {
  return route === undefined ? undefined : wordsWith(terminology.find('route', route), route);
}

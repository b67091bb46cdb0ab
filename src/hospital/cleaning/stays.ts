import type { Admission } from '../../ports/visit.js';
import type { Cleaned } from './cleaned.js';
import { asItCame, notUnderstood, understood } from './cleaned.js';
import { cleanMoment } from './dates.js';
import { wordKey } from './text.js';

/** A word that is not known counts as a stay in a ward, with a remark: most stays are. */
export function cleanAdmissionKind(
  text: string,
  dayCare: ReadonlySet<string>,
  inpatient: ReadonlySet<string>,
): Cleaned<Admission['kind']> {
  const key = wordKey(text);
  if (dayCare.has(key)) return asItCame('day-care');
  return inpatient.has(key) ? asItCame('inpatient') : understood('inpatient', 'admission-kind', 'inpatient', 'unsure');
}

/**
 * When the patient left. Not before the admission: such a one is not used, so that no summary says it. A discharge
 * without a time of day, on the day of the admission, is read as that same moment; midnight would lie before it.
 */
export function cleanDischarge(text: string, admittedAt: string | undefined): Cleaned<string> {
  const cleaned = cleanMoment(text);
  const { value } = cleaned;
  if (value === undefined || admittedAt === undefined || value >= admittedAt) return cleaned;
  const isDayOnly = cleaned.says.some(({ rule }) => rule === 'date-without-time');
  if (isDayOnly && value.slice(0, 10) === admittedAt.slice(0, 10)) {
    return understood(admittedAt, 'discharge-same-day', admittedAt, 'likely');
  }
  return notUnderstood('discharge-before-admission');
}

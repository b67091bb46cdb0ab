import type { AllergyStatement } from '../../ports/visit.js';
import type { Cleaned } from './cleaned.js';
import { asItCame, notUnderstood, understood } from './cleaned.js';
import type { DateText } from './dates.js';
import { addDays, addMonths, indianDay, isDatePlaceholder, readDate } from './dates.js';
import { asciiDigits, wordKey } from './text.js';

/** ICD-10 with its dot and capitals: `J069` is `J06.9`. What has not that form is not used. */
export function cleanIcd10(text: string): Cleaned<string> {
  const letters = text.toUpperCase().replace(/\s/g, '');
  const code = /^[A-Z0-9]{4,7}$/.test(letters) ? `${letters.slice(0, 3)}.${letters.slice(3)}` : letters;
  if (!/^[A-TV-Z][0-9][0-9AB](\.[0-9A-TV-Z]{1,4})?$/.test(code)) return notUnderstood('icd10-unread');
  return code === text ? asItCame(code) : understood(code, 'icd10-form', code);
}

/**
 * `none-known` only for words that say nothing else; everything else names an allergy. A word that stands in both lists
 * is `not-asked`: an allergy nobody asked about must not be told as one the patient has not.
 */
export function cleanAllergy(
  text: string,
  noneKnown: ReadonlySet<string>,
  notAsked: ReadonlySet<string>,
): Cleaned<AllergyStatement> {
  const key = wordKey(text);
  if (notAsked.has(key)) return understood({ text, kind: 'not-asked' }, 'allergy-not-asked', 'not asked');
  if (!noneKnown.has(key)) return asItCame({ text, kind: 'allergy' });
  return understood({ text, kind: 'none-known' }, 'allergy-none-known', 'none known');
}

const UNITS = [
  { unit: 'day', words: /^(d|days?|din|dino|दिन|दिनों)$/u },
  { unit: 'week', words: /^(w|wks?|weeks?|hafte|hafta|haftey|हफ्ते|हफ़्ते|सप्ताह)$/u },
  { unit: 'month', words: /^(months?|mths?|mahine|mahina|maah|माह|महीने|महीना)$/u },
] as const;
const AROUND = /^(x|×|for|after|review after|review in|in|baad|bad|later|ke baad|बाद|के बाद|में|पश्चात)$/u;

/** A number of days, weeks or months with nothing but words such as "after" around it. */
function readSpan(text: string): { readonly count: number; readonly unit: 'day' | 'week' | 'month' } | undefined {
  const [, before = '', digits, word = '', after = ''] =
    /^(\D*?)\s*(\d{1,3})\s*([\p{L}\p{M}]+)\.?\s*(.*)$/u.exec(asciiDigits(text).toLowerCase()) ?? [];
  const unit = UNITS.find(({ words }) => words.test(word))?.unit;
  const isOnlySpan = [before, after].every((part) => part.trim() === '' || AROUND.test(part.trim()));
  return unit === undefined || digits === undefined || !isOnlySpan ? undefined : { count: Number(digits), unit };
}

/** The day of the next visit: a date, or counted from this one (`after 5 days`). The words are kept by the caller. */
export function cleanNextVisit(text: string, visitDate: DateText | undefined): Cleaned<DateText> {
  if (isDatePlaceholder(text)) return notUnderstood('date-placeholder');
  const read = readDate(text);
  if (read !== undefined) {
    const day = indianDay(read);
    if (visitDate !== undefined && day < visitDate) return notUnderstood('next-visit-before-visit');
    if (day === text) return asItCame(day);
    return understood(day, 'date-format', day, read.hasTwoDigitYear ? 'likely' : 'sure');
  }
  const span = readSpan(text);
  if (span === undefined || visitDate === undefined) return notUnderstood('next-visit-unread');
  const { count, unit } = span;
  const date = unit === 'month' ? addMonths(visitDate, count) : addDays(visitDate, unit === 'week' ? count * 7 : count);
  return understood(date, 'next-visit-counted', date, 'likely');
}

/** As prescriptions are written: `3/7` is three days, `2/52` two weeks. */
const DAYS_IN_FRACTION: Readonly<Record<string, 'day' | 'week'>> = { '7': 'day', '52': 'week' };

/** Whole days a medicine is taken: `5`, `x 5 d`, `1 week`, `3/7`. A month is not a number of days for sure. */
export function cleanDays(text: string): Cleaned<number> {
  const plain = /^0*(\d{1,3})(\.0+)?$/.exec(asciiDigits(text))?.[1];
  const span = plain === undefined ? (readFraction(text) ?? readSpan(text)) : undefined;
  const days = plain === undefined ? daysOf(span) : Number(plain);
  if (days === undefined || days < 1) return notUnderstood('days-unread');
  return plain === undefined || String(days) !== text ? understood(days, 'days-counted', String(days)) : asItCame(days);
}

function readFraction(text: string): ReturnType<typeof readSpan> {
  const [, count, parts = ''] = /^(?:[x×]\s*)?(\d{1,2})\s*\/\s*(7|52)$/iu.exec(asciiDigits(text)) ?? [];
  const unit = DAYS_IN_FRACTION[parts];
  return count === undefined || unit === undefined ? undefined : { count: Number(count), unit };
}

function daysOf(span: ReturnType<typeof readSpan>): number | undefined {
  if (span === undefined || span.unit === 'month') return undefined;
  return span.unit === 'week' ? span.count * 7 : span.count;
}

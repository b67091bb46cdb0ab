import type { Cleaned } from './cleaned.js';
import { asItCame, notUnderstood, understood } from './cleaned.js';
import type { DateText } from './dates.js';
import { addMonths, indianDay, isDatePlaceholder, readDate } from './dates.js';
import { asciiDigits } from './text.js';

const OLDEST_YEARS = 130;

/** A date of birth `YYYY-MM-DD`, or `YYYY` when only that came. It may not lie after the visit. */
export function cleanBirthDate(text: string, visitDate: DateText | undefined): Cleaned<DateText> {
  if (isDatePlaceholder(text)) return notUnderstood('date-placeholder');
  const yearOnly = /^(?:00?[/-]00?[/-])?(\d{4})$/.exec(asciiDigits(text))?.[1];
  const read = yearOnly === undefined ? readDate(text) : undefined;
  if (yearOnly === undefined && read === undefined) return notUnderstood('date-impossible');
  const asRead = yearOnly ?? (read === undefined ? '' : indianDay(read));
  const isLastCentury = read?.hasTwoDigitYear === true && visitDate !== undefined && asRead > visitDate;
  const date = isLastCentury ? addMonths(asRead, -1200) : asRead;
  if (date < '1870') return notUnderstood('date-impossible');
  if (visitDate !== undefined) {
    if (date.slice(0, 4) > visitDate.slice(0, 4) || (date.length > 4 && date > visitDate)) {
      return notUnderstood('birth-date-after-visit');
    }
    if (yearOf(visitDate) - yearOf(date) > OLDEST_YEARS) return notUnderstood('birth-date-too-old');
  }
  if (yearOnly !== undefined) return understood(date, 'birth-year-only', date, 'likely');
  if (date === text) return asItCame(date);
  return read?.hasTwoDigitYear === true
    ? understood(date, 'date-two-digit-year', date, 'likely')
    : understood(date, 'date-format', date);
}

/** One part of an age, e.g. `35`, `35 Y`, `11 months`. */
export function cleanAgePart(text: string): Cleaned<number> {
  const [, digits] =
    /^(\d{1,4})(?:\.0+)?\s*(?:y|yr|yrs|years?|m|mth|mths|months?|वर्ष|साल|माह|महीने)?\.?$/iu.exec(asciiDigits(text)) ??
    [];
  return digits === undefined ? notUnderstood('age-impossible') : asItCame(Number(digits));
}

/** The year of birth, counted back from the visit: an age says no more. Undefined for ages nobody reaches. */
export function birthYearFromAge(years: number, months: number, visitDate: DateText): string | undefined {
  const total = years * 12 + months;
  return total > OLDEST_YEARS * 12 ? undefined : addMonths(visitDate, -total).slice(0, 4);
}

/** Whether an age in whole years fits a date of birth, give or take a year of rounding. */
export function doAgree(birthDate: DateText, ageYears: number, visitDate: DateText): boolean {
  const hadBirthday = birthDate.length > 4 ? birthDate.slice(5) <= visitDate.slice(5) : true;
  const age = yearOf(visitDate) - yearOf(birthDate) - (hadBirthday ? 0 : 1);
  return Math.abs(age - ageYears) <= 1;
}

function yearOf(date: DateText): number {
  return Number(date.slice(0, 4));
}

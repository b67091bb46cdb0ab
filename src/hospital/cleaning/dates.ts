import type { Cleaned } from './cleaned.js';
import { asItCame, notUnderstood, understood } from './cleaned.js';
import type { RuleName } from './rules.js';
import { asciiDigits } from './text.js';

/** A calendar date `YYYY-MM-DD`; the strings sort by time. */
export type DateText = string;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const LAST_YEAR = 2099;
const INDIAN_OFFSET_MINUTES = 330;
const DAY_FIRST = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?!\d)(.*)$/;
const MONTH_NAME = /^(\d{1,2})[-/. ]?([A-Z]{3})[A-Z]*[-/., ]*(\d{4}|\d{2})(?!\d)(.*)$/;
const YEAR_FIRST = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)(.*)$/;
const TIME = /^[T ,]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(?: ?([AP])\.?M\.?)?(?: ?(Z|[+-]\d{2}:?\d{2}))?$/;

/** What a text says, before anybody asks whether the year makes sense. */
export interface ReadDate {
  readonly date: DateText;
  /** `HH:mm:ss`, undefined when no time came. */
  readonly time: string | undefined;
  /** Minutes east of Greenwich, when the text says so. */
  readonly offsetMinutes: number | undefined;
  readonly hasTwoDigitYear: boolean;
}

/**
 * Day first, as India writes: `12/08/2025 09:41`, `12-08-2025 13:26:27`, `12-AUG-25 09:41`, and `2025-08-12 09:41:00`.
 * Two-digit years are of this century. Undefined for what does not exist (31/02) or lies outside 1870 to `lastYear`.
 */
export function readDate(came: string, lastYear = LAST_YEAR): ReadDate | undefined {
  const text = asciiDigits(came).toUpperCase();
  const parts = splitDate(text);
  if (parts === undefined) return undefined;
  const { day, month, year, rest } = parts;
  const fullYear = year.length === 2 ? 2000 + Number(year) : Number(year);
  const date = existingDate(fullYear, month, day, lastYear);
  const time = rest.trim() === '' ? 'none' : readTime(rest);
  if (date === undefined || time === undefined) return undefined;
  const clock = time === 'none' ? { time: undefined, offsetMinutes: undefined } : time;
  return { date, ...clock, hasTwoDigitYear: year.length === 2 };
}

function splitDate(text: string): { day: number; month: number; year: string; rest: string } | undefined {
  const [, day, month, year, rest] = DAY_FIRST.exec(text) ?? MONTH_NAME.exec(text) ?? [];
  if (day !== undefined && month !== undefined && year !== undefined) {
    const monthNumber = /\d/.test(month) ? Number(month) : MONTHS.indexOf(month) + 1;
    return { day: Number(day), month: monthNumber, year, rest: rest ?? '' };
  }
  const [, isoYear, isoMonth, isoDay, isoRest] = YEAR_FIRST.exec(text) ?? [];
  if (isoYear === undefined) return undefined;
  return { day: Number(isoDay), month: Number(isoMonth), year: isoYear, rest: isoRest ?? '' };
}

function readTime(text: string): { time: string; offsetMinutes: number | undefined } | undefined {
  const [, hours, minutes, seconds = '00', half, zone] = TIME.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'P' ? 12 : 0);
  const isTime =
    hour < 24 && Number(minutes) < 60 && Number(seconds) < 60 && (half === undefined || Number(hours) <= 12);
  if (!isTime) return undefined;
  const time = `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`;
  return { time, offsetMinutes: zone === undefined ? undefined : offsetOf(zone) };
}

function offsetOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

/** `YYYY-MM-DD` when the calendar has that day. */
function existingDate(year: number, month: number, day: number, lastYear: number): DateText | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = year >= 1870 && year <= lastYear && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists ? date.toISOString().slice(0, 10) : undefined;
}

export function addDays(date: DateText, days: number): DateText {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The day the same number of months later, or the last one of that month. */
export function addMonths(date: DateText, months: number): DateText {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

/** A moment in Indian time, e.g. `2025-08-12T09:41:00+05:30`. */
export function cleanMoment(text: string): Cleaned<string> {
  if (isDatePlaceholder(text)) return notUnderstood('date-placeholder');
  const read = readDate(text);
  if (read === undefined || read.date < '1990') return notUnderstood('date-impossible');
  const moment = momentOf(read);
  if (moment === text) return asItCame(moment);
  const [rule, certainty] = momentRule(read);
  return understood(moment, rule, moment, certainty);
}

function momentRule(read: ReadDate): readonly [RuleName, 'sure' | 'likely'] {
  if (read.time === undefined) return ['date-without-time', 'likely'];
  if (read.offsetMinutes !== undefined && read.offsetMinutes !== INDIAN_OFFSET_MINUTES) return ['date-zone', 'sure'];
  return read.hasTwoDigitYear ? ['date-two-digit-year', 'likely'] : ['date-format', 'sure'];
}

function momentOf({ date, time = '00:00:00', offsetMinutes = INDIAN_OFFSET_MINUTES }: ReadDate): string {
  const minutesToAdd = INDIAN_OFFSET_MINUTES - offsetMinutes;
  const indian = new Date(Date.parse(`${date}T${time}Z`) + minutesToAdd * 60_000).toISOString();
  return `${indian.slice(0, 19)}+05:30`;
}

/** The day in India: a date of birth stored as midnight and sent as UTC lies on the evening before. */
export function indianDay(read: ReadDate): DateText {
  return momentOf(read).slice(0, 10);
}

/**
 * When something that is over happened. Nothing is, a day ahead of `now`; less may be a clock that is wrong, or a time
 * zone. What lies so far ahead that no year of ours has it (2125, 9999) is told from what does not exist.
 */
export function cleanPastMoment(text: string, now: Date): Cleaned<string> {
  const cleaned = cleanMoment(text);
  const isBeyondOurYears = cleaned.value === undefined && (readDate(text, 9999)?.date ?? '') > `${LAST_YEAR}`;
  const isAhead = cleaned.value !== undefined && Date.parse(cleaned.value) > now.getTime() + 86_400_000;
  return isBeyondOurYears || isAhead ? notUnderstood('date-in-future') : cleaned;
}

/** A day `YYYY-MM-DD`; a time of day is not kept. */
export function cleanDate(text: string): Cleaned<DateText> {
  if (isDatePlaceholder(text)) return notUnderstood('date-placeholder');
  const read = readDate(text);
  if (read === undefined) return notUnderstood('date-impossible');
  const date = indianDay(read);
  if (date === text) return asItCame(date);
  return read.hasTwoDigitYear
    ? understood(date, 'date-two-digit-year', date, 'likely')
    : understood(date, 'date-format', date);
}

/** As `cleanDate`, for what happened at the visit or earlier. */
export function cleanDateUpTo(text: string, visitDate: DateText | undefined): Cleaned<DateText> {
  const cleaned = cleanDate(text);
  const isLater = cleaned.value !== undefined && visitDate !== undefined && cleaned.value > visitDate;
  return isLater ? notUnderstood('date-after-visit') : cleaned;
}

/**
 * When a report was authorised: not before what it reports was taken or done, and not in the future. A day without a
 * time, the same as `begunAt`, is read as that moment; midnight would lie before it.
 */
export function cleanAuthorisedAt(text: string, begunAt: string | undefined, now: Date): Cleaned<string> {
  const cleaned = cleanPastMoment(text, now);
  const { value } = cleaned;
  if (value === undefined || begunAt === undefined || value >= begunAt) return cleaned;
  const isDayOnly = cleaned.says.some(({ rule }) => rule === 'date-without-time');
  return isDayOnly && value.slice(0, 10) === begunAt.slice(0, 10)
    ? understood(begunAt, 'authorised-same-day', begunAt, 'likely')
    : notUnderstood('authorised-too-early');
}

/** `00/00/0000` and its kin: the screen's way to say that nothing was entered. */
export function isDatePlaceholder(text: string): boolean {
  return /^[0\s/.:-]+$/.test(text) || /^(01[/-]01[/-]1900|1900-01-01)( 00:00(:00)?)?$/.test(text);
}

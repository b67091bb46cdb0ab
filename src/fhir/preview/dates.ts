import { said } from './words.js';

const DATE = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const INDIA = 5.5 * 60 * 60 * 1000;

/** A day as India writes it: `12-08-2025`, `08-2025`, `2025`; of a moment the day its sender wrote. */
export function day(date: unknown): string | undefined {
  const text = said(date);
  const match = text === undefined ? null : DATE.exec(text);
  if (match === null) return text;
  return [match[3], match[2], match[1]].filter((part) => part !== undefined).join('-');
}

/** Day and Indian time: `12-08-2025, 09:41`; a day alone where no time is known. */
export function moment(dateTime: unknown): string | undefined {
  const text = said(dateTime);
  if (text === undefined || !TIME.test(text)) return day(dateTime);
  const instant = Date.parse(text);
  // Without an offset there is no instant to move to Indian time; the sender's clock is shown.
  if (Number.isNaN(instant) || !/(?:Z|[+-]\d{2}:\d{2})$/.test(text)) return `${day(text) ?? ''}, ${text.slice(11, 16)}`;
  const inIndia = new Date(instant + INDIA);
  if (Number.isNaN(inIndia.getTime())) return text;
  const iso = inIndia.toISOString();
  return `${day(iso) ?? ''}, ${iso.slice(11, 16)}`;
}

/** From–to, or the end that is known. */
export function span(start: string | undefined, end: string | undefined): string | undefined {
  if (start === undefined || end === undefined || start === end) return start ?? end;
  return `${start} – ${end}`;
}

export interface Age {
  readonly count: number;
  readonly unit: 'year' | 'month' | 'day';
  /** Only the year of birth is known. */
  readonly isRough: boolean;
}

/** How old somebody was on a day; undefined when the dates do not say, or make no sense. */
export function ageOn(birthDate: unknown, onDay: unknown): Age | undefined {
  const born = DATE.exec(said(birthDate) ?? '');
  const on = DATE.exec(said(onDay) ?? '');
  if (born === null || on === null) return undefined;
  const years = Number(on[1]) - Number(born[1]);
  if (years < 0 || years > 130) return undefined;
  if (born[2] === undefined || on[2] === undefined) return { count: years, unit: 'year', isRough: true };
  const days = Math.floor((Date.parse(wholeDay(on)) - Date.parse(wholeDay(born))) / 86_400_000);
  const isBeforeDay = Number(on[3] ?? 1) < Number(born[3] ?? 1);
  const months = years * 12 + Number(on[2]) - Number(born[2]) - (isBeforeDay ? 1 : 0);
  if (Number.isNaN(days) || days < 0) return undefined;
  if (months < 1) return { count: days, unit: 'day', isRough: false };
  if (months < 24) return { count: months, unit: 'month', isRough: false };
  return { count: Math.floor(months / 12), unit: 'year', isRough: false };
}

const wholeDay = ([, year, month, date]: RegExpExecArray): string => `${year ?? ''}-${month ?? '01'}-${date ?? '01'}`;

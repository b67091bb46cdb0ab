import { Problem } from '../problem.js';

const DAY_MS = 86_400_000;
const MOST_DAYS = 366;

/** Days in India, `YYYY-MM-DD`, both included. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

type Asked = { readonly [K in keyof Period]?: string | undefined };

const wrong = (field: string, detail: string) =>
  new Problem(400, 'fields-wrong', 'Mend the fields named in errors', [{ field, code: 'period', detail }]);

/** Today, unless something else is asked for; one day where only one end is given. @throws Problem */
export function facilityPeriod({ from, to }: Asked, today: string): Period {
  const period = { from: from ?? to ?? today, to: to ?? from ?? today };
  if (period.from > period.to) throw wrong('to', 'must not be before from');
  if (daysOf(period).length > MOST_DAYS) throw wrong('from', 'must be at most a year before to');
  return period;
}

/**
 * The calendar month that is asked for, once it is over; else the last one. Other periods could be subtracted from each other:
 * of two that differ by a day, the difference is that day's count, however small. So could two looks at a running month.
 * @throws Problem
 */
export function districtPeriod({ from, to }: Asked, today: string): Period {
  const first = `${(from ?? to ?? dayBefore(`${today.slice(0, 7)}-01`)).slice(0, 7)}-01`;
  const month = { from: first, to: lastOfMonth(first) };
  const isMonth = (from ?? month.from) === month.from && (to ?? month.to) === month.to;
  if (!isMonth) {
    throw new Problem(
      400,
      'whole-month-only',
      'With a district’s key ask for one calendar month, from its first day to its last: small counts could be worked out from other periods',
    );
  }
  if (month.to >= today) {
    throw new Problem(
      400,
      'month-not-over',
      'With a district’s key ask for a month that is over: in a running one each person could be watched arriving',
    );
  }
  return month;
}

/** Every day of it. */
export function daysOf({ from, to }: Period): string[] {
  const [first, last] = [Date.parse(`${from}T00:00:00Z`), Date.parse(`${to}T00:00:00Z`)];
  const count = Math.round((last - first) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, index) => new Date(first + index * DAY_MS).toISOString().slice(0, 10));
}

function lastOfMonth(first: string): string {
  const [year = 0, month = 1] = first.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

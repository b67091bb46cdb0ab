import { Problem } from '../problem.js';

const DAY_MS = 86_400_000;

/** The beginning of a period: a day begins at midnight in India. @throws Problem when there is no such day or time */
export const beginning = (text: string): Date => instantOf('from', text, 0);

/** Its end, not included any more: of a day, the next midnight in India. @throws Problem */
export const ending = (text: string): Date => instantOf('to', text, DAY_MS);

function instantOf(field: string, text: string, dayMs: number): Date {
  const isDay = text.length === 10;
  // `2026-02-30` would become the 2nd of March.
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  const isThere = !Number.isNaN(day) && new Date(day).toISOString().startsWith(text.slice(0, 10));
  const at = isDay ? Date.parse(`${text}T00:00:00+05:30`) + dayMs : Date.parse(text);
  if (isThere && !Number.isNaN(at)) return new Date(at);
  throw new Problem(400, 'fields-wrong', 'Mend the fields named in errors', [
    { field, code: 'no-such-time', detail: 'must be a day or time there is' },
  ]);
}

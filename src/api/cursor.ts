import { Problem } from './problem.js';

/** Where the next page begins, as one word: the sort key and the id of the last row shown. */
export const writeCursor = (key: string, id: string): string => Buffer.from(`${key} ${id}`).toString('base64url');

/**
 * The two parts of a cursor of ours.
 * @throws Problem when it is not one: `fits` looks at both parts
 */
export function readCursor(
  cursor: string,
  fits: (key: string, id: string) => boolean,
): { readonly key: string; readonly id: string } {
  const [key = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ');
  if (!fits(key, id)) {
    throw new Problem(400, 'cursor-wrong', 'The cursor is not one of ours; start again without it', [
      { field: 'cursor', code: 'form', detail: 'must be the `next` of a page before' },
    ]);
  }
  return { key, id };
}

/**
 * An instant as our cursors spell it, and one there is: JavaScript takes the 30th of February for the 2nd of March, and has
 * a year 0; PostgreSQL takes neither.
 */
export function isInstant(text: string): boolean {
  const at = new Date(text);
  return /^(?!0000)\d{4}-/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString() === text;
}

/** A day there is, YYYY-MM-DD. */
export const isDay = (text: string): boolean => isInstant(`${text}T00:00:00.000Z`);

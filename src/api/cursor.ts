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

/** An instant as our cursors spell it. */
export const isInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));

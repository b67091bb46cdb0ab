import { StringDecoder } from 'node:string_decoder';
import { MAX_VISIT_BYTES } from '../body-limits.js';

export type Line =
  | { readonly kind: 'text'; readonly number: number; readonly text: string }
  | { readonly kind: 'too-long'; readonly number: number };

/** What Windows programs put before the first line. */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** The lines of a stream, one in memory at a time. A line that is too long is skipped to its end and reported. */
export async function* linesOf(stream: AsyncIterable<unknown>, maxCharacters = MAX_VISIT_BYTES): AsyncGenerator<Line> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let number = 0;
  let isTooLong = false;
  const end = (piece: string): Line => {
    number += 1;
    const text = number === 1 ? piece.replace(BYTE_ORDER_MARK, '') : piece;
    const line: Line =
      isTooLong || text.length > maxCharacters ? { kind: 'too-long', number } : { kind: 'text', number, text };
    isTooLong = false;
    return line;
  };
  for await (const chunk of stream) {
    // Only what is new is searched: a long line comes in hundreds of chunks.
    const [first = '', ...others] = decoder.write(chunk as Buffer).split('\n');
    const pieces = [rest + first, ...others];
    rest = pieces.pop() ?? '';
    for (const piece of pieces) yield end(piece);
    if (rest.length > maxCharacters) {
      isTooLong = true;
      rest = '';
    }
  }
  rest += decoder.end();
  if (rest !== '' || isTooLong) yield end(rest);
}

import { LONGEST_TERM, tidy } from './normal-words.js';

/** A result given as a word, and the meaning that word alone has. Anything else stays a word without interpretation. */
export type WordMeaning = 'NEG' | 'POS' | 'N';

// prettier-ignore
const NEGATIVE = [
  'NEGATIVE', 'NEG', '-VE', 'NIL', 'ABSENT', 'NON REACTIVE', 'NONREACTIVE', 'NOT DETECTED', 'NOT SEEN', 'NOT FOUND',
  'नकारात्मक', 'ऋणात्मक', 'नेगेटिव', 'निगेटिव', 'अनुपस्थित', 'शून्य',
];
// prettier-ignore
const POSITIVE = [
  'POSITIVE', 'POS', '+VE', 'PRESENT', 'REACTIVE', 'DETECTED', 'SEEN',
  'सकारात्मक', 'धनात्मक', 'पॉजिटिव', 'पॉज़िटिव', 'उपस्थित',
];
const NORMAL = ['NORMAL', 'WNL', 'WITHIN NORMAL LIMITS', 'सामान्य'];

const MEANINGS: ReadonlyMap<string, WordMeaning> = new Map([
  ...NEGATIVE.map((word): [string, WordMeaning] => [tidy(word), 'NEG']),
  ...POSITIVE.map((word): [string, WordMeaning] => [tidy(word), 'POS']),
  ...NORMAL.map((word): [string, WordMeaning] => [tidy(word), 'N']),
]);

/** `+`, `++++`, `2+`, `(+)`. A single `-` is as often an empty box as a negative. */
const PLUSES = /^(?:\+{1,4}|[1-4]\+|\(\+{1,4}\))$/;
/** `POSITIVE (Pf)`: what was found, behind the result. A question mark there takes the result back. */
const WITH_REMARK = /^([^()]{1,40})\([^()?]{0,100}\)$/;

export function readLabWord(text: string): WordMeaning | undefined {
  if (text.length > LONGEST_TERM) return undefined;
  const word = tidy(text);
  if (PLUSES.test(word)) return 'POS';
  return MEANINGS.get(plain(word)) ?? MEANINGS.get(plain(WITH_REMARK.exec(word)?.[1] ?? ''));
}

/** `NON-REACTIVE`, `Negative.`, but `-ve` and `+ve` keep their sign. */
function plain(word: string): string {
  return word
    .trim()
    .replace(/\.$/, '')
    .replace(/(?<=\p{L})[-\s]+(?=\p{L})/gu, ' ');
}

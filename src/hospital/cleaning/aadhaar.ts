import { isLuhnValid } from '../../support/luhn.js';
import { isVerhoeffValid } from '../../support/verhoeff.js';
import { asciiDigits } from './text.js';

/** What a column is for, which decides which long numbers are meant to be there. */
export type ColumnKind = 'mobile' | 'fourteen-digit-id' | 'hospital-number' | 'document-data' | 'other';

// Characters that cleaning removes later: a number must not come together again behind our back.
const HIDDEN = '\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f\\p{Cf}\\p{Cs}\\ufe00-\\ufe0f';
const GAP = `[\\s\\p{Pd}._/·\\u2212${HIDDEN}]`;
const FOUR = Array(4).fill('\\p{Nd}').join(`[${HIDDEN}]*`);
const END = `(?![${HIDDEN}]*\\p{Nd})`;
/** Longer texts are no longer typed. In them hidden characters go at once: millions in a row overflow the search. */
const LONGEST_TYPED = 1_000_000;
const HIDDEN_CHARACTERS = new RegExp(`[${HIDDEN}]`, 'gu');
// A digit right beside it makes it part of a longer run. Two digits before it may make it a fourteen-digit number.
const NUMBER = new RegExp(
  `(?=\\p{Nd})(?<!\\p{Nd}[${HIDDEN}]*)` +
    `(?<lead>\\p{Nd}[${HIDDEN}]*\\p{Nd}${GAP}*)?${FOUR}${GAP}*${FOUR}${GAP}*${FOUR}${END}`,
  'gu',
);
// More groups of four are masked with it (a virtual id has sixteen digits, and who can say where the number begins?).
// One at a time: as a repetition in the expression above, a million of them overflow its stack.
const MORE = new RegExp(`${GAP}+${FOUR}${END}`, 'uy');

/** Twelve digits one by one. Doses are written so too, so here the check digit decides. */
const SPACED = new RegExp(
  `(?<!\\p{Nd}[\\s${HIDDEN}]{0,3})\\p{Nd}(?:[\\s${HIDDEN}]{1,3}\\p{Nd}){11}(?![\\s${HIDDEN}]{0,3}\\p{Nd})`,
  'gu',
);

/**
 * Masks every Aadhaar-like number of a text: 12 digits of any script, in one run or 4-4-4 with spaces or dashes, as
 * `XXXXXXXX1234`. Left alone: longer runs, fourteen-digit numbers (ABHA, HPR id), a mobile with 91 in its own column.
 * No check digit is asked for: a mistyped Aadhaar number still gives most of it away. But it is asked for in columns of
 * the hospital's own numbers (those with twelve digits would be lost), and of digits that stand one by one.
 */
export function maskAadhaar(
  came: string,
  kind: ColumnKind,
): { readonly text: string; readonly masks: readonly string[] } {
  const masks: string[] = [];
  if (came.length < 12 || isExempt(came, kind)) return { text: came, masks };
  const text = came.length > LONGEST_TYPED ? came.replace(HIDDEN_CHARACTERS, '') : came;
  let masked = '';
  let done = 0;
  NUMBER.lastIndex = 0;
  for (let found = NUMBER.exec(text); found !== null; found = NUMBER.exec(text)) {
    const lead = found.groups?.['lead'] ?? '';
    const { end, lastGroup } = takeMore(text, NUMBER.lastIndex, found[0]);
    const number = text.slice(found.index, end);
    const isId = lead !== '' && isFourteenDigitId(number, kind);
    if (!isId && !(kind === 'hospital-number' && isOfTheHospital(number))) {
      const mask = `XXXXXXXX${digitsOf(lastGroup).slice(-4).join('')}`;
      masks.push(mask);
      masked += text.slice(done, found.index) + lead + mask;
      done = end;
    }
    NUMBER.lastIndex = end;
  }
  return { text: maskSpaced(masked + text.slice(done), masks), masks };
}

function maskSpaced(text: string, masks: string[]): string {
  return text.replace(SPACED, (number) => {
    const digits = digitsOf(number);
    if (!isVerhoeffValid(asciiDigits(digits.join('')))) return number;
    const mask = `XXXXXXXX${digits.slice(-4).join('')}`;
    masks.push(mask);
    return mask;
  });
}

/** Twelve digits that are no Aadhaar number by their check digit. Digits of other scripts are not trusted to tell. */
function isOfTheHospital(number: string): boolean {
  const digits = asciiDigits(digitsOf(number.slice(0, 1_000)).join(''));
  return number.length <= 1_000 && /^\d{12}$/.test(digits) && !isVerhoeffValid(digits);
}

function takeMore(text: string, begin: number, number: string): { readonly end: number; readonly lastGroup: string } {
  let [end, lastGroup] = [begin, number];
  MORE.lastIndex = begin;
  for (let more = MORE.exec(text); more !== null; more = MORE.exec(text)) [end, lastGroup] = [MORE.lastIndex, more[0]];
  return { end, lastGroup };
}

function isExempt(text: string, kind: ColumnKind): boolean {
  if (kind === 'mobile') return /^\+?91[6-9]\d{9}$/.test(text.replace(/[\s\p{Pd}]/gu, ''));
  return kind === 'document-data' && isScan(text);
}

/** In its own column, or written as one (`91-1234-5678-9012`, or unbroken), or an ABHA number by its check digit. */
function isFourteenDigitId(number: string, kind: ColumnKind): boolean {
  const digits = digitsOf(number.slice(0, 1_000));
  if (number.length > 1_000 || digits.length !== 14) return false;
  if (kind === 'fourteen-digit-id' || /^(\p{Nd}{14}|\d\d-\d{4}-\d{4}-\d{4})$/u.test(number)) return true;
  return number.startsWith('91') && isLuhnValid(digits.join(''));
}

function digitsOf(text: string): readonly string[] {
  return text.match(/\p{Nd}/gu) ?? [];
}

/** Long base64. Chance digits in it are not a number anybody typed, and masking them would break the picture. */
export function isScan(text: string): boolean {
  // One pass, which stops at the first other character: nothing to go back over in 15 MB.
  return text.length >= 100 && !/[^A-Za-z0-9+/=\r\n]/.test(text.trimEnd()) && /[A-Za-z]/.test(text);
}

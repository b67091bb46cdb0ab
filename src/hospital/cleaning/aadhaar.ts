import { isLuhnValid } from './abha.js';

/** What a column is for, which decides which long numbers are meant to be there. */
export type ColumnKind = 'mobile' | 'fourteen-digit-id' | 'document-data' | 'other';

// Characters that cleaning removes later: a number must not come together again behind our back.
const HIDDEN = '\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f\\p{Cf}\\p{Cs}\\ufe00-\\ufe0f';
const GAP = `[\\s\\p{Pd}._/·\\u2212${HIDDEN}]`;
const FOUR = Array(4).fill('\\p{Nd}').join(`[${HIDDEN}]*`);
// A digit right beside it makes it part of a longer run. Two digits before it may make it a fourteen-digit number.
// More groups of four are masked with it (a virtual id has sixteen digits, and who can say where the number begins?).
const NUMBER = new RegExp(
  `(?=\\p{Nd})(?<!\\p{Nd}[${HIDDEN}]*)` +
    `(?<lead>\\p{Nd}[${HIDDEN}]*\\p{Nd}${GAP}*)?(?<twelve>${FOUR}${GAP}*${FOUR}${GAP}*${FOUR}(?:${GAP}+${FOUR})*)` +
    `(?![${HIDDEN}]*\\p{Nd})`,
  'gu',
);

/**
 * Masks every Aadhaar-like number of a text: 12 digits of any script, in one run or 4-4-4 with spaces or dashes, as
 * `XXXXXXXX1234`. Left alone: longer runs, fourteen-digit numbers (ABHA, HPR id), a mobile with 91 in its own column.
 * No check digit is asked for: a mistyped Aadhaar number still gives most of it away.
 */
export function maskAadhaar(
  text: string,
  kind: ColumnKind,
): { readonly text: string; readonly masks: readonly string[] } {
  const masks: string[] = [];
  if (text.length < 12 || isExempt(text, kind)) return { text, masks };
  const masked = text.replace(NUMBER, (number: string, ...rest: unknown[]) => {
    const { lead = '', twelve } = rest.at(-1) as { lead?: string; twelve: string };
    if (lead !== '' && isFourteenDigitId(number, kind)) return number;
    const mask = `XXXXXXXX${digitsOf(twelve).slice(-4).join('')}`;
    masks.push(mask);
    return lead + mask;
  });
  return { text: masked, masks };
}

function isExempt(text: string, kind: ColumnKind): boolean {
  if (kind === 'mobile') return /^\+?91[6-9]\d{9}$/.test(text.replace(/[\s\p{Pd}]/gu, ''));
  return kind === 'document-data' && isLongBase64(text);
}

/** In its own column, or written as one (`91-1234-5678-9012`, or unbroken), or an ABHA number by its check digit. */
function isFourteenDigitId(number: string, kind: ColumnKind): boolean {
  const digits = digitsOf(number);
  if (digits.length !== 14) return false;
  if (kind === 'fourteen-digit-id' || /^(\p{Nd}{14}|\d\d-\d{4}-\d{4}-\d{4})$/u.test(number)) return true;
  return number.startsWith('91') && isLuhnValid(digits.join(''));
}

function digitsOf(text: string): readonly string[] {
  return text.match(/\p{Nd}/gu) ?? [];
}

/** Chance digits in a scan are not a number anybody typed, and masking them would break the picture. */
function isLongBase64(text: string): boolean {
  return text.length >= 100 && /^[A-Za-z0-9+/\r\n]+={0,2}\s*$/.test(text) && /[A-Za-z]/.test(text);
}

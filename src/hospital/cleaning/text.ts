const INDIC =
  '\\p{scx=Deva}\\p{scx=Beng}\\p{scx=Guru}\\p{scx=Gujr}\\p{scx=Orya}\\p{scx=Taml}\\p{scx=Telu}\\p{scx=Knda}\\p{scx=Mlym}\\p{scx=Olck}\\p{scx=Arab}';
const LINE_BREAKS_AND_TABS = /[\t\n\v\f\r\u0085\u2028\u2029]/gu;
// Where a program lost a space or a tab; within a number or beside a sign they are only in the way.
const CONTROLS_BETWEEN_LETTERS = /(?<=[\p{L}\p{M}])\p{Cc}+(?=\p{L})/gu;
const CONTROLS = /\p{Cc}|\p{Cs}/gu;
// ZWNJ and ZWJ change how a Devanagari cluster is written (क्‍ष, क्‌ष) and stay behind an Indic letter or sign; all
// other format characters (zero-width space, byte order mark, direction marks, soft hyphen) are only in the way.
const FORMATS = new RegExp(
  `(?![\\u200c\\u200d])\\p{Cf}|(?<![${INDIC}])[\\u200c\\u200d]+|(?<=[\\u200c\\u200d])[\\u200c\\u200d]`,
  'gu',
);

/** Text as people see it: NFC, no control or stray format characters, single spaces, none at the ends. */
export function cleanText(came: string): string {
  return came
    .replace(LINE_BREAKS_AND_TABS, ' ')
    .replace(CONTROLS_BETWEEN_LETTERS, ' ')
    .replace(CONTROLS, '')
    .replace(FORMATS, '')
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Whether tidying changed more than the Unicode form, which nobody can see. */
export function isTidied(came: string, clean: string): boolean {
  return came.normalize('NFC') !== clean;
}

/** A word as value lists compare it: capitals, dots at the end and spaces around it make no difference. */
export function wordKey(word: string): string {
  const clean = cleanText(word).toUpperCase();
  return clean.replace(/(?<=[^.])\.+$/u, '').trimEnd();
}

/** Devanagari digits as ASCII ones, for whatever has to be read as a number or date. */
export function asciiDigits(text: string): string {
  return text.replace(/[०-९]/gu, (digit) => String(digit.charCodeAt(0) - 0x0966));
}

/** Longer than any term; what is longer is prose, and not worth the time of looking it up. */
export const LONGEST_TERM = 160;

const FRACTIONS: ReadonlyMap<string, string> = new Map([
  ['½', '1/2'],
  ['¼', '1/4'],
  ['¾', '3/4'],
]);

/**
 * One spelling for characters that look alike: NFKC, small letters, Western digits, no invisible characters.
 * Devanagari is typed with and without nukta, with anusvara or chandrabindu, for the same word.
 */
export function tidy(text: string): string {
  return (
    text
      // Before NFKC, which makes 1½ "11/2" and 10³ "103".
      .replace(/(\d?) ?([½¼¾])/g, (_, whole: string, part: string) => `${whole} ${FRACTIONS.get(part) ?? part}`)
      .replace(/10([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, power: string) => `10^${power.normalize('NFKC')}`)
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\u00AD\u200B-\u200F\u2060\uFEFF]/g, '')
      .normalize('NFD')
      .replace(/\u093C/g, '')
      .replace(/\u0901/g, '\u0902')
      .normalize('NFC')
      .replace(/[०-९]/g, (digit) => String(digit.charCodeAt(0) - 0x0966))
      .trim()
  );
}

/**
 * The words of a term without what makes no difference: capitals, spaces, punctuation (`Ac. URTI` is `ac urti`, `P.O.`
 * is `po`). Points inside numbers stay, `%` stays with its number, and `?` stays, because it does make a difference.
 */
export function normalWords(text: string): string {
  return tidy(text)
    .replace(/(?<![\p{L}\p{M}\p{N}])(?:\p{L}\p{M}*\.){2,}(?:\p{L}\p{M}*(?![\p{L}\p{M}\p{N}]))?/gu, (letters) =>
      letters.replaceAll('.', '').concat(' '),
    )
    .replace(/(?<=\d),(?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\d)\.(?=\d)/g, '\uE000')
    .replace(/\?/g, ' ? ')
    .replace(/[^\p{L}\p{M}\p{N}%?\uE000]+/gu, ' ')
    .replaceAll('\uE000', '.')
    .replace(/\s*%/g, '%')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A unit's spelling. Unlike in words, its punctuation carries the meaning: `gm%`, `/cumm`, `10^3/uL`. */
export function normalUnit(text: string): string {
  return tidy(text)
    .replaceAll('μ', 'u')
    .replaceAll('×', 'x')
    .replace(/(?<!\d)\.|\.(?!\d)/g, '')
    .replace(/\s+/g, '');
}

import type { Cleaned, Saying } from './cleaned.js';
import { notUnderstood } from './cleaned.js';
import { isSameName, toLatinName } from './latin-name.js';
import { looksLikeKrutiDev, readLegacyName } from './legacy-font.js';
import { wordKey } from './text.js';

/** A person's name in parts. At least one of `latin` and `hindi` is given. */
export interface NameParts {
  readonly latin: string | undefined;
  readonly hindi: string | undefined;
  readonly honorific: string | undefined;
}

const LONGEST_NAME = 200;
const DEVANAGARI = /\p{Script=Devanagari}/u;
/** A letter of neither script, e.g. Bengali, Odia or Arabic ones. */
const OTHER_SCRIPT = /(?![\p{Script=Latin}\p{Script=Devanagari}\p{Script=Common}])\p{L}/u;
/** A name is never markup: a page must not be able to come in by the name column. */
const MARKUP = /[<>]/;
const TAG = /<\/?[a-z!][^<]*>/i;
const NO_NAME_SIGNS = /[^\p{L}\p{M}\p{Nd}\s.'’‘(),/&@\p{Join_Control}-]+/gu;
/** Lost or doubly encoded text: replacement characters, `????`, UTF-8 read as Latin-1 (`à¤¸`). */
const LOST_LETTERS = /\ufffd|\?{2,}|à[¤¥]/u;

/** The name column, which may hold Latin letters, Devanagari, both, a title, or text that cannot be read. */
export function cleanName(text: string, honorifics: ReadonlyMap<string, string>): Cleaned<NameParts> {
  if (text.length > LONGEST_NAME || !/\p{L}/u.test(text)) return notUnderstood('name-unreadable');
  if (looksLikeKrutiDev(text)) return cleanLegacyName(text, honorifics);
  if (MARKUP.test(text) || LOST_LETTERS.test(text)) return notUnderstood('name-unreadable');
  return cleanReadableName(text, honorifics);
}

/** Typed in Kruti Dev. When it is not sure what was typed, no name is better than a wrong one. */
function cleanLegacyName(text: string, honorifics: ReadonlyMap<string, string>): Cleaned<NameParts> {
  const hindi = readLegacyName(text);
  if (hindi === undefined) return notUnderstood(TAG.test(text) ? 'name-unreadable' : 'legacy-font');
  const { value, says } = cleanReadableName(hindi, honorifics);
  return { value, says: [{ rule: 'legacy-font-converted', understood: hindi, certainty: 'sure' }, ...says] };
}

function cleanReadableName(text: string, honorifics: ReadonlyMap<string, string>): Cleaned<NameParts> {
  const plain = text.replace(NO_NAME_SIGNS, ' ').replace(/\s+/g, ' ').trim();
  const words = plain.split(' ');
  const readable = words.filter((word) => !/\p{Nd}/u.test(word) && !OTHER_SCRIPT.test(word));
  const { honorific, rest } = splitHonorific(readable, honorifics);
  const hindi = rest.filter((word) => DEVANAGARI.test(word)).join(' ');
  const latin = rest.filter((word) => !DEVANAGARI.test(word)).join(' ');
  if (!/\p{L}/u.test(latin + hindi)) {
    return notUnderstood(OTHER_SCRIPT.test(plain) ? 'name-other-script' : 'name-unreadable');
  }
  const written = { latin: hasLetters(titleCase(latin)), hindi: hasLetters(hindi), honorific };
  const isBothScripts = written.latin !== undefined && written.hindi !== undefined;
  const oneName = isBothScripts && !isSameName(latin, hindi) ? inLatinLetters(rest) : undefined;
  const parts = oneName === undefined ? written : { latin: oneName, hindi: undefined, honorific };
  const says: Saying[] = [];
  const hasOtherScript = words.some((word) => OTHER_SCRIPT.test(word));
  const whole = [parts.latin, parts.hindi].filter((part) => part !== undefined).join(' / ');
  if (plain !== text) says.push({ rule: 'name-signs', understood: whole, certainty: 'likely' });
  if (words.some((word) => /\p{Nd}/u.test(word)))
    says.push({ rule: 'name-digits', understood: whole, certainty: 'likely' });
  if (isBothScripts || hasOtherScript) says.push({ rule: 'name-scripts', understood: whole, certainty: 'likely' });
  if (honorific !== undefined) {
    says.push({ rule: 'name-honorific', understood: `${honorific} + ${whole}`, certainty: 'sure' });
  } else if (says.length === 0 && whole !== text)
    says.push({ rule: 'name-case', understood: whole, certainty: 'sure' });
  return { value: parts, says };
}

/** One name of which each word is written once, in either script (`ASHA कश्यप`). */
function inLatinLetters(words: readonly string[]): string | undefined {
  const latin = words.map((word) => (DEVANAGARI.test(word) ? toLatinName(word) : titleCase(word)));
  return latin.includes(undefined) ? undefined : latin.join(' ');
}

/** The Hindi name column: without a Hindi letter it is not used, but it does no harm either. */
export function cleanHindiName(text: string, honorifics: ReadonlyMap<string, string>): Cleaned<NameParts> {
  if (text.length > LONGEST_NAME) return notUnderstood('name-unreadable');
  const isHindi = DEVANAGARI.test(text) || looksLikeKrutiDev(text);
  return isHindi ? cleanName(text, honorifics) : notUnderstood('name-hindi-unread');
}

/** Titles at the beginning, also several (`BABY OF SMT`); never the whole name (`KUMARI` alone is a name). */
function splitHonorific(
  words: readonly string[],
  honorifics: ReadonlyMap<string, string>,
): { readonly honorific: string | undefined; readonly rest: readonly string[] } {
  // `SMT.RADHA` is two words; `A.K. SINGH` is not touched, as `A` is no title.
  const first = words[0]?.match(/^([^.]+)\.(\p{L}.*)$/u);
  const isJoined = first?.[1] !== undefined && honorifics.has(wordKey(first[1]));
  let rest = isJoined ? [`${first[1] ?? ''}.`, first[2] ?? '', ...words.slice(1)] : [...words];
  const found: string[] = [];
  while (found.length < 3) {
    const length = [2, 1].find(
      (count) => rest.length > count && honorifics.has(wordKey(rest.slice(0, count).join(' '))),
    );
    if (length === undefined) break;
    found.push(honorifics.get(wordKey(rest.slice(0, length).join(' '))) ?? '');
    rest = rest.slice(length);
  }
  return { honorific: found.length === 0 ? undefined : found.join(' '), rest };
}

/** Words all in capitals, all in small letters, or `sUNITA` of a Caps Lock become Title Case; others stay. */
export function titleCase(text: string): string {
  return text
    .split(' ')
    .map((word) => (isMixedCase(word) ? word : titleCaseWord(word)))
    .join(' ');
}

function isMixedCase(word: string): boolean {
  const isCapsLock = /^\p{Ll}\p{Lu}{2,}$/u.test(word);
  return word !== word.toUpperCase() && word !== word.toLowerCase() && !isCapsLock;
}

/** Two capitals without a vowel are initials (`RK SINGH`), but for the common short forms of Mohammed and Sheikh. */
function titleCaseWord(word: string): string {
  if (/^(?!MD|SK)[B-DF-HJ-NP-TV-Z]{2}$/.test(word)) return word;
  return word
    .toLowerCase()
    .replace(/(^|[-.'’(/])(\p{Ll})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function hasLetters(text: string): string | undefined {
  return /\p{L}/u.test(text) ? text : undefined;
}

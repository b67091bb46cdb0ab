import type { Cleaned } from './cleaned.js';
import { asItCame, understood } from './cleaned.js';
import { FREQUENT_HINDI_WORDS } from './hindi-words.js';
import { fromKrutiDev, toKrutiDev } from './kruti-dev.js';

const SIGNS_INSIDE_WORDS = /\p{L}[;:[\]{}~+=|\\<>^"¸¶«»§]\p{L}|\p{Ll}\/k|^[;[\]{}~'"]\p{L}/u;
/** `भा`, `शा`, `प्र` and the like, in letters no name in Latin script puts together. */
const KRUTI_SYLLABLES = /[bcdfghjlmnpqrstvwxz]kk|\p{L}['"]k(?!\p{Lu})|^iz[^aeiouhwz]/iu;
/** Pairs of consonants that begin an Indian name in Latin letters, or a Greek word of medicine (`pneumonia`). */
const BEGINNINGS = new Set(
  `bh bl br by ch cl cr dh dn dr dw dy fl fr gh gl gn gr gw gy hm hr jh jn jw jy kh kl kn kr ks kw ky ll mh ml mr my ng nr ny ph pl
   pn pr ps pt py qu rh sc sh sk sl sm sn sp sq sr st sv sw sy th tr ts tw ty vh vl vr vy wh wr yv zh`.split(/\s+/),
);
/** Letters before a final `k` that no Indian name in Latin letters has; in Kruti Dev the final `k` is the vowel sign ा. */
const ENDINGS = /[bdfghjmptvxz]k$|[a-z]{2}rk$/;
/** What is longer was pasted from a program that knows Unicode. */
const LONGEST_TEXT = 20_000;
const FREQUENT_WORDS = new Set(FREQUENT_HINDI_WORDS.map(toKrutiDev).filter((keys) => keys.length > 2));

/**
 * Whether a name looks typed in the legacy font Kruti Dev, which stores Hindi as Latin letters (`lquhrk nsoh` is
 * सुनीता देवी). A guess by what Latin spelling never does; text in capitals is taken as English.
 */
export function looksLikeKrutiDev(text: string): boolean {
  const words = latinWords(text);
  return words.length > 0 && words.filter(isUnlikeLatin).length * 2 >= words.length;
}

/**
 * Free text, read from Kruti Dev when it is typed in it for sure. Stricter than for names, as clinics abbreviate
 * (`htn`, `mmHg`) and write English: only words that would be Hindi count. Text that seems Kruti Dev but is not sure
 * stays as it is.
 */
export function readLegacyFont(text: string): Cleaned<string> {
  if (text.length > LONGEST_TEXT) return asItCame(text);
  const words = latinWords(text).filter((word) => !/\d/.test(word));
  const hindiWords = words.filter((word) => isUnlikeEnglish(word) && fromKrutiDev(word) !== undefined);
  if (hindiWords.length === 0 || hindiWords.length * 2 < words.length) return asItCame(text);
  const hindi = fromKrutiDev(text);
  if (hindi !== undefined) return understood(hindi, 'legacy-font-converted', hindi);
  if (hindiWords.length * 2 === words.length) return asItCame(text);
  return { value: text, says: [{ rule: 'legacy-font', understood: undefined, certainty: 'unsure' }] };
}

/** A cleaning rule for text that may be typed in Kruti Dev. */
export function afterLegacyFont<T>(clean: (text: string) => Cleaned<T>): (text: string) => Cleaned<T> {
  return (text) => {
    const { value = text, says } = readLegacyFont(text);
    const cleaned = clean(value);
    return { value: cleaned.value, says: [...says, ...cleaned.says] };
  };
}

function latinWords(text: string): readonly string[] {
  if (text === text.toUpperCase() || /[\u0900-\u097f]/.test(text)) return [];
  return text.split(/\s+/).filter((word) => /[A-Za-z]/.test(word));
}

function isUnlikeLatin(word: string): boolean {
  if (hasSignOfKrutiDev(word)) return true;
  if (!/^[a-z]{3,}$/.test(word)) return false;
  const hasBadEnding = ENDINGS.test(word) && !/^(m|cl|st|p)[ae]rk$/.test(word);
  return hasBadBeginning(word) || hasBadEnding || /[^aeiouy]{5,}/.test(word);
}

/** English ends words on `rk`, and what has no vowel is an abbreviation. */
function isUnlikeEnglish(word: string): boolean {
  const letters = word.replace(/[^A-Za-z]/g, '');
  const hasManyCapitals = (letters.match(/[A-Z]/g) ?? []).length * 2 > letters.length;
  if (hasSignOfKrutiDev(word)) return !hasManyCapitals;
  return /^[a-z]{4,}$/.test(word) && /[aeiou]/.test(word) && hasBadBeginning(word);
}

function hasSignOfKrutiDev(word: string): boolean {
  if (FREQUENT_WORDS.has(word.replace(/[\]A-]$/, ''))) return true;
  return SIGNS_INSIDE_WORDS.test(word) || KRUTI_SYLLABLES.test(word) || hasCapitalInside(word);
}

/** Two consonants no name in Latin letters begins with; `y` is a vowel there (`cyst`, `hyper`). */
function hasBadBeginning(word: string): boolean {
  return /^[^aeiouy][^aeiouy]|^y[^aeiouy]/.test(word) && !BEGINNINGS.has(word.slice(0, 2));
}

/** A small letter followed by a capital (`oekZ` is वर्मा), but for `McNair`, `RadhaDevi`, and `sUNITA` of a Caps Lock. */
function hasCapitalInside(word: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(word) && !/^(?:\p{Lu}\p{Ll}+[-'’.]?)+$|^\p{Ll}\p{Lu}{2,}$/u.test(word);
}

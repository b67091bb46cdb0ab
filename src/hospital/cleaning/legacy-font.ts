import type { Cleaned } from './cleaned.js';
import { asItCame, understood } from './cleaned.js';
import { FREQUENT_HINDI_WORDS } from './hindi-words.js';
import { fromKrutiDev, toKrutiDev } from './kruti-dev.js';

const SIGNS_INSIDE_WORDS = /\p{L}[;:[\]{}~+=|\\<>^"¸¶«»§]\p{L}|\p{Ll}\/k|^[;[\]{}~'"]\p{L}/u;
/** `भा`, `शा`, `प्र` and the like, in letters no name in Latin script puts together. */
const KRUTI_SYLLABLES = /[bcdfghjlmnpqrstvwxz]kk|^iz[^aeiouhwz]/iu;
/** श (`vk'kk`) and ष, but for `o'keefe` and `O'Kane`. */
const QUOTED_K = /\p{L}{2}['"’]k|\p{L}['"’]k(?!\p{Lu}|[aeiou])/u;
/** Pairs of consonants that begin an Indian name in Latin letters, or a Greek word of medicine (`pneumonia`). */
const BEGINNINGS = new Set(
  `bh bl br by ch cl cr dh dn dr dw dy fl fr gh gl gn gr gw gy hm hr jh jn jw jy kh kl kn kr ks kw ky ll mh ml mr my ng nr ny ph pl
   pn pr ps pt py qu rh sc sh sk sl sm sn sp sq sr st sv sw sy th tr ts tw ty vh vl vr vy wh wr yv zh`.split(/\s+/),
);
/** Letters before a final `k` that no Indian name in Latin letters has; in Kruti Dev the final `k` is the vowel sign ा. */
const ENDINGS = /[bdfghjmptvxz]k$|[a-z]{2}rk$/;
/** राम, लाल, दास, सिंह, कुमार, प्रसाद, देवी, नाथ: how very many names end, in letters no name in Latin script ends with. */
const NAME_ENDINGS = /(?:jke|yky|nkl|flag|dqekj|izlkn|nsoh|ukFk)$/i;
/** Keys of letters that no Latin name holds: before a letter anywhere (`?klhjke`), and `/` at the beginning only. */
const SIGNS_OF_NAMES = /[?;="[\]{}`|~+\\]['"`;.]*\p{L}|^[/'’][/;]*\p{L}/u;
/** The half letter ण् and what completes it (`Jo.k`). Initials have one letter before the dot (`r.k`) or a name (`radha.k`). */
const DOT_INSIDE = /^(?![DMS][dhrs]\.|[dms][dhrs]\.)\p{L}{2}\.k(?![aeiou.])/u;
/** A system that writes names in Title Case has spoilt this one: `F` and `f` are two keys. */
const SPOILT = /Flag$/;
/** Beginnings of names from the North-East and Tibet, which are written with a capital more often than not. */
const CAPITAL_BEGINNINGS = new Set(['dk', 'hl', 'ht', 'lh', 'nk', 'pf', 'tl', 'zv']);
const DEVANAGARI = /[\u0900-\u097f]/;
/** What is longer was pasted from a program that knows Unicode. */
const LONGEST_TEXT = 20_000;
/** Two keys are as likely an abbreviation. */
const KNOWN_WORDS = new Set(FREQUENT_HINDI_WORDS.filter((word) => toKrutiDev(word).length > 2));
const FREQUENT_WORDS = new Set([...KNOWN_WORDS].map(toKrutiDev));

/**
 * Whether a name looks typed in the legacy font Kruti Dev, which stores Hindi as Latin letters (`lquhrk nsoh` is
 * सुनीता देवी). A guess by what Latin spelling never does; text in capitals is taken as English.
 */
export function looksLikeKrutiDev(text: string): boolean {
  if (text === text.toUpperCase()) return false;
  const words = text.split(/\s+/).filter((word) => /[A-Za-z]/.test(word) && !DEVANAGARI.test(word));
  if (words.some(hasSignOfLegacyName)) return true;
  const unlike = words.filter((word) => isUnlikeLatin(word) || word.split(/[.'’/-]/).some(isUnlikeLatin));
  return words.length > 0 && unlike.length * 2 >= words.length;
}

/** A name typed in Kruti Dev as Hindi; undefined when it is not sure what was typed. */
export function readLegacyName(text: string): string | undefined {
  return text.split(/\s+/).some((word) => SPOILT.test(word)) ? undefined : fromKrutiDev(text);
}

/**
 * Free text, read from Kruti Dev when it is typed in it for sure. Stricter than for names, as clinics abbreviate
 * (`htn`, `mmHg`, `csom`) and write English: only words that would be Hindi count, and one must be a frequent one. Text
 * that seems Kruti Dev but is not sure stays as it is.
 */
export function readLegacyFont(text: string): Cleaned<string> {
  if (text.length > LONGEST_TEXT) return asItCame(text);
  const words = latinWords(text).filter((word) => !/\d/.test(word));
  const hindiWords = words.filter((word) => isUnlikeEnglish(word) && fromKrutiDev(word) !== undefined);
  if (hindiWords.length === 0 || hindiWords.length * 2 < words.length) return asItCame(text);
  const hindi = fromKrutiDev(text);
  if (hindi !== undefined && hasKnownWord(hindi)) return understood(hindi, 'legacy-font-converted', hindi);
  if (hindiWords.length * 2 === words.length || !hindiWords.some(hasSignOfKrutiDev)) return asItCame(text);
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

/** As `afterLegacyFont`, for a person's name, which need hold no frequent word. */
export function afterLegacyName<T>(clean: (text: string) => Cleaned<T>): (text: string) => Cleaned<T> {
  return (text) => {
    const hindi = text.length <= LONGEST_TEXT && looksLikeKrutiDev(text) ? readLegacyName(text) : undefined;
    if (hindi === undefined) return afterLegacyFont(clean)(text);
    const { value, says } = clean(hindi);
    return { value, says: [...understood(hindi, 'legacy-font-converted', hindi).says, ...says] };
  };
}

function latinWords(text: string): readonly string[] {
  if (text === text.toUpperCase() || DEVANAGARI.test(text)) return [];
  return text.split(/\s+/).filter((word) => /[A-Za-z]/.test(word));
}

function hasKnownWord(hindi: string): boolean {
  return (hindi.match(/[\p{L}\p{M}]+/gu) ?? []).some((word) => KNOWN_WORDS.has(word));
}

/** One such word is enough: whatever the others look like, signs would be lost and letters be taken for what they are not. */
function hasSignOfLegacyName(word: string): boolean {
  return SIGNS_OF_NAMES.test(word) || DOT_INSIDE.test(word) || NAME_ENDINGS.test(word);
}

function isUnlikeLatin(word: string): boolean {
  if (hasSignOfKrutiDev(word)) return true;
  if (/^[A-Z][a-z]{2,}$/.test(word)) return isUnlikeTitleCase(word.toLowerCase());
  if (!/^[a-z]{3,}$/.test(word)) return false;
  const hasBadEnding = ENDINGS.test(word) && !/^(m|cl|st|p)[ae]rk$/.test(word);
  return hasBadBeginning(word) || hasBadEnding || /[^aeiouy]{5,}/.test(word);
}

function isUnlikeTitleCase(word: string): boolean {
  return hasBadBeginning(word) && !CAPITAL_BEGINNINGS.has(word.slice(0, 2));
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
  const isTyped = SIGNS_INSIDE_WORDS.test(word) || KRUTI_SYLLABLES.test(word) || QUOTED_K.test(word);
  return isTyped || hasCapitalInside(word);
}

/** Two consonants no name in Latin letters begins with; `y` is a vowel there (`cyst`, `hyper`). */
function hasBadBeginning(word: string): boolean {
  return /^[^aeiouy][^aeiouy]|^y[^aeiouy]/.test(word) && !BEGINNINGS.has(word.slice(0, 2));
}

/** A small letter followed by a capital (`oekZ` is वर्मा), but for `McNair`, `RadhaDevi`, and `sUNITA` of a Caps Lock. */
function hasCapitalInside(word: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(word) && !/^(?:\p{Lu}\p{Ll}+[-'’.]?)+$|^\p{Ll}\p{Lu}{2,}$/u.test(word);
}

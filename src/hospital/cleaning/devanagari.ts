/** One consonant, with its dot below where it has one. */
const LETTER = '[क-ह]़?';
/** Consonants that share one vowel, e.g. स्थ, र्ष्य. */
export const CLUSTER = `(?:${LETTER}्){0,3}${LETTER}`;
export const VOWEL_SIGN = '[ा-ौॅॉ]';
const NASAL = '[ँंः]';
const SYLLABLE = `${CLUSTER}${VOWEL_SIGN}?${NASAL}?`;
// Inside a word a vowel letter follows a vowel (गए, भाई, हुआ), never a nasal, and never is अ or ऋ.
const OPEN_SYLLABLE = `${CLUSTER}${VOWEL_SIGN}?`;
const WORD = new RegExp(
  `^(?:(?:[अ-ऌएऐऑओऔ]|आ[इ-ऊएओ])${NASAL}?)?(?:${OPEN_SYLLABLE}[आ-ऊएऐओऔ]${NASAL}?|${SYLLABLE})*$`,
  'u',
);
/** No Hindi word begins so. */
const NO_BEGINNING = /^[ङञणळ]|^[डढ]़/u;

/**
 * Whether a word is spelled as Hindi can be: no sign without its letter, no two signs on one letter, no halant at the
 * end, vowels inside a word only behind a vowel. What passes need not be a word; what does not is none.
 */
export function isHindiWord(word: string): boolean {
  const letters = word.normalize('NFD');
  return letters !== '' && WORD.test(letters) && !NO_BEGINNING.test(letters);
}

const SIGNS_INSIDE_WORDS = /\p{L}[;:[\]{}~+=|\\<>^"¸¶«»§]\p{L}|\p{Ll}\/k|^[;[\]{}~'"]\p{L}/u;
/** `भा`, `शा`, `प्र` and the like, in letters no name in Latin script puts together. */
const KRUTI_SYLLABLES = /[bcdfghjlmnpqrstvwxz]kk|\p{L}['"]k(?!\p{Lu})|^iz[^aeiouhwz]/iu;
/** Pairs of consonants that begin an Indian name in Latin letters. */
const BEGINNINGS = new Set(
  `bh bl br by ch cl cr dh dn dr dw dy fl fr gh gl gn gr gw gy hr jh jn jw jy kh kl kn kr ks kw ky ll mh ml mr my ng nr ny ph pl
   pr ps py qu rh sc sh sk sl sm sn sp sq sr st sv sw sy th tr ts tw ty vh vl vr vy wh wr yv zh`.split(/\s+/),
);
/** Letters before a final `k` that no Indian name in Latin letters has; in Kruti Dev the final `k` is the vowel sign ा. */
const ENDINGS = /[bdfghjmptvxz]k$|[a-z]{2,}rk$/;

/**
 * Whether text looks typed in the legacy font Kruti Dev, which stores Hindi as Latin letters (`lquhrk nsoh` is
 * सुनीता देवी). A guess by what Latin spelling never does; text in capitals is taken as English.
 */
export function looksLikeKrutiDev(text: string): boolean {
  const words = text.split(/\s+/).filter((word) => /[A-Za-z]/.test(word));
  if (words.length === 0 || text === text.toUpperCase() || /[\u0900-\u097f]/.test(text)) return false;
  return words.filter(isUnspeakable).length * 2 >= words.length;
}

function isUnspeakable(word: string): boolean {
  if (SIGNS_INSIDE_WORDS.test(word) || KRUTI_SYLLABLES.test(word)) return true;
  if (hasCapitalInside(word)) return true;
  if (!/^[a-z]{3,}$/.test(word)) return false;
  const begin = word.slice(0, 2);
  const isBadBeginning = /^[^aeiou]{2}/.test(word) && !BEGINNINGS.has(begin) && !/^y[aeiou]/.test(word);
  return isBadBeginning || (ENDINGS.test(word) && !/^(m|cl|st|p)[ae]rk$/.test(word)) || /[^aeiouy]{5,}/.test(word);
}

/** A small letter followed by a capital (`oekZ` is वर्मा), but for `McNair` and names written as one, `RadhaDevi`. */
function hasCapitalInside(word: string): boolean {
  return /\p{Ll}\p{Lu}/u.test(word) && !/^(?:\p{Lu}\p{Ll}+[-'’.]?)+$/u.test(word);
}

/**
 * One spelling for all spellings of a sound, rule by rule: each folds what counters, schools and Aadhaar write
 * differently for the same name. Order matters: a rule sees what those above it left.
 */
// prettier-ignore
const RULES: readonly (readonly [RegExp, string])[] = [
  [/ee+/g, 'i'], [/oo+/g, 'u'], [/([a-z])\1+/g, '$1'],           // SUNEETA, POOJA, MUNNA
  // The `a` nobody writes in Devanagari and half of all clerks write in Latin: KAMLA, KAMALA; SARASWATI, SARSWATI.
  // It stays in the first syllable and in the last, where it makes another name (KAMAL, KAMLA).
  [/(?<=[aeiou][^aeiou]{1,4})(?<!iy)a(?=[^aeiouy][^aeiou]{0,3}[aeiou])/g, ''],
  [/c(?!h)/g, 'k'], [/q/g, 'k'], [/t?ch+/g, 'c'],                // from here on c is the sound of CH
  [/k?x(?:s?h)?|kh?sh?/g, 'x'],                                  // LAXMI, LAKSHMI, RUKHSANA
  [/jn|dny|^gn/g, 'gy'],                                         // PRAJNA, GNANENDRA
  [/ph/g, 'f'], [/sh/g, 's'], [/w/g, 'v'],
  [/deo(?![aeiou])/g, 'dev'], [/^seo/, 'siv'],                   // SUKHDEO, SHEONATH
  [/ao(?![aeiou])/g, 'av'],                                      // RAO, SAO
  [/uv(?=a)/g, 'u'],                                             // MAHUWA, MAHUA
  [/n(?=[pbf])/g, 'm'], [/v/g, 'b'],                             // CHANPA; VINOD, BINOD
  [/([bcdgjkt])h/g, '$1'], [/mh/g, 'hm'],                        // SUNITHA, SUDHIR; BRAMHA
  [/e(?=h)/g, 'a'],                                              // MEHBOOB, SHEHNAZ
  [/aiy/g, 'ay'], [/ay(?=i)/g, 'a'], [/([^a])y$/, '$1i'],        // RUKAIYA, NAYEEM; DEVY
  [/iy(?=[aeiou])/g, 'y'], [/i(?=[aou])/g, 'y'], [/^y/, 'j'],    // SONIYA, SONIA; YAMUNA, JAMUNA
  [/nd[aeu]?r$/, 'ndra'], [/(?<=.)i(?=ndra$)/, 'e'],             // RAJENDER, RAJINDER
  [/^par(?=[^aeiouy])/, 'pra'], [/ore$/, 'or'], [/(?<=..)er$/, 'ar'], // PARMOD; KISHORE; AKHTER
  [/(?<=[a-z]{2}[aeiou])h$/, ''],                                // FATIMAH, but SHAH stays
  [/a[iy](?![aeiou])|e[iy](?![aeiou])/g, 'e'], [/[ao]u|ov(?![aeiou])/g, 'o'], // VIJAI, HUSSEIN; GAUTAM, GOUTAM
  [/([a-z])\1+/g, '$1'],
];
/** Up to here one sound more or less is another name: BHANU and BANU, RAZA and RAJA, AKHIL and AKIL. */
const SHORT = 4;

/** How a word sounds, whatever way it is spelled. Takes Latin letters in any case; the key is for comparing only. */
export function soundKey(latin: string): string {
  const letters = latin.toLowerCase().replace(/[^a-z]/g, '');
  const key = RULES.reduce((word, [pattern, folded]) => word.replace(pattern, folded), letters);
  if (key.length > SHORT) return key.replace(/z/g, 'j');
  return /^[bdgj]h|kh/.test(letters) ? `${key}+h` : key;
}

/** What the key of a word leaves out: breath (SH, BH) and doubled letters. */
export function emphasisOf(latin: string): { readonly breaths: number; readonly doubles: number } {
  const letters = latin.toLowerCase();
  return {
    breaths: letters.match(/[bcdgjkpst]h/g)?.length ?? 0,
    doubles: letters.match(/([b-dfgj-np-tv-z])\1/g)?.length ?? 0,
  };
}

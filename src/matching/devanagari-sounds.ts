/**
 * Devanagari letters as plain Latin sounds. `hospital/` has a table that looks alike, but it answers another question:
 * how a family would spell the name. Here nobody reads the result, it only goes on into `soundKey`; so every unwritten
 * `a` is spelled out (the key drops it on both sides alike), and a letter with two common spellings gives two results.
 */
// prettier-ignore
const CONSONANTS: Readonly<Record<string, string>> = {
  क: 'k', ख: 'kh', ग: 'g', घ: 'gh', ङ: 'n', च: 'ch', छ: 'ch', ज: 'j', झ: 'jh', ञ: 'n', ट: 't', ठ: 'th', ड: 'd', ढ: 'dh', ण: 'n',
  त: 't', थ: 'th', द: 'd', ध: 'dh', न: 'n', ऩ: 'n', प: 'p', फ: 'ph', ब: 'b', भ: 'bh', म: 'm', य: 'y', र: 'r', ऱ: 'r', ल: 'l', ळ: 'l',
  ऴ: 'l', व: 'v', श: 'sh', ष: 'sh', स: 's', ह: 'h',
};
// prettier-ignore
const VOWELS: Readonly<Record<string, string>> = {
  अ: 'a', आ: 'a', इ: 'i', ई: 'i', उ: 'u', ऊ: 'u', ऋ: 'ri', ए: 'e', ऐ: 'ai', ऑ: 'o', ओ: 'o', औ: 'au', ॐ: 'om', ऍ: 'e', ऎ: 'e', ऒ: 'o',
  'ा': 'a', 'ि': 'i', 'ी': 'i', 'ु': 'u', 'ू': 'u', 'ृ': 'ri', 'े': 'e', 'ै': 'ai', 'ॉ': 'o', 'ो': 'o', 'ौ': 'au', 'ॅ': 'e', 'ॆ': 'e', 'ॊ': 'o',
};
const SIGN = /[ा-ौॅॆॉॊ]/u;
const NUKTA = '\u093c';
const HALANT = '\u094d';
const FLAP = /[डढ]\u093c/u;

/** The ways one Devanagari word is written in Latin letters: two when it has ड़ or ढ़ (मड़ावी: MADAVI, MARAVI). */
export function latinSounds(word: string): readonly string[] {
  const letters = word.normalize('NFD').match(/[क-ह]\u093c?|[^\u093c]/gu) ?? [];
  const withD = spell(letters, (letter) => letter.replace(NUKTA, ''));
  if (!letters.some((letter) => FLAP.test(letter))) return [withD];
  const asR: Readonly<Record<string, string>> = { ड: 'र', ढ: 'र' };
  return [
    withD,
    spell(letters, (letter) => (FLAP.test(letter) ? (asR[letter[0] ?? ''] ?? '') : letter.replace(NUKTA, ''))),
  ];
}

function spell(letters: readonly string[], plain: (letter: string) => string): string {
  const sounds = letters.map((letter, place) => {
    const next = letters[place + 1] ?? '';
    if (letter === 'ज' + NUKTA) return 'z' + unwrittenVowel(letters, place);
    const consonant = CONSONANTS[plain(letter)];
    if (consonant !== undefined) return consonant + unwrittenVowel(letters, place);
    // सिंह is Singh; before a sound of the lips the dot is an m.
    if (letter === 'ं' || letter === 'ँ') return next === 'ह' ? 'ng' : /[पफबभम]/u.test(next) ? 'm' : 'n';
    return letter === 'ः' ? 'h' : (VOWELS[letter] ?? '');
  });
  return sounds.join('').replace(/jn/g, 'gy');
}

/** Silent at the end (राम), but for a conjunct that ends in y, r, v or n (चन्द्र, कृष्ण). */
function unwrittenVowel(letters: readonly string[], place: number): string {
  const next = letters[place + 1] ?? '';
  if (next === HALANT || SIGN.test(next)) return '';
  const isLast = letters.slice(place + 1, place + 2).length === 0;
  if (!isLast) return 'a';
  return letters[place - 1] === HALANT && /[यरवणन]/u.test(letters[place] ?? '') ? 'a' : '';
}

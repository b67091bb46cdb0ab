/** Letters as Indian names usually write them; the vowel `a` behind a consonant is added where it is spoken. */
// prettier-ignore
const CONSONANTS: Readonly<Record<string, string>> = {
  क: 'k', ख: 'kh', ग: 'g', घ: 'gh', ङ: 'n', च: 'ch', छ: 'chh', ज: 'j', झ: 'jh', ञ: 'n', ट: 't', ठ: 'th', ड: 'd', ढ: 'dh',
  ण: 'n', त: 't', थ: 'th', द: 'd', ध: 'dh', न: 'n', प: 'p', फ: 'ph', ब: 'b', भ: 'bh', म: 'm', य: 'y', र: 'r', ल: 'l', ळ: 'l',
  व: 'v', श: 'sh', ष: 'sh', स: 's', ह: 'h', क़: 'q', ख़: 'kh', ग़: 'g', ज़: 'z', ड़: 'd', ढ़: 'dh', फ़: 'f', य़: 'y', ऩ: 'n', ऱ: 'r',
};
// prettier-ignore
const VOWELS: Readonly<Record<string, string>> = {
  अ: 'a', आ: 'a', इ: 'i', ई: 'i', उ: 'u', ऊ: 'u', ऋ: 'ri', ए: 'e', ऐ: 'ai', ऑ: 'o', ओ: 'o', औ: 'au', ॐ: 'om', ऍ: 'e', ऎ: 'e', ऒ: 'o',
  'ा': 'a', 'ि': 'i', 'ी': 'i', 'ु': 'u', 'ू': 'u', 'ृ': 'ri', 'े': 'e', 'ै': 'ai', 'ॉ': 'o', 'ो': 'o', 'ौ': 'au', 'ॅ': 'e', 'ॆ': 'e', 'ॊ': 'o',
};
const SIGN = /[ा-ौॅॆॉॊ]/u;
const HALANT = '्';

/** Consonants, then the vowel: `undefined` where none is spoken or it is not yet known. */
interface Syllable {
  readonly consonants: readonly string[];
  readonly vowel: string | undefined;
  readonly isInherent: boolean;
  readonly nasal: string;
}

/**
 * A Hindi name in Latin letters as most families would write it: सुनीता देवी is `Sunita Devi`. Only a likely spelling:
 * families choose their own. Undefined when a sign is not one of a name.
 */
export function toLatinName(hindi: string): string | undefined {
  const words = hindi
    .split(' ')
    .map((word) => word.replace(/[\u0900-\u097f\u200c\u200d]+/gu, (part) => toLatinWord(part) ?? '\ufffd'));
  const latin = words.join(' ');
  return latin.includes('\ufffd') || !/\p{Script=Latin}/u.test(latin) ? undefined : latin;
}

/** Whether a name in Latin letters and one in Hindi are one and the same, written twice; vowels are spelled anyhow. */
export function isSameName(latin: string, hindi: string): boolean {
  const spelled = toLatinName(hindi);
  if (spelled === undefined) return false;
  const [one, other] = [latin, spelled].map((name) => name.split(' ').map(skeleton));
  const isWithin = (words: readonly string[] = [], all: readonly string[] = []) =>
    words.every((word) => all.includes(word));
  return isWithin(one, other) || isWithin(other, one);
}

/** The consonants of a word; where families spell differently, as one of the ways. */
function skeleton(word: string): string {
  const consonants = word
    .toLowerCase()
    .replace(/ph/g, 'f')
    .replace(/[^a-z]|[aeiouyh]/g, '')
    .replace(/w/g, 'v')
    .replace(/z/g, 'j')
    .replace(/[cq]/g, 'k')
    .replace(/(.)\1+/g, '$1');
  return consonants === '' ? word.toLowerCase() : consonants;
}

function toLatinWord(word: string): string | undefined {
  const syllables = readSyllables(word.normalize('NFD').replace(/[\u200c\u200d]/g, ''));
  if (syllables === undefined) return undefined;
  const spoken = dropSilentVowels(syllables);
  const letters = spoken
    .map(({ consonants, vowel, nasal }) => consonantsInLatin(consonants) + (vowel ?? '') + nasal)
    .join('');
  // च्छ is one long sound; ं before a sound of the lips is m, before ह it is ng (सिंह).
  const written = letters
    .replace(/chchh/g, 'chh')
    .replace(/N(?=[pbm])/g, 'm')
    .replace(/N(?=h)/g, 'ng')
    .replace(/N/g, 'n');
  return written.charAt(0).toUpperCase() + written.slice(1);
}

function consonantsInLatin(consonants: readonly string[]): string {
  const letters = consonants.map((letter) => CONSONANTS[letter] ?? '').join('');
  return consonants.join('') === 'जञ' ? 'gy' : letters.replace(/jn$/, consonants.at(-1) === 'ञ' ? 'gy' : 'jn');
}

function readSyllables(word: string): readonly Syllable[] | undefined {
  const syllables: Syllable[] = [];
  const letters = word.match(/[क-ह]़?|[\s\S]/gu) ?? [];
  let consonants: string[] = [];
  const close = (vowel: string | undefined, isInherent: boolean) => {
    syllables.push({ consonants, vowel, isInherent, nasal: '' });
    consonants = [];
  };
  for (const [place, letter] of letters.entries()) {
    const next = letters[place + 1] ?? '';
    if (CONSONANTS[letter.normalize('NFC')] !== undefined || CONSONANTS[letter] !== undefined) {
      consonants.push(letter);
      if (next !== HALANT && !SIGN.test(next)) close('a', true);
    } else if (letter === HALANT) {
      if (consonants.length === 0) return undefined;
      if (next === '') close(undefined, false);
    } else if (VOWELS[letter] !== undefined) {
      if (SIGN.test(letter) && consonants.length === 0) return undefined;
      close(VOWELS[letter], false);
    } else if ('ंँ'.includes(letter) && syllables.length > 0) addNasal(syllables, 'N');
    else if (letter === 'ः' && syllables.length > 0) addNasal(syllables, 'h');
    else if (letter !== 'ऽ' && letter !== '॰') return undefined;
  }
  return syllables.length === 0 ? undefined : syllables;
}

function addNasal(syllables: Syllable[], nasal: string): void {
  const last = syllables.pop();
  if (last !== undefined) syllables.push({ ...last, nasal: last.nasal + nasal });
}

/**
 * The `a` that is written nowhere is silent at the end (राम is Ram), but for the end of a conjunct with a half vowel or
 * nasal (चन्द्र is Chandra), and between two single consonants with vowels around (कमला is Kamla). The `a` of the
 * endings -वती and -मती is always spoken (कलावती is Kalavati).
 */
function dropSilentVowels(syllables: readonly Syllable[]): readonly Syllable[] {
  const spoken = [...syllables];
  const silence = (place: number, isSilent: (here: Syllable) => boolean) => {
    const here = spoken[place];
    const isUnwritten = place > 0 && here?.isInherent === true && here.nasal === '';
    if (isUnwritten && isSilent(here)) spoken[place] = { ...here, vowel: undefined };
  };
  const last = spoken.length - 1;
  silence(last, (here) => !endsAudibly(here.consonants));
  const isFeminineEnding = /[वम]ती$/u.test(writtenEnd(spoken));
  for (let place = 1; place < (isFeminineEnding ? last - 1 : last); place += 1) {
    silence(place, (here) => isBetweenVowels(spoken[place - 1], here, spoken[place + 1]));
  }
  return spoken;
}

function writtenEnd(syllables: readonly Syllable[]): string {
  const [before, last] = syllables.slice(-2);
  if (before?.isInherent !== true || last?.vowel !== 'i') return '';
  return `${before.consonants.join('')}${last.consonants.join('')}ी`;
}

function endsAudibly(consonants: readonly string[]): boolean {
  const [last = '', before = ''] = [consonants.at(-1), consonants.at(-2)];
  return before !== '' && before !== last && /[यरवणनञ]/u.test(last);
}

function isBetweenVowels(before: Syllable | undefined, here: Syllable, after: Syllable | undefined): boolean {
  const hasVowelBefore = before?.vowel !== undefined && before.nasal === '';
  const hasVowelAfter = after?.vowel !== undefined && after.consonants.length === 1;
  return hasVowelBefore && here.consonants.length === 1 && hasVowelAfter;
}

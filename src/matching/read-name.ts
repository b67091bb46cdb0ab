import type { NameWord } from './name-words.js';
import { glued, nameWord } from './name-words.js';

export interface ReadName {
  /** Everything that was typed, without signs and capitals: two names that are equal so are one. */
  readonly typed: string;
  /** Without titles, in the order typed. Empty: the name cannot be taken apart, only `typed` may be compared. */
  readonly words: readonly NameWord[];
  /** With titles: SHRI KANT is also SHRIKANT. */
  readonly wordsAndTitles: readonly NameWord[];
  readonly relative: { readonly kind: 'parent' | 'husband' | 'other'; readonly name: string } | undefined;
}

/** No name is longer; what is longer is not taken apart, so that no message can keep the matching busy. */
const LONGEST = 200;
const MOST_WORDS = 12;

const RELATION =
  /(?:^|[\s.,(])(?:([sdwchm])\s?[/\\]\s?o\b|(son|daughter|wife|husband|mother|care) of\b|(सुपुत्र|सुपुत्री|पुत्र|पुत्री|पत्नी|पति|पिता|वल्द)(?![\p{L}\p{M}]))/u;
const ALIAS = /@|\b(?:alias|urf)\b|(?<![\p{L}\p{M}])उर्फ(?![\p{L}\p{M}])/u;
/** `BABY OF SUNITA`: the name is the mother's, and twins share it. */
const CHILD_WITHOUT_NAME =
  /^\W{0,3}(?:b\s?[/\\]\s?o\b|(?:new ?born|baby|infant|child)\b[^\p{L}]{0,3}(?:(?:boy|girl|male|female|[i1-4]{1,3})\b[^\p{L}]{0,3})?(?:of|[/\\]\s?o)\b)|(?:का|की) (?:शिशु|बच्चा|बच्ची|नवजात)|नवजात/u;

/** A name as somebody typed it, taken apart. Never throws, whatever the text. */
export function readName(text: string): ReadName {
  if (text.length > 5 * LONGEST) return { typed: text, words: [], wordsAndTitles: [], relative: undefined };
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/['’‘`\u200c\u200d]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const typed = (plain.match(/[\p{L}\p{M}\p{Nd}]+/gu) ?? []).join(' ');
  if (plain.length > LONGEST || CHILD_WITHOUT_NAME.test(plain))
    return { typed, words: [], wordsAndTitles: [], relative: undefined };
  const relation = RELATION.exec(plain);
  const own = (relation === null ? plain : plain.slice(0, relation.index)).split(ALIAS)[0] ?? '';
  const wordsAndTitles = ownWords(own);
  const words = withoutBai(withoutTitles(wordsAndTitles));
  return { typed, words, wordsAndTitles, relative: relation === null ? undefined : relativeIn(plain, relation) };
}

function relativeIn(plain: string, relation: RegExpExecArray): ReadName['relative'] {
  const word = relation[1] ?? relation[2] ?? relation[3] ?? '';
  const name = plain.slice(relation.index + relation[0].length).replace(/^[^\p{L}]+/u, '');
  const isParent = /^(?:s|d|son|daughter|सुपुत्र|सुपुत्री|पुत्र|पुत्री|पिता|वल्द)$/u.test(word);
  return { kind: isParent ? 'parent' : /^(?:w|wife|पत्नी|पति)$/u.test(word) ? 'husband' : 'other', name };
}

function ownWords(own: string): readonly NameWord[] {
  const parts = own.match(/[\u0900-\u0963\u0971-\u097f]+|[\p{Script=Latin}\u0300-\u036f]+|\p{L}+/gu) ?? [];
  const words = parts.map(nameWord);
  const readable = words.filter((word) => word !== undefined);
  // A word in a third script might be anybody's.
  if (readable.length < words.length || words.length > MOST_WORDS) return [];
  return readable.flatMap(asInitials);
}

/** `RK SINGH` and `AK SINGH` are R K and A K; no name is spelled so, but for short forms that are known. */
function asInitials(word: NameWord): readonly NameWord[] {
  const isName = !/^(?:[b-df-hj-np-tv-xz]{2,3}|a[b-df-hjkp-tv-xz])$/.test(word.letters);
  if (isName || word.isTitle || word.isFiller) return [word];
  return Array.from(word.letters, nameWord).filter((letter) => letter !== undefined);
}

/** Never the whole name, nor all but a filler: `BABY KUMARI` and `BABY DEVI` are names. */
function withoutTitles(words: readonly NameWord[]): readonly NameWord[] {
  const [first, second] = words;
  if (first?.isTitle !== true || second === undefined) return words;
  const isBaby = /^b[ae]by?i?$/.test(first.letters);
  return isBaby && words.slice(1).every((word) => word.isFiller) ? words : withoutTitles(words.slice(1));
}

function withoutBai(words: readonly NameWord[]): readonly NameWord[] {
  return words.flatMap((word, place) => {
    const before = words[place - 1];
    if (word.isBai && before !== undefined && !before.isHalf) return [];
    const stem = /^(.{3,})bai$/.exec(word.letters)?.[1];
    const given = stem === undefined ? undefined : nameWord(stem);
    return given === undefined || given.isHalf ? [word] : [given];
  });
}

/**
 * Given name first, whatever came first: SINGH AJAY KUMAR, MD SALIM, KUMARI SUNITA. Half a name in front takes the next
 * word: RAM NARESH is not RAM.
 */
export function inOrder(words: readonly NameWord[]): readonly NameWord[] {
  const place = words.findIndex((word) => !word.isSurname && !word.isBeforeGiven);
  const given = words[place];
  const [before, after] = [words.slice(0, Math.max(place, 0)), words.slice(place + 1)];
  const isReordering = before.length > 0 && given !== undefined && mayComeFirst(given, before, after);
  const ordered = isReordering ? [given, ...after, ...before] : words;
  const [first, second, ...rest] = ordered;
  if (first?.isHalf !== true || second === undefined || second.isInitial) return ordered;
  return [glued(first, second), ...rest];
}

/** KUMAR RAJ is not RAJ KUMAR, DEVI LAL no LAL DEVI, BHAGAT RAM no RAM BHAGAT; but YADAV RAM LAL is RAM LAL YADAV. */
function mayComeFirst(given: NameWord, before: readonly NameWord[], after: readonly NameWord[]): boolean {
  const isFamilyInFront = before.some((word) => word.isSurname);
  if (isFamilyInFront && after.at(-1)?.isSurname === true) return false;
  if (given.isHalf) return before.every((word) => word.isSurname) && after.length > 0;
  return !given.isFiller && !given.isInitial;
}

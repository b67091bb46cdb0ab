import type { NameWord } from './name-words.js';
import { glued } from './name-words.js';
import { isOneSlip } from './one-slip.js';
import type { ReadName } from './read-name.js';
import { inOrder, readName } from './read-name.js';
import { emphasisOf, soundKey } from './sound-key.js';

const SHORT = 5;

export interface KnownName {
  /** In Latin letters as a rule, but anything the counter typed. */
  readonly name: string;
  readonly nameHindi?: string | undefined;
}

/**
 * Whether the name a patient goes by at ABDM can be that of a patient of the hospital: either spelling may fit. Both may
 * be in Latin letters or Devanagari. A wrong yes shows somebody's visits to a stranger, a wrong no costs one more scan at
 * the counter; therefore in doubt it is no. Symmetric, never throws.
 */
export function namesMatch(asked: string, known: KnownName): boolean {
  return [known.name, known.nameHindi ?? ''].some((name) => isSameName(asked, name));
}

function isSameName(one: string, other: string): boolean {
  const [a, b] = [readName(one), readName(other)];
  if (!/\p{L}\p{M}*\p{L}/u.test(a.typed) || !/\p{L}\p{M}*\p{L}/u.test(b.typed)) return false;
  if (a.typed === b.typed) return true;
  if (haveDifferentRelatives(a, b)) return false;
  if (a.words.length === 0 || b.words.length === 0) return false;
  return isOneName(a, b);
}

function isOneName(a: ReadName, b: ReadName): boolean {
  if (soundsTheSame(a.words, b.words) || soundsTheSame(a.wordsAndTitles, b.wordsAndTitles)) return true;
  return initialsStandForWords(a.words, b.words) || wordsMatch(a.words, b.words);
}

/** Two men called RAM LAL, one the son of MOHAN, the other of SOHAN. */
function haveDifferentRelatives({ relative: one }: ReadName, { relative: other }: ReadName): boolean {
  if (one === undefined || other === undefined || one.kind === 'other' || one.kind !== other.kind) return false;
  return one.name !== '' && other.name !== '' && !isSameName(one.name, other.name);
}

/** Written in one word or several: RAMLAL, OM PRAKASH. Word by word the key is stricter, so only where the words differ. */
function soundsTheSame(one: readonly NameWord[], other: readonly NameWord[]): boolean {
  const whole = (words: readonly NameWord[]) => soundKey(words.map(({ letters }) => letters).join(''));
  if (one.length === other.length || [...one, ...other].every((word) => word.isInitial)) return false;
  return whole(one) === whole(other);
}

/**
 * A K SINGH for AJAY KUMAR SINGH: at least two initials, every word accounted for, in order. One initial says nothing:
 * RAJESH, RAKESH and RAMESH YADAV are all R YADAV.
 */
function initialsStandForWords(one: readonly NameWord[], other: readonly NameWord[]): boolean {
  const [short, long] = one[0]?.isInitial === true ? [one, other] : [other, one];
  if (short.length !== long.length || long[0]?.isInitial === true) return false;
  const initials = short.filter((word) => word.isInitial).length;
  if (initials < 2 || initials === short.length || short.at(-1)?.isInitial === true) return false;
  return short.every((word, place) => long[place] !== undefined && isSameOrInitial(word, long[place]));
}

/**
 * The given names are one, and of the rest one name may have more than the other, but not each something of its own:
 * SUNITA DEVI is SUNITA and SUNITA DEVI YADAV, but not SUNITA KUMARI. Most often those are one woman before and after
 * the wedding, even more so with gender, year and mobile equal; but a health worker's mobile stands for half a village,
 * where a second SUNITA of that age is quite likely.
 */
function wordsMatch(one: readonly NameWord[], other: readonly NameWord[]): boolean {
  const [a, b] = [inOrder(gluedAsIn(one, other)), inOrder(gluedAsIn(other, one))];
  const [[givenA, ...restA], [givenB, ...restB]] = [a, b];
  if (givenA === undefined || givenB === undefined || givenA.isInitial || givenB.isInitial) return false;
  const isGivenEqual = sharesKey(givenA, givenB);
  if (!isGivenEqual && !isSlip(givenA, givenB)) return false;
  const { leftA, leftB, slips } = pairOff(restA, restB, isGivenEqual ? 1 : 0);
  if (leftA > 0 && leftB > 0) return false;
  // DEVI, or YADAV alone: with nothing else equal it names nobody.
  const saysLittle = (word: NameWord) => word.isFiller || word.isSurname;
  return leftA + leftB === 0 && slips === 0 ? true : !saysLittle(givenA) && !saysLittle(givenB);
}

/** Pairs each word with one of the other side: first those that sound the same, then initials, then a slip. */
function pairOff(one: readonly NameWord[], other: readonly NameWord[], slipsAllowed: number) {
  let [left, right] = [[...one], [...other]];
  let slips = 0;
  const pair = (fits: (a: NameWord, b: NameWord) => boolean) => {
    left = left.filter((word) => {
      const partner = right.find((candidate) => fits(word, candidate));
      right = right.filter((candidate) => candidate !== partner);
      return partner === undefined;
    });
  };
  pair(sharesKey);
  pair(isSameOrInitial);
  pair((a, b) => {
    if (slips >= slipsAllowed || !isSlip(a, b)) return false;
    slips += 1;
    return true;
  });
  return { leftA: left.length, leftB: right.length, slips };
}

/** Two words that the other name has as one become one: SUKH RAM where the other is SUKHRAM. */
function gluedAsIn(words: readonly NameWord[], other: readonly NameWord[]): readonly NameWord[] {
  const [first, second, ...rest] = words;
  if (first === undefined || second === undefined) return words;
  const both = glued(first, second);
  if (other.some((word) => sharesKey(word, both))) return [both, ...gluedAsIn(rest, other)];
  return [first, ...gluedAsIn([second, ...rest], other)];
}

function sharesKey(one: NameWord, other: NameWord): boolean {
  return one.keys.some((key) => other.keys.includes(key) && (key.length > SHORT || isAsEmphatic(one, other)));
}

/** In a short word breath or doubling may be spelled otherwise, but not both: SHABBIR and SABIR are brothers. */
function isAsEmphatic(one: NameWord, other: NameWord): boolean {
  const [a, b] = [emphasisOf(one.letters), emphasisOf(other.letters)];
  return a.breaths === b.breaths || a.doubles === b.doubles || one.isFiller;
}

function isSlip(one: NameWord, other: NameWord): boolean {
  return one.keys.some((key) => other.keys.some((otherKey) => isOneSlip(key, otherKey)));
}

function isSameOrInitial(one: NameWord, other: NameWord): boolean {
  if (!one.isInitial && !other.isInitial) return sharesKey(one, other);
  return firstSound(one) === firstSound(other);
}

function firstSound({ letters }: NameWord): string {
  return letters.charAt(0).replace(/[vw]/, 'b').replace('z', 'j');
}

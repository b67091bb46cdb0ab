import type { TimingRepeat } from 'fhir/r4.js';
import { readPattern } from './dose-pattern.js';
import type { DoseSlot } from './dose-pattern.js';
import { LONGEST_TERM, normalWords } from './normal-words.js';
import { TermIndex } from './term-index.js';
import type { Frequency, TimedDose } from './terminology.js';

type When = NonNullable<TimingRepeat['when']>[number];

/** One line of `dose-words.csv`. A line with a `when` but no frequency only says more about another (`after food`). */
export interface DoseWord {
  readonly repeat:
    { readonly frequency: number; readonly period: number; readonly periodUnit: 'h' | 'd' | 'wk' | 'mo' } | undefined;
  readonly when: readonly When[];
  readonly asNeeded: boolean;
  readonly once: boolean;
}

const LONGEST_PHRASE = 8;
/** Words between others that say nothing themselves. */
const FILLERS: ReadonlySet<string> = new Set(['and', 'x', 'take', 'लें', 'le']);

/** Before, with and after the meal of that time of day: `1-0-0 before food` is before breakfast. */
const MEAL_OF: ReadonlyMap<When, Readonly<Partial<Record<When, When>>>> = new Map([
  ['MORN', { AC: 'ACM', C: 'CM', PC: 'PCM' }],
  ['NOON', { AC: 'ACD', C: 'CD', PC: 'PCD' }],
  ['EVE', {}],
  ['NIGHT', { AC: 'ACV', C: 'CV', PC: 'PCV' }],
]);

/** The shorthand of prescribers: words of the table, alone or together (`BD pc SOS`), and patterns (`1-0-1 after food`). */
export class DoseWords {
  private readonly words = new TermIndex<DoseWord>(normalWords);

  /** @returns the words that already mean something else */
  add(words: readonly string[], meaning: DoseWord): readonly string[] {
    return this.words.add(words, meaning, JSON.stringify(meaning));
  }

  /** @returns undefined unless every word is understood and all of them together have one meaning */
  read(text: string): Frequency | undefined {
    if (text.length > LONGEST_TERM) return undefined;
    const pattern = readPattern(text);
    const said = this.wordsOf(pattern === undefined ? text : pattern.rest);
    if (said === undefined) return undefined;
    if (pattern === undefined && said.length === 0) return undefined;
    if (said.some(({ once }) => once)) return pattern === undefined && said.length === 1 ? { once: true } : undefined;

    const asNeeded = said.some((word) => word.asNeeded) ? ({ asNeeded: true } as const) : {};
    const timing = pattern === undefined ? timingOf(said) : timesOf(pattern.slots, said);
    if (timing === 'contradiction') return undefined;
    if (timing === undefined) return asNeeded.asNeeded && said.length === 1 ? asNeeded : undefined;
    return { ...timing, ...asNeeded };
  }

  /** Cuts a text into the longest words of the table. */
  private wordsOf(text: string): readonly DoseWord[] | undefined {
    const tokens = normalWords(text)
      .split(' ')
      .filter((token) => token !== '');
    const found: DoseWord[] = [];
    for (let at = 0; at < tokens.length;) {
      const hit = this.longestAt(tokens, at);
      if (hit === undefined && !FILLERS.has(tokens[at] ?? '')) return undefined;
      if (hit !== undefined) found.push(hit.word);
      at += hit?.length ?? 1;
    }
    return found;
  }

  private longestAt(tokens: readonly string[], at: number): { word: DoseWord; length: number } | undefined {
    for (let length = Math.min(LONGEST_PHRASE, tokens.length - at); length > 0; length--) {
      const word = this.words.get(tokens.slice(at, at + length).join(' '));
      if (word !== undefined) return { word, length };
    }
    return undefined;
  }
}

type Timing =
  { readonly repeat: TimingRepeat } | { readonly doses: readonly TimedDose[] } | undefined | 'contradiction';

function timingOf(said: readonly DoseWord[]): Timing {
  const [first, ...others] = said.flatMap(({ repeat }) => repeat ?? []);
  if (first === undefined) return undefined;
  if (others.some((other) => JSON.stringify(other) !== JSON.stringify(first))) return 'contradiction';
  const times = unique(said.filter(({ repeat }) => repeat !== undefined).flatMap(({ when }) => when));
  if (times.length > 1) return 'contradiction';
  const when = withMeals(times, said);
  return when === 'contradiction' ? when : { repeat: { ...first, ...(when.length > 0 && { when: [...when] }) } };
}

/**
 * Twice a day is sent as frequency and period, which every reader takes; a time of day only where there is one, since
 * a list of times beside a frequency is read as so often at each of them.
 */
function timesOf(slots: readonly DoseSlot[], said: readonly DoseWord[]): Timing {
  const isSameFrequency = ({ repeat }: DoseWord): boolean =>
    repeat === undefined || (repeat.frequency === slots.length && repeat.period === 1 && repeat.periodUnit === 'd');
  if (!said.every(isSameFrequency)) return 'contradiction';
  const daily = (frequency: number): TimingRepeat => ({ frequency, period: 1, periodUnit: 'd' });
  const times = unique(said.filter(({ repeat }) => repeat !== undefined).flatMap(({ when }) => when));
  const at = (slotTimes: readonly When[], frequency: number): TimingRepeat | 'contradiction' => {
    const when = withMeals(slotTimes, said);
    return when === 'contradiction' ? when : { ...daily(frequency), ...(when.length > 0 && { when: [...when] }) };
  };

  const [only, ...more] = slots;
  if (times.length > 0 && !(more.length === 0 && only?.when === times[0] && times.length === 1)) return 'contradiction';
  const amounts = unique(slots.map(({ amount }) => amount));
  const groups =
    amounts.length === 1
      ? [{ amount: amounts[0] ?? 1, repeat: at(slots.length === 1 ? slots.map(({ when }) => when) : [], slots.length) }]
      : slots.map(({ amount, when }) => ({ amount, repeat: at([when], 1) }));
  const doses = groups.flatMap(({ amount, repeat }) => (repeat === 'contradiction' ? [] : [{ amount, repeat }]));
  const [first] = doses;
  if (first === undefined || doses.length < groups.length) return 'contradiction';
  return doses.length === 1 && first.amount === 1 ? { repeat: first.repeat } : { doses };
}

/** The one time of day, with what was said about meals. Bedtime has no meal; the words about it stay in the text. */
function withMeals(times: readonly When[], said: readonly DoseWord[]): readonly When[] | 'contradiction' {
  const meals = unique(said.filter(({ repeat }) => repeat === undefined).flatMap(({ when }) => when));
  const [meal, ...otherMeals] = meals;
  if (otherMeals.length > 0) return 'contradiction';
  if (meal === undefined) return times;
  const [time] = times;
  return time === undefined ? [meal] : [MEAL_OF.get(time)?.[meal] ?? time];
}

const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)];

import type { TimingRepeat } from 'fhir/r4.js';
import type { DoseSlot } from './dose-pattern.js';
import type { TimedDose } from './terminology.js';

type When = NonNullable<TimingRepeat['when']>[number];

/** One line of `dose-words.csv`. A line with a `when` but no frequency only says more about another (`after food`). */
export interface DoseWord {
  readonly repeat:
    { readonly frequency: number; readonly period: number; readonly periodUnit: 'h' | 'd' | 'wk' | 'mo' } | undefined;
  readonly when: readonly When[];
  readonly asNeeded: boolean;
  readonly once: boolean;
}

/** Before, with and after the meal of that time of day: `1-0-0 before food` is before breakfast. */
const MEAL_OF: ReadonlyMap<When, Readonly<Partial<Record<When, When>>>> = new Map([
  ['MORN', { AC: 'ACM', C: 'CM', PC: 'PCM' }],
  ['NOON', { AC: 'ACD', C: 'CD', PC: 'PCD' }],
  ['NIGHT', { AC: 'ACV', C: 'CV', PC: 'PCV' }],
]);

/**
 * Puts together what the words of a frequency say.
 * @param slots the times of a pattern such as `1-0-1`; none when it was written in words
 * @returns undefined when the words contradict each other, or say no frequency
 */
export function timingOf(
  slots: readonly DoseSlot[],
  said: readonly DoseWord[],
): { readonly repeat: TimingRepeat } | { readonly doses: readonly TimedDose[] } | undefined {
  const frequencies = said.filter(({ repeat }) => repeat !== undefined);
  const [repeat, ...otherRepeats] = unique(frequencies.map((word) => JSON.stringify(word.repeat)));
  const [time, ...otherTimes] = unique(frequencies.flatMap(({ when }) => when));
  const [meal, ...otherMeals] = unique(said.flatMap((word) => (word.repeat === undefined ? word.when : [])));
  if (otherRepeats.length + otherTimes.length + otherMeals.length > 0) return undefined;

  if (slots.length === 0) {
    const spoken = frequencies[0]?.repeat;
    return spoken === undefined ? undefined : { repeat: { ...spoken, ...at(time, meal) } };
  }
  const [first, ...more] = slots;
  const isOnlyTime = more.length === 0 && first?.when === time;
  if (time !== undefined && !isOnlyTime) return undefined;
  if (repeat !== undefined && repeat !== JSON.stringify(daily(slots.length))) return undefined;
  return dosesOf(slots, meal);
}

/**
 * Twice a day is sent as frequency and period, which every reader takes; a time of day only where there is one, since
 * a list of times beside a frequency is read as so often at each of them.
 */
function dosesOf(
  slots: readonly DoseSlot[],
  meal: When | undefined,
): { readonly repeat: TimingRepeat } | { readonly doses: readonly TimedDose[] } {
  const [amount, ...otherAmounts] = unique(slots.map((slot) => slot.amount));
  if (amount === undefined || otherAmounts.length > 0) {
    return { doses: slots.map((slot) => ({ amount: slot.amount, repeat: { ...daily(1), ...at(slot.when, meal) } })) };
  }
  const only = slots.length === 1 ? slots[0]?.when : undefined;
  const repeat = { ...daily(slots.length), ...at(only, meal) };
  return amount === 1 ? { repeat } : { doses: [{ amount, repeat }] };
}

const daily = (frequency: number): TimingRepeat => ({ frequency, period: 1, periodUnit: 'd' });

/** Bedtime and evening have no meal of their own; the words about it stay in the text. */
function at(time: When | undefined, meal: When | undefined): Pick<TimingRepeat, 'when'> {
  if (time === undefined) return meal === undefined ? {} : { when: [meal] };
  return { when: [(meal === undefined ? undefined : MEAL_OF.get(time)?.[meal]) ?? time] };
}

const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)];

import type { TimingRepeat } from 'fhir/r4.js';
import { tidy } from './normal-words.js';

type When = NonNullable<TimingRepeat['when']>[number];

/** One time of a pattern such as `1-0-1`. */
export interface DoseSlot {
  readonly when: When;
  readonly amount: number;
}

const THREE_TIMES: readonly When[] = ['MORN', 'NOON', 'NIGHT'];
const FOUR_TIMES: readonly When[] = ['MORN', 'NOON', 'EVE', 'NIGHT'];
/** `12-8-25` is a date. No pattern of a prescription has more than this at one time. */
const MOST = 6;

/** A number, a fraction or both: `2`, `1/2`, `1 1/2`, `0.5`. */
const AMOUNT = String.raw`(?:\d+\s+)?\d+\s*\/\s*\d+|\d+(?:\.\d+)?`;
const PATTERN = new RegExp(
  String.raw`^(${AMOUNT})((?:\s*[-–—+_]+\s*(?:${AMOUNT})){2,3})(?![\p{L}\p{N}/.\-–—+_])(.*)$`,
  'su',
);

/**
 * Reads `1-0-1` (morning, noon, night) and `1-1-1-1` (morning, noon, evening, night), with whatever follows.
 * @returns undefined when it is no such pattern, or one of zeros only
 */
export function readPattern(text: string): { readonly slots: readonly DoseSlot[]; readonly rest: string } | undefined {
  const [, first, others, rest] = PATTERN.exec(tidy(text)) ?? [];
  if (first === undefined || others === undefined) return undefined;
  const amounts = [first, ...others.split(/[-–—+_]+/)].map((each) => each.trim()).filter((each) => each !== '');
  const times = amounts.length === 3 ? THREE_TIMES : FOUR_TIMES;
  const slots = times.map((when, at) => ({ when, amount: readAmount(amounts[at] ?? '') ?? Infinity }));
  if (slots.some(({ amount }) => amount > MOST)) return undefined;
  const taken = slots.filter(({ amount }) => amount > 0);
  return taken.length === 0 ? undefined : { slots: taken, rest: rest ?? '' };
}

/** @returns e.g. 1.5 for `1 1/2`; undefined when it is no number */
export function readAmount(text: string): number | undefined {
  const [, whole, upper, lower, plain] = /^(?:(?:(\d+)\s+)?(\d+)\s*\/\s*(\d+)|(\d+(?:\.\d+)?))$/.exec(text) ?? [];
  if (plain !== undefined) return Number(plain);
  if (upper === undefined || Number(lower) === 0) return undefined;
  return Number(whole ?? 0) + Number(upper) / Number(lower);
}

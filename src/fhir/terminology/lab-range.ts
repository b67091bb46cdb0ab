import { PLAIN_NUMBER, asciiDigits, toNumber } from './lab-number.js';
import type { LabNumber } from './lab-number.js';

/** A reference range that has one meaning only. At least one end is known. */
export interface LabRange {
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** `<140` and not `upto 140`: the end itself is outside, though FHIR's `high` counts it in. */
  readonly isEndOutside: boolean;
  /** The result's own unit stands behind it. */
  readonly hasUnit: boolean;
}

const BETWEEN = new RegExp(`^(${PLAIN_NUMBER}) *(?:-|–|—|TO|से) *(${PLAIN_NUMBER})$`);
const BELOW = new RegExp(`^(<=|≤|<|UP ?TO|BELOW|LESS THAN) *(${PLAIN_NUMBER})$`);
const ABOVE = new RegExp(`^(>=|≥|>|ABOVE|MORE THAN) *(${PLAIN_NUMBER})$`);
const END_IS_INSIDE = /^(?:<=|>=|≤|≥|UP ?TO)$/;

/**
 * Reads `12-16`, `0.2 - 1.2`, `<140`, `upto 40`, also in brackets or with the result's own unit behind it. Ranges by sex
 * or age (`M 13-17, F 12-15`) and words stay text.
 */
export function readLabRange(text: string, unit: string | undefined): LabRange | undefined {
  const written = withoutBrackets(text.trim());
  const bare = withoutUnit(written, unit);
  const hasUnit = bare !== written;
  const plain = asciiDigits(bare).toUpperCase();
  const between = BETWEEN.exec(plain);
  if (between !== null) {
    const [low, high] = [toNumber(between[1] ?? ''), toNumber(between[2] ?? '')];
    return low < high ? { low, high, isEndOutside: false, hasUnit } : undefined;
  }
  const [, below, most] = BELOW.exec(plain) ?? [];
  if (below !== undefined && most !== undefined)
    return oneSided({ low: undefined, high: toNumber(most), hasUnit }, below);
  const [, above, least] = ABOVE.exec(plain) ?? [];
  if (above !== undefined && least !== undefined)
    return oneSided({ low: toNumber(least), high: undefined, hasUnit }, above);
  return undefined;
}

function oneSided(ends: Omit<LabRange, 'isEndOutside'>, word: string): LabRange {
  return { ...ends, isEndOutside: !END_IS_INSIDE.test(word) };
}

/**
 * Low, normal or high; undefined wherever somebody could see it otherwise: `<5` against 2-10, a value on the end of
 * `<140`, and numbers so far apart that range and result may be in different units (8.2 against 4000-11000).
 */
export function placeInRange({ value, comparator }: LabNumber, range: LabRange): 'H' | 'L' | 'N' | undefined {
  if (isFarFrom(range, value, 100)) return undefined;
  const { low = -Infinity, high = Infinity, isEndOutside } = range;
  switch (comparator) {
    case undefined:
      if (isEndOutside && (value === low || value === high)) return undefined;
      return value < low ? 'L' : value > high ? 'H' : 'N';
    case '<':
    case '<=':
      if (value < low || (value === low && comparator === '<')) return 'L';
      return low === -Infinity && (value < high || (value === high && comparator === '<')) ? 'N' : undefined;
    case '>':
    case '>=':
      if (value > high || (value === high && comparator === '>')) return 'H';
      return high === Infinity && (value > low || (value === low && comparator === '>')) ? 'N' : undefined;
  }
}

/** So many times beyond an end: of another scale. Zero is zero in every unit. */
export function isFarFrom({ low = 0, high = Infinity }: LabRange, value: number, times: number): boolean {
  return value !== 0 && (value < low / times || (high > 0 && value > high * times));
}

function withoutBrackets(text: string): string {
  return /^[([](.*)[)\]]$/s.exec(text)?.[1]?.trim() ?? text;
}

function withoutUnit(text: string, unit: string | undefined): string {
  if (unit === undefined || !text.toUpperCase().endsWith(unit.toUpperCase())) return text;
  return text.slice(0, -unit.length).trim();
}

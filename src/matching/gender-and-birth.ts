import type { AdministrativeGender } from '../ports/visit.js';

/** ABDM's letters for what the hospital can know. D (not disclosed) and U (unknown) are not among them. */
const GENDERS: Readonly<Record<string, AdministrativeGender>> = { M: 'male', F: 'female', O: 'other', T: 'other' };

/**
 * Exact. Unknown matches nothing, not even unknown: a candidate must pass on gender, and two people of whom nothing is
 * known have nothing in common. O and T are both `other`: the hospital has one word for them.
 */
export function genderMatches(asked: string, known: AdministrativeGender): boolean {
  return GENDERS[asked.trim().toUpperCase()] === known;
}

/**
 * `asked` as it comes (a number, or digits in a text), `known` the hospital's `YYYY` or `YYYY-MM-DD`. Inclusive. A year
 * that one side does not know matches nothing. The tolerance is wide by custom (5 years), because a hospital's year is
 * often worked out from an age somebody guessed.
 */
export function birthYearMatches(asked: number | string, known: string | undefined, toleranceYears: number): boolean {
  const [askedYear, knownYear] = [yearIn(String(asked)), yearIn(known ?? '')];
  if (askedYear === undefined || knownYear === undefined) return false;
  return Math.abs(askedYear - knownYear) <= toleranceYears;
}

function yearIn(text: string): number | undefined {
  const year = /^\s*((?:18|19|20|21)\d\d)(?:-\d\d){0,2}\s*$/.exec(text)?.[1];
  return year === undefined ? undefined : Number(year);
}

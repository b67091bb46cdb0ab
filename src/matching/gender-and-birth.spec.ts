import { describe, expect, it } from '@jest/globals';
import { birthYearMatches, genderMatches } from './gender-and-birth.js';

describe('The gender ABDM asks for', () => {
  it.each([
    ['M', 'male'],
    ['F', 'female'],
    ['O', 'other'],
    ['T', 'other'],
    ['f', 'female'],
  ] as const)('%s is %s', (asked, known) => {
    expect(genderMatches(asked, known)).toBe(true);
  });

  it.each([
    ['M', 'female'],
    ['F', 'male'],
    ['O', 'male'],
    ['M', 'unknown'],
    ['U', 'unknown'],
    ['D', 'unknown'],
    ['D', 'other'],
    ['', 'unknown'],
    ['constructor', 'male'],
  ] as const)('%s is not %s', (asked, known) => {
    expect(genderMatches(asked, known)).toBe(false);
  });
});

describe('The year of birth', () => {
  it.each([
    [1990, '1990-05-01', 0],
    [1990, '1985', 5],
    ['1990', '1995-12', 5],
    [2000, '1999-12-31', 1],
  ])('%s is near enough to %s within %i years', (asked, known, tolerance) => {
    expect(birthYearMatches(asked, known, tolerance)).toBe(true);
  });

  it.each([
    [1990, '1984', 5],
    [1990, '1996-01-01', 5],
    [1990, '1991', 0],
    [1990, undefined, 5],
    [Number.NaN, '1990', 5],
    [0, '1990', 5000],
    ['', '', 5],
    ['19900', '1990', 5],
  ])('%s is not %s within %i years', (asked, known, tolerance) => {
    expect(birthYearMatches(asked, known, tolerance)).toBe(false);
  });
});

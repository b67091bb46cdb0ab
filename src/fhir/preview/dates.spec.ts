import { describe, expect, it } from '@jest/globals';
import { ageOn, day, moment, span } from './dates.js';

describe('dates of a preview', () => {
  it('stand as India writes them, as exact as they are known', () => {
    expect(['2025-08-12', '2025-08', '2025'].map(day)).toEqual(['12-08-2025', '08-2025', '2025']);
  });

  it('are told in Indian time', () => {
    expect(moment('2025-08-12T09:41:00+05:30')).toBe('12-08-2025, 09:41');
    expect(moment('2020-07-12T20:00:00Z')).toBe('13-07-2020, 01:30');
    expect(moment('2025-08-12T09:41:00')).toBe('12-08-2025, 09:41');
    expect(moment('2025-08-12')).toBe('12-08-2025');
  });

  it('keep the sender’s day where only the day counts', () => {
    expect(day('2021-03-22T00:00:00-05:00')).toBe('22-03-2021');
  });

  it('are never an invalid date', () => {
    expect([undefined, '', 'NA', {}, null].map(moment)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(moment('2025-13-45T99:99:00Z')).toBe('45-13-2025, 99:99');
    expect(moment('next week')).toBe('next week');
  });

  it('are told once where beginning and end are one', () => {
    expect([span('a', 'a'), span('a', 'b'), span(undefined, 'b')]).toEqual(['a', 'a – b', 'b']);
  });
});

describe('the age on the day of a document', () => {
  it('is in years, of a small child in months, of a newborn in days', () => {
    expect(ageOn('1991-03-04', '2025-08-12T09:41:00+05:30')).toEqual({ count: 34, unit: 'year', isRough: false });
    expect(ageOn('2025-01-20', '2025-08-12')).toEqual({ count: 6, unit: 'month', isRough: false });
    expect(ageOn('2025-08-01', '2025-08-12')).toEqual({ count: 11, unit: 'day', isRough: false });
  });

  it('is rough where only the year of birth is known', () => {
    expect(ageOn('1984', '2025-08-12')).toEqual({ count: 41, unit: 'year', isRough: true });
  });

  it('is not told where it makes no sense', () => {
    expect([ageOn('2030-01-01', '2025-08-12'), ageOn('1700', '2025'), ageOn(undefined, '2025')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

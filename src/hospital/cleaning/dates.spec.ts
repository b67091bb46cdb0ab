import { describe, expect, it } from '@jest/globals';
import { birthYearFromAge, cleanAgePart, cleanBirthDate, doAgree } from './birth.js';
import { addMonths, cleanDate, cleanMoment } from './dates.js';

describe('cleanMoment', () => {
  it.each([
    ['12/08/2025 09:41', '2025-08-12T09:41:00+05:30', 'date-format'],
    ['12-08-2025 13:26:27', '2025-08-12T13:26:27+05:30', 'date-format'],
    ['12-AUG-25 09:41', '2025-08-12T09:41:00+05:30', 'date-two-digit-year'],
    ['12-Aug-2025 09:41', '2025-08-12T09:41:00+05:30', 'date-format'],
    ['2025-08-12 09:41:00', '2025-08-12T09:41:00+05:30', 'date-format'],
    ['2025-08-12T09:41:00+05:30', '2025-08-12T09:41:00+05:30', undefined],
    ['2025-08-12T04:11:00Z', '2025-08-12T09:41:00+05:30', 'date-zone'],
    ['12/08/2025 9:41 PM', '2025-08-12T21:41:00+05:30', 'date-format'],
    ['12/08/2025 12:05 AM', '2025-08-12T00:05:00+05:30', 'date-format'],
    ['१२/०८/२०२५ ०९:४१', '2025-08-12T09:41:00+05:30', 'date-format'],
    ['12/08/2025', '2025-08-12T00:00:00+05:30', 'date-without-time'],
    ['31/02/2025 09:41', undefined, 'date-impossible'],
    ['08/13/2025 09:41', undefined, 'date-impossible'],
    ['12/08/0025 09:41', undefined, 'date-impossible'],
    ['12/08/2025 25:00', undefined, 'date-impossible'],
    ['12-XYZ-25 09:41', undefined, 'date-impossible'],
    ['00/00/0000 00:00', undefined, 'date-placeholder'],
    ['yesterday', undefined, 'date-impossible'],
  ])('reads %j as %s', (came, moment, rule) => {
    const cleaned = cleanMoment(came);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([moment, rule]);
  });
});

describe('cleanDate', () => {
  it.each([
    ['2025-08-12', '2025-08-12', undefined],
    ['09/09/2025', '2025-09-09', 'date-format'],
    ['9.9.25', '2025-09-09', 'date-two-digit-year'],
    ['29/02/2025', undefined, 'date-impossible'],
    ['29/02/2024', '2024-02-29', 'date-format'],
  ])('reads %j as %s', (came, date, rule) => {
    const cleaned = cleanDate(came);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([date, rule]);
  });

  it('keeps to the last day of a shorter month', () => {
    expect(addMonths('2025-01-31', 1)).toBe('2025-02-28');
    expect(addMonths('2025-03-31', -1)).toBe('2025-02-28');
  });
});

describe('birth', () => {
  it.each([
    ['13/02/2024', '2024-02-13', 'date-format'],
    ['24-AUG-50', '1950-08-24', 'date-two-digit-year'],
    ['24-AUG-08', '2008-08-24', 'date-two-digit-year'],
    ['13-AUG-25', '1925-08-13', 'date-two-digit-year'],
    ['1950', '1950', 'birth-year-only'],
    ['00/00/1950', '1950', 'birth-year-only'],
    ['1990-05-01T18:30:00.000Z', '1990-05-02', 'date-format'],
    ['13/08/2025', undefined, 'birth-date-after-visit'],
    ['01/01/1880', undefined, 'birth-date-too-old'],
    ['01/01/0025', undefined, 'date-impossible'],
    ['31/02/1990', undefined, 'date-impossible'],
    ['00/00/0000', undefined, 'date-placeholder'],
  ])('date %j is read as %s at a visit on 12 August 2025', (came, date, rule) => {
    const cleaned = cleanBirthDate(came, '2025-08-12');
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([date, rule]);
  });

  it.each([
    ['35', 35],
    ['35 Y', 35],
    ['३५ वर्ष', 35],
    ['-1', undefined],
    ['adult', undefined],
  ])('age %j is read as %s', (came, age) => {
    expect(cleanAgePart(came).value).toBe(age);
  });

  it.each([
    [15, 0, '2010'],
    [0, 9, '2024'],
    [0, 0, '2025'],
    [130, 0, '1895'],
    [131, 0, undefined],
  ])('an age of %d years %d months gives the birth year %s', (years, months, year) => {
    expect(birthYearFromAge(years, months, '2025-08-12')).toBe(year);
  });

  it('lets date of birth and age differ by one year of rounding', () => {
    expect(doAgree('1990-12-01', 35, '2025-08-12')).toBe(true);
    expect(doAgree('1990-12-01', 34, '2025-08-12')).toBe(true);
    expect(doAgree('1990-12-01', 40, '2025-08-12')).toBe(false);
  });
});

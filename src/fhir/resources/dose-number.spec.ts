import { describe, expect, it } from '@jest/globals';
import { anImmunization } from '../../../test/makers/visit.js';
import { doseNumber } from './dose-number.js';

const dose = (vaccine: string, column?: string) => doseNumber(anImmunization({ vaccine, doseNumber: column }));

describe('the dose of a vaccine', () => {
  it.each(['1', '01', ' १ '])('is the number of the hospital’s column: %j', (column) => {
    expect(dose('BCG', column)).toEqual({ doseNumberPositiveInt: 1 });
  });

  it.each([
    ['OPV-1', 1],
    ['OPV3', 3],
    ['पेंटा-2', 2],
    ['पेंटा-२', 2],
    ['Rotavirus 3', 3],
    ['fIPV 2', 2],
    ['MR 1st dose', 1],
    ['DPT - II', 2],
  ])('is read from the vaccine’s words: %s', (vaccine, number) => {
    expect(dose(vaccine)).toEqual({ doseNumberPositiveInt: number });
  });

  it.each([
    'BCG',
    'PCV 13',
    'PCV-10',
    'HPV 2',
    'HPV-9',
    'Covid-19',
    'H1N1',
    'Typhoid Vi',
    'Polio type 1',
    'ARV 3',
    'AZD1222',
  ])('is not a number that is part of the name: %s', (vaccine) => {
    expect(dose(vaccine)).toBeUndefined();
  });

  it('is a word where it has no number from one on', () => {
    expect(dose('OPV-0')).toEqual({ doseNumberString: '0' });
    expect(dose('DPT Booster')).toEqual({ doseNumberString: 'Booster' });
    expect(dose('DPT', 'second')).toEqual({ doseNumberString: 'second' });
    expect(dose('DPT', '99999999999')).toEqual({ doseNumberString: '99999999999' });
  });

  it('never makes a booster the first dose', () => {
    expect(dose('DPT Booster', '1')).toEqual({ doseNumberString: 'Booster 1' });
    expect(dose('डीपीटी बूस्टर-2', '1')).toEqual({ doseNumberString: 'बूस्टर-2 1' });
    expect(dose('DPT Booster', 'Booster')).toEqual({ doseNumberString: 'Booster' });
    expect(dose('DPT booster dose', 'Booster dose 1')).toEqual({ doseNumberString: 'Booster dose 1' });
  });

  it('is no number when column and words differ', () => {
    expect(dose('OPV-2', '1')).toEqual({ doseNumberString: '1' });
    expect(dose('OPV-2', '2')).toEqual({ doseNumberPositiveInt: 2 });
  });
});

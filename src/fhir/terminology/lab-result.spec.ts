import { describe, expect, it } from '@jest/globals';
import type { LabResult } from '../../ports/visit.js';
import { coding } from './coding.js';
import { loadTerminology } from './load.js';
import { interpretation, readLabResult } from './lab-result.js';
import { CODE_SYSTEMS } from './systems.js';

const UCUM: Readonly<Record<string, string>> = {
  'gm%': 'g/dL',
  '/cumm': '/uL',
  'lakh/cumm': '10*5/uL',
  'mg/dl': 'mg/dL',
  '%': '%',
  L: 'L',
};
const findUnit = (text: string) => (UCUM[text] === undefined ? undefined : coding(CODE_SYSTEMS.ucum, UCUM[text], text));

const result = (text: string, unit?: string, referenceRange?: string): LabResult => ({
  parameter: 'P',
  text,
  unit,
  referenceRange,
});
const read = (text: string, unit?: string, range?: string) => readLabResult(result(text, unit, range), findUnit);
const flag = (text: string, range: string, unit?: string) => read(text, unit, range).flag;

describe('a laboratory result', () => {
  it('is a number with the hospital’s unit and its UCUM code', () => {
    expect(read('8.8', 'gm%', '12-16')).toEqual({
      value: { valueQuantity: { value: 8.8, unit: 'gm%', system: 'http://unitsofmeasure.org', code: 'g/dL' } },
      referenceRange: {
        low: { value: 12, unit: 'gm%', system: 'http://unitsofmeasure.org', code: 'g/dL' },
        high: { value: 16, unit: 'gm%', system: 'http://unitsofmeasure.org', code: 'g/dL' },
        text: '12-16',
      },
      flag: 'L',
      note: undefined,
    });
  });

  it('is never multiplied: a lakh is part of the unit', () => {
    expect(read('3.1', 'lakh/cumm').value).toMatchObject({ valueQuantity: { value: 3.1, code: '10*5/uL' } });
  });

  it('keeps a unit nobody knows as words', () => {
    expect(read('7', 'sticks').value).toEqual({ valueQuantity: { value: 7, unit: 'sticks' } });
  });

  it('needs no unit', () => {
    expect(read('1.02').value).toEqual({ valueQuantity: { value: 1.02 } });
  });

  it.each([
    ['<5', '<', 5],
    ['< 5', '<', 5],
    ['>200', '>', 200],
    ['≥200', '>=', 200],
    ['<=0.5', '<=', 0.5],
  ])('%s is a number with a comparator', (text, comparator, value) => {
    expect(read(text, 'mg/dl').value).toMatchObject({ valueQuantity: { comparator, value, code: 'mg/dL' } });
  });

  it.each([
    ['2.60', 2.6],
    ['१०.२', 10.2],
    ['1,50,000', 150000],
    ['010', 10],
    ['< 5', 5],
  ])('%s keeps what was printed beside the number', (text, value) => {
    expect(read(text)).toMatchObject({ value: { valueQuantity: { value } }, note: text });
  });

  it.each([
    ['10.2 gm%', 'gm%'],
    ['10.2gm%', 'gm%'],
    ['10.2 GM %', 'gm%'],
  ])('%s repeats its unit', (text, unit) => {
    expect(read(text, unit)).toMatchObject({ value: { valueQuantity: { value: 10.2, code: 'g/dL' } }, note: text });
  });

  it('may have its unit behind it only, when that is known', () => {
    expect(read('3.1 lakh/cumm', undefined, '1.5-4.5 lakh/cumm')).toMatchObject({
      value: { valueQuantity: { value: 3.1, unit: 'lakh/cumm', code: '10*5/uL' } },
      referenceRange: { low: { value: 1.5 }, high: { value: 4.5 } },
      flag: 'N',
    });
    expect(read('3.1 sticks').value).toEqual({ valueString: '3.1 sticks' });
  });

  // prettier-ignore
  it.each([
    '10,2', '11,000', '1O.2', '10.2.3', '8-10', '2-3', '1:160', '1/2', '10.2 L', '10.2 H', '10.2*', '.5', '5.', '12 14',
    '1e5', '12345678901', '1.1234567', 'QNS', 'HAEMOLYSED', 'plenty', 'Trace', 'AB', '', '-', '--', '?', 'Negative (?)',
    'Positive for Pf', 'Weakly reactive', 'NaN', 'Infinity', 'constructor',
  ])('%s stays words, without number and interpretation', (text) => {
    expect(read(text, undefined, '1-5')).toMatchObject({ value: { valueString: text }, flag: undefined, note: undefined });
  });

  it('shows the unit with the words', () => {
    expect(read('8-10', '/hpf', '0-5').value).toEqual({ valueString: '8-10 /hpf' });
    expect(read('8-10 /hpf', '/hpf').value).toEqual({ valueString: '8-10 /hpf' });
  });

  // prettier-ignore
  it.each([
    'Nil', 'NEG', 'Negative', 'negative.', 'Non reactive', 'NON-REACTIVE', 'Nonreactive', 'Absent', 'Not detected',
    '-ve', 'नकारात्मक', 'अनुपस्थित', 'Negative (repeat)',
  ])('%s is negative', (text) => {
    expect(read(text, undefined, 'Nil')).toMatchObject({ value: { valueString: text }, flag: 'NEG' });
  });

  // prettier-ignore
  it.each([
    'POSITIVE (Pf)', 'Positive', 'Reactive', 'Present', '+', '++', '+++', '2+', '(+)', '+ve', 'सकारात्मक', 'पॉज़िटिव',
    'पॉजिटिव',
  ])('%s is positive', (text) => {
    expect(read(text, undefined, 'Negative')).toMatchObject({ value: { valueString: text }, flag: 'POS' });
  });

  it('says its interpretation in HL7’s codes', () => {
    expect(interpretation('NEG')).toEqual({
      coding: [
        {
          system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
          code: 'NEG',
          display: 'Negative',
        },
      ],
    });
  });
});

describe('a reference range', () => {
  const range = (text: string, unit?: string) => read('1', unit, text).referenceRange;
  const ends = (text: string, unit?: string) => [range(text, unit)?.low?.value, range(text, unit)?.high?.value];

  it.each([
    ['12-16', 12, 16],
    ['4000-11000', 4000, 11000],
    ['0.2 - 1.2', 0.2, 1.2],
    ['12 – 16', 12, 16],
    ['12 to 16', 12, 16],
    ['(12-16)', 12, 16],
    ['१२-१६', 12, 16],
    ['1,50,000-4,50,000', 150000, 450000],
    ['<140', undefined, 140],
    ['< 140', undefined, 140],
    ['upto 40', undefined, 40],
    ['UP TO 40', undefined, 40],
    ['>60', 60, undefined],
    ['0-5', 0, 5],
  ])('%s has its ends', (text, low, high) => {
    expect(ends(text)).toEqual([low, high]);
    expect(range(text)?.text).toBe(text);
  });

  it('may repeat the unit of the result, and no other', () => {
    expect(ends('12-16 gm%', 'gm%')).toEqual([12, 16]);
    expect(ends('12-16 g/L', 'gm%')).toEqual([undefined, undefined]);
  });

  it.each(['Negative', 'Nil', 'M 13-17 F 12-15', '13-17/12-15', '16-12', '12-', '4,000-11,000', 'Adult: 12-16', '-'])(
    '%s stays words',
    (text) => {
      expect(range(text)).toEqual({ text });
    },
  );

  it('is left out when there is none', () => {
    expect(read('1').referenceRange).toBeUndefined();
  });
});

describe('low, normal and high', () => {
  it.each([
    ['11.9', '12-16', 'L'],
    ['12', '12-16', 'N'],
    ['16', '12-16', 'N'],
    ['16.1', '12-16', 'H'],
    ['40', 'upto 40', 'N'],
    ['41', 'upto 40', 'H'],
    ['139', '<140', 'N'],
    ['141', '<140', 'H'],
    ['59', '>60', 'L'],
    ['61', '>60', 'N'],
    ['0', '1-6', 'L'],
    ['<5', '5-10', 'L'],
    ['<5', 'upto 40', 'N'],
    ['<140', '<140', 'N'],
    ['>200', '<140', 'H'],
    ['>140', '<140', 'H'],
    ['>60', '>60', 'N'],
    ['≥60', '>59', 'N'],
  ])('%s against %s is %s', (text, range, expected) => {
    expect(flag(text, range)).toBe(expected);
  });

  it.each([
    ['140', '<140', 'lies on an end that is outside'],
    ['60', '>60', 'lies on an end that is outside'],
    ['<5', '2-10', 'may lie on either side'],
    ['>5', '2-10', 'may lie on either side'],
    ['<5', '0-5', 'may lie on either side'],
    ['<=5', '5-10', 'may lie on either side'],
    ['8.2', '4000-11000', 'may be in another unit'],
    ['210000', '1.5-4.5', 'may be in another unit'],
    ['8.8', 'M 13-17 F 12-15', 'has a range for two'],
    ['8.8', 'Negative', 'has words for a range'],
  ])('%s against %s is none of them: it %s', (text, range) => {
    expect(flag(text, range)).toBeUndefined();
  });
});

describe('a range in another unit than the result', () => {
  const terms = loadTerminology('config/terminology');
  const flagOf = (parameter: string, text: string, unit: string, referenceRange: string) => {
    const usual = terms.usualUnit?.(terms.find('lab-parameter', parameter)?.code ?? '');
    return readLabResult({ parameter, text, unit, referenceRange }, (each) => terms.find('unit', each), usual).flag;
  };

  it.each([
    ['Hb', '102', 'g/L', '12-16'],
    ['Hb', '30', 'g/L', '12-16'],
    ['HbA1c', '48', 'mmol/mol', '4-5.6'],
  ])('%s %s %s beside %s is neither high nor low', (parameter, text, unit, range) => {
    expect(flagOf(parameter, text, unit, range)).toBeUndefined();
  });

  it('is judged where its unit is the result’s, or only one reading makes sense', () => {
    expect(flagOf('Hb', '8.8', 'gm%', '12-16')).toBe('L');
    expect(flagOf('Hb', '102', 'g/L', '120-160 g/L')).toBe('L');
    expect(flagOf('platelet count', '0.4', 'lakh/cumm', '1.5-4.5')).toBe('L');
    expect(flagOf('SGPT', '90', 'IU/L', '5-40')).toBe('H');
  });
});

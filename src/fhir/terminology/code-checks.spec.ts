import { describe, expect, it } from '@jest/globals';
import { isIcd10, isLoinc, isSnomedConcept, isUcum } from './code-checks.js';

describe('the form of a code', () => {
  it.each(['718-7', '4548-4', '85354-9', '8310-5', '2708-6', '9279-1'])('%s is a LOINC code', (code) => {
    expect(isLoinc(code)).toBe(true);
  });
  it.each(['718-8', '4584-4', '7187', '718-', 'LP1234-5', ' 718-7', '0718-7'])('%s is no LOINC code', (code) => {
    expect(isLoinc(code)).toBe(false);
  });

  it.each(['387517004', '371530004', '1861000221106', '41000179103', '26643006'])(
    '%s is a SNOMED CT concept',
    (code) => {
      expect(isSnomedConcept(code)).toBe(true);
    },
  );
  it.each([
    ['387517005', 'another check digit'],
    ['378517004', 'two digits exchanged'],
    ['751689013', 'a description, not a concept'],
    ['0387517004', 'a zero in front'],
    ['12345', 'too short'],
    ['', 'nothing'],
  ])('%s is no SNOMED CT concept: %s', (code) => {
    expect(isSnomedConcept(code)).toBe(false);
  });

  it.each(['I10', 'J06.9', 'M17.90', 'U07.1'])('%s has the form of ICD-10', (code) => {
    expect(isIcd10(code)).toBe(true);
  });
  it.each(['J069', 'j06.9', 'J06.', 'J6.9', 'J06.999', 'I10-I15'])('%s has not the form of ICD-10', (code) => {
    expect(isIcd10(code)).toBe(false);
  });

  it.each(['mg/dL', '10*5/uL', '/[HPF]', 'mm[Hg]', '{tbl}', 'mL/min/{1.73_m2}', '%', 'm[IU]/L'])(
    '%s is UCUM',
    (unit) => {
      expect(isUcum(unit)).toBe(true);
    },
  );
  it.each(['', 'mg / dL', '10^5/uL', 'µg/dL', 'mm[Hg', '{a{b}}', '°C'])('%j is not UCUM', (unit) => {
    expect(isUcum(unit)).toBe(false);
  });
});

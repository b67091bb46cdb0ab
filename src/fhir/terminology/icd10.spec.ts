import { describe, expect, it } from '@jest/globals';
import { icd10 } from './icd10.js';

describe('ICD-10 codes', () => {
  it('carry their title', () => {
    expect(icd10('I10')).toMatchObject({ code: 'I10', display: 'Essential (primary) hypertension' });
  });

  it.each(['E11.65', 'Z23', 'X99', 'constructor'])('%s is not sent as a code', (code) => {
    expect(icd10(code)).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import { loinc } from './coding.js';
import { fitsLabCode } from './lab-code-fit.js';
import type { LabFlag } from './lab-result.js';

const number = (unit?: string) => ({ valueQuantity: { value: 1, code: unit } });
const fits = (display: string, value: ReturnType<typeof number> | { valueString: string }, flag?: LabFlag) =>
  fitsLabCode(loinc('1-8', display), { value, flag, referenceRange: undefined, note: undefined });

describe('the code of a laboratory parameter', () => {
  it.each([
    ['Hemoglobin [Mass/volume] in Blood', 'g/dL'],
    ['C reactive protein [Mass/volume] in Serum or Plasma', 'mg/L'],
    ['Sodium [Moles/volume] in Serum or Plasma', 'mmol/L'],
    ['Sodium [Moles/volume] in Serum or Plasma', 'meq/L'],
    ['Platelets [#/volume] in Blood', '10*5/uL'],
    ['Leukocytes [#/volume] in Blood', '/uL'],
    ['Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma', '[IU]/L'],
    ['Thyrotropin [Units/volume] in Serum or Plasma', 'u[IU]/mL'],
    ['Leukocytes [#/area] in Urine sediment by Microscopy high power field', '/[HPF]'],
    ['Neutrophils/100 leukocytes in Blood', '%'],
    ['Hematocrit [Volume Fraction] of Blood', '%'],
    ['Prothrombin time (PT)', 's'],
  ])('%s stands for a number in %s', (display, unit) => {
    expect(fits(display, number(unit))).toBe(true);
    expect(fits(display, number())).toBe(true);
  });

  it.each([
    ['Glucose [Mass/volume] in Blood', 'mmol/L'],
    ['Sodium [Moles/volume] in Serum or Plasma', 'mg/dL'],
    ['Neutrophils/100 leukocytes in Blood', '/uL'],
    ['Neutrophils [#/volume] in Blood', '%'],
    ['Leukocytes [#/area] in Urine sediment by Microscopy high power field', '/uL'],
    ['Albumin [Presence] in Urine', 'mg/dL'],
    ['Albumin [Presence] in Urine', undefined],
    ['Hemoglobin A1c/Hemoglobin.total in Blood', 'mmol/mol'],
  ])('%s does not stand for a number in %s', (display, unit) => {
    expect(fits(display, number(unit))).toBe(false);
  });

  it('of a count does not stand for words that count nothing', () => {
    const display = 'Leukocytes [#/area] in Urine sediment by Microscopy high power field';
    expect(fits(display, { valueString: 'Present' }, 'POS')).toBe(false);
    expect(fits(display, { valueString: 'Plenty' })).toBe(false);
    expect(fits(display, { valueString: '8-10 /hpf' })).toBe(true);
    expect(fits(display, { valueString: 'Nil' }, 'NEG')).toBe(true);
  });

  it('of something measured does not stand for "Negative", but for words that say nothing', () => {
    const display = 'C reactive protein [Mass/volume] in Serum or Plasma';
    expect(fits(display, { valueString: 'Negative' }, 'NEG')).toBe(false);
    expect(fits(display, { valueString: 'QNS' })).toBe(true);
    expect(fits('Albumin [Presence] in Urine', { valueString: 'Nil' }, 'NEG')).toBe(true);
  });
});

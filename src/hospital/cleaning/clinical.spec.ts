import { describe, expect, it } from '@jest/globals';
import type { VitalKind } from '../../ports/visit.js';
import { loadMapping } from '../mapping.js';
import { cleanAllergy, cleanDays, cleanIcd10, cleanNextVisit } from './clinical-words.js';
import { cleanVital } from './vitals.js';

const { vitalWords, noKnownAllergy, allergyNotAsked } = loadMapping('config/ehospital.yaml').values;

const vitals: readonly (readonly [VitalKind, string, unknown, string | undefined])[] = [
  ['blood-pressure', '130/80', { value: 130, secondValue: 80, unit: 'mm[Hg]' }, undefined],
  ['blood-pressure', '120/80 mmHg', { value: 120, secondValue: 80, unit: 'mm[Hg]' }, undefined],
  ['blood-pressure', '80/120', undefined, 'vital-implausible'],
  ['blood-pressure', '1300/80', undefined, 'vital-unread'],
  ['pulse', '88/min', { value: 88, unit: '/min' }, undefined],
  ['pulse', '64', { value: 64, unit: '/min' }, undefined],
  ['pulse', '64 reg', undefined, 'vital-unread'],
  ['pulse', '880', undefined, 'vital-implausible'],
  ['temperature', '101.2 F', { value: 38.4, unit: 'Cel' }, 'temperature-fahrenheit'],
  ['temperature', '99.2°F', { value: 37.3, unit: 'Cel' }, 'temperature-fahrenheit'],
  ['temperature', '37.1 C', { value: 37.1, unit: 'Cel' }, undefined],
  ['temperature', '98.6', { value: 37, unit: 'Cel' }, 'unit-assumed'],
  ['temperature', '37', { value: 37, unit: 'Cel' }, 'unit-assumed'],
  ['temperature', '43', { value: 43, unit: 'Cel' }, 'unit-assumed'],
  ['temperature', '45', undefined, 'vital-implausible'],
  ['temperature', '45 C', undefined, 'vital-implausible'],
  ['temperature', '112 F', undefined, 'vital-implausible'],
  ['temperature', '60', undefined, 'vital-implausible'],
  ['temperature', 'Afebrile', undefined, undefined],
  ['temperature', 'hot', undefined, 'vital-unread'],
  ['weight', '52 KG', { value: 52, unit: 'kg' }, undefined],
  ['weight', '52', { value: 52, unit: 'kg' }, 'unit-assumed'],
  ['weight', '2500 gm', { value: 2.5, unit: 'kg' }, 'weight-grams'],
  ['weight', '५२', { value: 52, unit: 'kg' }, 'unit-assumed'],
  ['weight', '900', undefined, 'vital-implausible'],
  ['height', '5\'1"', { value: 154.9, unit: 'cm' }, 'height-feet-inches'],
  ['height', '5 ft 1 in', { value: 154.9, unit: 'cm' }, 'height-feet-inches'],
  ['height', '156 cm', { value: 156, unit: 'cm' }, undefined],
  ['height', '156', { value: 156, unit: 'cm' }, 'unit-assumed'],
  ['height', '1.56 m', { value: 156, unit: 'cm' }, 'height-metres'],
  ['height', '5.1', undefined, 'vital-implausible'],
  ['height', '5\'14"', undefined, 'vital-implausible'],
  ['oxygen-saturation', '98%', { value: 98, unit: '%' }, undefined],
  ['oxygen-saturation', '97', { value: 97, unit: '%' }, undefined],
  ['oxygen-saturation', '98% RA', { value: 98, unit: '%' }, undefined],
  ['respiratory-rate', '18/min', { value: 18, unit: '/min' }, undefined],
  ['respiratory-rate', '18', { value: 18, unit: '/min' }, undefined],
  ['respiratory-rate', 'RR 22 per min', { value: 22, unit: '/min' }, undefined],
  ['respiratory-rate', '१८', { value: 18, unit: '/min' }, undefined],
  ['respiratory-rate', '0', undefined, 'vital-implausible'],
  ['respiratory-rate', '180', undefined, 'vital-implausible'],
  ['respiratory-rate', '-18', undefined, 'vital-unread'],
  ['respiratory-rate', 'fast', undefined, 'vital-unread'],
  ['respiratory-rate', 'Normal', undefined, undefined],
  ['oxygen-saturation', '109', undefined, 'vital-implausible'],
];

describe('cleanVital', () => {
  it.each(vitals)('reads %s %j', (kind, came, measure, rule) => {
    const cleaned = cleanVital(kind, came, vitalWords);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([measure, rule]);
  });
});

describe('cleanIcd10', () => {
  it.each([
    ['J06.9', 'J06.9', undefined],
    ['J069', 'J06.9', 'icd10-form'],
    ['i10', 'I10', 'icd10-form'],
    ['E1165', 'E11.65', 'icd10-form'],
    ['A09', 'A09', undefined],
    ['U07.1', undefined, 'icd10-unread'],
    ['fever', undefined, 'icd10-unread'],
    ['J06.', undefined, 'icd10-unread'],
  ])('reads %j as %s', (came, code, rule) => {
    const cleaned = cleanIcd10(came);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([code, rule]);
  });
});

describe('cleanAllergy', () => {
  it.each([
    ...['NKDA', 'NO', 'N', 'nil', 'No known allergy.', 'No known allergies', 'None known', 'no known drug allergies'],
    ...['No drug allergy', 'No allergies', 'Nil known', 'कोई नहीं', 'नहीं है', 'कोई एलर्जी नहीं'],
  ])('takes %j as none known', (came) => {
    expect(cleanAllergy(came, noKnownAllergy, allergyNotAsked).value).toEqual({ text: came, kind: 'none-known' });
  });

  it.each(['Not known', 'unknown', 'Not asked', 'NAD', 'not recorded', 'पता नहीं'])('takes %j as not asked', (came) => {
    const words = new Set([...noKnownAllergy, 'NOT KNOWN']);
    expect(cleanAllergy(came, words, allergyNotAsked).value).toEqual({ text: came, kind: 'not-asked' });
  });

  it.each(['Penicillin - rash', 'Sulfa drugs', 'No sulfa', 'NO penicillin'])('takes %j as an allergy', (came) => {
    expect(cleanAllergy(came, noKnownAllergy, allergyNotAsked).value?.kind).toBe('allergy');
  });
});

describe('cleanNextVisit', () => {
  it.each([
    ['after 5 days', '2025-08-17', 'next-visit-counted'],
    ['5 din baad', '2025-08-17', 'next-visit-counted'],
    ['५ दिन बाद', '2025-08-17', 'next-visit-counted'],
    ['2 weeks', '2025-08-26', 'next-visit-counted'],
    ['after 1 month', '2025-09-12', 'next-visit-counted'],
    ['17/08/2025', '2025-08-17', 'date-format'],
    ['01/08/2025', undefined, 'next-visit-before-visit'],
    ['SOS', undefined, 'next-visit-unread'],
    ['5 days after scan report', undefined, 'next-visit-unread'],
    ['31/02/2026', undefined, 'next-visit-unread'],
  ])('reads %j as %s', (came, date, rule) => {
    const cleaned = cleanNextVisit(came, '2025-08-12');
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([date, rule]);
  });
});

describe('cleanDays', () => {
  it.each([
    ['5', 5, undefined],
    ['5 days', 5, 'days-counted'],
    ['५ दिन', 5, 'days-counted'],
    ['1 week', 7, 'days-counted'],
    ['4 weeks', 28, 'days-counted'],
    ['3/7', 3, 'days-counted'],
    ['x 3/7', 3, 'days-counted'],
    ['2/52', 14, 'days-counted'],
    ['x 5 d', 5, 'days-counted'],
    ['x5d', 5, 'days-counted'],
    ['for 5 days', 5, 'days-counted'],
    ['3/12', undefined, 'days-unread'],
    ['1/2', undefined, 'days-unread'],
    ['3 माह', undefined, 'days-unread'],
    ['1 month', undefined, 'days-unread'],
    ['0', undefined, 'days-unread'],
    ['3-5', undefined, 'days-unread'],
    ['till review', undefined, 'days-unread'],
  ])('reads %j as %s', (came, days, rule) => {
    const cleaned = cleanDays(came);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([days, rule]);
  });
});

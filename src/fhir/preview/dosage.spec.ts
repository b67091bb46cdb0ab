import { describe, expect, it } from '@jest/globals';
import type { Dosage } from 'fhir/r4.js';
import { dosageWords } from './dosage.js';
import { ENGLISH } from './texts.en.js';
import { HINDI } from './texts.hi.js';

const en = (dosage: Dosage) => dosageWords(dosage, ENGLISH);
const hi = (dosage: Dosage) => dosageWords(dosage, HINDI);
const daily = (frequency: number, rest: object = {}): Dosage => ({
  timing: { repeat: { frequency, period: 1, periodUnit: 'd', ...rest } },
});

describe('how to take a medicine', () => {
  it('names the times of the day, the days and the meal', () => {
    const dosage = daily(2, { when: ['MORN', 'NIGHT', 'PC'], boundsDuration: { value: 3, code: 'd', unit: 'days' } });
    expect(en(dosage)).toBe('in the morning and at night, for 3 days, after food');
    expect(hi(dosage)).toBe('सुबह और रात, 3 दिन, खाने के बाद');
  });

  it('counts where no times are named', () => {
    expect([1, 2, 3, 4, 6].map((times) => en(daily(times)))).toEqual([
      'once a day',
      'twice a day',
      'three times a day',
      'four times a day',
      '6 times per day',
    ]);
    expect(hi(daily(3))).toBe('दिन में तीन बार');
  });

  it('counts too where fewer times are named than there are doses', () => {
    expect(en(daily(3, { when: ['HS'] }))).toBe('at bedtime, three times a day');
  });

  it('never loses that it is not for every day', () => {
    const alternate: Dosage = { timing: { repeat: { frequency: 1, period: 2, periodUnit: 'd', when: ['MORN'] } } };
    expect(en(alternate)).toBe('in the morning, every 2 days');
    expect(hi(alternate)).toBe('सुबह, हर 2 दिन');
    expect(en({ timing: { repeat: { frequency: 1, period: 1, periodUnit: 'wk' } } })).toBe('every week');
    expect(en({ timing: { repeat: { frequency: 3, period: 1, periodUnit: 'wk', dayOfWeek: ['mon', 'fri'] } } })).toBe(
      '3 times per week, on Monday, Friday',
    );
    expect(en({ timing: { repeat: { frequency: 1, period: 6, periodMax: 8, periodUnit: 'h' } } })).toBe(
      'every 6–8 hours',
    );
  });

  it('says the amount, and when it is needed only', () => {
    const dosage: Dosage = { doseAndRate: [{ doseQuantity: { value: 10, unit: 'ml' } }], asNeededBoolean: true };
    expect(en(dosage)).toBe('10 ml, only when needed');
    const half: Dosage = { doseAndRate: [{ doseQuantity: { value: 0.5, unit: 'tablet' } }] };
    expect(en({ doseAndRate: [{ doseQuantity: { value: 2, unit: 'tablet' } }] })).toBe('2 tablets');
    expect([en(half), hi(half)]).toEqual(['½ tablet', '½ गोली']);
    expect(hi({ asNeededCodeableConcept: { text: 'बुखार' } })).toBe('सिर्फ़ ज़रूरत पड़ने पर: बुखार');
  });

  it('says that a dose is given once', () => {
    expect(en({ timing: { repeat: { count: 1 } } })).toBe('once only');
    expect(hi({ timing: { repeat: { count: 1 } } })).toBe('सिर्फ़ एक बार');
  });

  it('says a known way in plain words, and the hospital’s word only where its text has it not', () => {
    const coded: Dosage = {
      route: { coding: [{ code: '26643006', display: 'Oral route' }], text: 'ORAL' },
      text: '1, ORAL',
    };
    expect([en(coded), hi(coded)]).toEqual(['by mouth', 'मुँह से']);
    expect(en({ route: { coding: [{ code: '54485002' }], text: 'LEFT EYE' } })).toBe('into the eye, LEFT EYE');
    expect(en({ route: { text: 'ORAL' }, text: '1, OD, oral' })).toBeUndefined();
    expect(en({ route: { text: 'ORAL' } })).toBe('ORAL');
  });

  it('is silent where nothing was structured', () => {
    expect(en({ text: 'as told' })).toBeUndefined();
  });
});

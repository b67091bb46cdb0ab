import { describe, expect, it } from '@jest/globals';
import type { Prescription } from '../../ports/visit.js';
import { loadTerminology } from '../terminology/load.js';
import { dosages, dosageText } from './dosage.js';

const terms = loadTerminology('config/terminology');

const prescription = (overrides: Partial<Prescription>): Prescription => ({
  drug: 'TAB TESTAMOL 500',
  dose: undefined,
  frequency: undefined,
  days: undefined,
  daysText: undefined,
  route: undefined,
  ...overrides,
});
const dosagesOf = (overrides: Partial<Prescription>) => dosages(prescription(overrides), terms);
const quantityOf = (dose: string | undefined, drug: string, frequency?: string) =>
  dosagesOf({ dose, drug, frequency })[0]?.doseAndRate?.[0]?.doseQuantity;

const days = (value: number) => ({ value, unit: 'days', system: 'http://unitsofmeasure.org', code: 'd' });
const ucum = (value: number, unit: string, code: string) => ({
  value,
  unit,
  system: 'http://unitsofmeasure.org',
  code,
});

describe('a dosage', () => {
  it('has the hospital’s words and what they mean', () => {
    expect(dosagesOf({ dose: '1 tab', frequency: '1-0-1', days: 3, daysText: '3', route: 'PO' })).toEqual([
      {
        text: '1 tab, 1-0-1, 3 days, PO',
        route: {
          coding: [{ system: 'http://snomed.info/sct', code: '26643006', display: 'Oral route' }],
          text: 'PO',
        },
        doseAndRate: [{ doseQuantity: ucum(1, 'tablet', '{tbl}') }],
        timing: { repeat: { boundsDuration: days(3), frequency: 2, period: 1, periodUnit: 'd' } },
      },
    ]);
  });

  it('has only the words where they are not understood', () => {
    const odd = { dose: 'local', frequency: 'as told', days: 10, daysText: '10', route: 'SOMEHOW' };
    expect(dosagesOf(odd)).toEqual([{ text: 'local, as told, 10 days, SOMEHOW', route: { text: 'SOMEHOW' } }]);
  });

  it('keeps the hospital’s own words of how long', () => {
    const told = (daysText: string, days: number) => dosageText(prescription({ days, daysText }));
    expect(told('4 weeks', 28)).toBe('4 weeks');
    expect(told('१', 1)).toBe('1 day');
    expect(dosagesOf({ frequency: 'BD', days: 28, daysText: '4 weeks' })[0]?.timing?.repeat?.boundsDuration).toEqual(
      days(28),
    );
  });

  it('is several where the amounts differ, all at the same stage of the treatment', () => {
    const twoAndOne = dosagesOf({ dose: '1', frequency: '2-0-1', days: 5 });
    expect(twoAndOne.map(({ text }) => text)).toEqual(['1, 2-0-1, 5 days', '1, 2-0-1, 5 days']);
    expect(twoAndOne.map(({ sequence, timing, doseAndRate }) => [sequence, timing, doseAndRate])).toEqual([
      [
        1,
        { repeat: { boundsDuration: days(5), frequency: 1, period: 1, periodUnit: 'd', when: ['MORN'] } },
        [{ doseQuantity: ucum(2, 'tablet', '{tbl}') }],
      ],
      [
        1,
        { repeat: { boundsDuration: days(5), frequency: 1, period: 1, periodUnit: 'd', when: ['NIGHT'] } },
        [{ doseQuantity: ucum(1, 'tablet', '{tbl}') }],
      ],
    ]);
  });

  it('counts half tablets', () => {
    expect(dosagesOf({ frequency: '1/2-0-1/2' })).toMatchObject([
      { timing: { repeat: { frequency: 2 } }, doseAndRate: [{ doseQuantity: ucum(0.5, 'tablet', '{tbl}') }] },
    ]);
  });

  it('is once for STAT, whatever number stands under days', () => {
    expect(dosagesOf({ dose: '1', frequency: 'STAT', days: 1 })[0]?.timing).toEqual({ repeat: { count: 1 } });
  });

  it('is when needed for SOS, for so many days', () => {
    expect(dosagesOf({ frequency: 'SOS' })).toEqual([{ text: 'SOS', asNeededBoolean: true }]);
    expect(dosagesOf({ frequency: 'SOS', days: 3 })).toMatchObject([
      { asNeededBoolean: true, timing: { repeat: { boundsDuration: days(3) } } },
    ]);
    expect(dosagesOf({ frequency: 'TDS SOS' })).toMatchObject([
      { asNeededBoolean: true, timing: { repeat: { frequency: 3 } } },
    ]);
  });

  it.each([0, -1])('has no duration of %i days', (count) => {
    expect(dosagesOf({ frequency: 'BD', days: count })[0]?.timing?.repeat).not.toHaveProperty('boundsDuration');
  });

  it('says so when nothing was written', () => {
    expect(dosageText(prescription({}))).toBe('Dosage not written by the hospital');
    expect(dosagesOf({})).toEqual([{ text: 'Dosage not written by the hospital' }]);
  });
});

describe('an amount', () => {
  it.each<[string | undefined, string, number, string]>([
    ['1', 'TAB PCM 500', 1, '{tbl}'],
    ['4', 'TAB ACT (AL) ADULT', 4, '{tbl}'],
    ['1 tab', 'Tab Cetirizine 10mg', 1, '{tbl}'],
    ['1', 'CAP OMEPRAZOLE 20', 1, '{capsule}'],
    ['10ml', 'SYP COUGH LINCTUS', 10, 'mL'],
    ['1 sachet', 'ORS', 1, '{sachet}'],
    ['½ tab', 'TAB PCM 500', 0.5, '{tbl}'],
    ['1 1/2', 'TAB PCM 500', 1.5, '{tbl}'],
    ['आधी गोली', 'PCM', 0.5, '{tbl}'],
    ['2 drops', 'E/D CIPRO', 2, '[drp]'],
    ['2 puffs', 'INH SALBUTAMOL', 2, '{puff}'],
    ['500 mg', 'PCM', 500, 'mg'],
  ])('%s of %s is %d %s', (dose, drug, value, code) => {
    expect(quantityOf(dose, drug)).toMatchObject({ value, code });
  });

  it.each<[string | undefined, string]>([
    ['local', 'DICLO GEL'],
    ['1', 'DICLO GEL'],
    ['1', 'INJ ONDANSETRON 4MG'],
    ['1', 'PCM'],
    ['5-10 ml', 'SYP PCM'],
    ['1 tsp', 'SYP PCM'],
    ['10 units', 'INJ INSULIN'],
    ['1 cap', 'TAB PCM 500'],
    ['0', 'TAB PCM 500'],
    ['1/0', 'TAB PCM 500'],
    ['constructor', 'TAB PCM 500'],
    [undefined, 'TAB PCM 500'],
  ])('%s of %s is not sure', (dose, drug) => {
    expect(quantityOf(dose, drug)).toBeUndefined();
  });

  it('is not sure when dose and pattern both count', () => {
    expect(quantityOf('2', 'TAB PCM 500', '2-0-2')).toBeUndefined();
    expect(quantityOf('1', 'TAB PCM 500', '2-0-2')).toMatchObject({ value: 2 });
    expect(quantityOf('2', 'TAB PCM 500', '1-0-1')).toMatchObject({ value: 2 });
  });
});

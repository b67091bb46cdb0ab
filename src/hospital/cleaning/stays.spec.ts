import { describe, expect, it } from '@jest/globals';
import { loadMapping } from '../mapping.js';
import { cleanAdmissionKind, cleanDischarge } from './stays.js';

const { dayCare, inpatient } = loadMapping('config/ehospital.yaml').values;
const ADMITTED = '2025-08-12T09:41:00+05:30';

describe('cleanAdmissionKind', () => {
  it.each([
    ['DAY CARE', 'day-care', undefined],
    ['Daycare', 'day-care', undefined],
    ['DC', 'day-care', undefined],
    ['डे केयर', 'day-care', undefined],
    ['IPD', 'inpatient', undefined],
    ['भर्ती', 'inpatient', undefined],
    ['HDU bed 4', 'inpatient', 'admission-kind'],
  ])('reads %j as %s', (came, kind, rule) => {
    const cleaned = cleanAdmissionKind(came, dayCare, inpatient);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([kind, rule]);
  });
});

describe('cleanDischarge', () => {
  it.each([
    ['14/08/2025 11:00', '2025-08-14T11:00:00+05:30', 'date-format'],
    ['14/08/2025', '2025-08-14T00:00:00+05:30', 'date-without-time'],
    ['12/08/2025', ADMITTED, 'discharge-same-day'],
    ['12/08/2025 08:00', undefined, 'discharge-before-admission'],
    ['11/08/2025', undefined, 'discharge-before-admission'],
    ['31/02/2025', undefined, 'date-impossible'],
    ['00/00/0000', undefined, 'date-placeholder'],
  ])('reads %j as %s', (came, moment, rule) => {
    const cleaned = cleanDischarge(came, ADMITTED);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([moment, rule]);
  });

  it('takes the discharge as it is when no admission is known', () => {
    expect(cleanDischarge('11/08/2025 08:00', undefined).value).toBe('2025-08-11T08:00:00+05:30');
  });
});

import { describe, expect, it } from '@jest/globals';
import { isClinical } from './displays.js';

describe('a display', () => {
  it.each([
    'OPD visit on 16-Sep-2026',
    'Prescription of 16-Sep-2026',
    'Lab report of 16-Sep-2026',
    'Discharge summary of 16-Sep-2026',
    'Immunization record',
    'Records for Soma Bai',
    'District Hospital Bastar',
    'OPD visit on 16-Sep-2026 (Asha Devi)',
  ])('may say %s', (display) => expect(isClinical(display)).toBe(false));

  it.each([
    'Cardiology visit',
    'OPD visit, Psychiatry',
    'TB clinic 16-Sep-2026',
    'HIV test',
    'Report: Positive',
    'Tab Paracetamol 500 mg',
    'Visit for fever',
    'ANC visit',
    'Appendectomy',
    'Tonsillitis',
  ])('may not say %s', (display) => expect(isClinical(display)).toBe(true));

  it('may hold the name of the facility, which the patient chose herself', () => {
    expect(isClinical('State TB Hospital OPD', 'State TB Hospital')).toBe(false);
    expect(isClinical('State TB Hospital, HIV test', 'State TB Hospital')).toBe(true);
  });
});

import { describe, expect, it } from '@jest/globals';
import { aRecord, resourcesOf } from '../../../test/makers/records.js';
import { aVisit } from '../../../test/makers/visit.js';

const { bundle } = aRecord('Prescription');
const [composition] = resourcesOf(bundle, 'Composition');

describe('a prescription', () => {
  it('has one section, with the type on every entry', () => {
    expect(composition!.section).toHaveLength(1);
    expect(composition!.section![0]!.entry!.map((entry) => entry.type)).toEqual([
      'MedicationRequest',
      'MedicationRequest',
    ]);
  });

  it('names drugs and dosages in the hospital’s words, with the code beside it when it is sure', () => {
    const [first] = resourcesOf(bundle, 'MedicationRequest');
    expect(first!.medicationCodeableConcept).toMatchObject({ text: 'TAB PCM 500', coding: [{ code: '322236009' }] });
    expect(first!.dosageInstruction![0]!.text).toBe('1, 1-0-1, 3 days, ORAL');
    expect(first!.dosageInstruction![0]!.timing!.repeat).toEqual({
      boundsDuration: { value: 3, unit: 'days', system: 'http://unitsofmeasure.org', code: 'd' },
      frequency: 2,
      period: 1,
      periodUnit: 'd',
    });
  });

  it('says so when the hospital wrote no dosage', () => {
    const bare = {
      drug: 'ORS',
      dose: undefined,
      frequency: undefined,
      days: undefined,
      daysText: undefined,
      route: undefined,
    };
    const [ors] = resourcesOf(aRecord('Prescription', aVisit({ prescriptions: [bare] })).bundle, 'MedicationRequest');
    expect(ors!.dosageInstruction).toEqual([{ text: 'Dosage not written by the hospital' }]);
  });

  it('tells nothing of complaint, diagnosis or vitals, which the patient did not share with it', () => {
    expect(bundle.entry!.map((entry) => entry.resource!.resourceType)).toEqual([
      'Composition',
      'Patient',
      'Practitioner',
      'Organization',
      'Encounter',
      'MedicationRequest',
      'MedicationRequest',
    ]);
    expect(aRecord('Prescription').json).not.toContain('URTI');
  });

  it('holds the same drugs under the same ids as the consultation', () => {
    const drugs = (hiType: 'OPConsultation' | 'Prescription') =>
      resourcesOf(aRecord(hiType).bundle, 'MedicationRequest');
    expect(drugs('Prescription')).toEqual(drugs('OPConsultation'));
  });
});

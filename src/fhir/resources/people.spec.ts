import { describe, expect, it } from '@jest/globals';
import { A_PLACE, aRecord, resourcesOf } from '../../../test/makers/records.js';
import { aVisit, aVisitDoctor, aVisitPatient } from '../../../test/makers/visit.js';
import { createDefaultValidator } from '../validation/index.js';

const bundleOf = (overrides: Parameters<typeof aVisit>[0]) => aRecord('OPConsultation', aVisit(overrides)).bundle;

describe('the patient in a record', () => {
  const patient = resourcesOf(bundleOf({}), 'Patient')[0]!;

  it('carries the ABHA number as health id and as record number, the address, the hospital’s and the PM-JAY number', () => {
    const numbers = patient.identifier!.map((each) => [each.type!.coding![0]!.code, each.value]);
    expect(numbers).toEqual([
      ['HIN', '91-0000-0000-0017'],
      ['MR', '91-0000-0000-0017'],
      ['ABHA', 'asha.test@sbx'],
      ['MR', 'TST-2025-0000017'],
      ['PMJAY', 'PTEST0001'],
    ]);
    const hospitals = patient.identifier![3]!;
    expect(hospitals.system).toBe(`https://facility.ndhm.gov.in/${A_PLACE.facility.hfrId}/patient`);
  });

  it('has a Latin name, and a Hindi one that says it is Hindi', () => {
    expect(patient.name).toEqual([
      { use: 'official', text: 'SMT ASHA TESTWALI', prefix: ['SMT'] },
      {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/language', valueCode: 'hi' }],
        use: 'usual',
        text: 'आशा टेस्टवाली',
      },
    ]);
  });

  it('is born in a year when only the age is known', () => {
    expect(patient.birthDate).toBe('1984');
  });

  it('needs no ABHA', () => {
    const without = bundleOf({ patient: aVisitPatient({ abhaNumber: undefined, abhaAddress: undefined }) });
    const codes = resourcesOf(without, 'Patient')[0]!.identifier!.map((each) => each.type!.coding![0]!.code);
    expect(codes).toEqual(['MR', 'PMJAY']);
  });
});

describe('the doctor in a record', () => {
  const author = (doctor: Parameters<typeof aVisitDoctor>[0]) => {
    const bundle = bundleOf({ doctor: aVisitDoctor(doctor) });
    expect(createDefaultValidator().validate(bundle)).toEqual([]);
    return resourcesOf(bundle, 'Practitioner')[0] ?? resourcesOf(bundle, 'PractitionerRole')[0]!;
  };

  it('carries HPR id and registration number', () => {
    const codes = author({}).identifier!.map((each) => each.type!.coding![0]!.code);
    expect(codes).toEqual(['HPIN', 'MD']);
  });

  it('goes by the hospital’s own number when there is no national one', () => {
    const [only] = author({ hprId: undefined, registrationNumber: undefined }).identifier!;
    expect(only).toMatchObject({ value: 'D900', type: { coding: [{ code: 'EI' }] } });
  });

  it('is a role when the hospital names no person', () => {
    const role = author({ name: undefined, role: 'DUTY MO', hprId: undefined, registrationNumber: undefined });
    expect(role).toMatchObject({ resourceType: 'PractitionerRole', code: [{ text: 'DUTY MO' }] });
  });

  it('is a role with a name when there is no number at all', () => {
    const role = author({ id: undefined, hprId: undefined, registrationNumber: undefined });
    expect(role).toMatchObject({ resourceType: 'PractitionerRole', practitioner: { display: 'Dr Test Doctor' } });
  });
});

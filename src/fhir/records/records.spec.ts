import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { A_PLACE, aRecord, resourcesOf } from '../../../test/makers/records.js';
import { allValidators } from '../../../test/makers/validators.js';
import {
  aBillLine,
  aLabReport,
  aVisit,
  anAdmission,
  anImagingReport,
  anImmunization,
} from '../../../test/makers/visit.js';
import { createDefaultValidator } from '../validation/index.js';
import { buildRecords } from './index.js';

const validator = createDefaultValidator();
/** Without the one known warning: the guide's list of vital signs lacks the temperature code that its example sends. */
const issuesIn = (bundle: unknown) => validator.validate(bundle).filter(({ rule }) => rule !== 'unusual-code');

describe('the records of a visit', () => {
  it('are a consultation, and what else the hospital wrote: medicines, scans, measurements', () => {
    const hiTypes = (visit = aVisit()) => buildRecords(visit, A_PLACE).records.map((record) => record.hiType);
    expect(hiTypes()).toEqual(['OPConsultation', 'Prescription', 'HealthDocumentRecord', 'WellnessRecord']);
    expect(hiTypes(aVisit({ prescriptions: [], documents: [], vitals: [] }))).toEqual(['OPConsultation']);
  });

  it('are none when the hospital took the visit back', () => {
    expect(buildRecords(aVisit({ withdrawn: true }), A_PLACE).records).toEqual([]);
  });

  it('are valid documents', () => {
    for (const { bundle } of buildRecords(aVisit(), A_PLACE).records) expect(issuesIn(bundle)).toEqual([]);
  });

  it('are valid when nothing is known but who and when', () => {
    const visit = aVisit({
      department: undefined,
      visitType: undefined,
      patient: {
        ...aVisit().patient,
        honorific: undefined,
        nameHindi: undefined,
        birthDate: undefined,
        mobile: undefined,
        relation: undefined,
        address: { village: undefined, district: undefined, state: undefined, pin: undefined },
        abhaNumber: undefined,
        abhaAddress: undefined,
        pmjayId: undefined,
      },
      doctor: { id: undefined, name: undefined, role: undefined, registrationNumber: undefined, hprId: undefined },
      vitals: [],
      complaint: undefined,
      diagnoses: [],
      allergy: undefined,
      advice: undefined,
      nextVisit: undefined,
      referredTo: undefined,
      prescriptions: [],
      documents: [],
    });
    const [record] = buildRecords(visit, { ...A_PLACE, facility: { hfrId: 'IN1', name: 'H' } }).records;
    expect(validator.validate(record!.bundle)).toEqual([]);
    expect(record!.json).toContain('no clinical notes');
  });

  it('are the same bytes for the same version of a visit', () => {
    expect(buildRecords(aVisit(), A_PLACE)).toEqual(buildRecords(aVisit(), A_PLACE));
    expect(buildRecords(aVisit(), A_PLACE).records.map(({ json }) => json)).toEqual(
      buildRecords(aVisit(), A_PLACE).records.map(({ json }) => json),
    );
  });

  it('are serialised as they stand', () => {
    for (const { bundle, json } of buildRecords(aVisit(), A_PLACE).records) expect(JSON.parse(json)).toEqual(bundle);
  });

  it('keep their Composition and take a new document identifier when the visit is corrected', () => {
    const before = aRecord('OPConsultation').bundle;
    const after = aRecord('OPConsultation', aVisit({ rowVersion: 2, advice: 'Rest' })).bundle;
    expect(resourcesOf(after, 'Composition')[0]!.id).toBe(resourcesOf(before, 'Composition')[0]!.id);
    expect(after.identifier!.value).not.toBe(before.identifier!.value);
    expect(after.id).not.toBe(before.id);
    expect(after.meta!.versionId).toBe('2');
  });

  it('never share a document identifier, nor an id with another visit or hospital', () => {
    const elsewhere = { ...A_PLACE, facility: { ...A_PLACE.facility, hfrId: 'IN2210000998' } };
    const documents = [
      ...buildRecords(aVisit(), A_PLACE).records,
      ...buildRecords(aVisit({ opdNumber: 'OPD/25/900002' }), A_PLACE).records,
      ...buildRecords(aVisit(), elsewhere).records,
    ].map(({ bundle }) => bundle);
    expect(new Set(documents.map((bundle) => bundle.identifier!.value)).size).toBe(12);
    expect(new Set(documents.map((bundle) => resourcesOf(bundle, 'Composition')[0]!.id)).size).toBe(12);
  });

  it('carry the moment of the visit as their only time', () => {
    const { bundle } = aRecord('OPConsultation');
    expect(bundle.timestamp).toBe('2025-08-12T09:41:00+05:30');
    expect(resourcesOf(bundle, 'Composition')[0]!.date).toBe('2025-08-12T09:41:00+05:30');
  });

  it('are marked very restricted, and name the envelope’s profile', () => {
    const { meta, type } = aRecord('Prescription').bundle;
    expect(type).toBe('document');
    expect(meta!.security![0]!.code).toBe('V');
    expect(meta!.profile).toEqual(['https://nrces.in/ndhm/fhir/r4/StructureDefinition/DocumentBundle']);
  });

  it('show words, not markup, whatever the hospital typed', () => {
    const attack = '<script>alert("x")</script> & <b>';
    const base = aVisit();
    const visit = aVisit({
      complaint: attack,
      advice: attack,
      patient: { ...base.patient, name: attack, nameHindi: attack },
      prescriptions: [{ ...base.prescriptions[0]!, drug: attack }],
      documents: [{ ...base.documents[0]!, name: attack }],
    });
    for (const { bundle, json } of buildRecords(visit, A_PLACE).records) {
      expect(issuesIn(bundle)).toEqual([]);
      const divs = [...json.matchAll(/"div":"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1]!);
      expect(divs.length).toBeGreaterThan(1);
      for (const div of divs) expect(div).not.toMatch(/<script|<b> \//);
      expect(divs.join('')).toContain('&lt;script&gt;');
    }
    const patient = resourcesOf(aRecord('OPConsultation', visit).bundle, 'Patient')[0]!;
    expect(patient.name![0]!.text).toContain(attack);
  });
});

describe('what is denied, doubted, refused or stopped', () => {
  it('makes valid documents, also under the official package', () => {
    const visit = aVisit({
      complaint: 'no fever, ? malaria; h/o TB 2 years back',
      diagnoses: ['no fever', '? malaria', 'h/o TB'].map((text) => ({ text, icd10: 'R50.9' })),
      allergy: { text: 'unknown', kind: 'not-asked' },
      prescriptions: [{ ...aVisit().prescriptions[0]!, drug: 'STOP TAB TESTAMOL' }],
      immunizations: [anImmunization({ vaccine: 'BCG not given', givenOn: undefined, nextDueOn: '2025-09-09' })],
      admission: anAdmission({ procedures: [{ text: 'LSCS planned', performedOn: undefined }] }),
    });
    for (const { bundle } of buildRecords(visit, A_PLACE).records) {
      for (const each of allValidators()) {
        expect(each.validate(bundle).filter(({ rule }) => rule !== 'unusual-code')).toEqual([]);
      }
    }
  });
});

describe('whatever the hospital sends twice', () => {
  const FULL = aVisit({
    labReports: [aLabReport(), aLabReport({ test: 'LFT', status: 'provisional' })],
    imagingReports: [anImagingReport()],
    admission: anAdmission(),
    immunizations: [anImmunization({ nextDueOn: '2025-09-09' })],
    bills: [aBillLine()],
  });
  const LISTS = [
    ...(['vitals', 'diagnoses', 'prescriptions', 'labReports', 'imagingReports', 'immunizations'] as const),
    ...(['documents', 'bills'] as const),
  ];

  it('has an id of its own in a valid document', () => {
    fc.assert(
      fc.property(fc.subarray(LISTS, { minLength: 1 }), fc.boolean(), (lists, isSame) => {
        const copy = <T>(list: readonly T[]): readonly T[] => [...list, ...(isSame ? list : structuredClone(list))];
        const twice = Object.fromEntries(lists.map((list) => [list, copy<unknown>(FULL[list])]));
        const { records } = buildRecords({ ...FULL, ...twice }, A_PLACE);
        for (const { bundle } of records) {
          expect(issuesIn(bundle)).toEqual([]);
          expect(new Set(bundle.entry!.map(({ fullUrl }) => fullUrl)).size).toBe(bundle.entry!.length);
        }
        expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
      }),
      { numRuns: 12 },
    );
  });

  it('is one order where a test comes as provisional and as authorised', () => {
    const labReports = [aLabReport({ status: 'provisional' }), aLabReport()];
    const { records } = buildRecords({ ...FULL, labReports }, A_PLACE);
    for (const { bundle } of records) expect(issuesIn(bundle)).toEqual([]);
  });
});

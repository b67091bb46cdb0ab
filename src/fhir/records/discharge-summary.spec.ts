import { describe, expect, it } from '@jest/globals';
import { A_PLACE, aRecord, resourcesOf } from '../../../test/makers/records.js';
import { allValidators } from '../../../test/makers/validators.js';
import { aLabReport, aVisit, anAdmission, anImagingReport } from '../../../test/makers/visit.js';
import type { Admission, Visit } from '../../ports/visit.js';
import { buildRecords } from './index.js';

const validators = allValidators();

function summary(admission: Partial<Admission> = {}, visit: Partial<Visit> = {}) {
  const { bundle } = aRecord('DischargeSummary', aVisit({ admission: anAdmission(admission), ...visit }));
  for (const validator of validators) expect(validator.validate(bundle)).toEqual([]);
  return bundle;
}
const composition = (...of: Parameters<typeof summary>) => resourcesOf(summary(...of), 'Composition')[0]!;
const codes = (...of: Parameters<typeof summary>) =>
  composition(...of).section!.map((section) => section.code!.coding![0]!.code);
const stayOf = (...of: Parameters<typeof summary>) => {
  const bundle = summary(...of);
  const { encounter } = resourcesOf(bundle, 'Composition')[0]!;
  return resourcesOf(bundle, 'Encounter').find(({ id }) => encounter?.reference === `urn:uuid:${id!}`)!;
};

const SILENT: Partial<Visit> = {
  complaint: undefined,
  vitals: [],
  allergy: undefined,
  diagnoses: [],
  prescriptions: [],
  nextVisit: undefined,
  referredTo: undefined,
};
const BARE: Partial<Admission> = {
  number: undefined,
  ward: undefined,
  admittedAt: undefined,
  outcome: undefined,
  pastHistory: undefined,
  familyHistory: undefined,
  examination: undefined,
  course: undefined,
  procedures: [],
  dischargeAdvice: undefined,
};

describe('a discharge summary', () => {
  it('is written when the patient has left, and not before', () => {
    const hiTypes = (admission: Admission | undefined) =>
      buildRecords(aVisit({ admission }), A_PLACE).records.map(({ hiType }) => hiType);
    expect(hiTypes(anAdmission())).toContain('DischargeSummary');
    expect(hiTypes(anAdmission({ dischargedAt: undefined }))).not.toContain('DischargeSummary');
    expect(hiTypes(undefined)).not.toContain('DischargeSummary');
  });

  it('has its sections in the order of the profile', () => {
    expect(codes({}, { labReports: [aLabReport()], imagingReports: [anImagingReport()] })).toEqual([
      '422843007', // complaints
      '425044008', // physical examination
      '722446000', // allergies
      '1003642006', // diagnosis and past history
      '422432008', // family history
      '721981007', // test results
      '1003606003', // medicines
      '1003640003', // procedures
      '734163000', // care plan
    ]);
  });

  it('leaves out what the hospital did not write', () => {
    expect(codes({ ...BARE, course: 'Uneventful' }, SILENT)).toEqual(['734163000']);
  });

  it('says so when nothing was written down but that the patient left', () => {
    const { section } = composition(BARE, SILENT);
    expect(section).toHaveLength(1);
    expect(section![0]!.text!.div).toContain('no clinical notes');
  });

  it('is dated by the discharge and stands on the stay', () => {
    expect(composition().date).toBe('2025-08-15T16:00:00+05:30');
    expect(stayOf()).toMatchObject({
      class: { code: 'IMP' },
      status: 'finished',
      serviceType: { text: 'Female Medical Ward' },
      period: { start: '2025-08-12T12:00:00+05:30', end: '2025-08-15T16:00:00+05:30' },
      hospitalization: { dischargeDisposition: { text: 'Recovered' } },
      identifier: [{ system: 'https://facility.ndhm.gov.in/IN2210000999/stay', value: 'IPD-900001' }],
    });
  });

  it('says of which OPD visit the stay came, and has that visit in it', () => {
    const visit = resourcesOf(summary(BARE, SILENT), 'Encounter').find(({ class: { code } }) => code === 'AMB')!;
    expect(stayOf(BARE, SILENT).partOf).toMatchObject({ reference: `urn:uuid:${visit.id!}` });
  });

  it('calls day care a short stay', () => {
    expect(stayOf({ kind: 'day-care' }).class).toMatchObject({ code: 'SS' });
  });

  it('tells what the visit already told under the same ids and with the same content', () => {
    const visit = aVisit({ admission: anAdmission(), labReports: [aLabReport()] });
    const resources = (hiType: 'OPConsultation' | 'DischargeSummary' | 'DiagnosticReport') =>
      new Map(aRecord(hiType, visit).bundle.entry!.map(({ resource }) => [resource!.id, resource]));
    const told = resources('DischargeSummary');
    const shared = [...resources('OPConsultation'), ...resources('DiagnosticReport')].filter(([id]) => told.has(id));
    const types = new Set(shared.map(([, resource]) => resource!.resourceType));
    for (const type of ['Condition', 'MedicationRequest', 'AllergyIntolerance', 'DiagnosticReport', 'Observation']) {
      expect(types).toContain(type);
    }
    for (const [id, resource] of shared) expect(told.get(id)).toEqual(resource);
  });

  it('holds the authorised reports, and one person who signed two of them once', () => {
    const by = { authorisedBy: 'Dr Test Pathologist' };
    const bundle = summary(
      {},
      {
        labReports: [
          aLabReport(by),
          aLabReport({ ...by, number: '2' }),
          aLabReport({ number: '3', status: 'provisional' }),
        ],
        imagingReports: [anImagingReport(by), anImagingReport({ number: 'R2', image: undefined })],
      },
    );
    expect(resourcesOf(bundle, 'DiagnosticReport').map(({ code }) => code.text)).toEqual([
      'CBC',
      'CBC',
      'X-RAY CHEST PA',
    ]);
    expect(resourcesOf(bundle, 'PractitionerRole')).toHaveLength(1);
  });

  it('says what the patient is to do at home, and how it went', () => {
    const [plan] = resourcesOf(summary(), 'CarePlan');
    expect(plan).toMatchObject({
      status: 'active',
      intent: 'plan',
      description: 'दवा पूरी लें, 7 दिन आराम',
      note: [
        { text: 'Course in the ward: IV antibiotics for 3 days, afebrile since 14/08' },
        { text: 'Next visit: 17/08/2025 (17-08-2025)' },
        { text: 'Referred to: Test Medical College' },
      ],
    });
  });

  it('keeps past history apart from today’s diagnosis', () => {
    const conditions = resourcesOf(summary(), 'Condition');
    const past = conditions.find(({ code }) => code!.text === 'K/c/o HTN x 5 yrs')!;
    expect(past.clinicalStatus).toBeUndefined();
    const div = composition().section!.find(({ code }) => code!.coding![0]!.code === '1003642006')!.text!.div;
    expect(div).toContain('Past history / पुरानी बीमारियाँ: K/c/o HTN x 5 yrs');
    expect(div).toContain('Diagnosis / निदान: Ac. URTI');
  });

  it('keeps the family history in the hospital’s words', () => {
    const [family] = resourcesOf(summary(), 'FamilyMemberHistory');
    expect(family).toMatchObject({ status: 'partial', condition: [{ code: { text: 'Father diabetic' } }] });
  });

  it('tells procedures with their day, and two of one name as two', () => {
    const tap = { text: 'Pleural tap', performedOn: '2025-08-13' };
    const bundle = summary({ procedures: [tap, tap, { ...tap, performedOn: undefined }] });
    const procedures = resourcesOf(bundle, 'Procedure');
    expect(new Set(procedures.map(({ id }) => id)).size).toBe(3);
    expect(procedures.map(({ performedDateTime }) => performedDateTime)).toEqual([
      '2025-08-13',
      '2025-08-13',
      undefined,
    ]);
  });

  it('loses no word of the stay', () => {
    const json = JSON.stringify(summary());
    const { procedures, kind, ...said } = anAdmission();
    for (const text of [...Object.values(said), procedures[0]!.text]) expect(json).toContain(text);
    expect(kind).toBe('inpatient');
  });

  it('shows words, not markup, whatever the hospital typed', () => {
    const attack = '<script>alert("x")</script> & <b>' + 'A'.repeat(500);
    const fields = [
      'number',
      'ward',
      'outcome',
      'pastHistory',
      'familyHistory',
      'examination',
      'course',
      'dischargeAdvice',
    ];
    const bundle = summary({
      ...Object.fromEntries(fields.map((field) => [field, attack])),
      procedures: [{ text: attack, performedOn: undefined }],
    });
    const divs = [...JSON.stringify(bundle).matchAll(/"div":"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1]!).join('');
    expect(divs).not.toContain('<script');
    expect(divs).toContain('&lt;script&gt;');
  });

  it('is the same bytes for the same visit', () => {
    expect(JSON.stringify(summary())).toBe(JSON.stringify(summary()));
  });
});

describe('a procedure of a stay', () => {
  it('is done, not done or still to come, as its words say', () => {
    const statusOf = (text: string) =>
      resourcesOf(summary({ procedures: [{ text, performedOn: undefined }] }), 'Procedure')[0]!.status;
    expect(['Appendicectomy', 'LSCS not done', 'Biopsy refused', 'D&C cancelled'].map(statusOf)).toEqual([
      'completed',
      'not-done',
      'not-done',
      'not-done',
    ]);
    expect(['Cataract surgery planned', 'CT advised'].map(statusOf)).toEqual(['preparation', 'preparation']);
  });
});

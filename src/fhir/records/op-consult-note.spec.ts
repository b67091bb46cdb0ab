import { describe, expect, it } from '@jest/globals';
import { wordsOfPage } from '../../../test/makers/foreign-document.js';
import { aRecord, resourcesOf } from '../../../test/makers/records.js';
import { aLabReport, aVisit } from '../../../test/makers/visit.js';
import { previewHtml } from '../preview/index.js';

const consultation = (overrides: Parameters<typeof aVisit>[0] = {}) =>
  aRecord('OPConsultation', aVisit(overrides)).bundle;
const sections = (overrides: Parameters<typeof aVisit>[0] = {}) =>
  resourcesOf(consultation(overrides), 'Composition')[0]!.section!;
const codes = (overrides: Parameters<typeof aVisit>[0] = {}) =>
  sections(overrides).map((section) => section.code!.coding![0]!.code);

describe('a consultation note', () => {
  it('has its sections in the order of the profile', () => {
    expect(codes()).toEqual([
      '422843007', // complaints
      '425044008', // physical examination
      '722446000', // allergies
      '371529009', // diagnosis
      '721912009', // medicines
      '390906007', // next visit
      '306206005', // referral
      '404684003', // advice
    ]);
  });

  it('leaves out what the hospital did not write', () => {
    const nothing = { vitals: [], allergy: undefined, prescriptions: [], nextVisit: undefined, referredTo: undefined };
    expect(codes({ ...nothing, advice: undefined, documents: [] })).toEqual(['422843007', '371529009']);
  });

  it('can be read without any app knowing FHIR, in English and Hindi', () => {
    const text = JSON.stringify([resourcesOf(consultation(), 'Composition')[0]!.text, sections()]);
    for (const words of ['मुख्य शिकायतें', 'Chief complaints', 'बुखार 3 दिन', 'पानी ज्यादा पिएं', 'Pulse / नाड़ी: 88/min']) {
      expect(text).toContain(words);
    }
    expect(text).toContain('आशा टेस्टवाली');
  });

  it('codes a diagnosis whose title is known, and keeps the hospital’s words', () => {
    const diagnosis = resourcesOf(consultation(), 'Condition').at(-1);
    expect(diagnosis!.code).toEqual({
      coding: [
        {
          system: 'http://hl7.org/fhir/sid/icd-10',
          code: 'J06.9',
          display: 'Acute upper respiratory infection, unspecified',
        },
      ],
      text: 'Ac. URTI',
    });
  });

  it('sends a code it is not sure of as text only', () => {
    const diagnosis = resourcesOf(
      consultation({ diagnoses: [{ text: 'T2DM uncontrolled', icd10: 'E11.65' }] }),
      'Condition',
    ).at(-1);
    expect(diagnosis!.code).toEqual({ text: 'T2DM uncontrolled (E11.65)' });
  });

  it('gives vitals with LOINC and UCUM, and what was written beside the number', () => {
    const observations = resourcesOf(consultation(), 'Observation');
    const temperature = observations.find(({ code }) => code.coding?.[0]?.code === '8310-5')!;
    expect(temperature.valueQuantity).toEqual({
      value: 38.4,
      unit: 'Cel',
      system: 'http://unitsofmeasure.org',
      code: 'Cel',
    });
    expect(temperature.note).toEqual([{ text: '101.2 F' }]);
    const pressure = observations.find(({ code }) => code.coding?.[0]?.code === '85354-9')!;
    expect(pressure.component!.map((part) => [part.code.coding![0]!.code, part.valueQuantity!.value])).toEqual([
      ['8480-6', 130],
      ['8462-4', 80],
    ]);
  });

  it('keeps a vital sign that is words only', () => {
    const [observation] = resourcesOf(
      consultation({
        vitals: [{ kind: 'temperature', text: 'Afebrile', value: undefined, secondValue: undefined, unit: undefined }],
      }),
      'Observation',
    );
    expect(observation!.valueString).toBe('Afebrile');
  });

  it('tells "no known allergy" from an allergy and from silence', () => {
    const allergy = (said: ReturnType<typeof aVisit>['allergy']) =>
      resourcesOf(consultation({ allergy: said }), 'AllergyIntolerance')[0]?.code;
    expect(allergy({ text: 'NKDA', kind: 'none-known' })!.coding![0]!.code).toBe('716186003');
    expect(allergy({ text: 'Sulfa drugs', kind: 'allergy' })).toEqual({ text: 'Sulfa drugs' });
    expect(allergy(undefined)).toBeUndefined();
  });

  it('proposes an appointment when the day is known', () => {
    const [appointment] = resourcesOf(consultation(), 'Appointment');
    expect(appointment).toMatchObject({ status: 'proposed', start: '2025-08-17T09:00:00+05:30' });
  });

  it.each([undefined, '2025', '2025-08'])('keeps the hospital’s words when the next visit has no day (%s)', (date) => {
    const bundle = consultation({ nextVisit: { text: 'when fever comes back', date } });
    expect(resourcesOf(bundle, 'Appointment')).toEqual([]);
    const remarks = resourcesOf(bundle, 'Observation').map((each) => each.valueString);
    expect(remarks).toContain('when fever comes back');
  });

  it('never loses the advice', () => {
    const remarks = resourcesOf(consultation(), 'Observation').filter((each) => each.code.text === 'Advice');
    expect(remarks.map((each) => each.valueString)).toEqual(['पानी ज्यादा पिएं']);
  });
});

describe('the orders of a consultation', () => {
  it('are one for each number and test, done with once the report is authorised', () => {
    const bundle = consultation({
      labReports: [
        aLabReport({ status: 'provisional' }),
        aLabReport(),
        aLabReport(),
        aLabReport({ test: 'LFT', status: 'provisional' }),
      ],
    });
    expect(
      resourcesOf(bundle, 'ServiceRequest')
        .slice(0, 2)
        .map(({ code, status }) => [code!.text, status]),
    ).toEqual([
      ['CBC', 'completed'],
      ['LFT', 'active'],
    ]);
  });
});

describe('an allergy nobody asked for', () => {
  it('is a remark, and no allergy', () => {
    const bundle = consultation({ allergy: { text: 'unknown', kind: 'not-asked' } });
    expect(resourcesOf(bundle, 'AllergyIntolerance')).toEqual([]);
    expect(JSON.stringify(resourcesOf(bundle, 'Composition')[0])).toContain('Allergies / एलर्जी: unknown');
  });
});

describe('the next visit', () => {
  it('is described by the hospital’s words and the day alone', () => {
    const bundle = consultation({ nextVisit: { text: '17/08 at 10 am', date: '2025-08-17' } });
    expect(resourcesOf(bundle, 'Appointment')[0]!.description).toBe('Next visit: 17/08 at 10 am (2025-08-17)');
    const page = wordsOfPage(previewHtml([bundle], 'en'));
    expect(page).toContain('17/08 at 10 am');
    expect(page).not.toContain('(2025-08-17)');
  });
});

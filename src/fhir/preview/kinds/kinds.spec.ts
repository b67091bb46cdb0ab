import { describe, expect, it } from '@jest/globals';
import type { FhirResource, Observation } from 'fhir/r4.js';
import { aForeignDocument, blemishesOf, wordsOfPage } from '../../../../test/makers/foreign-document.js';
import { previewHtml } from '../index.js';

function shown(language: 'en' | 'hi', ...resources: FhirResource[]): string {
  const section = [
    { title: 'Contents', entry: [{ reference: `${resources[0]!.resourceType}/${resources[0]!.id ?? ''}` }] },
  ];
  const page = previewHtml([aForeignDocument(resources, { section })], language);
  expect(blemishesOf(page)).toEqual([]);
  const words = wordsOfPage(page);
  return words.slice(words.indexOf('Contents') + 'Contents '.length).trim();
}
const finding = (rest: Partial<Observation>): Observation => ({
  resourceType: 'Observation',
  id: 'o',
  status: 'final',
  code: { text: 'Hb' },
  ...rest,
});
const interpreted = (code: string) => [{ coding: [{ code }] }];

describe('a finding', () => {
  it('has its value, unit, usual range and mark', () => {
    const result = finding({
      valueQuantity: { value: 8.8, unit: 'g/dL' },
      referenceRange: [{ low: { value: 12 }, high: { value: 16, unit: 'g/dL' } }],
      interpretation: interpreted('L'),
    });
    expect(shown('en', result)).toBe('Finding Result Usual range Marked Hb 8.8 g/dL 12 – 16 g/dL Low');
    expect(shown('hi', result)).toContain('8.8 g/dL 12 – 16 g/dL कम');
  });

  it('of pressure is one value, with the mark of whichever part has one', () => {
    const part = (code: string, value: number) => ({
      code: { coding: [{ code }] },
      valueQuantity: { value, unit: 'mm[Hg]' },
    });
    const pressure = finding({
      code: { text: 'BP' },
      component: [{ ...part('8480-6', 170), interpretation: interpreted('H') }, part('8462-4', 80)],
    });
    expect(shown('en', pressure)).toContain('BP 170/80 mmHg High');
  });

  it('shows other components below it', () => {
    expect(
      shown('en', finding({ code: { text: 'Urine' }, component: [{ code: { text: 'Sugar' }, valueString: 'Nil' }] })),
    ).toBe('Urine Sugar Nil');
  });

  it('keeps words as results, and says when none was written', () => {
    expect(shown('en', finding({ valueString: 'Nil' }))).toBe('Hb Nil');
    expect(shown('en', finding({ valueString: 'NA' }))).toBe('Hb no result written');
    expect(shown('en', finding({ valueQuantity: { value: 5, comparator: '<', unit: '/uL' } }))).toBe('Hb <5/µL');
    expect(shown('en', finding({ valueBoolean: false }))).toBe('Hb No');
  });

  it('called NA is sodium', () => {
    expect(shown('en', finding({ code: { text: 'NA' }, valueQuantity: { value: 138, unit: 'mmol/L' } }))).toBe(
      'Na 138 mmol/L',
    );
  });

  it('that was entered by mistake says so', () => {
    expect(shown('en', finding({ status: 'entered-in-error', valueString: '9' }))).toContain('do not use');
  });
});

describe('a diagnostic report', () => {
  it('has its results, what they mean, and who stands for them', () => {
    const words = shown(
      'en',
      {
        resourceType: 'DiagnosticReport',
        id: 'd',
        status: 'final',
        code: { text: 'CBC' },
        conclusion: 'Anaemia',
        issued: '2025-08-12T13:30:00+05:30',
        resultsInterpreter: [{ display: 'Dr Test Pathologist' }],
        result: [{ reference: 'Observation/o' }],
        specimen: [{ reference: 'Specimen/s' }],
      },
      finding({ valueQuantity: { value: 8.8, unit: 'g/dL' } }),
      {
        resourceType: 'Specimen',
        id: 's',
        type: { text: 'Blood' },
        collection: { collectedDateTime: '2025-08-12T10:05:00+05:30' },
      },
    );
    expect(words).toBe(
      'CBC Hb 8.8 g/dL Conclusion Anaemia Reported 12-08-2025, 13:30 Authorised by Dr Test Pathologist Sample Blood Collected 12-08-2025, 10:05',
    );
  });
});

describe('a file', () => {
  const file = (contentType: string, text: string) =>
    ({ resourceType: 'Binary', id: 'b', contentType, data: Buffer.from(text).toString('base64') }) as const;

  it('is named with its kind and size', () => {
    expect(shown('en', file('application/pdf', '%PDF'.padEnd(3000)))).toBe('PDF 3 kB');
  });

  it('of plain text is shown', () => {
    expect(shown('hi', file('text/plain; charset=utf-8', 'नमस्ते <b>'))).toContain('नमस्ते <b>');
  });

  it('that is no base64 cannot be read', () => {
    expect(shown('en', { resourceType: 'Binary', id: 'b', contentType: 'image/png', data: '%%%%' })).toContain(
      'cannot be read',
    );
  });
});

describe('a bill', () => {
  it('has its lines, what was taken off, and the total as India groups it', () => {
    const words = shown(
      'en',
      {
        resourceType: 'Invoice',
        id: 'i',
        status: 'issued',
        identifier: [{ value: 'B26/5' }],
        lineItem: [
          {
            chargeItemReference: { reference: 'ChargeItem/c' },
            priceComponent: [
              { type: 'base', amount: { value: 123456.5, currency: 'INR' } },
              { type: 'discount', amount: { value: 10, currency: 'INR' } },
            ],
          },
        ],
        totalGross: { value: 123456.5, currency: 'INR' },
        totalNet: { value: 123446.5, currency: 'INR' },
      },
      {
        resourceType: 'ChargeItem',
        id: 'c',
        status: 'billed',
        code: { text: 'X-RAY' },
        subject: {},
        quantity: { value: 2 },
      },
    );
    expect(words).toBe(
      'Bill number B26/5 For Quantity Amount X-RAY Discount ₹10.00 2 ₹1,23,456.50 Gross total ₹1,23,456.50 Net total ₹1,23,446.50',
    );
  });
});

describe('a vaccination', () => {
  it('has dose, day, batch and place; one not given says so', () => {
    const given: FhirResource = {
      resourceType: 'Immunization',
      id: 'v',
      status: 'completed',
      vaccineCode: { text: 'BCG' },
      patient: {},
      occurrenceDateTime: '2025-08-12',
      lotNumber: 'TEST-B1',
      site: { text: 'L arm' },
      protocolApplied: [{ doseNumberPositiveInt: 1, seriesDosesPositiveInt: 3 }],
    };
    expect(shown('en', given)).toBe('BCG Dose 1 of 3 Given on 12-08-2025 Batch TEST-B1 Body site L arm');
    expect(shown('en', { ...given, status: 'not-done' })).toContain('BCG Not done');
  });

  it('that comes next has its day', () => {
    const next: FhirResource = {
      resourceType: 'ImmunizationRecommendation',
      id: 'n',
      patient: {},
      date: '2025-08-12',
      recommendation: [
        {
          vaccineCode: [{ text: 'Td' }],
          forecastStatus: {},
          dateCriterion: [{ code: { text: 'Date vaccine due' }, value: '2025-09-12' }],
        },
      ],
    };
    expect(shown('hi', next)).toBe('Td अगला टीका 12-09-2025');
  });
});

describe('a medicine', () => {
  const medicine = (rest: object): FhirResource => ({
    resourceType: 'MedicationRequest',
    id: 'm',
    status: 'active',
    intent: 'order',
    subject: {},
    medicationCodeableConcept: { text: 'PCM' },
    ...rest,
  });

  it('has the way to take it in plain words, and as it was written', () => {
    const dosageInstruction = [{ text: '1-0-1', timing: { repeat: { when: ['MORN', 'NIGHT'] } } }];
    expect(shown('hi', medicine({ dosageInstruction }))).toBe('PCM सुबह और रात जैसा लिखा गया: 1-0-1');
  });

  it('that was stopped, or is not to be taken, says so', () => {
    expect(shown('en', medicine({ status: 'stopped' }))).toBe('PCM Stopped');
    expect(shown('en', medicine({ doNotPerform: true }))).toBe('PCM Do not take');
  });

  it('may be described in a resource of its own, also a contained one', () => {
    const contained = { contained: [{ resourceType: 'Medication', id: 'x', code: { text: 'Amoxicillin' } }] };
    const pointing = { medicationCodeableConcept: undefined, medicationReference: { reference: '#x' } };
    expect(shown('en', medicine({ ...contained, ...pointing }))).toBe('Amoxicillin');
  });
});

describe('a stay, a plan and the family', () => {
  it('are told in their own words', () => {
    expect(
      shown('en', {
        resourceType: 'Procedure',
        id: 'p',
        status: 'completed',
        subject: {},
        code: { text: 'Pleural tap' },
        performedDateTime: '2025-08-13',
      }),
    ).toBe('Pleural tap On 13-08-2025');
    expect(
      shown('en', {
        resourceType: 'CarePlan',
        id: 'p',
        status: 'active',
        intent: 'plan',
        subject: {},
        title: 'At home',
        description: 'Rest',
      }),
    ).toBe('At home Rest');
    expect(
      shown('en', {
        resourceType: 'FamilyMemberHistory',
        id: 'f',
        status: 'partial',
        patient: {},
        relationship: { text: 'father' },
        condition: [{ code: { text: 'Diabetes' }, onsetAge: { value: 50, unit: 'years' } }],
      }),
    ).toBe('father Diabetes At age 50 years');
    expect(
      shown('en', {
        resourceType: 'MedicationStatement',
        id: 's',
        status: 'completed',
        subject: {},
        medicationCodeableConcept: { text: 'Insulin' },
        effectiveDateTime: '2025-01-02',
      }),
    ).toBe('Insulin Taken 02-01-2025');
  });
});

describe('any other resource', () => {
  it('is told by its name and narrative, without its markup', () => {
    const flag: FhirResource = {
      resourceType: 'Flag',
      id: 'f',
      status: 'active',
      code: { text: 'Fall risk' },
      subject: {},
      text: {
        status: 'generated',
        div: '<div xmlns="http://www.w3.org/1999/xhtml"><p>Falls &amp; dizzy &lt;often&gt;</p></div>',
      },
    };
    expect(shown('en', flag)).toBe('Flag: Fall risk Falls & dizzy <often>');
  });

  it('is told by the texts in it where it has no narrative', () => {
    const goal: FhirResource = {
      resourceType: 'Goal',
      id: 'g',
      lifecycleStatus: 'active',
      subject: {},
      description: { text: 'Walk daily' },
      note: [{ text: 'slowly' }],
    };
    expect(shown('en', goal)).toContain('slowly');
  });

  it('that no section names is told at the end', () => {
    const words = shown('en', finding({ valueString: 'x' }), {
      resourceType: 'Condition',
      id: 'c',
      subject: {},
      code: { text: 'Fever' },
    });
    expect(words).toBe('Hb x Also in this document Fever');
  });
});

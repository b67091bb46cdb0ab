import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Bundle } from 'fhir/r4.js';
import { A_PLACE, NO_TERMINOLOGY, resourcesOf } from '../../../test/makers/records.js';
import { allValidators } from '../../../test/makers/validators.js';
import { aLabReport, aVisit, anImagingReport } from '../../../test/makers/visit.js';
import type { ImagingReport, LabReport, Visit } from '../../ports/visit.js';
import { loinc, snomed } from '../terminology/coding.js';
import type { Terminology } from '../terminology/terminology.js';
import { buildRecords } from './index.js';

const validators = allValidators();

/** All diagnostic reports of a visit, each checked. */
function reportsOf(visit: Visit, terminology: Terminology = NO_TERMINOLOGY): Bundle[] {
  const { records } = buildRecords(visit, { ...A_PLACE, terminology });
  const bundles = records.filter(({ hiType }) => hiType === 'DiagnosticReport').map(({ bundle }) => bundle);
  for (const validator of validators) {
    for (const bundle of bundles) expect(validator.validate(bundle)).toEqual([]);
  }
  return bundles;
}
const lab = (...reports: Partial<LabReport>[]) =>
  reportsOf(aVisit({ labReports: reports.map((report) => aLabReport(report)) }));
const imaging = (...reports: Partial<ImagingReport>[]) =>
  reportsOf(aVisit({ imagingReports: reports.map((report) => anImagingReport(report)) }));
const composition = (bundle: Bundle | undefined) => resourcesOf(bundle!, 'Composition')[0]!;
const report = (bundle: Bundle | undefined) => resourcesOf(bundle!, 'DiagnosticReport')[0]!;

const result = (parameter: string, text: string, unit?: string, referenceRange?: string) => ({
  parameter,
  text,
  unit,
  referenceRange,
});

describe('the diagnostic reports of a visit', () => {
  it('are one document for each authorised report', () => {
    const visit = aVisit({
      labReports: [aLabReport(), aLabReport({ number: 'LAB-900002', test: 'LFT' })],
      imagingReports: [anImagingReport()],
    });
    expect(reportsOf(visit).map((bundle) => composition(bundle).title)).toEqual([
      'Laboratory report: CBC',
      'Laboratory report: LFT',
      'Imaging report: X-RAY CHEST PA',
    ]);
  });

  it('are none while a report is provisional, or has nothing in it', () => {
    expect(lab({ status: 'provisional' }, { results: [] })).toEqual([]);
    const nothing = { findings: undefined, impression: undefined, image: undefined };
    expect(imaging({ status: 'provisional' }, nothing)).toEqual([]);
  });

  it('keep their ids when another report is added or authorised', () => {
    const first = aLabReport();
    const second = aLabReport({ number: 'LAB-900002', test: 'LFT', status: 'provisional' });
    const sameSample = aLabReport({ test: 'MP', status: 'provisional' });
    const ids = (labReports: LabReport[]) => reportsOf(aVisit({ labReports })).map((bundle) => composition(bundle).id);
    const [before] = ids([first]);
    expect(ids([{ ...second, status: 'authorised' }, first])[1]).toBe(before);

    const [shared] = ids([first, sameSample]);
    expect(ids([first, { ...sameSample, status: 'authorised' }])[0]).toBe(shared);
  });

  it('are told apart by number and test where two have one number', () => {
    const values = lab({ test: 'CBC' }, { test: 'LFT' }, { test: 'LFT' }).map(
      (bundle) => composition(bundle).identifier!.value,
    );
    expect(values).toEqual([
      'OPD/25/900001/DiagnosticReport/LAB-900001/CBC',
      'OPD/25/900001/DiagnosticReport/LAB-900001/LFT',
      'OPD/25/900001/DiagnosticReport/LAB-900001/LFT/2',
    ]);
  });

  it('tell nothing of the rest of the visit, which the patient did not share with them', () => {
    const [bundle] = lab({});
    expect(new Set(bundle!.entry!.map(({ resource }) => resource!.resourceType))).toEqual(
      new Set([
        'Composition',
        'Patient',
        'Practitioner',
        'Organization',
        'Encounter',
        'DiagnosticReport',
        'PractitionerRole',
        'Specimen',
        'Observation',
      ]),
    );
    expect(JSON.stringify(bundle)).not.toContain('URTI');
  });

  it('are the same bytes for the same visit', () => {
    const visit = aVisit({ labReports: [aLabReport()], imagingReports: [anImagingReport()] });
    expect(JSON.stringify(reportsOf(visit))).toBe(JSON.stringify(reportsOf(visit)));
  });

  it('show words, not markup, whatever the hospital typed', () => {
    const attack = '<script>alert("x")</script> & <b>' + 'A'.repeat(500);
    const visit = aVisit({
      labReports: [
        aLabReport({
          number: attack,
          test: attack,
          sample: attack,
          authorisedBy: attack,
          results: [result(attack, attack, attack, attack)],
        }),
      ],
      imagingReports: [
        anImagingReport({ study: attack, findings: attack, impression: attack }),
        anImagingReport({ number: attack, study: attack, image: undefined }),
      ],
    });
    const bundles = reportsOf(visit);
    expect(bundles).toHaveLength(3);
    for (const bundle of bundles) {
      const divs = [...JSON.stringify(bundle).matchAll(/"div":"((?:[^"\\]|\\.)*)"/g)].map((found) => found[1]!);
      expect(divs).toHaveLength(2);
      expect(divs.join('')).not.toContain('<script');
      expect(divs.join('')).toContain('&lt;script&gt;');
    }
  });
});

describe('a laboratory report', () => {
  it('says when the sample was taken, when the report was signed, by whom, and where', () => {
    const [bundle] = lab({});
    expect(report(bundle)).toMatchObject({
      status: 'final',
      code: { text: 'CBC' },
      effectiveDateTime: '2025-08-12T10:05:00+05:30',
      issued: '2025-08-12T13:30:00+05:30',
      performer: [{ display: 'Test Hospital Rampur' }],
      resultsInterpreter: [{ type: 'PractitionerRole', display: 'Dr Test Pathologist' }],
      identifier: [{ system: 'https://facility.ndhm.gov.in/IN2210000999/report', value: 'LAB-900001' }],
    });
    expect(report(bundle).category).toBeUndefined();
    expect(composition(bundle).date).toBe('2025-08-12T13:30:00+05:30');
  });

  it('concludes nothing that the laboratory did not say', () => {
    const [bundle] = lab({ results: [result('Hb', '8.8', 'gm%', '12-16'), result('Albumin', '++')] });
    expect(report(bundle).conclusion).toBe('Results as reported: Hb 8.8 gm% (12-16); Albumin ++');
  });

  it('names the hospital as interpreter where nobody signed by name', () => {
    const [bundle] = lab({ authorisedBy: undefined });
    expect(report(bundle).resultsInterpreter).toMatchObject([{ type: 'Organization' }]);
    expect(resourcesOf(bundle!, 'PractitionerRole')).toEqual([]);
  });

  it('has its sample as a specimen, and says that the time it was received is not known', () => {
    const [specimen] = resourcesOf(lab({})[0]!, 'Specimen');
    expect(specimen).toMatchObject({
      type: { text: 'BLOOD' },
      collection: { collectedDateTime: '2025-08-12T10:05:00+05:30' },
      _receivedTime: {
        extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }],
      },
    });
    expect(specimen!.receivedTime).toBeUndefined();
  });

  it('names the sample in words when nobody wrote down when it was taken', () => {
    const [bundle] = lab({ collectedAt: undefined });
    expect(resourcesOf(bundle!, 'Specimen')).toEqual([]);
    expect(report(bundle).specimen).toEqual([{ display: 'BLOOD' }]);
    expect(resourcesOf(bundle!, 'Observation')[0]!.specimen).toEqual({ display: 'BLOOD' });
  });

  it('is dated by the visit when it has no time of its own', () => {
    const [bundle] = lab({ collectedAt: undefined, authorisedAt: undefined, sample: undefined });
    expect(composition(bundle).date).toBe('2025-08-12T09:41:00+05:30');
    expect(report(bundle).issued).toBeUndefined();
  });

  it('sends a day without a time as no moment', () => {
    expect(report(lab({ authorisedAt: '2025-08-12' })[0]).issued).toBeUndefined();
  });

  it('reads as a list of values, ranges and what they mean, in English and Hindi', () => {
    const text = composition(lab({})[0]).section![0]!.text!.div;
    expect(text).toContain('Hb: 8.8 gm%, low / <span lang="hi">कम</span>');
    expect(text).toContain('TLC: 6946 /cumm, normal / <span lang="hi">सामान्य</span>');
    expect(text).toContain('Platelet: 5.1 lakh/cumm, high / <span lang="hi">अधिक</span>');
    expect(text).toContain('<span lang="hi">सामान्य सीमा</span>: 12-16');
  });

  it.each([
    ['10,2', 'gm%', '12-16'],
    ['QNS', undefined, undefined],
    ['HAEMOLYSED', 'gm%', '12-16'],
    ['8-10', '/hpf', '0-5'],
    ['<5', 'mg/dl', '<140'],
    ['नकारात्मक', undefined, 'Negative'],
    ['POSITIVE (Pf)', undefined, 'Negative'],
    ['१०.२', 'gm%', 'M 13-17 F 12-15'],
  ])('keeps every word of %s', (text, unit, referenceRange) => {
    const json = JSON.stringify(lab({ results: [result('P', text, unit, referenceRange)] })[0]!.entry!.slice(1));
    for (const word of [text, unit, referenceRange]) if (word !== undefined) expect(json).toContain(word);
  });

  it('is valid and keeps its words, whatever the laboratory wrote', () => {
    const said = fc.oneof(
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
      fc.stringMatching(/^[<>≤≥]?-?[0-9०-९]{1,12}[.,-]?[0-9]{0,7} ?(?:gm%|L|\/hpf)?$/),
    );
    const text = said.map((each) => each.replace(/[\p{C}\s]+/gu, ' ').trim()).filter((each) => each !== '');
    const optionalText = fc.option(text, { nil: undefined });
    const anyResult = fc.record({ parameter: text, text, unit: optionalText, referenceRange: optionalText });
    fc.assert(
      fc.property(fc.array(anyResult, { minLength: 1, maxLength: 4 }), (results) => {
        const [bundle] = lab({ results });
        resourcesOf(bundle!, 'Observation').forEach((observation, at) => {
          const { value, comparator = '' } = observation.valueQuantity ?? {};
          const told = `${JSON.stringify(observation)} ${comparator}${value ?? ''}`;
          for (const words of Object.values(results[at]!)) {
            const bare = JSON.stringify(words ?? '').slice(1, -1);
            expect(told).toContain(bare);
            expect(JSON.stringify(report(bundle).conclusion)).toContain(bare);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('keeps results of one parameter apart', () => {
    const [bundle] = lab({ results: [result('Sugar', '90'), result('Sugar', '140')] });
    const ids = resourcesOf(bundle!, 'Observation').map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
  });

  it('is coded where its terms are known, by the sample where that decides, and keeps the hospital’s words', () => {
    const terminology: Terminology = {
      ...NO_TERMINOLOGY,
      find: (kind, text, within) =>
        ({
          'lab-test URINE': loinc('24356-8', 'Urinalysis complete panel - Urine'),
          'specimen URINE': snomed('122575003', 'Urine specimen'),
          'lab-parameter Albumin URINE': loinc('20454-5', 'Protein [Presence] in Urine by Test strip'),
        })[[kind, text, within].filter((part) => part !== undefined).join(' ')],
    };
    const urine = aLabReport({ test: 'URINE', sample: 'URINE', results: [result('Albumin', '++')] });
    const [bundle] = reportsOf(aVisit({ labReports: [urine] }), terminology);
    expect(report(bundle).code).toMatchObject({ coding: [{ code: '24356-8' }], text: 'URINE' });
    expect(resourcesOf(bundle!, 'Specimen')[0]!.type).toMatchObject({
      coding: [{ code: '122575003' }],
      text: 'URINE',
    });
    expect(resourcesOf(bundle!, 'Observation')[0]!.code).toMatchObject({
      coding: [{ code: '20454-5' }],
      text: 'Albumin',
    });
  });
});

describe('an imaging report', () => {
  const documentOf = (overrides: Partial<ImagingReport>) => {
    const [bundle] = imaging(overrides);
    expect(resourcesOf(bundle!, 'DiagnosticReport')).toEqual([]);
    return resourcesOf(bundle!, 'DocumentReference')[0]!;
  };
  const decoded = (data: string | undefined) => Buffer.from(data!, 'base64').toString('utf8');

  it('carries its picture, the impression as conclusion, and the findings as a result', () => {
    const [bundle] = imaging({});
    expect(report(bundle)).toMatchObject({
      code: { text: 'X-RAY CHEST PA' },
      conclusion: 'Left lower lobe consolidation',
      issued: '2025-08-12T15:00:00+05:30',
    });
    expect(resourcesOf(bundle!, 'Media')[0]!.content).toEqual({
      contentType: 'image/jpeg',
      data: '/9j/4AAQSkZJRg==',
      title: 'chest.jpg',
    });
    const [findings] = resourcesOf(bundle!, 'Observation');
    expect(findings).toMatchObject({ code: { text: 'Findings' }, valueString: 'Haziness in the left lower zone' });
    expect(report(bundle).result).toHaveLength(1);
  });

  it('concludes with the findings when there is no impression', () => {
    const [bundle] = imaging({ impression: undefined });
    expect(report(bundle).conclusion).toBe('Haziness in the left lower zone');
    expect(report(bundle).result).toBeUndefined();
  });

  it('is a document of plain text when no picture came, with all its words', () => {
    const { content, type, date } = documentOf({ image: undefined });
    expect(type).toEqual({ text: 'X-RAY CHEST PA' });
    expect(date).toBe('2025-08-12T15:00:00+05:30');
    expect(content).toHaveLength(1);
    expect(content[0]!.attachment.contentType).toBe('text/plain; charset=utf-8');
    const text = decoded(content[0]!.attachment.data);
    for (const words of ['X-RAY CHEST PA', 'Left lower lobe consolidation', 'Haziness', 'निष्कर्ष', 'Impression']) {
      expect(text).toContain(words);
    }
  });

  it('is a document with the file when that is a PDF, and the words beside it', () => {
    const image = { name: 'usg.pdf', type: undefined, mime: 'application/pdf', dataBase64: 'JVBERi0xLjQK' };
    const { content } = documentOf({ image });
    expect(content.map(({ attachment }) => attachment.contentType)).toEqual([
      'application/pdf',
      'text/plain; charset=utf-8',
    ]);
  });

  it('is a document when a picture came without a word, for a conclusion is never made up', () => {
    const { content } = documentOf({ findings: undefined, impression: undefined });
    expect(content.map(({ attachment }) => attachment.title)).toEqual(['chest.jpg']);
  });

  it('shows the impression and the findings in its text, whether or not there is a picture', () => {
    for (const image of [anImagingReport().image, undefined]) {
      const div = composition(imaging({ image })[0]).section![0]!.text!.div;
      expect(div).toContain('Impression / निष्कर्ष: Left lower lobe consolidation');
      expect(div).toContain('Haziness in the left lower zone');
    }
  });
});

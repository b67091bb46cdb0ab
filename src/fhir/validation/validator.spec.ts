import { describe, expect, it } from '@jest/globals';
import { DEFECTS, placeOf, planted } from '../../../test/makers/document-defects.js';
import { aDocument } from '../../../test/makers/fhir-documents.js';
import { errorsOf, expectSameVerdict, publishedPackage } from '../../../test/makers/verdicts.js';
import { createDefaultValidator, operationOutcome } from './index.js';

const validator = createDefaultValidator();

const composition = (document: any) => document.entry[0].resource;

describe('the validator finds', () => {
  it.each(DEFECTS)('$name', (defect) => {
    const document = planted(defect);
    expect(errorsOf(validator.validate(document))).toContain(`${defect.rule} ${placeOf(defect)}`);
    expectSameVerdict(document);
  });

  it.each(DEFECTS)('with the published package too: $name', (defect) => {
    if (publishedPackage === undefined) return;
    expect(errorsOf(publishedPackage.validate(planted(defect)))).toContain(`${defect.rule} ${placeOf(defect)}`);
  });
});

describe('the validator', () => {
  it.each([undefined, null, 17, 'Bundle', [], {}, { resourceType: 'Patient' }])(
    'does not take %p for a document',
    (what) => {
      expect(validator.validate(what).map(({ rule }) => rule)).toEqual(['not-a-bundle']);
    },
  );

  it('stays on its feet whatever stands in a bundle', () => {
    for (const entry of [
      [null],
      [17],
      [{}],
      [{ resource: [] }],
      [{ resource: { resourceType: 'constructor' } }],
      {},
      'x',
    ]) {
      expect(validator.validate({ resourceType: 'Bundle', entry }).length).toBeGreaterThan(0);
    }
  });

  it.each(['OPConsultation', 'ImmunizationRecord'] as const)(
    'says the same with both sources, and never throws, whatever stands where in a document: %s',
    (hiType) => {
      const junk = [null, 17, [], {}, [null], [[]], { reference: '#' }, 'constructor', '__proto__'];
      const document = aDocument(hiType) as any;
      const replaceIn = (holder: any): void => {
        for (const key of Object.keys(holder)) {
          const old = holder[key];
          for (const each of junk) {
            holder[key] = each;
            expectSameVerdict(document);
          }
          holder[key] = old;
          if (typeof old === 'object') replaceIn(old);
        }
      };
      replaceIn(document);
      expect(expectSameVerdict(document)).toEqual([]);
    },
  );

  it('refuses a document nested to bring it down', () => {
    let extension: unknown[] = [];
    for (let depth = 0; depth < 20_000; depth += 1) extension = [{ url: 'x', extension }];
    const rules = validator.validate({ resourceType: 'Bundle', meta: { extension } }).map(({ rule }) => rule);
    expect(rules).toContain('too-deep');
  });

  it('speaks in whole sentences, in English and Hindi, and repeats no value', () => {
    for (const defect of DEFECTS) {
      for (const { message, messageHindi, path } of validator.validate(planted(defect))) {
        expect(message).toMatch(/^[A-Z].*\.$/);
        expect(messageHindi).toMatch(/[\u0900-\u097F].*।$/);
        expect(message + messageHindi).not.toMatch(/[{}]|undefined/);
        expect(message + messageHindi + path).not.toMatch(/ASHA|TST-2025|urn:uuid/);
      }
    }
  });

  it('does not repeat a field name that may be a value', () => {
    const [issue] = validator.validate({ ...aDocument('Prescription'), 'Asha Devi 9000000001': 1 });
    expect(issue).toMatchObject({ rule: 'unknown-property', path: 'Bundle.?' });
  });

  it('takes extensions on primitive values', () => {
    const document = aDocument('Prescription') as any;
    const patient = document.entry[1].resource;
    patient._birthDate = { extension: [{ url: 'http://x.test/estimated', valueBoolean: true }] };
    patient.name[0].given = ['Asha', null];
    patient.name[0]._given = [null, { extension: [{ url: 'http://x.test/hidden', valueCode: 'x' }] }];
    expect(validator.validate(document)).toEqual([]);
  });

  it('lets an unknown section stand at the end', () => {
    const document = aDocument('OPConsultation') as any;
    composition(document).section.at(-1).code.coding[0].code = '1';
    expect(validator.validate(document)).toEqual([]);
  });

  it('takes a document’s resource as what a section wants though it does not claim it', () => {
    const document = aDocument('WellnessRecord') as any;
    for (const { resource } of document.entry) delete resource.meta;
    document.entry[0].resource.meta = (aDocument('WellnessRecord') as any).entry[0].resource.meta;
    expect(expectSameVerdict(document)).toEqual([]);
  });

  it('knows a record without a claim by its type', () => {
    for (const hiType of ['OPConsultation', 'DiagnosticReport', 'WellnessRecord', 'Invoice'] as const) {
      const document = aDocument(hiType) as any;
      delete composition(document).meta;
      expect(expectSameVerdict(document)).toEqual([]);
      delete composition(document).section;
      expect(expectSameVerdict(document)).toEqual(['missing Bundle.entry[0].resource.section']);
    }
  });

  it('warns of a profile nobody knows, and of codes that are not the guide’s', () => {
    const document = aDocument('WellnessRecord') as any;
    document.entry[5].resource.meta.profile = ['http://x.test/StructureDefinition/Other'];
    document.entry[6].resource.code.coding[0].code = '8310-5';
    const rules = validator.validate(document).map(({ severity, rule }) => `${severity} ${rule}`);
    expect(rules).toEqual(['warning unknown-profile', 'warning unusual-code']);
  });

  it('says what is wrong with a resource there, and not at all that point at it', () => {
    const document = aDocument('OPConsultation') as any;
    delete document.entry[1].resource.identifier[0].type;
    expect(expectSameVerdict(document)).toEqual(['missing Bundle.entry[1].resource.identifier[0].type']);
  });

  it('asks for what an element needs only where the element is', () => {
    const document = aDocument('OPConsultation') as any;
    delete document.entry[1].resource.telecom;
    delete document.entry[1].resource.contact;
    expect(expectSameVerdict(document)).toEqual([]);
  });

  it('follows contained resources and their references back', () => {
    const document = aDocument('OPConsultation') as any;
    const encounter = document.entry[4].resource;
    encounter.contained = [{ resourceType: 'Location', id: 'ward', name: 'Ward' }];
    encounter.location = [{ location: { reference: '#ward' } }];
    expect(expectSameVerdict(document)).toEqual([]);
    encounter.contained[0].name = 17;
    expect(expectSameVerdict(document)).toEqual(['wrong-type Bundle.entry[4].resource.contained[0].name']);
  });

  it('checks one resource that stands alone, without following its references', () => {
    const patient = (aDocument('OPConsultation') as any).entry[1].resource;
    expect(validator.validateResource(patient)).toEqual([]);
    delete patient.identifier[0].type;
    expect(errorsOf(validator.validateResource(patient))).toEqual(['missing Patient.identifier[0].type']);
    expect(validator.validateResource([])).toHaveLength(1);
    expect(errorsOf(validator.validateResource({ resourceType: 'x y' }))).toEqual(['unknown-resource-type Resource']);
  });

  it('does not change what it looks at', () => {
    const document = aDocument('DischargeSummary');
    const before = JSON.stringify(document);
    validator.validate(document);
    expect(JSON.stringify(document)).toBe(before);
  });

  it('takes no time, also with a large scan', () => {
    const document = aDocument('OPConsultation') as any;
    document.entry[1].resource.photo = [{ contentType: 'image/jpeg', data: 'A'.repeat(400_000) }];
    const times = Array.from({ length: 300 }, () => {
      const start = performance.now();
      validator.validate(document);
      return performance.now() - start;
    });
    // The median is 0.2 ms on an idle machine; a hundred times that says something grew with the square.
    expect(times.sort((a, b) => a - b)[150]).toBeLessThan(20);
  });

  it.each([
    ['empty entries', {}],
    ['entries with nothing but a type', { resource: { resourceType: 'Patient' } }],
    ['references to nowhere', { resource: { resourceType: 'Basic', subject: { reference: 'urn:uuid:x' } } }],
  ])('ends early with a million %s, and says that there are more', (_, entry) => {
    const issues = validator.validate({
      resourceType: 'Bundle',
      type: 'document',
      entry: Array.from({ length: 1_000_000 }, () => entry),
    });
    expect(issues.length).toBeLessThan(500);
    expect(issues.at(-1)).toMatchObject({ severity: 'error', rule: 'more-issues', path: 'Bundle' });
  });

  it('never stops before the error that follows thousands of warnings', () => {
    const document = aDocument('OPConsultation') as any;
    const alone = Array.from({ length: 3_000 }, (__, at) => ({
      fullUrl: `urn:uuid:00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
      resource: { resourceType: 'Basic', id: `b${at}`, code: { text: 'nothing points here' } },
    }));
    document.entry.push(...alone);
    document.entry.push({
      fullUrl: 'urn:uuid:00000000-0000-4000-9000-000000000000',
      resource: { resourceType: 'Basic' },
    });
    const issues = validator.validate(document);
    expect(issues.some(({ severity, path }) => severity === 'error' && path.endsWith('.code'))).toBe(true);
    expect(issues.length).toBeLessThan(500);
  });

  it('is loaded once per process', () => {
    expect(createDefaultValidator()).toBe(validator);
  });

  it('hands its issues on as an OperationOutcome', () => {
    expect(operationOutcome([]).issue[0]!.severity).toBe('information');
    const outcome = operationOutcome(validator.validate({}));
    expect(outcome.issue[0]).toMatchObject({ severity: 'error', expression: ['Bundle'] });
  });
});

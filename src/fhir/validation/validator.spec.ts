import { describe, expect, it } from '@jest/globals';
import { aRecord } from '../../../test/makers/records.js';
import type { HiType } from '../../ports/visit.js';
import { createDefaultValidator, operationOutcome } from './index.js';
import type { RuleName } from './rules.js';

const validator = createDefaultValidator();

/** A defect planted in a valid document: what is done to it, and what has to be said. */
interface Defect {
  readonly name: string;
  readonly in?: HiType;
  readonly plant: (document: any, find: (type: string) => any) => void;
  readonly rule: RuleName;
  readonly path: string | RegExp;
}

const composition = (document: any) => document.entry[0].resource;

const DEFECTS: readonly Defect[] = [
  // ── JSON ──
  {
    name: 'a field FHIR does not know',
    plant: (_, find) => (find('Patient').caste = 'x'),
    rule: 'unknown-property',
    path: /resource\.caste$/,
  },
  {
    name: 'an unknown field deep inside',
    plant: (_, find) => (find('Patient').name[0].nick = 'x'),
    rule: 'unknown-property',
    path: /name\[0\]\.nick$/,
  },
  {
    name: 'a single value where a list belongs',
    plant: (_, find) => (find('Patient').name = { text: 'x' }),
    rule: 'not-a-list',
    path: /resource\.name$/,
  },
  {
    name: 'a list where a single value belongs',
    plant: (_, find) => (find('Patient').gender = ['female']),
    rule: 'not-single',
    path: /gender$/,
  },
  {
    name: 'a number where text belongs',
    plant: (_, find) => (find('Patient').identifier[0].value = 17),
    rule: 'wrong-type',
    path: /identifier\[0\]\.value$/,
  },
  {
    name: 'text where a number belongs',
    plant: (_, find) => (find('Observation').component[0].valueQuantity.value = '130'),
    rule: 'wrong-type',
    path: /valueQuantity\.value$/,
  },
  {
    name: 'text where an object belongs',
    plant: (_, find) => (find('Condition').code = 'fever'),
    rule: 'not-an-object',
    path: /resource\.code$/,
  },
  { name: 'an empty list', plant: (_, find) => (find('Patient').telecom = []), rule: 'empty', path: /telecom$/ },
  {
    name: 'an empty object',
    plant: (_, find) => (find('Patient').maritalStatus = {}),
    rule: 'empty',
    path: /maritalStatus$/,
  },
  {
    name: 'an empty text',
    plant: (_, find) => (find('Patient').name[0].text = ''),
    rule: 'empty',
    path: /name\[0\]\.text$/,
  },
  { name: 'a null', plant: (_, find) => (find('Patient').birthDate = null), rule: 'empty', path: /birthDate$/ },
  {
    name: 'a type of resource that does not exist',
    plant: (_, find) => (find('Appointment').resourceType = 'Meeting'),
    rule: 'unknown-resource-type',
    path: /resource$/,
  },
  // ── R4 ──
  {
    name: 'no title',
    plant: (document) => delete composition(document).title,
    rule: 'missing',
    path: /resource\.title$/,
  },
  { name: 'no date', plant: (document) => delete composition(document).date, rule: 'missing', path: /resource\.date$/ },
  {
    name: 'no author',
    plant: (document) => delete composition(document).author,
    rule: 'missing',
    path: /resource\.author$/,
  },
  {
    name: 'two values at once',
    plant: (_, find) => Object.assign(find('Observation'), { valueString: 'x', valueBoolean: true }),
    rule: 'two-values',
    path: /resource\.value$/,
  },
  {
    name: 'a gender code of its own',
    plant: (_, find) => (find('Patient').gender = 'F'),
    rule: 'unknown-code',
    path: /gender$/,
  },
  {
    name: 'a status of its own',
    plant: (document) => (composition(document).status = 'done'),
    rule: 'unknown-code',
    path: /resource\.status$/,
  },
  {
    name: 'a clinical status of its own',
    plant: (_, find) => (find('Condition').clinicalStatus.coding[0].code = 'ill'),
    rule: 'unknown-code',
    path: /clinicalStatus$/,
  },
  {
    name: 'a date as the hospital writes it',
    plant: (_, find) => (find('Patient').birthDate = '13/02/1984'),
    rule: 'wrong-format',
    path: /birthDate$/,
  },
  {
    name: '30 February',
    plant: (_, find) => (find('Patient').birthDate = '1984-02-30'),
    rule: 'wrong-format',
    path: /birthDate$/,
  },
  {
    name: 'a time without its zone',
    plant: (document) => (composition(document).date = '2025-08-12T09:41:00'),
    rule: 'wrong-format',
    path: /resource\.date$/,
  },
  {
    name: 'a timestamp without its zone',
    plant: (document) => (document.timestamp = '2025-08-12T09:41:00'),
    rule: 'wrong-format',
    path: 'Bundle.timestamp',
  },
  {
    name: 'an id with forbidden letters',
    plant: (_, find) => (find('Appointment').id = 'a b'),
    rule: 'wrong-format',
    path: /resource\.id$/,
  },
  {
    name: 'data that is not base64',
    plant: (_, find) => (find('DocumentReference').content[0].attachment.data = '%PDF-1.4'),
    rule: 'wrong-format',
    path: /attachment\.data$/,
  },
  {
    name: 'an appointment with start and no end',
    plant: (_, find) => delete find('Appointment').end,
    rule: 'invariant',
    path: /resource$/,
  },
  {
    name: 'an allergy without clinical status',
    plant: (_, find) => delete find('AllergyIntolerance').clinicalStatus,
    rule: 'invariant',
    path: /resource$/,
  },
  {
    name: 'a script in the readable text',
    plant: (document) =>
      (composition(document).text.div = '<div xmlns="http://www.w3.org/1999/xhtml"><script>1</script></div>'),
    rule: 'unsafe-narrative',
    path: /text\.div$/,
  },
  // ── documents ──
  {
    name: 'a reference to nothing',
    plant: (document) =>
      (composition(document).section[0].entry[0].reference = 'urn:uuid:00000000-0000-4000-8000-000000000000'),
    rule: 'dangling-reference',
    path: /section\[0\]\.entry\[0\]$/,
  },
  {
    name: 'a reference from a clinical resource to nothing',
    plant: (_, find) => (find('Observation').encounter.reference = 'urn:uuid:00000000-0000-4000-8000-000000000000'),
    rule: 'dangling-reference',
    path: /encounter$/,
  },
  {
    name: 'a subject that is the hospital',
    plant: (document, find) => {
      composition(document).subject = { reference: `urn:uuid:${find('Organization').id}` };
    },
    rule: 'wrong-target',
    path: /resource\.subject$/,
  },
  {
    name: 'a reference that says another type',
    plant: (document) => (composition(document).subject.type = 'Group'),
    rule: 'wrong-reference-type',
    path: /resource\.subject$/,
  },
  {
    name: 'a Composition that is not first',
    plant: (document) => document.entry.reverse(),
    rule: 'composition-not-first',
    path: 'Bundle.entry[0]',
  },
  {
    name: 'the same fullUrl twice',
    plant: (document) => (document.entry[2].fullUrl = document.entry[1].fullUrl),
    rule: 'repeated-full-url',
    path: 'Bundle.entry[2].fullUrl',
  },
  {
    name: 'an entry without fullUrl',
    plant: (document) => delete document.entry[1].fullUrl,
    rule: 'missing',
    path: 'Bundle.entry[1].fullUrl',
  },
  {
    name: 'an id that is not the fullUrl’s',
    plant: (_, find) => (find('Patient').id = '00000000-0000-4000-8000-000000000000'),
    rule: 'full-url-differs',
    path: /resource\.id$/,
  },
  {
    name: 'a resource nothing points at',
    plant: (document) => {
      const resource = { resourceType: 'Binary', id: 'a', contentType: 'text/plain', data: 'AAAA' };
      document.entry.push({ fullUrl: 'urn:uuid:a', resource });
    },
    rule: 'not-reached',
    path: /resource$/,
  },
  // ── NRCeS: envelope ──
  {
    name: 'no identifier',
    plant: (document) => delete document.identifier,
    rule: 'missing',
    path: 'Bundle.identifier',
  },
  {
    name: 'no identifier system',
    plant: (document) => delete document.identifier.system,
    rule: 'missing',
    path: 'Bundle.identifier.system',
  },
  {
    name: 'no version',
    plant: (document) => delete document.meta.versionId,
    rule: 'missing',
    path: 'Bundle.meta.versionId',
  },
  { name: 'no timestamp', plant: (document) => delete document.timestamp, rule: 'missing', path: 'Bundle.timestamp' },
  {
    name: 'a collection',
    plant: (document) => (document.type = 'collection'),
    rule: 'wrong-value',
    path: 'Bundle.type',
  },
  // ── NRCeS: records ──
  {
    name: 'another document type',
    plant: (document) => (composition(document).type.coding[0].code = '419891008'),
    rule: 'wrong-value',
    path: /type\.coding\[0\]\.code$/,
  },
  {
    name: 'another display on the document type',
    plant: (document) => (composition(document).type.coding[0].display = 'Consultation'),
    rule: 'wrong-value',
    path: /type\.coding\[0\]\.display$/,
  },
  {
    name: 'a document that says neither profile nor type',
    plant: (document) => {
      delete composition(document).meta;
      delete composition(document).type.coding;
    },
    rule: 'unknown-record',
    path: /resource\.type$/,
  },
  {
    name: 'a consultation without a visit',
    plant: (document) => delete composition(document).encounter,
    rule: 'missing',
    path: /resource\.encounter$/,
  },
  {
    name: 'no section at all',
    plant: (document) => delete composition(document).section,
    rule: 'missing',
    path: /resource\.section$/,
  },
  {
    name: 'another display on a section',
    plant: (document) => (composition(document).section[0].code.coding[0].display = 'Complaints'),
    rule: 'wrong-value',
    path: /section\[0\]\.code\.coding\[0\]\.display$/,
  },
  {
    name: 'a section code of another system',
    plant: (document) => (composition(document).section[0].code.coding[0].system = 'http://loinc.org'),
    rule: 'wrong-value',
    path: /section\[0\]\.code\.coding\[0\]\.system$/,
  },
  {
    name: 'two codes on a section',
    plant: (document) => {
      const { coding } = composition(document).section[0].code;
      coding.push({ ...coding[0] });
    },
    rule: 'two-codes',
    path: /section\[0\]\.code\.coding$/,
  },
  {
    name: 'the same section twice',
    plant: (document) => composition(document).section.push(composition(document).section[0]),
    rule: 'repeated-section',
    path: /section\[9\]$/,
  },
  {
    name: 'an unknown section before a known one',
    plant: (document) => (composition(document).section[0].code.coding[0].code = '736271009'),
    rule: 'unknown-section-before-known',
    path: /section\[0\]$/,
  },
  {
    name: 'a resource in the wrong section',
    plant: (document) => {
      const { section } = composition(document);
      section[0].entry[0] = section[2].entry[0];
    },
    rule: 'wrong-target',
    path: /section\[0\]\.entry\[0\]$/,
  },
  {
    name: 'an entry without type in a prescription',
    in: 'Prescription',
    plant: (document) => delete composition(document).section[0].entry[1].type,
    rule: 'missing',
    path: /section\[0\]\.entry\[1\]\.type$/,
  },
  {
    name: 'an entry of another type in a prescription',
    in: 'Prescription',
    plant: (document, find) => {
      composition(document).section[0].entry.push({ reference: `urn:uuid:${find('Patient').id}`, type: 'Patient' });
    },
    rule: 'entry-type',
    path: /entry\[2\]\.type$/,
  },
  {
    name: 'two sections in a prescription',
    in: 'Prescription',
    plant: (document) => composition(document).section.push(composition(document).section[0]),
    rule: 'too-many',
    path: /resource\.section$/,
  },
  {
    name: 'a prescription without entries',
    in: 'Prescription',
    plant: (document) => delete composition(document).section[0].entry,
    rule: 'missing',
    path: /section\[0\]\.entry$/,
  },
  {
    name: 'another code on the prescription’s section',
    in: 'Prescription',
    plant: (document) => (composition(document).section[0].code.coding[0].code = '721912009'),
    rule: 'wrong-value',
    path: /section\[0\]\.code\.coding\[0\]\.code$/,
  },
  // ── NRCeS: resources ──
  {
    name: 'a patient without identifier',
    plant: (_, find) => delete find('Patient').identifier,
    rule: 'missing',
    path: /resource\.identifier$/,
  },
  {
    name: 'an identifier without type',
    plant: (_, find) => delete find('Patient').identifier[0].type,
    rule: 'missing',
    path: /identifier\[0\]\.type$/,
  },
  {
    name: 'an identifier type without display',
    plant: (_, find) => delete find('Patient').identifier[0].type.coding[0].display,
    rule: 'incomplete-coding',
    path: /type\.coding\[0\]\.display$/,
  },
  {
    name: 'a patient name without text',
    plant: (_, find) => delete find('Patient').name[0].text,
    rule: 'missing',
    path: /name\[0\]\.text$/,
  },
  {
    name: 'a doctor without identifier',
    plant: (_, find) => delete find('Practitioner').identifier,
    rule: 'missing',
    path: /resource\.identifier$/,
  },
  {
    name: 'a hospital without name',
    plant: (_, find) => delete find('Organization').name,
    rule: 'missing',
    path: /resource\.name$/,
  },
  {
    name: 'a hospital identifier without system',
    plant: (_, find) => delete find('Organization').identifier[0].system,
    rule: 'missing',
    path: /identifier\[0\]\.system$/,
  },
  {
    name: 'a diagnosis code without display',
    plant: (document) =>
      delete document.entry.find((each: any) => each.resource.code?.coding?.[0]?.code === 'J06.9').resource.code
        .coding[0].display,
    rule: 'incomplete-coding',
    path: /code\.coding\[0\]\.display$/,
  },
  {
    name: 'a diagnosis in a code system ABDM does not take',
    plant: (_, find) => (find('Condition').code.coding = [{ system: 'http://x.test', code: '1', display: 'x' }]),
    rule: 'foreign-code-system',
    path: /code\.coding\[0\]\.system$/,
  },
  {
    name: 'a diagnosis without code',
    plant: (_, find) => delete find('Condition').code,
    rule: 'missing',
    path: /resource\.code$/,
  },
  {
    name: 'a local code on a drug',
    plant: (_, find) =>
      (find('MedicationRequest').medicationCodeableConcept.coding = [
        { system: 'http://x.test', code: '1', display: 'x' },
      ]),
    rule: 'foreign-code-system',
    path: /medicationCodeableConcept\.coding\[0\]\.system$/,
  },
  {
    name: 'a drug without dosage',
    plant: (_, find) => delete find('MedicationRequest').dosageInstruction,
    rule: 'missing',
    path: /dosageInstruction$/,
  },
  {
    name: 'a drug without date',
    plant: (_, find) => delete find('MedicationRequest').authoredOn,
    rule: 'missing',
    path: /authoredOn$/,
  },
  {
    name: 'a drug nobody prescribed',
    plant: (_, find) => delete find('MedicationRequest').requester,
    rule: 'missing',
    path: /requester$/,
  },
  {
    name: 'an appointment without start and end',
    plant: (_, find) => {
      delete find('Appointment').start;
      delete find('Appointment').end;
    },
    rule: 'missing',
    path: /start$/,
  },
  {
    name: 'a referral nobody ordered',
    plant: (_, find) => delete find('ServiceRequest').requester,
    rule: 'missing',
    path: /requester$/,
  },
  {
    name: 'a scan without data',
    plant: (_, find) => delete find('DocumentReference').content[0].attachment.data,
    rule: 'missing',
    path: /attachment\.data$/,
  },
];

function planted({ in: hiType = 'OPConsultation', plant }: Defect): unknown {
  const document = JSON.parse(aRecord(hiType).json);
  plant(document, (type) => document.entry.find((entry: any) => entry.resource.resourceType === type).resource);
  return document;
}

describe('the validator finds', () => {
  it.each(DEFECTS)('$name', (defect) => {
    const issues = validator.validate(planted(defect));
    expect(issues).toContainEqual(
      expect.objectContaining({
        rule: defect.rule,
        path: typeof defect.path === 'string' ? defect.path : expect.stringMatching(defect.path),
      }),
    );
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
    const [issue] = validator.validate({ ...aRecord('Prescription').bundle, 'Asha Devi 9000000001': 1 });
    expect(issue).toMatchObject({ rule: 'unknown-property', path: 'Bundle.?' });
  });

  it('takes extensions on primitive values', () => {
    const document = JSON.parse(aRecord('Prescription').json);
    const patient = document.entry[1].resource;
    patient._birthDate = { extension: [{ url: 'http://x.test/estimated', valueBoolean: true }] };
    patient.name[0].given = ['Asha', null];
    patient.name[0]._given = [null, { extension: [{ url: 'http://x.test/hidden', valueCode: 'x' }] }];
    expect(validator.validate(document)).toEqual([]);
  });

  it('lets an unknown section stand at the end', () => {
    const document = JSON.parse(aRecord('OPConsultation').json);
    composition(document).section.at(-1).code.coding[0].code = '1';
    expect(validator.validate(document)).toEqual([]);
  });

  it('takes a scanned prescription beside the drugs, but only one', () => {
    const document = JSON.parse(aRecord('Prescription').json);
    for (const [at, id] of ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'].entries()) {
      const resource = { resourceType: 'Binary', id, contentType: 'application/pdf', data: 'JVBERi0xLjQK' };
      document.entry.push({ fullUrl: `urn:uuid:${id}`, resource });
      composition(document).section[0].entry.push({ reference: `urn:uuid:${id}`, type: 'Binary' });
      expect(validator.validate(document).map(({ rule }) => rule)).toEqual(at === 0 ? [] : ['too-many']);
    }
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

import type { HiType } from '../../src/ports/visit.js';
import type { RuleName } from '../../src/fhir/validation/rules.js';
import { aDocument } from './fhir-documents.js';
import { idOf, to } from './fhir-resources.js';

/** One thing wrong in an otherwise valid document, and what has to be said of it. */
export interface Defect {
  readonly name: string;
  readonly in: HiType;
  /** Key of RESOURCES, `Composition` or `Bundle`, then the way below it: `Patient.name.0.text`. */
  readonly at: string;
  /** The new value; `REMOVED`; or made from the old one and the document. */
  readonly put: unknown;
  readonly rule: RuleName;
  /** Below the same resource, where the finding stands elsewhere than the change: `section[0].entry`. */
  readonly found: string | undefined;
}

type Change = (old: any, document: any) => unknown;
const REMOVED: Change = () => undefined;
/** Puts an item at the end of a list. */
const added =
  (item: unknown): Change =>
  (old: unknown[]) => [...old, item];
const doubled: Change = (old: unknown[]) => [...old, ...old];

/** The resource without some of its members, and with others instead. */
const without =
  (names: readonly string[], instead: object = {}): Change =>
  (old: object) => ({
    ...Object.fromEntries(Object.entries(old).filter(([key]) => !names.includes(key))),
    ...instead,
  });

const OP = 'OPConsultation';
const NOBODY = { reference: 'urn:uuid:00000000-0000-4000-8000-000000000000' };
const LOCAL = [{ system: 'http://x.test', code: '1', display: 'x' }];

type Row = readonly [name: string, hiType: HiType, at: string, put: unknown, rule: RuleName, found?: string];

// prettier-ignore
const ROWS: readonly Row[] = [
  // ── JSON ──
  ['a field FHIR does not know', OP, 'Patient.caste', 'x', 'unknown-property'],
  ['an unknown field deep inside', OP, 'Patient.name.0.nick', 'x', 'unknown-property'],
  ['a single value where a list belongs', OP, 'Patient.name', { text: 'x' }, 'not-a-list'],
  ['a list where a single value belongs', OP, 'Patient.gender', ['female'], 'not-single'],
  ['a number where text belongs', OP, 'Patient.identifier.0.value', 17, 'wrong-type'],
  ['text where a number belongs', 'WellnessRecord', 'ObservationVitalSigns.valueQuantity.value', '130', 'wrong-type'],
  ['text where true or false belongs', OP, 'Patient.active', 'true', 'wrong-type'],
  ['text where an object belongs', OP, 'Condition.code', 'fever', 'not-an-object'],
  ['an empty list', OP, 'Patient.telecom', [], 'empty'],
  ['an empty object', OP, 'Patient.maritalStatus', {}, 'empty'],
  ['an empty text', OP, 'Patient.name.0.text', '', 'empty'],
  ['a null', OP, 'Patient.birthDate', null, 'empty'],
  ['a null in a list of texts', OP, 'Patient.name.0.given', [null], 'empty', 'name[0].given[0]'],
  ['a type of resource that does not exist', OP, 'Appointment.resourceType', 'Meeting', 'unknown-resource-type', ''],
  ['a list beside a single primitive', OP, 'Patient._birthDate', [], 'not-single'],

  // ── base R4: cardinality, types ──
  ['no title', OP, 'Composition.title', REMOVED, 'missing'],
  ['no date', 'Prescription', 'Composition.date', REMOVED, 'missing'],
  ['no author', 'HealthDocumentRecord', 'Composition.author', REMOVED, 'missing'],
  ['a procedure without status', 'DischargeSummary', 'Procedure.status', REMOVED, 'missing'],
  ['a nested element that is required', OP, 'Appointment.participant.0.status', REMOVED, 'missing'],
  ['two values at once', 'WellnessRecord', 'ObservationVitalSigns.valueString', 'x', 'two-values', 'value'],
  ['two dates of a vaccination at once', 'ImmunizationRecord', 'Immunization.occurrenceString', 'x', 'other-type'],
  ['a comparator where R4 wants a plain number', OP, 'Observation.referenceRange.0.low.comparator', '<', 'not-allowed'],

  // ── base R4: required bindings ──
  ['a gender code of its own', OP, 'Patient.gender', 'F', 'unknown-code'],
  ['a status of its own', OP, 'Composition.status', 'done', 'unknown-code'],
  ['a clinical status of its own', OP, 'Condition.clinicalStatus.coding.0.code', 'ill', 'unknown-code', 'clinicalStatus'],
  ['a report status of its own', 'DiagnosticReport', 'DiagnosticReport.status', 'AUTH', 'unknown-code'],
  ['an unknown unit of time', OP, 'MedicationRequest.dosageInstruction.0.timing.repeat.periodUnit', 'day', 'unknown-code'],
  ['an invoice status of its own', 'Invoice', 'Invoice.status', 'paid', 'unknown-code'],
  ['a vaccination status of its own', 'ImmunizationRecord', 'Immunization.status', 'given', 'unknown-code'],

  // ── base R4: how primitives are written ──
  ['a date as the hospital writes it', OP, 'Patient.birthDate', '13/02/1984', 'wrong-format'],
  ['30 February', OP, 'Patient.birthDate', '1984-02-30', 'wrong-format'],
  ['a time without its zone', OP, 'Composition.date', '2025-08-12T09:41:00', 'wrong-format'],
  ['a timestamp without its zone', OP, 'Bundle.timestamp', '2025-08-12T09:41:00', 'wrong-format'],
  ['a vaccination date in the hospital’s way', 'ImmunizationRecord', 'Immunization.occurrenceDateTime', '12-08-2025', 'wrong-format'],
  ['a dose number of nought', 'ImmunizationRecord', 'Immunization.protocolApplied.0.doseNumberPositiveInt', 0, 'wrong-format'],
  ['data that is not base64', 'HealthDocumentRecord', 'DocumentReference.content.0.attachment.data', '%PDF-1.4', 'wrong-format'],
  ['a script in the readable text', OP, 'Composition.text',
    { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>1</script></div>' }, 'unsafe-narrative', 'text.div'],

  // ── base R4: invariants of resources and of data types ──
  ['app-2: start and no end', OP, 'Appointment.end', REMOVED, 'invariant', ''],
  ['app-3: booked without a time', OP, 'Appointment', without(['start', 'end']), 'invariant', ''],
  ['ait-1: an allergy without clinical status', OP, 'AllergyIntolerance.clinicalStatus', REMOVED, 'invariant', ''],
  ['con-4: abated, yet active', OP, 'Condition.abatementDateTime', '2025-08-13', 'invariant', ''],
  ['con-5: wrong entry with a status', OP, 'Condition.verificationStatus',
    { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'entered-in-error' }] }, 'invariant', ''],
  ['obs-3: an empty range', OP, 'Observation.referenceRange.0', { type: { text: 'normal' } }, 'invariant'],
  ['obs-6: a value and why there is none', 'WellnessRecord', 'ObservationVitalSigns.dataAbsentReason', { text: 'x' }, 'invariant', ''],
  ['pat-1: a contact without anything', OP, 'Patient.contact.0', { gender: 'male' }, 'invariant'],
  ['org-3: a hospital’s home phone', OP, 'Organization.telecom.0.use', 'home', 'invariant', 'telecom[0]'],
  ['cmp-1: a section with a title only', OP, 'Composition.section.0.entry', REMOVED, 'invariant', 'section[0]'],
  ['fhs-1: a birth date and an age', OP, 'FamilyMemberHistory', (old: any) => ({ ...old, ageString: '70', bornString: '1955' }), 'invariant', ''],
  ['imr-1: a dose of nothing', 'ImmunizationRecord', 'ImmunizationRecommendation.recommendation.0.vaccineCode', REMOVED, 'invariant', 'recommendation[0]'],
  ['per-1: a visit that ends before it begins', OP, 'Encounter.period.end', '2025-08-12T08:00:00+05:30', 'invariant', 'period'],
  ['cpt-2: a number without its system', OP, 'Patient.telecom.0.system', REMOVED, 'invariant', 'telecom[0]'],
  ['qty-3: a unit code without its system', 'WellnessRecord', 'ObservationVitalSigns.valueQuantity.system', REMOVED, 'invariant', 'valueQuantity'],
  ['tim-2: a period without its unit', OP, 'MedicationRequest.dosageInstruction.0.timing.repeat.periodUnit', REMOVED, 'invariant',
    'dosageInstruction[0].timing.repeat'],
  ['att-1: data of no kind', OP, 'Patient.photo', [{ data: 'AAAA' }], 'invariant', 'photo[0]'],
  ['dom-3: contained for nothing', OP, 'Condition.contained', [{ resourceType: 'Location', id: 'a' }], 'invariant', ''],
  ['cpl-3: an activity in two forms', 'DischargeSummary', 'CarePlan.activity.0.reference', { display: 'x' }, 'invariant', 'activity[0]'],

  // ── documents ──
  ['a reference to nothing', OP, 'Composition.section.0.entry.0', NOBODY, 'dangling-reference'],
  ['a reference from a clinical resource to nothing', OP, 'Condition.encounter', NOBODY, 'dangling-reference'],
  ['a reference into what is not contained', OP, 'Condition.encounter', { reference: '#a' }, 'dangling-reference'],
  ['a relative reference of the record to nothing', OP, 'Composition.custodian', { reference: 'Organization/17' }, 'dangling-reference'],
  ['a subject that is the hospital', OP, 'Composition.subject', to('Organization'), 'wrong-target'],
  ['a diagnosis of a doctor', OP, 'Condition.subject', to('Practitioner'), 'wrong-target'],
  ['a reference that says another type', OP, 'Composition.subject.type', 'Group', 'wrong-reference-type', 'subject'],
  ['a Composition that is not first', OP, 'Bundle.entry', (old: unknown[]) => old.toReversed(), 'composition-not-first', 'entry[0]'],
  ['a second Composition', 'HealthDocumentRecord', 'Bundle.entry',
    (old: any[]) => [...old, { ...old[0], fullUrl: 'urn:uuid:00000000-0000-4000-8000-000000000009' }], 'second-composition', 'entry[6]'],
  ['the same fullUrl twice', OP, 'Bundle.entry.2.fullUrl', (_: unknown, { entry }: any) => entry[1].fullUrl, 'repeated-full-url'],
  ['an entry without fullUrl', OP, 'Bundle.entry.1.fullUrl', REMOVED, 'missing'],
  ['an entry without resource', OP, 'Bundle.entry.4.resource', REMOVED, 'missing'],

  // ── NRCeS: the envelope ──
  ['no identifier', OP, 'Bundle.identifier', REMOVED, 'missing'],
  ['no identifier system', OP, 'Bundle.identifier.system', REMOVED, 'missing'],
  ['no identifier value', 'Invoice', 'Bundle.identifier.value', REMOVED, 'missing'],
  ['no version', OP, 'Bundle.meta.versionId', REMOVED, 'missing'],
  ['no meta', 'Prescription', 'Bundle.meta', REMOVED, 'missing'],
  ['no timestamp', OP, 'Bundle.timestamp', REMOVED, 'missing'],
  ['a collection', OP, 'Bundle.type', 'collection', 'wrong-value'],
  ['a total of hits', OP, 'Bundle.total', 4, 'invariant', ''],

  // ── NRCeS: the records ──
  ['another document type', OP, 'Composition.type.coding.0.code', '419891008', 'wrong-value'],
  ['another display on the document type', OP, 'Composition.type.coding.0.display', 'Consultation', 'wrong-value'],
  ['a document type of another system', 'DischargeSummary', 'Composition.type.coding.0.system', 'http://loinc.org', 'foreign-code-system'],
  ['two document types', 'ImmunizationRecord', 'Composition.type.coding', doubled, 'two-codes'],
  ['no document type code', 'HealthDocumentRecord', 'Composition.type', { text: 'x' }, 'missing', 'type.coding'],
  ['another type text of a wellness record', 'WellnessRecord', 'Composition.type.text', 'Wellness', 'wrong-value'],
  ['another type text of an invoice', 'Invoice', 'Composition.type.text', 'Bill', 'wrong-value'],
  ['a document that says neither profile nor type', OP, 'Composition', without(['meta'], { type: { text: 'x' } }), 'unknown-record', 'type'],
  ['a consultation without a visit', OP, 'Composition.encounter', REMOVED, 'missing'],
  ['a discharge summary without a stay', 'DischargeSummary', 'Composition.encounter', REMOVED, 'missing'],
  ['an author who is only named', OP, 'Composition.author.0', { display: 'Dr. Test' }, 'missing', 'author[0].reference'],
  ['an author who is a diagnosis', OP, 'Composition.author.0', to('Condition'), 'wrong-target'],
  ['a patient’s profile on the record', OP, 'Composition.meta.profile.0',
    'https://nrces.in/ndhm/fhir/r4/StructureDefinition/Patient', 'foreign-profile', 'meta.profile'],
  ['no section at all', OP, 'Composition.section', REMOVED, 'missing'],

  // ── NRCeS: sections by code, by title ──
  ['another display on a section', OP, 'Composition.section.0.code.coding.0.display', 'Complaints', 'wrong-value'],
  ['a section code of another system', OP, 'Composition.section.0.code.coding.0.system', 'http://loinc.org', 'foreign-code-system'],
  ['a section code without display', 'DischargeSummary', 'Composition.section.0.code.coding.0.display', REMOVED, 'incomplete-coding'],
  ['two codes on a section', OP, 'Composition.section.0.code.coding', doubled, 'two-codes'],
  ['the same section twice', OP, 'Composition.section', (old: unknown[]) => [...old, old[0]], 'repeated-section', 'section[7]'],
  ['an unknown section before a known one', OP, 'Composition.section.0.code.coding.0.code', '736271009', 'unknown-section-before-known', 'section[0]'],
  ['a title that is not quite right before a known one', 'WellnessRecord', 'Composition.section.0.title', 'Vitals', 'unknown-section-before-known', 'section[0]'],
  ['the same title twice', 'WellnessRecord', 'Composition.section', doubled, 'repeated-section', 'section[3]'],
  ['a consultation’s history code in a discharge summary', 'DischargeSummary', 'Composition.section.0.code.coding.0.code', '371529009',
    'unknown-section-before-known', 'section[0]'],
  ['a resource in the wrong section', OP, 'Composition.section.0.entry.0', to('AllergyIntolerance'), 'wrong-target'],
  ['an entry that is only named', OP, 'Composition.section.0.entry.0', { display: 'fever' }, 'missing', 'section[0].entry[0].reference'],
  ['a smoking habit among the vital signs', 'WellnessRecord', 'Composition.section.0.entry.0', to('ObservationLifestyle'), 'wrong-target-profile'],
  ['an order in a discharge summary’s history', 'DischargeSummary', 'Composition.section.0.entry.0', to('CarePlan'), 'wrong-target'],

  // ── NRCeS: the single section, entries by Reference.type ──
  ['two sections in a prescription', 'Prescription', 'Composition.section', doubled, 'too-many'],
  ['two sections in an invoice', 'Invoice', 'Composition.section', doubled, 'too-many'],
  ['a prescription without entries', 'Prescription', 'Composition.section.0.entry', REMOVED, 'missing'],
  ['an entry without type in a prescription', 'Prescription', 'Composition.section.0.entry.0.type', REMOVED, 'entry-type'],
  ['an entry of another type in a prescription', 'Prescription', 'Composition.section.0.entry.0', { ...to('Patient'), type: 'Patient' },
    'entry-type', 'section[0].entry[0].type'],
  ['an entry without type in an immunization record', 'ImmunizationRecord', 'Composition.section.0.entry.0.type', REMOVED, 'entry-type'],
  ['two scans in a prescription', 'Prescription', 'Composition.section.0.entry', (old: unknown[]) => [...old, old[1]], 'too-many', 'section[0].entry[2]'],
  ['two reports in one record', 'DiagnosticReport', 'Composition.section.0.entry', (old: unknown[]) => [old[0], old[0]], 'too-many', 'section[0].entry[1]'],
  ['three entries in a report’s record', 'DiagnosticReport', 'Composition.section.0.entry', (old: unknown[]) => [...old, old[0]], 'too-many'],
  ['two bills in one invoice record', 'Invoice', 'Composition.section.0.entry', doubled, 'too-many', 'section[0].entry[1]'],
  ['a vaccination called a recommendation', 'ImmunizationRecord', 'Composition.section.0.entry.0.type', 'ImmunizationRecommendation',
    'wrong-reference-type', 'section[0].entry[0]'],
  ['a vaccination where a document is said to be', 'ImmunizationRecord', 'Composition.section.0.entry.0.type', 'DocumentReference', 'wrong-target', 'section[0].entry[0]'],
  ['a patient in a health document', 'HealthDocumentRecord', 'Composition.section.0.entry.0', to('Patient'), 'wrong-target'],
  ['another code on the prescription’s section', 'Prescription', 'Composition.section.0.code',
    { coding: [{ system: 'http://snomed.info/sct', code: '721912009', display: 'Prescription record' }] }, 'wrong-value', 'section[0].code.coding[0].code'],
  ['a local code on the report’s section', 'DiagnosticReport', 'Composition.section.0.code', { coding: LOCAL }, 'foreign-code-system',
    'section[0].code.coding[0].system'],

  // ── NRCeS: resources ──
  ['a patient without identifier', OP, 'Patient.identifier', REMOVED, 'missing'],
  ['an identifier without type', OP, 'Patient.identifier.0.type', REMOVED, 'missing'],
  ['an identifier type without display', OP, 'Patient.identifier.0.type.coding.0.display', REMOVED, 'incomplete-coding'],
  ['a patient name without text', OP, 'Patient.name.0.text', REMOVED, 'missing'],
  ['a phone without number', OP, 'Patient.telecom.0.value', REMOVED, 'missing'],
  ['a doctor without identifier', OP, 'Practitioner.identifier', REMOVED, 'missing'],
  ['a photo without data', OP, 'Practitioner.photo', [{ contentType: 'image/png' }], 'missing', 'photo[0].data'],
  ['a hospital without name', OP, 'Organization.name', REMOVED, 'missing'],
  ['a hospital identifier without system', OP, 'Organization.identifier.0.system', REMOVED, 'missing'],
  ['a hospital of a local kind', OP, 'Organization.type', [{ coding: LOCAL }], 'foreign-code-system', 'type[0].coding[0].system'],
  ['a diagnosis without code', OP, 'Condition.code', REMOVED, 'missing'],
  ['a diagnosis code without display', OP, 'Condition.code.coding.0.display', REMOVED, 'incomplete-coding'],
  ['a diagnosis code without system', OP, 'Condition.code.coding.0.system', REMOVED, 'incomplete-coding'],
  ['a diagnosis in a code system ABDM does not take', OP, 'Condition.code.coding', LOCAL, 'foreign-code-system', 'code.coding[0].system'],
  ['an examination in ICD-10', OP, 'Observation.code.coding', added({ system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10', display: 'x' }),
    'foreign-code-system', 'code.coding[1].system'],
  ['an allergy with a local code', OP, 'AllergyIntolerance.code.coding', LOCAL, 'foreign-code-system', 'code.coding[0].system'],
  ['a relative without illness', OP, 'FamilyMemberHistory.condition', REMOVED, 'missing'],
  ['a local code on a drug', 'Prescription', 'MedicationRequest.medicationCodeableConcept.coding', LOCAL, 'foreign-code-system',
    'medicationCodeableConcept.coding[0].system'],
  ['a drug as a reference', 'Prescription', 'MedicationRequest', without(['medicationCodeableConcept'], { medicationReference: { display: 'x' } }), 'other-type', 'medicationReference'],
  ['no drug at all', 'Prescription', 'MedicationRequest.medicationCodeableConcept', REMOVED, 'missing', 'medication'],
  ['a drug without dosage', 'Prescription', 'MedicationRequest.dosageInstruction', REMOVED, 'missing'],
  ['a drug without date', OP, 'MedicationRequest.authoredOn', REMOVED, 'missing'],
  ['a drug nobody prescribed', OP, 'MedicationRequest.requester', REMOVED, 'missing'],
  ['a local route', OP, 'MedicationRequest.dosageInstruction.0.route', { coding: LOCAL }, 'foreign-code-system', 'dosageInstruction[0].route.coding[0].system'],
  ['a referral nobody ordered', OP, 'ServiceRequest.requester', REMOVED, 'missing'],
  ['a scan without data', 'HealthDocumentRecord', 'DocumentReference.content.0.attachment.data', REMOVED, 'missing'],
  ['a scan without its kind', 'DiagnosticReport', 'DocumentReference.content.0.attachment.contentType', REMOVED, 'missing'],
  ['a file without data', 'Prescription', 'Binary.data', REMOVED, 'missing'],
  ['a report without conclusion', 'DiagnosticReport', 'DiagnosticReport.conclusion', REMOVED, 'missing'],
  ['a report without result', 'DiagnosticReport', 'DiagnosticReport.result', REMOVED, 'missing'],
  ['a report nobody read', 'DischargeSummary', 'DiagnosticReport.resultsInterpreter', REMOVED, 'missing'],
  ['a report with a local code', 'DiagnosticReport', 'DiagnosticReport.code.coding', LOCAL, 'foreign-code-system', 'code.coding[0].system'],
  ['a result that is a specimen', 'DiagnosticReport', 'DiagnosticReport.result.0', to('Specimen'), 'wrong-target'],
  ['a report that claims no profile and is none', 'DiagnosticReport', 'DiagnosticReport', without(['meta', 'conclusion']),
    'wrong-target-profile', '^section[0].entry[0]'],
  ['a specimen never received', 'DiagnosticReport', 'Specimen.receivedTime', REMOVED, 'missing'],
  ['a procedure with a local code', 'DischargeSummary', 'Procedure.code.coding', LOCAL, 'foreign-code-system', 'code.coding[0].system'],
  ['a plan without intent', 'DischargeSummary', 'CarePlan.intent', REMOVED, 'missing'],
  ['a vaccine without display', 'ImmunizationRecord', 'Immunization.vaccineCode.coding.0.display', REMOVED, 'incomplete-coding'],
  ['a brand name that is a number', 'ImmunizationRecord', 'Immunization.extension.0',
    { url: 'https://nrces.in/ndhm/fhir/r4/StructureDefinition/BrandName', valueInteger: 1 }, 'other-type', 'extension[0].valueInteger'],
  ['two brand names', 'ImmunizationRecord', 'Immunization.extension', doubled, 'too-many', 'extension[1]'],
  ['a vaccination recommended to nobody', 'ImmunizationRecord', 'ImmunizationRecommendation.patient', REMOVED, 'missing'],
  ['a smoking habit as a number', 'WellnessRecord', 'ObservationLifestyle', without(['valueCodeableConcept'], { valueInteger: 1 }), 'other-type', 'valueInteger'],
  ['a weight code without display', 'WellnessRecord', 'ObservationBodyMeasurement.code.coding.0.display', REMOVED, 'incomplete-coding'],
  ['a bill without number', 'Invoice', 'Invoice.identifier', REMOVED, 'missing'],
  ['a bill with two numbers', 'Invoice', 'Invoice.identifier', doubled, 'too-many'],
  ['a bill of no kind', 'Invoice', 'Invoice.type.coding', REMOVED, 'missing'],
  ['a bill without lines', 'Invoice', 'Invoice.lineItem', REMOVED, 'missing'],
  ['a line without price', 'Invoice', 'Invoice.lineItem.0.priceComponent', REMOVED, 'missing'],
  ['a bill without total', 'Invoice', 'Invoice.totalGross', REMOVED, 'missing'],
  ['a charge without product', 'Invoice', 'ChargeItem.productCodeableConcept', REMOVED, 'missing', 'product'],
];

export const DEFECTS: readonly Defect[] = ROWS.map(([name, hiType, at, put, rule, found]) => ({
  name,
  in: hiType,
  at,
  put,
  rule,
  found,
}));

/** The document with its one defect. */
export function planted({ in: hiType, at, put }: Defect): unknown {
  const document: any = aDocument(hiType);
  const [key = '', ...steps] = at.split('.');
  const place = document.entry.findIndex(({ resource }: any) => resource.id === idOf(key));
  const holder = key === 'Bundle' ? { root: document } : { root: document.entry[place].resource };
  const way = ['root', ...steps];
  const last = way.pop() ?? 'root';
  const parent = way.reduce<any>((value, step) => value[step], holder);
  parent[last] = typeof put === 'function' ? (put as Change)(parent[last], document) : structuredClone(put);
  if (key === 'Bundle') return withoutUndefined(document);
  document.entry[place].resource = holder.root;
  return withoutUndefined(document);
}

/** Where the finding has to stand. `^` in front: in the Composition. */
export function placeOf({ in: hiType, at, found }: Defect): string {
  const [key = '', ...steps] = at.split('.');
  const below =
    found ??
    steps
      .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
      .join('')
      .replace(/^\./, '');
  if (key === 'Bundle') return joined('Bundle', below);
  const entry = (aDocument(hiType)['entry'] as { resource: { id: string } }[]).findIndex(
    ({ resource }) => resource.id === idOf(below.startsWith('^') ? 'Composition' : key),
  );
  return joined(`Bundle.entry[${entry}].resource`, below.replace('^', ''));
}

const joined = (path: string, below: string): string => (below === '' ? path : `${path}.${below}`);

const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

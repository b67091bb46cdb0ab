import type { HiType } from '../../src/ports/visit.js';
import { PROFILES } from '../../src/fhir/terminology/profiles.js';
import { DIAGNOSTIC_REPORT_RECORD } from '../../src/fhir/validation/profiles/diagnostic-report-record.js';
import {
  DISCHARGE_SUMMARY_RECORD,
  DISCHARGE_SUMMARY_SECTIONS,
} from '../../src/fhir/validation/profiles/discharge-summary-record.js';
import { HEALTH_DOCUMENT_RECORD } from '../../src/fhir/validation/profiles/health-document-record.js';
import { IMMUNIZATION_RECORD } from '../../src/fhir/validation/profiles/immunization-record.js';
import { INVOICE_RECORD } from '../../src/fhir/validation/profiles/invoice-record.js';
import { OP_CONSULT_RECORD, OP_CONSULT_SECTIONS } from '../../src/fhir/validation/profiles/op-consult-record.js';
import { PRESCRIPTION_RECORD } from '../../src/fhir/validation/profiles/prescription-record.js';
import { WELLNESS_RECORD, WELLNESS_SECTIONS } from '../../src/fhir/validation/profiles/wellness-record.js';
import { RESOURCES, idOf, to } from './fhir-resources.js';

type Json = Record<string, unknown>;

/** What stands in a document besides the sections, and what they point at. */
interface Draft {
  readonly profile: string;
  readonly type: Json;
  readonly section: readonly Json[];
  /** Keys of RESOURCES, besides patient, doctor, hospital and visit. */
  readonly holds: readonly string[];
}

/** A resource's type, where its key in RESOURCES is a profile's name. */
const typeOf = (key: string): string => (key.startsWith('Observation') ? 'Observation' : key);

const profileOf = (key: string): string =>
  key === 'DiagnosticReport' ? PROFILES.diagnosticReportLab : PROFILES.patient.replace(/Patient$/, key);

const coded = (section: { readonly code: Json }, ...keys: readonly string[]): Json => ({
  title: 'Section',
  code: { coding: [{ ...section.code }] },
  entry: keys.map(to),
});

const titled = ({ title }: { readonly title: string }, ...keys: readonly string[]): Json => ({
  title,
  entry: keys.map(to),
});

const sorted = (...keys: readonly string[]): Json => ({
  title: 'Section',
  entry: keys.map((key) => ({ ...to(key), type: typeOf(key) })),
});

const typed = ({ elements }: { elements: { type: { coding: { exactly: Json } } } }): Json => ({
  coding: [{ ...elements.type.coding.exactly }],
});

const DRAFTS: Readonly<Record<HiType, Draft>> = {
  OPConsultation: {
    profile: OP_CONSULT_RECORD.url,
    type: typed(OP_CONSULT_RECORD),
    section: [
      coded(OP_CONSULT_SECTIONS.chiefComplaints, 'Condition'),
      coded(OP_CONSULT_SECTIONS.physicalExamination, 'Observation'),
      coded(OP_CONSULT_SECTIONS.allergies, 'AllergyIntolerance'),
      coded(OP_CONSULT_SECTIONS.familyHistory, 'FamilyMemberHistory'),
      coded(OP_CONSULT_SECTIONS.investigationAdvice, 'ServiceRequest'),
      coded(OP_CONSULT_SECTIONS.medications, 'MedicationRequest', 'MedicationStatement'),
      coded(OP_CONSULT_SECTIONS.followUp, 'Appointment'),
    ],
    holds: [
      'Condition',
      'Observation',
      'AllergyIntolerance',
      'FamilyMemberHistory',
      'ServiceRequest',
      'MedicationRequest',
      'MedicationStatement',
      'Appointment',
    ],
  },
  Prescription: {
    profile: PRESCRIPTION_RECORD.url,
    type: typed(PRESCRIPTION_RECORD),
    section: [sorted('MedicationRequest', 'Binary')],
    holds: ['MedicationRequest', 'Binary'],
  },
  DiagnosticReport: {
    profile: DIAGNOSTIC_REPORT_RECORD.url,
    type: { coding: [{ ...DIAGNOSTIC_REPORT_RECORD.elements.type.coding.usual }] },
    section: [sorted('DiagnosticReport', 'DocumentReference')],
    holds: ['DiagnosticReport', 'DocumentReference', 'Observation', 'Specimen'],
  },
  DischargeSummary: {
    profile: DISCHARGE_SUMMARY_RECORD.url,
    type: typed(DISCHARGE_SUMMARY_RECORD),
    section: [
      coded(DISCHARGE_SUMMARY_SECTIONS.medicalHistory, 'Condition'),
      coded(DISCHARGE_SUMMARY_SECTIONS.investigations, 'DiagnosticReport'),
      coded(DISCHARGE_SUMMARY_SECTIONS.procedures, 'Procedure'),
      coded(DISCHARGE_SUMMARY_SECTIONS.carePlan, 'CarePlan'),
    ],
    holds: ['Condition', 'DiagnosticReport', 'Observation', 'Specimen', 'Procedure', 'CarePlan'],
  },
  ImmunizationRecord: {
    profile: IMMUNIZATION_RECORD.url,
    type: typed(IMMUNIZATION_RECORD),
    section: [sorted('Immunization', 'ImmunizationRecommendation')],
    holds: ['Immunization', 'ImmunizationRecommendation'],
  },
  HealthDocumentRecord: {
    profile: HEALTH_DOCUMENT_RECORD.url,
    type: typed(HEALTH_DOCUMENT_RECORD),
    section: [{ title: 'Section', entry: [to('DocumentReference')] }],
    holds: ['DocumentReference'],
  },
  WellnessRecord: {
    profile: WELLNESS_RECORD.url,
    type: { text: WELLNESS_RECORD.elements['type.text'].fixed },
    section: [
      titled(WELLNESS_SECTIONS.vitalSigns, 'ObservationVitalSigns'),
      titled(WELLNESS_SECTIONS.bodyMeasurement, 'ObservationBodyMeasurement'),
      titled(WELLNESS_SECTIONS.lifestyle, 'ObservationLifestyle'),
    ],
    holds: ['ObservationVitalSigns', 'ObservationBodyMeasurement', 'ObservationLifestyle'],
  },
  Invoice: {
    profile: INVOICE_RECORD.url,
    type: { text: INVOICE_RECORD.elements['type.text'].fixed },
    section: [sorted('Invoice')],
    holds: ['Invoice', 'ChargeItem'],
  },
};

/** A small valid document of the kind, fresh every time, so that a test may break it. */
export function aDocument(hiType: HiType): Json {
  const { profile, type, section, holds } = DRAFTS[hiType];
  const composition = {
    status: 'final',
    type,
    subject: to('Patient'),
    encounter: to('Encounter'),
    date: '2025-08-12T09:41:00+05:30',
    author: [to('Practitioner')],
    title: 'Record',
    custodian: to('Organization'),
    section,
  };
  const keys = ['Patient', 'Practitioner', 'Organization', 'Encounter', ...holds];
  const resources = [
    { resourceType: 'Composition', id: idOf('Composition'), meta: { profile: [profile] }, ...composition },
    ...keys.map((key) => ({
      resourceType: typeOf(key),
      id: idOf(key),
      meta: { profile: [profileOf(key)] },
      ...RESOURCES[key],
    })),
  ];
  return structuredClone({
    resourceType: 'Bundle',
    id: idOf('Bundle'),
    meta: { versionId: '1', profile: [PROFILES.documentBundle] },
    identifier: { system: 'https://facility.ndhm.gov.in/document', value: '17' },
    type: 'document',
    timestamp: '2025-08-12T09:41:00+05:30',
    entry: resources.map((resource) => ({ fullUrl: `urn:uuid:${resource.id}`, resource })),
  });
}

import { createHash } from 'node:crypto';
import { PROFILES } from '../../src/fhir/terminology/profiles.js';

type Json = Record<string, unknown>;

/** One id per type, so that resources can point at each other before they exist. */
export function idOf(type: string): string {
  const hex = createHash('sha256').update(type).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const to = (type: string): Json => ({ reference: `urn:uuid:${idOf(type)}` });

const SNOMED = 'http://snomed.info/sct';
const coded = (system: string, code: string, display: string): Json => ({ coding: [{ system, code, display }] });
const snomed = (code: string, display: string): Json => coded(SNOMED, code, display);
const loinc = (code: string, display: string): Json => coded('http://loinc.org', code, display);
const identifier = (code: string, display: string, value: string): Json => ({
  type: coded('http://terminology.hl7.org/CodeSystem/v2-0203', code, display),
  system: 'https://facility.ndhm.gov.in',
  value,
});
const PDF = { contentType: 'application/pdf', data: 'JVBERi0xLjQK' };
const WHEN = '2025-08-12T09:41:00+05:30';
const CLINICAL = 'http://terminology.hl7.org/CodeSystem/';

const patient = { subject: to('Patient') };
const billing = (code: string, display: string): Json =>
  coded('https://nrces.in/ndhm/fhir/r4/CodeSystem/ndhm-billing-codes', code, display);

/**
 * One small valid resource per type that the eight records hold, written by hand after the guide. Everybody in them is
 * invented. Keyed by type; an observation of a profile of its own is keyed by the profile.
 */
export const RESOURCES: Readonly<Record<string, Json>> = {
  Patient: {
    identifier: [identifier('MR', 'Medical record number', '91-0000-0000-0017')],
    name: [{ text: 'Asha Testwali' }],
    telecom: [{ system: 'phone', value: '9000000001' }],
    gender: 'female',
    birthDate: '1984',
    contact: [{ name: { text: 'Ram Testwala' } }],
  },
  Practitioner: { identifier: [identifier('MD', 'Medical License number', '17')], name: [{ text: 'Dr. Test' }] },
  Organization: {
    identifier: [identifier('PRN', 'Provider number', 'IN2210000999')],
    name: 'Test Hospital',
    telecom: [{ system: 'phone', value: '0771000000', use: 'work' }],
  },
  Encounter: {
    status: 'finished',
    class: { system: `${CLINICAL}v3-ActCode`, code: 'AMB', display: 'ambulatory' },
    ...patient,
    period: { start: WHEN, end: '2025-08-12T10:00:00+05:30' },
    serviceProvider: to('Organization'),
  },
  Condition: {
    clinicalStatus: coded(`${CLINICAL}condition-clinical`, 'active', 'Active'),
    code: coded('http://hl7.org/fhir/sid/icd-10', 'J06.9', 'Acute upper respiratory infection, unspecified'),
    ...patient,
    encounter: to('Encounter'),
  },
  Observation: {
    status: 'final',
    code: loinc('85354-9', 'Blood pressure panel with all children optional'),
    ...patient,
    effectiveDateTime: WHEN,
    component: [
      {
        code: loinc('8480-6', 'Systolic blood pressure'),
        valueQuantity: { value: 130, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
      },
    ],
    referenceRange: [{ low: { value: 90, unit: 'mmHg' }, high: { value: 140, unit: 'mmHg' } }],
  },
  ObservationVitalSigns: {
    status: 'final',
    code: loinc('8867-4', 'Heart rate'),
    ...patient,
    valueQuantity: { value: 88, unit: '/min', system: 'http://unitsofmeasure.org', code: '/min' },
  },
  ObservationBodyMeasurement: {
    status: 'final',
    code: loinc('29463-7', 'Body weight'),
    ...patient,
    valueQuantity: { value: 52, unit: 'kg' },
  },
  ObservationLifestyle: {
    status: 'final',
    code: snomed('365981007', 'Finding of tobacco smoking behavior'),
    ...patient,
    valueCodeableConcept: { text: 'never smoked' },
  },
  AllergyIntolerance: {
    clinicalStatus: coded(`${CLINICAL}allergyintolerance-clinical`, 'active', 'Active'),
    code: snomed('373270004', 'Penicillin'),
    patient: to('Patient'),
  },
  FamilyMemberHistory: {
    status: 'completed',
    patient: to('Patient'),
    relationship: { text: 'mother' },
    condition: [{ code: snomed('44054006', 'Diabetes mellitus type 2') }],
  },
  Procedure: {
    status: 'completed',
    code: snomed('36969009', 'Placement of stent in coronary artery'),
    ...patient,
    performer: [{ actor: to('Practitioner') }],
  },
  ServiceRequest: {
    status: 'active',
    intent: 'order',
    code: snomed('26604007', 'Complete blood count'),
    ...patient,
    requester: to('Practitioner'),
  },
  MedicationRequest: {
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: snomed('322236009', 'Paracetamol 500 mg oral tablet'),
    ...patient,
    authoredOn: WHEN,
    requester: to('Practitioner'),
    dosageInstruction: [
      { text: '1-0-1', timing: { repeat: { frequency: 2, period: 1, periodUnit: 'd', when: ['PCM'] } } },
    ],
  },
  MedicationStatement: {
    status: 'active',
    medicationCodeableConcept: snomed('322236009', 'Paracetamol 500 mg oral tablet'),
    ...patient,
  },
  Appointment: {
    status: 'booked',
    start: WHEN,
    end: '2025-08-12T10:00:00+05:30',
    participant: [{ actor: to('Patient'), status: 'accepted' }],
  },
  CarePlan: { status: 'active', intent: 'plan', ...patient, activity: [{ detail: { status: 'scheduled' } }] },
  DocumentReference: { status: 'current', ...patient, content: [{ attachment: PDF }] },
  Binary: PDF,
  DiagnosticReport: {
    status: 'final',
    code: loinc('58410-2', 'CBC panel - Blood by Automated count'),
    ...patient,
    resultsInterpreter: [to('Practitioner')],
    specimen: [to('Specimen')],
    result: [to('Observation')],
    conclusion: 'Within limits',
  },
  Specimen: { receivedTime: WHEN, ...patient, collection: { collectedDateTime: WHEN } },
  Media: { status: 'completed', content: PDF },
  Immunization: {
    extension: [{ url: PROFILES.brandName, valueString: 'Testvac' }],
    status: 'completed',
    vaccineCode: snomed('1119305005', 'COVID-19 antigen vaccine'),
    patient: to('Patient'),
    occurrenceDateTime: '2025-08-12',
    lotNumber: 'T17',
    protocolApplied: [{ doseNumberPositiveInt: 1 }],
  },
  ImmunizationRecommendation: {
    patient: to('Patient'),
    date: WHEN,
    recommendation: [
      {
        vaccineCode: [{ text: 'second dose' }],
        forecastStatus: coded(`${CLINICAL}immunization-recommendation-status`, 'due', 'Due'),
      },
    ],
  },
  Invoice: {
    identifier: [{ system: 'https://facility.ndhm.gov.in/bill', value: 'B/17' }],
    status: 'issued',
    type: billing('00', 'Consultation'),
    ...patient,
    date: WHEN,
    lineItem: [
      {
        chargeItemReference: to('ChargeItem'),
        priceComponent: [
          {
            type: 'base',
            code: coded('https://nrces.in/ndhm/fhir/r4/CodeSystem/ndhm-price-components', '01', 'Rate'),
            amount: { value: 100, currency: 'INR' },
          },
        ],
      },
    ],
    totalNet: { value: 100, currency: 'INR' },
    totalGross: { value: 100, currency: 'INR' },
  },
  ChargeItem: {
    status: 'billable',
    code: billing('00', 'Consultation'),
    ...patient,
    quantity: { value: 1 },
    productCodeableConcept: { text: 'OPD consultation' },
  },
};

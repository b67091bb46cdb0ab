/**
 * Every code system and identifier system we write, once.
 * Source: NRCeS guide 6.5.0 (examples and value sets), HL7 terminology.
 */
export const CODE_SYSTEMS = {
  snomed: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  icd10: 'http://hl7.org/fhir/sid/icd-10',
  ucum: 'http://unitsofmeasure.org',
  identifierType: 'http://terminology.hl7.org/CodeSystem/v2-0203',
  ndhmIdentifierType: 'https://nrces.in/ndhm/fhir/r4/CodeSystem/ndhm-identifier-type-code',
  confidentiality: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  actCode: 'http://terminology.hl7.org/CodeSystem/v3-ActCode',
  conditionClinical: 'http://terminology.hl7.org/CodeSystem/condition-clinical',
  conditionVerification: 'http://terminology.hl7.org/CodeSystem/condition-ver-status',
  conditionCategory: 'http://terminology.hl7.org/CodeSystem/condition-category',
  allergyClinical: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical',
  observationCategory: 'http://terminology.hl7.org/CodeSystem/observation-category',
  observationInterpretation: 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation',
  organizationType: 'http://terminology.hl7.org/CodeSystem/organization-type',
  immunizationDue: 'http://terminology.hl7.org/CodeSystem/immunization-recommendation-status',
  ndhmBilling: 'https://nrces.in/ndhm/fhir/r4/CodeSystem/ndhm-billing-codes',
  ndhmPriceComponents: 'https://nrces.in/ndhm/fhir/r4/CodeSystem/ndhm-price-components',
} as const;

/**
 * The namespaces of national identifiers. The guide writes `ndhm.gov.in`, newer senders `abdm.gov.in`; receivers are
 * told to go by the identifier's type, so we stay with the guide.
 */
export const IDENTIFIER_SYSTEMS = {
  abha: 'https://healthid.ndhm.gov.in',
  facility: 'https://facility.ndhm.gov.in',
  doctor: 'https://doctor.ndhm.gov.in',
} as const;

/** What a facility numbers by itself: each kind needs a namespace of its own, or two hospitals' patient 17 are one. */
export type LocalIdentifier = 'patient' | 'doctor' | 'visit' | 'record' | 'document' | 'report' | 'stay' | 'bill';

/** @returns e.g. `https://facility.ndhm.gov.in/IN2210000101/patient` */
export function localSystem(hfrId: string, kind: LocalIdentifier): string {
  return `${IDENTIFIER_SYSTEMS.facility}/${encodeURIComponent(hfrId)}/${kind}`;
}

/** Says in which language a text is written, here on a name. */
export const LANGUAGE_EXTENSION = 'http://hl7.org/fhir/StructureDefinition/language';

/** Stands for a value that a profile asks for and the hospital does not say, on the element's `_name`. */
export const DATA_ABSENT_EXTENSION = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

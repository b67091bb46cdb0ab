/** Canonical base of the NRCeS guide (package `ndhm.in`, 6.5.0). */
const BASE = 'https://nrces.in/ndhm/fhir/r4/StructureDefinition/';

/** The profiles we build to and validate against, once. */
export const PROFILES = {
  documentBundle: `${BASE}DocumentBundle`,
  opConsultRecord: `${BASE}OPConsultRecord`,
  prescriptionRecord: `${BASE}PrescriptionRecord`,
  patient: `${BASE}Patient`,
  practitioner: `${BASE}Practitioner`,
  practitionerRole: `${BASE}PractitionerRole`,
  organization: `${BASE}Organization`,
  encounter: `${BASE}Encounter`,
  condition: `${BASE}Condition`,
  allergyIntolerance: `${BASE}AllergyIntolerance`,
  observation: `${BASE}Observation`,
  medicationRequest: `${BASE}MedicationRequest`,
  appointment: `${BASE}Appointment`,
  serviceRequest: `${BASE}ServiceRequest`,
  documentReference: `${BASE}DocumentReference`,
  binary: `${BASE}Binary`,
} as const;

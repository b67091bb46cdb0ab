import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { SNOMED_ONLY } from './coding-rules.js';
import type { ProfileRules } from './profile-rules.js';

export const MEDICATION = {
  url: PROFILES.medication,
  resourceType: 'Medication',
  elements: {
    identifier: { max: 1 },
    'identifier.type': {
      min: 1,
      coding: {
        exactly: { system: CODE_SYSTEMS.ndhmIdentifierType, code: 'HSN', display: 'Harmonized System of Nomenclature' },
        max: 1,
      },
      binding: 'ndhm-identifier-type-code',
    },
    'identifier.value': { min: 1 },
    'identifier.assigner': { targets: ['Organization'] },
    code: { min: 1, coding: { max: 1 } },
    manufacturer: { targets: ['Organization'] },
    'ingredient.item[x]': { types: ['CodeableConcept', 'Reference'], targets: ['Medication', 'Substance'] },
  },
} as const satisfies ProfileRules;

export const MEDICATION_REQUEST = {
  url: PROFILES.medicationRequest,
  resourceType: 'MedicationRequest',
  elements: {
    'reported[x]': {
      types: ['boolean', 'Reference'],
      targets: ['Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
    'medication[x]': { types: ['CodeableConcept'], ...SNOMED_ONLY },
    subject: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    authoredOn: { min: 1 },
    requester: {
      min: 1,
      targets: ['Device', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
    performer: {
      targets: ['CareTeam', 'Device', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'],
    },
    recorder: { targets: ['Practitioner', 'PractitionerRole'] },
    reasonCode: SNOMED_ONLY,
    reasonReference: { targets: ['Condition', 'Observation'] },
    basedOn: { targets: ['CarePlan', 'ImmunizationRecommendation', 'MedicationRequest', 'ServiceRequest'] },
    insurance: { targets: ['ClaimResponse', 'Coverage'] },
    dosageInstruction: { min: 1 },
    'dosageInstruction.additionalInstruction': SNOMED_ONLY,
    'dosageInstruction.route': SNOMED_ONLY,
    'dosageInstruction.method': SNOMED_ONLY,
    'dispenseRequest.performer': { targets: ['Organization'] },
    priorPrescription: { targets: ['MedicationRequest'] },
  },
} as const satisfies ProfileRules;

export const MEDICATION_STATEMENT = {
  url: PROFILES.medicationStatement,
  resourceType: 'MedicationStatement',
  elements: {
    basedOn: { targets: ['CarePlan', 'MedicationRequest', 'ServiceRequest'] },
    partOf: {
      targets: ['MedicationAdministration', 'MedicationDispense', 'MedicationStatement', 'Observation', 'Procedure'],
    },
    'medication[x]': { types: ['CodeableConcept'], ...SNOMED_ONLY },
    subject: { targets: ['Group', 'Patient'] },
    context: { targets: ['Encounter', 'EpisodeOfCare'] },
    informationSource: { targets: ['Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'] },
    reasonCode: SNOMED_ONLY,
    reasonReference: { targets: ['Condition', 'DiagnosticReportImaging', 'DiagnosticReportLab', 'Observation'] },
    'dosage.additionalInstruction': SNOMED_ONLY,
    'dosage.site': SNOMED_ONLY,
    'dosage.route': SNOMED_ONLY,
    'dosage.method': SNOMED_ONLY,
    'dosage.doseAndRate.type': SNOMED_ONLY,
  },
} as const satisfies ProfileRules;

import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { ANY_CODE, SNOMED_ONLY } from './coding-rules.js';
import type { ProfileRules, ResourceType } from './profile-rules.js';

const STATED_BY: readonly ResourceType[] = ['Practitioner', 'PractitionerRole', 'Patient', 'RelatedPerson'];

export const CONDITION = {
  url: PROFILES.condition,
  resourceType: 'Condition',
  elements: {
    // Slices by system, closed: a third system is an error even when it is well formed.
    code: { min: 1, coding: { systems: [CODE_SYSTEMS.icd10, CODE_SYSTEMS.snomed] } },
    subject: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    recorder: { targets: STATED_BY },
    asserter: { targets: STATED_BY },
  },
} as const satisfies ProfileRules;

export const ALLERGY_INTOLERANCE = {
  url: PROFILES.allergyIntolerance,
  resourceType: 'AllergyIntolerance',
  elements: {
    code: { min: 1, ...SNOMED_ONLY },
    patient: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    recorder: { targets: STATED_BY },
    asserter: { targets: STATED_BY },
  },
} as const satisfies ProfileRules;

export const OBSERVATION = {
  url: PROFILES.observation,
  resourceType: 'Observation',
  elements: {
    code: { min: 1, coding: { systems: [CODE_SYSTEMS.loinc, CODE_SYSTEMS.snomed] } },
    subject: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    performer: { targets: [...STATED_BY, 'Organization', 'CareTeam'] },
    specimen: { targets: ['Specimen'] },
  },
} as const satisfies ProfileRules;

export const SERVICE_REQUEST = {
  url: PROFILES.serviceRequest,
  resourceType: 'ServiceRequest',
  elements: {
    code: SNOMED_ONLY,
    subject: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    requester: { min: 1, targets: ['Practitioner', 'PractitionerRole', 'Organization', 'Patient'] },
    reasonReference: { targets: ['Condition', 'Observation', 'DiagnosticReport', 'DocumentReference'] },
  },
} as const satisfies ProfileRules;

export const APPOINTMENT = {
  url: PROFILES.appointment,
  resourceType: 'Appointment',
  elements: {
    serviceCategory: SNOMED_ONLY,
    serviceType: SNOMED_ONLY,
    specialty: SNOMED_ONLY,
    appointmentType: SNOMED_ONLY,
    reasonCode: SNOMED_ONLY,
    start: { min: 1 },
    'participant.type': ANY_CODE,
  },
} as const satisfies ProfileRules;

import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { ANY_CODE, SNOMED_ONLY } from './coding-rules.js';
import type { ProfileRules } from './profile-rules.js';

export const PATIENT = {
  url: PROFILES.patient,
  resourceType: 'Patient',
  elements: {
    identifier: { min: 1 },
    'identifier.type': { min: 1, ...ANY_CODE, binding: 'ndhm-identifier-type-code' },
    'identifier.value': { min: 1 },
    'identifier.assigner': { targets: ['Organization'] },
    'name.text': { min: 1 },
    'telecom.value': { min: 1 },
    'contact.organization': { targets: ['Organization'] },
    generalPractitioner: { targets: ['Organization', 'Practitioner', 'PractitionerRole'] },
    managingOrganization: { targets: ['Organization'] },
    'link.other': { targets: ['Patient', 'RelatedPerson'] },
  },
} as const satisfies ProfileRules;

export const PRACTITIONER = {
  url: PROFILES.practitioner,
  resourceType: 'Practitioner',
  elements: {
    identifier: { min: 1 },
    'identifier.type': { min: 1, ...ANY_CODE, binding: 'ndhm-identifier-type-code' },
    'identifier.value': { min: 1 },
    'identifier.assigner': { targets: ['Organization'] },
    'name.text': { min: 1 },
    'telecom.value': { min: 1 },
    'photo.contentType': { min: 1 },
    'photo.data': { min: 1 },
    'qualification.code': ANY_CODE,
    'qualification.issuer': { targets: ['Organization'] },
  },
} as const satisfies ProfileRules;

export const PRACTITIONER_ROLE = {
  url: PROFILES.practitionerRole,
  resourceType: 'PractitionerRole',
  elements: {
    'identifier.type': { min: 1, ...ANY_CODE, binding: 'ndhm-identifier-type-code' },
    'identifier.value': { min: 1 },
    'identifier.assigner': { targets: ['Organization'] },
    practitioner: { targets: ['Practitioner'] },
    organization: { targets: ['Organization'] },
    code: SNOMED_ONLY,
    specialty: SNOMED_ONLY,
    'telecom.value': { min: 1 },
  },
} as const satisfies ProfileRules;

export const ORGANIZATION = {
  url: PROFILES.organization,
  resourceType: 'Organization',
  elements: {
    identifier: { min: 1 },
    'identifier.type': { min: 1, ...ANY_CODE, binding: 'ndhm-identifier-type-code' },
    'identifier.system': { min: 1 },
    'identifier.value': { min: 1 },
    'identifier.assigner': { targets: ['Organization'] },
    type: { coding: { systems: [CODE_SYSTEMS.organizationType] } },
    name: { min: 1 },
    'telecom.value': { min: 1 },
    partOf: { targets: ['Organization'] },
  },
} as const satisfies ProfileRules;

export const ENCOUNTER = {
  url: PROFILES.encounter,
  resourceType: 'Encounter',
  elements: {
    type: ANY_CODE,
    serviceType: ANY_CODE,
    priority: ANY_CODE,
    subject: { targets: ['Group', 'Patient'] },
    basedOn: { targets: ['ServiceRequest'] },
    'participant.type': ANY_CODE,
    'participant.individual': { targets: ['Practitioner', 'PractitionerRole', 'RelatedPerson'] },
    appointment: { targets: ['Appointment'] },
    reasonCode: SNOMED_ONLY,
    reasonReference: { targets: ['Condition', 'ImmunizationRecommendation', 'Observation', 'Procedure'] },
    'diagnosis.condition': { targets: ['Condition', 'Procedure'] },
    'diagnosis.use': SNOMED_ONLY,
    'hospitalization.origin': { targets: ['Location', 'Organization'] },
    'hospitalization.destination': { targets: ['Location', 'Organization'] },
    serviceProvider: { targets: ['Organization'] },
    partOf: { targets: ['Encounter'] },
  },
} as const satisfies ProfileRules;

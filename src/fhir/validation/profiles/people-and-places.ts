import { CODE_SYSTEMS } from '../../terminology/systems.js';
import { PROFILES } from '../../terminology/profiles.js';
import { ANY_CODE, SNOMED_ONLY } from './coding-rules.js';
import type { ElementRule, ProfileRules } from './profile-rules.js';

/** Said alike of Patient, Practitioner, PractitionerRole and Organization. */
const IDENTIFIED = {
  'identifier.type': { min: 1, ...ANY_CODE },
  'identifier.value': { min: 1 },
  'identifier.assigner': { targets: ['Organization'] },
  'telecom.value': { min: 1 },
} as const satisfies Record<string, ElementRule>;

export const PATIENT = {
  url: PROFILES.patient,
  resourceType: 'Patient',
  elements: {
    identifier: { min: 1 },
    ...IDENTIFIED,
    'name.text': { min: 1 },
    'contact.organization': { targets: ['Organization'] },
    managingOrganization: { targets: ['Organization'] },
  },
} as const satisfies ProfileRules;

export const PRACTITIONER = {
  url: PROFILES.practitioner,
  resourceType: 'Practitioner',
  elements: {
    identifier: { min: 1 },
    ...IDENTIFIED,
    'name.text': { min: 1 },
    'photo.contentType': { min: 1 },
    'photo.data': { min: 1 },
    'qualification.code': ANY_CODE,
    'qualification.issuer': { targets: ['Organization'] },
  },
} as const satisfies ProfileRules;

export const PRACTITIONER_ROLE = {
  url: PROFILES.practitionerRole,
  resourceType: 'PractitionerRole',
  elements: { ...IDENTIFIED, code: SNOMED_ONLY, specialty: SNOMED_ONLY },
} as const satisfies ProfileRules;

export const ORGANIZATION = {
  url: PROFILES.organization,
  resourceType: 'Organization',
  elements: {
    identifier: { min: 1 },
    ...IDENTIFIED,
    'identifier.system': { min: 1 },
    type: { coding: { systems: [CODE_SYSTEMS.organizationType] } },
    name: { min: 1 },
  },
} as const satisfies ProfileRules;

export const ENCOUNTER = {
  url: PROFILES.encounter,
  resourceType: 'Encounter',
  elements: {
    type: ANY_CODE,
    serviceType: ANY_CODE,
    priority: ANY_CODE,
    subject: { targets: ['Patient', 'Group'] },
    'participant.type': ANY_CODE,
    'participant.individual': { targets: ['Practitioner', 'PractitionerRole', 'RelatedPerson'] },
    reasonCode: SNOMED_ONLY,
    'diagnosis.condition': { targets: ['Condition', 'Procedure'] },
    'diagnosis.use': SNOMED_ONLY,
    'hospitalization.origin': { targets: ['Location', 'Organization'] },
    'hospitalization.destination': { targets: ['Location', 'Organization'] },
    serviceProvider: { targets: ['Organization'] },
  },
} as const satisfies ProfileRules;

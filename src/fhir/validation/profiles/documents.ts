import { PROFILES } from '../../terminology/profiles.js';
import type { ProfileRules } from './profile-rules.js';

export const DOCUMENT_REFERENCE = {
  url: PROFILES.documentReference,
  resourceType: 'DocumentReference',
  elements: {
    subject: { targets: ['Device', 'Group', 'Patient', 'Practitioner'] },
    author: { targets: ['Device', 'Organization', 'Patient', 'Practitioner', 'PractitionerRole', 'RelatedPerson'] },
    authenticator: { targets: ['Organization', 'Practitioner', 'PractitionerRole'] },
    custodian: { targets: ['Organization'] },
    'relatesTo.target': { targets: ['DocumentReference'] },
    'content.attachment.contentType': { min: 1 },
    'content.attachment.data': { min: 1 },
    'context.encounter': { targets: ['Encounter', 'EpisodeOfCare'] },
    'context.sourcePatientInfo': { targets: ['Patient'] },
  },
} as const satisfies ProfileRules;

export const BINARY = {
  url: PROFILES.binary,
  resourceType: 'Binary',
  elements: {
    data: { min: 1 },
  },
} as const satisfies ProfileRules;

export const DOCUMENT_BUNDLE = {
  url: PROFILES.documentBundle,
  resourceType: 'Bundle',
  elements: {
    meta: { min: 1 },
    'meta.versionId': { min: 1 },
    identifier: { min: 1 },
    'identifier.system': { min: 1 },
    'identifier.value': { min: 1 },
    'identifier.assigner': { targets: ['Organization'] },
    type: { fixed: 'document' },
    timestamp: { min: 1 },
  },
} as const satisfies ProfileRules;

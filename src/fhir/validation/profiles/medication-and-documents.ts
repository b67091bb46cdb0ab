import { PROFILES } from '../../terminology/profiles.js';
import { SNOMED_ONLY } from './coding-rules.js';
import type { ProfileRules } from './profile-rules.js';

export const MEDICATION_REQUEST = {
  url: PROFILES.medicationRequest,
  resourceType: 'MedicationRequest',
  elements: {
    // R4 would also take a reference to a Medication.
    medicationCodeableConcept: { min: 1, ...SNOMED_ONLY },
    subject: { targets: ['Patient'] },
    encounter: { targets: ['Encounter'] },
    authoredOn: { min: 1 },
    requester: {
      min: 1,
      targets: ['Practitioner', 'PractitionerRole', 'Organization', 'Patient', 'Device', 'RelatedPerson'],
    },
    recorder: { targets: ['Practitioner', 'PractitionerRole'] },
    reasonCode: SNOMED_ONLY,
    reasonReference: { targets: ['Condition', 'Observation'] },
    dosageInstruction: { min: 1 },
    'dosageInstruction.additionalInstruction': SNOMED_ONLY,
    'dosageInstruction.route': SNOMED_ONLY,
    'dosageInstruction.method': SNOMED_ONLY,
    'dispenseRequest.performer': { targets: ['Organization'] },
  },
} as const satisfies ProfileRules;

export const DOCUMENT_REFERENCE = {
  url: PROFILES.documentReference,
  resourceType: 'DocumentReference',
  elements: {
    content: { min: 1 },
    'content.attachment': { min: 1 },
    'content.attachment.contentType': { min: 1 },
    'content.attachment.data': { min: 1 },
    subject: { targets: ['Patient', 'Practitioner', 'Group', 'Device'] },
    custodian: { targets: ['Organization'] },
    'context.sourcePatientInfo': { targets: ['Patient'] },
  },
} as const satisfies ProfileRules;

export const BINARY = {
  url: PROFILES.binary,
  resourceType: 'Binary',
  elements: { contentType: { min: 1 }, data: { min: 1 } },
} as const satisfies ProfileRules;

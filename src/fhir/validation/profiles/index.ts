import { ALLERGY_INTOLERANCE, APPOINTMENT, CONDITION, OBSERVATION, SERVICE_REQUEST } from './clinical.js';
import { DOCUMENT_BUNDLE } from './document-bundle.js';
import { BINARY, DOCUMENT_REFERENCE, MEDICATION_REQUEST } from './medication-and-documents.js';
import { OP_CONSULT_RECORD } from './op-consult-record.js';
import { ENCOUNTER, ORGANIZATION, PATIENT, PRACTITIONER, PRACTITIONER_ROLE } from './people-and-places.js';
import { PRESCRIPTION_RECORD } from './prescription-record.js';
import type { ProfileRules } from './profile-rules.js';

/** The records the validator knows. A new record type starts with a row here. */
export const RECORD_PROFILES: readonly ProfileRules[] = [OP_CONSULT_RECORD, PRESCRIPTION_RECORD];

/** What is asked of a resource of each type inside a document, whether or not it claims the profile. */
export const RESOURCE_PROFILES: readonly ProfileRules[] = [
  PATIENT,
  PRACTITIONER,
  PRACTITIONER_ROLE,
  ORGANIZATION,
  ENCOUNTER,
  CONDITION,
  ALLERGY_INTOLERANCE,
  OBSERVATION,
  MEDICATION_REQUEST,
  APPOINTMENT,
  SERVICE_REQUEST,
  DOCUMENT_REFERENCE,
  BINARY,
];

export { DOCUMENT_BUNDLE };

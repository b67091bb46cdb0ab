import * as billing from './billing.js';
import * as care from './care.js';
import * as clinical from './clinical.js';
import { DIAGNOSTIC_REPORT_RECORD } from './diagnostic-report-record.js';
import * as diagnostics from './diagnostics.js';
import { DISCHARGE_SUMMARY_RECORD } from './discharge-summary-record.js';
import * as documents from './documents.js';
import { HEALTH_DOCUMENT_RECORD } from './health-document-record.js';
import { IMMUNIZATION_RECORD } from './immunization-record.js';
import * as immunization from './immunization.js';
import { INVOICE_RECORD } from './invoice-record.js';
import * as medication from './medication.js';
import * as observation from './observation.js';
import { OP_CONSULT_RECORD } from './op-consult-record.js';
import * as peopleAndPlaces from './people-and-places.js';
import { PRESCRIPTION_RECORD } from './prescription-record.js';
import type { ProfileRules } from './profile-rules.js';
import { WELLNESS_RECORD } from './wellness-record.js';

/** The records the validator knows. A new record type starts with a row here. */
export const RECORD_PROFILES: readonly ProfileRules[] = [
  OP_CONSULT_RECORD,
  PRESCRIPTION_RECORD,
  DIAGNOSTIC_REPORT_RECORD,
  DISCHARGE_SUMMARY_RECORD,
  IMMUNIZATION_RECORD,
  HEALTH_DOCUMENT_RECORD,
  WELLNESS_RECORD,
  INVOICE_RECORD,
];

/** Every profile we have a table of. */
export const PROFILE_TABLES: readonly ProfileRules[] = [
  ...RECORD_PROFILES,
  ...[peopleAndPlaces, clinical, care, observation, medication, immunization, diagnostics, documents, billing].flatMap(
    (tables) => Object.values<ProfileRules>(tables),
  ),
];

export const { DOCUMENT_BUNDLE } = documents;
export { VALUE_SETS } from './value-sets.js';

import type { Bundle } from 'fhir/r4.js';
import { HI_TYPES } from '../../ports/visit.js';
import type { HiType, Visit } from '../../ports/visit.js';
import { diagnosticReportRecord } from './diagnostic-report-record.js';
import { dischargeSummary } from './discharge-summary.js';
import { compositionId, documentBundle } from './document-bundle.js';
import { healthDocumentRecord } from './health-document-record.js';
import { immunizationRecord } from './immunization-record.js';
import { invoiceRecord } from './invoice-record.js';
import { opConsultNote } from './op-consult-note.js';
import { prescriptionRecord } from './prescription-record.js';
import type { RecordBuilder } from './record-draft.js';
import { SeenTerms } from './seen-terms.js';
import type { SeenTerm } from './seen-terms.js';
import { visitFrame } from './visit-frame.js';
import type { RecordPlace } from './visit-frame.js';
import { wellnessRecord } from './wellness-record.js';

export type { SeenTerm } from './seen-terms.js';
export type { RecordPlace } from './visit-frame.js';

export interface BuiltRecord {
  /** Of its Composition: the same in every version of the visit. */
  readonly id: string;
  readonly hiType: HiType;
  readonly bundle: Bundle;
  /** `bundle`, serialised once. This exact string is hashed, sealed and encrypted. */
  readonly json: string;
}

export interface BuiltRecords {
  readonly records: readonly BuiltRecord[];
  /** The hospital's words for which a code was looked up, each once. */
  readonly terms: readonly SeenTerm[];
}

/** Which record is made from a visit, by health-information type. A new record type is a new row. */
const RECORD_BUILDERS: Readonly<Partial<Record<HiType, RecordBuilder>>> = {
  OPConsultation: opConsultNote,
  Prescription: prescriptionRecord,
  DiagnosticReport: diagnosticReportRecord,
  DischargeSummary: dischargeSummary,
  ImmunizationRecord: immunizationRecord,
  HealthDocumentRecord: healthDocumentRecord,
  WellnessRecord: wellnessRecord,
  Invoice: invoiceRecord,
};

/**
 * All records of a visit, as FHIR documents. The same visit gives the same bytes; a changed one the same Composition
 * ids under a new Bundle identifier. A withdrawn visit has no records.
 */
export function buildRecords(visit: Visit, { facility, terminology }: RecordPlace): BuiltRecords {
  if (visit.withdrawn) return { records: [], terms: [] };
  const seen = new SeenTerms(terminology);
  const frame = visitFrame(visit, { facility, terminology: seen });
  const records = HI_TYPES.flatMap((hiType) =>
    (RECORD_BUILDERS[hiType]?.(visit, frame) ?? []).map((draft): BuiltRecord => {
      const bundle = documentBundle(hiType, draft, frame);
      return { id: compositionId(hiType, draft, frame), hiType, bundle, json: JSON.stringify(bundle) };
    }),
  );
  return { records, terms: seen.all() };
}

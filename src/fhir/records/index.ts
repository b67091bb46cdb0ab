import type { Bundle } from 'fhir/r4.js';
import { HI_TYPES } from '../../ports/visit.js';
import type { HiType, Visit } from '../../ports/visit.js';
import { documentBundle } from './document-bundle.js';
import { opConsultNote } from './op-consult-note.js';
import { prescriptionRecord } from './prescription-record.js';
import type { RecordBuilder } from './record-draft.js';
import { SeenTerms } from './seen-terms.js';
import type { SeenTerm } from './seen-terms.js';
import { visitFrame } from './visit-frame.js';
import type { RecordPlace } from './visit-frame.js';

export type { SeenTerm } from './seen-terms.js';
export type { RecordPlace } from './visit-frame.js';

export interface BuiltRecord {
  readonly hiType: HiType;
  /** Tells records of one type apart, e.g. a lab number; '' where a visit has one. */
  readonly part: string;
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
      return { hiType, part: draft.part, bundle, json: JSON.stringify(bundle) };
    }),
  );
  return { records, terms: seen.all() };
}

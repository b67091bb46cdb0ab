import type { Bundle } from 'fhir/r4.js';
import { HI_TYPES } from '../../ports/visit.js';
import type { HiType, Visit } from '../../ports/visit.js';
import { medicationsOf, opConsultFromVisit } from './op-consult-from-visit.js';
import { prescriptionRecord } from './prescription-record.js';
import { visitFrame } from './visit-record.js';
import type { RecordBuilder, RecordPlace } from './visit-record.js';

export type { RecordBuilder, RecordPlace } from './visit-record.js';

export interface BuiltRecord {
  readonly hiType: HiType;
  readonly bundle: Bundle;
  /** `bundle`, serialised once. This exact string is hashed, sealed and encrypted. */
  readonly json: string;
}

/** Which record is made from a visit, by health-information type. A new record type is a new row. */
export const RECORD_BUILDERS: Readonly<Partial<Record<HiType, RecordBuilder>>> = {
  OPConsultation: { hasContent: () => true, build: opConsultFromVisit },
  Prescription: {
    hasContent: (visit) => visit.prescriptions.length > 0,
    build: (visit, frame) =>
      prescriptionRecord({
        id: frame.idOf('composition', 'Prescription'),
        identifier: frame.recordIdentifier('Prescription'),
        envelope: frame.envelope('Prescription'),
        parts: frame.parts,
        head: frame.head,
        medications: medicationsOf(visit, frame),
      }),
  },
};

/**
 * All records of a visit, as FHIR documents. The same version of a visit gives the same bytes; a higher version the
 * same Composition ids under a new Bundle identifier. A withdrawn visit has no records.
 */
export function buildRecords(visit: Visit, at: RecordPlace): BuiltRecord[] {
  if (visit.withdrawn) return [];
  const frame = visitFrame(visit, at);
  return HI_TYPES.flatMap((hiType) => {
    const builder = RECORD_BUILDERS[hiType];
    if (builder?.hasContent(visit) !== true) return [];
    const bundle = builder.build(visit, frame);
    return [{ hiType, bundle, json: JSON.stringify(bundle) }];
  });
}

import { Inject, Injectable } from '@nestjs/common';
import { buildRecords, type BuiltRecord, type SeenTerm } from '../../fhir/records/index.js';
import type { Issue } from '../../fhir/validation/index.js';
import type { Facility } from '../../persistence/entities/facility.entity.js';
import type { QuarantineReason } from '../../ports/hospital.port.js';
import type { Visit } from '../../ports/visit.js';
import { counters } from '../../support/counters.js';
import { RECORD_TOOLS, type RecordTools } from './record-tools.js';

/** Records, or why there can be none. */
export interface PreparedRecords {
  readonly visit: Visit;
  readonly records: readonly BuiltRecord[];
  readonly terms: readonly SeenTerm[];
  readonly reasons: readonly QuarantineReason[];
}

/** Makes a visit's documents and judges them; touches nothing. */
@Injectable()
export class RecordWorkshop {
  constructor(@Inject(RECORD_TOOLS) private readonly tools: RecordTools) {}

  /** @param visit names the patient's ABHA when it is known */
  prepare(facility: Facility, visit: Visit): PreparedRecords {
    const { hfrId, name, state, district } = facility;
    const place = { hfrId, name, state: state ?? undefined, district: district ?? undefined };
    const { records, terms } = buildRecords(visit, { facility: place, terminology: this.tools.terminology });
    const issues = records.flatMap(({ bundle }) => this.tools.validator.validate(bundle));
    const errors = issues.filter(({ severity }) => severity === 'error');
    for (const { severity, rule } of issues) if (severity === 'warning') counters.recordWarnings.inc({ rule });
    return { visit, records, terms, reasons: records.length === 0 ? [NOTHING_IN_IT] : reasonsFor(errors) };
  }
}

const reasonsFor = (errors: readonly Issue[]): readonly QuarantineReason[] =>
  errors.slice(0, 20).map((error) => ({
    code: `record-${error.rule}`,
    field: error.path,
    en: error.message,
    hi: error.messageHindi,
  }));

const NOTHING_IN_IT: QuarantineReason = {
  code: 'record-empty',
  field: '',
  en: 'There is nothing in the visit that could be a record.',
  hi: 'विज़िट में ऐसा कुछ नहीं है जिससे रिकॉर्ड बने।',
};

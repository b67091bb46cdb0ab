import { describe, expect, it } from '@jest/globals';
import { aDocument } from '../../../test/makers/fhir-documents.js';
import { expectSameVerdict, ourTables } from '../../../test/makers/verdicts.js';
import type { HiType } from '../../ports/visit.js';

const HI_TYPES: readonly HiType[] = [
  'OPConsultation',
  'Prescription',
  'DiagnosticReport',
  'DischargeSummary',
  'ImmunizationRecord',
  'HealthDocumentRecord',
  'WellnessRecord',
  'Invoice',
];

describe('a small document written after the guide', () => {
  it.each(HI_TYPES)('is without issue: %s', (hiType) => {
    expect(ourTables.validate(aDocument(hiType))).toEqual([]);
    expect(expectSameVerdict(aDocument(hiType))).toEqual([]);
  });
});

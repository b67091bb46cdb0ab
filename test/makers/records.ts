import type { Bundle, FhirResource } from 'fhir/r4.js';
import type { HiType, Visit } from '../../src/ports/visit.js';
import { buildRecords } from '../../src/fhir/records/index.js';
import type { BuiltRecord, RecordPlace } from '../../src/fhir/records/index.js';
import { loadTerminology } from '../../src/fhir/terminology/load.js';
import type { Terminology } from '../../src/fhir/terminology/terminology.js';
import { aVisit } from './visit.js';

/** Knows no code at all: whatever is built with it has the hospital's words. */
export const NO_TERMINOLOGY: Terminology = {
  find: () => undefined,
  icd10: () => undefined,
  frequency: () => undefined,
  suggest: () => [],
};

export const A_PLACE: RecordPlace = {
  facility: { hfrId: 'IN2210000999', name: 'Test Hospital Rampur', state: 'Chhattisgarh', district: 'Testpur' },
  terminology: loadTerminology('config/terminology'),
};

export function aRecord(hiType: HiType, visit: Visit = aVisit()): BuiltRecord {
  const record = buildRecords(visit, A_PLACE).records.find((each) => each.hiType === hiType);
  if (record === undefined) throw new Error(`This visit gives no ${hiType}`);
  return record;
}

export function resourcesOf<T extends FhirResource['resourceType']>(
  bundle: Bundle,
  type: T,
): Extract<FhirResource, { resourceType: T }>[] {
  return (bundle.entry ?? [])
    .map((entry) => entry.resource as FhirResource)
    .filter((each): each is Extract<FhirResource, { resourceType: T }> => each.resourceType === type);
}

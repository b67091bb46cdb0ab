import type { Bundle, FhirResource } from 'fhir/r4.js';
import type { HiType, Visit } from '../../src/ports/visit.js';
import { buildRecords } from '../../src/fhir/records/index.js';
import type { BuiltRecord, RecordPlace } from '../../src/fhir/records/index.js';
import { aVisit } from './visit.js';

export const A_PLACE: RecordPlace = {
  facility: { hfrId: 'IN2210000999', name: 'Test Hospital Rampur', state: 'Chhattisgarh', district: 'Testpur' },
};

export function aRecord(hiType: HiType, visit: Visit = aVisit()): BuiltRecord {
  const record = buildRecords(visit, A_PLACE).find((each) => each.hiType === hiType);
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

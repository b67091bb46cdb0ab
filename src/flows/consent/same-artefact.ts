import type { ConsentDetail } from '../../abdm/messages/consent-notify.js';

/**
 * Do two artefacts let the same records go to the same HIU? A redelivery may differ in what grants nothing, such as names or
 * the order of a list.
 */
export function allowsTheSame(one: ConsentDetail, other: ConsentDetail): boolean {
  return JSON.stringify(grantOf(one)) === JSON.stringify(grantOf(other));
}

function grantOf({ patient, hip, hiu, careContexts, hiTypes, permission }: ConsentDetail): unknown {
  const { dateRange, dataEraseAt, frequency } = permission;
  return [
    patient.id.toLowerCase(),
    hip.id,
    hiu?.id ?? null,
    careContexts.map((context) => JSON.stringify([context.patientReference, context.careContextReference])).sort(),
    [...hiTypes].sort(),
    [dateRange.from, dateRange.to, dataEraseAt].map((time) => new Date(time).getTime()),
    [frequency.unit, frequency.value, frequency.repeats ?? 0],
  ];
}

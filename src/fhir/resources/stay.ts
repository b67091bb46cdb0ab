import type { Encounter } from 'fhir/r4.js';
import type { Admission } from '../../ports/visit.js';
import { coding, words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import { CODE_SYSTEMS, localSystem } from '../terminology/systems.js';
import { IDENTIFIER_TYPES, identifier } from './identifier.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

const CLASSES = {
  'day-care': coding(CODE_SYSTEMS.actCode, 'SS', 'short stay'),
  inpatient: coding(CODE_SYSTEMS.actCode, 'IMP', 'inpatient encounter'),
} as const;

/** A stay that has ended. `partOf`: the hospital files it under the OPD visit it came from. */
export function stay(id: string, from: Admission, hfrId: string, of: VisitParts): Encounter {
  return {
    resourceType: 'Encounter',
    id,
    meta: { profile: [PROFILES.encounter] },
    identifier:
      from.number === undefined ? [] : [identifier(IDENTIFIER_TYPES.visit, from.number, localSystem(hfrId, 'stay'))],
    status: 'finished',
    class: CLASSES[from.kind],
    serviceType: from.ward === undefined ? undefined : words(from.ward),
    subject: ref(of.patient),
    participant: [{ individual: ref(of.author) }],
    period: { start: from.admittedAt, end: from.dischargedAt },
    hospitalization: from.outcome === undefined ? undefined : { dischargeDisposition: words(from.outcome) },
    serviceProvider: ref(of.hospital, of.hospital.name),
    partOf: ref(of.encounter),
  };
}

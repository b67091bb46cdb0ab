import type { Encounter, Organization, Patient } from 'fhir/r4.js';
import type { Visit } from '../../ports/visit.js';
import { coding, words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import { CODE_SYSTEMS, localSystem } from '../terminology/systems.js';
import { IDENTIFIER_TYPES, identifier } from './identifier.js';
import { ref } from './reference.js';
import type { TreatedBy } from './parts.js';

/**
 * The visit. It points at no diagnosis: the conditions point at it instead, so that a Prescription, which the patient
 * may have shared without the consultation, carries none of them.
 */
export function encounter(
  id: string,
  from: Visit,
  hfrId: string,
  around: { readonly patient: Patient; readonly author: TreatedBy; readonly hospital: Organization },
): Encounter {
  return {
    resourceType: 'Encounter',
    id,
    meta: { profile: [PROFILES.encounter] },
    identifier: [identifier(IDENTIFIER_TYPES.visit, from.opdNumber, localSystem(hfrId, 'visit'))],
    status: 'finished',
    class: coding(CODE_SYSTEMS.actCode, 'AMB', 'ambulatory'),
    type: from.visitType === undefined ? [] : [words(from.visitType)],
    serviceType: from.department === undefined ? undefined : words(from.department),
    subject: ref(around.patient),
    participant: [{ individual: ref(around.author) }],
    period: { start: from.registeredAt },
    serviceProvider: ref(around.hospital, around.hospital.name),
  };
}

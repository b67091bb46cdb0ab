import type { Identifier, Practitioner } from 'fhir/r4.js';
import type { VisitDoctor } from '../../ports/visit.js';
import { PROFILES } from '../terminology/profiles.js';
import { IDENTIFIER_SYSTEMS, localSystem } from '../terminology/systems.js';
import { IDENTIFIER_TYPES, identifier } from './identifier.js';

/**
 * A named doctor with at least one number. NRCeS wants an identifier, so a name alone, or a role such as
 * "DUTY MO", becomes a PractitionerRole instead.
 */
export function practitioner(id: string, from: VisitDoctor, hfrId: string): Practitioner | undefined {
  const identifiers = doctorIdentifiers(from, hfrId);
  if (from.name === undefined || identifiers.length === 0) return undefined;
  return {
    resourceType: 'Practitioner',
    id,
    meta: { profile: [PROFILES.practitioner] },
    identifier: identifiers,
    name: [{ text: from.name }],
  };
}

/** National numbers first; the hospital's own number only when there is none. */
export function doctorIdentifiers(from: VisitDoctor, hfrId: string): Identifier[] {
  const list: Identifier[] = [];
  if (from.hprId !== undefined) list.push(identifier(IDENTIFIER_TYPES.hprId, from.hprId, IDENTIFIER_SYSTEMS.doctor));
  if (from.registrationNumber !== undefined) {
    // No system: each state's council numbers its doctors, and the hospital does not say which council.
    list.push(identifier(IDENTIFIER_TYPES.medicalLicence, from.registrationNumber));
  }
  if (list.length === 0 && from.id !== undefined) {
    list.push(identifier(IDENTIFIER_TYPES.employee, from.id, localSystem(hfrId, 'doctor')));
  }
  return list;
}

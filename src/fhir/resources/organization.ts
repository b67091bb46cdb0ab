import type { Organization } from 'fhir/r4.js';
import { PROFILES } from '../terminology/profiles.js';
import { IDENTIFIER_SYSTEMS } from '../terminology/systems.js';
import { IDENTIFIER_TYPES, identifier } from './identifier.js';

/** The hospital as registered in HFR. */
export interface Facility {
  readonly hfrId: string;
  readonly name: string;
  readonly state?: string | undefined;
  readonly district?: string | undefined;
}

export function organization(id: string, from: Facility): Organization {
  const isPlaceKnown = from.state !== undefined || from.district !== undefined;
  return {
    resourceType: 'Organization',
    id,
    meta: { profile: [PROFILES.organization] },
    identifier: [identifier(IDENTIFIER_TYPES.provider, from.hfrId, IDENTIFIER_SYSTEMS.facility)],
    name: from.name,
    address: isPlaceKnown ? [{ use: 'work', district: from.district, state: from.state, country: 'IN' }] : [],
  };
}

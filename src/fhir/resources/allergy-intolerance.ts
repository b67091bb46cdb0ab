import type { AllergyIntolerance } from 'fhir/r4.js';
import type { AllergyStatement } from '../../ports/visit.js';
import { coding, concept, snomed, words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

const NO_KNOWN_ALLERGY = snomed('716186003', 'No known allergy');

/** `NKDA` and a named allergy both matter to the next doctor; silence says nothing and makes no resource. */
export function allergyIntolerance(id: string, from: AllergyStatement, of: VisitParts): AllergyIntolerance {
  return {
    resourceType: 'AllergyIntolerance',
    id,
    meta: { profile: [PROFILES.allergyIntolerance] },
    clinicalStatus: concept(coding(CODE_SYSTEMS.allergyClinical, 'active', 'Active')),
    code: from.kind === 'none-known' ? concept(NO_KNOWN_ALLERGY, from.text) : words(from.text),
    patient: ref(of.patient),
    encounter: ref(of.encounter),
    recordedDate: of.at,
    recorder: ref(of.author),
  };
}

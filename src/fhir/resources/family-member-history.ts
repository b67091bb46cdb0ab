import type { FamilyMemberHistory } from 'fhir/r4.js';
import { words } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** Illness in the family, in the hospital's words: which relative has what is not read out of a sentence. */
export function familyMemberHistory(id: string, text: string, of: VisitParts): FamilyMemberHistory {
  return {
    resourceType: 'FamilyMemberHistory',
    id,
    meta: { profile: [PROFILES.familyMemberHistory] },
    status: 'partial',
    patient: ref(of.patient),
    relationship: words('Family, as written by the hospital'),
    condition: [{ code: words(text) }],
  };
}

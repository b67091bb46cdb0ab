import type { MedicationRequest } from 'fhir/r4.js';
import type { Prescription } from '../../ports/visit.js';
import { wordsWith } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import type { Terminology } from '../terminology/terminology.js';
import { dosages } from './dosage.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

export { dosageText } from './dosage.js';

/** One drug: the hospital's words, and the SNOMED CT code when the terminology is sure of them. */
export function medicationRequest(
  id: string,
  from: Prescription,
  of: VisitParts,
  terminology: Terminology,
): MedicationRequest {
  return {
    resourceType: 'MedicationRequest',
    id,
    meta: { profile: [PROFILES.medicationRequest] },
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: wordsWith(terminology.find('drug', from.drug), from.drug),
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    authoredOn: of.at,
    requester: ref(of.author),
    dosageInstruction: dosages(from, terminology),
  };
}

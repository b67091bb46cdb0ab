import type { MedicationRequest } from 'fhir/r4.js';
import type { Prescription } from '../../ports/visit.js';
import { words, wordsWith } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import type { Terminology } from '../terminology/terminology.js';
import { isStopped } from '../terminology/stop-words.js';
import { dosages, dosageText } from './dosage.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

export { dosageText } from './dosage.js';

/**
 * One drug: the hospital's words, and the SNOMED CT code when the terminology is sure of them. One that the doctor ends
 * has its words alone, so that no app takes it for a medicine to remind of.
 */
export function medicationRequest(
  id: string,
  from: Prescription,
  of: VisitParts,
  terminology: Terminology,
): MedicationRequest {
  const isOver = isStopped(from);
  return {
    resourceType: 'MedicationRequest',
    id,
    meta: { profile: [PROFILES.medicationRequest] },
    status: isOver ? 'stopped' : 'active',
    intent: 'order',
    medicationCodeableConcept: isOver ? words(from.drug) : wordsWith(terminology.find('drug', from.drug), from.drug),
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    authoredOn: of.at,
    requester: ref(of.author),
    dosageInstruction: isOver ? [{ text: dosageText(from) }] : dosages(from, terminology),
  };
}

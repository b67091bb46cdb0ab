import type { Dosage, MedicationRequest } from 'fhir/r4.js';
import type { Prescription } from '../../ports/visit.js';
import { words } from '../terminology/coding.js';
import { readFrequency } from '../terminology/dosage-frequency.js';
import { PROFILES } from '../terminology/profiles.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** One drug. It goes as text: local names and strengths match no SNOMED CT product for sure. */
export function medicationRequest(id: string, from: Prescription, of: VisitParts): MedicationRequest {
  return {
    resourceType: 'MedicationRequest',
    id,
    meta: { profile: [PROFILES.medicationRequest] },
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: words(from.drug),
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    authoredOn: of.at,
    requester: ref(of.author),
    dosageInstruction: [dosage(from)],
  };
}

/** The hospital's words in reading order, e.g. `1, 1-0-1, 3 days, ORAL`. */
export function dosageText(from: Prescription): string {
  const days = from.days === undefined ? from.daysText : from.days === 1 ? '1 day' : `${from.days} days`;
  const parts = [from.dose, from.frequency, days, from.route].filter((part) => part !== undefined);
  // NRCeS wants a dosage with every drug, and a reader must not take an empty one for "none needed".
  return parts.length === 0 ? 'Dosage not written by the hospital' : parts.join(', ');
}

function dosage(from: Prescription): Dosage {
  const frequency = from.frequency === undefined ? undefined : readFrequency(from.frequency);
  const bounds =
    from.days === undefined || from.days <= 0
      ? {}
      : { boundsDuration: { value: from.days, unit: 'days', system: CODE_SYSTEMS.ucum, code: 'd' } };
  return {
    text: dosageText(from),
    timing: frequency && 'repeat' in frequency ? { repeat: { ...bounds, ...frequency.repeat } } : undefined,
    asNeededBoolean: frequency && 'asNeeded' in frequency ? true : undefined,
    route: from.route === undefined ? undefined : words(from.route),
  };
}

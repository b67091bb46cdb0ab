import type { CodeableConcept, Specimen } from 'fhir/r4.js';
import { PROFILES } from '../terminology/profiles.js';
import { DATA_ABSENT_EXTENSION } from '../terminology/systems.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/**
 * What was taken from the patient. NRCeS asks when the laboratory received it; the hospital tells only when it was
 * taken, so the element says that its value is not known instead of repeating the other time.
 */
export function specimen(id: string, type: CodeableConcept, collectedAt: string, of: VisitParts): Specimen {
  return {
    resourceType: 'Specimen',
    id,
    meta: { profile: [PROFILES.specimen] },
    type,
    subject: ref(of.patient),
    _receivedTime: { extension: [{ url: DATA_ABSENT_EXTENSION, valueCode: 'unknown' }] },
    collection: { collectedDateTime: collectedAt },
  };
}

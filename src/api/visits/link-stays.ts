import type { VisitState } from '../../persistence/entities/visit.entity.js';
import type { LinkNotice, Reason } from './visits.dto.js';

const LINK_STAYS: LinkNotice = {
  code: 'link-stays',
  en: 'A link cannot be undone: ABDM has no unlinking. The visit stays listed in the patient’s ABHA app, but its records are no longer given out.',
  hi: 'जुड़ी हुई विज़िट को अलग नहीं किया जा सकता: ABDM में इसकी सुविधा नहीं है। विज़िट मरीज़ के आभा ऐप में दिखती रहेगी, पर इसके रिकॉर्ड अब नहीं दिए जाएँगे।',
};

/**
 * What a clerk who took back a visit, or moved it to another patient, must know when it was linked before. Null: nothing of
 * the kind has happened.
 */
export function linkNotice(
  isLinked: boolean,
  state: VisitState,
  reasons: readonly Pick<Reason, 'code'>[],
): LinkNotice | null {
  const stopsGiving = reasons.some(({ code }) => STOPPING.has(code));
  return isLinked && (state === 'withdrawn' || stopsGiving) ? LINK_STAYS : null;
}

/** Reasons of a quarantine for which the records of a linked visit are no longer given out. */
const STOPPING = new Set(['patient-changed-after-link', 'withdrawn-unreadable']);

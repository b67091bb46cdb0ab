import type { LinkInitRequest } from '../../../abdm/messages/link-init.js';
import type { Offer, OfferNow } from './discoveries.js';

type ChosenEntries = NonNullable<LinkInitRequest['patient']>;

/**
 * What the patient chose, with the hiTypes she chose of each; or why it cannot be linked. All or nothing: a choice with one
 * thing in it that was never offered did not come from her app.
 */
export function chosenAmong(
  offers: readonly OfferNow[],
  entries: ChosenEntries,
): readonly Offer[] | 'patient-not-offered' | 'care-context-not-offered' | 'already-linked' {
  const chosen = new Map<OfferNow, Set<string>>();
  for (const { referenceNumber, careContexts, hiType } of entries) {
    if (!offers.some(({ patientReference }) => patientReference === referenceNumber)) return 'patient-not-offered';
    for (const { referenceNumber: reference } of careContexts) {
      const offer = offers.find((one) => one.patientReference === referenceNumber && one.reference === reference);
      if (offer === undefined || !offer.hiTypes.includes(hiType)) return 'care-context-not-offered';
      chosen.set(offer, (chosen.get(offer) ?? new Set()).add(hiType));
    }
  }
  if (chosen.size === 0) return 'care-context-not-offered';
  const offersChosen = [...chosen.keys()];
  if (offersChosen.some(({ isLinked }) => isLinked)) return 'already-linked';
  if (offersChosen.some(({ hasRecords }) => !hasRecords)) return 'care-context-not-offered';
  return offersChosen.map((offer) => ({ ...offer, hiTypes: [...(chosen.get(offer) ?? [])] }));
}

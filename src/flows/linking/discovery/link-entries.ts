import type { PatientLinkEntry } from '../../../abdm/messages/care-context-link.js';
import { HI_TYPES } from '../../../ports/visit.js';
import { safeDisplay } from '../link-request.js';

/** ABDM takes so many in one entry. */
export const MOST_CONTEXTS = 20;

/** A care context as the patient's app is told of it. */
export interface NamedContext {
  readonly patientReference: string;
  readonly reference: string;
  readonly display: string;
  readonly hiTypes: readonly string[];
}

/** One entry per patient number and hiType, as on-discover and on-confirm want them. `contexts`: at most `MOST_CONTEXTS`. */
export function linkEntries(facilityName: string, contexts: readonly NamedContext[]): readonly PatientLinkEntry[] {
  const references = [...new Set(contexts.map(({ patientReference }) => patientReference))];
  return references.flatMap((referenceNumber) =>
    HI_TYPES.flatMap((hiType) => {
      const careContexts = contexts
        .filter((context) => context.patientReference === referenceNumber && context.hiTypes.includes(hiType))
        .map(({ reference, display }) => ({ referenceNumber: reference, display }));
      const count = careContexts.length;
      return count === 0 ? [] : [{ referenceNumber, display: safeDisplay(facilityName), careContexts, hiType, count }];
    }),
  );
}

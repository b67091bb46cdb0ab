import type { ConsentDetail } from '../../abdm/messages/consent-notify.js';
import type { StoredConsent } from '../../persistence/consents.js';

/** What a consent allows, in the artefact's own words. */
export interface ConsentTerms {
  readonly hiuName: string | null;
  readonly hiTypes: readonly string[];
  /** Records of visits from … to …, as the artefact spells it. */
  readonly from: string;
  readonly to: string;
  /** `repeats` 0: as often as wanted; otherwise so many requests in each `value` × `unit`. */
  readonly frequency: { readonly unit: string; readonly value: number; readonly repeats: number };
  readonly careContextReferences: readonly string[];
}

/** Undefined once the consent has ended: then its artefact is erased. */
export function termsOf({ detail }: StoredConsent): ConsentTerms | undefined {
  if (detail === undefined) return undefined;
  // It was checked against the message's schema before it was stored.
  const { hiu, hiTypes, permission, careContexts } = detail as ConsentDetail;
  return {
    hiuName: nameIn(hiu),
    hiTypes,
    from: permission.dateRange.from,
    to: permission.dateRange.to,
    frequency: {
      unit: permission.frequency.unit,
      value: permission.frequency.value,
      repeats: permission.frequency.repeats ?? 0,
    },
    careContextReferences: careContexts.map(({ careContextReference }) => careContextReference),
  };
}

/** Not in the contract, but sent by some: an organisation's name. */
function nameIn(hiu: unknown): string | null {
  if (typeof hiu !== 'object' || hiu === null || !('name' in hiu) || typeof hiu.name !== 'string') return null;
  return hiu.name.slice(0, 255) || null;
}

import type { ConsentStub, HeldConsent } from '../../flows/consent/held-consents.js';
import type { ConsentSummary, ConsentView } from './consents.dto.js';

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export const consentSummary = (consent: ConsentStub) =>
  ({
    id: consent.id,
    status: consent.status,
    hiuId: consent.hiuId,
    purpose: consent.purpose,
    grantedAt: iso(consent.grantedAt),
    endedAt: iso(consent.endedAt),
    expiresAt: iso(consent.expiresAt),
    signatureCheck: consent.signatureCheck,
  }) satisfies ConsentSummary;

export function consentView(consent: HeldConsent): ConsentView {
  return {
    ...consentSummary(consent),
    history: historyOf(consent),
    acknowledgements: consent.acknowledgements.map((each) => ({
      ...each,
      at: each.at.toISOString(),
      sentAt: iso(each.sentAt),
    })),
    terms: termsOf(consent),
    use: { ...consent.use, lastAt: iso(consent.use.lastAt) },
  };
}

function historyOf({ status, grantedAt, endedAt, endReason }: ConsentStub): ConsentView['history'] {
  return [
    ...(grantedAt === null ? [] : [{ status: 'GRANTED' as const, at: grantedAt.toISOString(), reason: null }]),
    ...(endedAt === null ? [] : [{ status, at: endedAt.toISOString(), reason: endReason }]),
  ];
}

function termsOf({ terms, visits }: HeldConsent): ConsentView['terms'] {
  if (terms === undefined) return null;
  const { careContextReferences, ...rest } = terms;
  const byReference = new Map(visits.map(({ reference, ...visit }) => [reference, visit]));
  return {
    ...rest,
    hiTypes: [...rest.hiTypes],
    careContexts: careContextReferences.map((reference) => ({ reference, visit: byReference.get(reference) ?? null })),
  };
}

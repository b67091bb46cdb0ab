import type { RefusalName } from '../../abdm/refusals.js';

/** A consent as the gate sees it. */
export interface GateConsent {
  readonly status: 'GRANTED' | 'REVOKED' | 'EXPIRED';
  readonly expiresAt: Date;
  readonly facilityId: string;
  /** Undefined: the artefact names none (seen in real traffic). */
  readonly hiuId: string | undefined;
  /** Keyed hash of the ABHA address of who consented: nobody can consent to another's records. */
  readonly patientHash: Buffer | undefined;
  readonly careContexts: ReadonlySet<string>;
  readonly hiTypes: ReadonlySet<string>;
  readonly from: Date;
  readonly to: Date;
  /** `repeats` 0: as often as wanted; otherwise that many requests in each `value` × `unit`. */
  readonly frequency: { readonly unit: FrequencyUnit; readonly value: number; readonly repeats: number };
}

export type FrequencyUnit = 'HOUR' | 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/** What is asked under it. */
export interface GateRequest {
  readonly facilityId: string;
  /** Undefined: the caller did not say. */
  readonly hiuId: string | undefined;
  readonly from: Date;
  readonly to: Date;
  /** Requests accepted before this one under the same consent, within `frequencyWindow`. */
  readonly acceptedBefore: number;
}

/** What would go out. */
export interface GateItem {
  readonly careContext: string;
  readonly hiType: string;
  readonly visitAt: Date;
}

const HOURS: Record<FrequencyUnit, number> = { HOUR: 1, DAY: 24, WEEK: 168, MONTH: 730, YEAR: 8766 };

const HUNDRED_YEARS_MS = 36_525 * 86_400_000;

/** How far back earlier requests count, in milliseconds: a hundred years at most, beyond which dates end. */
export const frequencyWindow = ({ unit, value }: GateConsent['frequency']): number =>
  Math.min(HUNDRED_YEARS_MS, HOURS[unit] * Math.max(1, value) * 3_600_000);

/**
 * May this request be served now? Undefined: yes. Asked when a transfer starts and again before every page, with the
 * consent as it is in the database at that moment: what was allowed a minute ago may be revoked now.
 */
export function refusalOf(consent: GateConsent | undefined, request: GateRequest, now: Date): RefusalName | undefined {
  if (consent === undefined) return 'consent-unknown';
  if (consent.facilityId !== request.facilityId) return 'consent-of-another-hip';
  if (consent.status === 'REVOKED') return 'consent-revoked';
  if (consent.status === 'EXPIRED' || consent.expiresAt <= now) return 'consent-expired';
  if (consent.hiuId !== undefined && request.hiuId !== undefined && consent.hiuId !== request.hiuId) {
    return 'consent-unknown';
  }
  const { from, to } = request;
  // A wider range is refused, never trimmed. Comparisons with an invalid date are false, so it is refused as well.
  if (!(from >= consent.from && to <= consent.to && from <= to)) return 'outside-date-range';
  const { repeats } = consent.frequency;
  if (repeats > 0 && request.acceptedBefore >= repeats) return 'too-often';
  return undefined;
}

/** Does the consent, narrowed by the request, cover this record? */
export function covers(consent: GateConsent, request: Pick<GateRequest, 'from' | 'to'>, item: GateItem): boolean {
  return (
    consent.careContexts.has(item.careContext) &&
    consent.hiTypes.has(item.hiType) &&
    item.visitAt >= request.from &&
    item.visitAt <= request.to
  );
}

import type { ConsentDetail } from '../../abdm/messages/consent-notify.js';
import type { StoredConsent } from '../../persistence/consents.js';
import type { GateConsent } from './consent-gate.js';

/** A stored artefact as the gate sees it. One that has ended has no detail left, and needs none to be refused. */
export function gateConsent(stored: StoredConsent): GateConsent {
  const detail = stored.detail as ConsentDetail | undefined;
  const permission = detail?.permission;
  return {
    // Whoever has left ABDM consents to nothing, whatever came or comes in.
    status: stored.isPatientGone ? 'REVOKED' : stored.status,
    expiresAt: stored.expiresAt ?? new Date(0),
    facilityId: stored.facilityId,
    hiuId: detail?.hiu?.id,
    patientHash: stored.patientHash,
    careContexts: new Set(detail?.careContexts.map((context) => context.careContextReference)),
    hiTypes: new Set(detail?.hiTypes),
    from: new Date(permission?.dateRange.from ?? NaN),
    to: new Date(permission?.dateRange.to ?? NaN),
    frequency: {
      unit: permission?.frequency.unit ?? 'HOUR',
      value: permission?.frequency.value ?? 1,
      repeats: repeatsOf(permission?.frequency.repeats ?? 0),
    },
  };
}

/** What is no number of times is no leave to ask without end: once. Such artefacts were stored before the door refused them. */
const repeatsOf = (told: number): number => (Number.isInteger(told) && told >= 0 ? told : 1);

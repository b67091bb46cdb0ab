import type { Transfer } from '../abdm.js';
import type { Scene, Theatre } from '../scene.js';
import { aLinkedSubject, granted } from '../subjects.js';

const NOTICE = ['consentHipNotify', 'onConsentHipNotify'];
const REQUEST = ['healthInformationRequest', 'onHealthInformationRequest', 'pushHealthInformation'];
const LAPSES_AFTER_MS = 5_000;

const GRANT = 'HIP_INIT_GRANT_CONSENT_';
const REVOKE = 'HIP_INIT_REVOKE_CONSENT';
const EXPIRE = 'HIP_INIT_EXPIRE_CONSENT';

/** A consent for an HIU, as the HIP hears of it. */
export const consentGranted: Scene = {
  title: 'A consent is granted',
  cases: { [GRANT]: NOTICE },
  hospitalIsNeededFor: undefined,
  async play(theatre, notes) {
    const subject = await aLinkedSubject(theatre, notes);
    const { consentId, outcome } = await granted(theatre, notes, subject, { hiuId: 'IN-HIU-CERTIFY' });
    notes.fact(GRANT, 'The HIP acknowledged the consent within 60 s', outcome === 'OK');
    const isShown = await isShownAs(theatre, consentId, 'GRANTED');
    if (isShown !== undefined) notes.fact(GRANT, 'Staff see it as GRANTED', isShown);
  },
};

/** She takes it back: from then on nothing leaves. */
export const consentRevoked: Scene = {
  title: 'A consent is revoked',
  cases: { [REVOKE]: [...NOTICE, ...REQUEST] },
  hospitalIsNeededFor: undefined,
  async play(theatre, notes) {
    const { abdm } = theatre;
    const { consentId } = await granted(theatre, notes, await aLinkedSubject(theatre, notes));
    const before = await abdm.requests(consentId);
    notes.about(before.transactionId);
    notes.fact(REVOKE, 'Before the revocation records came', before.entries.length > 0);
    await abdm.ends(consentId, 'revoke');
    const outcome = await abdm.acknowledged(consentId, 'REVOKED');
    notes.fact(REVOKE, 'The HIP acknowledged the revocation', outcome === 'OK');
    const isShown = await isShownAs(theatre, consentId, 'REVOKED');
    if (isShown !== undefined) notes.fact(REVOKE, 'Staff see it as REVOKED', isShown);
    const after = await abdm.requests(consentId);
    notes.about(after.transactionId);
    notes.fact(REVOKE, 'After it a request was refused, and nothing was sent', isRefused(after));
  },
};

/** It lapses: the HIP knows by its own clock, and ABDM tells it besides. */
export const consentExpired: Scene = {
  title: 'A consent expires',
  cases: { [EXPIRE]: [...NOTICE, ...REQUEST] },
  hospitalIsNeededFor: undefined,
  async play(theatre, notes) {
    const { abdm } = theatre;
    const subject = await aLinkedSubject(theatre, notes);
    const lapsesAt = Date.now() + LAPSES_AFTER_MS;
    const dataEraseAt = new Date(lapsesAt).toISOString();
    const { consentId, outcome } = await granted(theatre, notes, subject, { dataEraseAt });
    notes.fact(EXPIRE, 'The HIP acknowledged a consent that lapses in a moment', outcome === 'OK');
    const before = await abdm.requests(consentId);
    notes.about(before.transactionId);
    notes.fact(EXPIRE, 'Before it lapsed records came', before.entries.length > 0);
    await new Promise((resolve) => setTimeout(resolve, lapsesAt - Date.now()));
    const lapsed = await abdm.requests(consentId);
    notes.about(lapsed.transactionId);
    const byItself = 'It went by its own clock: a request before ABDM’s notice was refused, and nothing was sent';
    notes.fact(EXPIRE, byItself, isRefused(lapsed));
    await abdm.ends(consentId, 'expire');
    const noticed = await abdm.acknowledged(consentId, 'EXPIRED');
    notes.fact(EXPIRE, 'The HIP acknowledged the notice of the expiry', noticed === 'OK');
    const isShown = await isShownAs(theatre, consentId, 'EXPIRED');
    if (isShown !== undefined) notes.fact(EXPIRE, 'Staff see it as EXPIRED', isShown);
  },
};

export const isRefused = ({ state, entries }: Transfer): boolean => state === 'refused' && entries.length === 0;

/** What staff see may come a moment after the acknowledgement. Undefined: nobody can look. */
async function isShownAs({ abdm, hospital }: Theatre, consentId: string, status: string): Promise<boolean | undefined> {
  if (hospital === undefined) return undefined;
  const look = () => hospital.consentStatus(consentId);
  return (await abdm.eventually(look, (seen) => seen === status)) === status;
}

import type { Transfer } from '../abdm.js';
import type { Scene } from '../scene.js';
import { aLinkedSubject, granted } from '../subjects.js';

const NOTICE = ['consentHipNotify', 'onConsentHipNotify'] as const;
const REQUEST = ['healthInformationRequest', 'onHealthInformationRequest', 'pushHealthInformation'] as const;
const LAPSES_AFTER_MS = 4_000;

const GRANT = 'HIP_INIT_GRANT_CONSENT_';
const REVOKE = 'HIP_INIT_REVOKE_CONSENT';
const EXPIRE = 'HIP_INIT_EXPIRE_CONSENT';

/** A consent's life, as the HIP hears of it, and what the HIP still gives out under it. */
export const consents: Scene = {
  title: 'Consents: granted, revoked, expired',
  cases: { [GRANT]: NOTICE, [REVOKE]: [...NOTICE, ...REQUEST], [EXPIRE]: [...NOTICE, ...REQUEST] },
  hospitalIsNeededFor: undefined,
  async play(theatre, notes) {
    const { abdm, hospital } = theatre;
    const subject = await aLinkedSubject(theatre, notes);
    /** Staff's view, where it can be seen: it may come a moment after the acknowledgement. */
    const shownAs = async (id: string, status: string): Promise<boolean> =>
      (await abdm.eventually(
        () => hospital?.consentStatus(id) ?? Promise.resolve(status),
        (seen) => seen === status,
      )) === status;

    const granting = await granted(theatre, notes, subject, { hiuId: 'IN-HIU-CERTIFY' });
    notes.fact(GRANT, 'The HIP acknowledged the consent within 60 s', granting.outcome === 'OK');
    if (hospital !== undefined)
      notes.fact(GRANT, 'Staff see it as GRANTED', await shownAs(granting.consentId, 'GRANTED'));

    const before = await abdm.requests(granting.consentId);
    notes.about(before.transactionId);
    notes.fact(REVOKE, 'Before the revocation records came', before.entries.length > 0);
    await abdm.ends(granting.consentId, 'revoke');
    notes.fact(
      REVOKE,
      'The HIP acknowledged the revocation',
      (await abdm.acknowledged(granting.consentId, 'REVOKED')) === 'OK',
    );
    if (hospital !== undefined)
      notes.fact(REVOKE, 'Staff see it as REVOKED', await shownAs(granting.consentId, 'REVOKED'));
    const after = await abdm.requests(granting.consentId);
    notes.about(after.transactionId);
    notes.fact(REVOKE, 'After it a request was refused, and nothing was sent', isRefused(after));

    const lapsing = await granted(theatre, notes, subject, {
      dataEraseAt: new Date(Date.now() + LAPSES_AFTER_MS).toISOString(),
    });
    notes.fact(EXPIRE, 'The HIP acknowledged a consent that lapses in a moment', lapsing.outcome === 'OK');
    await new Promise((resolve) => setTimeout(resolve, LAPSES_AFTER_MS));
    const lapsed = await abdm.requests(lapsing.consentId);
    notes.about(lapsed.transactionId);
    notes.fact(
      EXPIRE,
      'It went by its own clock: a request before ABDM’s notice was refused, and nothing was sent',
      isRefused(lapsed),
    );
    await abdm.ends(lapsing.consentId, 'expire');
    notes.fact(
      EXPIRE,
      'The HIP acknowledged the notice of the expiry',
      (await abdm.acknowledged(lapsing.consentId, 'EXPIRED')) === 'OK',
    );
    if (hospital !== undefined)
      notes.fact(EXPIRE, 'Staff see it as EXPIRED', await shownAs(lapsing.consentId, 'EXPIRED'));
  },
};

export const isRefused = ({ state, entries }: Transfer): boolean => state === 'refused' && entries.length === 0;

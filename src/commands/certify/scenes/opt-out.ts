import { needed, type Scene } from '../scene.js';
import { aLinkedSubject, granted } from '../subjects.js';
import { isRefused } from './consents.js';

const CASE = 'HIP_INIT_ABHA_OPTOUT_DEACTIVATE';
const WOULD_BE_REAL =
  'It would take the patient’s ABHA address away at the other HIP: to be played there with its own means.';

/** She leaves ABDM: the HIP forgets her address, ends her consents, and gives nothing out any more. */
export const optOut: Scene = {
  title: 'An ABHA address that is deactivated',
  cases: { [CASE]: 'all' },
  hospitalIsNeededFor: WOULD_BE_REAL,
  async play(theatre, notes) {
    const { abdm } = theatre;
    const hospital = needed(theatre.hospital, WOULD_BE_REAL);
    const subject = await aLinkedSubject(theatre, notes);
    const { abhaAddress } = subject.holder;
    const { consentId } = await granted(theatre, notes, subject);
    const before = await abdm.requests(consentId);
    notes.about(before.transactionId);
    notes.fact(CASE, 'Before it records came', before.entries.length > 0);

    await abdm.deactivates(abhaAddress);
    const [notice] = await abdm.eventually(
      () => abdm.statusNotices(abhaAddress),
      (all) => all[0]?.acknowledgedAt !== undefined,
    );
    notes.fact(CASE, 'The HIP took the notice and answered it', notice?.acknowledgedAt !== undefined);
    const status = await abdm.eventually(
      () => hospital.consentStatus(consentId),
      (seen) => seen !== 'GRANTED',
    );
    notes.fact(CASE, 'Her consent has ended at the HIP', status === 'REVOKED');
    const after = await abdm.requests(consentId);
    notes.about(after.transactionId);
    notes.fact(CASE, 'A request under it was refused, and nothing was sent', isRefused(after));
    const { found } = await abdm.discovers(abhaAddress);
    const isUnknown = !found.offered.some(({ careContextReference }) =>
      isOf(subject.careContexts, careContextReference),
    );
    notes.fact(CASE, 'Under this address nothing is found at the HIP', isUnknown);
  },
};

const isOf = (contexts: readonly { readonly careContextReference: string }[], reference: string): boolean =>
  contexts.some((one) => one.careContextReference === reference);

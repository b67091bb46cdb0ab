import type { LoggedMessage } from '../abdm.js';
import { needed, type Scene } from '../scene.js';
import { closed, documentIn } from '../subjects.js';
import { aPatient, aVisitOf } from '../visits.js';

const NEEDS_VISITS = 'The HIP begins: a visit has to be posted at the hospital.';
const isTaken = ({ status }: LoggedMessage): boolean => status >= 200 && status < 300;
const areTaken = (messages: readonly LoggedMessage[]): boolean => messages.length > 0 && messages.every(isTaken);

/** A patient gave her ABHA address; her visits appear in her app by themselves. */
export const demographicLinking: Scene = {
  title: 'HIP-initiated linking with demographic details',
  cases: {
    HIP_INTI_LINK_501: ['generateLinkToken'],
    HIP_INTI_LINK_502: ['generateLinkToken'],
    HIP_INTI_LINK_504: ['generateLinkToken', 'onGenerateToken', 'linkCareContexts'],
    HIP_INTI_LINK_505: ['linkCareContexts', 'onCareContextLinked'],
    HIP_INTI_LINK_506: [
      'consentHipNotify',
      'onConsentHipNotify',
      'healthInformationRequest',
      'onHealthInformationRequest',
      'pushHealthInformation',
      'notifyHealthInformation',
    ],
    LNK_01: ['linkCareContexts', 'onCareContextLinked'],
    LNK_03: ['generateLinkToken', 'onGenerateToken', 'linkCareContexts', 'onCareContextLinked'],
  },
  hospitalIsNeededFor: NEEDS_VISITS,
  async play(theatre, notes) {
    const { abdm } = theatre;
    const hospital = needed(theatre.hospital, NEEDS_VISITS);
    const holder = aPatient();
    notes.about(holder.abhaAddress);
    await abdm.knows(holder);
    const row = aVisitOf(holder, hospital.hfrId, 'with ABHA');
    const { UHID } = row['PATIENT'] as { UHID: string };
    const first = await closed(theatre, hospital, row);

    const [asked] = await notes.messages('generateLinkToken');
    const body = (asked?.body ?? {}) as Record<string, unknown>;
    for (const field of ['abhaAddress', 'name', 'gender', 'yearOfBirth'])
      notes.fact('HIP_INTI_LINK_501', `The HIP holds and sends ${field}`, Boolean(body[field]));
    notes.fact('HIP_INTI_LINK_502', 'generate-token was answered 202', asked?.status === 202);
    notes.fact(
      'HIP_INTI_LINK_504',
      'The HIP took the link token (2xx to on-generate-token)',
      areTaken(await notes.messages('onGenerateToken')),
    );
    notes.fact(
      'HIP_INTI_LINK_505',
      'link/carecontext was answered 202',
      areTaken(await notes.messages('linkCareContexts')),
    );
    notes.fact(
      'HIP_INTI_LINK_505',
      'The HIP took the result (2xx to on_carecontext)',
      areTaken(await notes.messages('onCareContextLinked')),
    );
    notes.fact('HIP_INTI_LINK_505', 'Staff see the visit as linked', first.state === 'linked');
    const inApp = await abdm.entriesOf(holder.abhaAddress);
    notes.fact(
      'LNK_03',
      'The link was acknowledged',
      first.timeline.some(({ step }) => step === 'linked'),
    );
    notes.fact('LNK_03', 'The visit is in the patient’s app, and she did nothing for it', inApp.length === 1);

    const second = await closed(theatre, hospital, aVisitOf(holder, hospital.hfrId, 'with ABHA', UHID));
    const tokens = (await notes.messages('generateLinkToken')).length;
    notes.fact(
      'HIP_INTI_LINK_504',
      'Her second visit was linked with the stored token: none was asked for anew',
      second.state === 'linked' && tokens === 1,
    );
    const entries = await abdm.entriesOf(holder.abhaAddress);
    notes.fact(
      'LNK_01',
      'Two visits are two care contexts',
      entries.length === 2 && new Set(entries.map((one) => one.careContextReference)).size === 2,
    );
    notes.fact('LNK_01', 'Each has a name with its date, for the patient to read', entries.every(hasADate));

    const transfer = await abdm.pulls(holder.abhaAddress);
    notes.about(transfer?.transactionId);
    const received = transfer?.entries ?? [];
    notes.fact('HIP_INTI_LINK_506', 'The app received records of both visits', contextsIn(received) === 2);
    notes.fact(
      'HIP_INTI_LINK_506',
      'Each was decrypted, and is a FHIR document',
      received.length > 0 &&
        received.every(({ plaintext, checksumMatches }) => checksumMatches && documentIn(plaintext).isDocument),
    );
  },
};

/** ABDM holds other details of her than the hospital. */
export const demographicsDiffer: Scene = {
  title: 'Demographic details that do not match',
  cases: { HIP_INTI_LINK_503: 'all' },
  hospitalIsNeededFor: NEEDS_VISITS,
  async play(theatre, notes) {
    const hospital = needed(theatre.hospital, NEEDS_VISITS);
    const right = aPatient({ name: 'Sunita Netam' });
    await theatre.abdm.knows(right);
    notes.about(right.abhaAddress);
    const matched = await closed(theatre, hospital, aVisitOf(right, hospital.hfrId, 'with ABHA'));
    notes.fact(
      'HIP_INTI_LINK_503',
      'Matching details: the token came and the visit was linked',
      matched.state === 'linked',
    );

    const wrong = aPatient({ name: 'Sunita Netam', yearOfBirth: 1960 });
    await theatre.abdm.knows({ ...wrong, yearOfBirth: 1988 });
    notes.about(wrong.abhaAddress);
    const refused = await closed(theatre, hospital, aVisitOf(wrong, hospital.hfrId, 'with ABHA'));
    const last = refused.timeline.at(-1);
    notes.fact('HIP_INTI_LINK_503', 'Other details: the visit was not linked', refused.state === 'failed');
    notes.fact(
      'HIP_INTI_LINK_503',
      'Staff are shown ABDM-1207, and in words what to do',
      last?.code === 'ABDM-1207' && last.en !== '',
    );
    const inApp = await theatre.abdm.entriesOf(wrong.abhaAddress);
    notes.fact('HIP_INTI_LINK_503', 'Nothing of it is in anybody’s app', inApp.length === 0);
  },
};

/** The token is stored, used again, and replaced when ABDM does not take it any more. */
export const linkTokens: Scene = {
  title: 'A link token’s life',
  cases: { LNK_02: ['generateLinkToken', 'onGenerateToken', 'linkCareContexts', 'onCareContextLinked'] },
  hospitalIsNeededFor: NEEDS_VISITS,
  async play(theatre, notes) {
    const hospital = needed(theatre.hospital, NEEDS_VISITS);
    const holder = aPatient();
    notes.about(holder.abhaAddress);
    await theatre.abdm.knows(holder);
    const row = aVisitOf(holder, hospital.hfrId, 'with ABHA');
    const { UHID } = row['PATIENT'] as { UHID: string };
    const nextVisit = () => closed(theatre, hospital, aVisitOf(holder, hospital.hfrId, 'with ABHA', UHID));
    const tokensAsked = async () => (await notes.messages('generateLinkToken')).length;

    const first = await closed(theatre, hospital, row);
    const [token] = await notes.messages('onGenerateToken');
    const [link] = await notes.messages('linkCareContexts');
    const isTokenFirst = Date.parse(token?.at ?? '') <= Date.parse(link?.at ?? '');
    notes.fact('LNK_02', 'No token yet: one was asked for, and no link was tried before it came', isTokenFirst);
    notes.fact('LNK_02', 'With it the visit was linked', first.state === 'linked');
    const second = await nextVisit();
    notes.fact('LNK_02', 'A valid token was used again', second.state === 'linked' && (await tokensAsked()) === 1);
    // ABDM’s pause of 69 s between two like requests is its own rule, and no part of this case.
    await theatre.abdm.behaves({ dedupeWindowMs: 0 });
    await theatre.abdm.nextLinkIsRefused('ABDM-1026', 'Invalid Link Token');
    const third = await nextVisit();
    notes.fact('LNK_02', 'A token that ABDM took no more was replaced by a new one', (await tokensAsked()) === 2);
    notes.fact('LNK_02', 'With the new one the visit was linked', third.state === 'linked');
  },
};

const hasADate = ({ display }: { readonly display: string }): boolean => /\d{1,2}-[A-Z][a-z]{2}-\d{4}/.test(display);
const contextsIn = (entries: readonly { readonly careContextReference: string }[]): number =>
  new Set(entries.map((one) => one.careContextReference)).size;

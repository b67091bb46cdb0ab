import type { CounterView } from '../../../api/counters/counters.dto.js';
import type { AbhaHolder } from '../abdm.js';
import type { Hospital } from '../hospital.js';
import { aCounter, queueOf, scans, sharedProfile, tokensOf, type Share } from '../phone.js';
import { factOf, needed, type Notes, type Scene, type Theatre } from '../scene.js';
import { aPatient } from '../visits.js';

const NEEDS_COUNTERS = 'Counters and their QR codes are made, and the queue is seen, at the HIP’s own desk.';
const HALF_AN_HOUR_SECONDS = 1_800;
const ANSWER_WITHIN_MS = 30_000;
const SHARE = ['patientShare', 'onShare'] as const;

/** She scans the QR at the counter, shares, and gets a token. */
export const scanAndShare: Scene = {
  title: 'A QR code scanned at the counter',
  cases: {
    SHARE_PATIENT_PROFILE_701: SHARE,
    'PHR scan 1.1-1.2': SHARE,
    'PHR scan 1.3': SHARE,
    'PHR scan 1.4': SHARE,
    'PHR scan 1.5': SHARE,
    'PHR scan 2.1-2.6': SHARE,
    SHR_ABHA_1201: SHARE,
    RESCAN: SHARE,
  },
  hospitalIsNeededFor: NEEDS_COUNTERS,
  async play(theatre, notes) {
    const { abdm } = theatre;
    const hospital = needed(theatre.hospital, NEEDS_COUNTERS);
    const counter = await aCounter(hospital);
    await hasAQr(notes, hospital, counter);
    const holder = await somebody(theatre, notes);

    await scans(abdm, holder.abhaAddress, counter.scanUrl, { cancel: true });
    const isNothing =
      (await queueOf(hospital, counter)).length === 0 && (await notes.messages('patientShare')).length === 0;
    notes.fact('SHARE_PATIENT_PROFILE_701', 'She taps Cancel: nothing is shared', isNothing);

    const share = await scans(abdm, holder.abhaAddress, counter.scanUrl);
    notes.about(share.shareRequestId ?? undefined);
    await arrived(notes, hospital, counter, holder);
    await told(theatre, notes, counter, holder, share);

    const again = await scans(abdm, holder.abhaAddress, counter.scanUrl);
    const isKept = share.token !== undefined && again.token?.tokenNumber === share.token.tokenNumber;
    notes.fact('RESCAN', 'The second scan gave the same number', isKept);
    notes.fact('RESCAN', 'She stands in the queue once', (await queueOf(hospital, counter)).length === 1);
  },
};

/** Somebody whom ABDM knows, with a counter of her own to scan. */
async function somebody({ abdm }: Theatre, notes: Notes): Promise<AbhaHolder & { readonly mobile: string }> {
  const holder = aPatient();
  notes.about(holder.abhaAddress);
  await abdm.knows(holder);
  return holder;
}

async function hasAQr(notes: Notes, hospital: Hospital, counter: CounterView): Promise<void> {
  const ids = ['PHR scan 1.1-1.2', 'PHR scan 2.1-2.6'] as const;
  const picture = await hospital.ask('GET', `counters/${counter.code}/qr?format=png`);
  const isDrawn = picture.status === 200 && picture.headers.get('content-type') === 'image/png';
  factOf(notes, ids, 'The QR code of the counter is served, to print', isDrawn);
  const url = new URL(counter.scanUrl);
  const namesIt =
    url.searchParams.get('hip-id') === hospital.hfrId && url.searchParams.get('counter-id') === counter.code;
  factOf(notes, ids, 'It names the right facility and counter', namesIt);
  const isAbdms = url.protocol === 'https:' && /(^|\.)abdm\.gov\.in$/.test(url.hostname);
  notes.fact('PHR scan 2.1-2.6', 'It is a link to ABDM’s own page, which any camera opens in the app', isAbdms);
}

/** What the desk has of her. The consent line and Cancel or Share are on the app’s own page. */
async function arrived(notes: Notes, hospital: Hospital, counter: CounterView, holder: AbhaHolder): Promise<void> {
  const [token, ...others] = await queueOf(hospital, counter);
  const isAlone = token?.state === 'waiting' && others.length === 0;
  factOf(notes, ['PHR scan 1.1-1.2', 'SHARE_PATIENT_PROFILE_701'], 'She waits at the counter she scanned', isAlone);
  const profile = await sharedProfile(hospital, needed(token?.sharedProfileId, 'Nobody waits at the counter'));
  const isHers =
    profile.abhaAddress === holder.abhaAddress &&
    profile.abhaNumber?.replaceAll('-', '') === holder.abhaNumber &&
    profile.name === holder.name &&
    profile.gender === holder.gender &&
    profile.yearOfBirth === holder.yearOfBirth &&
    profile.mobile === holder.mobile;
  const ids = ['SHARE_PATIENT_PROFILE_701', 'PHR scan 1.3', 'PHR scan 2.1-2.6', 'SHR_ABHA_1201'] as const;
  const says = 'Once she tapped Share the desk has number, address, name, gender, birth and mobile';
  factOf(notes, ids, says, isHers);
}

/** What her phone shows. */
async function told(
  { abdm }: Theatre,
  notes: Notes,
  { code }: CounterView,
  { abhaAddress }: AbhaHolder,
  share: Share,
): Promise<void> {
  const inTime = share.status === 'answered' && (share.answeredAfterMs ?? Infinity) <= ANSWER_WITHIN_MS;
  const both = ['SHARE_PATIENT_PROFILE_701', 'SHR_ABHA_1201', 'PHR scan 1.4', 'PHR scan 2.1-2.6'] as const;
  factOf(
    notes,
    both,
    'Her phone was told of the success with a token number, within 30 s',
    inTime && Boolean(share.token),
  );
  const [shown] = await tokensOf(abdm, abhaAddress);
  const isShown = shown?.tokenNumber === share.token?.tokenNumber && shown?.context === code;
  factOf(notes, ['PHR scan 1.5'], 'The phone shows this number for this counter', isShown);
  const isValid = shown?.expirySeconds === HALF_AN_HOUR_SECONDS;
  factOf(notes, ['PHR scan 1.5', 'SHARE_PATIENT_PROFILE_701'], 'It is valid for 30 minutes', isValid);
}

/** No ABHA number behind the address. */
export const addressOnly: Scene = {
  title: 'A profile with an ABHA address only',
  cases: { ADDRESS_ONLY: SHARE },
  hospitalIsNeededFor: NEEDS_COUNTERS,
  async play(theatre, notes) {
    const hospital = needed(theatre.hospital, NEEDS_COUNTERS);
    const counter = await aCounter(hospital);
    const holder = await somebody(theatre, notes);
    const share = await scans(theatre.abdm, holder.abhaAddress, counter.scanUrl, { profile: { abhaNumber: null } });
    notes.fact('ADDRESS_ONLY', 'She gets a token', share.status === 'answered' && Boolean(share.token));
    const [token] = await queueOf(hospital, counter);
    const { sharedProfileId } = needed(token, 'Nobody waits at the counter');
    const body = { uhid: `U${holder.mobile}`, sharedProfileId };
    const { registration } = (await (await hospital.ask('POST', 'registrations', body)).json()) as {
      registration?: { patient: { abhaNumber: string | null; abhaAddress: string | null } };
    };
    const { abhaAddress, abhaNumber } = registration?.patient ?? {};
    notes.fact('ADDRESS_ONLY', 'She is registered on her address', abhaAddress === holder.abhaAddress);
    notes.fact('ADDRESS_ONLY', 'No number is made up for her', abhaNumber === null);
  },
};

/** What comes over the counter’s QR and is no profile. */
export const otherIntents: Scene = {
  title: 'An intent the HIP does not support',
  cases: { WRONG_INTENT: SHARE },
  hospitalIsNeededFor: NEEDS_COUNTERS,
  async play(theatre, notes) {
    const hospital = needed(theatre.hospital, NEEDS_COUNTERS);
    const counter = await aCounter(hospital);
    const holder = await somebody(theatre, notes);
    for (const intent of ['RECORD_SHARE', 'PAYMENT_SHARE']) {
      const share = await scans(theatre.abdm, holder.abhaAddress, counter.scanUrl, { intent });
      const isRefused = share.status === 'refused' && share.error?.code === 'ABDM-1149';
      notes.fact('WRONG_INTENT', `${intent} is refused with ABDM-1149`, isRefused);
      notes.fact('WRONG_INTENT', 'No token is given for it', share.token === undefined);
    }
    notes.fact('WRONG_INTENT', 'Nobody waits at the counter', (await queueOf(hospital, counter)).length === 0);
  },
};

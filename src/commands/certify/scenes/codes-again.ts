import { AbhaDesk, NEEDS_DESK } from '../abha-desk.js';
import type { Notes, Scene } from '../scene.js';
import type { PlayedId } from '../verdict.js';

const PAUSE_SECONDS = 61;
const LOGIN = ['loginRequestOtp', 'loginVerify'] as const;

/** A session that waits for a code. */
interface Waiting {
  readonly id: PlayedId;
  readonly way: string;
  readonly session: { readonly id: string };
  readonly mobile: string;
  /** What is typed again, as it is kept nowhere. */
  readonly typedAgain: object;
}

/**
 * Codes may be sent again after 60 s, at most twice. Played for every way at once, as it takes its time; the ways that have no
 * case of their own for it (VRFY_ABHA_101, 102, 201, 202) stand with VRFY_ABHA_405.
 */
export const codesAgain: Scene = {
  title: 'Codes that are sent again (two minutes)',
  cases: {
    CRT_ABHA_106: ['enrolRequestOtp', 'enrolByAadhaar'],
    VRFY_ABHA_305: LOGIN,
    VRFY_ABHA_405: [...LOGIN, 'addressRequestOtp', 'addressVerify'],
  },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const all = [await toCreate(desk), await byMobile(desk), await byAadhaar(desk)];
    for (const method of ['aadhaar-otp', 'mobile-otp']) {
      all.push(await byNumber(desk, method), await byAddress(desk, method));
    }
    for (const one of all) await tooEarly(desk, notes, one);
    for (const left of [1, 0]) {
      await theatre.passes(PAUSE_SECONDS);
      for (const one of all) await sentAgain(desk, notes, one, left);
    }
    for (const one of all) await noMore(desk, notes, one);
  },
};

async function toCreate(desk: AbhaDesk): Promise<Waiting> {
  const { aadhaar, mobile } = await desk.person();
  const session = await desk.consented('aadhaar-otp');
  await desk.goes(session, 'aadhaar', { aadhaar, mobile });
  return { id: 'CRT_ABHA_106', way: 'Creating', session, mobile, typedAgain: { aadhaar } };
}

async function byMobile(desk: AbhaDesk): Promise<Waiting> {
  const { mobile } = await desk.holder();
  const session = await desk.open('mobile');
  await desk.goes(session, 'mobile', { mobile });
  return { id: 'VRFY_ABHA_305', way: 'By mobile', session, mobile, typedAgain: {} };
}

async function byAadhaar(desk: AbhaDesk): Promise<Waiting> {
  const { aadhaar, mobile } = await desk.holder();
  const session = await desk.open('aadhaar');
  await desk.goes(session, 'aadhaar', { aadhaar });
  return { id: 'VRFY_ABHA_405', way: 'By Aadhaar', session, mobile, typedAgain: { aadhaar } };
}

async function byNumber(desk: AbhaDesk, method: string): Promise<Waiting> {
  const { account, mobile } = await desk.holder();
  const session = await desk.open('abha-number');
  await desk.goes(session, 'abha-number', { abhaNumber: account.abhaNumber, method });
  return { id: 'VRFY_ABHA_405', way: `By ABHA number, ${method}`, session, mobile, typedAgain: {} };
}

async function byAddress(desk: AbhaDesk, method: string): Promise<Waiting> {
  const { account, mobile } = await desk.holder();
  const session = await desk.open('abha-address');
  await desk.goes(session, 'abha-address', { abhaAddress: account.abhaAddress });
  await desk.goes(session, 'method', { method });
  return { id: 'VRFY_ABHA_405', way: `By ABHA address, ${method}`, session, mobile, typedAgain: {} };
}

async function tooEarly(desk: AbhaDesk, notes: Notes, { id, way, session, typedAgain }: Waiting): Promise<void> {
  const { otp } = await desk.session(session);
  const isOffered = otp?.resendsLeft === 2 && otp.resendInSeconds > 0;
  notes.fact(id, `${way}: the page is given the time to wait, and that it may be sent twice more`, isOffered);
  const { problem } = await desk.asks(session, 'resend', typedAgain);
  notes.fact(id, `${way}: before that it is refused`, problem?.code === 'resend-too-early');
}

async function sentAgain(desk: AbhaDesk, notes: Notes, one: Waiting, left: number): Promise<void> {
  const { id, way, session, mobile, typedAgain } = one;
  const before = (await desk.codes(mobile)).length;
  const { otp } = await desk.goes(session, 'resend', typedAgain);
  const isSent = (await desk.codes(mobile)).length === before + 1 && otp?.resendsLeft === left;
  notes.fact(id, `${way}: after 60 s another code came to her phone`, isSent);
}

/** The last code, of three, is the one that works. */
async function noMore(desk: AbhaDesk, notes: Notes, one: Waiting): Promise<void> {
  const { id, way, session, mobile, typedAgain } = one;
  const { problem } = await desk.asks(session, 'resend', typedAgain);
  notes.fact(id, `${way}: a third time is refused`, problem?.code === 'resends-used');
  const { next } = await desk.goes(session, 'otp', { otp: await desk.code(mobile) });
  notes.fact(id, `${way}: the newest code works`, next.step !== 'otp');
}

import { AbhaDesk, NEEDS_DESK } from '../abha-desk.js';
import { aMobile } from '../abha-people.js';
import { factOf, type Notes, type Scene } from '../scene.js';
import type { PlayedId } from '../verdict.js';

type Holder = Awaited<ReturnType<AbhaDesk['holder']>>;
type Session = Awaited<ReturnType<AbhaDesk['goes']>>;

const CHANGE = ['accountRequestOtp', 'accountVerify'] as const;

async function verified(desk: AbhaDesk, { account, mobile }: Holder, method = 'mobile-otp'): Promise<Session> {
  const session = await desk.open('abha-number');
  await desk.goes(session, 'abha-number', { abhaNumber: account.abhaNumber, method });
  return desk.goes(session, 'otp', { otp: await desk.code(mobile) });
}

/** What somebody may change once she is verified, each behind a code. */
export const newMobile: Scene = {
  title: 'Another mobile for an ABHA',
  cases: { PROF_ABHA_601: CHANGE, C4: CHANGE, UPD_ABHA_1101: CHANGE },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const fact = (says: string, isSo: boolean) => factOf(notes, ['PROF_ABHA_601', 'C4', 'UPD_ABHA_1101'], says, isSo);
    const session = await verified(desk, await desk.holder());
    const own = aMobile();
    await desk.goes(session, 'change', { change: 'mobile', value: own });
    const wrong = await desk.asks(session, 'otp', { otp: await desk.wrongCode(own) });
    const isUnchanged = (await desk.accountOf(session.result))?.mobile !== own;
    fact('A wrong code to the new mobile changes nothing', wrong.problem?.code === 'wrong-otp' && isUnchanged);
    const { result } = await desk.goes(session, 'otp', { otp: await desk.code(own) });
    const atAbdm = await desk.accountOf(result);
    fact('With the right one ABDM and the profile have it', atAbdm?.mobile === own && result?.mobile === own);
  },
};

export const newEmail: Scene = {
  title: 'Another e-mail address for an ABHA',
  cases: { PROF_ABHA_603: CHANGE },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const session = await verified(desk, await desk.holder());
    await changesEmail(desk, notes, 'PROF_ABHA_603', session);
  },
};

export const kycAgain: Scene = {
  title: 'KYC of an ABHA, verified anew',
  cases: { PROF_ABHA_604: CHANGE, UPD_ABHA_1102: CHANGE },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const holder = await desk.holder();
    const session = await verified(desk, holder);
    await desk.goes(session, 'change', { change: 're-kyc' });
    const { notice, result } = await desk.goes(session, 'otp', { otp: await desk.code(holder.mobile) });
    const isChecked = notice?.code === 'changed' && result?.kycStatus === 'verified';
    factOf(notes, ['PROF_ABHA_604', 'UPD_ABHA_1102'], 'With a code from Aadhaar her KYC is verified anew', isChecked);
    await changesEmail(desk, notes, 'UPD_ABHA_1102', session);
  },
};

async function changesEmail(desk: AbhaDesk, notes: Notes, id: PlayedId, session: Session): Promise<void> {
  const email = `sunita.${aMobile()}@example.org`;
  await desk.goes(session, 'change', { change: 'email', value: email });
  const { result } = await desk.goes(session, 'otp', { otp: await desk.code(email) });
  const atAbdm = await desk.accountOf(result);
  notes.fact(id, 'With the code to her post ABDM has the new e-mail address', atAbdm?.email === email);
}

/** De-activated or deleted, it opens nothing any more. */
export const endings: Scene = {
  title: 'The end of an ABHA',
  cases: { PROF_ABHA_605: [...CHANGE, 'loginRequestOtp'] },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    for (const [change, words, code] of [
      ['de-activate', 'De-activated', 'deactivated'],
      ['delete', 'Deleted', 'no-abha'],
    ] as const) {
      const holder = await desk.holder();
      const session = await verified(desk, holder, 'aadhaar-otp');
      await desk.goes(session, 'change', { change, reasons: ['Wanted by the person'] });
      const ended = await desk.goes(session, 'otp', { otp: await desk.code(holder.mobile) });
      notes.fact('PROF_ABHA_605', `${words}: the session ends with it`, ended.state === 'ended');
      const wish = { abhaNumber: holder.account.abhaNumber, method: 'mobile-otp' };
      const refused = await desk.asks(await desk.open('abha-number'), 'abha-number', wish);
      notes.fact('PROF_ABHA_605', `${words}: nobody can log in with it`, refused.problem?.code === code);
    }
  },
};

/** Her session with ABDM is renewed while she is at the desk, and ended when she goes. */
export const userTokens: Scene = {
  title: 'A person’s session with ABDM',
  cases: { D4: ['loginVerify', 'refreshToken', 'getProfile'], D5: ['logout'] },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const session = await withShortToken(desk, await desk.holder());
    const { state } = await desk.goes(session, 'profile');
    await renewed(notes, state);
    const card = await desk.file(session, 'card');
    notes.fact('D4', 'The card is served with the new token', card.status === 200);

    const over = await desk.goes(session, 'logout');
    const [told] = await notes.messages('logout');
    notes.fact('D5', 'ABDM was told, and took it', told?.status === 200);
    notes.fact('D5', 'The session shows nothing of her any more', over.state === 'ended' && over.result === null);
    const after = await desk.file(session, 'card');
    notes.fact('D5', 'Nothing is served with it', after.status === 410);
  },
};

/** Half an hour is not waited for: ABDM gives out a token that lives for less than two minutes. */
async function withShortToken(desk: AbhaDesk, holder: Holder): Promise<Session> {
  const { userTokenSeconds } = await desk.abdm.call<{ userTokenSeconds: number }>('GET', 'abha/settings');
  await desk.abdm.call('POST', 'abha/settings', { userTokenSeconds: 100 });
  try {
    return await verified(desk, holder);
  } finally {
    await desk.abdm.call('POST', 'abha/settings', { userTokenSeconds });
  }
}

async function renewed(notes: Notes, state: string): Promise<void> {
  const asked = await notes.messages('refreshToken');
  const isTaken = asked.length > 0 && asked.every(({ status }) => status === 200);
  notes.fact('D4', 'A token that was nearly over was renewed before it was used', isTaken);
  notes.fact('D4', 'She stays verified, without another code', state === 'done');
}

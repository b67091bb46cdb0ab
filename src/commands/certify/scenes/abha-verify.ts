import { AbhaDesk, isDrawn, NEEDS_DESK } from '../abha-desk.js';
import { isHer, type Person } from '../abha-people.js';
import { factOf, type Notes, type Scene } from '../scene.js';
import type { PlayedId } from '../verdict.js';
import { LOGIN, offersResend, profileShown, proves, savedAndLinked, type Session } from './abha-login-steps.js';

/** By ABHA number, with a code from Aadhaar. */
export const byNumber: Scene = {
  title: 'Verifying by ABHA number, with a code from Aadhaar',
  cases: {
    VRFY_ABHA_101: [...LOGIN, 'getProfile', 'getAbhaCard', 'linkCareContexts'],
    D2: LOGIN,
    D3: LOGIN,
    E2: ['getProfile'],
    E3: ['getAbhaCard', 'getQrCode'],
    F4: [],
    QR_ABHA_1001: ['getQrCode'],
    QR_ABHA_1002: ['getAbhaCard'],
    QR_ABHA_1003: ['downloadAbhaCard'],
  },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const person = await desk.holder();
    const session = await desk.open('abha-number');
    const before = await desk.file(session, 'card');
    notes.fact('E2', 'Before she has proved who she is nothing of hers is served', before.status === 409);
    const short = { abhaNumber: person.account.abhaNumber.slice(0, -1), method: 'aadhaar-otp' };
    const refused = await desk.asks(session, 'abha-number', short);
    notes.fact('F4', 'The page is told that a number has 14 digits', refused.problem?.code === 'abha-number-not-valid');
    notes.fact('F4', 'Nothing was sent', (await notes.trail()).length === 0);

    const done = await byMethod(desk, notes, ['VRFY_ABHA_101', 'D2', 'D3'], session, person, 'aadhaar-otp');
    await profileShown(desk, notes, ['VRFY_ABHA_101'], done, person);
    const offersMobile = done.next.also.includes('change');
    notes.fact('VRFY_ABHA_101', 'The page can offer to update her mobile', offersMobile);
    await savedAndLinked(theatre, desk, notes, ['VRFY_ABHA_101'], done, person);
    await served(desk, notes, done);
  },
};

/** By ABHA number, with a code to the mobile that ABHA knows. */
export const byNumberAndMobile: Scene = {
  title: 'Verifying by ABHA number, with a code to the linked mobile',
  cases: { VRFY_ABHA_201: 'all' },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const person = await desk.holder();
    const session = await desk.open('abha-number');
    const done = await byMethod(desk, notes, ['VRFY_ABHA_201'], session, person, 'mobile-otp');
    await profileShown(desk, notes, ['VRFY_ABHA_201'], done, person);
    await savedAndLinked(theatre, desk, notes, ['VRFY_ABHA_201'], done, person);
  },
};

async function byMethod(
  desk: AbhaDesk,
  notes: Notes,
  ids: readonly PlayedId[],
  session: Session,
  person: Person & { readonly account: { readonly abhaNumber: string } },
  method: string,
): Promise<Session> {
  const { abhaNumber } = person.account;
  const sent = await desk.goes(session, 'abha-number', { abhaNumber, method });
  const isNamed = sent.otp?.sentTo?.endsWith(person.mobile.slice(-4)) === true;
  factOf(notes, ids, 'A code came to her phone, and the page is given its masked number', isNamed);
  for (const id of ids) if (id.startsWith('VRFY')) offersResend(notes, id, sent);
  const done = await proves(desk, notes, ids, sent, person);
  factOf(notes, ids, 'With the right one she is verified', done.state === 'done' && isHer(done.result, person));
  return done;
}

async function served(desk: AbhaDesk, notes: Notes, done: Session): Promise<void> {
  const [card, qr] = [await desk.file(done, 'card'), await desk.file(done, 'qr')];
  factOf(notes, ['E3', 'QR_ABHA_1002'], 'The card is served and is the picture it says it is', isDrawn(card));
  const saved = await desk.file(done, 'card-file');
  notes.fact('QR_ABHA_1003', 'The card is served as a file to save', isDrawn(saved));
  factOf(notes, ['E3', 'QR_ABHA_1001'], 'The QR is served and is the picture it says it is', isDrawn(qr));
  const profiles = await notes.messages('getProfile');
  const areTaken = profiles.length > 0 && profiles.every(({ status }) => status === 200);
  notes.fact('E2', 'ABDM, which wants both tokens, answered the profile with 200', areTaken);
}

/** By ABHA address, with either code. */
const byAddress = (id: 'VRFY_ABHA_102' | 'VRFY_ABHA_202', method: string, whose: string): Scene => ({
  title: `Verifying by ABHA address, with a code ${whose}`,
  cases: { [id]: 'all' },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const person = await desk.holder();
    const session = await desk.open('abha-address');
    const found = await desk.goes(session, 'abha-address', { abhaAddress: person.account.abhaAddress });
    notes.fact(id, 'The page is given the ways her address allows', found.methods.includes(method));
    const sent = await desk.goes(session, 'method', { method });
    offersResend(notes, id, sent);
    const done = await proves(desk, notes, [id], sent, person);
    await profileShown(desk, notes, [id], done, person);
    await savedAndLinked(theatre, desk, notes, [id], done, person);
  },
});
export const byAddressAndAadhaar = byAddress('VRFY_ABHA_102', 'aadhaar-otp', 'from Aadhaar');
export const byAddressAndMobile = byAddress('VRFY_ABHA_202', 'mobile-otp', 'to the linked mobile');

import { AbhaDesk, NEEDS_DESK } from '../abha-desk.js';
import { aUhid, isHer, mistyped, type Person } from '../abha-people.js';
import { factOf, needed, type Notes, type Scene } from '../scene.js';
import { LOGIN, profileShown, proves, savedAndLinked, type Session } from './abha-login-steps.js';

/** Several people share a mobile. */
export const byMobile: Scene = {
  title: 'Verifying by mobile',
  cases: {
    VRFY_ABHA_301: [],
    VRFY_ABHA_302: ['loginRequestOtp'],
    VRFY_ABHA_303: [...LOGIN, 'loginVerifyUser', 'getProfile'],
    VRFY_ABHA_304: LOGIN,
    D1: ['loginVerify', 'loginVerifyUser'],
    'VER_MOBILE_601-603': [...LOGIN, 'loginVerifyUser'],
  },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const husband = { abhaAddress: `lachhu.${String(Date.now()).slice(-8)}`, name: 'Lachhu Netam', gender: 'M' };
    const person = await desk.holder({ accounts: [{}, husband] });
    const session = await desk.open('mobile');
    const bad = await desk.asks(session, 'mobile', { mobile: '1234567890' });
    const isTold = bad.problem?.detail.startsWith('Please enter a valid mobile number') === true;
    notes.fact('VRFY_ABHA_301', 'The page is given "Please enter a valid mobile number"', isTold);
    notes.fact('VRFY_ABHA_301', 'Nothing was sent', (await notes.trail()).length === 0);
    const nobody = await desk.asks(session, 'mobile', { mobile: (await desk.person()).mobile });
    notes.fact('VRFY_ABHA_302', 'The page is told that no ABHA is linked with it', nobody.problem?.code === 'no-abha');
    const canCreate = /make an ABHA number/.test(nobody.problem?.detail ?? '');
    notes.fact(
      'VRFY_ABHA_302',
      'and that one can be made',
      canCreate && (await desk.open('aadhaar-otp')).state === 'open',
    );

    const sent = await desk.goes(session, 'mobile', { mobile: person.mobile });
    const asked = await proves(desk, notes, ['VRFY_ABHA_304', 'VER_MOBILE_601-603'], sent, person);
    const areListed = asked.accounts.length === 2 && asked.accounts.every(isWhole);
    factOf(notes, ['VRFY_ABHA_303', 'D1'], 'The page is given both: name, number, address and photo', areListed);
    const hers = needed(
      asked.accounts.find(({ name }) => name === person.name),
      'She is not among them',
    );
    const done = await desk.goes(session, 'account', { account: hers.account });
    const ids = ['VRFY_ABHA_303', 'D1', 'VER_MOBILE_601-603'] as const;
    factOf(notes, ids, 'The one she picks is verified', done.state === 'done' && isHer(done.result, person));
    await knownHere(desk, notes, done, person);
  },
};

const isWhole = (one: Session['accounts'][number]): boolean =>
  [one.name, one.abhaNumber, one.abhaAddress, one.photo].every(Boolean);

/** Registered and linked the first time; the second time the desk is told which local number she has. */
async function knownHere(desk: AbhaDesk, notes: Notes, done: Session, person: Person): Promise<void> {
  const uhid = aUhid();
  const first = await desk.registers({ uhid, abhaSessionId: done.id });
  notes.fact('VRFY_ABHA_303', 'Not known here yet: she is registered', first.status === 201);
  const again = await desk.open('aadhaar');
  await desk.goes(again, 'aadhaar', { aadhaar: person.aadhaar });
  await desk.goes(again, 'otp', { otp: await desk.code(person.mobile) });
  const second = await desk.registers({ abhaSessionId: again.id });
  const isSaid = second.answer.registration?.patient.uhid === uhid;
  notes.fact('VRFY_ABHA_303', 'Known here: the desk is told with which local patient id', isSaid);
}

/** By Aadhaar number. */
export const byAadhaar: Scene = {
  title: 'Verifying by Aadhaar number',
  cases: {
    VRFY_ABHA_401: [],
    VRFY_ABHA_402: LOGIN,
    VRFY_ABHA_403: ['loginRequestOtp'],
    VRFY_ABHA_404: [...LOGIN, 'getProfile', 'getAbhaCard', 'linkCareContexts'],
    'VER_AADHAAR_501-503': LOGIN,
  },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const person = await desk.holder();
    const session = await desk.open('aadhaar');
    const wrong = await desk.asks(session, 'aadhaar', { aadhaar: mistyped(person.aadhaar) });
    const isTold = wrong.problem?.detail.startsWith('Aadhaar Number is not valid') === true;
    notes.fact('VRFY_ABHA_401', 'The page is given "Aadhaar Number is not valid"', isTold);
    notes.fact('VRFY_ABHA_401', 'The number did not leave the house', (await notes.trail()).length === 0);
    const nobody = await desk.asks(session, 'aadhaar', { aadhaar: (await desk.person()).aadhaar });
    const isNobody = nobody.problem?.code === 'no-abha';
    notes.fact('VRFY_ABHA_403', 'The page is told that none is registered (ABDM says so without an OTP)', isNobody);
    notes.fact('VRFY_ABHA_403', 'and that one can be made', /make an ABHA number/.test(nobody.problem?.detail ?? ''));
    const sent = await desk.goes(session, 'aadhaar', { aadhaar: person.aadhaar });
    const done = await proves(desk, notes, ['VRFY_ABHA_402', 'VER_AADHAAR_501-503'], sent, person);
    factOf(notes, ['VRFY_ABHA_402', 'VER_AADHAAR_501-503'], 'The right one is accepted', done.state === 'done');
    await profileShown(desk, notes, ['VRFY_ABHA_404'], done, person);
    await savedAndLinked(theatre, desk, notes, ['VRFY_ABHA_404'], done, person);
  },
};

/** She does not know her number. */
export const forgotten: Scene = {
  title: 'Finding a forgotten ABHA number',
  cases: {
    FND_MOBILE_801: ['abhaSearch'],
    FND_MOBILE_802: ['abhaSearch'],
    FND_MOBILE_803: ['loginRequestOtp'],
    FND_MOBILE_804: ['loginVerify', 'getProfile'],
  },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const person = await desk.holder();
    const session = await desk.open('find');
    const found = await desk.goes(session, 'mobile', { mobile: person.mobile });
    const [search] = await notes.messages('abhaSearch');
    const isHidden = search?.status === 200 && !JSON.stringify(search.body).includes(person.mobile);
    notes.fact('FND_MOBILE_801', 'The mobile went out encrypted, and ABDM could read it', isHidden);
    const [one] = found.accounts;
    const isMasked = /x{2}/i.test(one?.abhaNumber ?? '') && found.accounts.length === 1;
    notes.fact('FND_MOBILE_802', 'The page is given what was found, masked', isMasked);
    const sent = await desk.goes(session, 'found', { account: one?.account ?? '', method: 'mobile-otp' });
    notes.fact('FND_MOBILE_803', 'A code came to her phone', (await desk.codes(person.mobile)).length === 1);
    const done = await proves(desk, notes, ['FND_MOBILE_804'], sent, person);
    notes.fact('FND_MOBILE_804', 'She is signed in, with the whole profile', isHer(done.result, person));
  },
};

/** ABDM's code to her mobile is typed where Aadhaar's is awaited. */
export const codeOfTheOther: Scene = {
  title: 'A code of ABDM’s where Aadhaar’s is awaited',
  cases: { C2: 'all' },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const { account, aadhaar, mobile } = await desk.holder();
    const wish = { abhaNumber: account.abhaNumber, method: 'mobile-otp' };
    await desk.goes(await desk.open('abha-number'), 'abha-number', wish);
    const codeOfAbdm = await desk.code(mobile);
    const session = await desk.open('aadhaar');
    await desk.goes(session, 'aadhaar', { aadhaar });
    const { problem } = await desk.asks(session, 'otp', { otp: codeOfAbdm });
    notes.fact('C2', 'It is refused, with an error that says so', problem?.code === 'wrong-otp');
    const done = await desk.goes(session, 'otp', { otp: await desk.code(mobile) });
    notes.fact('C2', 'Aadhaar’s own is accepted', done.state === 'done');
  },
};

/** The QR on her card fills the form, and proves nothing. */
export const cardQr: Scene = {
  title: 'The QR of an ABHA card',
  cases: { 'VRFY_ABHA_501 (QR)': LOGIN },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const person = await desk.holder();
    const { account, name, gender, mobile } = person;
    const fact = (says: string, isSo: boolean) => notes.fact('VRFY_ABHA_501 (QR)', says, isSo);
    const session = await desk.open('card-qr');
    const qr = JSON.stringify({
      ...{ hidn: account.abhaNumber, hid: account.abhaAddress, name, gender, dob: '3/7/1988', mobile },
      ...{ 'state name': 'CHHATTISGARH', 'dist name': 'BASTAR', address: 'Ward 4, Tokapal' },
    });
    const { card, result } = await desk.goes(session, 'card-qr', { qr });
    const isRead = card?.name === name && card.gender === gender && card.mobile === mobile && card.yearOfBirth === 1988;
    fact('Name, date of birth, gender and mobile are read into the form', isRead);
    fact('The card alone proves nothing: nobody is verified yet', result === null);
    const sent = await desk.goes(session, 'method', { method: 'mobile-otp' });
    const done = await desk.goes(sent, 'otp', { otp: await desk.code(mobile) });
    fact('With a code she is verified', isHer(done.result, person));
  },
};

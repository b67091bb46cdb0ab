import { AbhaDesk, isDrawn, NEEDS_DESK, OPERATOR } from '../abha-desk.js';
import { aMobile, aUhid, isHer, mistyped, type Person } from '../abha-people.js';
import { factOf, needed, type Notes, type Scene } from '../scene.js';
import type { PlayedId } from '../verdict.js';

/** Where the gateway token is fetched, unless the one of before is still good. */
const GATEWAY_SESSIONS = '/gateway/v3/sessions';
const ENROL = ['enrolRequestOtp', 'enrolByAadhaar'] as const;

/** Somebody without an ABHA gets one at the desk, by the OTP that Aadhaar sends her. */
export const creation: Scene = {
  title: 'An ABHA by Aadhaar OTP',
  cases: {
    CRT_ABHA_101: [],
    CRT_ABHA_102: ['enrolByAadhaar'],
    CRT_ABHA_103: [],
    CRT_ABHA_104: [],
    CRT_ABHA_105: ['loginRequestOtp', 'enrolRequestOtp'],
    CRT_ABHA_107: ENROL,
    CRT_ABHA_108: ENROL,
    CRT_ABHA_112: ['suggestAbhaAddresses', 'createAbhaAddress'],
    CRT_ABHA_113: ['getProfile'],
    CRT_ABHA_114: ['getAbhaCard', 'getQrCode'],
    CRT_ABHA_115: [],
    A1: 'all',
    A3: ['getPublicCertificate', ...ENROL],
    B1: ENROL,
    B2: ['enrolByAadhaar'],
    B3: ['enrolByAadhaar'],
    B4: ['createAbhaAddress', 'getProfile'],
    E1: ['enrolByAadhaar', 'getProfile'],
  },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    notes.about(GATEWAY_SESSIONS);
    const person = await desk.person();
    const { aadhaar, mobile } = person;
    const session = await desk.open('aadhaar-otp');
    const fact = (id: PlayedId, says: string, isSo: boolean) => notes.fact(id, says, isSo);
    fact('CRT_ABHA_101', 'The page can offer it: the API opens a session by Aadhaar OTP', session.state === 'open');
    await agreesTo(desk, notes, session, person);

    const wrong = await desk.asks(session, 'aadhaar', { aadhaar: mistyped(aadhaar), mobile });
    const isTold = wrong.problem?.detail.startsWith('Aadhaar Number is not valid') === true;
    fact('CRT_ABHA_104', 'The page is given "Aadhaar Number is not valid", also in Hindi', isTold && hasHindi(wrong));
    fact('CRT_ABHA_104', 'The number did not leave the house', (await calls(notes)) === 0);

    const sent = await desk.goes(session, 'aadhaar', { aadhaar, mobile });
    const masked = sent.otp?.sentTo ?? '';
    fact('CRT_ABHA_105', 'The code came to her phone, with 6 digits', /^\d{6}$/.test(await desk.code(mobile)));
    const isMasked = masked.endsWith(mobile.slice(-4)) && !masked.includes(mobile);
    fact('CRT_ABHA_105', 'The page is given the masked mobile to name', isMasked);
    const { step, needs } = sent.next;
    fact('CRT_ABHA_105', 'It is told to ask for the code, and nothing else', step === 'otp' && needs.join() === 'otp');

    const refused = await desk.asks(session, 'otp', { otp: await desk.wrongCode(mobile) });
    fact('CRT_ABHA_107', 'A wrong code is refused with an error that says so', refused.problem?.code === 'wrong-otp');
    fact('B2', 'ABDM was asked, and refused the wrong code', refused.problem?.code === 'wrong-otp');
    fact('B2', 'No ABHA was made', (await desk.accountsOn(mobile)).length === 0);
    const made = await desk.goes(session, 'otp', { otp: await desk.code(mobile) });
    fact('CRT_ABHA_107', 'With the right one it goes on', made.next.step === 'choose-address');
    fact('CRT_ABHA_108', 'Straight to the address: no second code was wanted', made.next.step === 'choose-address');
    fact('CRT_ABHA_108', 'One code was sent in all', (await desk.codes(mobile)).length === 1);
    fact('B1', 'The session says that the ABHA is new', made.result?.isNew === true);
    fact('B1', 'ABDM has one ABHA on her mobile', (await desk.accountsOn(mobile)).length === 1);
    const again = await desk.asks(session, 'otp', { otp: await desk.code(mobile) });
    fact('B3', 'The code and its transaction can not be used again', again.problem?.code === 'step-not-now');
    await encrypted(notes, person, await desk.codes(mobile));

    const done = await choosesAddress(desk, notes, session, made.suggestions);
    await sees(desk, notes, done, person);
    const all = await notes.trail();
    const isLetIn = all.length > 0 && all.every(({ status }) => status !== 401);
    fact('A1', 'ABDM took the gateway token of every call (it wants one with each)', isLetIn);
  },
};

type Asked = Awaited<ReturnType<AbhaDesk['asks']>>;
type Session = Awaited<ReturnType<AbhaDesk['goes']>>;
const hasHindi = ({ problem }: Asked): boolean => (problem?.detailHi ?? '') !== '';

/** Calls that name somebody. */
const calls = async (notes: Notes): Promise<number> =>
  (await notes.messages('loginRequestOtp')).length + (await notes.messages('enrolRequestOtp')).length;

async function agreesTo(desk: AbhaDesk, notes: Notes, session: Session, { aadhaar, mobile }: Person): Promise<void> {
  const early = await desk.asks(session, 'aadhaar', { aadhaar, mobile });
  const isFirst = session.next.step === 'consent' && early.problem?.code === 'step-not-now';
  notes.fact('CRT_ABHA_102', 'Before the consent the page can ask for nothing else', isFirst);
  notes.fact('CRT_ABHA_102', 'Nothing was sent before it', (await calls(notes)) === 0);
  const [english, hindi] = [await desk.consentText('en'), await desk.consentText('hi')];
  notes.fact('CRT_ABHA_102', 'The page is given the text to show', english.statements.length > 0);
  const isHindi = hindi.statements.every((one) => /\p{Script=Devanagari}/u.test(one));
  notes.fact('CRT_ABHA_103', 'The same statements are there in Hindi', isHindi && sameLength(english, hindi));
  await desk.goes(session, 'consent', { version: hindi.version, language: 'hi', accepted: true });
  const [record, ...more] = await desk.hospital.consentsOf(session.id);
  const isKept = record?.version === hindi.version && record.operator === OPERATOR && more.length === 0;
  notes.fact('CRT_ABHA_102', 'Consent is on record: which text, when, and who was at the desk', isKept);
  notes.fact('CRT_ABHA_103', 'The record says in which language she read it', record?.language === 'hi');
}

const sameLength = (one: { statements: string[] }, other: { statements: string[] }): boolean =>
  one.statements.length === other.statements.length;

async function encrypted(notes: Notes, { aadhaar }: Person, codes: readonly string[]): Promise<void> {
  const sent = (await notes.trail()).map(({ body }) => JSON.stringify(body ?? ''));
  const [enrolment] = await notes.messages('enrolByAadhaar');
  const { consent } = (enrolment?.body ?? {}) as { consent?: { code: string; version: string } };
  const isNamed = consent?.code === 'abha-enrollment' && consent.version === '1.4';
  notes.fact('CRT_ABHA_102', 'The enrolment told ABDM of it (abha-enrollment, 1.4)', isNamed);
  const isHidden = !sent.some((text) => [aadhaar, ...codes].some((secret) => text.includes(`"${secret}"`)));
  notes.fact('A3', 'Neither the Aadhaar number nor a code went out in clear', sent.length > 0 && isHidden);
  notes.fact('A3', 'ABDM could read them: encrypted as its certificate says', enrolment !== undefined);
}

async function choosesAddress(
  desk: AbhaDesk,
  notes: Notes,
  session: Session,
  suggestions: readonly string[],
): Promise<Session> {
  const fact = (says: string, isSo: boolean) => notes.fact('CRT_ABHA_112', says, isSo);
  fact('The page is given at least 3 suggestions', suggestions.length >= 3);
  const { addressRules } = await desk.session(session);
  fact('It is given the rules to print beside the field', /8 to 18/.test(addressRules?.en ?? ''));
  const short = await desk.asks(session, 'choose-address', { abhaAddress: 'ab' });
  fact('An address against the rules is refused', short.problem?.code === 'new-address-not-valid');
  const other = await desk.holder();
  const [taken = ''] = other.account.abhaAddress.split('@');
  const refused = await desk.asks(session, 'choose-address', { abhaAddress: taken });
  fact('A taken one is refused with a message', refused.problem?.code === 'address-taken');
  const after = await desk.session(session);
  fact('The suggestions are there still', after.next.step === 'choose-address' && after.suggestions.length >= 3);

  const [chosen = ''] = suggestions;
  const done = await desk.goes(session, 'choose-address', { abhaAddress: chosen });
  const account = await desk.accountOf(done.result);
  const isLinked = account?.abhaAddress.startsWith(`${chosen}@`) === true;
  fact('The chosen one is linked at ABDM', isLinked);
  notes.fact('B4', 'The chosen address is linked at ABDM', isLinked);
  notes.fact('B4', 'The profile names it', done.result?.abhaAddress === account?.abhaAddress);
  return done;
}

/** What the last page shows, prints and saves. */
async function sees(desk: AbhaDesk, notes: Notes, done: Session, person: Person): Promise<void> {
  const { result } = done;
  notes.fact('CRT_ABHA_113', 'The page is given the 14 digits', /^\d{2}(-\d{4}){3}$/.test(result?.abhaNumber ?? ''));
  notes.fact('CRT_ABHA_113', 'and the address', (result?.abhaAddress ?? '').includes('@'));
  const account = needed(await desk.accountOf(result), 'ABDM has no such ABHA');
  notes.fact(
    'E1',
    'The profile has the number and address that ABDM made',
    result?.abhaAddress === account.abhaAddress,
  );
  notes.fact('E1', 'Name, gender and date of birth are as Aadhaar has them', isHer(result, person));
  notes.fact('CRT_ABHA_114', 'The card is served, to view and to save', isDrawn(await desk.file(done, 'card')));
  notes.fact('CRT_ABHA_114', 'Its QR is served, too', isDrawn(await desk.file(done, 'qr')));
  await ownCard(desk, notes, 'CRT_ABHA_115', done, person);
}

/** All that a card of the hospital’s own needs, and the local record. */
export async function ownCard(
  desk: AbhaDesk,
  notes: Notes,
  id: PlayedId,
  { id: abhaSessionId, result }: Session,
  person: Person,
): Promise<void> {
  const isThere = Boolean(result?.abhaNumber) && Boolean(result?.abhaAddress) && isHer(result, person);
  notes.fact(id, 'The page is given number, address, name, gender and birth to print', isThere);
  const uhid = aUhid();
  const { status, answer } = await desk.registers({ uhid, abhaSessionId });
  const kept = answer.registration?.patient;
  const isSaved = status === 201 && kept?.uhid === uhid && kept.abhaNumber === result?.abhaNumber;
  notes.fact(id, 'They are saved under the local patient id', isSaved);
}

/** Aadhaar knows another mobile than the one she wants to be reached on. */
export const otherMobile: Scene = {
  title: 'A communication mobile that Aadhaar does not know',
  cases: {
    CRT_ABHA_109: ['enrolRequestOtp', 'enrolByAadhaar', 'enrolAuthByAbdm'],
    C1: ['enrolRequestOtp', 'enrolAuthByAbdm'],
    C3: ['enrolRequestOtp', 'enrolAuthByAbdm'],
  },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const { aadhaar, mobile } = await desk.person();
    const own = aMobile();
    const session = await desk.consented('aadhaar-otp');
    await desk.goes(session, 'aadhaar', { aadhaar, mobile: own });
    const made = await desk.goes(session, 'otp', { otp: await desk.code(mobile) });
    notes.fact('CRT_ABHA_109', 'The page is told to confirm it', made.next.step === 'communication-mobile');
    await confirmsMobile(desk, notes, 'CRT_ABHA_109', session, own);
    const done = await desk.goes(session, 'choose-address', { useDefault: true });
    const account = await desk.accountOf(done.result);
    factOf(notes, ['C1', 'C3'], 'ABDM has her own mobile, which Aadhaar does not know', account?.mobile === own);
    notes.fact('C1', 'The profile has it, too', done.result?.mobile === own);
  },
};

/** A code to it: wrong, then right. */
export async function confirmsMobile(
  desk: AbhaDesk,
  notes: Notes,
  id: PlayedId,
  session: Session,
  own: string,
): Promise<void> {
  const sent = await desk.goes(session, 'communication-mobile', { mobile: own });
  notes.fact(id, 'A code came to that mobile', /^\d{6}$/.test(await desk.code(own)) && sent.next.step === 'otp');
  const wrong = await desk.asks(session, 'otp', { otp: await desk.wrongCode(own) });
  notes.fact(id, 'A wrong one is refused', wrong.problem?.code === 'wrong-otp');
  const right = await desk.goes(session, 'otp', { otp: await desk.code(own) });
  notes.fact(id, 'The right one is accepted', right.next.step === 'choose-address');
}

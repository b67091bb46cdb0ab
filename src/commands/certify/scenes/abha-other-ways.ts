import { AbhaDesk, isDrawn, NEEDS_DESK } from '../abha-desk.js';
import { ABOUT_HER, aMobile, bare, isHer, mistyped, PICTURE, type Person } from '../abha-people.js';
import { factOf, type Notes, type Scene } from '../scene.js';
import type { PlayedId } from '../verdict.js';
import { ownCard } from './abha-create.js';

/** Consent comes first whatever the way, and may be read in Hindi. */
export async function consentFirst(
  desk: AbhaDesk,
  notes: Notes,
  way: string,
  [offered, consent, inHindi]: readonly [PlayedId, PlayedId, PlayedId?],
): Promise<Awaited<ReturnType<AbhaDesk['open']>>> {
  const opened = await desk.open(way);
  notes.fact(offered, `The page can offer it: the API opens a session by ${way}`, opened.state === 'open');
  const isFirst = opened.next.step === 'consent' && (await notes.trail()).length === 0;
  notes.fact(consent, 'Consent is the first step, and nothing was sent before it', isFirst);
  const { version } = await desk.consentText('hi');
  const session = await desk.goes(opened, 'consent', { version, language: 'hi', accepted: true });
  const [record] = await desk.hospital.consentsOf(opened.id);
  notes.fact(consent, 'It is on record before the next step', record?.version === version);
  if (inHindi !== undefined)
    notes.fact(inHindi, 'It was read in Hindi, and the record says so', record?.language === 'hi');
  return session;
}

/** One call, by a programme that NHA has approved. */
export const demographics: Scene = {
  title: 'An ABHA by demographics',
  cases: {
    CRT_ABHA_301: [],
    CRT_ABHA_302: ['enrolByAadhaar'],
    CRT_ABHA_303: [],
    CRT_ABHA_304: [],
    CRT_ABHA_305: ['enrolByAadhaar'],
    CRT_ABHA_306: ['getProfile'],
    CRT_ABHA_307: ['getProfile'],
    CRT_ABHA_308: ['getAbhaCard'],
    CRT_ABHA_309: [],
    CRT_DEMO_301: ['enrolByAadhaar'],
  },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const person = await desk.person();
    const session = await consentFirst(desk, notes, 'demographics', ['CRT_ABHA_301', 'CRT_ABHA_302', 'CRT_ABHA_303']);
    const typed = asOnAadhaar(person);
    const typo = await desk.asks(session, 'demographics', { ...typed, aadhaar: mistyped(person.aadhaar) });
    const isTold = typo.problem?.detail.startsWith('Aadhaar Number is not valid') === true;
    notes.fact('CRT_ABHA_304', 'The page is given "Aadhaar Number is not valid"', isTold);
    notes.fact('CRT_ABHA_304', 'The number did not leave the house', (await notes.trail()).length === 0);
    const other = await desk.asks(session, 'demographics', { ...typed, name: 'Lachhu Ram' });
    notes.fact(
      'CRT_ABHA_305',
      'A name that is not on Aadhaar is refused',
      other.problem?.code === 'demographics-mismatch',
    );
    const made = await desk.goes(session, 'demographics', typed);
    factOf(
      notes,
      ['CRT_ABHA_305', 'CRT_DEMO_301'],
      'As on Aadhaar: the ABHA is made, in one call',
      made.result?.isNew === true,
    );
    const done = made.state === 'done' ? made : await desk.goes(session, 'choose-address', { useDefault: true });
    const { result } = done;
    const isDefault = result?.abhaAddress?.startsWith(`${bare(result.abhaNumber ?? '-')}@`) === true;
    notes.fact('CRT_ABHA_305', 'Her address is the default one, made of the number', isDefault);
    notes.fact(
      'CRT_ABHA_306',
      'The form is filled with what ABDM vouches for: name, gender, birth',
      isHer(result, person),
    );
    notes.fact(
      'CRT_ABHA_306',
      'The mobile is filled in, too, masked since no code went to it; what may be changed is the page’s to leave open',
      result?.maskedMobile === `******${person.mobile.slice(-4)}`,
    );
    const isShown = /^\d{2}(-\d{4}){3}$/.test(result?.abhaNumber ?? '') && result?.abhaAddress != null;
    notes.fact('CRT_ABHA_307', 'The page is given number and address', isShown);
    notes.fact('CRT_ABHA_308', 'The card is served', isDrawn(await desk.file(done, 'card')));
    await ownCard(desk, notes, 'CRT_ABHA_309', done, person);
  },
};

function asOnAadhaar({ aadhaar, name, gender, dateOfBirth, mobile }: Person) {
  const { stateCode, districtCode, address } = ABOUT_HER;
  const born = dateOfBirth.split('-').reverse().join('-');
  return { aadhaar, name, gender, mobile, address, stateCode, districtCode, dateOfBirth: born };
}

/** Legacy: ends with a provisional number. */
export const drivingLicence: Scene = {
  title: 'An enrolment number by driving licence',
  cases: {
    CRT_ABHA_401: [],
    CRT_ABHA_402: [],
    CRT_ABHA_403: ['enrolRequestOtp'],
    CRT_ABHA_404: ['enrolAuthByAbdm'],
    CRT_ABHA_405: ['enrolByDocument'],
    CRT_ABHA_406: ['enrolByDocument'],
    CRT_ABHA_408: ['enrolByDocument'],
    CRT_ABHA_411: [],
    CRT_DOC_401: ['enrolRequestOtp'],
    CRT_DOC_402: ['enrolAuthByAbdm'],
    CRT_DOC_403: ['enrolByDocument'],
  },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const mobile = aMobile();
    const session = await consentFirst(desk, notes, 'driving-licence', ['CRT_ABHA_401', 'CRT_ABHA_402']);
    const bad = await desk.asks(session, 'mobile', { mobile: '1234567890' });
    notes.fact('CRT_ABHA_403', 'What is no mobile is refused', bad.problem?.code === 'mobile-not-valid');
    const sent = await desk.goes(session, 'mobile', { mobile });
    const isSent = sent.next.step === 'otp' && /^\d{6}$/.test(await desk.code(mobile));
    factOf(notes, ['CRT_ABHA_403', 'CRT_DOC_401'], 'A code came to the mobile', isSent);
    const wrong = await desk.asks(session, 'otp', { otp: await desk.wrongCode(mobile) });
    factOf(notes, ['CRT_ABHA_404', 'CRT_DOC_402'], 'A wrong one is refused', wrong.problem?.code === 'wrong-otp');
    const right = await desk.goes(session, 'otp', { otp: await desk.code(mobile) });
    factOf(notes, ['CRT_ABHA_404', 'CRT_DOC_402'], 'The right one is accepted', right.next.step === 'document');
    const done = await desk.goes(session, 'document', {
      ...{ documentNumber: 'CG1720200001234', firstName: 'Sunita', lastName: 'Netam', gender: 'F' },
      ...{ dateOfBirth: ABOUT_HER.dateOfBirth, frontPhoto: PICTURE, backPhoto: PICTURE, address: ABOUT_HER.address },
      ...{ state: 'Chhattisgarh', district: 'Bastar', pincode: ABOUT_HER.pinCode },
    });
    const isIssued = done.state === 'done' && Boolean(done.enrolmentNumber);
    factOf(notes, ['CRT_ABHA_405', 'CRT_DOC_403'], 'An enrolment number was issued', isIssued);
    factOf(notes, ['CRT_ABHA_405'], 'The page is told that it is provisional', done.notice?.code === 'provisional');
    const [posted] = await notes.messages('enrolByDocument');
    const { frontSidePhoto, backSidePhoto } = (posted?.body ?? {}) as Record<string, unknown>;
    const areSent = frontSidePhoto === PICTURE && backSidePhoto === PICTURE;
    notes.fact('CRT_ABHA_406', 'ABDM was given both sides as they were taken', areSent);
    factOf(
      notes,
      ['CRT_ABHA_408', 'CRT_ABHA_411'],
      'The page is given the enrolment number to show and print',
      isIssued,
    );
  },
};

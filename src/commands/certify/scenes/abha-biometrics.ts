import { AbhaDesk, isDrawn, NEEDS_DESK } from '../abha-desk.js';
import { aMobile, mistyped } from '../abha-people.js';
import { factOf, type Notes, type Scene } from '../scene.js';
import { confirmsMobile, ownCard } from './abha-create.js';
import { consentFirst } from './abha-other-ways.js';

const capture = (what: string): string =>
  Buffer.from(`<PidData>invented ${what} ${crypto.randomUUID()}</PidData>`).toString('base64');

/** What a registered device captures is invented here, and passed through. */
export const biometrics: Scene = {
  title: 'An ABHA by fingerprint and by face',
  cases: {
    CRT_ABHA_201: [],
    CRT_ABHA_202: ['enrolByAadhaar'],
    CRT_ABHA_203: [],
    CRT_ABHA_204: [],
    CRT_ABHA_205: ['enrolByAadhaar'],
    CRT_ABHA_206: ['enrolByAadhaar'],
    CRT_ABHA_207: ['enrolByAadhaar', 'enrolRequestOtp', 'enrolAuthByAbdm'],
    CRT_ABHA_208: ['getProfile'],
    CRT_ABHA_209: ['getAbhaCard'],
    CRT_ABHA_210: [],
    CRT_BIO_202: ['enrolByAadhaar'],
    CRT_BIO_203: ['faceAuthInit'],
    CRT_BIO_204: ['capturePid'],
    CRT_BIO_205: ['enrolByAadhaar'],
  },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const person = await desk.person();
    const { aadhaar, mobile } = person;
    const session = await consentFirst(desk, notes, 'fingerprint', ['CRT_ABHA_201', 'CRT_ABHA_202', 'CRT_ABHA_203']);
    const typo = { aadhaar: mistyped(aadhaar), mobile, pid: capture('finger') };
    const wrong = await desk.asks(session, 'fingerprint', typo);
    const isTold = wrong.problem?.detail.startsWith('Aadhaar Number is not valid') === true;
    notes.fact('CRT_ABHA_204', 'The page is given "Aadhaar Number is not valid"', isTold);
    notes.fact(
      'CRT_ABHA_204',
      'The number did not leave the house',
      (await notes.messages('enrolByAadhaar')).length === 0,
    );

    const mismatch = { aadhaar, mobile, pid: capture('does-not-match') };
    const refused = await desk.asks(session, 'fingerprint', mismatch);
    notes.fact(
      'CRT_ABHA_205',
      'A finger that does not match is an error that says so',
      refused.problem?.code === 'biometric-mismatch',
    );
    const made = await desk.goes(session, 'fingerprint', { aadhaar, mobile, pid: capture('finger') });
    factOf(
      notes,
      ['CRT_ABHA_205', 'CRT_BIO_202'],
      'One that matches makes the ABHA (with an invented capture)',
      made.result?.isNew === true,
    );
    const isStraight = made.next.step === 'choose-address' && (await desk.codes(mobile)).length === 0;
    notes.fact('CRT_ABHA_206', 'The mobile of Aadhaar is taken without a code', isStraight);
    const done = await desk.goes(session, 'choose-address', { useDefault: true });
    notes.fact(
      'CRT_ABHA_208',
      'The page is given the 14 digits',
      /^\d{2}(-\d{4}){3}$/.test(done.result?.abhaNumber ?? ''),
    );
    notes.fact('CRT_ABHA_209', 'The card is served', isDrawn(await desk.file(done, 'card')));
    await ownCard(desk, notes, 'CRT_ABHA_210', done, person);
    await byFace(desk, notes);
  },
};

/** On her own phone, with a mobile that Aadhaar does not know. */
async function byFace(desk: AbhaDesk, notes: Notes): Promise<void> {
  const { aadhaar } = await desk.person();
  const own = aMobile();
  const session = await desk.consented('face');
  const { face } = await desk.goes(session, 'face-qr');
  const qr = face?.qrContent ?? '';
  notes.fact('CRT_BIO_203', 'The page is given the QR that her ABHA app reads', qr.includes('/face-auth?txnId='));
  const waiting = await desk.goes(session, 'face-status');
  notes.fact('CRT_BIO_204', 'While nothing is captured the page is told to wait', waiting.face?.status === 'waiting');
  const txnId = new URL(qr).searchParams.get('txnId');
  await desk.abdm.call('POST', 'abha/face', { txnId, state: 'COMPLETE' });
  const captured = await desk.goes(session, 'face-status');
  notes.fact('CRT_BIO_204', 'Once it is captured the next step is due', captured.next.step === 'face');
  const made = await desk.goes(session, 'face', { aadhaar, mobile: own });
  notes.fact('CRT_BIO_205', 'The ABHA is made', made.result?.isNew === true);
  notes.fact('CRT_ABHA_207', 'The page is told to confirm the other mobile', made.next.step === 'communication-mobile');
  await confirmsMobile(desk, notes, 'CRT_ABHA_207', session, own);
}

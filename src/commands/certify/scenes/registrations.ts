import { AbhaDesk, NEEDS_DESK } from '../abha-desk.js';
import { aUhid, type Person } from '../abha-people.js';
import { aCounter, queueOf, scans } from '../phone.js';
import { factOf, needed, type Notes, type Scene } from '../scene.js';

const IDS = ['TAG', 'TAGGING_UNIQUEPATIENTID_UNIQUEABHANUMBER'] as const;

/** One ABHA number belongs to one local patient id, by whatever way it came. */
export const tagging: Scene = {
  title: 'One ABHA number, one patient id',
  cases: { TAG: 'all', TAGGING_UNIQUEPATIENTID_UNIQUEABHANUMBER: 'all' },
  hospitalIsNeededFor: NEEDS_DESK,
  async play(theatre, notes) {
    const desk = AbhaDesk.of(theatre, notes);
    const fact = (says: string, isSo: boolean) => factOf(notes, IDS, says, isSo);
    const person = await desk.person();
    const abhaSessionId = await created(desk, person);
    const uhid = aUhid();
    const first = await desk.registers({ uhid, abhaSessionId });
    const patient = first.answer.registration?.patient;
    notes.about(patient?.abhaAddress ?? undefined);
    fact('An ABHA that was made is tied to the patient id', first.status === 201 && patient?.uhid === uhid);

    const verifiedId = await verified(desk, person);
    await refused(desk, notes, 'verified again', uhid, { abhaSessionId: verifiedId });
    const same = await desk.registers({ abhaSessionId: verifiedId });
    fact('Without a patient id it finds the one it is tied to', same.answer.registration?.patient.uhid === uhid);

    const sharedProfileId = await scanned(desk, patient?.abhaAddress ?? '');
    await refused(desk, notes, 'shared by phone', uhid, { sharedProfileId });
  },
};

async function created(desk: AbhaDesk, { aadhaar, mobile }: Person): Promise<string> {
  const session = await desk.consented('aadhaar-otp');
  await desk.goes(session, 'aadhaar', { aadhaar, mobile });
  await desk.goes(session, 'otp', { otp: await desk.code(mobile) });
  await desk.goes(session, 'choose-address', { useDefault: true });
  return session.id;
}

async function verified(desk: AbhaDesk, { aadhaar, mobile }: Person): Promise<string> {
  const session = await desk.open('aadhaar');
  await desk.goes(session, 'aadhaar', { aadhaar });
  await desk.goes(session, 'otp', { otp: await desk.code(mobile) });
  return session.id;
}

async function scanned({ abdm, hospital }: AbhaDesk, abhaAddress: string): Promise<string> {
  const counter = await aCounter(hospital);
  await scans(abdm, abhaAddress, counter.scanUrl);
  const [token] = await queueOf(hospital, counter);
  return needed(token, 'Nobody waits at the counter').sharedProfileId;
}

async function refused(desk: AbhaDesk, notes: Notes, how: string, holder: string, abha: object): Promise<void> {
  const { status, answer } = await desk.registers({ uhid: aUhid(), ...abha });
  const isRefused = status === 202 && answer.state === 'abha-of-another-patient' && answer.registration === null;
  factOf(notes, IDS, `For another patient id it is refused (${how})`, isRefused);
  factOf(notes, IDS, `The desk is told whose it is (${how})`, answer.heldBy?.uhid === holder);
}

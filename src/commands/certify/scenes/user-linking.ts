import type { AbhaHolder, LoggedMessage } from '../abdm.js';
import type { Hospital } from '../hospital.js';
import { needed, type Notes, type Scene, type Theatre } from '../scene.js';
import { closed } from '../subjects.js';
import { aPatient, aVisitOf } from '../visits.js';

const ANSWER_WITHIN_MS = 10_000;
const NEEDS_CODE = 'The code goes to the hospital’s own SMS gateway, which is not within reach.';
const isTaken = ({ status }: LoggedMessage): boolean => status >= 200 && status < 300;

/** A patient looks for her visits in her app, chooses one, and confirms it with the hospital's code. */
export const userLinking: Scene = {
  title: 'User-initiated linking',
  cases: {
    USER_INIT_LINK_603: ['discover', 'onDiscover'],
    USER_INIT_LINK_604: ['discover', 'onDiscover'],
    USER_INIT_LINK_605: ['linkInit', 'onLinkInit', 'linkConfirm', 'onLinkConfirm'],
    USER_INIT_LINK_606: ['linkConfirm', 'onLinkConfirm'],
    USER_INIT_LINK_607: ['healthInformationRequest', 'onHealthInformationRequest', 'pushHealthInformation'],
    DSC_01: ['discover', 'onDiscover'],
  },
  hospitalIsNeededFor: undefined,
  async play(theatre, notes) {
    const { abdm, hospital } = theatre;
    const holder = hospital === undefined ? needed(theatre.given, 'No patient was given').holder : aPatient();
    notes.about(holder.abhaAddress);
    await abdm.knows(holder);
    const visits = hospital === undefined ? [] : await twoVisits(theatre, hospital, holder);

    const { transactionId, delivered, found } = await abdm.discovers(holder.abhaAddress);
    notes.about(transactionId);
    const offered = [...new Set(found.offered.map((one) => one.careContextReference))];
    notes.fact('USER_INIT_LINK_603', 'The HIP took the profile (2xx to discover)', delivered >= 200 && delivered < 300);
    notes.fact(
      'USER_INIT_LINK_603',
      'It searched, and answered within 10 s',
      found.state === 'answered' && (found.answerMs ?? Infinity) <= ANSWER_WITHIN_MS,
    );
    const areHers = hospital === undefined ? offered.length > 0 : offered.sort().join() === visits.sort().join();
    notes.fact('USER_INIT_LINK_604', 'Her unlinked care contexts were listed, and no others', areHers);
    notes.fact('DSC_01', 'A visitor sees her own visits', areHers);
    await strangersFindNothing(theatre, notes, holder);

    if (hospital !== undefined) return confirmed(theatre, hospital, notes, { holder, transactionId, visits });
    for (const id of ['USER_INIT_LINK_605', 'USER_INIT_LINK_606', 'USER_INIT_LINK_607'] as const)
      notes.notPlayed(id, NEEDS_CODE);
  },
};

async function twoVisits(theatre: Theatre, hospital: Hospital, holder: AbhaHolder): Promise<string[]> {
  const first = aVisitOf(holder, hospital.hfrId, 'with mobile only');
  const { UHID } = first['PATIENT'] as { UHID: string };
  const second = aVisitOf(holder, hospital.hfrId, 'with mobile only', UHID);
  for (const row of [first, second]) await closed(theatre, hospital, row);
  return [first.OPD_NO, second.OPD_NO];
}

/** On her mobile, and from somewhere else. */
async function strangersFindNothing({ abdm }: Theatre, notes: Notes, holder: AbhaHolder): Promise<void> {
  const mobile = holder.mobile === undefined ? {} : { mobile: holder.mobile };
  const strangers = [
    { who: 'Somebody else on the same mobile', is: aPatient({ ...mobile, name: 'Zubeda Khatoon' }) },
    { who: 'A stranger', is: aPatient({ name: 'Lachhu Ram', gender: 'M' }) },
  ];
  for (const { who, is } of strangers) {
    await abdm.knows(is);
    const { transactionId, found } = await abdm.discovers(is.abhaAddress);
    notes.about(is.abhaAddress, transactionId);
    const hasNothing = found.state === 'refused' && found.offered.length === 0;
    notes.fact('DSC_01', `${who} is shown nothing of anybody`, hasNothing);
    notes.fact(
      'USER_INIT_LINK_604',
      `${who} is told that there are no records`,
      hasNothing && found.error !== undefined,
    );
  }
}

async function confirmed(
  { abdm }: Theatre,
  hospital: Hospital,
  notes: Notes,
  her: { readonly holder: AbhaHolder; readonly transactionId: string; readonly visits: readonly string[] },
): Promise<void> {
  const { holder, transactionId } = her;
  const [chosen = ''] = her.visits;
  const { init } = await abdm.chooses(transactionId, [chosen]);
  notes.about(init?.linkRefNumber);
  const inApp = async () => (await abdm.entriesOf(holder.abhaAddress)).map((one) => one.careContextReference).join();
  const code = await abdm.eventually(
    () => Promise.resolve(hospital.lastCodeTo(holder.mobile ?? '')),
    (sent) => sent !== undefined,
  );
  notes.fact('USER_INIT_LINK_605', 'The HIP sent its code to the mobile it holds', code !== undefined);
  const wrong = await abdm.types(transactionId, code === '135792' ? '246813' : '135792');
  notes.fact(
    'USER_INIT_LINK_605',
    'A wrong code is refused',
    wrong.confirm?.state === 'refused' && wrong.confirm.error !== undefined,
  );
  notes.fact('USER_INIT_LINK_605', 'With a wrong code nothing is linked', (await inApp()) === '');
  await abdm.types(transactionId, needed(code, 'No code was sent to the patient'));
  notes.fact(
    'USER_INIT_LINK_605',
    'With the right code the chosen visit is linked, and no other',
    (await inApp()) === chosen,
  );
  const answers = await notes.messages('onLinkConfirm');
  notes.fact('USER_INIT_LINK_606', 'ABDM accepted on-confirm', answers.length === 2 && answers.every(isTaken));

  const again = await abdm.discovers(holder.abhaAddress);
  notes.about(again.transactionId);
  const listed = new Set(again.found.offered.map((one) => one.careContextReference));
  const isOtherOnly = listed.size === 1 && !listed.has(chosen);
  notes.fact('USER_INIT_LINK_604', 'What is linked is not listed again as new', isOtherOnly);

  const transfer = await abdm.pulls(holder.abhaAddress);
  notes.about(transfer?.transactionId);
  const entries = transfer?.entries ?? [];
  notes.fact('USER_INIT_LINK_607', 'The app received the records of the linked visit', entries.length > 0);
  notes.fact(
    'USER_INIT_LINK_607',
    'They are of the linked visit only',
    entries.every((one) => one.careContextReference === chosen),
  );
}

import { AbhaDesk, isDrawn } from '../abha-desk.js';
import { aUhid, holderOf, isHer, type Person } from '../abha-people.js';
import { factOf, needed, type Notes, type Theatre } from '../scene.js';
import { closed } from '../subjects.js';
import type { PlayedId } from '../verdict.js';
import { aVisitOf } from '../visits.js';

export type Session = Awaited<ReturnType<AbhaDesk['goes']>>;
export const LOGIN = ['loginRequestOtp', 'loginVerify'] as const;

/** That the code comes again, and works, is played where time goes by: VRFY_ABHA_405. */
export function offersResend(notes: Notes, id: PlayedId, { otp }: Session): void {
  const isOffered = otp?.resendsLeft === 2 && otp.resendInSeconds > 0;
  notes.fact(
    id,
    'The page is given when, and how often, the code may be sent again (VRFY_ABHA_405 waits for it)',
    isOffered,
  );
}

/** A wrong code, then the right one. */
export async function proves(
  desk: AbhaDesk,
  notes: Notes,
  ids: readonly PlayedId[],
  session: Session,
  person: Person,
): Promise<Session> {
  const wrong = await desk.asks(session, 'otp', { otp: await desk.wrongCode(person.mobile) });
  factOf(notes, ids, 'A wrong code fails, with an error that says so', wrong.problem?.code === 'wrong-otp');
  const { result } = await desk.session(session);
  factOf(notes, ids, 'After it nothing of her is shown', result === null);
  return desk.goes(session, 'otp', { otp: await desk.code(person.mobile) });
}

/** Everything the sheet wants to see of somebody who is verified. */
export async function profileShown(
  desk: AbhaDesk,
  notes: Notes,
  ids: readonly PlayedId[],
  done: Session,
  person: Person,
): Promise<void> {
  const { result } = done;
  factOf(notes, ids, 'The form gets name, date of birth and gender, as ABDM vouches for them', isHer(result, person));
  const hasAbha = Boolean(result?.abhaNumber) && result?.abhaAddress === person.accounts[0]?.abhaAddress;
  factOf(notes, ids, 'and number, address and mobile', hasAbha && Boolean(result?.mobile ?? result?.maskedMobile));
  const photo = await desk.file(done, 'photo');
  factOf(notes, ids, 'Photo and card are served', isDrawn(photo) && isDrawn(await desk.file(done, 'card')));
}

/** Registered with it, her visit that waited for an ABHA is linked. */
export async function savedAndLinked(
  theatre: Theatre,
  desk: AbhaDesk,
  notes: Notes,
  ids: readonly PlayedId[],
  { id: abhaSessionId }: Session,
  person: Person,
): Promise<void> {
  const holder = holderOf(person, needed(person.accounts[0], 'She has no ABHA'));
  notes.about(holder.abhaAddress);
  const uhid = aUhid();
  const waiting = await closed(theatre, desk.hospital, aVisitOf(holder, desk.hospital.hfrId, 'with mobile only', uhid));
  const { status, answer } = await desk.registers({ uhid, abhaSessionId });
  const isSaved = status === 201 && answer.registration?.patient.abhaAddress === holder.abhaAddress;
  factOf(notes, ids, 'It is saved under the local patient id', isSaved);
  const { state } = await desk.abdm.eventually(
    () => desk.hospital.visit(waiting.id),
    (visit) => visit.state === 'linked',
  );
  factOf(notes, ids, 'Her visit, which waited for an ABHA, is linked to it', state === 'linked');
}

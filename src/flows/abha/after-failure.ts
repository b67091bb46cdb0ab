import { AbhaServiceError } from '../../abdm/abha/abha-service-error.js';
import { afterInterruption } from './interruption.js';
import { LOCKED_MS, resendInSeconds, triesLeft } from './otp-timer.js';
import type { AbhaSession } from './session-store.js';
import type { SessionState } from './session-state.js';
import type { Outcome } from './outcome.js';
import { StepRefused } from './step-refused.js';
import { stepAfterConsent, type ActionName, type StepName } from './steps.js';

/** What the session learns from a step that did not go on. */
export function afterFailure(
  session: AbhaSession,
  action: ActionName,
  error: AbhaServiceError | StepRefused,
  now: number,
): Outcome {
  const { state, step } = session;
  if (error instanceof StepRefused) return { step, state, refusal: error };
  const { kind } = error;
  // Whether the call did its work is not known.
  if (kind === 'temporary' || kind === 'unreadable') return afterSilence(session, action, error);
  if ((action === 'otp' || action === 'resend') && state.otp !== undefined) return afterOtp(session, error, now);
  if (kind === 'otp-locked')
    return { step, state: { ...state, lockedUntil: lockedUntil(error, now) }, refusal: told(error) };
  if (action === 'face') return { step: 'face-qr', state: { ...state, face: undefined }, refusal: told(error) };
  // A choice among accounts has a token of its own, of five minutes.
  if (kind === 'transaction-over' || (kind === 'user-token' && action === 'account'))
    return { ...afresh(session, action), refusal: told(error) };
  return { step, state, refusal: told(error) };
}

function afterSilence(session: AbhaSession, action: ActionName, error: AbhaServiceError): Outcome {
  const after = afterInterruption(session, action);
  if (after === undefined) return { step: session.step, state: session.state, refusal: told(error) };
  const { step, state, notice } = after;
  const isTold = notice === 'enrolment-unsure' || notice === 'change-unsure';
  return {
    step,
    state: { ...state, notice },
    refusal: isTold
      ? new StepRefused(notice, { ...(error.code !== '' && { abdmCode: error.code }), cause: error })
      : told(error),
  };
}

function afterOtp(session: AbhaSession, error: AbhaServiceError, now: number): Outcome {
  const { state } = session;
  const { otp } = state;
  const given = { ...state, otp: undefined };
  if (otp === undefined) return { step: session.step, state, refusal: told(error) };
  if (error.kind === 'wrong-otp') {
    const tried = { ...otp, wrongTries: otp.wrongTries + 1 };
    if (triesLeft(tried) === 0) {
      const retryInSeconds = resendInSeconds(otp, now) || undefined;
      return { step: otp.back, state: given, refusal: new StepRefused('otp-tries-used', { retryInSeconds }) };
    }
    return { step: 'otp', state: { ...state, otp: tried }, refusal: told(error, triesLeft(tried)) };
  }
  if (error.kind === 'otp-locked') {
    return { step: otp.back, state: { ...given, lockedUntil: lockedUntil(error, now) }, refusal: told(error) };
  }
  // Where another mobile can be given, the code is asked for anew.
  if (error.kind === 'transaction-over' || error.kind === 'mobile-full')
    return { step: otp.back, state: given, refusal: told(error) };
  if (error.kind === 'no-abha') {
    // The look is done: nobody. The next OTP enrols.
    const learned = otp.use.for === 'look' ? ({ nobody: otp.key.identifier, notice: 'no-abha' } as const) : {};
    return { step: otp.back, state: { ...given, ...learned }, refusal: told(error) };
  }
  return { step: 'otp', state, refusal: told(error) };
}

/** Where to begin again when the service no longer knows the transaction. What is not named stays where it is. */
function afresh({ state, way, step }: AbhaSession, action: ActionName): { step: StepName; state: SessionState } {
  const rest = { ...state, otp: undefined, choice: undefined, found: undefined, face: undefined };
  if (action === 'account' || action === 'found' || action === 'document')
    return { step: stepAfterConsent(way), state: rest };
  if (action === 'face-status') return { step: 'face-qr', state: rest };
  // Her ABHA is made; only the readable address is not to be had any more.
  if (ENDS_OF_ENROLMENT.includes(action)) return { step: 'profile', state: rest };
  return { step, state };
}

const ENDS_OF_ENROLMENT: readonly ActionName[] = ['communication-mobile', 'suggestions', 'choose-address'];

const lockedUntil = ({ retryAfterSeconds }: AbhaServiceError, now: number): number =>
  now + (retryAfterSeconds === undefined ? LOCKED_MS : retryAfterSeconds * 1_000);

const told = (error: AbhaServiceError, tries?: number): StepRefused =>
  new StepRefused(error.kind, {
    retryInSeconds: error.retryAfterSeconds,
    triesLeft: tries,
    abdmField: error.field,
    abdmCode: error.code === '' ? undefined : error.code,
    cause: error,
  });

import type { AbhaSession } from './session-store.js';
import type { Notice, SessionState } from './session-state.js';
import type { ActionName, StepName } from './steps.js';

/** Where a call leaves the session whose end nobody knows: the process died, or no answer came. */
export interface AfterInterruption {
  readonly step: StepName;
  readonly state: SessionState;
  readonly notice: Notice | undefined;
}

/** What is done in one call and makes an ABHA. */
const ENROLS: readonly ActionName[] = ['fingerprint', 'iris', 'face', 'demographics'];

/**
 * Undefined: the call can simply be made again. An enrolment can not ("Never retry step 4 after a timeout", M1-FLOWS F1): she
 * may have her ABHA already, so the session looks for it, by a login with Aadhaar OTP. A change or a new address may have been
 * made: the profile tells.
 */
export function afterInterruption(
  { state }: Pick<AbhaSession, 'state'>,
  action: ActionName,
): AfterInterruption | undefined {
  const { otp } = state;
  const withoutOtp = { ...state, otp: undefined };
  if (ENROLS.includes(action) || (action === 'otp' && otp?.use.for === 'enrol')) {
    return { step: 'aadhaar', state: { ...withoutOtp, nobody: undefined }, notice: 'enrolment-unsure' };
  }
  // A licence has no login to look with; the service knows one it has seen (isNew false).
  if (action === 'document') return { step: 'mobile', state: { consentGiven: true }, notice: 'enrolment-unsure' };
  if (action === 'choose-address') return { step: 'profile', state, notice: undefined };
  if (action === 'otp' && otp?.use.for === 'change') {
    return { step: 'profile', state: withoutOtp, notice: 'change-unsure' };
  }
  return undefined;
}

/** The session as it is for whoever comes next, once a claim has run out. */
export function withoutDeadCall(session: AbhaSession, now: Date): AbhaSession {
  const { calling } = session;
  if (calling === undefined || calling.until > now) return session;
  const after = afterInterruption(session, calling.action);
  if (after === undefined) return { ...session, calling: undefined };
  return { ...session, calling: undefined, step: after.step, state: { ...after.state, notice: after.notice } };
}

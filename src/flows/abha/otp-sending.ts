import { Inject, Injectable } from '@nestjs/common';
import { AbhaService } from '../../abdm/abha/abha-service.js';
import type { OtpSent } from '../../abdm/abha/answers.js';
import type { AccountChange } from '../../abdm/abha/ways.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { SecretText } from '../../support/secret-text.js';
import { maskedIn, maskedMobile, resendInSeconds, resendsLeft, secondsUntil } from './otp-timer.js';
import type { ChangeUse, OtpUse, SentOtp, SessionState } from './session-state.js';
import type { AbhaSession } from './session-store.js';
import { StepRefused } from './step-refused.js';
import type { StepName } from './steps.js';
import { numberToken } from './user-tokens.js';

/** A code for somebody who types her Aadhaar number; it is in no state, so whoever resends types it again. */
const BY_AADHAAR: readonly OtpUse['for'][] = ['look', 'enrol', 'aadhaar-login'];

export const needsAadhaar = ({ for: use }: OtpUse): boolean => BY_AADHAAR.includes(use);

/** Has the ABHA service send a code, the first or another one of the same kind. */
@Injectable()
export class OtpSending {
  constructor(
    private readonly abha: AbhaService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A first code, in a fresh transaction of the service.
   * @param back the step where another fresh transaction begins
   * @throws StepRefused while the service locks her out
   */
  async first(session: AbhaSession, use: OtpUse, back: StepName, aadhaar?: SecretText): Promise<SentOtp> {
    this.mustNotBeLocked(session.state);
    const sent = await this.send(session, use, aadhaar, undefined);
    return { use, ...this.described(use, sent), sends: 1, wrongTries: 0, back };
  }

  /** @throws StepRefused when it is too early, or the last one was sent */
  async again(session: AbhaSession, otp: SentOtp, aadhaar: SecretText | undefined): Promise<SentOtp> {
    this.mustNotBeLocked(session.state);
    if (resendsLeft(otp) === 0) throw new StepRefused('resends-used');
    const retryInSeconds = resendInSeconds(otp, this.clock.now().getTime());
    if (retryInSeconds > 0) throw new StepRefused('resend-too-early', { retryInSeconds });
    const sent = await this.send(session, otp.use, aadhaar, otp.txnId);
    // Login may open another transaction for it; the service counts tries in that one, and so do we.
    const wrongTries = sent.txnId === otp.txnId ? otp.wrongTries : 0;
    return { ...otp, ...this.described(otp.use, sent), sends: otp.sends + 1, wrongTries };
  }

  private described(use: OtpUse, { txnId, message }: OtpSent): Pick<SentOtp, 'txnId' | 'sentTo' | 'sentAt'> {
    const typed = 'mobile' in use ? maskedMobile(use.mobile) : undefined;
    return { txnId, sentTo: maskedIn(message) ?? typed, sentAt: this.clock.now().getTime() };
  }

  private send(
    session: AbhaSession,
    use: OtpUse,
    aadhaar: SecretText | undefined,
    resendOf: string | undefined,
  ): Promise<OtpSent> {
    switch (use.for) {
      case 'look':
      case 'aadhaar-login':
        return this.abha.login.request('aadhaar.otp', typed(aadhaar));
      case 'enrol':
        return this.abha.enrolment.sendAadhaarOtp(typed(aadhaar), resendOf);
      case 'number-login':
        return this.abha.login.request(`abha-number.${use.method}`, new SecretText(use.abhaNumber));
      case 'address-login':
        return this.abha.addressLogin.request(`abha-address.${use.method}`, new SecretText(use.abhaAddress));
      case 'mobile-login':
        return this.abha.login.request('mobile.otp', new SecretText(use.mobile));
      case 'found-login':
        return this.abha.login.requestForFound(`found.${use.method}`, use.searchTxnId, new SecretText(use.index));
      case 'communication-mobile':
        return this.abha.enrolment.sendMobileOtp(session.state.enrolTxnId ?? '', new SecretText(use.mobile));
      case 'licence':
        return this.abha.enrolment.sendLicenceOtp(new SecretText(use.mobile), resendOf);
      case 'change':
        return this.abha.account.requestOtp(numberToken(session.state), wireChange(use), new SecretText(use.value));
    }
  }

  private mustNotBeLocked({ lockedUntil }: SessionState): void {
    const retryInSeconds = lockedUntil === undefined ? 0 : secondsUntil(lockedUntil, this.clock.now().getTime());
    if (retryInSeconds > 0) throw new StepRefused('otp-locked', { retryInSeconds });
  }
}

/** De-activating and deleting may go by either OTP system, and are two changes each on the wire. */
export function wireChange({ change, method }: ChangeUse): AccountChange {
  if (change !== 'de-activate' && change !== 'delete') return change;
  return `${change}.${method === 'aadhaar-otp' ? 'aadhaar' : 'mobile'}`;
}

function typed(aadhaar: SecretText | undefined): SecretText {
  if (aadhaar === undefined) throw new StepRefused('aadhaar-not-valid', { field: 'aadhaar' });
  return aadhaar;
}

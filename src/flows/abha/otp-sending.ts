import { Inject, Injectable } from '@nestjs/common';
import { AbhaService } from '../../abdm/abha/abha-service.js';
import type { OtpSent } from '../../abdm/abha/answers.js';
import type { AccountChange } from '../../abdm/abha/ways.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { SecretText } from '../../support/secret-text.js';
import { aadhaarNumberIn } from '../../abdm/abha/identifiers.js';
import { OtpLimits } from './otp-limits.js';
import { maskedEmail } from './known-profile.js';
import { maskedIn, maskedMobile, resendInSeconds, resendsLeft, secondsUntil } from './otp-timer.js';
import type { ChangeUse, CodeKey, OtpUse, SentOtp, SessionState } from './session-state.js';
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
    private readonly limits: OtpLimits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A first code, in a fresh transaction of the service.
   * @param back the step where another fresh transaction begins
   * @throws StepRefused while the service locks her out, too early after the last one, or when there were too many
   */
  async first(session: AbhaSession, use: OtpUse, back: StepName, aadhaar?: SecretText): Promise<SentOtp> {
    this.mustNotBeLocked(session.state);
    const key = this.keyOf(session, use, aadhaar);
    const { sent, ...counted } = await this.limits.sending(session, key, () =>
      this.send(session, use, aadhaar, undefined),
    );
    return { use, key, ...this.described(use, sent), ...counted, back };
  }

  /** @throws StepRefused when it is too early, the last one was sent, or it is another person's Aadhaar number */
  async again(session: AbhaSession, otp: SentOtp, aadhaar: SecretText | undefined): Promise<SentOtp> {
    if (this.keyOf(session, otp.use, aadhaar).identifier !== otp.key.identifier) {
      throw new StepRefused('aadhaar-other', { field: 'aadhaar' });
    }
    this.mustNotBeLocked(session.state);
    if (resendsLeft(otp) === 0) throw new StepRefused('resends-used');
    const retryInSeconds = resendInSeconds(otp, this.clock.now().getTime());
    if (retryInSeconds > 0) throw new StepRefused('resend-too-early', { retryInSeconds });
    const { sent } = await this.limits.sending(session, otp.key, () => this.send(session, otp.use, aadhaar, otp.txnId));
    return { ...otp, ...this.described(otp.use, sent), sends: otp.sends + 1 };
  }

  /** Keyed: it tells one Aadhaar number from another, and is kept sealed. */
  aadhaarHash(aadhaar: SecretText): string {
    return this.limits.hashOf('aadhaar', aadhaarNumberIn(aadhaar.reveal()) ?? '');
  }

  private keyOf({ state }: AbhaSession, use: OtpUse, aadhaar: SecretText | undefined): CodeKey {
    const key = (way: string, identifier: string, isInOneTransaction = false): CodeKey => ({
      ...{ way, identifier, isInOneTransaction },
    });
    const ofMobile = (mobile: string) => this.limits.hashOf('mobile', mobile);
    switch (use.for) {
      case 'look':
      case 'aadhaar-login':
        return key('aadhaar-login', this.aadhaarHash(typed(aadhaar)));
      case 'enrol':
        return key('enrol', this.aadhaarHash(typed(aadhaar)));
      case 'number-login':
        return key(`number-login.${use.method}`, this.limits.hashOf('abha-number', use.abhaNumber));
      case 'address-login':
        return key(`address-login.${use.method}`, this.limits.hashOf('abha-address', use.abhaAddress));
      case 'mobile-login':
      case 'licence':
        return key(use.for, ofMobile(use.mobile));
      case 'communication-mobile':
        return key(use.for, ofMobile(use.mobile), true);
      case 'found-login':
        return key(`found-login.${use.method}`, ofMobile(state.mobile ?? ''), true);
      case 'change':
        return key(wireChange(use), this.limits.hashOf(kindOfChanged(use), use.value));
    }
  }

  private described(use: OtpUse, { txnId, message }: OtpSent): Pick<SentOtp, 'txnId' | 'sentTo' | 'sentAt'> {
    return { txnId, sentTo: maskedIn(message) ?? maskedTyped(use), sentAt: this.clock.now().getTime() };
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
  if (aadhaar === undefined) throw new StepRefused('aadhaar-missing', { field: 'aadhaar' });
  return aadhaar;
}

function kindOfChanged({ change }: ChangeUse): 'mobile' | 'email' | 'abha-number' {
  return change === 'mobile' || change === 'email' ? change : 'abha-number';
}

function maskedTyped(use: OtpUse): string | undefined {
  if ('mobile' in use) return maskedMobile(use.mobile);
  if (use.for !== 'change') return undefined;
  if (use.change === 'email') return maskedEmail(use.value);
  return use.change === 'mobile' ? maskedMobile(use.value) : undefined;
}

import { Injectable } from '@nestjs/common';
import type { SecretText } from '../../support/secret-text.js';
import { AbhaCaller } from './abha-caller.js';
import type { LoggedIn, OtpSent } from './answers.js';
import { authDataOf, mustHaveVerified } from './auth-data.js';
import { readLogin, readOtpSent, readTokens } from './read-answers.js';
import { XToken, type TToken, type UserTokens } from './tokens.js';
import * as typed from './typed-in.js';
import {
  FOUND_WAYS,
  LOGIN_WAYS,
  REACTIVATION_WAYS,
  type FoundWay,
  type LoginWay,
  type Proof,
  type ReactivationWay,
  type Way,
} from './ways.js';

/**
 * Verifying somebody by ABHA number, mobile or Aadhaar number: `request`, then `verify`; by mobile also `chooseAccount`.
 * Throws `AbhaServiceError`. `no-abha` from `request`: nobody holds one, no OTP was sent, an ABHA can be created.
 */
@Injectable()
export class AbhaLogin {
  constructor(private readonly caller: AbhaCaller) {}

  /** Sends the OTP, or opens the transaction of a fingerprint, iris or face. To resend: the same call again. */
  request(way: LoginWay, identifier: SecretText): Promise<OtpSent> {
    return this.open(LOGIN_WAYS[way], identifier);
  }

  /** The same for an ABHA that `AbhaFind` found: its index, and the search's transaction. */
  requestForFound(way: FoundWay, txnId: string, index: SecretText): Promise<OtpSent> {
    return this.open(FOUND_WAYS[way], index, txnId);
  }

  async verify(way: LoginWay | FoundWay, txnId: string, proof: Proof): Promise<LoggedIn> {
    const { scope } = { ...LOGIN_WAYS, ...FOUND_WAYS }[way];
    // The scope that opens a found one names the search, the one that confirms it must not.
    const confirming = scope.filter((each) => each !== 'search-abha');
    return readLogin(await this.confirm('/v3/profile/login/verify', confirming, txnId, proof));
  }

  /** After a `choose`. The number goes in clear, and must be one of its accounts. */
  async chooseAccount(token: TToken, txnId: string, abhaNumber: string): Promise<UserTokens> {
    const body = { ABHANumber: abhaNumber, txnId };
    return readTokens(await this.caller.send('POST', '/v3/profile/login/verify/user', body, { token }), XToken);
  }

  /** By Aadhaar number in one call, with what a registered device captured (v3.1). */
  async byCapture(biometric: 'fingerprint' | 'iris', aadhaar: SecretText, pid: SecretText): Promise<LoggedIn> {
    const number = typed.aadhaarNumber(aadhaar);
    const answer = await this.caller.post('/v3.1/profile/login/verify', (encrypt) =>
      biometric === 'fingerprint'
        ? {
            scope: ['abha-login', 'aadhaar-bio-login-verify'],
            authData: {
              authMethods: ['bio_login'],
              bio_login: { aadhaar: encrypt(number), fingerPrintAuthPid: pid.reveal() },
            },
          }
        : {
            scope: ['abha-login', 'aadhaar-iris-login-verify'],
            authData: {
              authMethods: ['iris_login'],
              iris_login: { aadhaar: encrypt(number), irisAuthPid: pid.reveal() },
            },
          },
    );
    mustHaveVerified(answer, biometric);
    return readLogin(answer);
  }

  /** By Aadhaar number, once a face capture by QR is complete (v3.1). The method is `face_auth`, its block `face_login`. */
  async byFace(aadhaar: SecretText, txnId: string): Promise<LoggedIn> {
    const number = typed.aadhaarNumber(aadhaar);
    const answer = await this.caller.post('/v3.1/profile/login/verify', (encrypt) => ({
      scope: ['abha-login', 'aadhaar-face-login-verify'],
      authData: { authMethods: ['face_auth'], face_login: { txnId, aadhaar: encrypt(number) } },
    }));
    mustHaveVerified(answer, 'face');
    return readLogin(answer);
  }

  /** Brings a de-activated ABHA back: only its holder can. */
  requestReactivation(way: ReactivationWay, abhaNumber: SecretText): Promise<OtpSent> {
    return this.open(REACTIVATION_WAYS[way], abhaNumber);
  }

  /** She is not logged in by it: no token comes back. */
  async reactivate(way: ReactivationWay, txnId: string, otp: SecretText): Promise<void> {
    await this.confirm('/v3/profile/login/verify', REACTIVATION_WAYS[way].scope, txnId, { with: 'otp', otp });
  }

  private async open(way: Way, identifier: SecretText, txnId?: string): Promise<OtpSent> {
    const { scope, loginHint, otpSystem } = way;
    const loginId = typed.loginId(loginHint, identifier);
    const answer = await this.caller.post('/v3/profile/login/request/otp', (encrypt) => ({
      ...(txnId === undefined ? {} : { txnId }),
      scope,
      loginHint,
      loginId: encrypt(loginId),
      otpSystem,
    }));
    return readOtpSent(answer);
  }

  private async confirm(
    path: '/v3/profile/login/verify',
    scope: readonly string[],
    txnId: string,
    proof: Proof,
  ): Promise<unknown> {
    const answer = await this.caller.post(path, (encrypt) => ({ scope, authData: authDataOf(proof, txnId, encrypt) }));
    mustHaveVerified(answer, proof.with);
    return answer;
  }
}

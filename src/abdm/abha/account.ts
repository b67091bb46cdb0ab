import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../support/config.js';
import type { SecretText } from '../../support/secret-text.js';
import { AbhaCaller } from './abha-caller.js';
import type { AbhaProfile, Child, OtpSent, ServedFile } from './answers.js';
import { authDataOf, mustHaveVerified } from './auth-data.js';
import { benefitHeader } from './benefit.js';
import { readOtpSent, readTokens } from './read-answers.js';
import { readChildren, readProfile } from './read-person.js';
import { XToken, type RToken, type UserTokens } from './tokens.js';
import * as typed from './typed-in.js';
import { ACCOUNT_CHANGES, type AccountChange } from './ways.js';

/**
 * The account of somebody who enrolled, or logged in otherwise than by address. Cards, photos and QRs are not for keeping.
 * Throws `AbhaServiceError`; `user-token`: she must verify again.
 */
@Injectable()
export class AbhaAccount {
  constructor(
    private readonly caller: AbhaCaller,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async profile(token: XToken): Promise<AbhaProfile> {
    return readProfile(await this.caller.get('/v3/profile/account', { token }));
  }

  /** Plain base64, PNG or JPEG, 100 KB at most, with a face on it. */
  async changePhoto(token: XToken, photoBase64: string): Promise<AbhaProfile> {
    const body = { profilePhoto: photoBase64 };
    return readProfile(await this.caller.send('PATCH', '/v3/profile/account', body, { token }));
  }

  /** A child's profile without KYC can be changed once. Government programmes only. */
  async changeChild(
    parent: XToken,
    child: { readonly abhaNumber: string; readonly name?: string; readonly dob?: string; readonly gender?: string },
  ): Promise<AbhaProfile> {
    const options = { token: parent, headers: benefitHeader(this.config) };
    return readProfile(await this.caller.send('PATCH', '/v3/profile/account', child, options));
  }

  qrCode(token: XToken): Promise<ServedFile> {
    return this.caller.file('/v3/profile/account/qrCode', token);
  }

  card(token: XToken): Promise<ServedFile> {
    return this.caller.file('/v3/profile/account/abha-card', token);
  }

  /** The card as a file to keep; new in 2026, so an older service may not have it. */
  downloadCard(token: XToken): Promise<ServedFile> {
    return this.caller.file('/v3/profile/account/download-abha-card', token);
  }

  /** `value`: the new mobile or e-mail address; for the other changes the account's own ABHA number (or the child's Aadhaar). */
  async requestOtp(token: XToken, change: AccountChange, value: SecretText): Promise<OtpSent> {
    const { scope, loginHint, otpSystem } = ACCOUNT_CHANGES[change];
    const loginId = typed.loginId(loginHint, value);
    const answer = await this.caller.post(
      '/v3/profile/account/request/otp',
      (encrypt) => ({ scope, loginHint, loginId: encrypt(loginId), otpSystem }),
      { token },
    );
    return readOtpSent(answer);
  }

  /** `reasons`: for de-activate and delete, at least one; NHA's own words are up to the screen. */
  async verify(
    token: XToken,
    change: AccountChange,
    answer: { readonly txnId: string; readonly otp: SecretText; readonly reasons?: readonly string[] },
  ): Promise<void> {
    const { scope } = ACCOUNT_CHANGES[change];
    const { txnId, otp, reasons } = answer;
    const isEnding = /^(de-activate|delete)\./.test(change);
    if (isEnding && (reasons?.length ?? 0) === 0) throw typed.fieldRefused('reasons');
    const body = await this.caller.post(
      '/v3/profile/account/verify',
      (encrypt) => ({
        scope,
        authData: authDataOf({ with: 'otp', otp }, txnId, encrypt),
        ...(isEnding ? { reasons } : {}),
      }),
      { token },
    );
    mustHaveVerified(body, 'otp');
  }

  /** Government programmes only. */
  async children(parent: XToken): Promise<readonly Child[]> {
    const options = { token: parent, headers: benefitHeader(this.config) };
    return readChildren(await this.caller.get('/v3/enrollment/profile/children', options));
  }

  /** A new X-token for another 30 minutes. */
  async refresh(token: RToken): Promise<UserTokens> {
    return readTokens(await this.caller.get('/v3/profile/account/request/token', { token }), XToken);
  }

  async logout(token: XToken): Promise<void> {
    await this.caller.get('/v3/profile/account/request/logout', { token });
  }
}

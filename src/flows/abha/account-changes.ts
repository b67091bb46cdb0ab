import { Inject, Injectable } from '@nestjs/common';
import { AbhaService } from '../../abdm/abha/abha-service.js';
import { AbhaServiceError } from '../../abdm/abha/abha-service-error.js';
import type { ServedFile } from '../../abdm/abha/answers.js';
import { recognisedFile } from '../../abdm/abha/served-file.js';
import { XToken } from '../../abdm/abha/tokens.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { SecretText } from '../../support/secret-text.js';
import { knownProfile } from './known-profile.js';
import { OtpSending, wireChange } from './otp-sending.js';
import { CHANGES_WITHIN_MS } from './session-limits.js';
import type { Change, ChangeUse, HeldTokens, OtpMethod, SentOtp, SessionState } from './session-state.js';
import type { AbhaSession } from './session-store.js';
import type { Outcome } from './outcome.js';
import { StepRefused } from './step-refused.js';
import { addressToken, freshTokens, numberToken } from './user-tokens.js';

/** `card-file`: the card as a file to keep, where ABDM serves one; by an address it is the card. */
export const FILES = ['card', 'card-file', 'qr', 'photo'] as const;
export type FileName = (typeof FILES)[number];

/** What is wanted of an account. `value`: the new mobile or e-mail address. */
export interface ChangeWish {
  readonly change: Change;
  readonly value: string | undefined;
  readonly method: OtpMethod;
  readonly reasons: readonly string[];
}

/** Of somebody who has proved who she is: her profile, card, changes, and the end of it. */
@Injectable()
export class AccountChanges {
  constructor(
    private readonly abha: AbhaService,
    private readonly otps: OtpSending,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Reads the profile; asked for again, also renews the tokens when they are nearly over. */
  async profile(session: AbhaSession): Promise<Outcome> {
    const tokens = await this.fresh(session);
    const rest: SessionState = { ...session.state, otp: undefined, choice: undefined };
    const beside = {
      isNew: session.isNew ?? false,
      provedMobile: session.state.provedMobile,
      before: session.profile,
      suffix: this.config.ABDM_CM_ID,
    };
    const profile = knownProfile(await this.read(tokens), beside);
    if (profile.name === '') throw new AbhaServiceError('unreadable', { status: 200 });
    return { step: 'done', state: { ...rest, tokens }, profile };
  }

  /** @throws StepRefused at a kiosk, long after she was verified, when it is switched off, or when she verified by an address */
  async ask(session: AbhaSession, { change, value, method, reasons }: ChangeWish): Promise<Outcome> {
    this.mustBeHer(session);
    const isEnding = change === 'de-activate' || change === 'delete';
    if (isEnding && this.config.ABHA_ACCOUNT_ENDINGS === 'off') throw new StepRefused('way-off');
    const tokens = await this.fresh(session);
    const state: SessionState = { ...session.state, tokens, notice: undefined };
    const own = session.profile?.abhaNumber;
    const given = change === 'mobile' || change === 'email' ? value : own;
    if (given === undefined) throw new StepRefused('way-not-allowed');
    const use = { for: 'change', change, value: given, method, reasons } as const;
    const otp = await this.otps.first({ ...session, state }, use, 'done');
    return { step: 'otp', state: { ...state, otp } };
  }

  async confirm(session: AbhaSession, { txnId }: SentOtp, use: ChangeUse, otp: SecretText): Promise<Outcome> {
    const tokens = await this.fresh(session);
    const { change, value, reasons } = use;
    await this.abha.account.verify(numberToken({ tokens }), wireChange(use), { txnId, otp, reasons });
    const rest: SessionState = { ...session.state, otp: undefined };
    // The account is no more: its tokens open nothing, and nobody is to be registered with it.
    if (change === 'de-activate' || change === 'delete') return { step: 'ended', state: {}, isOver: true };
    const state: SessionState = {
      ...rest,
      tokens,
      notice: 'changed',
      ...(change === 'mobile' && { provedMobile: value }),
    };
    return { step: 'profile', state };
  }

  /** As the service serves it, for passing through. `isStale` tokens are renewed by `profile` before. */
  async file({ state }: AbhaSession, file: FileName): Promise<ServedFile> {
    const { tokens } = state;
    if (tokens === undefined) throw new StepRefused('not-verified');
    if (file === 'photo') return this.photo(tokens);
    if (tokens.of === 'abha-number') {
      const token = new XToken(tokens.token);
      if (file === 'card-file') return this.abha.account.downloadCard(token);
      return file === 'card' ? this.abha.account.card(token) : this.abha.account.qrCode(token);
    }
    const token = addressToken(tokens);
    return file === 'qr' ? this.abha.addressAccount.qrCode(token) : this.abha.addressAccount.card(token);
  }

  /** Ends her session at the service too, if it can be told: a token nobody holds any more does no harm for 30 minutes. */
  async logout({ state }: AbhaSession): Promise<Outcome> {
    const { tokens } = state;
    if (tokens?.of === 'abha-number') {
      await this.abha.account.logout(new XToken(tokens.token)).catch((error: unknown) => {
        if (!(error instanceof AbhaServiceError)) throw error;
      });
    }
    return { step: 'ended', state: {}, isOver: true };
  }

  private async photo(tokens: HeldTokens): Promise<ServedFile> {
    const { photo } = await this.read(tokens);
    if (photo === undefined) throw new StepRefused('no-photo');
    const file = recognisedFile(Buffer.from(photo, 'base64'));
    if (file?.contentType.startsWith('image/') !== true) throw new StepRefused('no-photo');
    return file;
  }

  /**
   * The code for a new mobile goes to that mobile, so it proves nothing about who asks: only her having been verified just now
   * does, with somebody at the desk who saw it.
   */
  private mustBeHer({ channel, verifiedAt }: AbhaSession): void {
    if (channel === 'kiosk') throw new StepRefused('change-at-desk');
    if (verifiedAt === undefined) throw new StepRefused('not-verified');
    if (this.clock.now().getTime() - verifiedAt.getTime() > CHANGES_WITHIN_MS) throw new StepRefused('verify-again');
  }

  private read(tokens: HeldTokens) {
    return tokens.of === 'abha-number'
      ? this.abha.account.profile(new XToken(tokens.token))
      : this.abha.addressAccount.profile(addressToken(tokens));
  }

  private fresh({ state }: AbhaSession): Promise<HeldTokens> {
    return freshTokens(this.abha, state, this.clock.now().getTime());
  }
}

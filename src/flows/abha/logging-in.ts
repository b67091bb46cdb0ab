import { Inject, Injectable } from '@nestjs/common';
import { AbhaServiceError } from '../../abdm/abha/abha-service-error.js';
import { AbhaService } from '../../abdm/abha/abha-service.js';
import type { AbhaAccountChoice, AddressLoggedIn, LoggedIn } from '../../abdm/abha/answers.js';
import { isLikelyAbhaNumber } from '../../abdm/abha/identifiers.js';
import { TToken } from '../../abdm/abha/tokens.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { SecretText } from '../../support/secret-text.js';
import { readCardQr } from './card-qr.js';
import { shownAccount, shownFound } from './known-profile.js';
import { OtpSending } from './otp-sending.js';
import type { LoginUse, OtpMethod, SessionState } from './session-state.js';
import type { AbhaSession } from './session-store.js';
import type { Outcome } from './outcome.js';
import { StepRefused } from './step-refused.js';
import { heldTokens } from './user-tokens.js';

const METHOD_NAMES: Readonly<Record<string, OtpMethod>> = { AADHAAR_OTP: 'aadhaar-otp', MOBILE_OTP: 'mobile-otp' };
const BOTH: readonly OtpMethod[] = ['aadhaar-otp', 'mobile-otp'];

/** Verifying somebody who has an ABHA: by number, address, mobile, Aadhaar, card, or found by mobile. */
@Injectable()
export class LoggingIn {
  constructor(
    private readonly abha: AbhaService,
    private readonly otps: OtpSending,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async byNumber(session: AbhaSession, abhaNumber: string, method: OtpMethod): Promise<Outcome> {
    const use = { for: 'number-login', abhaNumber, method } as const;
    const otp = await this.otps.first(session, use, 'abha-number').catch(orWarnOf(abhaNumber));
    return { step: 'otp', state: { otp, abhaNumber, ...warningsOn(abhaNumber) } };
  }

  async byAadhaar(session: AbhaSession, aadhaar: SecretText): Promise<Outcome> {
    const otp = await this.otps.first(session, { for: 'aadhaar-login' }, 'aadhaar', aadhaar);
    return { step: 'otp', state: { otp } };
  }

  async byMobile(session: AbhaSession, mobile: string): Promise<Outcome> {
    const otp = await this.otps.first(session, { for: 'mobile-login', mobile }, 'mobile');
    return { step: 'otp', state: { otp, mobile } };
  }

  /** Which ways the address allows; then she chooses one. */
  async byAddress(_session: AbhaSession, abhaAddress: string): Promise<Outcome> {
    return { step: 'method', state: await this.methodsOf(abhaAddress, {}) };
  }

  /** The card names her; an OTP has to prove it. */
  async byCard(_session: AbhaSession, qr: string): Promise<Outcome> {
    const card = readCardQr(qr);
    if (card === undefined) throw new StepRefused('card-not-read', { field: 'qr' });
    const { abhaNumber, abhaAddress } = card;
    if (abhaNumber === undefined) return { step: 'method', state: await this.methodsOf(abhaAddress ?? '', { card }) };
    return { step: 'method', state: { card, abhaNumber, methods: BOTH, ...warningsOn(abhaNumber) } };
  }

  async byMethod(session: AbhaSession, method: OtpMethod): Promise<Outcome> {
    const { abhaNumber, abhaAddress, methods = [], warnings } = session.state;
    if (!methods.includes(method)) throw new StepRefused('method-not-offered', { field: 'method' });
    const use =
      abhaNumber !== undefined
        ? ({ for: 'number-login', abhaNumber, method } as const)
        : ({ for: 'address-login', abhaAddress: abhaAddress ?? '', method } as const);
    const otp = await this.otps.first(session, use, 'method').catch(orWarnOf(abhaNumber));
    return { step: 'otp', state: { ...session.state, otp, warnings, notice: undefined } };
  }

  /** A forgotten number: what is behind a mobile, masked. */
  async find(_session: AbhaSession, mobile: string): Promise<Outcome> {
    const { txnId, abhas } = await this.abha.find.byMobile(new SecretText(mobile));
    return { step: 'found', state: { mobile, found: { txnId, accounts: abhas.map(shownFound) } } };
  }

  async byFound(session: AbhaSession, account: string, method: OtpMethod): Promise<Outcome> {
    const { found } = session.state;
    if (found?.accounts.some((each) => each.account === account) !== true) {
      throw new StepRefused('account-not-offered', { field: 'account' });
    }
    const use = { for: 'found-login', index: account, searchTxnId: found.txnId, method } as const;
    const otp = await this.otps.first(session, use, 'found');
    return { step: 'otp', state: { ...session.state, otp, notice: undefined } };
  }

  /** The code is right, or an `AbhaServiceError` says what is wrong. */
  async verify(session: AbhaSession, use: LoginUse, txnId: string, otp: SecretText): Promise<Outcome> {
    const proof = { with: 'otp', otp } as const;
    const { login, addressLogin } = this.abha;
    switch (use.for) {
      case 'look':
      case 'aadhaar-login':
        return this.loggedIn(session, await login.verify('aadhaar.otp', txnId, proof));
      case 'mobile-login':
        return this.loggedIn(
          { ...session, state: { ...session.state, provedMobile: use.mobile } },
          await login.verify('mobile.otp', txnId, proof),
        );
      case 'number-login':
        return this.loggedIn(session, await login.verify(`abha-number.${use.method}`, txnId, proof));
      case 'found-login':
        return this.loggedIn(session, await login.verify(`found.${use.method}`, txnId, proof));
      case 'address-login':
        return this.atAddress(session, await addressLogin.verify(`abha-address.${use.method}`, txnId, proof));
    }
  }

  /** One of several accounts behind a mobile; asked also when there is one. */
  async choose(session: AbhaSession, account: string): Promise<Outcome> {
    const { choice, ...rest } = session.state;
    const chosen = choice?.accounts.find((each) => each.account === account);
    if (choice === undefined || chosen?.abhaNumber === undefined) {
      throw new StepRefused('account-not-offered', { field: 'account' });
    }
    const tokens = await this.abha.login.chooseAccount(new TToken(choice.token), choice.txnId, chosen.abhaNumber);
    return {
      step: 'profile',
      state: { ...rest, notice: undefined, tokens: heldTokens(tokens, this.now()) },
      isNew: false,
    };
  }

  private loggedIn({ state, purpose }: AbhaSession, login: LoggedIn): Outcome {
    const rest: SessionState = { ...state, otp: undefined, found: undefined };
    const photos = photosOf(login.accounts);
    const accounts = login.accounts.map((account, index) => shownAccount(account, index, this.config.ABDM_CM_ID));
    if (login.kind === 'choose') {
      const until = this.now() + login.expiresInSeconds * 1_000;
      const choice = { txnId: login.txnId, token: login.token.reveal(), until, accounts };
      return { step: 'account', state: { ...rest, notice: undefined, choice }, photos };
    }
    const notice = purpose === 'create' ? 'abha-exists' : undefined;
    return { step: 'profile', state: { ...rest, notice, tokens: heldTokens(login.tokens, this.now()) }, isNew: false };
  }

  private atAddress({ state }: AbhaSession, { tokens }: AddressLoggedIn): Outcome {
    const rest: SessionState = { ...state, otp: undefined };
    return {
      step: 'profile',
      state: { ...rest, notice: undefined, tokens: heldTokens(tokens, this.now()) },
      isNew: false,
    };
  }

  private async methodsOf(abhaAddress: string, state: SessionState): Promise<SessionState> {
    const found = await this.abha.addressLogin.search(abhaAddress);
    const methods = found.authMethods.map((name) => METHOD_NAMES[name]).filter((method) => method !== undefined);
    if (methods.length === 0) throw new StepRefused('way-not-allowed');
    return { ...state, abhaAddress: found.abhaAddress, methods };
  }

  private now(): number {
    return this.clock.now().getTime();
  }
}

const warningsOn = (abhaNumber: string): Pick<SessionState, 'warnings'> =>
  isLikelyAbhaNumber(abhaNumber) ? {} : { warnings: ['abha-number-check-digit'] };

/** Nobody holds it, and its check digit is wrong: it was mistyped, most likely. */
const orWarnOf = (abhaNumber: string | undefined) => (error: unknown) => {
  const isUnknown = error instanceof AbhaServiceError && error.kind === 'no-abha';
  const warnings = abhaNumber === undefined ? undefined : warningsOn(abhaNumber).warnings;
  if (!isUnknown || warnings === undefined) throw error;
  throw new StepRefused('no-abha', { abdmCode: error.code, warnings, cause: error });
};

/** Base64 by account, for the screen that shows the choice. */
function photosOf(accounts: readonly AbhaAccountChoice[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    accounts.flatMap(({ photo }, index) => (photo === undefined ? [] : [[String(index + 1), photo] as const])),
  );
}

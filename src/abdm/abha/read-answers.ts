import { AbhaServiceError } from './abha-service-error.js';
import type { AddressLoggedIn, Enrolled, LoggedIn, OtpSent, ProvisionallyEnrolled } from './answers.js';
import { fieldIn, flagIn, numberIn, textIn } from './reading.js';
import { readAccounts, readProfile } from './read-person.js';
import { AddressXToken, RToken, TToken, XToken, type UserTokens } from './tokens.js';

/** Lives used when the service names none: those it publishes. */
const X_TOKEN_SECONDS = 1800;
const T_TOKEN_SECONDS = 300;

export function readOtpSent(body: unknown): OtpSent {
  return { txnId: required(body, 'txnId'), message: textIn(body, 'message') ?? '' };
}

/** `{token, expiresIn, refreshToken, refreshExpiresIn}`, of which only the token is sure. */
export function readTokens<X extends XToken | AddressXToken>(
  body: unknown,
  Token: new (text: string) => X,
): UserTokens<X> {
  const refreshToken = textIn(body, 'refreshToken');
  return {
    token: new Token(required(body, 'token')),
    expiresInSeconds: numberIn(body, 'expiresIn') ?? X_TOKEN_SECONDS,
    refreshToken: refreshToken === undefined ? undefined : new RToken(refreshToken),
    refreshExpiresInSeconds: numberIn(body, 'refreshExpiresIn'),
  };
}

/** A refresh token beside it makes a token final; without one it is a transfer token, whatever the number of accounts. */
export function readLogin(body: unknown): LoggedIn {
  const accounts = readAccounts(body, 'accounts');
  const txnId = textIn(body, 'txnId');
  if (textIn(body, 'refreshToken') !== undefined) {
    return { kind: 'final', txnId, tokens: readTokens(body, XToken), accounts };
  }
  return {
    kind: 'choose',
    txnId: required(body, 'txnId'),
    token: new TToken(required(body, 'token')),
    expiresInSeconds: numberIn(body, 'expiresIn') ?? T_TOKEN_SECONDS,
    accounts,
  };
}

export function readAddressLogin(body: unknown): AddressLoggedIn {
  return {
    txnId: textIn(body, 'txnId'),
    tokens: readTokens(fieldIn(body, 'tokens'), AddressXToken),
    accounts: readAccounts(body, 'users'),
  };
}

/** Demographic enrolment answers another shape than the rest: number and flag lie outside, the tokens in `jwtResponse`. */
export function readEnrolled(body: unknown): Enrolled {
  const profile = readProfile(fieldIn(body, 'ABHAProfile') ?? body);
  if (profile.abhaNumber === undefined) throw unreadable();
  const tokens = fieldIn(body, 'tokens') ?? fieldIn(body, 'jwtResponse');
  return {
    txnId: textIn(body, 'txnId'),
    isNew: flagIn(body, 'isNew', 'new') ?? !/already/i.test(textIn(body, 'message') ?? ''),
    tokens: textIn(tokens, 'token') === undefined ? undefined : readTokens(tokens, XToken),
    profile,
  };
}

export function readProvisionallyEnrolled(body: unknown): ProvisionallyEnrolled {
  const enrolProfile = fieldIn(body, 'enrolProfile');
  return {
    enrolmentNumber: required(enrolProfile, 'enrolmentNumber'),
    state: textIn(enrolProfile, 'enrolmentState') ?? 'PROVISIONAL',
    isNew: flagIn(body, 'isNew') ?? true,
    profile: readProfile(enrolProfile),
  };
}

/** @throws AbhaServiceError of kind `unreadable` when it is missing */
export function required(body: unknown, name: string): string {
  const text = textIn(body, name);
  if (text === undefined) throw unreadable();
  return text;
}

export const unreadable = (): AbhaServiceError => new AbhaServiceError('unreadable', { status: 200 });

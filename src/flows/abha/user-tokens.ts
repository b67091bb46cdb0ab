import type { AbhaService } from '../../abdm/abha/abha-service.js';
import { AddressXToken, RToken, XToken, type UserTokens } from '../../abdm/abha/tokens.js';
import type { HeldTokens, SessionState } from './session-state.js';
import { StepRefused } from './step-refused.js';

/** A token that lives shorter than this is renewed before it is used. */
const SPARE_MS = 120_000;

/** As the session keeps them, sealed. `now` in milliseconds. */
export function heldTokens(tokens: UserTokens<XToken | AddressXToken>, now: number): HeldTokens {
  return {
    of: tokens.token.from,
    token: tokens.token.reveal(),
    until: now + tokens.expiresInSeconds * 1_000,
    refreshToken: tokens.refreshToken?.reveal(),
  };
}

/**
 * The tokens, renewed when their 30 minutes are nearly over. Those of an ABHA address can not be renewed: nothing is published.
 * @throws StepRefused when there are none, or they are over for good
 */
export async function freshTokens(abha: AbhaService, { tokens }: SessionState, now: number): Promise<HeldTokens> {
  if (tokens === undefined) throw new StepRefused('not-verified');
  if (!isStale(tokens, now)) return tokens;
  if (tokens.of === 'abha-number' && tokens.refreshToken !== undefined) {
    return heldTokens(await abha.account.refresh(new RToken(tokens.refreshToken)), now);
  }
  if (tokens.until <= now) throw new StepRefused('user-token');
  return tokens;
}

export const isStale = ({ until }: HeldTokens, now: number): boolean => until - now < SPARE_MS;

/** @throws StepRefused when she verified by ABHA address, whose token is not good here */
export function numberToken({ tokens }: SessionState): XToken {
  if (tokens === undefined) throw new StepRefused('not-verified');
  if (tokens.of !== 'abha-number') throw new StepRefused('way-not-allowed');
  return new XToken(tokens.token);
}

export const addressToken = ({ token }: HeldTokens): AddressXToken => new AddressXToken(token);

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../contract/refusal.js';
import { SigningKeys } from '../gateway/signing-keys.js';
import { Violations } from '../gateway/violations.js';
import { Settings } from '../settings.js';
import type { AbhaCall } from './abha-call.js';
import { AbhaClock } from './abha-clock.js';
import { AbhaRefusals } from './abha-refusals.js';
import { AbhaSettings } from './abha-settings.js';
import type { Account } from './person.js';

/** `typ` of the JWT: what a person's token may be used for. */
type Kind = 'Transaction' | 'Transfer' | 'Refresh';

interface UserToken {
  readonly kind: Kind;
  /** A login by ABHA address opens its own pages only. */
  readonly isOfAddress: boolean;
  readonly accounts: readonly Account[];
  readonly txnId: string;
  readonly clientId: string;
  /** Tokens of one login end together. */
  readonly loginId: string;
  readonly expiresAt: number;
}

export interface Tokens {
  readonly token: string;
  readonly expiresIn: number;
  readonly refreshToken: string;
  readonly refreshExpiresIn: number;
}

/** X-, T- and R-tokens: what a person's proof is worth, for how long, and where. */
@Injectable()
export class UserTokens {
  private readonly tokens = new Map<string, UserToken>();

  constructor(
    private readonly clock: AbhaClock,
    private readonly settings: AbhaSettings,
    private readonly gateway: Settings,
    private readonly keys: SigningKeys,
    private readonly refusals: AbhaRefusals,
    private readonly violations: Violations,
  ) {}

  /** The final pair. */
  issue(call: AbhaCall, account: Account, txnId: string): Tokens {
    return this.pair({ accounts: [account], isOfAddress: false, txnId, ...ofNewLogin(call) });
  }

  /** For /phr/web/login/profile only. */
  issueForAddress(call: AbhaCall, account: Account, txnId: string): Tokens {
    return this.pair({ accounts: [account], isOfAddress: true, txnId, ...ofNewLogin(call) });
  }

  /** Good for choosing one of these accounts. */
  issueTransfer(call: AbhaCall, accounts: readonly Account[], txnId: string): Pick<Tokens, 'token' | 'expiresIn'> {
    const expiresIn = this.settings.current.transferTokenSeconds;
    const about = { accounts, isOfAddress: false, txnId, ...ofNewLogin(call) };
    return { token: this.signed('Transfer', expiresIn, about), expiresIn };
  }

  /** The person an X-token of enrolment or login speaks for. */
  person(call: AbhaCall): Account {
    return this.ofX(call, false);
  }

  /** The person an X-token of an address login speaks for. */
  addressHolder(call: AbhaCall): Account {
    return this.ofX(call, true);
  }

  transfer(call: AbhaCall): { readonly accounts: readonly Account[]; readonly txnId: string } {
    const token = this.read(call.tToken);
    if (!token) return this.refused(call, 'user-token-missing', 'T-token', 'tToken');
    if (token.kind !== 'Transfer') return this.refused(call, 'user-token-wrong-kind', token.kind, 'tToken');
    if (this.isOver(token)) throw this.refusals.as(call.operationId, 'tToken');
    return token;
  }

  refreshed(call: AbhaCall): Tokens {
    const token = this.read(call.rToken);
    if (!token) return this.refused(call, 'user-token-missing', 'R-token', 'rTokenInvalid');
    if (token.kind !== 'Refresh') return this.refused(call, 'user-token-wrong-kind', token.kind, 'rTokenInvalid');
    if (this.isOver(token)) throw this.refusals.as(call.operationId, 'rTokenInvalid');
    return this.pair(token);
  }

  /** The login this X-token belongs to is over, its refresh token too. */
  logout(call: AbhaCall): void {
    this.person(call);
    const loginId = this.read(call.xToken)?.loginId;
    for (const [token, one] of this.tokens) if (one.loginId === loginId) this.tokens.delete(token);
  }

  endAll(): void {
    this.tokens.clear();
  }

  private ofX(call: AbhaCall, isOfAddress: boolean): Account {
    const token = this.read(call.xToken);
    if (!token && isOfAddress && call.xToken === undefined) return this.refusedEmptily(call);
    if (!token) {
      if (call.xToken === undefined) return this.refused(call, 'user-token-missing', 'X-token', 'xTokenInvalid');
      throw this.refusals.as(call.operationId, 'xTokenInvalid');
    }
    const account = token.accounts[0];
    if (token.kind === 'Refresh') return this.refused(call, 'user-token-wrong-kind', token.kind, 'xTokenInvalid');
    // A transfer token, and one of the other login, are refused in words that blame their age.
    if (token.kind !== 'Transaction' || token.isOfAddress !== isOfAddress) {
      const kind = token.isOfAddress === isOfAddress ? token.kind : 'of the other kind of login';
      return this.refused(call, 'user-token-wrong-kind', kind, 'xTokenExpired');
    }
    if (this.isOver(token) || !account) throw this.refusals.as(call.operationId, 'xTokenExpired');
    return account;
  }

  private refused(
    call: AbhaCall,
    rule: 'user-token-missing' | 'user-token-wrong-kind',
    what: string,
    example: string,
  ): never {
    this.violations.record(rule, what, { operationId: call.operationId, requestId: call.requestId });
    throw this.refusals.as(call.operationId, example);
  }

  private refusedEmptily(call: AbhaCall): never {
    const about = { operationId: call.operationId, requestId: call.requestId };
    this.violations.record('user-token-missing', 'X-token', about);
    throw new Refusal(401, undefined);
  }

  /** Without the word Bearer, from another client, after a logout: all alike unknown. */
  private read(header: string | undefined): UserToken | undefined {
    return header?.startsWith('Bearer ') ? this.tokens.get(header.slice('Bearer '.length)) : undefined;
  }

  private isOver(token: UserToken): boolean {
    return token.expiresAt <= this.clock.now();
  }

  private pair(about: Omit<UserToken, 'kind' | 'expiresAt'>): Tokens {
    const { userTokenSeconds: expiresIn, refreshTokenSeconds: refreshExpiresIn } = this.settings.current;
    return {
      token: this.signed('Transaction', expiresIn, about),
      expiresIn,
      refreshToken: this.signed('Refresh', refreshExpiresIn, about),
      refreshExpiresIn,
    };
  }

  private signed(kind: Kind, lifeSeconds: number, about: Omit<UserToken, 'kind' | 'expiresAt'>): string {
    const now = this.clock.now();
    const account = kind === 'Transfer' ? undefined : about.accounts[0];
    const token = this.keys.userJwt({
      iss: this.gateway.issuer,
      sub: account?.abhaNumber ?? account?.preferredAddress ?? about.txnId,
      abhaNumber: account?.abhaNumber,
      preferredAbhaAddress: account?.preferredAddress,
      system: 'ABHA-N',
      clientId: about.clientId,
      typ: kind,
      txnId: about.txnId,
      jti: randomUUID(),
      iat: Math.floor(now / 1000),
      exp: Math.floor(now / 1000) + lifeSeconds,
    });
    this.tokens.set(token, { ...about, kind, expiresAt: now + lifeSeconds * 1000 });
    return token;
  }
}

const ofNewLogin = (call: AbhaCall) => ({ clientId: call.clientId, loginId: randomUUID() });

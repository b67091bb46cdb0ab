import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Settings } from '../settings.js';
import { type Claims, SigningKeys } from './signing-keys.js';

export const TOKEN_KINDS = [
  'valid',
  'none',
  'forged',
  'unknown-key',
  'expired',
  'expired-within-leeway',
  'other-issuer',
  'none-algorithm',
  'hmac-with-public-key',
  'session-of-this-bridge',
  'session-of-another-bridge',
] as const;
export type TokenKind = (typeof TOKEN_KINDS)[number];

const LIFETIME_SECONDS = 20 * 60;
const REUSE_MS = 60_000;

/** The JWT that stands in `Authorization` of every callback. */
@Injectable()
export class CallbackTokens {
  private cached: { readonly token: string; readonly issuer: string; readonly madeAt: number } | undefined;

  constructor(
    private readonly keys: SigningKeys,
    private readonly settings: Settings,
  ) {}

  /** One signature costs more than all the rest of a callback, so it serves for a minute. */
  current(): string {
    const issuer = this.settings.issuer;
    if (!this.cached || this.cached.issuer !== issuer || Date.now() - this.cached.madeAt > REUSE_MS) {
      this.cached = { token: this.keys.jwt(this.claims(issuer, LIFETIME_SECONDS)), issuer, madeAt: Date.now() };
    }
    return this.cached.token;
  }

  /** Good and bad tokens for attacks on the adapter's door. Undefined: send none. */
  ofKind(kind: TokenKind, clientId = ''): string | undefined {
    const good = this.claims(this.settings.issuer, LIFETIME_SECONDS);
    switch (kind) {
      case 'valid':
        return this.keys.jwt(good);
      case 'none':
        return undefined;
      case 'forged':
        return this.keys.forgedJwt(good);
      case 'unknown-key':
        return this.keys.jwtOfUnknownKey(good);
      case 'expired':
        return this.keys.jwt(this.claims(this.settings.issuer, -24 * 3600));
      case 'expired-within-leeway':
        // The real gateway redelivers about 16 minutes later with the token of the first delivery.
        return this.keys.jwt(this.claims(this.settings.issuer, -10 * 60));
      case 'other-issuer':
        return this.keys.jwt(this.claims('https://elsewhere.example.org/realms/other', LIFETIME_SECONDS));
      case 'none-algorithm':
        return this.keys.unsignedJwt(good);
      case 'hmac-with-public-key':
        return this.keys.hmacJwt(good);
      case 'session-of-this-bridge':
        return this.keys.jwt({ ...good, azp: clientId, clientId });
      case 'session-of-another-bridge':
        return this.keys.jwt({ ...good, azp: 'SBX_ANOTHER', clientId: 'SBX_ANOTHER' });
    }
  }

  private claims(issuer: string, lifetimeSeconds: number): Claims {
    const now = Math.floor(Date.now() / 1000);
    const expires = now + lifetimeSeconds;
    return {
      iss: issuer,
      aud: 'account',
      sub: 'hie-cm-gateway',
      typ: 'Bearer',
      azp: 'gateway',
      jti: randomUUID(),
      iat: Math.min(now, expires - LIFETIME_SECONDS),
      exp: expires,
    };
  }
}

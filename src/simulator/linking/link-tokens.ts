import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SigningKeys } from '../gateway/signing-keys.js';
import { Settings } from '../settings.js';

/** What a link token is bound to. */
export interface LinkTokenClaims {
  readonly hipId: string;
  readonly abhaAddress: string;
  /** Undefined: the token was asked for without the number, and then linking must come without it too. */
  readonly abhaNumber: string | undefined;
  /** Unix seconds. */
  readonly exp: number;
}

const SIX_MONTHS_SECONDS = 182 * 24 * 3600;
const KIND = 'link-token';

@Injectable()
export class LinkTokens {
  constructor(
    private readonly keys: SigningKeys,
    private readonly settings: Settings,
  ) {}

  issue(hipId: string, abhaAddress: string, abhaNumber: string | undefined): string {
    const iat = Math.floor(Date.now() / 1000);
    return this.keys.jwt({
      iss: this.settings.issuer,
      typ: KIND,
      sub: abhaAddress,
      jti: randomUUID(),
      hipId,
      abhaAddress,
      ...(abhaNumber === undefined ? {} : { abhaNumber }),
      iat,
      exp: iat + SIX_MONTHS_SECONDS,
    });
  }

  read(token: string): LinkTokenClaims | undefined {
    const claims = this.keys.verified(token);
    return claims?.['typ'] === KIND ? (claims as unknown as LinkTokenClaims) : undefined;
  }
}

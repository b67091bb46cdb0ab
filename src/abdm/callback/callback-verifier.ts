import { Inject, Injectable } from '@nestjs/common';
import { verifyCallbackToken, type CallbackTokenRefusal } from '../../crypto/callback-token.js';
import { CONFIG, type Config } from '../../support/config.js';
import { GatewayKeys } from './gateway-keys.js';

/** Is this callback from ABDM? (DESIGN, decision 7) */
@Injectable()
export class CallbackVerifier {
  constructor(
    private readonly keys: GatewayKeys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Undefined: it is. Otherwise why not. Throws when the keys cannot be had: then ABDM should deliver again. */
  async refusal(authorization: string | undefined, now: Date): Promise<CallbackTokenRefusal | undefined> {
    const verdict = await verifyCallbackToken(authorization?.replace(/^Bearer\s+/i, ''), {
      findKey: (kid) => this.keys.find(kid),
      issuer: this.config.ABDM_CALLBACK_ISSUER,
      leewaySeconds: this.config.ABDM_CALLBACK_LEEWAY_SECONDS,
      now,
      algorithms: ['RS256'],
    });
    return verdict.ok ? undefined : verdict.reason;
  }
}

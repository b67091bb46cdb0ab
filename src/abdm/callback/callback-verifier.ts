import { Inject, Injectable } from '@nestjs/common';
import {
  clientsNamedIn,
  verifyCallbackToken,
  type CallbackClaims,
  type CallbackTokenRefusal,
} from '../../crypto/callback-token.js';
import { CONFIG, type Config } from '../../support/config.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import { GatewayKeys } from './gateway-keys.js';

/** Is this callback from ABDM? (DESIGN, decision 7) */
@Injectable()
export class CallbackVerifier {
  private hasTold = false;

  constructor(
    private readonly keys: GatewayKeys,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Undefined: it is. Otherwise why not. Throws when the keys cannot be had: then ABDM should deliver again. */
  async refusal(authorization: string | undefined, now: Date): Promise<CallbackTokenRefusal | undefined> {
    const verdict = await verifyCallbackToken(authorization?.replace(/^Bearer\s+/i, ''), {
      findKey: (kid) => this.keys.find(kid),
      issuer: this.config.ABDM_CALLBACK_ISSUER,
      client: { allowed: this.config.ABDM_CALLBACK_CLIENT, own: this.config.ABDM_CLIENT_ID },
      leewaySeconds: this.config.ABDM_CALLBACK_LEEWAY_SECONDS,
      now,
      algorithms: ['RS256'],
    });
    if (!verdict.ok) return verdict.reason;
    this.tellOnce(verdict.claims);
    return undefined;
  }

  /** What the settings can be pinned to is not published: an operator reads it off the first callback. */
  private tellOnce(claims: CallbackClaims): void {
    const { ABDM_CALLBACK_ISSUER: issuer, ABDM_CALLBACK_CLIENT: client } = this.config;
    if (this.hasTold || (issuer !== undefined && client !== undefined)) return;
    this.hasTold = true;
    this.log.info(
      { ABDM_CALLBACK_ISSUER: claims['iss'], ABDM_CALLBACK_CLIENT: clientsNamedIn(claims).join(',') },
      'ABDM’s callbacks name these; set them, so that nothing else is taken for a callback',
    );
  }
}

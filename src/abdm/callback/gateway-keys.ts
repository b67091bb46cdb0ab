import { Inject, Injectable } from '@nestjs/common';
import type { Jwk } from '../../crypto/callback-token.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import { GatewayClient } from '../client/gateway.client.js';

/** An unknown `kid` comes from a stranger: it must not make us ask the gateway more often than this. */
const ASK_AGAIN_AFTER_MS = 10_000;
/** A withdrawn key is forgotten after this long. */
const KEEP_MS = 15 * 60_000;

/** The gateway's signing keys by `kid`: kept, and asked for again when an unknown one appears (rotation). */
@Injectable()
export class GatewayKeys {
  private keys = new Map<string, Jwk>();
  private askedAt = -Infinity;
  private underWay: Promise<void> | undefined;

  constructor(
    private readonly client: GatewayClient,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async find(kid: string): Promise<Jwk | undefined> {
    if (performance.now() - this.askedAt > KEEP_MS) await this.ask();
    if (!this.keys.has(kid) && performance.now() - this.askedAt > ASK_AGAIN_AFTER_MS) await this.ask();
    return this.keys.get(kid);
  }

  private async ask(): Promise<void> {
    this.underWay ??= this.fetch().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  /** @throws GatewayError when there are no keys at all; with old ones at hand, those go on for a while. */
  private async fetch(): Promise<void> {
    try {
      const fetched = (await this.client.certs()).filter(isJwkWithKid);
      this.keys = new Map(fetched.map((key) => [key.kid, key]));
    } catch (error) {
      if (this.keys.size === 0) throw error;
      this.log.warn({ error }, 'the gateway’s keys could not be renewed; the known ones stay in use');
    }
    this.askedAt = performance.now();
  }
}

function isJwkWithKid(key: unknown): key is Jwk & { readonly kid: string } {
  return typeof key === 'object' && key !== null && 'kid' in key && typeof key.kid === 'string';
}

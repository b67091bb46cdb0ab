import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../support/config.js';
import { newId } from '../../support/ids.js';
import { PROTOCOL } from '../protocol.js';
import { GatewayError } from './gateway-error.js';
import { HttpClient } from './http-client.js';

/** Where the access token lives, shared by all processes. Implemented on PostgreSQL by `exchange/`. */
export interface SessionStore {
  read(clientId: string): Promise<{ readonly token: string; readonly expiresAt: Date } | undefined>;
  /** True for one caller at a time: that one fetches, the others wait. The claim lapses after `seconds`. */
  claim(clientId: string, seconds: number): Promise<boolean>;
  /** Also gives the claim back. */
  write(clientId: string, token: string, expiresAt: Date): Promise<void>;
  release(clientId: string): Promise<void>;
  /** Forgets the token if it is still this one. */
  drop(clientId: string, token: string): Promise<void>;
}

export const SESSION_STORE = Symbol('SessionStore');

const CLAIM_SECONDS = 20;
const REFRESH_BEFORE_MS = 60_000;
const LOOK_AGAIN_MS = 50;

/** The gateway's access token: fetched once for all processes, renewed a minute before it ends, dropped on 401. */
@Injectable()
export class Session {
  private held: { token: string; expiresAt: number } | undefined;
  private underWay: Promise<string> | undefined;

  constructor(
    private readonly http: HttpClient,
    @Inject(SESSION_STORE) private readonly store: SessionStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws GatewayError when the gateway gives none */
  async accessToken(): Promise<string> {
    const { held } = this;
    if (held !== undefined && held.expiresAt - Date.now() > REFRESH_BEFORE_MS) return held.token;
    this.underWay ??= this.find().finally(() => (this.underWay = undefined));
    return this.underWay;
  }

  /** The gateway did not take this token. */
  async drop(token: string): Promise<void> {
    if (this.held?.token === token) this.held = undefined;
    await this.store.drop(this.credentials().clientId, token);
  }

  private async find(): Promise<string> {
    const { clientId } = this.credentials();
    const giveUpAt = Date.now() + this.config.ABDM_TIMEOUT_MS;
    for (;;) {
      const stored = await this.store.read(clientId);
      const leftMs = stored === undefined ? 0 : stored.expiresAt.getTime() - Date.now();
      if (stored !== undefined && leftMs > REFRESH_BEFORE_MS) return this.hold(stored.token, stored.expiresAt);
      if (await this.store.claim(clientId, CLAIM_SECONDS)) return this.fetch(clientId);
      // Somebody else is fetching: the old token does while it lasts.
      if (stored !== undefined && leftMs > 1_000) return stored.token;
      if (Date.now() > giveUpAt) throw new GatewayError({ retryable: true });
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
    }
  }

  private async fetch(clientId: string): Promise<string> {
    try {
      const { body } = await this.http.call({
        method: 'POST',
        url: this.config.ABDM_BASE_URL + PROTOCOL.session.request,
        headers: { 'REQUEST-ID': newId(), TIMESTAMP: new Date().toISOString(), 'X-CM-ID': this.config.ABDM_CM_ID },
        body: { clientId, clientSecret: this.credentials().clientSecret, grantType: 'client_credentials' },
      });
      const { accessToken, expiresIn } = (body ?? {}) as { accessToken?: unknown; expiresIn?: unknown };
      if (typeof accessToken !== 'string') throw new GatewayError({ retryable: true });
      const seconds = typeof expiresIn === 'number' && expiresIn > 0 ? expiresIn : 600;
      const expiresAt = new Date(Date.now() + seconds * 1000);
      await this.store.write(clientId, accessToken, expiresAt);
      return this.hold(accessToken, expiresAt);
    } catch (error) {
      await this.store.release(clientId);
      throw error;
    }
  }

  private hold(token: string, expiresAt: Date): string {
    this.held = { token, expiresAt: expiresAt.getTime() };
    return token;
  }

  private credentials(): { clientId: string; clientSecret: string } {
    const { ABDM_CLIENT_ID: clientId, ABDM_CLIENT_SECRET: clientSecret } = this.config;
    if (clientId === undefined || clientSecret === undefined) {
      throw new Error('Set ABDM_CLIENT_ID and ABDM_CLIENT_SECRET: without them ABDM cannot be called');
    }
    return { clientId, clientSecret };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../support/config.js';
import { newId } from '../../support/ids.js';
import type { HealthInformationPage } from '../messages/health-information.js';
import { outgoingPath, PROTOCOL, type AskedByAbdm, type SentByUs } from '../protocol.js';
import { GatewayError } from './gateway-error.js';
import { HttpClient, type HttpCall } from './http-client.js';
import { Session } from './session.js';

export interface OutgoingMessage {
  /** UUID: the answering callback returns it. Fresh for every attempt. */
  readonly requestId: string;
  /** `X-HIP-ID`: the facility's service id. */
  readonly hipId: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** The one place that knows base URL, headers and session. Throws `GatewayError`. */
@Injectable()
export class GatewayClient {
  constructor(
    private readonly http: HttpClient,
    private readonly session: Session,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Returns the HTTP status: 2xx means received, the outcome comes by callback. */
  async send(name: SentByUs | AskedByAbdm, message: OutgoingMessage): Promise<number> {
    const { status } = await this.withSession({
      method: 'POST',
      url: this.config.ABDM_BASE_URL + outgoingPath(name),
      headers: { ...this.standardHeaders(message.requestId), 'X-HIP-ID': message.hipId, ...message.headers },
      body: message.body,
    });
    return status;
  }

  /** One page to the asking HIU. The session token authorises us there too. */
  async push(url: string, page: HealthInformationPage, agents: HttpCall['agents']): Promise<number> {
    // Its 401 says nothing of our session, which all processes share: it is the HIU's answer, no reason for a new one.
    const headers = { Authorization: `Bearer ${await this.session.accessToken()}` };
    const { status } = await this.http.call({ method: 'POST', url, headers, body: page, ...(agents && { agents }) });
    return status;
  }

  /** The keys that sign callbacks. They need the session token too (without: 401, seen 16 Sep 2026). */
  async certs(): Promise<readonly unknown[]> {
    const { body } = await this.withSession({
      method: 'GET',
      url: this.config.ABDM_BASE_URL + PROTOCOL.certs.request,
      headers: this.standardHeaders(newId()),
    });
    const keys = (body as { keys?: unknown } | undefined)?.keys;
    if (!Array.isArray(keys)) throw new GatewayError({ retryable: true });
    return keys as readonly unknown[];
  }

  /** Tells ABDM where to call back. The last writer wins for the whole client id. */
  async registerBridge(url: string): Promise<void> {
    await this.withSession({
      method: 'PATCH',
      url: this.config.ABDM_BASE_URL + PROTOCOL['bridge-url'].request,
      headers: this.standardHeaders(newId()),
      body: { url },
    });
  }

  /** 401: the token may have been withdrawn early; once more at once with a fresh one. */
  private async withSession(call: HttpCall): Promise<{ status: number; body: unknown }> {
    for (let attempt = 1; ; attempt++) {
      const token = await this.session.accessToken();
      try {
        return await this.http.call({ ...call, headers: { ...call.headers, Authorization: `Bearer ${token}` } });
      } catch (error) {
        const isStale = error instanceof GatewayError && error.status === 401;
        if (!isStale || attempt === 2) throw error;
        await this.session.drop(token);
      }
    }
  }

  private standardHeaders(requestId: string): Record<string, string> {
    return { 'REQUEST-ID': requestId, TIMESTAMP: new Date().toISOString(), 'X-CM-ID': this.config.ABDM_CM_ID };
  }
}

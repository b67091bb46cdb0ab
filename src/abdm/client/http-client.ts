import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import { firstValueFrom } from 'rxjs';
import { CONFIG, type Config } from '../../support/config.js';
import { GatewayError, gatewayErrorFrom } from './gateway-error.js';

const MAX_ANSWER_BYTES = 2 * 1024 * 1024;
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** For a connection to an address that was checked before. */
  readonly agents?: Pick<AxiosRequestConfig, 'httpAgent' | 'httpsAgent'>;
}

/**
 * One HTTP call, with everything axios leaves open set: time and size limits, no redirects (a redirect would carry the
 * token elsewhere), kept-alive connections. Every ending but 2xx is a `GatewayError`.
 */
@Injectable()
export class HttpClient {
  private readonly agents = {
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 64 }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 64 }),
  };

  constructor(
    private readonly http: HttpService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** @throws GatewayError */
  async call({ method, url, headers, body, agents }: HttpCall): Promise<{ status: number; body: unknown }> {
    let answer: AxiosResponse<unknown>;
    try {
      answer = await firstValueFrom(
        this.http.request<unknown>({
          method,
          url,
          headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...headers },
          ...(body === undefined ? {} : { data: JSON.stringify(body) }),
          timeout: this.config.ABDM_TIMEOUT_MS,
          signal: AbortSignal.timeout(this.config.ABDM_TIMEOUT_MS + 1_000), // `timeout` does not cover connecting
          maxRedirects: 0,
          maxContentLength: MAX_ANSWER_BYTES,
          maxBodyLength: MAX_MESSAGE_BYTES,
          proxy: false,
          validateStatus: () => true,
          ...(agents ?? this.agents),
        }),
      );
    } catch (error) {
      // axios' error holds the whole request, token and all: only its code goes on.
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'no connection';
      throw new GatewayError({ retryable: true, cause: new Error(code) });
    }
    if (answer.status >= 200 && answer.status < 300) return { status: answer.status, body: answer.data };
    throw gatewayErrorFrom(answer.status, answer.data, answer.headers['retry-after']);
  }

  onModuleDestroy(): void {
    this.agents.httpAgent.destroy();
    this.agents.httpsAgent.destroy();
  }
}

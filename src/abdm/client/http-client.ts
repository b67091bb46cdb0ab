import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import { firstValueFrom } from 'rxjs';
import { CONFIG, type Config } from '../../support/config.js';
import { GatewayError, gatewayErrorFrom } from './gateway-error.js';

const MAX_ANSWER_BYTES = 2 * 1024 * 1024;
const MAX_FILE_BYTES = 8 * 1024 * 1024;
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** For a connection to an address that was checked before. */
  readonly agents?: Pick<AxiosRequestConfig, 'httpAgent' | 'httpsAgent'>;
  /** `file`: the answer's body is wanted as a Buffer, whatever its type and whatever the status. */
  readonly answer?: 'file';
}

export interface HttpAnswer {
  readonly status: number;
  /** Without parameters such as `charset`; empty when the answer named none. */
  readonly contentType: string;
  readonly retryAfter: unknown;
  readonly body: unknown;
}

/**
 * One HTTP call, with everything axios leaves open set: time and size limits, no redirects (a redirect would carry the
 * token elsewhere), kept-alive connections.
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

  /** @throws GatewayError for every ending but 2xx */
  async call(call: HttpCall): Promise<{ status: number; body: unknown }> {
    const { status, body, retryAfter } = await this.exchange(call);
    if (status >= 200 && status < 300) return { status, body };
    throw gatewayErrorFrom(status, body, retryAfter);
  }

  /**
   * Any answer, refusals too, for callers that read those themselves.
   * @throws GatewayError when there was none
   */
  async exchange({ method, url, headers, body, agents, answer: wanted }: HttpCall): Promise<HttpAnswer> {
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
          maxContentLength: wanted === 'file' ? MAX_FILE_BYTES : MAX_ANSWER_BYTES,
          ...(wanted === 'file' ? { responseType: 'arraybuffer' as const } : {}),
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
    const contentType = String(answer.headers['content-type'] ?? '').split(';', 1)[0] ?? '';
    return {
      status: answer.status,
      contentType: contentType.trim().toLowerCase(),
      retryAfter: answer.headers['retry-after'],
      body: answer.data,
    };
  }

  onModuleDestroy(): void {
    this.agents.httpAgent.destroy();
    this.agents.httpsAgent.destroy();
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../support/config.js';
import { newId } from '../../support/ids.js';
import { LOGGER, type LogFields, type Logger } from '../../support/logger.js';
import { GatewayError } from '../client/gateway-error.js';
import { HttpClient, type HttpAnswer } from '../client/http-client.js';
import { Session } from '../client/session.js';
import { AbhaServiceError } from './abha-service-error.js';
import { refusalFrom } from './refusal.js';
import type { UserToken } from './tokens.js';

export interface AbhaRequest {
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below `ABHA_BASE_URL`, such as `/v3/profile/account`; below `/phr/web` when it begins with `phr:`. */
  readonly path: `/v3${string}` | `phr:/${string}`;
  readonly token?: UserToken | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: unknown;
  readonly answer?: 'file';
  /** A POST that only looks: it sends nothing to a phone, and makes nothing. */
  readonly isLook?: true;
}

/** One request to the ABHA service: addresses, headers, both tokens. Throws `AbhaServiceError` for all but 2xx. */
@Injectable()
export class AbhaHttp {
  constructor(
    private readonly http: HttpClient,
    private readonly session: Session,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Reading twice does no harm, so a GET, or a look, that met a stumbling service is asked once more. Nothing else is repeated. */
  async send(request: AbhaRequest): Promise<HttpAnswer> {
    try {
      return await this.sendOnce(request);
    } catch (error) {
      const isWorthAnother =
        error instanceof AbhaServiceError && error.kind === 'temporary' && error.status !== undefined;
      const isReading = request.method === 'GET' || request.isLook === true;
      if (!isReading || !isWorthAnother) throw error;
      return this.sendOnce(request);
    }
  }

  /** A refused gateway token may have been withdrawn early: once more with a fresh one. Nothing was done the first time. */
  private async sendOnce(request: AbhaRequest): Promise<HttpAnswer> {
    for (let attempt = 1; ; attempt++) {
      const accessToken = await this.accessToken();
      try {
        return await this.noted(request, accessToken);
      } catch (error) {
        const isStale = error instanceof AbhaServiceError && error.kind === 'gateway-token' && error.status === 401;
        if (!isStale || attempt === 2) throw error;
        await this.session.drop(accessToken);
      }
    }
  }

  private async noted(request: AbhaRequest, accessToken: string): Promise<HttpAnswer> {
    const [requestId, startedAt] = [newId(), performance.now()];
    const note = (outcome: string, fields: LogFields) => {
      const ms = Math.round(performance.now() - startedAt);
      this.log.info(
        { call: `${request.method} ${request.path}`, requestId, outcome, ...fields, ms },
        'ABHA service asked',
      );
    };
    try {
      const answer = await this.exchange(request, accessToken, requestId);
      note('done', { status: answer.status });
      return answer;
    } catch (error) {
      if (error instanceof AbhaServiceError) note(error.kind, { status: error.status, code: error.code });
      throw error;
    }
  }

  private async exchange(request: AbhaRequest, accessToken: string, requestId: string): Promise<HttpAnswer> {
    const { method, path, token, headers, body, answer: wanted } = request;
    const answer = await this.http
      .exchange({
        method,
        url: this.urlOf(path),
        headers: {
          Authorization: `Bearer ${accessToken}`,
          'REQUEST-ID': requestId,
          TIMESTAMP: new Date().toISOString(),
          ...(token === undefined ? {} : { [token.header]: `Bearer ${token.reveal()}` }),
          ...(wanted === 'file' ? { Accept: '*/*' } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body }),
        ...(wanted === undefined ? {} : { answer: wanted }),
      })
      .catch((error: unknown) => {
        throw new AbhaServiceError(isTooLong(error) ? 'unreadable' : 'temporary', { cause: error });
      });
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw refusalFrom(answer.status, bodyOf(answer), {
      retryAfter: answer.retryAfter,
      hadUserToken: token !== undefined,
    });
  }

  private async accessToken(): Promise<string> {
    try {
      return await this.session.accessToken();
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      const { status, code, retryable, retryAfterSeconds } = error;
      const kind = retryable && status !== 401 ? 'temporary' : 'gateway-token';
      throw new AbhaServiceError(kind, { status, code, retryAfterSeconds, cause: error });
    }
  }

  private urlOf(path: string): string {
    const { ABHA_BASE_URL: base, ABHA_PHR_BASE_URL: phrBase } = this.config;
    return path.startsWith('phr:') ? (phrBase ?? `${base}/v3/phr/web`) + path.slice('phr:'.length) : base + path;
  }
}

/** The HTTP client stopped reading: the answer was longer than it takes. */
const isTooLong = (error: unknown): boolean =>
  error instanceof GatewayError && error.cause instanceof Error && error.cause.message === 'ERR_BAD_RESPONSE';

/** A refused file comes as bytes, and in them the refusal. */
function bodyOf({ body }: HttpAnswer): unknown {
  if (!Buffer.isBuffer(body)) return body;
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

import { meaningOf, tidyCode, type Meaning } from '../error-meaning.js';

/** A call that did not end in 2xx. `retryable`: the same call may succeed later. Holds no words of the other side. */
export class GatewayError extends Error {
  readonly status: number | undefined;
  /** `ABDM-1234` or the API gateway's number; empty when the answer carried none. */
  readonly code: string;
  readonly meaning: Meaning;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(about: {
    readonly status?: number | undefined;
    readonly code?: string;
    readonly meaning?: Meaning;
    readonly retryable: boolean;
    readonly retryAfterSeconds?: number | undefined;
    readonly cause?: unknown;
  }) {
    super(about.status === undefined ? 'ABDM did not answer' : `ABDM answered ${about.status}`, { cause: about.cause });
    this.name = 'GatewayError';
    this.status = about.status;
    this.code = about.code ?? '';
    this.meaning = about.meaning ?? 'not-known';
    this.retryable = about.retryable;
    this.retryAfterSeconds = about.retryAfterSeconds;
  }
}

/**
 * The error shapes ABDM answers with, made one: `{error:{code,message}}`, flat `{code,message}`, a list of either,
 * `{message,timestamp}`, `{<field>:message,timestamp}`, Spring's `{timestamp,path,status,error}`, plain text, nothing.
 */
export function errorIn(body: unknown): { readonly code: string; readonly message: string } {
  if (Array.isArray(body)) return errorIn(body[0]);
  if (typeof body === 'string') return { code: '', message: body };
  if (typeof body !== 'object' || body === null) return { code: '', message: '' };
  const { error, code, message, ...rest } = body as Record<string, unknown>;
  if (typeof error === 'object' && error !== null) return errorIn(error);
  if (code !== undefined || typeof message === 'string') {
    return { code: tidyCode(code), message: typeof message === 'string' ? message : '' };
  }
  if (typeof error === 'string') return { code: '', message: error };
  const field = Object.entries(rest).find(([name, value]) => name !== 'timestamp' && typeof value === 'string');
  return { code: '', message: field === undefined ? '' : String(field[1]) };
}

/** 401 is the client's own affair; 408, 429 and 5xx pass; every other 4xx is final. */
export function gatewayErrorFrom(status: number, body: unknown, retryAfter: unknown): GatewayError {
  const { code, message } = errorIn(body);
  const meaning = meaningOf(code, message);
  return new GatewayError({
    status,
    code,
    meaning,
    retryable: status === 408 || status === 429 || status === 401 || status >= 500,
    retryAfterSeconds: secondsIn(retryAfter),
  });
}

const LONGEST_RETRY_AFTER_SECONDS = 86_400;

/** `Retry-After` in seconds, or as a date; a day at most. */
export function secondsIn(header: unknown): number | undefined {
  if (typeof header !== 'string' || header.trim() === '') return undefined;
  const number = Number(header);
  const seconds = Number.isNaN(number) ? (Date.parse(header) - Date.now()) / 1000 : number;
  return Number.isNaN(seconds) ? undefined : Math.min(LONGEST_RETRY_AFTER_SECONDS, Math.max(0, seconds));
}

import { ABHA_FAILURES, type AbhaFailure } from './failures.js';

/** A call to the ABHA service that failed. Holds neither values nor words of the other side. */
export class AbhaServiceError extends Error {
  readonly kind: AbhaFailure;
  /** Undefined: there was no answer, or the request never left. */
  readonly status: number | undefined;
  /** `ABDM-1234` or the API gateway's number, without what may trail it; empty: none came. */
  readonly code: string;
  /** UIDAI's own number inside ABDM-1204, such as `300` or `K-547`. */
  readonly uidaiCode: string | undefined;
  /** The wire name of the field that was refused, such as `loginId`; its value is not here. */
  readonly field: string | undefined;
  readonly retryable: boolean;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: AbhaFailure,
    about: {
      readonly status?: number | undefined;
      readonly code?: string;
      readonly uidaiCode?: string | undefined;
      readonly field?: string | undefined;
      readonly retryAfterSeconds?: number | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(`ABHA service: ${ABHA_FAILURES[kind].about}`, { cause: about.cause });
    this.name = 'AbhaServiceError';
    this.kind = kind;
    this.status = about.status;
    this.code = about.code ?? '';
    this.uidaiCode = about.uidaiCode;
    this.field = about.field;
    this.retryable = ABHA_FAILURES[kind].isRetryable;
    this.retryAfterSeconds = about.retryAfterSeconds;
  }
}

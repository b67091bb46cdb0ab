import { Catch, HttpException, HttpStatus, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LOGGER, type Logger } from '../support/logger.js';

/** One field that has to be mended. A path, never a value. */
export interface FieldError {
  readonly field: string;
  readonly code: string;
  readonly detail: string;
}

/** An answer in RFC 9457 form (`application/problem+json`). `code` is stable; `detail` says what to do next. */
export class Problem extends HttpException {
  constructor(status: number, code: string, detail: string, errors: readonly FieldError[] = []) {
    super(problemBody(status, code, detail, errors), status);
  }
}

export function problemBody(status: number, code: string, detail: string, errors: readonly FieldError[] = []): object {
  return {
    type: `urn:ehospital-abdm-adapter:problem:${code}`,
    title: TITLES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(errors.length > 0 && { errors }),
  };
}

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not authenticated',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Too large',
  415: 'Unsupported media type',
  422: 'Refused',
  429: 'Wait',
  500: 'Internal error',
  502: 'Refused by ABDM',
  503: 'Not ready',
};

/** What Nest and Fastify say of themselves, in words that help. */
// prettier-ignore
const WORDS: Record<number, readonly [string, string]> = {
  400: ['bad-request', 'The request could not be read; send JSON in UTF-8'],
  404: ['not-found', 'There is nothing at this address; /docs lists what there is'],
  413: ['too-large', 'The body is larger than what is read here (a visit or document 24 MB, all else 5 MB); send visits one by one, or many as NDJSON to /api/v1/visits/import'],
  503: ['database-away', 'The database does not answer; nothing was stored. Send the same again later'],
  415: ['media-type', 'Send application/json, or application/x-ndjson to /api/v1/visits/import'],
};

/** PostgreSQL's and the network's ways of saying that the database is not there now. */
const DATABASE_AWAY = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|57P0[123]|08\d\d\d)$/;

interface FastifyError {
  readonly statusCode?: unknown;
}

/** Every error leaves through here: problem+json, or ABDM's own envelope on its callbacks; faults are logged once. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly log: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const status = statusOf(error);
    if (status >= 500 && !(error instanceof HttpException)) {
      this.log.error({ error, path: request.url.split('?')[0], method: request.method }, 'a request ended in a fault');
    }
    const body = error instanceof HttpException ? error.getResponse() : undefined;
    if (typeof body === 'object' && 'error' in body && typeof body.error === 'object') {
      void reply.status(status).header('content-type', 'application/json').send(body);
      return;
    }
    const isOurs = error instanceof Problem;
    const [code, detail] = WORDS[status] ?? ['fault', 'Something went wrong here; it is in the log. Try again later'];
    void reply
      .status(status)
      .header('content-type', 'application/problem+json')
      .send(isOurs ? body : problemBody(status, code, detail));
  }
}

function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, driverError } = error as { code?: unknown; driverError?: { code?: unknown } };
  return (
    [code, driverError?.code].some((each) => typeof each === 'string' && DATABASE_AWAY.test(each)) ||
    /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
  );
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  if (isDatabaseAway(error)) return HttpStatus.SERVICE_UNAVAILABLE;
  const { statusCode } = error as FastifyError;
  return typeof statusCode === 'number' && statusCode >= 400 ? statusCode : HttpStatus.INTERNAL_SERVER_ERROR;
}

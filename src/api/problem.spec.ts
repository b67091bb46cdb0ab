import { describe, expect, it } from '@jest/globals';
import { HttpException, NotFoundException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../support/logger.js';
import { Problem, ProblemFilter } from './problem.js';

/** What leaves for an error, and what is logged of it. */
function answered(error: unknown): { status: number; type: string; body: any; logged: unknown[] } {
  const sent = { status: 0, type: '', body: undefined as any };
  const logged: unknown[] = [];
  const reply = {
    status: (status: number) => ((sent.status = status), reply),
    header: (_: string, type: string) => ((sent.type = type), reply),
    send: (body: unknown) => ((sent.body = body), reply),
  };
  const log = { error: (about: unknown) => logged.push(about) } as unknown as Logger;
  const request = { url: '/api/v1/visits?day=2025-08-12', method: 'GET' } as FastifyRequest;
  new ProblemFilter(log).answer(error, request, reply as unknown as FastifyReply);
  return { ...sent, logged };
}

describe('An error, as it leaves', () => {
  it('is problem+json with a stable code, what to do next, and the fields', () => {
    const error = new Problem(400, 'visit-not-readable', 'Mend the columns', [
      { field: 'OPD_NO', code: 'missing', detail: 'The visit number is missing' },
    ]);
    expect(answered(error)).toEqual({
      status: 400,
      type: 'application/problem+json',
      body: {
        type: 'urn:ehospital-abdm-adapter:problem:visit-not-readable',
        title: 'Bad request',
        status: 400,
        code: 'visit-not-readable',
        detail: 'Mend the columns',
        errors: [{ field: 'OPD_NO', code: 'missing', detail: 'The visit number is missing' }],
      },
      logged: [],
    });
  });

  it('of a fault carries none of its words, and is logged once, without the query', () => {
    const error = new Error('duplicate key: Asha Kashyap');
    const { status, body, logged } = answered(error);
    expect([status, body.code]).toEqual([500, 'fault']);
    expect(JSON.stringify(body)).not.toMatch(/duplicate|Asha/);
    expect(logged).toEqual([{ error, path: '/api/v1/visits', method: 'GET' }]);
  });

  it.each([
    [413, 'too-large'],
    [415, 'media-type'],
    [400, 'bad-request'],
  ])('of the HTTP server (%i) is said in words that help', (statusCode, code) => {
    const { status, type, body, logged } = answered(Object.assign(new Error('FST_ERR_X'), { statusCode }));
    expect([status, type, body.code, logged]).toEqual([statusCode, 'application/problem+json', code, []]);
    expect(body.detail).not.toMatch(/FST/);
  });

  it('of the framework itself does not repeat the address', () => {
    const { status, body } = answered(new NotFoundException('Cannot GET /api/v1/asha'));
    expect([status, body.code]).toEqual([404, 'not-found']);
    expect(JSON.stringify(body)).not.toMatch(/asha/);
  });

  it('to ABDM keeps ABDM’s own envelope', () => {
    const envelope = { error: { code: 'ABDM-1006', message: 'Bad Request, invalid request Body' } };
    const { status, type, body } = answered(new HttpException(envelope, 400));
    expect([status, type, body]).toEqual([400, 'application/json', envelope]);
  });
});

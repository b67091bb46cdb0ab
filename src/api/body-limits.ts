import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiKeys } from '../persistence/api-keys.js';
import { problemBody } from './problem.js';

const MB = 1024 * 1024;

/** What is read of anybody. */
export const MAX_BODY_BYTES = 5 * MB;
/** A visit, alone or as a line of an import, and a document to be checked: room for a scanned document of 15 MB, which base64 makes 20. */
export const MAX_VISIT_BYTES = 24 * MB;
export const MAX_CALLBACK_BYTES = MB;

const LARGE = ['/api/v1/visits', '/api/v1/validate'];

/** Sets how much of a body is read on which route, before anything of it is. */
export function limitBodies(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    if (/(^|\/)v3\//.test(route.url)) route.bodyLimit = MAX_CALLBACK_BYTES;
    if (LARGE.includes(route.url) && route.method === 'POST') route.bodyLimit = MAX_VISIT_BYTES;
  });
}

/** A large body costs memory while it is read: only who shows a known key may send one. */
export function keepStrangersShort(server: FastifyInstance, keys: ApiKeys): void {
  server.addHook('onRequest', async (request: FastifyRequest, reply: FastifyReply) => {
    if (request.method !== 'POST' || !LARGE.includes(request.routeOptions.url ?? '') || isShort(request)) return;
    const key = request.headers['x-api-key'];
    if (typeof key === 'string' && (await keys.facilityOf(key)) !== undefined) return;
    await reply
      .status(401)
      .header('content-type', 'application/problem+json')
      .header('connection', 'close')
      .send(problemBody(401, 'api-key-wrong', 'Send the facility’s API key in the header X-API-Key'));
  });
}

function isShort({ headers }: FastifyRequest): boolean {
  const length = headers['content-length'];
  return length !== undefined && Number(length) <= MB;
}

import type { FastifyInstance } from 'fastify';

/** Stands for a body that is no JSON: the contract door says so in NHA's words. */
export const UNREADABLE = Symbol('a body that is not JSON');

/** Fastify refuses empty and broken JSON by itself and in its own words; ABDM has others. */
export function readBodiesGenerously(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
    done(null, parsed(text.toString()));
  });
  fastify.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
    done(null, text.length === 0 ? undefined : UNREADABLE);
  });
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return UNREADABLE;
  }
}

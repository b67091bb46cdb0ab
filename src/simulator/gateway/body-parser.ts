import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Stands for a body that is no JSON: the contract door says so in NHA's words. */
export const UNREADABLE = Symbol('a body that is not JSON');

const signedTexts = new WeakMap<FastifyRequest, string>();

/** The body of a webhook as it came: its signature is over these very characters. */
export const signedText = (request: FastifyRequest): string => signedTexts.get(request) ?? '';

/** Fastify refuses empty and broken JSON by itself and in its own words; ABDM has others. */
export function readBodiesGenerously(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (request.headers['x-adapter-signature'] !== undefined) signedTexts.set(request, text.toString());
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

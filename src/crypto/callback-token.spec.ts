import { describe, it, expect } from '@jest/globals';
import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import type { CallbackTokenRules, Jwk } from './callback-token.js';
import { verifyCallbackToken } from './callback-token.js';

const NOW = new Date('2026-11-22T10:00:00Z');
const NOW_SECONDS = NOW.getTime() / 1000;
const HOUR = 3600;

const gateway = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const gatewayJwk: Jwk = { ...publicJwk(gateway.publicKey), kid: 'gateway-1', use: 'sig', alg: 'RS256' };
const goodClaims = { iss: 'https://gateway.example/realm', sub: 'gateway', iat: NOW_SECONDS, exp: NOW_SECONDS + 600 };

function publicJwk(key: typeof gateway.publicKey): Jwk {
  const { kty, n, e } = key.export({ format: 'jwk' });
  return { kty: String(kty), n: String(n), e: String(e) };
}

function base64urlJson(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

interface TokenParts {
  readonly header?: object;
  readonly claims?: unknown;
  readonly signWith?: (content: Buffer) => Buffer;
}

const byGateway = (content: Buffer) => sign('sha256', content, gateway.privateKey);

function aToken({ header = {}, claims = goodClaims, signWith = byGateway }: TokenParts = {}): string {
  const content = `${base64urlJson({ alg: 'RS256', kid: 'gateway-1', typ: 'JWT', ...header })}.${base64urlJson(claims)}`;
  return `${content}.${signWith(Buffer.from(content)).toString('base64url')}`;
}

function verdictOn(token: string | undefined, rules: Partial<CallbackTokenRules> = {}) {
  return verifyCallbackToken(token, {
    findKey: (kid) => Promise.resolve(kid === 'gateway-1' ? gatewayJwk : undefined),
    issuer: 'https://gateway.example/realm',
    client: { allowed: undefined, own: 'SBX_OURS' },
    leewaySeconds: HOUR,
    now: NOW,
    algorithms: ['RS256'],
    ...rules,
  });
}

const withClaims = (claims: object) => aToken({ claims: { ...goodClaims, ...claims } });

describe('a callback token that is accepted', () => {
  it('is signed by the gateway, of its issuer and in time, and gives its claims', async () => {
    await expect(verdictOn(aToken())).resolves.toEqual({ ok: true, claims: goodClaims });
  });

  it('may have expired less than the leeway ago, as a redelivery carries the old token', async () => {
    const claims = { iat: NOW_SECONDS - 2 * HOUR, exp: NOW_SECONDS - HOUR + 1 };
    await expect(verdictOn(withClaims(claims))).resolves.toMatchObject({ ok: true });
  });

  it('may come from any of several known issuers, or from any when none is configured', async () => {
    const issuer = ['https://older.example', 'https://gateway.example/realm'];
    await expect(verdictOn(aToken(), { issuer })).resolves.toMatchObject({ ok: true });
    await expect(verdictOn(withClaims({ iss: 'x' }), { issuer: undefined })).resolves.toMatchObject({ ok: true });
  });

  it('may be issued by a clock that is a little ahead, and need not say when', async () => {
    await expect(verdictOn(withClaims({ iat: NOW_SECONDS + 30, nbf: NOW_SECONDS + 30 }))).resolves.toMatchObject({
      ok: true,
    });
    await expect(verdictOn(withClaims({ iat: undefined }))).resolves.toMatchObject({ ok: true });
  });

  it('is judged by the key of its kid as it is now, also when that key was replaced', async () => {
    const replaced = () => Promise.resolve({ ...publicJwk(stranger.publicKey), kid: 'gateway-1' });
    const byStranger = aToken({ signWith: (content) => sign('sha256', content, stranger.privateKey) });
    await expect(verdictOn(byStranger, { findKey: replaced })).resolves.toMatchObject({ ok: true });
    await expect(verdictOn(aToken(), { findKey: replaced })).resolves.toEqual({ ok: false, reason: 'signature' });
    await expect(verdictOn(aToken())).resolves.toMatchObject({ ok: true });
  });

  it('stays accepted after more keys have been seen than are kept', async () => {
    for (let i = 0; i < 40; i += 1) {
      const kid = `key-${i}`;
      const findKey = () => Promise.resolve({ ...gatewayJwk, kid });
      await expect(verdictOn(aToken({ header: { kid } }), { findKey })).resolves.toMatchObject({ ok: true });
    }
    await expect(verdictOn(aToken())).resolves.toMatchObject({ ok: true });
  });
});

describe('a callback token that is refused', () => {
  const hmacWith = (secret: string | Buffer) => (content: Buffer) =>
    createHmac('sha256', secret).update(content).digest();
  const pem = gateway.publicKey.export({ format: 'pem', type: 'spki' });
  const [header = '', , signature = ''] = aToken().split('.');

  it.each<[string, string, string | undefined]>([
    ['nothing came', 'missing', undefined],
    ['it is empty', 'missing', ''],
    ['it is not a JWT', 'malformed', 'garbage'],
    ['it has two parts', 'malformed', 'e30.e30'],
    ['it has four parts', 'malformed', `${aToken()}.e30`],
    ['it carries the word Bearer', 'malformed', `Bearer ${aToken()}`],
    ['its header is not JSON', 'malformed', 'AAAA.e30.AAAA'],
    ['its header is a list', 'malformed', 'W10.e30.AAAA'],
    ['it is huge', 'malformed', withClaims({ filler: 'x'.repeat(1_000_000) })],
    ['its claims are not an object', 'malformed', aToken({ claims: [1] })],
    ['it marks an extension as critical', 'malformed', aToken({ header: { crit: ['b64'], b64: false } })],
    ['its algorithm is none', 'algorithm', aToken({ header: { alg: 'none' } })],
    ['it names no algorithm', 'algorithm', aToken({ header: { alg: undefined } })],
    ['its algorithm is HS256', 'algorithm', aToken({ header: { alg: 'HS256' }, signWith: hmacWith('secret') })],
    ['it is an HMAC under the public key', 'algorithm', aToken({ header: { alg: 'HS256' }, signWith: hmacWith(pem) })],
    [
      'its algorithm is RS512, though the signature is good',
      'algorithm',
      aToken({ header: { alg: 'RS512' }, signWith: (content) => sign('sha512', content, gateway.privateKey) }),
    ],
    ['it names no key', 'unknown-key', aToken({ header: { kid: undefined } })],
    ['its kid is not a text', 'unknown-key', aToken({ header: { kid: ['gateway-1'] } })],
    ['its kid is unknown', 'unknown-key', aToken({ header: { kid: 'gateway-2' } })],
    [
      'it brings the key to check it with',
      'signature',
      aToken({
        header: { jwk: publicJwk(stranger.publicKey) },
        signWith: (content) => sign('sha256', content, stranger.privateKey),
      }),
    ],
    [
      'somebody else signed it',
      'signature',
      aToken({ signWith: (content) => sign('sha256', content, stranger.privateKey) }),
    ],
    ['it says RS256 over an HMAC', 'signature', aToken({ signWith: hmacWith(pem) })],
    ['its claims were changed', 'signature', `${header}.${base64urlJson({ ...goodClaims, sub: 'x' })}.${signature}`],
    ['its issuer is another', 'issuer', withClaims({ iss: 'https://gateway.example/realm/' })],
    ['it names no issuer', 'issuer', withClaims({ iss: undefined })],
    ['it is the session token we hand to every HIU', 'client', withClaims({ azp: 'SBX_OURS' })],
    ['it is ours by another name of the claim', 'client', withClaims({ azp: 'gateway', client_id: 'SBX_OURS' })],
    ['it expired as long ago as the leeway', 'expired', withClaims({ exp: NOW_SECONDS - HOUR })],
    ['it never expires', 'expired', withClaims({ exp: undefined })],
    ['its expiry is a text', 'expired', withClaims({ exp: '9999999999' })],
    ['it is not valid yet', 'not-yet-valid', withClaims({ nbf: NOW_SECONDS + 61 })],
    ['it was issued in the future', 'not-yet-valid', withClaims({ iat: NOW_SECONDS + 61 })],
  ])('is so because %s: %s', async (_what, reason, token) => {
    await expect(verdictOn(token)).resolves.toEqual({ ok: false, reason });
  });

  it.each<[string, Partial<Jwk>]>([
    ['is for encryption', { use: 'enc' }],
    ['is for another algorithm', { alg: 'RS512' }],
    ['may not verify', { key_ops: ['encrypt'] }],
    ['is not RSA', { kty: 'oct' }],
    ['has another name', { kid: 'gateway-2' }],
    ['is shorter than 2048 bits', { n: 'w'.repeat(171) }],
  ])('is so because the key it names %s', async (_what, change) => {
    const findKey = () => Promise.resolve({ ...gatewayJwk, ...change });
    await expect(verdictOn(aToken(), { findKey })).resolves.toEqual({ ok: false, reason: 'unknown-key' });
  });

  it('is so for every issuer when the list of known ones is empty', async () => {
    await expect(verdictOn(aToken(), { issuer: [] })).resolves.toEqual({ ok: false, reason: 'issuer' });
  });

  it('is so for a client that is not among the known ones, and when none is named', async () => {
    const client = { allowed: ['gateway'], own: 'SBX_OURS' };
    await expect(verdictOn(withClaims({ azp: 'gateway' }), { client })).resolves.toMatchObject({ ok: true });
    for (const claims of [{ azp: 'SBX_OTHER' }, { azp: 'gateway', clientId: 'SBX_OTHER' }, {}]) {
      await expect(verdictOn(withClaims(claims), { client })).resolves.toEqual({ ok: false, reason: 'client' });
    }
  });

  it('is not refused but a fault when the keys cannot be looked up', async () => {
    const findKey = () => Promise.reject(new Error('no certificates'));
    await expect(verdictOn(aToken(), { findKey })).rejects.toThrow('no certificates');
  });
});

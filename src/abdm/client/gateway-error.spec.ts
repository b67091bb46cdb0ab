import { describe, expect, it } from '@jest/globals';
import { errorIn, GatewayError, gatewayErrorFrom } from './gateway-error.js';

describe('The error shapes of ABDM, made one', () => {
  it.each([
    ['an envelope', { error: { code: 'ABDM-1006: ', message: 'No' } }, { code: 'ABDM-1006', message: 'No' }],
    ['a flat object', { code: 'ABDM-1031', message: 'No', description: 'x' }, { code: 'ABDM-1031', message: 'No' }],
    ['a list of envelopes', [{ error: { code: 'ABDM-9999', message: 'No' } }], { code: 'ABDM-9999', message: 'No' }],
    ['a list of flat objects', [{ code: 'ABDM-1064', message: 'No' }], { code: 'ABDM-1064', message: 'No' }],
    ['a message and a time', { message: 'No', timestamp: '2026-09-16' }, { code: '', message: 'No' }],
    ['a field and a time', { timestamp: '2026-09-16', hipId: 'Invalid' }, { code: '', message: 'Invalid' }],
    [
      'Spring’s own',
      { timestamp: '2026-09-16', path: '/x', status: 404, error: 'Not Found', requestId: 'a' },
      { code: '', message: 'Not Found' },
    ],
    ['a number as code', { error: { code: 900901, message: 'No' } }, { code: '900901', message: 'No' }],
    ['plain text', 'Access Denied', { code: '', message: 'Access Denied' }],
    ['an empty text', '', { code: '', message: '' }],
    ['nothing', undefined, { code: '', message: '' }],
    ['null', null, { code: '', message: '' }],
    ['an empty list', [], { code: '', message: '' }],
    ['an empty object', {}, { code: '', message: '' }],
    ['a null envelope', { error: null }, { code: '', message: '' }],
    ['a code and no message', { error: { code: 'ABDM-1024' } }, { code: 'ABDM-1024', message: '' }],
  ])('%s', (_shape, body, read) => {
    expect(errorIn(body)).toEqual(read);
  });
});

describe('An answer that is not 2xx', () => {
  it.each([
    [400, false],
    [401, true],
    [403, false],
    [404, false],
    [408, true],
    [409, false],
    [429, true],
    [500, true],
    [503, true],
    [302, false],
  ])('with status %i may be tried again: %s', (status, retryable) => {
    expect(gatewayErrorFrom(status, '', undefined).retryable).toBe(retryable);
  });

  it('carries code and meaning, and none of the words that came', () => {
    const error = gatewayErrorFrom(
      400,
      [{ error: { code: 'ABDM-9999: ', message: 'User not found: asha@sbx' } }],
      undefined,
    );
    expect(error).toMatchObject({ status: 400, code: 'ABDM-9999', meaning: 'unknown-patient', retryable: false });
    expect(JSON.stringify(error) + error.message + String(error.stack)).not.toContain('asha');
  });

  it('says so when there was no answer at all', () => {
    expect(new GatewayError({ retryable: true })).toMatchObject({ status: undefined, code: '', meaning: 'not-known' });
  });

  it('tells from Retry-After in seconds when to come again', () => {
    expect(gatewayErrorFrom(429, '', '120').retryAfterSeconds).toBe(120);
    expect(gatewayErrorFrom(429, '', '-5').retryAfterSeconds).toBe(0);
  });

  it('tells from Retry-After as a date when to come again', () => {
    const inAMinute = new Date(Date.now() + 60_000).toUTCString();
    const seconds = gatewayErrorFrom(503, '', inAMinute).retryAfterSeconds ?? 0;
    expect(seconds).toBeGreaterThan(55);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(gatewayErrorFrom(503, '', new Date(0).toUTCString()).retryAfterSeconds).toBe(0);
  });

  it.each([undefined, '', 'soon', ['1', '2']])('does without a Retry-After it cannot read', (header) => {
    expect(gatewayErrorFrom(503, '', header).retryAfterSeconds).toBeUndefined();
  });

  it('waits a day at most, however far away the date in Retry-After', () => {
    expect(gatewayErrorFrom(503, '', '1e300').retryAfterSeconds).toBe(86_400);
  });
});

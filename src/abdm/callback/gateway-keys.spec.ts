import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Jwk } from '../../crypto/callback-token.js';
import type { Logger } from '../../support/logger.js';
import { GatewayError } from '../client/gateway-error.js';
import type { GatewayClient } from '../client/gateway.client.js';
import { GatewayKeys } from './gateway-keys.js';

const key = (kid: string): Jwk => ({ kty: 'RSA', kid });
const quiet = (): void => undefined;
const log: Logger = { debug: quiet, info: quiet, warn: quiet, error: quiet };

/** A gateway that gives these keys, one answer a call; the last one stays. */
class Gateway {
  calls = 0;
  constructor(private readonly answers: readonly (readonly unknown[] | GatewayError)[]) {}
  certs(): Promise<readonly unknown[]> {
    const answer = this.answers[Math.min(this.calls++, this.answers.length - 1)] ?? [];
    return answer instanceof GatewayError ? Promise.reject(answer) : Promise.resolve(answer);
  }
}

const keysOf = (gateway: Gateway): GatewayKeys => new GatewayKeys(gateway as unknown as GatewayClient, log);
const away = new GatewayError({ retryable: true });

describe('The gateway’s signing keys', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('are asked for once, also by many callbacks at the same moment', async () => {
    const gateway = new Gateway([[key('one'), key('two')]]);
    const keys = keysOf(gateway);
    const found = await Promise.all(Array.from({ length: 50 }, (_, i) => keys.find(i % 2 === 0 ? 'one' : 'two')));
    expect(found.every((each) => each !== undefined)).toBe(true);
    expect(gateway.calls).toBe(1);
  });

  it('are found by kid, wherever they stand in the list; what is no key is passed over', async () => {
    const keys = keysOf(new Gateway([[null, 'x', { kty: 'RSA' }, { kid: 7 }, key('other'), key('one')]]));
    expect(await keys.find('one')).toEqual(key('one'));
  });

  it('are asked for again when a new one signs (rotation), ten seconds after the last time at the earliest', async () => {
    const gateway = new Gateway([[key('old')], [key('old'), key('new')]]);
    const keys = keysOf(gateway);
    expect(await keys.find('old')).toBeDefined();
    expect(await keys.find('new')).toBeUndefined();
    expect(gateway.calls).toBe(1);
    jest.advanceTimersByTime(10_001);
    expect(await keys.find('new')).toBeDefined();
    expect(gateway.calls).toBe(2);
  });

  it('are not asked for more often than that, however many unknown kids strangers name', async () => {
    const gateway = new Gateway([[key('one')]]);
    const keys = keysOf(gateway);
    for (let second = 0; second < 60; second++) {
      for (let i = 0; i < 20; i++) await keys.find(`stranger-${second}-${i}`);
      jest.advanceTimersByTime(1_000);
    }
    expect(gateway.calls).toBeLessThanOrEqual(6);
  });

  it('are forgotten within a quarter of an hour when ABDM withdraws them', async () => {
    const keys = keysOf(new Gateway([[key('one'), key('stolen')], [key('one')]]));
    expect(await keys.find('stolen')).toBeDefined();
    jest.advanceTimersByTime(15 * 60_000 + 1);
    expect(await keys.find('stolen')).toBeUndefined();
  });

  it('stay in use while the gateway is away', async () => {
    const keys = keysOf(new Gateway([[key('one')], away]));
    await keys.find('one');
    jest.advanceTimersByTime(15 * 60_000 + 1);
    expect(await keys.find('one')).toBeDefined();
  });

  it('are missed loudly when there were never any, and asked for again by the next callback', async () => {
    const keys = keysOf(new Gateway([away, [key('one')]]));
    await expect(keys.find('one')).rejects.toBe(away);
    expect(await keys.find('one')).toBeDefined();
  });
});

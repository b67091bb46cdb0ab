import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CALLBACKS, CALLS, claimOf, HIP, ScriptedHip } from '../testing/scripted-hip.js';

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start();
});
afterEach(() => hip.adapter.control('DELETE', 'faults'));
afterAll(() => hip.stop());

describe('the gateway', () => {
  it('refuses what is missing or malformed in the header', async () => {
    const patient = await hip.aPatient();
    const ask = (headers: Record<string, string>) =>
      hip.adapter.call('POST', CALLS.generateToken, claimOf(patient), headers);
    expect(await ask({ 'request-id': '' })).toMatchObject({ status: 403, text: 'Access Denied' });
    expect(await ask({ 'x-cm-id': 'abdm' })).toMatchObject({ status: 403, text: 'Access Denied' });
    expect(await ask({ 'request-id': '7' })).toMatchObject({ status: 400, body: { code: 'ABDM-1030: ' } });
    expect(await ask({ timestamp: '2026-09-16T10:12:48Z' })).toMatchObject({
      status: 400,
      body: { code: 'ABDM-1016: ' },
    });
    expect(await ask({ authorization: '' })).toMatchObject({ status: 401, body: { code: '900902' } });
    expect(await ask({ authorization: 'Bearer x' })).toMatchObject({ status: 401, body: { code: '900901' } });
    expect(await ask({ 'x-hip-id': 'IN0000000099' })).toMatchObject({ body: { error: { code: 'ABDM-1035' } } });
    expect(await hip.brokenRules()).toEqual([...Array(4).fill('header-not-as-contract'), 'no-authorization']);
  });

  it('refuses a wrong secret, an unknown client and an unknown path', async () => {
    const badCredentials = { status: 401, body: { code: '900901' } };
    expect(await hip.adapter.openSession('SBX_1', 'wrong')).toMatchObject(badCredentials);
    expect(await hip.adapter.openSession('SBX_2', 'secret')).toMatchObject(badCredentials);
    expect(await hip.adapter.call('POST', '/api/hiecm/v3/nothing', {})).toMatchObject({
      status: 404,
      body: { code: '404' },
    });
    expect(await hip.brokenRules()).toEqual(['unknown-path']);
  });

  it('refuses a used REQUEST-ID, a broken body and none', async () => {
    const patient = await hip.aPatient();
    const ask = (body?: unknown, headers = {}) => hip.adapter.call('POST', CALLS.generateToken, body, headers);
    const headers = { 'request-id': randomUUID() };
    await ask(claimOf(patient), headers);
    await hip.adapter.callback(CALLBACKS.token);
    expect(await ask(claimOf(patient), headers)).toMatchObject({ status: 400, body: { code: 'ABDM-1064' } });
    expect((await ask('{"x":')).body).toMatchObject({ error: { code: 'ABDM-1006' } });
    expect((await ask()).body).toMatchObject({ code: 'ABDM-1064', message: 'Request body was missing' });
    expect(await hip.brokenRules()).toEqual(['request-id-reused', 'body-not-as-contract', 'body-not-as-contract']);
  });

  it('asks for a new session when all have ended', async () => {
    await hip.adapter.control('DELETE', 'sessions');
    expect((await hip.adapter.call('GET', '/api/hiecm/gateway/v3/certs')).status).toBe(401);
    expect((await hip.adapter.openSession('SBX_1', 'secret')).status).toBe(202);
    expect((await hip.adapter.call('GET', '/api/hiecm/gateway/v3/certs')).status).toBe(200);
  });

  it('registers unknown clients when registration is open', async () => {
    await hip.adapter.control('POST', 'settings', { openRegistration: true });
    expect((await hip.adapter.openSession('SBX_NEW', 'secret')).status).toBe(202);
    expect((await hip.adapter.openSession('SBX_NEW', 'other')).status).toBe(401);
    await hip.adapter.openSession('SBX_1', 'secret');
  });

  it('knows the bridge, its facilities and its keys’ place', async () => {
    const get = async (path: string) => (await hip.adapter.call('GET', `/api/hiecm/gateway/v3/${path}`)).body;
    expect(await get('bridge-services')).toMatchObject({ bridge: { id: 'SBX_1' }, services: [{ id: HIP }] });
    expect(await get(`bridge-service/serviceId/${HIP}`)).toMatchObject({ bridgeId: 'SBX_1', isHip: true });
    const jwks_uri = `${hip.abdm.url}/api/hiecm/gateway/v3/certs`;
    expect(await get('.well-known/openid-configuration')).toEqual({ jwks_uri });
  });

  it('moves the callbacks with the bridge URL, and records a URL with a path', async () => {
    const { bridge } = (await hip.adapter.call('GET', '/api/hiecm/gateway/v3/bridge-services')).body as any;
    const move = (url: string) => hip.adapter.call('PATCH', '/api/hiecm/gateway/v3/bridge/url', { url });
    expect((await move(`${bridge.url}/prefix`)).status).toBe(202);
    await hip.adapter.call('POST', CALLS.generateToken, claimOf(await hip.aPatient()));
    await hip.adapter.callback(`/prefix${CALLBACKS.token}`);
    await move(bridge.url);
    expect(await hip.brokenRules()).toEqual(['bridge-url-with-path']);
  });
});

describe('callbacks', () => {
  it('come again when not taken, with one REQUEST-ID and token, three times at most', async () => {
    hip.adapter.statuses.push(503, 500, 503, 202);
    await hip.adapter.call('POST', CALLS.generateToken, claimOf(await hip.aPatient()));
    const next = () => hip.adapter.callback(CALLBACKS.token);
    const deliveries = [await next(), await next(), await next()];
    expect(new Set(deliveries.map((one) => one.headers['request-id'])).size).toBe(1);
    expect(new Set(deliveries.map((one) => one.headers.authorization)).size).toBe(1);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(hip.adapter.countOf(CALLBACKS.token)).toBe(0);
    expect(await hip.brokenRules()).toEqual([]);
    hip.adapter.statuses.length = 0;
  });

  it('come once more long after, when the adapter was down all the while, and an answer to them is in time', async () => {
    await hip.adapter.control('POST', 'settings', { redeliverAfterMs: [20, 500], callbackTimeoutMs: 400 });
    await hip.adapter.control('POST', 'settings', { consentAnswerMs: 300 });
    const { patient } = await hip.aLinkedVisit();
    const { body } = await hip.adapter.control('POST', 'consents', { abhaAddress: patient.abhaAddress, hipId: HIP });
    const { consentId } = body as { consentId: string };
    await hip.acknowledge();
    hip.adapter.statuses.push(503, 503);
    await hip.adapter.control('POST', `consents/${consentId}/revoke`);
    const revocation = () => hip.adapter.callback(CALLBACKS.consent);
    const [first, second] = [await revocation(), await revocation()];
    expect(await hip.acknowledge()).toEqual({ status: 'REVOKED', consentId });
    const consent = (await hip.adapter.control('GET', `consents/${consentId}`)).body as any;
    expect(consent.acknowledgements.REVOKED).toMatchObject({ outcome: 'OK', deliveredAt: expect.any(String) });
    const path = encodeURIComponent(CALLBACKS.consent);
    const log = (await hip.adapter.control('GET', `messages?path=${path}`)).body as any[];
    const sent = log.filter(({ requestId }) => requestId === first.headers['request-id']);
    expect(sent.map(({ status }) => status)).toEqual([503, 503, 202]);
    expect(second.headers.authorization).toBe(first.headers.authorization);
    expect(Date.parse(sent[2].at) - Date.parse(sent[1].at)).toBeGreaterThanOrEqual(490);
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await hip.brokenRules()).toEqual([]);
    const before = { redeliverAfterMs: [30, 30], callbackTimeoutMs: 10_000, consentAnswerMs: 60_000 };
    await hip.adapter.control('POST', 'settings', before);
  });

  it('that are refused are the adapter’s mistake', async () => {
    hip.adapter.statuses.push(401);
    await hip.adapter.call('POST', CALLS.generateToken, claimOf(await hip.aPatient()));
    await hip.adapter.callback(CALLBACKS.token);
    await hip.adapter.callback(CALLBACKS.token);
    expect(await hip.brokenRules()).toEqual(['callback-refused']);
  });

  it('attack the adapter with every kind of token', async () => {
    const attack = async (token: string) => {
      const body = { clientId: 'SBX_1', path: '/attack', body: {}, hipId: HIP, token };
      const answer = await hip.adapter.control('POST', 'callbacks', body);
      expect(answer.body).toEqual({ statuses: [202] });
      return (await hip.adapter.callback('/attack')).headers.authorization;
    };
    expect(await attack('none')).toBeUndefined();
    expect(await attack('none-algorithm')).toMatch(/\.$/);
    expect(await attack('forged')).not.toBe(await attack('valid'));
  });
});

describe('faults on demand', () => {
  it('answer otherwise, cut the line, keep silent, lose the answer, call back twice', async () => {
    const patient = await hip.aPatient();
    const ask = (year: number) =>
      hip.adapter.call('POST', CALLS.generateToken, { ...claimOf(patient), yearOfBirth: year });
    const arm = (fault: object) => hip.adapter.control('POST', 'faults', fault);
    await arm({ operationId: 'generateLinkToken', status: 503, body: { code: 'ABDM-1024' } });
    expect(await ask(1980)).toMatchObject({ status: 503, body: { code: 'ABDM-1024' } });
    await arm({ path: CALLS.generateToken, dropConnection: true });
    await expect(ask(1980)).rejects.toThrow();
    await arm({ path: '/api/hiecm/v3/*', silent: true });
    expect((await ask(1980)).status).toBe(202);
    await arm({ path: CALLS.generateToken, loseAnswer: true, duplicateCallback: true });
    await expect(ask(1981)).rejects.toThrow();
    await hip.adapter.callback(CALLBACKS.token);
    await hip.adapter.callback(CALLBACKS.token);
    expect(hip.adapter.countOf(CALLBACKS.token)).toBe(0);
    const log = (await hip.adapter.control('GET', `messages?path=${CALLS.generateToken}`)).body as any[];
    expect(log.slice(-4).map((one) => one.status)).toEqual([503, 0, 202, 0]);
  });

  it('are refused when they name no call', async () => {
    expect((await hip.adapter.control('POST', 'faults', { status: 503 })).status).toBe(400);
    expect((await hip.adapter.control('POST', 'faults', { path: '/x', stray: 1 })).text).toMatch(/stray/);
  });
});

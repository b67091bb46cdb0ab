import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ScriptedDesk } from '../../../test/setup/scripted-desk.js';

const LOGIN_OTP = '/v3/profile/login/request/otp';
const ENROL_OTP = '/v3/enrollment/request/otp';
const CERTIFICATE = '/v3/profile/public/certificate';

let desk: ScriptedDesk;
beforeAll(async () => {
  desk = await ScriptedDesk.start();
});
afterAll(() => desk.stop());

describe('the door of the ABHA service', () => {
  it('wants the gateway’s token, a fresh UUID and the time in UTC with milliseconds', async () => {
    const get = (headers: Record<string, string>) => desk.get(CERTIFICATE, headers);
    expect(await get({ authorization: '' })).toMatchObject({ status: 401, body: { code: '900902' } });
    expect(await get({ authorization: 'Bearer x' })).toMatchObject({ status: 401, body: { code: '900901' } });
    const badTime = { status: 404, body: { error: { code: 'ABDM-1016: ' } } };
    expect(await get({ timestamp: '2026-09-17T11:22:49Z' })).toMatchObject(badTime);
    expect(await get({ timestamp: '' })).toMatchObject(badTime);
    expect(await get({ 'request-id': '7' })).toMatchObject({ status: 404, body: { error: { code: 'ABDM-1030: ' } } });
    const headers = { 'request-id': randomUUID() };
    expect((await get(headers)).status).toBe(200);
    await get(headers);
    const malformed = Array(3).fill('header-not-as-contract');
    expect(await desk.brokenRules()).toEqual(['no-authorization', ...malformed, 'request-id-reused']);
  });

  it('refuses a clock that is off, when told to look', async () => {
    await desk.set({ clockDriftSeconds: 300 });
    const timestamp = new Date(Date.now() - 600_000).toISOString();
    expect((await desk.get(CERTIFICATE, { timestamp })).status).toBe(404);
    expect((await desk.get(CERTIFICATE)).status).toBe(200);
    await desk.set({ clockDriftSeconds: 0 });
    expect(await desk.brokenRules()).toEqual(['header-not-as-contract']);
  });

  it('names the field that does not fit, and knows no other paths', async () => {
    const body = { scope: ['abha-login'], loginHint: 'mobile', loginId: 'x', otpSystem: 'abdm' };
    expect(await desk.post(LOGIN_OTP, body)).toMatchObject({ status: 400, body: { scope: 'Invalid Scope' } });
    const empty = await desk.post('/v3/profile/login/verify', {});
    expect(empty).toMatchObject({ status: 400, body: { scope: 'Invalid Scope', authData: 'Invalid Auth Data' } });
    expect(await desk.post('/v3/enrollment/enrol/auth/init', undefined)).toMatchObject({ status: 401 });
    expect(await desk.get('/v3/nothing')).toMatchObject({ status: 404, body: { code: '404' } });
    expect(await desk.brokenRules()).toEqual([...Array(3).fill('body-not-as-contract'), 'unknown-path']);
  });
});

describe('encrypted fields', () => {
  const mobileLogin = (loginId: string) =>
    desk.post(LOGIN_OTP, { scope: ['abha-login', 'mobile-verify'], loginHint: 'mobile', loginId, otpSystem: 'abdm' });

  it('are refused in clear and with any other padding, in words that blame the value', async () => {
    const { mobile } = await desk.persona('one-abha');
    const unreadable = { status: 400, body: { loginId: 'Invalid Mobile Number' } };
    expect(await mobileLogin(mobile)).toMatchObject(unreadable);
    expect(await mobileLogin(await desk.encrypted(mobile, 'sha256'))).toMatchObject(unreadable);
    expect(await mobileLogin(await desk.pkcs1(mobile))).toMatchObject(unreadable);
    expect(await desk.brokenRules()).toEqual(['field-not-encrypted', 'encryption-wrong', 'encryption-wrong']);
    const enrol = { scope: ['abha-enrol'], loginHint: 'aadhaar', loginId: 'x', otpSystem: 'aadhaar' };
    expect(await desk.post(ENROL_OTP, enrol)).toMatchObject({ status: 400, body: { loginId: 'Invalid LoginId' } });
    expect(await desk.brokenRules()).toEqual(['field-not-encrypted']);
  });

  it('are read with the newest key only; a rotation is nobody’s fault', async () => {
    const { mobile } = await desk.persona('three-on-one-mobile');
    await desk.control('POST', 'keys/rotate');
    expect((await mobileLogin(await desk.encrypted(mobile))).status).toBe(400);
    desk.forgetKey();
    expect((await mobileLogin(await desk.encrypted(mobile))).status).toBe(200);
    expect(await desk.brokenRules()).toEqual([]);
  });

  it('name the algorithm, and have 4096 bits unless a test wants them quick', async () => {
    await desk.set({ keyBits: 4096 });
    await desk.control('POST', 'keys/rotate');
    const { body } = await desk.get(CERTIFICATE);
    expect(body.encryptionAlgorithm).toBe('RSA/ECB/OAEPWithSHA-1AndMGF1Padding');
    expect(Buffer.from(body.publicKey, 'base64').length).toBe(550);
    await desk.set({ keyBits: 2048 });
    await desk.control('POST', 'keys/rotate');
    desk.forgetKey();
  });
});

describe('an Aadhaar number', () => {
  it('is looked for in paths, headers and bodies of every call to ABDM', async () => {
    const { aadhaar } = await desk.persona('no-abha');
    await desk.get(`${CERTIFICATE}?for=${aadhaar}`);
    await desk.get(CERTIFICATE, { 'x-trace': `login of ${aadhaar}` });
    await desk.adapter.call('PATCH', '/api/hiecm/gateway/v3/bridge/url', { url: 'http://127.0.0.1:9', note: aadhaar });
    const grouped = aadhaar.replace(/(\d{4})(\d{4})/, '$1 $2 ');
    await desk.adapter.call('PATCH', '/api/hiecm/gateway/v3/bridge/url', { url: `http://127.0.0.1:9`, note: grouped });
    expect((await desk.brokenRules()).filter((one) => one === 'aadhaar-in-clear')).toHaveLength(4);
  });

  it('must have passed the Verhoeff check before it is sent', async () => {
    expect((await desk.enrolOtp('220000000000')).status).toBe(400);
    expect(await desk.brokenRules()).toEqual(['aadhaar-not-checked']);
    expect((await desk.enrolOtp('999999990019')).body.error).toMatchObject({ code: 'ABDM-1204' });
    expect(await desk.brokenRules()).toEqual([]);
  });
});

describe('faults on demand', () => {
  const arm = (fault: object) => desk.control('POST', 'faults', { operationId: 'getPublicCertificate', ...fault });
  const meets = async (fault: object) => {
    await arm(fault);
    const { status, body, text } = await desk.adapter.call('GET', `/abha/api${CERTIFICATE}`);
    return { status, body, text };
  };

  it('come in every shape NHA has, once', async () => {
    expect(await meets({ isEmpty: true })).toMatchObject({ status: 401, text: '' });
    expect(await meets({ status: 503 })).toMatchObject({ status: 503, body: { error: 'Service Unavailable' } });
    expect(await meets({ code: 'ABDM-1114: ', status: 404 })).toMatchObject({
      status: 404,
      body: { error: { code: 'ABDM-1114: ' } },
    });
    expect((await meets({ code: 'ABDM-1094', shape: 'flat' })).body).toMatchObject({ code: 'ABDM-1094' });
    expect((await meets({ code: 'ABDM-9999: ', shape: 'array' })).body).toMatchObject([{ code: 'ABDM-9999: ' }]);
    expect((await meets({ field: 'loginId', message: 'Invalid LoginId', shape: 'fields' })).body).toMatchObject({
      loginId: 'Invalid LoginId',
    });
    expect((await meets({ message: 'X-token expired', shape: 'message' })).body).toMatchObject({
      message: 'X-token expired',
    });
    expect((await desk.get(CERTIFICATE)).status).toBe(200);
  });

  it('delay an answer', async () => {
    const started = Date.now();
    expect((await meets({ delayMs: 200 })).status).toBe(200);
    expect(Date.now() - started).toBeGreaterThanOrEqual(195);
  });

  it('put a colon behind every code, when told to', async () => {
    await desk.set({ trailingColon: true });
    expect((await desk.login('mobile', 'mobile-verify', '9111111111')).body.error.code).toBe('ABDM-1115: ');
    await desk.set({ trailingColon: false });
    expect((await desk.login('mobile', 'mobile-verify', '9111111111')).body.error.code).toBe('ABDM-1115');
  });
});

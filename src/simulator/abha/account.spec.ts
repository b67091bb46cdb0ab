import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ScriptedDesk, x } from '../../../test/setup/scripted-desk.js';
import { withVerhoeff } from './numbers.js';
import { FACE_PNG } from './pictures.js';

let desk: ScriptedDesk;
beforeAll(async () => {
  desk = await ScriptedDesk.start();
});
afterAll(() => desk.stop());

const ACCOUNT = '/v3/profile/account';
const REQUEST = `${ACCOUNT}/request/otp`;
const VERIFY = `${ACCOUNT}/verify`;

let invented = 0;
/** Somebody with one ABHA, logged in. */
async function anOwner(more: object = {}) {
  invented += 1;
  const aadhaar = withVerhoeff(`55000000${String(invented).padStart(3, '0')}`);
  const mobile = `90000005${String(invented).padStart(2, '0')}`;
  const person = { aadhaar, mobile, name: 'Omkar Shinde', gender: 'M', dateOfBirth: '1981-01-31', accounts: [more] };
  const [{ accounts }] = (await desk.control('POST', 'people', person)).body;
  const { abhaNumber, abhaAddress } = accounts[0];
  return { aadhaar, mobile, abhaNumber, abhaAddress, headers: x(await desk.xToken(abhaNumber, mobile)) };
}
type Owner = Awaited<ReturnType<typeof anOwner>>;

async function ask({ headers }: Owner, scope: string, loginHint: string, plain: string, otpSystem: string) {
  const body = { scope: ['abha-profile', scope], loginHint, loginId: await desk.encrypted(plain), otpSystem };
  return desk.post(REQUEST, body, headers);
}
async function verify({ headers }: Owner, scope: string, txnId: string, otp: string, more = {}) {
  const authData = { authMethods: ['otp'], otp: { txnId, otpValue: await desk.encrypted(otp) } };
  return desk.post(VERIFY, { scope: ['abha-profile', scope], authData, ...more }, headers);
}

describe('tokens of persons', () => {
  it('age: transfer after 5 minutes, user after 30, refresh after 15 days', async () => {
    const owner = await anOwner();
    const { body: asked } = await desk.login('mobile', 'mobile-verify', owner.mobile);
    const { token, accounts } = (await desk.answer('mobile-verify', asked.txnId, await desk.otp(owner.mobile))).body;
    const choose = () => {
      const headers = { 't-token': `Bearer ${token}` };
      return desk.post(
        '/v3/profile/login/verify/user',
        { ABHANumber: accounts[0].ABHANumber, txnId: asked.txnId },
        headers,
      );
    };
    const { body: tokens } = await choose();
    await desk.control('POST', 'clock', { forwardSeconds: 301 });
    expect(await choose()).toMatchObject({ status: 400, body: { message: 'Invalid T-token' } });
    expect((await desk.get(ACCOUNT, x(tokens.token))).status).toBe(200);
    await desk.control('POST', 'clock', { forwardSeconds: 1500 });
    expect(await desk.get(ACCOUNT, x(tokens.token))).toMatchObject({
      status: 401,
      body: { message: 'X-token expired' },
    });
    const refresh = (of: string) => desk.get(`${ACCOUNT}/request/token`, { 'r-token': `Bearer ${of}` });
    const { body: renewed } = await refresh(tokens.refreshToken);
    expect((await desk.get(ACCOUNT, x(renewed.token))).status).toBe(200);
    await desk.control('POST', 'clock', { forwardSeconds: 1_296_000 });
    expect(await refresh(tokens.refreshToken)).toMatchObject({ status: 401, body: { message: 'Invalid R-token' } });
    expect(await desk.brokenRules()).toEqual([]);
  });

  it('say their kind, and are refused where another belongs', async () => {
    const owner = await anOwner();
    const { body: asked } = await desk.login('mobile', 'mobile-verify', owner.mobile);
    const { token } = (await desk.answer('mobile-verify', asked.txnId, await desk.otp(owner.mobile))).body;
    const [head, claims] = token.split('.').map((part: string) => Buffer.from(part, 'base64url').toString());
    expect(JSON.parse(head)).toMatchObject({ alg: 'RS512' });
    expect(JSON.parse(claims)).toMatchObject({ typ: 'Transfer', system: 'ABHA-N', clientId: 'SBX_1' });
    expect(await desk.get(ACCOUNT, x(token))).toMatchObject({ status: 401, body: { message: 'X-token expired' } });
    const asRefresh = { 'r-token': owner.headers['x-token'] };
    expect((await desk.get(`${ACCOUNT}/request/token`, asRefresh)).status).toBe(401);
    expect(await desk.brokenRules()).toEqual(['user-token-wrong-kind', 'user-token-wrong-kind']);
    const invalid = { status: 400, body: { message: 'Invalid X-token' } };
    expect(await desk.get(ACCOUNT, x('nonsense'))).toMatchObject(invalid);
    expect(await desk.get(ACCOUNT, { 'x-token': token })).toMatchObject(invalid);
    expect(await desk.get(ACCOUNT)).toMatchObject(invalid);
    expect(await desk.brokenRules()).toEqual(['user-token-missing']);
  });

  it('end with a logout, or when a test ends them all', async () => {
    const [one, other] = [await anOwner(), await anOwner()];
    expect((await desk.get(`${ACCOUNT}/request/logout`, one.headers)).body.message).toBe('You have been logged out');
    expect((await desk.get(ACCOUNT, one.headers)).status).toBe(400);
    expect((await desk.get(ACCOUNT, other.headers)).status).toBe(200);
    await desk.control('DELETE', 'sessions');
    expect((await desk.get(ACCOUNT, other.headers)).status).toBe(400);
  });
});

describe('card and QR code', () => {
  it.each(['qrCode', 'abha-card', 'download-abha-card'])('%s is a picture', async (which) => {
    const { headers } = await anOwner();
    const answer = await fetch(new URL(`/abha/api${ACCOUNT}/${which}`, desk.abdm.url), {
      headers: { ...desk.headers(), ...headers },
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.length).toBeGreaterThan(500);
  });
});

describe('changes of an account', () => {
  it('move it to another mobile that is proved', async () => {
    const owner = await anOwner();
    const same = await ask(owner, 'mobile-verify', 'mobile', owner.mobile, 'abdm');
    expect(same).toMatchObject({ status: 400, body: { message: expect.stringContaining('already verified') } });
    const { txnId } = (await ask(owner, 'mobile-verify', 'mobile', '9000000599', 'abdm')).body;
    expect((await verify(owner, 'mobile-verify', txnId, await desk.wrongOtp('9000000599'))).body.authResult).toBe(
      'failed',
    );
    expect((await verify(owner, 'mobile-verify', txnId, await desk.otp('9000000599'))).body.authResult).toBe('success');
    expect((await desk.login('mobile', 'mobile-verify', '9000000599')).status).toBe(200);
    expect((await desk.login('mobile', 'mobile-verify', owner.mobile)).status).toBe(404);
  });

  it('refuse a mobile that six accounts have, and an OTP of somebody else’s', async () => {
    const [owner, other] = [await anOwner(), await anOwner()];
    const { mobile } = await desk.persona('six-on-one-mobile');
    expect((await ask(owner, 'mobile-verify', 'mobile', mobile, 'abdm')).body.error.code).toBe('ABDM-1124');
    const { txnId } = (await ask(owner, 'mobile-verify', 'mobile', '9000000598', 'abdm')).body;
    expect((await verify(other, 'mobile-verify', txnId, await desk.otp('9000000598'))).status).toBe(400);
  });

  it('set an e-mail address and a photo', async () => {
    const owner = await anOwner();
    const { txnId } = (await ask(owner, 'email-verify', 'email', 'omkar@example.org', 'abdm')).body;
    await verify(owner, 'email-verify', txnId, await desk.otp('omkar@example.org'));
    const patch = (body: object) => desk.call('PATCH', ACCOUNT, body, owner.headers);
    expect((await patch({ profilePhoto: 'bm8gcGljdHVyZQ==' })).body).toHaveProperty('ProfilePhoto');
    expect((await patch({})).body.message).toMatch(/valid field/);
    expect(await desk.brokenRules()).toEqual(['body-not-as-contract']);
    expect((await patch({ profilePhoto: FACE_PNG })).body).toMatchObject({
      email: 'omkar@example.org',
      profilePhoto: FACE_PNG,
    });
    const link = { scope: ['abha-profile', 'email-link-verify'], loginHint: 'email', otpSystem: 'abdm' };
    const body = { ...link, loginId: await desk.encrypted('omkar@example.org') };
    expect((await desk.post(`${ACCOUNT}/request/emailVerificationLink`, body, owner.headers)).status).toBe(200);
  });

  it('take the name anew from UIDAI', async () => {
    const owner = await anOwner({ name: 'O Shinde' });
    const stranger = await ask(owner, 're-kyc', 'abha-number', '91-0000-0000-0000', 'aadhaar');
    expect(stranger).toMatchObject({ status: 400, body: { loginId: 'Invalid LoginId' } });
    const { txnId } = (await ask(owner, 're-kyc', 'abha-number', owner.abhaNumber, 'aadhaar')).body;
    const { body } = await verify(owner, 're-kyc', txnId, await desk.otp(owner.mobile));
    expect(body.message).toBe('Re-kyc done successfully');
    expect((await desk.get(ACCOUNT, owner.headers)).body.name).toBe('Omkar Shinde');
  });

  it.each([
    ['de-activate', 'ABDM-1228', 422, 'ABDM-1134'],
    ['delete', 'ABDM-1219', 404, 'ABDM-1114'],
  ])('%s it with a reason, unless a benefit hangs on it', async (scope, benefitCode, status, code) => {
    const owner = await anOwner();
    const reasons = { reasons: ['not needed'] };
    const { txnId } = (await ask(owner, scope, 'abha-number', owner.abhaNumber, 'abdm')).body;
    const otp = await desk.otp(owner.mobile);
    expect((await verify(owner, scope, txnId, otp)).status).toBe(400);
    expect(await desk.brokenRules()).toEqual(['body-not-as-contract']);
    expect((await verify(owner, scope, txnId, otp, reasons)).body.authResult).toBe('success');
    const login = await desk.login('abha-number', 'mobile-verify', owner.abhaNumber);
    expect(login).toMatchObject({ status, body: { error: { code } } });
    const patient = await desk.adapter.control('GET', `patients/${owner.abhaAddress}/status-notices`);
    expect(patient.status).toBe(200);

    const beneficiary = await anOwner({ hasBenefit: true });
    const asked = await ask(beneficiary, scope, 'abha-number', beneficiary.abhaNumber, 'aadhaar');
    const answer = await verify(beneficiary, scope, asked.body.txnId, await desk.otp(beneficiary.mobile), reasons);
    expect(answer).toMatchObject({ status: 422, body: { error: { code: benefitCode } } });
  });
});

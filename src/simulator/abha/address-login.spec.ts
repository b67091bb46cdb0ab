import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ScriptedDesk, x } from '../../../test/setup/scripted-desk.js';

let desk: ScriptedDesk;
beforeAll(async () => {
  desk = await ScriptedDesk.start();
});
afterAll(() => desk.stop());

const PHR = '/v3/phr/web/login';
const MOBILE = ['abha-address-login', 'mobile-verify'];
const ask = (address: string, scope = MOBILE) => desk.ask(`${PHR}/abha/request/otp`, scope, 'abha-address', address);
const verify = (txnId: string, otp: string, scope = MOBILE) => desk.verify(`${PHR}/abha/verify`, scope, txnId, otp);

describe('a login by ABHA address', () => {
  it('opens its own pages, and no others', async () => {
    const { accounts, mobile } = await desk.persona('one-abha');
    const address = accounts[0].abhaAddress;
    const found = await desk.post(`${PHR}/abha/search`, { abhaAddress: address.toUpperCase().replace('SBX', 'sbx') });
    expect(found.body).toMatchObject({
      status: 'ACTIVE',
      mobile: '9000******',
      healthIdNumber: accounts[0].abhaNumber,
    });
    const { txnId } = (await ask(address)).body;
    const wrong = await verify(txnId, await desk.wrongOtp(mobile));
    expect(wrong).toMatchObject({ status: 200, body: { authResult: 'failed', users: [] } });
    const { body } = await verify(txnId, await desk.otp(mobile));
    expect(body).toMatchObject({
      authResult: 'success',
      users: [{ abhaAddress: address }],
      tokens: { expiresIn: 1800 },
    });
    const mine = x(body.tokens.token);
    expect((await desk.get(`${PHR}/profile/abha-profile`, mine)).body).toMatchObject({ fullName: 'Asha Devi' });
    for (const page of ['phr-card', 'qr-code']) {
      expect((await desk.get(`${PHR}/profile/abha/${page}`, mine)).text).toContain('PNG');
    }
    expect(await desk.brokenRules()).toEqual([]);
    const expired = { status: 401, body: { message: 'X-token expired' } };
    expect(await desk.get('/v3/profile/account', mine)).toMatchObject(expired);
    const other = x(await desk.xToken(accounts[0].abhaNumber, mobile));
    expect(await desk.get(`${PHR}/profile/abha-profile`, other)).toMatchObject(expired);
    expect(await desk.brokenRules()).toEqual(['user-token-wrong-kind', 'user-token-wrong-kind']);
    expect(await desk.get(`${PHR}/profile/abha-profile`)).toMatchObject({ status: 401, text: '' });
    expect(await desk.brokenRules()).toEqual(['user-token-missing']);
  });

  it('serves people who have no ABHA number', async () => {
    const { accounts, mobile } = await desk.persona('address-only');
    const address = accounts[0].abhaAddress;
    const found = (await desk.post(`${PHR}/abha/search`, { abhaAddress: address })).body;
    expect(found).toMatchObject({ healthIdNumber: null, authMethods: ['MOBILE_OTP'] });
    const byUidai = await ask(address, ['abha-address-login', 'aadhaar-verify']);
    expect(byUidai).toMatchObject({ status: 400, body: [{ code: 'ABDM-9999: ', message: 'Invalid Otp System' }] });
    const { txnId } = (await ask(address)).body;
    const { tokens } = (await verify(txnId, await desk.otp(mobile))).body;
    const profile = await desk.get(`${PHR}/profile/abha-profile`, x(tokens.token));
    expect(profile.body).toMatchObject({ abhaNumber: null, fullName: 'Meena Joshi' });
    expect((await desk.login('mobile', 'mobile-verify', mobile)).body.error.code).toBe('ABDM-1115');
  });

  it('by Aadhaar OTP asks the phone UIDAI knows', async () => {
    const { accounts, mobile } = await desk.persona('transliterated');
    const scope = ['abha-address-login', 'aadhaar-verify'];
    const { txnId } = (await ask(accounts[0].abhaAddress, scope)).body;
    expect((await desk.control('GET', `otps?mobile=${mobile}`)).body.at(-1).sender).toBe('UIDAI');
    expect((await verify(txnId, await desk.otp(mobile))).body).toMatchObject([{ message: 'Invalid Scope' }]);
    expect((await verify(txnId, await desk.otp(mobile), scope)).body.authResult).toBe('success');
    expect((await verify(txnId, await desk.otp(mobile), scope)).body).toMatchObject([
      { message: 'Invalid Transaction Id' },
    ]);
  });

  it('has refusals of its own', async () => {
    expect(await ask('nobody.here@sbx')).toMatchObject({ status: 400, body: { code: 'ABDM-1211' } });
    expect(await ask('no-suffix')).toMatchObject({ status: 400, body: [{ code: 'ABDM-1006: ' }] });
    const body = { scope: MOBILE, loginHint: 'abha-address', loginId: '{clear}', otpSystem: 'abdm' };
    const clear = await desk.post(`${PHR}/abha/request/otp`, body);
    expect(clear).toMatchObject({ status: 400, body: { message: expect.stringContaining('Illegal base64') } });
    const scope = await desk.post(`${PHR}/abha/request/otp`, { ...body, otpSystem: 'aadhaar' });
    expect(scope).toMatchObject({ status: 400, body: [{ message: 'Invalid Otp System' }] });
    expect(await desk.brokenRules()).toEqual(['field-not-encrypted', 'body-not-as-contract']);
    const { accounts } = await desk.persona('deactivated');
    expect((await ask(accounts[0].abhaAddress)).body.code).toBe('ABDM-1407');
  });

  it('knows the finger of its owner', async () => {
    const { accounts } = await desk.persona('no-photo');
    const scope = ['abha-login', 'aadhaar-bio-verify'];
    const { txnId } = (await ask(accounts[0].abhaAddress, scope)).body;
    const bio = { txnId, fingerPrintAuthPid: Buffer.from('finger').toString('base64') };
    const answer = await desk.post(`${PHR}/abha/verify`, { scope, authData: { authMethods: ['bio'], bio } });
    expect(answer.body).toMatchObject({ authResult: 'success' });
  });
});

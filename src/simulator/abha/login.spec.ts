import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ScriptedDesk, x } from '../../../test/setup/scripted-desk.js';

let desk: ScriptedDesk;
beforeAll(async () => {
  desk = await ScriptedDesk.start();
});
afterAll(() => desk.stop());

const REQUEST = '/v3/profile/login/request/otp';
const VERIFY = '/v3/profile/login/verify';
const USER = '/v3/profile/login/verify/user';
const pid = (text: string) => Buffer.from(text).toString('base64');
const t = (token: string) => ({ 't-token': `Bearer ${token}` });

describe('a login by mobile', () => {
  it('gives a list to choose from, and the token of whoever is chosen', async () => {
    const { mobile } = await desk.persona('three-on-one-mobile');
    const { txnId } = (await desk.login('mobile', 'mobile-verify', mobile)).body;
    const { body } = await desk.answer('mobile-verify', txnId, await desk.otp(mobile));
    expect(body).toMatchObject({ authResult: 'success', expiresIn: 300, accounts: { length: 3 } });
    expect(body.refreshToken).toBeUndefined();
    expect(body.accounts[2]).toMatchObject({ name: 'Ravi Pawar', verificationType: 'CHILD_ABHA', kycVerified: false });
    const choose = (ABHANumber: string, token = body.token) => desk.post(USER, { ABHANumber, txnId }, t(token));
    expect(await choose('91-0000-0000-0000')).toMatchObject({
      status: 400,
      body: { ABHANumber: 'Invalid ABHA Number' },
    });
    const { body: tokens } = await choose(body.accounts[2].ABHANumber);
    expect((await desk.get('/v3/profile/account', x(tokens.token))).body).toMatchObject({ name: 'Ravi Pawar' });
    expect(await desk.brokenRules()).toEqual([]);
    expect(await choose(body.accounts[2].ABHANumber, tokens.token)).toMatchObject({
      status: 400,
      body: { message: 'Invalid T-token' },
    });
    expect(await desk.brokenRules()).toEqual(['user-token-wrong-kind']);
  });

  it('sends no OTP where nobody holds an ABHA', async () => {
    const { mobile } = await desk.persona('no-abha');
    const none = { status: 404, body: { error: { code: 'ABDM-1115' } } };
    expect(await desk.login('mobile', 'mobile-verify', mobile)).toMatchObject(none);
    expect((await desk.control('GET', `otps?mobile=${mobile}`)).body).toEqual([]);
    const malformed = { status: 400, body: { loginId: 'Invalid Mobile Number' } };
    expect(await desk.login('mobile', 'mobile-verify', '12345')).toMatchObject(malformed);
  });

  it('shows six, and those that are deactivated, but does not open them', async () => {
    const six = await desk.persona('six-on-one-mobile');
    const { txnId } = (await desk.login('mobile', 'mobile-verify', six.mobile)).body;
    const list = (await desk.answer('mobile-verify', txnId, await desk.otp(six.mobile))).body;
    expect(list.accounts).toHaveLength(6);
    await desk.adapter.control('POST', `patients/${list.accounts[0].preferredAbhaAddress}/deactivate`, {});
    const chosen = await desk.post(USER, { ABHANumber: list.accounts[0].ABHANumber, txnId }, t(list.token));
    expect(chosen).toMatchObject({ status: 422, body: { error: { code: 'ABDM-1134' } } });
  });

  it('can be done again at once when it was finished; unfinished, after 60 s and three times at most', async () => {
    const { mobile } = await desk.persona('one-abha');
    const ask = async () => (await desk.login('mobile', 'mobile-verify', mobile)).status;
    const { txnId } = (await desk.login('mobile', 'mobile-verify', mobile)).body;
    await desk.answer('mobile-verify', txnId, await desk.otp(mobile));
    expect(await ask()).toBe(200);
    expect(await ask()).toBe(422);
    for (let i = 0; i < 2; i += 1) {
      await desk.control('POST', 'clock', { forwardSeconds: 61 });
      expect(await ask()).toBe(200);
    }
    await desk.control('POST', 'clock', { forwardSeconds: 61 });
    expect(await ask()).toBe(422);
    await desk.control('POST', 'clock', { forwardSeconds: 1801 });
    expect(await ask()).toBe(200);
    expect(await desk.brokenRules()).toEqual([]);
  });
});

describe('a login by ABHA number', () => {
  it.each([
    ['mobile-verify', 'ABDM'],
    ['aadhaar-verify', 'UIDAI'],
  ])('with %s gives the final token; a wrong OTP is a 200 that says failed', async (scope, sender) => {
    const { accounts, mobile } = await desk.persona('no-photo');
    const { txnId } = (await desk.login('abha-number', scope, accounts[0].abhaNumber)).body;
    expect((await desk.control('GET', `otps?mobile=${mobile}`)).body.at(-1).sender).toBe(sender);
    const wrong = await desk.answer(scope, txnId, await desk.wrongOtp(mobile));
    expect(wrong).toMatchObject({ status: 200, body: { authResult: 'failed', accounts: [] } });
    expect(wrong.body.token).toBeUndefined();
    const { body } = await desk.answer(scope, txnId, await desk.otp(mobile));
    expect(body).toMatchObject({ authResult: 'success', refreshExpiresIn: 1_296_000 });
    const profile = await desk.get('/v3/profile/account', x(body.token));
    expect(profile.body).toMatchObject({ ABHANumber: accounts[0].abhaNumber, profilePhoto: null });
    const again = await desk.answer(scope, txnId, await desk.otp(mobile));
    expect(again).toMatchObject({ status: 400, body: { txnId: 'Invalid Transaction Id' } });
  });

  it('is told apart from one without dashes, an unknown and a deactivated one', async () => {
    const { accounts } = await desk.persona('deactivated');
    const ask = (number: string) => desk.login('abha-number', 'mobile-verify', number);
    expect((await ask(accounts[0].abhaNumber.replaceAll('-', ''))).body).toMatchObject({
      loginId: 'LoginId is invalid',
    });
    expect(await ask('91-0000-0000-0000')).toMatchObject({ status: 404, body: { error: { code: 'ABDM-1114' } } });
    expect(await ask(accounts[0].abhaNumber)).toMatchObject({ status: 422, body: { error: { code: 'ABDM-1134' } } });
    const child = (await desk.persona('three-on-one-mobile')).accounts[2];
    const byAadhaar = await desk.login('abha-number', 'aadhaar-verify', child.abhaNumber);
    expect(byAadhaar).toMatchObject({ status: 422, body: { error: { code: 'ABDM-1118' } } });
  });

  it('gives parts of a birth date that are not known as null', async () => {
    const { accounts, mobile } = await desk.persona('year-of-birth-only');
    const token = await desk.xToken(accounts[0].abhaNumber, mobile);
    const born = { yearOfBirth: '1948', monthOfBirth: null, dayOfBirth: null };
    expect((await desk.get('/v3/profile/account', x(token))).body).toMatchObject(born);
  });

  it('reactivates an account, without a token', async () => {
    const { accounts, mobile } = await desk.persona('deactivated');
    const scope = ['abha-login', 'mobile-verify', 're-activate'];
    const { txnId } = (await desk.ask(REQUEST, scope, 'abha-number', accounts[0].abhaNumber)).body;
    const { body } = await desk.verify(VERIFY, scope, txnId, await desk.otp(mobile));
    expect(body).toMatchObject({ authResult: 'success', message: 'Your account has been reactivated.' });
    expect(body.token).toBeUndefined();
    expect((await desk.login('abha-number', 'mobile-verify', accounts[0].abhaNumber)).status).toBe(200);
    expect((await desk.ask(REQUEST, scope, 'abha-number', accounts[0].abhaNumber)).body.error.code).toBe('ABDM-1118');
  });
});

describe('a login by Aadhaar number', () => {
  it('finds the ABHA, or says that there is none before any OTP', async () => {
    const { aadhaar, mobile, accounts } = await desk.persona('transliterated');
    const { txnId } = (await desk.login('aadhaar', 'aadhaar-verify', aadhaar)).body;
    const { body } = await desk.answer('aadhaar-verify', txnId, await desk.otp(mobile));
    expect(body.accounts).toMatchObject([{ ABHANumber: accounts[0].abhaNumber }]);
    const none = await desk.login('aadhaar', 'aadhaar-verify', (await desk.persona('no-abha')).aadhaar);
    expect(none).toMatchObject({ status: 404, body: { error: { code: 'ABDM-1114' } } });
  });

  it('may refuse a wrong OTP with 422, as enrolment does', async () => {
    const { aadhaar, mobile } = await desk.persona('with-benefit');
    const { txnId } = (await desk.login('aadhaar', 'aadhaar-verify', aadhaar)).body;
    await desk.set({ wrongAadhaarOtpAtLogin: 'refused' });
    const wrong = await desk.answer('aadhaar-verify', txnId, await desk.wrongOtp(mobile));
    expect(wrong).toMatchObject({ status: 422, body: { error: { code: 'ABDM-1204' } } });
    await desk.set({ wrongAadhaarOtpAtLogin: 'failed' });
  });
});

describe('an answer to a login', () => {
  it('must have the scope of its request, and is locked after five wrong OTPs', async () => {
    const { accounts, mobile } = await desk.persona('with-benefit');
    const { txnId } = (await desk.login('abha-number', 'mobile-verify', accounts[0].abhaNumber)).body;
    const crossed = await desk.answer('aadhaar-verify', txnId, await desk.otp(mobile));
    expect(crossed).toMatchObject({ status: 400, body: { scope: 'Invalid Scope' } });
    for (let i = 0; i < 5; i += 1) await desk.answer('mobile-verify', txnId, await desk.wrongOtp(mobile));
    const locked = await desk.answer('mobile-verify', txnId, await desk.otp(mobile));
    expect(locked).toMatchObject({ status: 422, body: { error: { code: 'ABDM-1100' } } });
  });

  it('comes too late after ten minutes', async () => {
    const { accounts, mobile } = await desk.persona('transliterated');
    const { txnId } = (await desk.login('abha-number', 'mobile-verify', accounts[0].abhaNumber)).body;
    await desk.control('POST', 'clock', { forwardSeconds: 601 });
    expect((await desk.answer('mobile-verify', txnId, await desk.otp(mobile))).status).toBe(400);
  });

  it('knows no passwords', async () => {
    const password = { ABHANumber: '91-0000-0000-0000', password: await desk.encrypted('x') };
    const authData = { authMethods: ['password'], password };
    const answer = await desk.post(VERIFY, { scope: ['abha-login', 'password-verify'], authData });
    expect(answer).toMatchObject({ status: 400, body: { password: 'Invalid Password' } });
  });
});

describe('the search for a forgotten ABHA', () => {
  it('shows masked numbers, and opens the one that was picked', async () => {
    const { mobile, accounts } = await desk.persona('three-on-one-mobile');
    const search = { scope: ['search-abha'], mobile: await desk.encrypted(mobile) };
    const { body } = await desk.post('/v3/profile/account/abha/search', search);
    const [{ txnId, ABHA }] = body;
    expect(ABHA).toMatchObject([{ index: 1, name: 'Ramesh Pawar' }, { index: 2 }, { index: 3 }]);
    expect(ABHA[1].ABHANumber).toMatch(/^xx-xxxx-xxxx-XX\d\d$/);
    const scope = ['abha-login', 'search-abha', 'mobile-verify'];
    expect((await desk.ask(REQUEST, scope, 'index', '4', { txnId })).body).toMatchObject({
      loginId: 'Invalid LoginId',
    });
    expect((await desk.ask(REQUEST, scope, 'index', '2', { txnId })).status).toBe(200);
    const final = await desk.answer('mobile-verify', txnId, await desk.otp(mobile));
    expect(final.body).toMatchObject({ accounts: [{ ABHANumber: accounts[1].abhaNumber }], expiresIn: 1800 });
    expect(await desk.brokenRules()).toEqual([]);
  });

  it('finds nobody, and says what can be done with a number', async () => {
    const nobody = { scope: ['search-abha'], mobile: await desk.encrypted('9111111111') };
    const none = await desk.post('/v3/profile/account/abha/search', nobody);
    expect(none).toMatchObject({ status: 404, body: { error: { code: 'ABDM-1115' } } });
    const { accounts } = await desk.persona('one-abha');
    const found = await desk.post('/v3/profile/login/search', { ABHANumber: accounts[0].abhaNumber });
    expect(found.body).toMatchObject({ status: 'ACTIVE', mobile: '******0102' });
  });
});

describe('a login by body', () => {
  it('proves who is at the desk, by number or Aadhaar', async () => {
    const { accounts, aadhaar } = await desk.persona('one-abha');
    const scope = ['abha-login', 'aadhaar-bio-verify'];
    const { txnId } = (await desk.ask(REQUEST, scope, 'abha-number', accounts[0].abhaNumber)).body;
    const bio = (fingerPrintAuthPid: string) => ({ authMethods: ['bio'], bio: { txnId, fingerPrintAuthPid } });
    const mismatch = await desk.post(VERIFY, { scope, authData: bio(pid('does-not-match')) });
    expect(mismatch.body.error.code).toBe('ABDM-1204');
    expect((await desk.post(VERIFY, { scope, authData: bio(pid('finger 1')) })).body).toMatchObject({
      expiresIn: 1800,
    });
    const bio_login = { aadhaar: await desk.encrypted(aadhaar), fingerPrintAuthPid: pid('finger 2') };
    const authData = { authMethods: ['bio_login'], bio_login };
    const atOnce = { scope: ['abha-login', 'aadhaar-bio-login-verify'], authData };
    expect((await desk.post('/v3.1/profile/login/verify', atOnce)).body.accounts[0].name).toBe('Asha Devi');
  });

  it('takes the face the person showed to her phone', async () => {
    const { accounts, aadhaar } = await desk.persona('one-abha');
    const scope = ['abha-login', 'aadhaar-face-verify'];
    const { txnId } = (await desk.ask(REQUEST, scope, 'abha-number', accounts[0].abhaNumber)).body;
    const authData = { authMethods: ['face_auth'], face: { txnId } };
    expect((await desk.post(VERIFY, { scope, authData })).status).toBe(400);
    await desk.control('POST', 'face', { txnId, state: 'COMPLETE' });
    expect((await desk.post(VERIFY, { scope, authData })).body).toMatchObject({
      message: 'FACE verified successfully',
    });
    const init = await desk.post('/v3/enrollment/enrol/auth/init', { scope: ['abha-enrol', 'face-auth'] });
    await desk.control('POST', 'face', { txnId: init.body.txnId, state: 'COMPLETE' });
    const face_login = { txnId: init.body.txnId, aadhaar: await desk.encrypted(aadhaar) };
    const v31 = {
      scope: ['abha-login', 'aadhaar-face-login-verify'],
      authData: { authMethods: ['face_auth'], face_login },
    };
    expect((await desk.post('/v3.1/profile/login/verify', v31)).body).toMatchObject({ authResult: 'success' });
    expect((await desk.post('/v3.1/profile/login/verify', v31)).status).toBe(400);
  });
});

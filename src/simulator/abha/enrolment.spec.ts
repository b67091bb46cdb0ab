import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONSENT, ScriptedDesk, x } from '../../../test/setup/scripted-desk.js';

let desk: ScriptedDesk;
beforeAll(async () => {
  desk = await ScriptedDesk.start();
});
afterAll(() => desk.stop());

const BY_AADHAAR = '/v3/enrollment/enrol/byAadhaar';
const ADDRESS = '/v3/enrollment/enrol/abha-address';
const REQUEST = '/v3/enrollment/request/otp';
const VERIFY = '/v3/enrollment/auth/byAbdm';
const MOBILE = ['abha-enrol', 'mobile-verify'];

let invented = 0;
/** Somebody new, known to UIDAI only. */
async function somebody(more: object = {}): Promise<{ aadhaar: string; mobile: string }> {
  invented += 1;
  const { withVerhoeff } = await import('./numbers.js');
  const aadhaar = withVerhoeff(`33000000${String(invented).padStart(3, '0')}`);
  const mobile = `90000002${String(invented).padStart(2, '0')}`;
  const person = { aadhaar, mobile, name: 'Sunita Rao More', gender: 'F', dateOfBirth: '1988-03-14', ...more };
  expect((await desk.control('POST', 'people', person)).status).toBe(201);
  return { aadhaar, mobile };
}

describe('an enrolment by Aadhaar OTP', () => {
  it('makes an ABHA that the consent manager knows, and gives it the address its owner chose', async () => {
    const person = await desk.persona('no-abha');
    const asked = await desk.enrolOtp(person.aadhaar);
    expect(asked).toMatchObject({ status: 200, body: { message: expect.stringMatching(/Aadhaar.*\*{6}0101$/) } });
    const { status, body } = await desk.enrol(asked.body.txnId, await desk.otp(person.mobile), person.mobile);
    expect({ status, ...body }).toMatchObject({
      status: 200,
      isNew: true,
      tokens: { expiresIn: 1800, refreshExpiresIn: 1_296_000 },
      ABHAProfile: { firstName: 'Sita', lastName: 'Kale', dob: '14-03-1988', mobile: '******0101' },
    });
    const { txnId } = asked.body;
    const suggested = await desk.get('/v3/enrollment/enrol/suggestion', { transaction_id: txnId });
    expect(suggested.body.abhaAddressList.length).toBeGreaterThanOrEqual(3);
    const wish = { txnId, abhaAddress: suggested.body.abhaAddressList[0], preferred: 1 };
    const chosen = await desk.post(ADDRESS, wish);
    const preferredAbhaAddress = `${wish.abhaAddress}@sbx`;
    expect(chosen).toMatchObject({ status: 200, body: { preferredAbhaAddress } });
    const profile = await desk.get('/v3/profile/account', x(body.tokens.token));
    expect(profile.body).toMatchObject({ preferredAbhaAddress, ABHANumber: body.ABHAProfile.ABHANumber });
    expect((await desk.adapter.control('GET', `patients/${preferredAbhaAddress}/status-notices`)).status).toBe(200);
    expect(await desk.brokenRules()).toEqual([]);
  });

  it('returns the ABHA that is there already', async () => {
    const { aadhaar, mobile, accounts } = await desk.persona('one-abha');
    const { body } = await desk.enrolled(aadhaar, mobile);
    expect(body).toMatchObject({ isNew: false, message: 'This account already exist' });
    expect(body.ABHAProfile.ABHANumber).toBe(accounts[0].abhaNumber);
  });

  it('keeps another mobile only once it is proved', async () => {
    const { aadhaar, aadhaarMobile, mobile } = await desk.persona('other-mobile');
    const { body } = await desk.enrolled(aadhaar, aadhaarMobile, mobile);
    expect(body.ABHAProfile.mobile).toBeNull();
    const { txnId } = body;
    expect((await desk.ask(REQUEST, MOBILE, 'mobile', mobile, { txnId })).status).toBe(200);
    const wrong = await desk.verify(VERIFY, MOBILE, txnId, await desk.wrongOtp(mobile));
    expect(wrong).toMatchObject({ status: 200, body: { authResult: 'failed', accounts: [] } });
    const right = await desk.verify(VERIFY, MOBILE, txnId, await desk.otp(mobile));
    expect(right.body).toMatchObject({ authResult: 'success', accounts: { length: 1 } });
    const account = await desk.get('/v3/profile/account', x(body.tokens.token));
    expect(account.body.mobile).toBe('******0116');
    expect(await desk.brokenRules()).toEqual([]);
  });

  it('proves an e-mail address by an OTP, too', async () => {
    const { aadhaar, mobile } = await somebody();
    const { txnId, tokens } = (await desk.enrolled(aadhaar, mobile)).body;
    const scope = ['abha-enrol', 'email-verify'];
    await desk.ask(REQUEST, scope, 'email', 'sunita@example.org', { txnId });
    await desk.verify(VERIFY, scope, txnId, await desk.otp('sunita@example.org'));
    expect((await desk.get('/v3/profile/account', x(tokens.token))).body.email).toBe('sunita@example.org');
  });

  it('refuses without the consent of the person, and says so to the judge', async () => {
    const otp = { txnId: 'x', otpValue: 'y', mobile: '9000000101' };
    const body = { authData: { authMethods: ['otp'], otp } };
    expect((await desk.post(BY_AADHAAR, body)).status).toBe(400);
    const older = { ...body, consent: { ...CONSENT, version: '1.3' } };
    expect((await desk.post(BY_AADHAAR, older)).status).toBe(400);
    expect(await desk.brokenRules()).toEqual(['abha-consent-missing', 'body-not-as-contract']);
  });

  it('wants the mobile, and refuses the seventh ABHA on one', async () => {
    const { aadhaar, mobile } = await desk.persona('seventh-on-that-mobile');
    await desk.persona('six-on-one-mobile');
    const { txnId } = (await desk.enrolOtp(aadhaar)).body;
    const otpValue = await desk.encrypted(await desk.otp(mobile));
    const authData = { authMethods: ['otp'], otp: { txnId, otpValue } };
    const without = await desk.post(BY_AADHAAR, { authData, consent: CONSENT });
    expect(without).toMatchObject({ status: 400, body: { mobile: 'Invalid Mobile Number' } });
    const full = await desk.enrol(txnId, await desk.otp(mobile), mobile);
    expect(full).toMatchObject({ status: 422, body: { error: { code: 'ABDM-1124' } } });
    // She may give another one in the same transaction.
    expect((await desk.enrol(txnId, await desk.otp(mobile), '9000000199')).body).toMatchObject({ isNew: true });
    const again = await desk.ask(REQUEST, MOBILE, 'mobile', mobile, { txnId });
    expect(again.body.error.code).toBe('ABDM-1124');
    expect(await desk.brokenRules()).toEqual([]);
  });

  it('is refused by UIDAI to whoever it does not know, or cannot send an OTP', async () => {
    const uidai = { status: 422, body: { error: { code: 'ABDM-1204' } } };
    expect(await desk.enrolOtp('999999990019')).toMatchObject(uidai);
    expect(await desk.enrolOtp((await desk.persona('no-aadhaar-mobile')).aadhaar)).toMatchObject(uidai);
  });

  it('stops at the number of accounts a client may open', async () => {
    const { aadhaar, mobile } = await somebody();
    await desk.set({ accountsPerClient: 0 });
    expect((await desk.enrolled(aadhaar, mobile)).body.error.code).toBe('ABDM-1227');
    await desk.set({ accountsPerClient: 100_000 });
  });
});

describe('an Aadhaar OTP', () => {
  it('that is wrong is refused by UIDAI, and five wrong ones lock the transaction', async () => {
    const { aadhaar, mobile } = await somebody();
    const { txnId } = (await desk.enrolOtp(aadhaar)).body;
    for (let i = 0; i < 5; i += 1) {
      const wrong = await desk.enrol(txnId, await desk.wrongOtp(mobile), mobile);
      expect(wrong).toMatchObject({ status: 422, body: { error: { code: 'ABDM-1204' } } });
    }
    const locked = { status: 422, body: { error: { code: 'ABDM-1100' } } };
    expect(await desk.enrol(txnId, await desk.otp(mobile), mobile)).toMatchObject(locked);
    await desk.control('POST', 'clock', { forwardSeconds: 61 });
    expect(await desk.enrolOtp(aadhaar, { txnId })).toMatchObject(locked);
    // A fresh transaction is the way out.
    expect((await desk.enrolled(aadhaar, mobile)).body).toMatchObject({ isNew: true });
    expect(await desk.brokenRules()).toEqual([]);
  });

  it('comes again after 60 s, twice, in the same transaction; the newest counts', async () => {
    const { aadhaar, mobile } = await somebody();
    const { txnId } = (await desk.enrolOtp(aadhaar)).body;
    const first = await desk.otp(mobile);
    expect(await desk.enrolOtp(aadhaar, { txnId })).toMatchObject({
      status: 422,
      body: { error: { code: 'ABDM-1100' } },
    });
    expect(await desk.brokenRules()).toEqual(['otp-resent-too-soon']);
    for (let i = 0; i < 2; i += 1) {
      await desk.control('POST', 'clock', { forwardSeconds: 61 });
      expect(await desk.enrolOtp(aadhaar, { txnId })).toMatchObject({ status: 200, body: { txnId } });
    }
    await desk.control('POST', 'clock', { forwardSeconds: 61 });
    expect((await desk.enrolOtp(aadhaar, { txnId })).status).toBe(422);
    const { body: received } = await desk.control('GET', `otps?mobile=${mobile}`);
    expect(received).toHaveLength(3);
    expect(received[0]).toMatchObject({ mobile, sender: 'UIDAI', purpose: 'EnrolOtpAadhaar', txnId });
    if (first !== (await desk.otp(mobile))) expect((await desk.enrol(txnId, first, mobile)).status).toBe(422);
    expect((await desk.enrol(txnId, await desk.otp(mobile), mobile)).status).toBe(200);
    expect(await desk.brokenRules()).toEqual([]);
  });

  it('that cannot be read, or has not six digits, is not tried', async () => {
    const { aadhaar, mobile } = await somebody();
    const { txnId } = (await desk.enrolOtp(aadhaar)).body;
    const refused = { status: 400, body: { otpValue: 'Invalid OTP Value' } };
    for (let i = 0; i < 6; i += 1) expect(await desk.enrol(txnId, '12345', mobile)).toMatchObject(refused);
    expect((await desk.enrol(txnId, await desk.otp(mobile), mobile)).status).toBe(200);
  });
});

describe('a transaction', () => {
  it('counts once: an enrolment is not repeated after a timeout', async () => {
    const { aadhaar, mobile } = await somebody();
    const { txnId } = (await desk.enrolled(aadhaar, mobile)).body;
    const again = await desk.enrol(txnId, await desk.otp(mobile), mobile);
    expect(again).toMatchObject({ status: 400, body: { txnId: 'Invalid Transaction Id' } });
    expect(await desk.brokenRules()).toEqual(['abha-transaction-reused']);
  });

  it('ends after ten minutes, and serves one Aadhaar number', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const { txnId } = (await desk.enrolOtp(one.aadhaar)).body;
    const refused = { status: 400, body: { txnId: 'Invalid Transaction Id' } };
    expect(await desk.enrolOtp(other.aadhaar, { txnId })).toMatchObject(refused);
    const otp = await desk.otp(one.mobile);
    await desk.control('POST', 'clock', { forwardSeconds: 601 });
    expect(await desk.enrol(txnId, otp, one.mobile)).toMatchObject(refused);
    expect(await desk.enrol('unknown', otp, one.mobile)).toMatchObject(refused);
  });

  it('gives addresses only once there is an account', async () => {
    const { aadhaar, mobile } = await somebody();
    const { txnId } = (await desk.enrolOtp(aadhaar)).body;
    const suggestion = await desk.get('/v3/enrollment/enrol/suggestion', { transaction_id: txnId });
    expect(suggestion).toMatchObject({ status: 401, body: { error: { code: 'ABDM-1017' } } });
    const wish = { txnId, abhaAddress: 'sunita.more88', preferred: 1 };
    expect(await desk.post(ADDRESS, wish)).toMatchObject({ status: 400, body: { txnId: 'Invalid Transaction Id' } });
    await desk.enrol(txnId, await desk.otp(mobile), mobile);
    expect((await desk.post(ADDRESS, wish)).status).toBe(200);
    expect((await desk.post(ADDRESS, wish)).body.error.code).toBe('ABDM-1101');
    const malformed = { ...wish, abhaAddress: 'sun.ita.more' };
    expect(await desk.post(ADDRESS, malformed)).toMatchObject({
      status: 400,
      body: { abhaAddress: 'Invalid ABHA Address' },
    });
    for (let i = 0; i < 4; i += 1) await desk.post(ADDRESS, { ...wish, abhaAddress: `sunita.m${i}more`, preferred: 0 });
    const seventh = await desk.post(ADDRESS, { ...wish, abhaAddress: 'sunita.seventh' });
    expect(seventh).toMatchObject({ status: 422, body: { error: { code: 'ABDM-1122' } } });
  });
});

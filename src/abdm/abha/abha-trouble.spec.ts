import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aRecordedAbhaService, type RecordedAbhaService } from '../../../test/setup/recorded-abha-service.js';
import { SecretText } from '../../support/secret-text.js';
import { AbhaServiceError } from './abha-service-error.js';
import { TToken, XToken } from './tokens.js';

const TXN = '3f2a1b0c-0000-4000-8000-000000000001';
const OTP_SENT = { body: { txnId: TXN, message: 'OTP sent' } };
const REFUSED_ID = { status: 400, body: { loginId: 'Invalid LoginId', timestamp: '2026-09-17 16:52:48' } };
const STALE_TOKEN = {
  status: 401,
  body: { code: '900901', message: 'Invalid Credentials', description: 'Invalid JWT token.' },
};
const DOWN = { status: 503, body: 'Service Unavailable' };
const A_DAY = 24 * 60 * 60_000;

const AADHAAR = new SecretText('234567890124');
const MOBILE = new SecretText('9000000903');
const OTP = new SecretText('123456');
const X = new XToken('the-x-token');

let service: RecordedAbhaService;
beforeEach(async () => void (service = await aRecordedAbhaService()));
afterEach(() => service.close());

const sendOtp = () => service.abha.login.request('mobile.otp', MOBILE);

describe('The certificate of the ABHA service', () => {
  it('is fetched once for all who need it at the same time', async () => {
    service.says(OTP_SENT);
    await Promise.all([sendOtp(), sendOtp(), sendOtp()]);
    expect(service.asked.certificates).toBe(1);
  });

  it('is good for a day', async () => {
    service.says(OTP_SENT);
    await sendOtp();
    service.clock.move(A_DAY - 1_000);
    await sendOtp();
    expect(service.asked.certificates).toBe(1);
    service.clock.move(2_000);
    await sendOtp();
    expect(service.asked.certificates).toBe(2);
  });

  it('is fetched again when a field is refused, and the call made once more under the new one', async () => {
    service.says(OTP_SENT);
    await sendOtp();
    service.rotateKey();
    service.clock.move(60_000);
    service.says(REFUSED_ID, OTP_SENT);
    expect(await sendOtp()).toMatchObject({ txnId: TXN });
    const [, refused, repeated] = service.heard;
    expect(() => service.decrypt(refused?.body.loginId as string)).toThrow();
    expect(service.decrypt(repeated?.body.loginId as string)).toBe('9000000903');
    expect(refused?.headers['request-id']).not.toBe(repeated?.headers['request-id']);
  });

  it('is not to blame when it is still the same: the refusal stands, and costs no second try', async () => {
    service.says(OTP_SENT);
    await sendOtp();
    service.clock.move(60_000);
    service.says(REFUSED_ID);
    await expect(sendOtp()).rejects.toMatchObject({ kind: 'field-refused', field: 'loginId', status: 400 });
    expect(service.heard).toHaveLength(2);
    expect(service.asked.certificates).toBe(2);
  });

  it('is not asked for with every mistyped number', async () => {
    service.says(REFUSED_ID);
    for (let times = 0; times < 5; times++) await expect(sendOtp()).rejects.toMatchObject({ kind: 'field-refused' });
    expect(service.asked.certificates).toBe(1);
  });

  it('that names an unknown encryption is not used: nothing leaves', async () => {
    service.certificateSays({ body: { publicKey: 'AAAA', encryptionAlgorithm: 'RSA/ECB/PKCS1Padding' } });
    await expect(sendOtp()).rejects.toMatchObject({ kind: 'encryption', retryable: false });
    service.certificateSays({ body: { encryptionAlgorithm: 'RSA/ECB/OAEPWithSHA-1AndMGF1Padding' } });
    await expect(sendOtp()).rejects.toMatchObject({ kind: 'unreadable' });
    expect(service.heard).toEqual([]);
  });

  it('that was not to be had is asked for again by the next call', async () => {
    service.certificateSays(DOWN);
    await expect(sendOtp()).rejects.toMatchObject({ kind: 'temporary', retryable: true });
    service.certificateSays(undefined);
    service.says(OTP_SENT);
    expect(await sendOtp()).toMatchObject({ txnId: TXN });
  });
});

describe('The gateway’s token', () => {
  it('is renewed once when it is refused, and the call made once more', async () => {
    service.says(STALE_TOKEN, OTP_SENT);
    expect(await sendOtp()).toMatchObject({ txnId: TXN });
    // The certificate was fetched with the first.
    expect(service.heard.map(({ headers }) => headers.authorization)).toEqual(['Bearer gateway-1', 'Bearer gateway-2']);
  });

  it('is not renewed for ever', async () => {
    service.says(STALE_TOKEN);
    await expect(sendOtp()).rejects.toMatchObject({ kind: 'gateway-token', code: '900901', status: 401 });
    expect(service.heard).toHaveLength(2);
  });

  it('stays when an empty 401 is about the person’s token', async () => {
    service.says({ status: 401 });
    await expect(service.abha.account.profile(X)).rejects.toMatchObject({ kind: 'user-token' });
    expect(service.asked.sessions).toBe(1);
    expect(service.heard).toHaveLength(1);
  });

  it('that is not to be had is the service’s trouble, or this client’s', async () => {
    service.sessionSays(DOWN);
    await expect(sendOtp()).rejects.toMatchObject({ kind: 'temporary', status: 503 });
    service.sessionSays({ status: 401, body: { error: { code: 'ABDM-9999: ', message: 'Invalid user credentials' } } });
    await expect(sendOtp()).rejects.toMatchObject({ kind: 'gateway-token', code: 'ABDM-9999' });
  });
});

describe('A service that stumbles', () => {
  it('is asked once more when asking does no harm', async () => {
    service.says(DOWN, { body: { ABHANumber: '91-1234-5678-9015', name: 'Asha Devi' } });
    expect(await service.abha.account.profile(X)).toMatchObject({ name: 'Asha Devi' });
    service.says(DOWN);
    await expect(service.abha.account.profile(X)).rejects.toMatchObject({ kind: 'temporary', status: 503 });
    expect(service.heard).toHaveLength(4);
  });

  it.each([
    ['says so', DOWN],
    ['hangs up', { isCutOff: true }],
  ])('and %s never gets an enrolment twice: nobody knows whether it happened', async (_how, said) => {
    service.says(said);
    const enrolment = service.abha.enrolment.byAadhaarOtp({ txnId: TXN, otp: OTP, mobile: '9000000903' });
    await expect(enrolment).rejects.toMatchObject({ kind: 'temporary', retryable: true });
    expect(service.heard).toHaveLength(1);
  });

  it('and never gets an OTP twice', async () => {
    service.says({ isCutOff: true });
    await expect(service.abha.login.verify('mobile.otp', TXN, { with: 'otp', otp: OTP })).rejects.toMatchObject({
      kind: 'temporary',
    });
    expect(service.heard).toHaveLength(1);
  });

  it('tells when to come again', async () => {
    service.says({ status: 429, retryAfter: '120' });
    await expect(sendOtp()).rejects.toMatchObject({ kind: 'too-many-requests', retryAfterSeconds: 120 });
  });

  it.each([
    ['an OTP without transaction', { message: 'OTP sent' }, sendOtp],
    ['HTML', '<html>', sendOtp],
    ['nothing', undefined, sendOtp],
    [
      'an enrolment without number',
      { tokens: {}, ABHAProfile: {} },
      () => service.abha.enrolment.byAadhaarOtp({ txnId: TXN, otp: OTP, mobile: '9000000903' }),
    ],
    [
      'a login without token',
      { authResult: 'success', accounts: [] },
      () => service.abha.login.verify('mobile.otp', TXN, { with: 'otp', otp: OTP }),
    ],
    ['no tokens', null, () => service.abha.login.chooseAccount(new TToken('t'), TXN, '91-1234-5678-9015')],
    ['a list without transaction', [], () => service.abha.find.byMobile(MOBILE)],
  ])('with %s is told as what it is', async (_what, body, call) => {
    service.says({ body });
    await expect(call()).rejects.toMatchObject({ kind: 'unreadable', retryable: false });
  });
});

describe('An OTP that is wrong', () => {
  const failed = {
    body: { txnId: TXN, authResult: 'failed', message: 'OTP did not match, please try again', accounts: [] },
  };

  it('is a failure although the service says 200, and signs nobody in', async () => {
    service.says({ body: { ...failed.body, token: 't', expiresIn: 300, refreshToken: 'r' } });
    await expect(service.abha.login.verify('aadhaar.otp', TXN, { with: 'otp', otp: OTP })).rejects.toMatchObject({
      kind: 'wrong-otp',
    });
    await expect(
      service.abha.addressLogin.verify('abha-address.mobile-otp', TXN, { with: 'otp', otp: OTP }),
    ).rejects.toMatchObject({ kind: 'wrong-otp' });
    await expect(service.abha.enrolment.confirmOtp('mobile', TXN, OTP)).rejects.toMatchObject({ kind: 'wrong-otp' });
    await expect(service.abha.account.verify(X, 'mobile', { txnId: TXN, otp: OTP })).rejects.toMatchObject({
      kind: 'wrong-otp',
    });
    await expect(service.abha.login.reactivate('mobile-otp', TXN, OTP)).rejects.toMatchObject({ kind: 'wrong-otp' });
  });

  it('is told the same way when UIDAI refuses it', async () => {
    service.says({
      status: 422,
      body: { error: { code: 'ABDM-1204', message: 'UIDAI Error code : 400 : Invalid Aadhaar OTP value.' } },
    });
    await expect(
      service.abha.enrolment.byAadhaarOtp({ txnId: TXN, otp: OTP, mobile: '9000000903' }),
    ).rejects.toMatchObject({ kind: 'wrong-otp', uidaiCode: '400', code: 'ABDM-1204' });
  });
});

describe('What cannot be right', () => {
  const text = (typed: string) => new SecretText(typed);
  // prettier-ignore
  it.each<[string, () => Promise<unknown>, object]>([
    ['an Aadhaar number with a wrong check digit, to enrol', () => service.abha.enrolment.sendAadhaarOtp(text('234567890123')), { kind: 'aadhaar-refused' }],
    ['the same, to log in', () => service.abha.login.request('aadhaar.otp', text('234567890123')), { kind: 'aadhaar-refused' }],
    ['the same, with a fingerprint', () => service.abha.enrolment.byFingerprint({ aadhaar: text('234567890123'), pid: text('P'), mobile: '9000000903' }), { kind: 'aadhaar-refused' }],
    ['an ABHA number of 13 digits', () => service.abha.login.request('abha-number.mobile-otp', text('9112345678901')), { kind: 'field-refused', field: 'ABHANumber' }],
    ['a mobile of 9 digits', () => service.abha.find.byMobile(text('900000090')), { kind: 'field-refused', field: 'mobile' }],
    ['an OTP of 5 digits', () => service.abha.login.verify('mobile.otp', TXN, { with: 'otp', otp: text('12345') }), { kind: 'field-refused', field: 'otpValue' }],
    ['an ABHA address without suffix', () => service.abha.addressLogin.search('asha.devi'), { kind: 'field-refused', field: 'abhaAddress' }],
    ['demographics without a benefit programme', () => service.abha.enrolment.byDemographics({ aadhaar: AADHAAR, name: 'Asha Devi', dateOfBirth: '1990', gender: 'F', stateCode: '27', districtCode: '487' }), { kind: 'not-entitled' }],
  ])('does not leave: %s', async (_what, call, refusal) => {
    await expect(call()).rejects.toMatchObject({ ...refusal, status: undefined, code: '' });
    expect(service.heard).toEqual([]);
  });
});

describe('An error of the ABHA service', () => {
  it('shows neither what was sent nor what came, however it is printed', async () => {
    service.says({
      status: 400,
      body: { error: { code: 'ABDM-1114', message: 'User 234567890124 not found, OTP 123456' } },
    });
    const error: unknown = await service.abha.login.request('aadhaar.otp', AADHAAR).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AbhaServiceError);
    const shown =
      inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error) + String((error as Error).stack);
    expect(shown).toContain('no-abha');
    expect(shown).not.toMatch(/234567890124|123456|gateway-1/);
  });

  it('of the network holds no request either', async () => {
    service.says({ isCutOff: true });
    const error: unknown = await service.abha.account.profile(X).catch((thrown: unknown) => thrown);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toMatch(/the-x-token|gateway-1/);
  });
});

describe('The log', () => {
  it('has a line for every call: what was asked, how it ended, and nothing of the person', async () => {
    service.says(OTP_SENT, REFUSED_ID);
    await sendOtp();
    await expect(service.abha.login.request('aadhaar.otp', AADHAAR)).rejects.toBeInstanceOf(AbhaServiceError);
    const lines = service
      .logged()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(lines).toMatchObject([
      { call: 'GET /v3/profile/public/certificate', outcome: 'done', status: 200 },
      {
        call: 'POST /v3/profile/login/request/otp',
        outcome: 'done',
        requestId: service.heard[0]?.headers['request-id'],
      },
      { call: 'POST /v3/profile/login/request/otp', outcome: 'field-refused', status: 400 },
    ]);
    expect(service.logged()).not.toMatch(/234567890124|9000000903|gateway-1/);
  });
});

describe('ABHA addresses', () => {
  it('are verified where the setting says, as production wants', async () => {
    const elsewhere = await aRecordedAbhaService({ ABHA_PHR_BASE_URL: '{url}/api/phr/web/v3/' });
    elsewhere.says({ body: { abhaAddress: 'asha@sbx', authMethods: [], blockedAuthMethods: [], status: 'ACTIVE' } });
    await elsewhere.abha.addressLogin.search('asha@sbx');
    expect(elsewhere.heard.map(({ call }) => call)).toEqual(['POST /api/phr/web/v3/login/abha/search']);
    await elsewhere.close();
  });
});

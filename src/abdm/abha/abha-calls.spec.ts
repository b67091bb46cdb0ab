import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aRecordedAbhaService, type RecordedAbhaService } from '../../../test/setup/recorded-abha-service.js';
import { SecretText } from '../../support/secret-text.js';
import type { AbhaService } from './abha-service.js';
import { AddressXToken, RToken, TToken, XToken } from './tokens.js';
import type { AccountChange, AddressWay, FoundWay, LoginWay, Proof } from './ways.js';

const TXN = '3f2a1b0c-0000-4000-8000-000000000001';
const OTP_SENT = { txnId: TXN, message: 'OTP sent to mobile number ending with ******0903' };
const FINAL = { token: 'x', expiresIn: 1800, refreshToken: 'r', refreshExpiresIn: 1296000 };
const LOGGED_IN = { txnId: TXN, authResult: 'success', message: '', ...FINAL, accounts: [] };
const ENROLLED = { txnId: TXN, tokens: FINAL, ABHAProfile: { ABHANumber: '91-1234-5678-9015' }, isNew: true };
const CONSENT = { code: 'abha-enrollment', version: '1.4' };
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 1, 2]);

const secret = (text: string) => new SecretText(text);
const [AADHAAR, OTP, PID] = [secret('2345 6789 0124'), secret('123456'), secret('PID-BLOCK')];
const [ABHA_NUMBER, MOBILE] = [secret('91123456789015'), secret('+91 9000000903')];
const X = new XToken('x-token');
const byOtp: Proof = { with: 'otp', otp: OTP };

let service: RecordedAbhaService;
let abha: AbhaService;
beforeAll(async () => {
  service = await aRecordedAbhaService({ ABHA_BENEFIT_NAME: 'invented programme' });
  ({ abha } = service);
});
beforeEach(() => void service.heard.splice(0));
afterAll(() => service.close());

/** The one call that was heard, its ciphertexts opened: `enc:…`. */
function heard() {
  expect(service.heard).toHaveLength(1);
  const [one] = service.heard;
  return { call: one?.call, headers: one?.headers ?? {}, body: opened(one?.body) };
}

function opened(value: unknown): unknown {
  if (typeof value === 'string') return /^[A-Za-z0-9+/]{342}==$/.test(value) ? `enc:${service.decrypt(value)}` : value;
  if (Array.isArray(value)) return value.map(opened);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, opened(each)]));
}

const otpBlock = { authMethods: ['otp'], otp: { txnId: TXN, otpValue: 'enc:123456' } };

describe('Every call to the ABHA service', () => {
  it('carries the gateway’s token, an id and the time, and is encrypted anew each time', async () => {
    service.says({ body: OTP_SENT });
    await abha.login.request('mobile.otp', MOBILE);
    await abha.login.request('mobile.otp', MOBILE);
    const [first, second] = service.heard;
    expect(first?.headers).toMatchObject({
      authorization: 'Bearer gateway-1',
      'request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      'content-type': 'application/json',
    });
    expect(first?.headers['request-id']).not.toBe(second?.headers['request-id']);
    expect(first?.body.loginId).not.toBe(second?.body.loginId);
    expect(service.asked).toEqual({ sessions: 1, certificates: 1 });
  });
});

describe('Verifying by ABHA number, mobile or Aadhaar', () => {
  // prettier-ignore
  it.each<[LoginWay, SecretText, unknown]>([
    ['abha-number.aadhaar-otp', ABHA_NUMBER, { scope: ['abha-login', 'aadhaar-verify'], loginHint: 'abha-number', loginId: 'enc:91-1234-5678-9015', otpSystem: 'aadhaar' }],
    ['abha-number.mobile-otp', ABHA_NUMBER, { scope: ['abha-login', 'mobile-verify'], loginHint: 'abha-number', loginId: 'enc:91-1234-5678-9015', otpSystem: 'abdm' }],
    ['abha-number.fingerprint', ABHA_NUMBER, { scope: ['abha-login', 'aadhaar-bio-verify'], loginHint: 'abha-number', loginId: 'enc:91-1234-5678-9015', otpSystem: 'abdm' }],
    ['abha-number.iris', ABHA_NUMBER, { scope: ['abha-login', 'aadhaar-iris-verify'], loginHint: 'abha-number', loginId: 'enc:91-1234-5678-9015', otpSystem: 'abdm' }],
    ['abha-number.face', ABHA_NUMBER, { scope: ['abha-login', 'aadhaar-face-verify'], loginHint: 'abha-number', loginId: 'enc:91-1234-5678-9015', otpSystem: 'aadhaar' }],
    ['mobile.otp', MOBILE, { scope: ['abha-login', 'mobile-verify'], loginHint: 'mobile', loginId: 'enc:9000000903', otpSystem: 'abdm' }],
    ['aadhaar.otp', AADHAAR, { scope: ['abha-login', 'aadhaar-verify'], loginHint: 'aadhaar', loginId: 'enc:234567890124', otpSystem: 'aadhaar' }],
  ])('opens %s as published', async (way, identifier, body) => {
    service.says({ body: OTP_SENT });
    expect(await abha.login.request(way, identifier)).toEqual(OTP_SENT);
    expect(heard()).toMatchObject({ call: 'POST /abha/api/v3/profile/login/request/otp', body });
  });

  // prettier-ignore
  it.each<[FoundWay, string[], string, string[]]>([
    ['found.mobile-otp', ['abha-login', 'search-abha', 'mobile-verify'], 'abdm', ['abha-login', 'mobile-verify']],
    ['found.aadhaar-otp', ['abha-login', 'search-abha', 'aadhaar-verify'], 'aadhaar', ['abha-login', 'aadhaar-verify']],
    ['found.fingerprint', ['abha-login', 'search-abha', 'aadhaar-bio-verify'], 'aadhaar', ['abha-login', 'aadhaar-bio-verify']],
    ['found.iris', ['abha-login', 'search-abha', 'aadhaar-iris-verify'], 'aadhaar', ['abha-login', 'aadhaar-iris-verify']],
    ['found.face', ['abha-login', 'search-abha', 'aadhaar-face-verify'], 'aadhaar', ['abha-login', 'aadhaar-face-verify']],
  ])('opens %s with the search in its scope, and confirms it without', async (way, scope, otpSystem, confirming) => {
    service.says({ body: OTP_SENT });
    await abha.login.requestForFound(way, TXN, secret('2'));
    expect(heard().body).toEqual({ txnId: TXN, scope, loginHint: 'index', loginId: 'enc:2', otpSystem });
    service.heard.splice(0);
    service.says({ body: LOGGED_IN });
    await abha.login.verify(way, TXN, byOtp);
    expect(heard().body).toEqual({ scope: confirming, authData: otpBlock });
  });

  it.each<[Proof, unknown]>([
    [byOtp, otpBlock],
    [
      { with: 'fingerprint', pid: PID },
      { authMethods: ['bio'], bio: { txnId: TXN, fingerPrintAuthPid: 'PID-BLOCK' } },
    ],
    [
      { with: 'iris', pid: PID },
      { authMethods: ['iris'], iris: { txnId: TXN, irisAuthPid: 'PID-BLOCK' } },
    ],
    [
      { with: 'face', pid: PID },
      { authMethods: ['face'], face: { txnId: TXN, faceAuthPid: 'PID-BLOCK' } },
    ],
    [{ with: 'face-qr' }, { authMethods: ['face_auth'], face: { txnId: TXN } }],
  ])('is proved as published: %j', async (proof, authData) => {
    service.says({ body: LOGGED_IN });
    await abha.login.verify('abha-number.mobile-otp', TXN, proof);
    expect(heard()).toMatchObject({
      call: 'POST /abha/api/v3/profile/login/verify',
      body: { scope: ['abha-login', 'mobile-verify'], authData },
    });
  });

  it('ends with a final token when a refresh token came with it', async () => {
    service.says({ body: { ...LOGGED_IN, accounts: [{ ABHANumber: '91-1234-5678-9015', name: 'Asha Devi' }] } });
    const login = await abha.login.verify('aadhaar.otp', TXN, byOtp);
    expect(login).toMatchObject({ kind: 'final', accounts: [{ abhaNumber: '91-1234-5678-9015', name: 'Asha Devi' }] });
    if (login.kind !== 'final') return;
    expect(login.tokens.token).toBeInstanceOf(XToken);
    expect(login.tokens.token.reveal()).toBe('x');
    expect(login.tokens.refreshToken?.reveal()).toBe('r');
    expect(JSON.stringify(login)).not.toMatch(/"(x|r)"/);
  });

  it('leaves the choice of an account when none did, though there is one account only', async () => {
    const accounts = [{ ABHANumber: '91-1234-5678-9015' }];
    service.says({ body: { txnId: TXN, authResult: 'success', token: 't', expiresIn: '300', accounts } });
    const login = await abha.login.verify('mobile.otp', TXN, byOtp);
    expect(login).toMatchObject({ kind: 'choose', txnId: TXN, expiresInSeconds: 300 });
    expect(login.accounts).toHaveLength(1);
  });

  it('takes the chosen account by its number in clear and the transfer token', async () => {
    service.says({ body: FINAL });
    const tokens = await abha.login.chooseAccount(new TToken('t-token'), TXN, '91-1234-5678-9015');
    expect(tokens).toMatchObject({ expiresInSeconds: 1800, refreshExpiresInSeconds: 1_296_000 });
    const { call, headers, body } = heard();
    expect(call).toBe('POST /abha/api/v3/profile/login/verify/user');
    expect(headers).toMatchObject({ 't-token': 'Bearer t-token' });
    expect(headers['x-token']).toBeUndefined();
    expect(body).toEqual({ ABHANumber: '91-1234-5678-9015', txnId: TXN });
  });

  // prettier-ignore
  it.each<[string, () => Promise<unknown>, unknown]>([
    ['fingerprint', () => abha.login.byCapture('fingerprint', AADHAAR, PID), { scope: ['abha-login', 'aadhaar-bio-login-verify'], authData: { authMethods: ['bio_login'], bio_login: { aadhaar: 'enc:234567890124', fingerPrintAuthPid: 'PID-BLOCK' } } }],
    ['iris', () => abha.login.byCapture('iris', AADHAAR, PID), { scope: ['abha-login', 'aadhaar-iris-login-verify'], authData: { authMethods: ['iris_login'], iris_login: { aadhaar: 'enc:234567890124', irisAuthPid: 'PID-BLOCK' } } }],
    ['face', () => abha.login.byFace(AADHAAR, TXN), { scope: ['abha-login', 'aadhaar-face-login-verify'], authData: { authMethods: ['face_auth'], face_login: { txnId: TXN, aadhaar: 'enc:234567890124' } } }],
  ])('goes by Aadhaar number and %s in one call', async (_with, login, body) => {
    service.says({ body: LOGGED_IN });
    await login();
    expect(heard()).toMatchObject({ call: 'POST /abha/api/v3.1/profile/login/verify', body });
  });

  it('brings a de-activated ABHA back without logging anybody in', async () => {
    service.says({ body: OTP_SENT }, { body: { authResult: 'success', message: '', accounts: [] } });
    await abha.login.requestReactivation('mobile-otp', ABHA_NUMBER);
    await abha.login.reactivate('mobile-otp', TXN, OTP);
    const scope = ['abha-login', 'mobile-verify', 're-activate'];
    expect(service.heard.map(({ body }) => body.scope)).toEqual([scope, scope]);
  });
});

describe('Finding a forgotten ABHA', () => {
  it('asks by mobile, and reads the list in the list', async () => {
    const ABHA = [
      { index: 1, ABHANumber: 'xx-xxxx-xxxx-XX15', name: 'Asha Devi', gender: 'F' },
      { index: '2', ABHANumber: 'xx-xxxx-xxxx-XX24' },
    ];
    service.says({ body: [{ txnId: TXN, ABHA }] });
    expect(await abha.find.byMobile(MOBILE)).toEqual({
      txnId: TXN,
      abhas: [
        { index: '1', maskedAbhaNumber: 'xx-xxxx-xxxx-XX15', name: 'Asha Devi', gender: 'F' },
        { index: '2', maskedAbhaNumber: 'xx-xxxx-xxxx-XX24', name: undefined, gender: undefined },
      ],
    });
    expect(heard()).toMatchObject({
      call: 'POST /abha/api/v3/profile/account/abha/search',
      body: { scope: ['search-abha'], mobile: 'enc:9000000903' },
    });
  });
});

describe('Verifying by ABHA address', () => {
  it('asks first what the address allows, in clear, and leaves out what is blocked', async () => {
    service.says({
      body: {
        healthIdNumber: null,
        abhaAddress: 'Asha.Devi@SBX',
        authMethods: ['MOBILE_OTP', 'AADHAAR_OTP'],
        blockedAuthMethods: ['AADHAAR_OTP'],
        status: 'ACTIVE',
        fullName: 'Asha Devi',
        mobile: '9000******',
      },
    });
    expect(await abha.addressLogin.search(' Asha.Devi@sbx')).toEqual({
      abhaAddress: 'asha.devi@sbx',
      abhaNumber: undefined,
      name: 'Asha Devi',
      maskedMobile: '9000******',
      status: 'ACTIVE',
      authMethods: ['MOBILE_OTP'],
    });
    expect(heard()).toMatchObject({
      call: 'POST /abha/api/v3/phr/web/login/abha/search',
      body: { abhaAddress: 'asha.devi@sbx' },
    });
  });

  it.each<[AddressWay, string[], string]>([
    ['abha-address.mobile-otp', ['abha-address-login', 'mobile-verify'], 'abdm'],
    ['abha-address.aadhaar-otp', ['abha-address-login', 'aadhaar-verify'], 'aadhaar'],
    ['abha-address.fingerprint', ['abha-login', 'aadhaar-bio-verify'], 'aadhaar'],
    ['abha-address.iris', ['abha-login', 'aadhaar-iris-verify'], 'aadhaar'],
    ['abha-address.face', ['abha-login', 'aadhaar-face-verify'], 'aadhaar'],
  ])('opens and confirms %s with one scope', async (way, scope, otpSystem) => {
    const users = [
      { abhaAddress: 'asha.devi@sbx', fullName: 'Asha Devi', abhaNumber: null, status: 'ACTIVE', kycStatus: 'PENDING' },
    ];
    service.says({ body: OTP_SENT }, { body: { authResult: 'success', message: '', users, tokens: FINAL } });
    await abha.addressLogin.request(way, secret('asha.devi@sbx'));
    const login = await abha.addressLogin.verify(way, TXN, byOtp);
    expect(login.accounts).toMatchObject([{ abhaAddress: 'asha.devi@sbx', name: 'Asha Devi', isKycVerified: false }]);
    expect(login.tokens.token).toBeInstanceOf(AddressXToken);
    expect(service.heard.map(({ body }) => opened(body))).toEqual([
      { scope, loginHint: 'abha-address', loginId: 'enc:asha.devi@sbx', otpSystem },
      { scope, authData: otpBlock },
    ]);
  });

  it('has pages of its own for profile, card and QR', async () => {
    const token = new AddressXToken('address-token');
    service.says(
      {
        body: {
          abhaAddress: 'asha.devi@sbx',
          fullName: 'Asha Devi',
          gender: 'F',
          pinCode: '422003',
          dateOfBirth: '05-02-1990',
          status: 'ACTIVE',
        },
      },
      { body: PNG },
    );
    expect(await abha.addressAccount.profile(token)).toMatchObject({
      abhaNumber: undefined,
      abhaAddress: 'asha.devi@sbx',
      pincode: '422003',
      birth: { year: 1990, month: 2, day: 5 },
    });
    await abha.addressAccount.card(token);
    await abha.addressAccount.qrCode(token);
    expect(service.heard.map(({ call }) => call)).toEqual([
      'GET /abha/api/v3/phr/web/login/profile/abha-profile',
      'GET /abha/api/v3/phr/web/login/profile/abha/phr-card',
      'GET /abha/api/v3/phr/web/login/profile/abha/qr-code',
    ]);
    expect(service.heard[0]?.headers).toMatchObject({ 'x-token': 'Bearer address-token' });
  });
});

describe('Making an ABHA', () => {
  const bodyOf = (authData: unknown) => ({ authData, consent: CONSENT });
  const mobile = '9000000903';
  const demographics = {
    name: 'Asha Devi',
    dateOfBirth: '05-02-1990',
    gender: 'F',
    stateCode: '27',
    districtCode: '487',
  } as const;

  // prettier-ignore
  it.each<[string, () => Promise<unknown>, unknown]>([
    ['Aadhaar', () => abha.enrolment.sendAadhaarOtp(AADHAAR), { scope: ['abha-enrol'], loginHint: 'aadhaar', loginId: 'enc:234567890124', otpSystem: 'aadhaar' }],
    ['Aadhaar, once more', () => abha.enrolment.sendAadhaarOtp(AADHAAR, TXN), { txnId: TXN, scope: ['abha-enrol'], loginHint: 'aadhaar', loginId: 'enc:234567890124', otpSystem: 'aadhaar' }],
    ['mobile', () => abha.enrolment.sendMobileOtp(TXN, MOBILE), { txnId: TXN, scope: ['abha-enrol', 'mobile-verify'], loginHint: 'mobile', loginId: 'enc:9000000903', otpSystem: 'abdm' }],
    ['e-mail', () => abha.enrolment.sendEmailOtp(TXN, secret('asha@example.org')), { txnId: TXN, scope: ['abha-enrol', 'email-verify'], loginHint: 'email', loginId: 'enc:asha@example.org', otpSystem: 'abdm' }],
    ['driving licence', () => abha.enrolment.sendLicenceOtp(MOBILE), { scope: ['abha-enrol', 'mobile-verify', 'dl-flow'], loginHint: 'mobile', loginId: 'enc:9000000903', otpSystem: 'abdm' }],
  ])('sends an OTP for: %s', async (_for, send, body) => {
    service.says({ body: OTP_SENT });
    expect(await send()).toEqual(OTP_SENT);
    const { call, body: sent } = heard();
    expect(call).toBe('POST /abha/api/v3/enrollment/request/otp');
    expect(sent).toEqual(body);
  });

  // prettier-ignore
  it.each<[string, () => Promise<unknown>, unknown]>([
    ['otp', () => abha.enrolment.byAadhaarOtp({ txnId: TXN, otp: OTP, mobile }), { authMethods: ['otp'], otp: { txnId: TXN, otpValue: 'enc:123456', mobile } }],
    ['fingerprint', () => abha.enrolment.byFingerprint({ aadhaar: AADHAAR, pid: PID, mobile }), { authMethods: ['bio'], bio: { aadhaar: 'enc:234567890124', fingerPrintAuthPid: 'PID-BLOCK', mobile } }],
    ['iris', () => abha.enrolment.byIris({ aadhaar: AADHAAR, pid: PID, mobile }), { authMethods: ['iris'], iris: { aadhaar: 'enc:234567890124', pid: 'PID-BLOCK', mobile } }],
    ['face', () => abha.enrolment.byFace({ txnId: TXN, aadhaar: AADHAAR, mobile }), { authMethods: ['face_auth'], face: { txnId: TXN, aadhaar: 'enc:234567890124', mobile } }],
    ['demographics', () => abha.enrolment.byDemographics({ aadhaar: AADHAAR, ...demographics }), { authMethods: ['demo_auth'], demo_auth: { aadhaarNumber: 'enc:234567890124', ...demographics } }],
    ['child', () => abha.enrolment.ofChild(X, { name: 'Ravi Devi', gender: 'M', dayOfBirth: '28', monthOfBirth: '02', yearOfBirth: '2022' }), { authMethods: ['child'], child: { name: 'Ravi Devi', gender: 'M', dayOfBirth: '28', monthOfBirth: '02', yearOfBirth: '2022', password: '', profilePhoto: '', parentConsent: 'true' } }],
  ])('goes by %s, with NHA’s consent', async (_by, enrol, authData) => {
    service.says({ body: ENROLLED });
    await enrol();
    const { call, body } = heard();
    expect(call).toBe('POST /abha/api/v3/enrollment/enrol/byAadhaar');
    expect(body).toEqual(bodyOf(authData));
  });

  it('names the benefit programme only where the person is not asked, and the parent only for a child', async () => {
    service.says({ body: ENROLLED });
    await abha.enrolment.byDemographics({ aadhaar: AADHAAR, ...demographics });
    await abha.enrolment.ofChild(X, {
      name: 'Ravi Devi',
      gender: 'M',
      dayOfBirth: '28',
      monthOfBirth: '02',
      yearOfBirth: '2022',
    });
    await abha.enrolment.byAadhaarOtp({ txnId: TXN, otp: OTP, mobile });
    expect(service.heard.map(({ headers }) => [headers['benefit_name'], headers['x-token']])).toEqual([
      ['invented programme', undefined],
      ['invented programme', 'Bearer x-token'],
      [undefined, undefined],
    ]);
  });

  it('reads who already had one, and that the mobile still has to be proved', async () => {
    const ABHAProfile = {
      firstName: 'Asha',
      middleName: '',
      lastName: 'Devi',
      dob: '5-2-1990',
      gender: 'F',
      mobile: null,
      phrAddress: ['91123456789015@sbx'],
      ABHANumber: '91-1234-5678-9015',
      abhaStatus: 'ACTIVE',
      pinCode: 422003,
    };
    service.says({
      body: { message: 'This account already exist', txnId: TXN, tokens: FINAL, ABHAProfile, isNew: false },
    });
    expect(await abha.enrolment.byAadhaarOtp({ txnId: TXN, otp: OTP, mobile })).toMatchObject({
      txnId: TXN,
      isNew: false,
      tokens: { expiresInSeconds: 1800 },
      profile: {
        abhaNumber: '91-1234-5678-9015',
        abhaAddress: '91123456789015@sbx',
        name: 'Asha Devi',
        birth: { year: 1990, month: 2, day: 5 },
        mobile: undefined,
        pincode: '422003',
        status: 'ACTIVE',
      },
    });
  });

  it('reads the other shape that demographics answer with', async () => {
    service.says({
      body: {
        healthIdNumber: '91-1234-5678-9015',
        healthId: '91123456789015@sbx',
        name: 'Asha Devi',
        yearOfBirth: '1990',
        dayOfBirth: '05',
        monthOfBirth: '02',
        gender: 'F',
        kycVerified: true,
        token: 'x',
        jwtResponse: FINAL,
        status: 'ACTIVE',
        new: true,
      },
    });
    expect(await abha.enrolment.byDemographics({ aadhaar: AADHAAR, ...demographics })).toMatchObject({
      isNew: true,
      tokens: { expiresInSeconds: 1800 },
      profile: { abhaNumber: '91-1234-5678-9015', abhaAddress: '91123456789015@sbx', isKycVerified: true },
    });
  });

  it.each(['mobile', 'email', 'driving-licence'] as const)(
    'confirms the OTP for %s with the scope it was sent with',
    async (purpose) => {
      service.says({ body: { txnId: TXN, authResult: 'success', message: '' } });
      await abha.enrolment.confirmOtp(purpose, TXN, OTP);
      const scope = {
        mobile: ['abha-enrol', 'mobile-verify'],
        email: ['abha-enrol', 'email-verify'],
        'driving-licence': ['abha-enrol', 'mobile-verify', 'dl-flow'],
      }[purpose];
      expect(heard()).toMatchObject({
        call: 'POST /abha/api/v3/enrollment/auth/byAbdm',
        body: { scope, authData: otpBlock },
      });
    },
  );

  it('by driving licence ends in a provisional number', async () => {
    service.says({
      body: {
        message: '',
        enrolProfile: {
          enrolmentNumber: '91-0000-3333-4442',
          enrolmentState: 'PROVISIONAL',
          dob: '1990-2-5',
          phrAddress: [null],
        },
        isNew: true,
      },
    });
    const licence = {
      txnId: TXN,
      documentId: 'MH0000000000001',
      firstName: 'Asha',
      dob: '1990-02-05',
      gender: 'F',
      frontSidePhoto: 'A',
      backSidePhoto: 'B',
      address: '12 Example Road',
      state: 'Maharashtra',
      district: 'Nashik',
      pinCode: '422003',
    } as const;
    expect(await abha.enrolment.byDrivingLicence(licence)).toMatchObject({
      enrolmentNumber: '91-0000-3333-4442',
      state: 'PROVISIONAL',
      profile: { birth: { year: 1990, month: 2, day: 5 }, abhaAddresses: [] },
    });
    expect(heard()).toMatchObject({
      call: 'POST /abha/api/v3/enrollment/enrol/byDocument',
      body: { ...licence, documentType: 'DRIVING_LICENCE', consent: CONSENT },
    });
  });

  it('suggests addresses, and makes the chosen one the preferred', async () => {
    service.says({ body: { txnId: TXN, abhaAddressList: ['asha.devi', 'asha1990'] } });
    expect(await abha.enrolment.suggestedAddresses(TXN)).toEqual(['asha.devi', 'asha1990']);
    expect(heard()).toMatchObject({
      call: 'GET /abha/api/v3/enrollment/enrol/suggestion',
      headers: { transaction_id: TXN },
    });
    service.heard.splice(0);
    service.says({ body: { txnId: TXN, healthIdNumber: '91-1234-5678-9015', preferredAbhaAddress: 'Asha.Devi' } });
    expect(await abha.enrolment.chooseAddress(TXN, 'asha.devi')).toBe('asha.devi@sbx');
    expect(heard()).toMatchObject({
      call: 'POST /abha/api/v3/enrollment/enrol/abha-address',
      body: { txnId: TXN, abhaAddress: 'asha.devi', preferred: 1 },
    });
  });

  it('waits for a face that is captured elsewhere', async () => {
    service.says({ body: { txnId: TXN, message: 'Transaction Id generated Successfully' } });
    expect(await abha.enrolment.startFaceCapture()).toMatchObject({ txnId: TXN });
    expect(heard()).toMatchObject({
      call: 'POST /abha/api/v3/enrollment/enrol/auth/init',
      body: { scope: ['abha-enrol', 'face-auth'] },
    });
    service.says(
      ...['PENDING', 'VERIFIED', 'FAILED', 'COMPLETE', 'NEVER HEARD'].map((status) => ({
        body: { status, message: '' },
      })),
    );
    const asked = [];
    for (let times = 0; times < 4; times++) asked.push(await abha.enrolment.faceCapture(TXN));
    expect(asked).toEqual(['waiting', 'scanned', 'failed', 'complete']);
    expect(service.heard.at(-1)).toMatchObject({
      call: 'POST /abha/api/v3/enrollment/enrol/capturePID',
      body: { scope: ['abha-enrol', 'face-verify'], txnId: TXN },
    });
    await expect(abha.enrolment.faceCapture(TXN)).rejects.toMatchObject({ kind: 'unreadable' });
  });
});

describe('The account of somebody who is verified', () => {
  // prettier-ignore
  it.each<[AccountChange, SecretText, unknown]>([
    ['mobile', MOBILE, { scope: ['abha-profile', 'mobile-verify'], loginHint: 'mobile', loginId: 'enc:9000000903', otpSystem: 'abdm' }],
    ['email', secret('asha@example.org'), { scope: ['abha-profile', 'email-verify'], loginHint: 'email', loginId: 'enc:asha@example.org', otpSystem: 'abdm' }],
    ['re-kyc', ABHA_NUMBER, { scope: ['abha-profile', 're-kyc'], loginHint: 'abha-number', loginId: 'enc:91-1234-5678-9015', otpSystem: 'aadhaar' }],
    ['child-kyc', AADHAAR, { scope: ['abha-profile', 're-kyc'], loginHint: 'aadhaar', loginId: 'enc:234567890124', otpSystem: 'aadhaar' }],
    ['de-activate.mobile', ABHA_NUMBER, { scope: ['abha-profile', 'de-activate'], loginHint: 'abha-number', loginId: 'enc:91-1234-5678-9015', otpSystem: 'abdm' }],
    ['delete.aadhaar', ABHA_NUMBER, { scope: ['abha-profile', 'delete'], loginHint: 'abha-number', loginId: 'enc:91-1234-5678-9015', otpSystem: 'aadhaar' }],
  ])('changes by OTP: %s', async (change, value, body) => {
    service.says({ body: OTP_SENT }, { body: { authResult: 'success', message: '', accounts: [] } });
    await abha.account.requestOtp(X, change, value);
    await abha.account.verify(X, change, { txnId: TXN, otp: OTP, reasons: ['Not needed'] });
    const [asked, proved] = service.heard;
    expect(asked).toMatchObject({ call: 'POST /abha/api/v3/profile/account/request/otp', headers: { 'x-token': 'Bearer x-token' } });
    expect(opened(asked?.body)).toEqual(body);
    expect(proved).toMatchObject({ call: 'POST /abha/api/v3/profile/account/verify', headers: { 'x-token': 'Bearer x-token' } });
    const isEnding = /^de/.test(change);
    expect(opened(proved?.body)).toEqual({ scope: (body as { scope: string[] }).scope, authData: otpBlock, ...(isEnding ? { reasons: ['Not needed'] } : {}) });
  });

  it('is not ended without a reason', async () => {
    await expect(abha.account.verify(X, 'delete.mobile', { txnId: TXN, otp: OTP })).rejects.toMatchObject({
      kind: 'field-refused',
      field: 'reasons',
    });
    expect(service.heard).toEqual([]);
  });

  it('shows the profile, and takes another photo', async () => {
    const body = {
      ABHANumber: '91-1234-5678-9015',
      preferredAbhaAddress: 'asha.devi@sbx',
      name: 'Asha Devi',
      gender: 'F',
      yearOfBirth: '1990',
      dayOfBirth: null,
      monthOfBirth: null,
      stateCode: 27,
      pincode: '422003',
      kycVerified: 'true',
      profilePhoto: 'data:image/jpeg;base64,QUJD',
      authMethods: ['MOBILE_OTP'],
      status: 'ACTIVE',
    };
    service.says({ body });
    expect(await abha.account.profile(X)).toMatchObject({
      name: 'Asha Devi',
      birth: { year: 1990, month: undefined, day: undefined },
      stateCode: '27',
      photo: 'QUJD',
      isKycVerified: true,
      authMethods: ['MOBILE_OTP'],
    });
    await abha.account.changePhoto(X, 'QUJD');
    expect(service.heard.map(({ call }) => call)).toEqual([
      'GET /abha/api/v3/profile/account',
      'PATCH /abha/api/v3/profile/account',
    ]);
    expect(service.heard[1]?.body).toEqual({ profilePhoto: 'QUJD' });
  });

  it.each([
    ['PNG', PNG, 'image/png'],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
    ['PDF', Buffer.from('%PDF-1.7'), 'application/pdf'],
  ])('has a card and QR as served: %s', async (_kind, bytes, contentType) => {
    service.says({ body: bytes });
    expect(await abha.account.card(X)).toEqual({ contentType, bytes });
    expect(await abha.account.qrCode(X)).toEqual({ contentType, bytes });
    expect(await abha.account.downloadCard(X)).toEqual({ contentType, bytes });
    expect(service.heard.map(({ call }) => call.split('/').at(-1))).toEqual([
      'abha-card',
      'qrCode',
      'download-abha-card',
    ]);
  });

  it('shows no page of HTML as a card', async () => {
    service.says({ body: Buffer.from('<html>'), contentType: 'image/png' }, { body: Buffer.alloc(0) });
    await expect(abha.account.card(X)).rejects.toMatchObject({ kind: 'unreadable' });
    await expect(abha.account.card(X)).rejects.toMatchObject({ kind: 'unreadable' });
  });

  it('understands the refusal of a card, which comes as bytes', async () => {
    service.says({ status: 401, body: { message: 'X-token expired', timestamp: '2026-09-17 16:52:48' } });
    await expect(abha.account.card(X)).rejects.toMatchObject({ kind: 'user-token', status: 401 });
  });

  it('takes no card of more than 8 MB', async () => {
    service.says({ body: Buffer.concat([PNG, Buffer.alloc(9 * 1024 * 1024)]) });
    await expect(abha.account.card(X)).rejects.toMatchObject({ kind: 'unreadable' });
  });

  it('lists children, renews the session, and ends it', async () => {
    const children = [
      {
        dateOfBirth: '28-2-2022',
        name: 'Ravi Devi',
        gender: 'M',
        phrAddress: '91000011112224@sbx',
        ABHANumber: '91-0000-1111-2224',
      },
    ];
    service.says(
      { body: { parentAbhaNumber: '91-1234-5678-9015', childrenCount: 1, children } },
      { body: FINAL },
      { body: { message: 'Logged out' } },
    );
    expect(await abha.account.children(X)).toEqual([
      {
        name: 'Ravi Devi',
        gender: 'M',
        birth: { year: 2022, month: 2, day: 28 },
        abhaNumber: '91-0000-1111-2224',
        abhaAddress: '91000011112224@sbx',
      },
    ]);
    expect((await abha.account.refresh(new RToken('r-token'))).token.reveal()).toBe('x');
    await abha.account.logout(X);
    expect(
      service.heard.map(({ call, headers }) => [call, headers['x-token'], headers['r-token'], headers['benefit_name']]),
    ).toEqual([
      ['GET /abha/api/v3/enrollment/profile/children', 'Bearer x-token', undefined, 'invented programme'],
      ['GET /abha/api/v3/profile/account/request/token', undefined, 'Bearer r-token', undefined],
      ['GET /abha/api/v3/profile/account/request/logout', 'Bearer x-token', undefined, undefined],
    ]);
  });

  it('lets a child’s profile be changed once', async () => {
    service.says({ body: { ABHANumber: '91-0000-1111-2224', name: 'Ravi Devi' } });
    await abha.account.changeChild(X, { abhaNumber: '91-0000-1111-2224', name: 'Ravi Devi' });
    expect(heard()).toMatchObject({
      call: 'PATCH /abha/api/v3/profile/account',
      headers: { benefit_name: 'invented programme' },
    });
  });
});

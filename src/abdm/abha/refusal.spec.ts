import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { ABHA_FAILURES } from './failures.js';
import { failedAuthIn, refusalFrom } from './refusal.js';

interface Examples {
  readonly components: { readonly examples: Readonly<Record<string, { readonly value: unknown }>> };
}

const CONTRACT = new URL('../../simulator/contract/m1.yaml', import.meta.url);
const { examples } = (parse(readFileSync(CONTRACT, 'utf8')) as Examples).components;
const FAILED = ['otpMismatch', 'otpExpired', 'otpInvalidNewText'];

const refused = (body: unknown, status = 422) => refusalFrom(status, body, { hadUserToken: false });

/** Every refusal NHA published or the sandbox gave, by its name in the contract. */
// prettier-ignore
const MEANT: Readonly<Record<string, { readonly kind: keyof typeof ABHA_FAILURES; readonly field?: string }>> = {
  badSecret: { kind: 'other' },
  badTimestamp: { kind: 'our-request' }, badRequestId: { kind: 'our-request' }, badPath: { kind: 'our-request' },
  gatewayTokenInvalid: { kind: 'gateway-token' }, gatewayTokenMissing: { kind: 'gateway-token' }, missing: { kind: 'gateway-token' },
  unclassified: { kind: 'temporary' },
  scope: { kind: 'our-request' }, scope2: { kind: 'our-request' }, loginHint: { kind: 'our-request' },
  authMethods: { kind: 'our-request' }, authMethods2: { kind: 'our-request' }, authMethods3: { kind: 'our-request' },
  otpSystem: { kind: 'our-request' }, otpSystem2: { kind: 'our-request' }, emptyBody: { kind: 'our-request' },
  noBody: { kind: 'our-request' }, preferred: { kind: 'our-request' },
  loginId: { kind: 'field-refused', field: 'loginId' },
  abhaNumberWithoutDashes: { kind: 'field-refused', field: 'loginId' },
  mobileUnreadableOrInvalid: { kind: 'field-refused', field: 'loginId' },
  badAddress: { kind: 'field-refused', field: 'loginId' }, notBase64: { kind: 'field-refused', field: 'loginId' },
  otpValue: { kind: 'field-refused', field: 'otpValue' },
  mobile: { kind: 'field-refused', field: 'mobile' },
  abhaAddress: { kind: 'field-refused', field: 'abhaAddress' },
  abhaNumber: { kind: 'field-refused', field: 'ABHANumber' },
  password: { kind: 'field-refused', field: 'password' },
  photo: { kind: 'field-refused', field: 'ProfilePhoto' },
  lgd: { kind: 'field-refused', field: 'districtCode' },
  fingerPid: { kind: 'field-refused', field: 'PID' }, facePid: { kind: 'field-refused', field: 'pid' },
  pid: { kind: 'field-refused', field: 'PID' }, pid2: { kind: 'field-refused', field: 'PID' },
  txnId: { kind: 'transaction-over' }, txnId2: { kind: 'transaction-over' }, txnId3: { kind: 'transaction-over' }, txnId4: { kind: 'transaction-over' },
  uidai: { kind: 'aadhaar-refused' },
  wrongOtp: { kind: 'wrong-otp' }, otp: { kind: 'wrong-otp' }, aadhaarOtp: { kind: 'wrong-otp' }, aadhaarOtp2: { kind: 'wrong-otp' },
  tooManyOtp: { kind: 'otp-locked' },
  bioMismatch: { kind: 'biometric-mismatch' }, mismatch2: { kind: 'biometric-mismatch' },
  demoMismatch: { kind: 'demographics-mismatch' }, mismatch: { kind: 'document-mismatch' },
  mobileLimit: { kind: 'mobile-full' }, emailLimit: { kind: 'email-full' }, sameMobile: { kind: 'mobile-same' },
  taken: { kind: 'address-taken' }, limit: { kind: 'address-refused' },
  benefit: { kind: 'not-entitled' }, restricted: { kind: 'not-entitled' }, privilege: { kind: 'not-entitled' },
  childLimit: { kind: 'child-limit' }, once: { kind: 'child-changed-once' }, clientLimit: { kind: 'client-limit' },
  xTokenInvalid: { kind: 'user-token' }, xTokenExpired: { kind: 'user-token' }, xTokenExpiredFlat: { kind: 'user-token' },
  tToken: { kind: 'user-token' }, rTokenInvalid: { kind: 'user-token' },
  noUser: { kind: 'no-abha' }, noUser2: { kind: 'no-abha' }, noAbhaOnMobile: { kind: 'no-abha' }, none: { kind: 'no-abha' },
  deactivated: { kind: 'deactivated' }, notAllowed: { kind: 'way-not-allowed' }, bioNotAllowed: { kind: 'way-not-allowed' },
  nothing: { kind: 'nothing-to-update' },
  benefitDelete: { kind: 'benefit-linked' }, benefitDeactivate: { kind: 'benefit-linked' },
};

describe('Refusals of the ABHA service', () => {
  it('are all understood that the contract lists', () => {
    const listed = Object.keys(examples).filter((name) => !FAILED.includes(name));
    expect(Object.keys(MEANT).sort()).toEqual(listed.sort());
  });

  it.each(Object.entries(MEANT))('"%s" means %o', (name, { kind, field }) => {
    expect(refused(examples[name]?.value, name === 'badPath' ? 404 : 422)).toMatchObject({ kind, field });
  });

  it('carry ABDM’s code without what trails it', () => {
    expect(refused(examples['badTimestamp']?.value, 404).code).toBe('ABDM-1016');
    expect(refused(examples['badAddress']?.value, 400).code).toBe('ABDM-1006');
  });

  it.each([
    ['400', 'wrong-otp'],
    ['300', 'biometric-mismatch'],
    ['561', 'biometric-stale'],
    ['563', 'biometric-stale'],
    ['810', 'biometric-missing'],
    ['998', 'aadhaar-refused'],
    ['K-547', 'biometric-device'],
  ])('carry UIDAI’s number %s, which means %s', (uidaiCode, kind) => {
    const message = `UIDAI Error code : ${uidaiCode} : some words`;
    expect(refused({ error: { code: 'ABDM-1204', message } })).toMatchObject({ kind, uidaiCode, code: 'ABDM-1204' });
    expect(refused({ Message: message, timestamp: '2026-09-17 16:52:48' })).toMatchObject({ kind, uidaiCode });
  });

  it.each([
    ['ABDM-1114', 'Login via ABHA Number OTP is not allowed', 'way-not-allowed'],
    ['ABDM-1115', 'Login via Aadhaar OTP is not allowed', 'way-not-allowed'],
    ['ABDM-1211', 'User not found.', 'no-abha'],
    ['ABDM-1211', 'Email Sending Limit Exceeded', 'other'],
    ['ABDM-1094', 'X-token expired', 'user-token'],
    ['ABDM-1094', 'Invalid Benefit Name', 'not-entitled'],
    ['ABDM-9999', 'Transaction is not found for UUID.', 'transaction-over'],
    ['ABDM-9999', 'Invalid LoginId', 'field-refused'],
    ['ABDM-9999', 'Invalid OTP Value', 'field-refused'],
    ['ABDM-9999', 'Invalid Login Hint', 'our-request'],
    ['ABDM-1006', 'Invalid combinations of scopes', 'our-request'],
    ['ABDM-1204', 'UIDAI Error code : 599 : something new', 'other'],
    ['ABDM-1019', 'Dependent Service Unavailable', 'temporary'],
    ['ABDM-1022', 'Too many requests', 'too-many-requests'],
    ['ABDM-4711', 'Something new', 'other'],
  ])('%s with "%s" means %s', (code, message, kind) => {
    expect(refused({ error: { code, message } }).kind).toBe(kind);
    expect(refused([{ code: `${code}: `, message }]).kind).toBe(kind);
  });

  it.each([
    [401, undefined, true, 'user-token'],
    [401, '', false, 'gateway-token'],
    [403, 'Access Denied', false, 'our-request'],
    [408, undefined, false, 'temporary'],
    [429, undefined, false, 'too-many-requests'],
    [500, '<html>', false, 'temporary'],
    [
      503,
      { timestamp: '2026-09-17', path: '/', status: 503, error: 'Service Unavailable', requestId: 'a' },
      true,
      'temporary',
    ],
    [400, null, false, 'other'],
    [302, '', false, 'other'],
  ])('without a word, %d (%j, a person’s token: %s) means %s', (status, body, hadUserToken, kind) => {
    expect(refusalFrom(status, body, { hadUserToken }).kind).toBe(kind);
  });

  it.each([
    'UIDAI Error code : 110 : Aadhaar number does not have verified mobile/email.',
    'UIDAI Error code : 111 : Aadhaar number does not have verified mobile.',
    'UIDAI Error code : 112 : Aadhaar number does not have both email and mobile.',
    'Aadhaar number is not linked with any mobile number.',
  ])('know a right Aadhaar number without a mobile from a wrong one: %s', (message) => {
    expect(refused({ error: { code: 'ABDM-1204', message } }).kind).toBe('aadhaar-without-mobile');
  });

  it('say for how long OTPs are locked: half an hour, or what Retry-After says', () => {
    const body = examples['tooManyOtp']?.value;
    expect(refused(body).retryAfterSeconds).toBe(1800);
    expect(refusalFrom(422, body, { hadUserToken: false, retryAfter: '600' }).retryAfterSeconds).toBe(600);
    expect(refused(examples['taken']?.value).retryAfterSeconds).toBeUndefined();
  });

  it('are worth repeating only where the service itself was the trouble', () => {
    expect(
      Object.entries(ABHA_FAILURES)
        .filter(([, { isRetryable }]) => isRetryable)
        .map(([kind]) => kind),
    ).toEqual(['gateway-token', 'too-many-requests', 'temporary']);
  });

  it('repeat neither what was sent nor what came', () => {
    const error = refused({ loginId: 'Invalid 2345 6789 0124', '234567890124': 'x', timestamp: '2026' }, 400);
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toMatch(/2345/);
    expect(refused({ '9000000903': 'is not valid', timestamp: '' }, 400).field).toBeUndefined();
  });
});

describe('An HTTP 200 of the ABHA service', () => {
  const failure = (body: unknown, proof: 'otp' | 'biometric' = 'otp') => failedAuthIn(body, proof)?.kind;

  it.each([
    ['otpMismatch', 'wrong-otp'],
    ['otpExpired', 'otp-expired'],
    ['otpInvalidNewText', 'wrong-otp'],
  ])('with "%s" is a failure: %s', (name, kind) => {
    expect(failure(examples[name]?.value)).toBe(kind);
  });

  it('is a success only when it says so', () => {
    expect(failure({ authResult: 'success' })).toBeUndefined();
    expect(failure({ authResult: 'Success' })).toBeUndefined();
    expect(failure({ authResult: 'failure', message: '' })).toBe('wrong-otp');
    expect(failure({ authResult: null })).toBe('wrong-otp');
    expect(failure({ token: 'a token without a verdict' })).toBe('unreadable');
    expect(failure('')).toBe('unreadable');
    expect(failure(null)).toBe('unreadable');
  });

  it('that failed is about what she proved it with', () => {
    expect(failure({ authResult: 'failed', message: 'FACE did not match' }, 'biometric')).toBe('biometric-mismatch');
    const uidai = 'UIDAI Error code : 561 : Request expired';
    expect(failure({ authResult: 'failed', message: uidai }, 'biometric')).toBe('biometric-stale');
    const tooMany = 'You have requested multiple OTPs Or Exceeded maximum number of attempts for OTP match';
    expect(failure({ authResult: 'failed', message: tooMany })).toBe('otp-locked');
  });
});

import { describe, expect, it } from '@jest/globals';
import { ABHA_BASE, theM1Contract } from './m1-contract.js';

const contract = theM1Contract();
const post = (path: string) => contract.operationAt('POST', `${ABHA_BASE}${path}`)!;
const field = (path: string, body: unknown) => {
  const judgement = contract.judge(post(path), body);
  return 'field' in judgement ? judgement.field : judgement.useCase;
};

const ENROL_OTP = '/v3/enrollment/request/otp';
const LOGIN_OTP = '/v3/profile/login/request/otp';
const enrol = { txnId: '', scope: ['abha-enrol'], loginHint: 'aadhaar', loginId: 'x', otpSystem: 'aadhaar' };

describe('the contract of the ABHA service', () => {
  it('knows the job of a body by its scope, hint and system', () => {
    expect(field(ENROL_OTP, enrol)).toBe('EnrolOtpAadhaar');
    const scope = ['abha-enrol', 'mobile-verify'];
    expect(field(ENROL_OTP, { ...enrol, scope, loginHint: 'mobile', otpSystem: 'abdm' })).toBe('EnrolOtpMobile');
    const login = { scope: ['abha-login', 'mobile-verify'], loginHint: 'mobile', loginId: 'x', otpSystem: 'abdm' };
    expect(field(LOGIN_OTP, login)).toBe('LoginOtpMobile');
    expect(field(LOGIN_OTP, { ...login, loginHint: 'abha-number' })).toBe('LoginOtpAbhaMobile');
  });

  it('blames the first field that speaks against all jobs', () => {
    expect(field(ENROL_OTP, { ...enrol, scope: ['abha-login'] })).toBe('scope');
    expect(field(ENROL_OTP, { ...enrol, scope: ['abha-enrol', 'dl-flow', 'mobile-verify'] })).toBe('scope');
    expect(field(ENROL_OTP, { ...enrol, loginHint: 'mobile' })).toBe('loginHint');
    expect(field(ENROL_OTP, { ...enrol, otpSystem: 'abdm' })).toBe('otpSystem');
    expect(field(ENROL_OTP, { ...enrol, loginId: 7 })).toBe('loginId');
    expect(field(ENROL_OTP, {})).toBe('scope');
    expect(field(ENROL_OTP, undefined)).toBe('scope');
  });

  it('blames what is missing or malformed inside', () => {
    const by = '/v3/enrollment/enrol/byAadhaar';
    const authData = { authMethods: ['otp'], otp: { txnId: 'x', otpValue: 'y', mobile: '9000000101' } };
    const consent = { code: 'abha-enrollment', version: '1.4' };
    expect(field(by, { authData, consent })).toBe('EnrolByOtp');
    expect(field(by, { authData })).toBe('consent');
    expect(field(by, { authData: { ...authData, authMethods: ['sms'] }, consent })).toBe('authMethods');
    expect(field(by, { authData: { ...authData, otp: { ...authData.otp, mobile: '+91' } }, consent })).toBe('mobile');
    expect(field(by, { authData: { ...authData, otp: { otpValue: 'y' } }, consent })).toBe('txnId');
  });

  it('has words for a refusal, of the operation itself or of another', () => {
    expect(contract.example('loginRequestOtp', 'noUser')).toMatchObject({ status: 404 });
    expect(contract.example('addressSearch', 'noUser')).toMatchObject({ status: 400, value: { code: 'ABDM-1211' } });
    expect(contract.example('addressSearch', 'tooManyOtp')).toMatchObject({ status: 422 });
    expect(() => contract.example('loginVerify', 'nonsense')).toThrow(/no example/);
    expect(contract.exampleFor('loginVerify', 'otpvalue')).toMatchObject({ value: { otpValue: 'Invalid OTP Value' } });
  });

  it('answers for paths below its base only', () => {
    expect(contract.operationAt('POST', ENROL_OTP)).toBeUndefined();
    expect(contract.operationAt('GET', `${ABHA_BASE}${ENROL_OTP}`)).toBeUndefined();
  });
});

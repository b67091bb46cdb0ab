import { describe, expect, it } from '@jest/globals';
import type { AbhaProfile } from '../../abdm/abha/answers.js';
import { knownProfile, type Beside } from './known-profile.js';

const NOTHING: AbhaProfile = {
  ...{ abhaNumber: undefined, abhaAddress: undefined, abhaAddresses: [], name: undefined, gender: undefined },
  ...{ birth: undefined, mobile: undefined, email: undefined, address: undefined, pincode: undefined },
  ...{ stateCode: undefined, stateName: undefined, districtCode: undefined, districtName: undefined },
  ...{ photo: undefined, status: undefined, isKycVerified: undefined, authMethods: [] },
};
const BESIDE: Beside = { isNew: false, provedMobile: undefined, before: undefined, suffix: 'sbx' };
const known = (profile: Partial<AbhaProfile>, beside: Partial<Beside> = {}) =>
  knownProfile({ ...NOTHING, ...profile }, { ...BESIDE, ...beside });

describe('What is known of somebody who was verified', () => {
  it('has the ABHA number as 14 digits, and never a masked one', () => {
    expect(known({ abhaNumber: '91-1234-5678-9015' }).abhaNumber).toBe('91123456789015');
    expect(known({ abhaNumber: '91-****-****-5727' }).abhaNumber).toBeUndefined();
  });

  it('has the address with its suffix', () => {
    expect(known({ abhaAddress: 'asha.devi' }).abhaAddress).toBe('asha.devi@sbx');
    expect(known({ abhaAddress: 'asha.devi@abdm' }).abhaAddress).toBe('asha.devi@abdm');
  });

  it('has a mobile whose code was confirmed only when it is the one ABDM masks', () => {
    expect(known({ mobile: '******0903' }, { provedMobile: '9000000903' }).mobile).toBe('9000000903');
    expect(known({ mobile: '******0903' }, { provedMobile: '9000000904' }).mobile).toBeUndefined();
    expect(known({ mobile: '******0903' }).maskedMobile).toBe('******0903');
    expect(known({ mobile: '9000000903' })).toMatchObject({ mobile: '9000000903', maskedMobile: '******0903' });
  });

  it('has no longer a mobile that ABDM has changed since', () => {
    const before = known({ mobile: '9000000903' });
    expect(known({}, { before }).mobile).toBe('9000000903');
    expect(known({ mobile: '******0903' }, { before }).mobile).toBe('9000000903');
    expect(known({ mobile: '******1111' }, { before })).toMatchObject({
      mobile: undefined,
      maskedMobile: '******1111',
    });
  });

  it('keeps what an earlier answer said where a later one is silent', () => {
    const before = known({ name: 'Asha Devi', gender: 'F', birth: { year: 1990, month: undefined, day: undefined } });
    expect(known({ isKycVerified: true }, { before })).toMatchObject({
      ...{ name: 'Asha Devi', gender: 'F', yearOfBirth: 1990, monthOfBirth: undefined, kycStatus: 'verified' },
    });
  });

  it('has ABDM’s three genders', () => {
    expect(['M', 'F', 'O', 'T', 'U'].map((gender) => known({ gender }).gender)).toEqual(['M', 'F', 'O', 'O', 'O']);
  });
});

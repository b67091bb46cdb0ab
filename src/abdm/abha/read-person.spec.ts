import { describe, expect, it } from '@jest/globals';
import { readAccounts, readBirth, readProfile } from './read-person.js';

describe('A person in an answer of the ABHA service', () => {
  it.each([
    [{ dob: '5-2-1990' }, { year: 1990, month: 2, day: 5 }],
    [{ dob: '05-02-1990' }, { year: 1990, month: 2, day: 5 }],
    [{ dob: '05/02/1990' }, { year: 1990, month: 2, day: 5 }],
    [{ dob: '1990-2-5' }, { year: 1990, month: 2, day: 5 }],
    [{ dateOfBirth: '1990' }, { year: 1990 }],
    [
      { yearOfBirth: '1990', monthOfBirth: '02', dayOfBirth: '05' },
      { year: 1990, month: 2, day: 5 },
    ],
    [
      { yearOfBirth: 1990, monthOfBirth: 2, dayOfBirth: null },
      { year: 1990, month: 2 },
    ],
    [{ yearOfBirth: '1990', monthOfBirth: null, dayOfBirth: '05' }, { year: 1990 }],
    [{ yearOfBirth: '1990', monthOfBirth: '13', dayOfBirth: '05' }, { year: 1990 }],
    [{ yearOfBirth: '1990', monthOfBirth: '', dayOfBirth: '-' }, { year: 1990 }],
  ])('is born as %j says', (body, birth) => {
    expect(readBirth(body)).toEqual({ month: undefined, day: undefined, ...birth });
  });

  it.each([{}, { dob: '' }, { dob: null }, { dob: 'unknown' }, { dob: '05-02-90' }, null, 'text', []])(
    'has no date of birth in %j',
    (body) => {
      expect(readBirth(body)).toBeUndefined();
    },
  );

  it('has her preferred address first, in lower case, and none twice', () => {
    const body = { preferredAbhaAddress: 'Asha.Devi@SBX', phrAddress: ['91123456789015@sbx', 'asha.devi@sbx', null] };
    expect(readProfile(body)).toMatchObject({
      abhaAddress: 'asha.devi@sbx',
      abhaAddresses: ['asha.devi@sbx', '91123456789015@sbx'],
    });
  });

  it.each([
    ['91123456789015', '91-1234-5678-9015'],
    ['91-1234-5678-9015', '91-1234-5678-9015'],
    ['91-****-****-5727', '91-****-****-5727'],
  ])('has the number %s as %s', (ABHANumber, abhaNumber) => {
    expect(readProfile({ ABHANumber }).abhaNumber).toBe(abhaNumber);
  });

  it.each([
    [{ name: 'Asha Devi', firstName: 'A' }, 'Asha Devi'],
    [{ fullName: 'Asha Devi' }, 'Asha Devi'],
    [{ firstName: 'Asha', middleName: '', lastName: 'Devi' }, 'Asha Devi'],
    [{ firstName: 'Asha', middleName: null, lastName: null }, 'Asha'],
    [{ name: null }, undefined],
  ])('is called as %j says', (body, name) => {
    expect(readProfile(body).name).toBe(name);
  });

  it.each([
    ['M', 'M'],
    ['female', 'F'],
    [null, undefined],
  ])('is of gender %s: %s', (gender, read) => {
    expect(readProfile({ gender }).gender).toBe(read);
  });

  it.each([
    [{ kycVerified: true }, true],
    [{ kycVerified: 'false' }, false],
    [{ kycStatus: 'VERIFIED' }, true],
    [{ kycStatus: 'PENDING' }, false],
    [{ kycVerified: null }, undefined],
  ])('is verified as %j says', (body, isKycVerified) => {
    expect(readProfile(body).isKycVerified).toBe(isKycVerified);
  });

  it('may be told almost nothing of', () => {
    const nothing = readProfile(undefined);
    expect(Object.values(nothing).filter((value) => value !== undefined)).toEqual([[], []]);
  });

  it('is one of several accounts, of which remarks are none', () => {
    const accounts = [{ ABHANumber: '91-1234-5678-9015', name: null }, { mobileVerified: 'true' }, null, 'text'];
    expect(readAccounts({ accounts }, 'accounts').map(({ abhaNumber }) => abhaNumber)).toEqual(['91-1234-5678-9015']);
    expect(readAccounts({}, 'accounts')).toEqual([]);
  });
});

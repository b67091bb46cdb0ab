import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';
import { ShareRequest } from '../../abdm/messages/patient-share.js';
import { sharedPerson } from './shared-person.js';

const HER = { abhaAddress: 'phulo@sbx', name: 'Phulo Kashyap', gender: 'F', yearOfBirth: '1991' };

/** As the door reads it, and then the flow. */
async function read(patient: unknown) {
  const message = plainToInstance(ShareRequest, { intent: 'PROFILE_SHARE', profile: { patient } });
  expect(await validate(message)).toEqual([]);
  return sharedPerson(message.profile?.patient);
}

describe('Who shares', () => {
  it('is read as the contract’s example has it', async () => {
    const person = await read({
      ...HER,
      abhaNumber: '11111111111111',
      dayOfBirth: '6',
      monthOfBirth: '06',
      address: { line: '1 Test Street', district: 'Bastar', state: 'Chhattisgarh', pincode: '494001' },
      phoneNumber: '9999999999',
    });
    expect(person).toEqual({
      abhaNumber: '11-1111-1111-1111',
      abhaAddress: 'phulo@sbx',
      name: 'Phulo Kashyap',
      gender: 'F',
      yearOfBirth: 1991,
      monthOfBirth: 6,
      dayOfBirth: 6,
      mobile: '9999999999',
      address: '1 Test Street, Bastar, Chhattisgarh, 494001',
      addressParts: { line: '1 Test Street', district: 'Bastar', state: 'Chhattisgarh', pin: '494001' },
      isNew: false,
    });
  });

  it.each([
    ['a number', 11_111_111_111_111, '11-1111-1111-1111'],
    ['text with dashes', '11-1111-1111-1111', '11-1111-1111-1111'],
    ['null: she has an address only', null, undefined],
    ['nothing', undefined, undefined],
    ['masked', 'XX-XXXX-XXXX-1111', undefined],
  ])('may have an ABHA number that is %s', async (_, abhaNumber, expected) => {
    expect((await read({ ...HER, abhaNumber }))?.abhaNumber).toBe(expected);
  });

  it.each([
    ['pinCode', { pinCode: '494001' }],
    ['a number', { pincode: 494_001 }],
    ['with a space', { pincode: '494 001' }],
  ])('may live at a pincode spelled %s', async (_, address) => {
    expect((await read({ ...HER, address }))?.addressParts.pin).toBe('494001');
  });

  it.each([
    ['null', { dayOfBirth: null, monthOfBirth: null, yearOfBirth: null }],
    ['zero', { dayOfBirth: '0', monthOfBirth: '00', yearOfBirth: 0 }],
    ['no numbers', { dayOfBirth: 'x', monthOfBirth: '13', yearOfBirth: '85' }],
  ])('may be of an age nobody knows: birth parts %s', async (_, parts) => {
    const person = await read({ ...HER, ...parts });
    expect([person?.dayOfBirth, person?.monthOfBirth, person?.yearOfBirth]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['+91-9999999999', '9999999999'],
    ['91 99999 99999', '9999999999'],
    ['09999999999', '9999999999'],
    ['9199999999', '9199999999'],
    ['******9999', undefined],
    [null, undefined],
  ])('may give a mobile as %s', async (phoneNumber, expected) => {
    expect((await read({ ...HER, phoneNumber }))?.mobile).toBe(expected);
  });

  it.each([
    ['m', 'M'],
    ['Female', 'F'],
    ['T', 'O'],
    ['U', 'O'],
    [null, 'O'],
  ])('may be %s', async (gender, expected) => {
    expect((await read({ ...HER, gender }))?.gender).toBe(expected);
  });

  it('is nobody without address or name', async () => {
    for (const patient of [
      { ...HER, abhaAddress: null },
      { ...HER, abhaAddress: 'phulo' },
      { ...HER, name: '  ' },
      {},
      null,
    ]) {
      expect(await read(patient)).toBeUndefined();
    }
  });

  it('has an address in lines and a name that nothing turns round', async () => {
    const address = {
      line: 'Ward 4\n\u202eNear\u0000 the well\u2066',
      district: '\u0007',
      state: 'Chhattis\u200fgarh',
    };
    const person = await read({ ...HER, name: '\u202eफूलो क\u200dश्यप\u2069 ', address });
    expect(person?.name).toBe('फूलो क\u200dश्यप');
    expect(person?.addressParts).toMatchObject({ line: 'Ward 4 Near the well', state: 'Chhattisgarh' });
    expect(person?.addressParts.district).toBeUndefined();
    expect(await read({ ...HER, name: '\u202e' })).toBeUndefined();
    expect(await read({ ...HER, abhaAddress: 'phulo\u202e@sbx' })).toBeUndefined();
  });

  it('is refused at the door when a control character would not go into the database', async () => {
    const message = plainToInstance(ShareRequest, { profile: { patient: { ...HER, name: 'Phulo\u0000' } } });
    expect(await validate(message)).toHaveLength(1);
  });
});

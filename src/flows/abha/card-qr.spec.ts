import { describe, expect, it } from '@jest/globals';
import { readCardQr } from './card-qr.js';

const read = (card: object) => readCardQr(JSON.stringify(card));

describe('The QR code of an ABHA card', () => {
  it('is read as NHA prints it, with spaces in its keys', () => {
    const card = {
      ...{ hidn: '91-1234-5678-9015', hid: 'asha.devi@sbx', name: 'Asha Devi', gender: 'F', dob: '5/2/1990' },
      ...{ 'state name': 'MAHARASHTRA', 'dist name': 'NASHIK', mobile: '9000000903', address: '12 Example Road' },
    };
    expect(read(card)).toEqual({
      ...{ abhaNumber: '91-1234-5678-9015', abhaAddress: 'asha.devi@sbx', name: 'Asha Devi', gender: 'F' },
      ...{ dayOfBirth: 5, monthOfBirth: 2, yearOfBirth: 1990, mobile: '9000000903' },
      ...{ address: '12 Example Road', state: 'MAHARASHTRA', district: 'NASHIK' },
    });
  });

  it('of a PHR app may name an address only', () => {
    expect(read({ phr: 'asha.devi@ndhm', dob: '05-02-1990' })).toMatchObject({
      ...{ abhaNumber: undefined, abhaAddress: 'asha.devi@ndhm', yearOfBirth: 1990, monthOfBirth: 2, dayOfBirth: 5 },
    });
  });

  it.each([
    ['1990', { yearOfBirth: 1990, monthOfBirth: undefined, dayOfBirth: undefined }],
    ['31/13/1990', { yearOfBirth: 1990, monthOfBirth: undefined, dayOfBirth: undefined }],
    ['-', { yearOfBirth: undefined }],
    ['yesterday', { yearOfBirth: undefined }],
  ])('with the birth %s fills what that says', (dob, birth) => {
    expect(read({ hid: 'asha.devi@sbx', dob })).toMatchObject(birth);
  });

  it('holds nothing but short plain text', () => {
    const card = read({
      hid: 'asha.devi@sbx',
      name: '<script>x</script>\u0000',
      address: 'a'.repeat(900),
      mobile: '12',
    });
    expect(card?.name).not.toMatch(/[<>\u0000]/);
    expect(card?.address).toHaveLength(200);
    expect(card?.mobile).toBeUndefined();
  });

  it.each(['', 'null', '[]', '"text"', '{', '{}', '{"hidn":"1234"}', '{"hidn":{"a":1}}', 'https://abdm.gov.in/'])(
    'is not %s',
    (text) => expect(readCardQr(text)).toBeUndefined(),
  );

  it('is not something very long', () => {
    expect(read({ hid: 'asha.devi@sbx', more: 'a'.repeat(5_000) })).toBeUndefined();
  });
});

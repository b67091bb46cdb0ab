import { describe, expect, it } from '@jest/globals';
import {
  aadhaarNumberIn,
  abhaAddressIn,
  abhaNumberIn,
  brokenAddressRules,
  isLikelyAbhaNumber,
  mobileIn,
  otpIn,
} from './identifiers.js';

describe('An Aadhaar number', () => {
  it.each(['234567890124', '2345 6789 0124', '2345-6789-0124', '२३४५ ६७८९ ०१२४'])('is read from %s', (typed) => {
    expect(aadhaarNumberIn(typed)).toBe('234567890124');
  });

  it.each([
    ['a wrong check digit', '234567890123'],
    ['two digits exchanged', '234567980124'],
    ['a first digit no Aadhaar number has', '123456789010'],
    ['a digit too few', '23456789012'],
    ['a digit too many', '2345678901240'],
    ['letters', '23456789012a'],
    ['nothing', ''],
  ])('with %s is refused', (_fault, typed) => {
    expect(aadhaarNumberIn(typed)).toBeUndefined();
  });
});

describe('An ABHA number', () => {
  it.each(['91123456789015', '91-1234-5678-9015', '91 1234 5678 9015', '91–1234–5678–9015'])(
    'gets its dashes: %s',
    (typed) => {
      expect(abhaNumberIn(typed)).toBe('91-1234-5678-9015');
    },
  );

  it.each(['9112345678901', '911234567890155', '91-****-****-9015', ''])('is not read from %j', (typed) => {
    expect(abhaNumberIn(typed)).toBeUndefined();
  });

  it('that fails its check digit is still one: it only looks mistyped', () => {
    expect(abhaNumberIn('91-1234-5678-9016')).toBe('91-1234-5678-9016');
    expect(isLikelyAbhaNumber('91-1234-5678-9016')).toBe(false);
    expect(isLikelyAbhaNumber('91-1234-5678-9015')).toBe(true);
  });
});

describe('A mobile number', () => {
  it.each(['9000000903', '+91 90000 00903', '919000000903', '09000000903', '९००००००९०३'])(
    'is read from %s',
    (typed) => {
      expect(mobileIn(typed)).toBe('9000000903');
    },
  );

  it.each(['900000090', '90000009033', '5000000903', '+1 9000000903', ''])('is not read from %j', (typed) => {
    expect(mobileIn(typed)).toBeUndefined();
  });
});

describe('An OTP', () => {
  it('has six digits', () => {
    expect(['123456', ' 123 456 ', '12345', '1234567', 'abcdef'].map(otpIn)).toEqual([
      '123456',
      '123456',
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('An ABHA address', () => {
  it.each([
    ['Asha.Devi@SBX', 'asha.devi@sbx'],
    ['asha_1@abdm', 'asha_1@abdm'],
    ['91123456789015@ndhm', '91123456789015@ndhm'],
  ])('%s is read', (typed, address) => {
    expect(abhaAddressIn(typed)).toBe(address);
  });

  it.each([
    'asha',
    'asha@example.org',
    '.asha@sbx',
    'a sha@sbx',
    '@sbx',
    '',
    '234567890124@sbx',
    '2345.6789.0124@abdm',
  ])('is not read from %j', (typed) => {
    expect(abhaAddressIn(typed)).toBeUndefined();
  });

  it.each(['asha.devi', 'asha_devi', 'asha.devi_90', '90asha12', '234567890123', '123456789012345678'])(
    'may be created as %s',
    (userPart) => {
      expect(brokenAddressRules(userPart)).toEqual([]);
    },
  );

  it.each([
    ['asha', ['length']],
    ['asha.devi.of.nashik', ['length', 'one-dot-one-underscore']],
    ['asha-devi', ['characters']],
    ['आशादेवी90', ['characters']],
    ['.ashadevi', ['edges']],
    ['ashadevi_', ['edges']],
    ['asha.d.evi', ['one-dot-one-underscore']],
    ['asha_d_evi', ['one-dot-one-underscore']],
    ['9000000903', ['not-a-mobile']],
    ['90000.00903', ['not-a-mobile']],
    ['919000000903', ['not-a-mobile']],
    ['234567890124', ['not-an-identity-number']],
    ['2345.6789_0124', ['not-an-identity-number']],
    ['asha.234567890124', ['not-an-identity-number']],
    ['91123456789015', ['not-an-identity-number']],
  ])('may not be created as %s: %j', (userPart, rules) => {
    expect(brokenAddressRules(userPart)).toEqual(rules);
  });
});

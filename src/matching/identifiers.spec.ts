import { describe, expect, it } from '@jest/globals';
import { identifierType, normalIdentifier } from './identifiers.js';

describe('An identifier', () => {
  it.each([
    ['MOBILE', '9876500001', '9876500001'],
    ['MOBILE', '+91 98765 00001', '9876500001'],
    ['MOBILE', '+91-9876500001', '9876500001'],
    ['MOBILE', '09876500001', '9876500001'],
    ['MOBILE', '00919876500001', '9876500001'],
    ['ABHA_NUMBER', '91-1234-5678-9012', '91123456789012'],
    ['ABHA_ADDRESS', ' Asha.Devi@SBX ', 'asha.devi@sbx'],
    ['MR', ' uh  123 ', 'UH 123'],
  ] as const)('%s %s has one form', (type, value, normal) => {
    expect(normalIdentifier(type, value)).toBe(normal);
  });

  it.each([
    ['MOBILE', '9999999999'],
    ['MOBILE', '12345'],
    ['MOBILE', '5876500001'],
    ['MOBILE', '98765000011'],
    ['MOBILE', ''],
    ['ABHA_NUMBER', '00000000000000'],
    ['ABHA_NUMBER', '1234'],
    ['ABHA_ADDRESS', 'asha'],
    ['MR', '  '],
  ] as const)('%s %j finds nobody', (type, value) => {
    expect(normalIdentifier(type, value)).toBeUndefined();
  });

  it.each([
    ['abhaAddress', 'ABHA_ADDRESS'],
    ['ABHA_NUMBER', 'ABHA_NUMBER'],
    ['mobile', 'MOBILE'],
    ['EMAIL', undefined],
    ['', undefined],
  ])('type %s is read as %s', (type, read) => {
    expect(identifierType(type)).toBe(read);
  });
});

import { describe, expect, it } from '@jest/globals';
import { loadMapping } from '../mapping.js';
import { cleanAbhaAddress, cleanAbhaNumber } from './abha.js';
import { cleanMobile, cleanPin } from './contacts.js';
import { cleanDoctor } from './doctors.js';
import { cleanSex } from './sex.js';

const { sex, dutyDoctor } = loadMapping('config/ehospital.yaml').values;

describe('cleanSex', () => {
  it.each([
    ...['F', '2', 'FEMALE', 'स्त्री', 'f', 'महिला'].map((came) => [came, 'female', 'sex-spelling']),
    ...['M', '1', 'MALE', 'पुरुष', 'm'].map((came) => [came, 'male', 'sex-spelling']),
    ...['O', '3', 'T', 'other.', 'Transgender', 'अन्य'].map((came) => [came, 'other', 'sex-spelling']),
    ['U', 'unknown', 'sex-spelling'],
    ['X9', 'unknown', 'sex-unread'],
    ['female', 'female', undefined],
  ])('reads %j as %s', (came = '', gender, rule) => {
    const cleaned = cleanSex(came, sex);
    expect(cleaned.value).toBe(gender);
    expect(cleaned.says[0]?.rule).toBe(rule);
  });
});

describe('cleanMobile', () => {
  it.each([
    ['9839118735', '9839118735', undefined],
    ['+91 9839118735', '9839118735', 'mobile-format'],
    ['919839118735', '9839118735', 'mobile-format'],
    ['09839118735', '9839118735', 'mobile-format'],
    ['98391-18735', '9839118735', 'mobile-format'],
    ['९८३९११८७३५', '9839118735', 'mobile-format'],
    ['0000000000', undefined, 'mobile-placeholder'],
    ['9999999999', undefined, 'mobile-placeholder'],
    ['+91 9999999999', undefined, 'mobile-placeholder'],
    ['1234567890', undefined, 'mobile-unread'],
    ['98391', undefined, 'mobile-unread'],
  ])('reads %j as %s', (came, mobile, rule) => {
    const cleaned = cleanMobile(came);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([mobile, rule]);
  });
});

describe('cleanPin', () => {
  it.each([
    ['494001', '494001', undefined],
    ['494 001', '494001', 'pin-format'],
    ['000000', undefined, 'pin-unread'],
    ['4940', undefined, 'pin-unread'],
  ])('reads %j as %s', (came, pin, rule) => {
    const cleaned = cleanPin(came);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([pin, rule]);
  });
});

describe('ABHA', () => {
  it.each([
    ['91645436657110', '91645436657110', undefined],
    ['91-6454-3665-7110', '91645436657110', 'abha-number-format'],
    ['91-6454-3665-7111', '91645436657111', 'abha-number-check-digit'],
    ['9164543665711', undefined, 'abha-number-unread'],
    ['00000000000000', undefined, 'abha-number-unread'],
    ['NOT DONE', undefined, 'abha-number-unread'],
  ])('number %j is read as %s', (came, number, rule) => {
    const cleaned = cleanAbhaNumber(came);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([number, rule]);
  });

  it.each([
    ['dilip46744@sbx', 'dilip46744@sbx', undefined],
    ['Dilip.K_1@ABDM', 'dilip.k_1@abdm', 'abha-address-case'],
    ['dilip@gmail.com', undefined, 'abha-address-unread'],
    ['.dilip@sbx', undefined, 'abha-address-unread'],
    ['dilip', undefined, 'abha-address-unread'],
  ])('address %j is read as %s', (came, address, rule) => {
    const cleaned = cleanAbhaAddress(came);
    expect([cleaned.value, cleaned.says[0]?.rule]).toEqual([address, rule]);
  });
});

describe('cleanDoctor', () => {
  it.each([
    ['DR A K SINGH', { name: 'Dr A K Singh' }],
    ['Dr. P. Sahu', { name: 'Dr P Sahu' }],
    ['DR.NEHA VERMA', { name: 'Dr Neha Verma' }],
    ['Dr Neha Verma', { name: 'Dr Neha Verma' }],
    ['NEHA VERMA', { name: 'Dr Neha Verma' }],
    ['डॉ. नेहा वर्मा', { name: 'डॉ नेहा वर्मा' }],
    ['DUTY MO', { role: 'DUTY MO' }],
    ['DR ON DUTY', { role: 'DR ON DUTY' }],
  ])('reads %j of a registered doctor', (came, expected) => {
    expect(cleanDoctor(came, true, dutyDoctor).value).toEqual(expected);
  });

  it('makes nobody a doctor who has neither the title nor a registration', () => {
    expect(cleanDoctor('NEHA VERMA', false, dutyDoctor).value).toEqual({ name: 'Neha Verma' });
  });
});

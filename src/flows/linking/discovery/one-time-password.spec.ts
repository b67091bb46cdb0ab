import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { Sealer } from '../../../persistence/sealing.js';
import { isOtp, mobileHint, newOtp, otpHash, otpText } from './one-time-password.js';

const sealer = new Sealer(randomBytes(32));

describe('A code for a patient', () => {
  it('has six digits and no leading zero, which would be lost in a number', () => {
    const codes = Array.from({ length: 5_000 }, newOtp);
    for (const code of codes) expect(code).toMatch(/^[1-9]\d{5}$/);
    expect(new Set(codes).size).toBeGreaterThan(4_900);
  });

  it('fits its own link and no other, and only under this key', () => {
    const hash = otpHash(sealer, 'link-1', '123456');
    expect(isOtp(sealer, 'link-1', '123456', hash)).toBe(true);
    expect(isOtp(sealer, 'link-2', '123456', hash)).toBe(false);
    expect(isOtp(new Sealer(randomBytes(32)), 'link-1', '123456', hash)).toBe(false);
  });

  it.each(['123457', '12345', '1234567', '', '123456 ', '१२३४५६', 'x'.repeat(255)])('is not %j', (token) => {
    expect(isOtp(sealer, 'link-1', token, otpHash(sealer, 'link-1', '123456'))).toBe(false);
  });

  it('is announced by the last four digits of the mobile', () => {
    expect(mobileHint('9812300045')).toBe('XXXXXX0045');
  });

  it('is told in English and Hindi, with the hospital and how long it is good', () => {
    const { en, hi } = otpText('123456', 'CHC Lohandiguda', 10);
    expect(en).toBe(
      '123456 is your code to add your visits at CHC Lohandiguda to your ABHA app. It is valid for 10 minutes. Do not tell it to anybody.',
    );
    expect(hi).toMatch(/^123456 आपका कोड .*CHC Lohandiguda.*10 मिनट.*।$/u);
  });
});

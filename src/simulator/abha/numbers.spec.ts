import { describe, expect, it } from '@jest/globals';
import { abhaNumber, dashed, isAadhaar, withVerhoeff } from './numbers.js';
import { PERSONAS } from './personas.js';

describe('check digits', () => {
  // The worked example of Verhoeff's scheme: 236 takes the digit 3.
  it('follow Verhoeff', () => {
    expect(isAadhaar('999999990019')).toBe(true); // printed in UIDAI's own test data
    expect(isAadhaar('999999990018')).toBe(false);
    expect(isAadhaar('199999990019')).toBe(false);
    expect(isAadhaar(withVerhoeff('22000000001'))).toBe(true);
  });

  it('find every wrong digit and every swap of neighbours', () => {
    const right = withVerhoeff('23456789012');
    for (let i = 1; i < 12; i += 1) {
      for (const digit of '0123456789') {
        const wrong = right.slice(0, i) + digit + right.slice(i + 1);
        expect(isAadhaar(wrong)).toBe(wrong === right);
      }
      const swapped = right.slice(0, i - 1) + right[i]! + right[i - 1]! + right.slice(i + 1);
      expect(isAadhaar(swapped)).toBe(swapped === right);
    }
  });

  it('of ABHA numbers follow Luhn, as in NHA’s samples', () => {
    const digits = Array.from(abhaNumber(1).replace(/\D/g, ''), Number).reverse();
    const sum = digits.reduce(
      (total, digit, i) => total + (i % 2 ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit),
      0,
    );
    expect(sum % 10).toBe(0);
    expect(dashed('91123456789015')).toBe('91-1234-5678-9015');
  });

  it('of all invented people are right', () => {
    const all = Object.values(PERSONAS).flatMap((one) => one.aadhaar ?? []);
    expect(all.every(isAadhaar)).toBe(true);
    expect(new Set(all).size).toBe(all.length);
  });
});

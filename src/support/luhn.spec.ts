import { describe, expect, it } from '@jest/globals';
import { isLuhnValid } from './luhn.js';

describe('isLuhnValid', () => {
  it.each(['91123456789015', '91000011112224', '79927398713'])('accepts %s', (digits) => {
    expect(isLuhnValid(digits)).toBe(true);
  });

  it.each(['91123456789016', '91123456789051', '79927398710'])('does not accept %s', (digits) => {
    expect(isLuhnValid(digits)).toBe(false);
  });
});

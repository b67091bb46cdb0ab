import { describe, expect, it } from '@jest/globals';
import { withDashes } from './abha-number.js';

describe('An ABHA number in an answer', () => {
  it.each([
    ['91123456789015', '91-1234-5678-9015'],
    ['91-1234-5678-9015', '91-1234-5678-9015'],
    ['xx-xxxx-xxxx-XX15', 'xx-xxxx-xxxx-XX15'],
    ['9112345678901', '9112345678901'],
  ])('%s is shown as %s', (abhaNumber, shown) => {
    expect(withDashes(abhaNumber)).toBe(shown);
  });
});

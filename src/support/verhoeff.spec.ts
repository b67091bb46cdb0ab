import { describe, expect, it } from '@jest/globals';
import { isVerhoeffValid } from './verhoeff.js';

describe('isVerhoeffValid', () => {
  it.each(['2363', '123451', '234567890124'])('accepts %s', (digits) => {
    expect(isVerhoeffValid(digits)).toBe(true);
  });

  it.each(['2364', '3263', '123415', '234567890123', '', '12a', '२३६३'])('does not accept %j', (digits) => {
    expect(isVerhoeffValid(digits)).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import { meaningOf, tidyCode } from './error-meaning.js';

describe('What ABDM means by an error', () => {
  it.each([
    ['ABDM-1056', 'This care contexts has been already linked', 'already-linked'],
    ['ABDM-9999', 'Duplicate HIP link request', 'already-linked'],
    ['ABDM-1090', '', 'already-linked'],
    ['ABDM-1027', 'You are blocked. Please try again after 24 hours.', 'blocked-for-a-day'],
    ['ABDM-1407', '', 'deactivated'],
    ['ABDM-1031', 'The abha address is deactivated.', 'deactivated'],
    ['ABDM-1207', 'Invalid demographic details', 'demographics-do-not-match'],
    ['ABDM-1051', 'Invalid ABHA Number or ABHA Address', 'unknown-patient'],
    ['ABDM-9999', 'User not found', 'unknown-patient'],
    ['ABDM-1092', 'Duplicate token request', 'duplicate-token-request'],
    ['ABDM-1026', 'Invalid Link Token', 'link-token-unusable'],
    ['ABDM-1038', 'ABHA address and Link token mismatch', 'link-token-unusable'],
    ['ABDM-1062', 'Link token mismatch', 'link-token-unusable'],
    ['ABDM-1006', 'No care context linked with given reference number', 'not-linked-yet'],
    ['ABDM-1035', 'Invalid HIP ID', 'not-a-facility-of-this-bridge'],
    ['ABDM-1106', '', 'duplicate-answer'],
    ['ABDM-1113', 'Duplicate health information provider data flow response', 'duplicate-answer'],
    ['ABDM-1024', 'Dependent service unavailable', 'dependency-down'],
    ['ABDM-9999', 'Please try again later', 'dependency-down'],
    ['303001', 'Runtime Error', 'dependency-down'],
    ['ABDM-1006', 'Bad Request, invalid request Body', 'invalid-message'],
    ['ABDM-9999', 'RequestId cannot be NULL or Blank', 'invalid-message'],
    ['ABDM-7777', 'Something new', 'not-known'],
    ['', '', 'not-known'],
  ])('%s with “%s” is %s', (code, message, meaning) => {
    expect(meaningOf(code, message)).toBe(meaning);
  });

  it.each([
    ['ABDM-1062', 'Consent Not granted'],
    ['ABDM-1063', 'Date Range given is invalid'],
    ['ABDM-1031', 'Invalid request'],
    ['ABDM-1035', 'OTP does not matched'],
  ])('does not read %s with “%s” as the other thing this code can say', (code, message) => {
    expect(meaningOf(code, message)).toBe('not-known');
  });
});

describe('An error code as it came', () => {
  it.each([
    ['ABDM-1006: ', 'ABDM-1006'],
    ['ABDM-1030:', 'ABDM-1030'],
    [' ABDM-1016 ', 'ABDM-1016'],
    [4500, '4500'],
    ['900901', '900901'],
    [undefined, ''],
    [null, ''],
    [{ code: 'ABDM-1006' }, ''],
  ])('%j is read as “%s”', (came, read) => {
    expect(tidyCode(came)).toBe(read);
  });

  it.each(['two words of a stranger', 'x'.repeat(41), 'निशा'])(
    'that is no code is dropped: it would be stored and shown',
    (came) => {
      expect(tidyCode(came)).toBe('');
    },
  );
});

import { describe, expect, it } from '@jest/globals';
import { maskedIn, resendInSeconds, resendsLeft, triesLeft } from './otp-timer.js';
import type { SentOtp } from './session-state.js';

const SENT: SentOtp = {
  key: { identifier: 'h', way: 'aadhaar-login', isInOneTransaction: false },
  ...{ use: { for: 'look' }, txnId: 't', sentTo: undefined, sentAt: 1_000, sends: 1, wrongTries: 0, back: 'aadhaar' },
};

describe('A code that was sent', () => {
  it('can be sent again after 60 seconds, counted so that nobody is too early', () => {
    expect(resendInSeconds(SENT, 1_000)).toBe(60);
    expect(resendInSeconds(SENT, 60_999)).toBe(1);
    expect(resendInSeconds(SENT, 61_000)).toBe(0);
  });

  it('twice, and tried five times', () => {
    expect([1, 2, 3, 4].map((sends) => resendsLeft({ ...SENT, sends }))).toEqual([2, 1, 0, 0]);
    expect([0, 4, 5].map((wrongTries) => triesLeft({ ...SENT, wrongTries }))).toEqual([5, 1, 0]);
  });

  it.each([
    ['OTP sent to mobile number ending with ******0903', '******0903'],
    ['OTP sent to Aadhaar registered mobile number ending with XXXXXX0903', 'XXXXXX0903'],
    ['OTP sent to 9000000903', undefined],
    ['', undefined],
  ])('went where the service says, masked: %s', (message, shown) => expect(maskedIn(message)).toBe(shown));
});

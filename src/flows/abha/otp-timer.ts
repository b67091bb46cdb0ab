import type { SentOtp } from './session-state.js';

/** NHA's desk rules CRT_ABHA_106 and VRFY_*: again after 60 s, at most twice. */
export const RESEND_AFTER_MS = 60_000;
export const MOST_SENDS = 3;
/** ABDM counts tries per transaction and does not say how many; five are safe. Then a fresh transaction is due. */
export const MOST_WRONG_TRIES = 5;
/** The words of ABDM-1100: "Please try again in 30 minutes". */
export const LOCKED_MS = 30 * 60_000;

export const resendsLeft = (otp: SentOtp): number => Math.max(0, MOST_SENDS - otp.sends);

/** 0: at once. */
export const resendInSeconds = (otp: SentOtp, now: number): number => secondsUntil(otp.sentAt + RESEND_AFTER_MS, now);

export const triesLeft = (otp: SentOtp): number => Math.max(0, MOST_WRONG_TRIES - otp.wrongTries);

/** Whole seconds, rounded up, so that whoever waits them is not too early. */
export const secondsUntil = (then: number, now: number): number => Math.max(0, Math.ceil((then - now) / 1_000));

const MASKED = /[*xX]{2,}\d{2,4}/;

/** `OTP sent to mobile number ending with ******0903` → `******0903`. Wordings vary, and an unmasked number is not shown. */
export const maskedIn = (message: string): string | undefined => MASKED.exec(message)?.[0];

export const maskedMobile = (mobile: string): string => `******${mobile.slice(-4)}`;

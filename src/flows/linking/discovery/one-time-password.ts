import { randomInt, timingSafeEqual } from 'node:crypto';
import type { Sealer } from '../../../persistence/sealing.js';

const DIGITS = 6;

/** Six digits, the first not 0: on its way back it may be a number, and would lose it. */
export const newOtp = (): string => String(randomInt(10 ** (DIGITS - 1), 10 ** DIGITS));

/**
 * A keyed hash, and not scrypt: there are only 900,000 codes, so whoever has a dump tries all of them against any hash
 * without a key within hours, however slow it is, and against this one never.
 */
export const otpHash = (sealer: Sealer, userLinkId: string, otp: string): Buffer =>
  sealer.hash('otp', `${userLinkId}:${otp}`);

/** Takes as long for a wrong one as for the right one. */
export function isOtp(sealer: Sealer, userLinkId: string, token: string, hash: Buffer): boolean {
  return timingSafeEqual(otpHash(sealer, userLinkId, token.padStart(DIGITS, '0')), hash);
}

/** Where to look for the code, without telling the number to somebody who does not know it. */
export const mobileHint = (mobile: string): string => `XXXXXX${mobile.slice(-4)}`;

/** What the patient reads on her phone. */
export function otpText(otp: string, facilityName: string, validMinutes: number): { en: string; hi: string } {
  return {
    en: `${otp} is your code to add your visits at ${facilityName} to your ABHA app. It is valid for ${validMinutes} ${validMinutes === 1 ? 'minute' : 'minutes'}. Do not tell it to anybody.`,
    hi: `${otp} आपका कोड है, जिससे ${facilityName} की आपकी विज़िट आपके आभा ऐप में जुड़ेंगी। यह ${validMinutes} मिनट तक मान्य है। इसे किसी को न बताएँ।`,
  };
}

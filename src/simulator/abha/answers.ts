import type { OtpVerdict } from './otps.js';
import type { Account } from './person.js';

/** Answers that several paths share. */

export const otpSent = (txnId: string, message: string) => ({ txnId, message });

/** HTTP 200, and yet a no. */
export function otpFailed(txnId: string, verdict: Exclude<OtpVerdict, 'right'>) {
  const message = verdict === 'expired' ? 'OTP expired, please try again' : 'OTP did not match, please try again';
  return { txnId, authResult: 'failed', message, accounts: [] };
}

export function accountResult(txnId: string, message: string, account: Account | undefined) {
  const accounts = account ? [{ ABHANumber: account.abhaNumber }] : [];
  return { txnId, authResult: 'success', message, accounts };
}

import type { SecretText } from '../../support/secret-text.js';

/** How one way of verifying is written on the wire. Exact values in exact order: the service takes no others. */
export interface Way {
  readonly scope: readonly string[];
  readonly loginHint: string;
  readonly otpSystem: 'aadhaar' | 'abdm';
}

/**
 * Ways to verify somebody who has an ABHA: what she gives, and how she proves that it is hers. Every one but `mobile.otp`
 * ends in a final token. Fingerprint and iris: the newest specification says otpSystem abdm, the 2025 collection aadhaar.
 */
// prettier-ignore
export const LOGIN_WAYS = {
  'abha-number.aadhaar-otp': { scope: ['abha-login', 'aadhaar-verify'],      loginHint: 'abha-number', otpSystem: 'aadhaar' },
  'abha-number.mobile-otp':  { scope: ['abha-login', 'mobile-verify'],       loginHint: 'abha-number', otpSystem: 'abdm' },
  'abha-number.fingerprint': { scope: ['abha-login', 'aadhaar-bio-verify'],  loginHint: 'abha-number', otpSystem: 'abdm' },
  'abha-number.iris':        { scope: ['abha-login', 'aadhaar-iris-verify'], loginHint: 'abha-number', otpSystem: 'abdm' },
  'abha-number.face':        { scope: ['abha-login', 'aadhaar-face-verify'], loginHint: 'abha-number', otpSystem: 'aadhaar' },
  'mobile.otp':              { scope: ['abha-login', 'mobile-verify'],       loginHint: 'mobile',      otpSystem: 'abdm' },
  'aadhaar.otp':             { scope: ['abha-login', 'aadhaar-verify'],      loginHint: 'aadhaar',     otpSystem: 'aadhaar' },
} as const satisfies Record<string, Way>;

/** For an ABHA found by mobile (`AbhaFind`): the index of the search result stands for the number. */
// prettier-ignore
export const FOUND_WAYS = {
  'found.mobile-otp':  { scope: ['abha-login', 'search-abha', 'mobile-verify'],       loginHint: 'index', otpSystem: 'abdm' },
  'found.aadhaar-otp': { scope: ['abha-login', 'search-abha', 'aadhaar-verify'],      loginHint: 'index', otpSystem: 'aadhaar' },
  'found.fingerprint': { scope: ['abha-login', 'search-abha', 'aadhaar-bio-verify'],  loginHint: 'index', otpSystem: 'aadhaar' },
  'found.iris':        { scope: ['abha-login', 'search-abha', 'aadhaar-iris-verify'], loginHint: 'index', otpSystem: 'aadhaar' },
  'found.face':        { scope: ['abha-login', 'search-abha', 'aadhaar-face-verify'], loginHint: 'index', otpSystem: 'aadhaar' },
} as const satisfies Record<string, Way>;

/** For an ABHA address, below `phr/web`. OTPs have a scope of their own here, biometrics have not. */
// prettier-ignore
export const ADDRESS_WAYS = {
  'abha-address.mobile-otp':  { scope: ['abha-address-login', 'mobile-verify'],  loginHint: 'abha-address', otpSystem: 'abdm' },
  'abha-address.aadhaar-otp': { scope: ['abha-address-login', 'aadhaar-verify'], loginHint: 'abha-address', otpSystem: 'aadhaar' },
  'abha-address.fingerprint': { scope: ['abha-login', 'aadhaar-bio-verify'],     loginHint: 'abha-address', otpSystem: 'aadhaar' },
  'abha-address.iris':        { scope: ['abha-login', 'aadhaar-iris-verify'],    loginHint: 'abha-address', otpSystem: 'aadhaar' },
  'abha-address.face':        { scope: ['abha-login', 'aadhaar-face-verify'],    loginHint: 'abha-address', otpSystem: 'aadhaar' },
} as const satisfies Record<string, Way>;

/** A de-activated ABHA comes back without a user's token. */
// prettier-ignore
export const REACTIVATION_WAYS = {
  'aadhaar-otp': { scope: ['abha-login', 'aadhaar-verify', 're-activate'], loginHint: 'abha-number', otpSystem: 'aadhaar' },
  'mobile-otp':  { scope: ['abha-login', 'mobile-verify', 're-activate'],  loginHint: 'abha-number', otpSystem: 'abdm' },
} as const satisfies Record<string, Way>;

/**
 * Changes of one's own account, each behind an OTP. `delete` and `de-activate` want reasons and may go by either system;
 * they, and e-mail, are missing in the specification of 22 Sep 2026 and stand in the functional test sheet.
 */
// prettier-ignore
export const ACCOUNT_CHANGES = {
  'mobile':              { scope: ['abha-profile', 'mobile-verify'], loginHint: 'mobile',      otpSystem: 'abdm' },
  'email':               { scope: ['abha-profile', 'email-verify'],  loginHint: 'email',       otpSystem: 'abdm' },
  're-kyc':              { scope: ['abha-profile', 're-kyc'],        loginHint: 'abha-number', otpSystem: 'aadhaar' },
  'child-kyc':           { scope: ['abha-profile', 're-kyc'],        loginHint: 'aadhaar',     otpSystem: 'aadhaar' },
  'de-activate.aadhaar': { scope: ['abha-profile', 'de-activate'],   loginHint: 'abha-number', otpSystem: 'aadhaar' },
  'de-activate.mobile':  { scope: ['abha-profile', 'de-activate'],   loginHint: 'abha-number', otpSystem: 'abdm' },
  'delete.aadhaar':      { scope: ['abha-profile', 'delete'],        loginHint: 'abha-number', otpSystem: 'aadhaar' },
  'delete.mobile':       { scope: ['abha-profile', 'delete'],        loginHint: 'abha-number', otpSystem: 'abdm' },
} as const satisfies Record<string, Way>;

/** OTPs of an enrolment. The first goes to the mobile that UIDAI knows, the others to the one that was given. */
// prettier-ignore
export const ENROLMENT_WAYS = {
  'aadhaar':         { scope: ['abha-enrol'],                             loginHint: 'aadhaar', otpSystem: 'aadhaar' },
  'mobile':          { scope: ['abha-enrol', 'mobile-verify'],            loginHint: 'mobile',  otpSystem: 'abdm' },
  'email':           { scope: ['abha-enrol', 'email-verify'],             loginHint: 'email',   otpSystem: 'abdm' },
  'driving-licence': { scope: ['abha-enrol', 'mobile-verify', 'dl-flow'], loginHint: 'mobile',  otpSystem: 'abdm' },
} as const satisfies Record<string, Way>;

export type LoginWay = keyof typeof LOGIN_WAYS;
export type FoundWay = keyof typeof FOUND_WAYS;
export type AddressWay = keyof typeof ADDRESS_WAYS;
export type ReactivationWay = keyof typeof REACTIVATION_WAYS;
export type AccountChange = keyof typeof ACCOUNT_CHANGES;

/** What she proves it with. `pid`: the registered device's block, base64, passed through and never kept. */
export type Proof =
  | { readonly with: 'otp'; readonly otp: SecretText }
  | { readonly with: 'fingerprint' | 'iris' | 'face'; readonly pid: SecretText }
  /** She scanned a QR with her ABHA app, and the capture is complete. */
  | { readonly with: 'face-qr' };

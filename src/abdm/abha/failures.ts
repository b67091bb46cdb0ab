/**
 * Every way a call to the ABHA service can end badly, by what a desk can do about it. `isRetryable`: the same call may
 * succeed later without anybody changing anything. The screens' sentences belong to `api/texts/`.
 */
// prettier-ignore
export const ABHA_FAILURES = {
  // ── what was typed ──
  'no-abha':              { isRetryable: false, about: 'nobody holds an ABHA under this identifier; no OTP was sent' },
  'wrong-otp':            { isRetryable: false, about: 'the OTP is not right; the same transaction takes another try' },
  'otp-expired':          { isRetryable: false, about: 'the OTP is too old; ask for a new one' },
  'otp-locked':           { isRetryable: false, about: 'too many OTPs or tries; after 30 minutes begin again' },
  'aadhaar-refused':      { isRetryable: false, about: 'the Aadhaar number is not valid' },
  'aadhaar-without-mobile':{ isRetryable: false, about: 'UIDAI knows no mobile of hers, so no OTP can be sent' },
  'field-refused':        { isRetryable: false, about: 'a field was not taken; see `field`' },
  'demographics-mismatch':{ isRetryable: false, about: 'name, birth or gender differ from Aadhaar; which one is not told' },
  'document-mismatch':    { isRetryable: false, about: 'the details differ from the driving licence' },
  'address-taken':        { isRetryable: false, about: 'the ABHA address belongs to somebody; choose another' },
  'address-refused':      { isRetryable: false, about: 'no more ABHA addresses for this number, or not this one' },
  'mobile-full':          { isRetryable: false, about: 'six ABHA numbers use this mobile; another mobile is needed' },
  'mobile-same':          { isRetryable: false, about: 'this mobile is verified already' },
  'email-full':           { isRetryable: false, about: 'six ABHA numbers use this e-mail address' },
  'nothing-to-update':    { isRetryable: false, about: 'no change was given' },
  // ── fingerprint, iris, face ──
  'biometric-mismatch':   { isRetryable: false, about: 'fingerprint, iris or face do not match; capture again' },
  'biometric-stale':      { isRetryable: false, about: 'the capture is too old or was used before; capture again' },
  'biometric-missing':    { isRetryable: false, about: 'the capture is empty; capture again' },
  'biometric-device':     { isRetryable: false, about: 'the device was not set as UIDAI wants it (lr and rc Y, de and pfr N)' },
  'biometric-locked':     { isRetryable: false, about: 'the person locked biometrics or Aadhaar with UIDAI' },
  // ── the account ──
  'deactivated':          { isRetryable: false, about: 'the ABHA is de-activated; only its holder can re-activate it' },
  'way-not-allowed':      { isRetryable: false, about: 'this account does not allow this way of verifying; try another' },
  'benefit-linked':       { isRetryable: false, about: 'a government benefit hangs on this ABHA: it can not be ended' },
  'child-limit':          { isRetryable: false, about: 'the parent’s ABHA takes no (further) child' },
  'child-changed-once':   { isRetryable: false, about: 'a child’s profile without KYC can be changed once' },
  // ── the session ──
  'transaction-over':     { isRetryable: false, about: 'the transaction is over or unknown; begin again' },
  'user-token':           { isRetryable: false, about: 'the person’s token has expired or is of the wrong kind; verify again' },
  // ── this client ──
  'not-entitled':         { isRetryable: false, about: 'NHA has not opened this way to this client' },
  'client-limit':         { isRetryable: false, about: 'the sandbox gives this client no more ABHA numbers' },
  'gateway-token':        { isRetryable: true,  about: 'the gateway’s token was refused, a fresh one too' },
  'our-request':          { isRetryable: false, about: 'the request was not as the service wants it: ours to mend' },
  'encryption':           { isRetryable: false, about: 'the service wants an encryption this program does not know' },
  // ── the service ──
  'too-many-requests':    { isRetryable: true,  about: 'too many requests; wait' },
  'temporary':            { isRetryable: true,  about: 'the service does not answer; says nothing of the person' },
  'unreadable':           { isRetryable: false, about: 'the answer was not as the contract says' },
  'other':                { isRetryable: false, about: 'refused for a reason this program does not know; see `code`' },
} as const satisfies Record<string, { readonly isRetryable: boolean; readonly about: string }>;

export type AbhaFailure = keyof typeof ABHA_FAILURES;

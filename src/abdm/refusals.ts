/** Every "no" this service can say to ABDM, and how it is said. Source: ABDM error list, codes a HIP answers with. */
// prettier-ignore
export const REFUSALS = {
  'consent-unknown':         { code: 'ABDM-1062', message: 'Consent Not granted' },
  'consent-revoked':         { code: 'ABDM-1062', message: 'Consent Not granted' },
  'consent-expired':         { code: 'ABDM-1061', message: 'Consent artefact expired' },
  'consent-of-another-hip':  { code: 'ABDM-1062', message: 'Consent Not granted' },
  'outside-date-range':      { code: 'ABDM-1063', message: 'Date Range given is invalid' },
  'too-often':               { code: 'ABDM-1022', message: 'Too many requests' },
  'unusable-key':            { code: 'ABDM-1031', message: 'Invalid request' },
  'unusable-push-url':       { code: 'ABDM-1031', message: 'Invalid request' },
  'artefact-contradicts': { code: 'ABDM-1006', message: 'Another artefact is known under this consent id' },
  'artefact-not-understood': { code: 'ABDM-1006', message: 'Bad Request, invalid request Body' },
  // User-initiated linking
  'patient-not-found':       { code: 'ABDM-1010', message: 'Patient not found' },
  'nothing-new-to-link':     { code: 'ABDM-1001', message: 'No data found' },
  'transaction-unknown':     { code: 'ABDM-1017', message: 'Invalid TransactionId' },
  'other-abha-address':      { code: 'ABDM-1170', message: 'Invalid ABHA address' },
  'patient-not-offered':     { code: 'ABDM-1060', message: 'Invalid Patient Reference Number' },
  'care-context-not-offered': { code: 'ABDM-1057', message: 'Invalid Care Contexts' },
  'already-linked':          { code: 'ABDM-1056', message: 'This care contexts has been already linked' },
  'no-mobile':               { code: 'ABDM-1111', message: 'Mobile number not found.' },
  'no-sms':                  { code: 'ABDM-1008', message: 'SMS service currently disabled' },
  'too-many-otps':           { code: 'ABDM-1100', message: 'You have requested multiple OTPs Or Exceeded maximum number of attempts for OTP match in this transaction. Please try again in 30 minutes.' },
  'link-reference-unknown':  { code: 'ABDM-1056', message: 'Invalid Link Reference Number' },
  'link-reference-used':     { code: 'ABDM-1056', message: 'Invalid Link Reference Number' },
  'otp-wrong':               { code: 'ABDM-1035', message: 'OTP does not matched' },
  'otp-expired':             { code: 'ABDM-1048', message: 'Timeout' },
  'too-many-tries':          { code: 'ABDM-1100', message: 'You have requested multiple OTPs Or Exceeded maximum number of attempts for OTP match in this transaction. Please try again in 30 minutes.' },
  // Scan and share
  'intent-not-supported':    { code: 'ABDM-1149', message: 'Intent type is not supported at HIP end' },
  'other-hip':               { code: 'ABDM-1035', message: 'Invalid HIP ID' },
  'counter-unknown':         { code: 'ABDM-1050', message: 'Invalid Profile Share Metadata Keys' },
  'no-profile':              { code: 'ABDM-1102', message: 'Profile information cannot be null' },
  'no-token-now':            { code: 'ABDM-9999', message: 'HIP is unable to generate a token at this time. Please try again later.' },
  'no-token-today':          { code: 'ABDM-1031', message: 'No tokens found for the abha address today' },
  'not-in-time':             { code: 'ABDM-9999', message: 'HIP is unable to process at this time. Please try again later.' },
  'own-fault':               { code: 'ABDM-9999', message: 'Unknown exception' },
} as const satisfies Record<string, { code: `ABDM-${number}`; message: string }>;

export type RefusalName = keyof typeof REFUSALS;

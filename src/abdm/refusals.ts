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
  'artefact-not-understood': { code: 'ABDM-1006', message: 'Bad Request, invalid request Body' },
  'own-fault':               { code: 'ABDM-9999', message: 'Unknown exception' },
} as const satisfies Record<string, { code: `ABDM-${number}`; message: string }>;

export type RefusalName = keyof typeof REFUSALS;

/**
 * ABDM's codes carry several meanings each, so code and message are read together, once, here. No other file names a code
 * that comes in. Source: the portal's M2 error list, NHA M2 document v2.8, traffic seen on 16 Sep 2026.
 */
export type Meaning =
  | 'already-linked'
  | 'blocked-for-a-day'
  | 'deactivated'
  | 'demographics-do-not-match'
  | 'dependency-down'
  | 'duplicate-answer'
  | 'duplicate-token-request'
  | 'invalid-message'
  | 'link-token-unusable'
  | 'not-a-facility-of-this-bridge'
  | 'not-linked-yet'
  | 'unknown-patient'
  | 'not-known';

interface Rule {
  readonly code: RegExp;
  readonly message?: RegExp;
  readonly meaning: Meaning;
}

// prettier-ignore
const RULES: readonly Rule[] = [
  { code: /./, message: /duplicate hip link request|already (been )?linked/i, meaning: 'already-linked' },
  { code: /^ABDM-1090$/, meaning: 'already-linked' },
  { code: /^ABDM-1027$/, meaning: 'blocked-for-a-day' },
  { code: /^ABDM-1407$/, meaning: 'deactivated' },
  { code: /^ABDM-1031$/, message: /deactivated/i, meaning: 'deactivated' },
  { code: /^ABDM-1207$/, meaning: 'demographics-do-not-match' },
  { code: /^ABDM-1051$/, meaning: 'unknown-patient' },
  { code: /./, message: /user not found/i, meaning: 'unknown-patient' },
  { code: /^ABDM-1092$/, message: /token/i, meaning: 'duplicate-token-request' },
  { code: /^ABDM-(1026|1038|1066)$/, meaning: 'link-token-unusable' },
  { code: /^ABDM-(1062|1063)$/, message: /link token/i, meaning: 'link-token-unusable' },
  { code: /^ABDM-1006$/, message: /no care context linked/i, meaning: 'not-linked-yet' },
  { code: /^ABDM-1035$/, message: /hip id/i, meaning: 'not-a-facility-of-this-bridge' },
  { code: /^ABDM-(1106|1107|1108|1113)$/, meaning: 'duplicate-answer' },
  { code: /^(ABDM-(1000|1001|1004|1007|1011|1019|1020|1022|1024|1029|1034|1044|1045|1048|1201|2429)|303001|900900)$/, meaning: 'dependency-down' },
  { code: /^ABDM-9999$/, message: /try (again )?later|cannot process/i, meaning: 'dependency-down' },
  { code: /^ABDM-(1006|1010|1013|1016|1030|1032|1037|1059|1064|1115|1125|1170|2402|2403|2404|9999)$/, meaning: 'invalid-message' },
];

/** `code` already tidied (see `tidyCode`). */
export function meaningOf(code: string, message: string): Meaning {
  const rule = RULES.find((each) => each.code.test(code) && (each.message?.test(message) ?? true));
  return rule?.meaning ?? 'not-known';
}

const CODE = /^[A-Za-z0-9_.-]{1,40}$/;

/**
 * Codes have been seen as `"ABDM-1030: "` and as numbers. What has not the form of a code is dropped: codes are stored and
 * shown as they are, so an HIU or a gateway must not be able to put its words, or a person's, there.
 */
export function tidyCode(code: unknown): string {
  if (typeof code !== 'string' && typeof code !== 'number') return '';
  const tidy = String(code)
    .replace(/[:\s]+$/, '')
    .trim();
  return CODE.test(tidy) ? tidy : '';
}

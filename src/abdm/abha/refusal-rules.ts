import type { AbhaFailure } from './failures.js';

/** What a refusal says, in whichever of the six shapes. The message is for reading here, and goes no further. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly field: string | undefined;
  readonly uidaiCode: string | undefined;
}

interface Rule {
  readonly code?: RegExp;
  readonly message?: RegExp;
  readonly field?: RegExp;
  readonly uidai?: RegExp;
  readonly kind: AbhaFailure;
  /** The field a code with a message stands for: the address calls name it in words only. */
  readonly means?: string;
}

/**
 * Codes of the ABHA service carry several meanings each, so code and message are read together; the first that fits counts.
 * Sources: `m1.yaml` (examples), NHA's M1 error list and FAQ, sandbox of 17 Sep 2026; UIDAI's numbers from the same and from
 * its Authentication and OTP API documents.
 */
// prettier-ignore
const RULES: readonly Rule[] = [
  { code: /^9009\d\d$/, message: /unclassified/i, kind: 'temporary' },
  { code: /^9009\d\d$/, kind: 'gateway-token' },

  { uidai: /^400$/, kind: 'wrong-otp' },
  { uidai: /^(403|952|953)$/, kind: 'otp-locked' },
  { uidai: /^(110|111|112)$/, kind: 'aadhaar-without-mobile' },
  { uidai: /^(996|997|998)$/, kind: 'aadhaar-refused' },
  { uidai: /^100$/, kind: 'demographics-mismatch' },
  { uidai: /^300$/, kind: 'biometric-mismatch' },
  { uidai: /^(330|331|332)$/, kind: 'biometric-locked' },
  { uidai: /^(561|562|563)$/, kind: 'biometric-stale' },
  { uidai: /^810$/, kind: 'biometric-missing' },
  { uidai: /^K-547$/i, kind: 'biometric-device' },
  { uidai: /^93\d$/, kind: 'temporary' },
  { code: /^ABDM-1204$/, message: /(not have|not linked|no linked) .*mobile|mobile .*not (linked|registered|available)/i, kind: 'aadhaar-without-mobile' },
  { code: /^ABDM-1204$/, message: /aadhaar number/i, kind: 'aadhaar-refused' },
  { code: /^ABDM-1204$/, message: /otp/i, kind: 'wrong-otp' },

  { code: /./, message: /login via .* is not allowed/i, kind: 'way-not-allowed' },
  { code: /^ABDM-(1113|1118|1224)$/, kind: 'way-not-allowed' },
  { code: /^ABDM-1211$/, message: /not found/i, kind: 'no-abha' },
  { code: /^ABDM-(1110|1111|1112|1114|1115)$/, kind: 'no-abha' },
  { code: /^ABDM-9999$/, message: /user not found/i, kind: 'no-abha' },
  { code: /^ABDM-(1134|1407)$/, kind: 'deactivated' },
  { code: /^ABDM-1100$/, kind: 'otp-locked' },
  { message: /exceeded maximum number of attempts|requested multiple otps/i, kind: 'otp-locked' },
  { code: /^ABDM-1101$/, kind: 'address-taken' },
  { code: /^ABDM-1122$/, kind: 'address-refused' },
  { code: /^ABDM-1124$/, kind: 'mobile-full' },
  { code: /^ABDM-1135$/, kind: 'email-full' },
  { code: /^ABDM-(1155|1156|1157|1159)$/, kind: 'child-limit' },
  { code: /^ABDM-1160$/, kind: 'child-changed-once' },
  { code: /^ABDM-1203$/, kind: 'document-mismatch' },
  { code: /^ABDM-1207$/, kind: 'demographics-mismatch' },
  { code: /^ABDM-(1219|1228)$/, kind: 'benefit-linked' },
  { code: /^ABDM-1227$/, kind: 'client-limit' },

  { message: /\b[XRT]-token\b|x auth token/i, kind: 'user-token' },
  { code: /^ABDM-(1065|2401)$/, kind: 'user-token' },
  { code: /^ABDM-(1021|1094)$/, kind: 'not-entitled' },
  { message: /benefit name|access to this feature is restricted|required privil/i, kind: 'not-entitled' },

  { code: /^ABDM-(1017|1086)$/, kind: 'transaction-over' },
  { message: /transaction (id|is not found)|invalid transaction/i, kind: 'transaction-over' },
  { field: /^txnId$/i, kind: 'transaction-over' },
  { message: /already verified/i, kind: 'mobile-same' },
  { message: /valid field to update/i, kind: 'nothing-to-update' },

  { code: /^ABDM-(1016|1030|1032|1064|2402|2403|2404|2500)$|^404$/, kind: 'our-request' },
  { code: /^ABDM-(1022|2429)$/, kind: 'too-many-requests' },
  { code: /^ABDM-(1000|1003|1004|1007|1008|1009|1011|1019|1020|1024|1029|1044|1045|1048|1109|1200|1201|1202|1205)$|^303001$/, kind: 'temporary' },

  { code: /^ABDM-(1006|9999)$/, message: /invalid otp value|otp ?value is invalid/i, kind: 'field-refused', means: 'otpValue' },
  { code: /^ABDM-(1006|9999)$/, message: /login ?id|mobile number|email|abha (address|number)|base64/i, kind: 'field-refused', means: 'loginId' },
  { code: /^ABDM-1013$/, kind: 'field-refused', means: 'ABHANumber' },
  { code: /^ABDM-(1006|1107|9999)$/, message: /scope|login hint|otp system|auth method|unsupported|otp request/i, kind: 'our-request' },
  { field: /^(scope|loginHint|otpSystem|authMethods?|authData|preferred)$/i, kind: 'our-request' },
  { field: /./, kind: 'field-refused' },
  { message: /try (again )?later|cannot process/i, kind: 'temporary' },
];

/** `hadUserToken`: an X-, T- or R-token went along; a 401 without a word is then about that one (seen 17 Sep 2026). */
export function kindOf(
  refusal: Refusal,
  hadUserToken: boolean,
): { readonly kind: AbhaFailure; readonly field: string | undefined } {
  const rule = RULES.find(
    ({ code, message, field, uidai }) =>
      (code?.test(refusal.code) ?? true) &&
      (message?.test(refusal.message) ?? true) &&
      (field?.test(refusal.field ?? '') ?? true) &&
      (uidai?.test(refusal.uidaiCode ?? '') ?? true),
  );
  if (rule !== undefined) {
    return { kind: rule.kind, field: rule.kind === 'field-refused' ? (rule.means ?? refusal.field) : undefined };
  }
  return { kind: kindByStatus(refusal.status, hadUserToken), field: undefined };
}

function kindByStatus(status: number, hadUserToken: boolean): AbhaFailure {
  if (status === 401) return hadUserToken ? 'user-token' : 'gateway-token';
  if (status === 403) return 'our-request';
  if (status === 429) return 'too-many-requests';
  return status === 408 || status >= 500 ? 'temporary' : 'other';
}

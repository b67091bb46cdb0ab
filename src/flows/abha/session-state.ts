import type { VerifiedAbha } from '../../persistence/abha-sessions.js';
import type { StepName } from './steps.js';

export const OTP_METHODS = ['aadhaar-otp', 'mobile-otp'] as const;
export type OtpMethod = (typeof OTP_METHODS)[number];

/** Changes of an account somebody may ask for once she is verified. The last two need ABHA_ACCOUNT_ENDINGS. */
export const CHANGES = ['mobile', 'email', 're-kyc', 'de-activate', 'delete'] as const;
export type Change = (typeof CHANGES)[number];

/** What the code that is awaited is for, with what is needed to send it again (but for Aadhaar: that is typed again). */
export type OtpUse =
  | { readonly for: 'look' | 'aadhaar-login' }
  | { readonly for: 'enrol' }
  | { readonly for: 'number-login'; readonly abhaNumber: string; readonly method: OtpMethod }
  | { readonly for: 'address-login'; readonly abhaAddress: string; readonly method: OtpMethod }
  | { readonly for: 'mobile-login'; readonly mobile: string }
  | { readonly for: 'communication-mobile' | 'licence'; readonly mobile: string }
  | { readonly for: 'found-login'; readonly index: string; readonly searchTxnId: string; readonly method: OtpMethod }
  | {
      readonly for: 'change';
      readonly change: Change;
      readonly value: string;
      readonly method: OtpMethod;
      readonly reasons: readonly string[];
    };

export type LoginUse = Extract<OtpUse, { for: `${string}login` | 'look' }>;
export type ChangeUse = Extract<OtpUse, { for: 'change' }>;

/** Whose codes these are, and which: what they are counted under. */
export interface CodeKey {
  /** Keyed hash, base64. */
  readonly identifier: string;
  readonly way: string;
  /** The service counts in one transaction of the session, whoever the code goes to. */
  readonly isInOneTransaction: boolean;
}

/** A code that was sent, and what became of it so far. Instants in milliseconds since 1970. */
export interface SentOtp {
  readonly use: OtpUse;
  readonly key: CodeKey;
  readonly txnId: string;
  /** Masked: `******0903`. Undefined when the service did not say. */
  readonly sentTo: string | undefined;
  readonly sentAt: number;
  readonly sends: number;
  readonly wrongTries: number;
  /** Where a fresh transaction begins. */
  readonly back: StepName;
}

/** Tokens of the person who is verified. Sealed with the rest; an ABHA address's token is good for addresses only. */
export interface HeldTokens {
  readonly of: 'abha-number' | 'abha-address';
  readonly token: string;
  readonly until: number;
  readonly refreshToken: string | undefined;
}

/** One of several accounts, as a chooser shows it. Photos go to the screen once and are not kept. */
export interface ShownAccount {
  /** What to send back. */
  readonly account: string;
  /** Masked where somebody has not proved yet that it is hers. */
  readonly abhaNumber: string | undefined;
  readonly abhaAddress: string | undefined;
  readonly name: string | undefined;
  readonly gender: string | undefined;
  readonly yearOfBirth: number | undefined;
  readonly status: string | undefined;
}

/** What a QR of an ABHA card says: unsigned, so it fills a form and proves nothing. */
export interface CardContent {
  readonly abhaNumber: string | undefined;
  readonly abhaAddress: string | undefined;
  readonly name: string | undefined;
  readonly gender: 'M' | 'F' | 'O' | undefined;
  readonly dayOfBirth: number | undefined;
  readonly monthOfBirth: number | undefined;
  readonly yearOfBirth: number | undefined;
  readonly mobile: string | undefined;
  readonly address: string | undefined;
  readonly state: string | undefined;
  readonly district: string | undefined;
}

/** What the screen must be told besides the step. */
export type Notice =
  | 'abha-exists'
  | 'no-abha'
  | 'enrolment-unsure'
  | 'change-unsure'
  | 'no-suggestions'
  | 'others-on-this-mobile'
  | 'face-failed'
  | 'provisional'
  | 'changed';

/** Something odd that does not stop anybody. */
export type Warning = 'abha-number-check-digit';

/** What a session remembers between its steps, sealed. Never an Aadhaar number, an OTP or a biometric. */
export interface SessionState {
  readonly consentGiven?: true;
  /** The mobile for communication, as typed: it may be anybody's. */
  readonly mobile?: string | undefined;
  /** A code went to exactly this number, and came back. */
  readonly provedMobile?: string | undefined;
  /** Keyed hash of an Aadhaar number: the look for it has ended with "nobody", so the next step enrols it. */
  readonly nobody?: string | undefined;
  /** Of the enrolment: suggestions and the address hang on it. */
  readonly enrolTxnId?: string | undefined;
  readonly licenceTxnId?: string | undefined;
  readonly otp?: SentOtp | undefined;
  readonly tokens?: HeldTokens | undefined;
  readonly choice?:
    | {
        readonly txnId: string;
        readonly token: string;
        readonly until: number;
        readonly accounts: readonly ShownAccount[];
      }
    | undefined;
  readonly found?: { readonly txnId: string; readonly accounts: readonly ShownAccount[] } | undefined;
  readonly methods?: readonly OtpMethod[] | undefined;
  readonly abhaNumber?: string | undefined;
  readonly abhaAddress?: string | undefined;
  readonly card?: CardContent | undefined;
  readonly suggestions?: readonly string[] | undefined;
  readonly face?: { readonly txnId: string; readonly qrContent: string; readonly status: string } | undefined;
  readonly enrolmentNumber?: string | undefined;
  readonly notice?: Notice | undefined;
  readonly warnings?: readonly Warning[] | undefined;
  /** The service takes nobody's codes for this transaction before then. */
  readonly lockedUntil?: number | undefined;
}

/** What a session ends with: what registrations take, and what only the desk's screen shows. */
export interface KnownProfile extends VerifiedAbha {
  /** `verified`: UIDAI knows her; `provisional`: a licence, whose paper a facility still has to check. */
  readonly kycStatus: 'verified' | 'self-declared' | 'provisional' | 'unknown';
  readonly status?: string | undefined;
  readonly maskedMobile?: string | undefined;
  readonly maskedEmail?: string | undefined;
  readonly pincode?: string | undefined;
  readonly state?: string | undefined;
  readonly district?: string | undefined;
}

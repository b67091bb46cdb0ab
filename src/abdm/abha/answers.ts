import type { AddressXToken, TToken, UserTokens } from './tokens.js';

/** An OTP is on its way. */
export interface OtpSent {
  /** The newest one counts: a resend may bring another. */
  readonly txnId: string;
  /** The service's own sentence; names the masked mobile. For showing only: its wording varies. */
  readonly message: string;
}

/** What the ABHA service knows of a person. Undefined: not told. */
export interface AbhaProfile {
  /** `NN-NNNN-NNNN-NNNN`; masked (`91-****-****-5727`) in some answers; undefined: an address without a number. */
  readonly abhaNumber: string | undefined;
  /** The preferred one, as it came but in lower case, with its suffix where the service gave one. */
  readonly abhaAddress: string | undefined;
  readonly abhaAddresses: readonly string[];
  readonly name: string | undefined;
  readonly gender: string | undefined;
  readonly birth: Birth | undefined;
  /** Masked in most answers. */
  readonly mobile: string | undefined;
  readonly email: string | undefined;
  readonly address: string | undefined;
  readonly pincode: string | undefined;
  readonly stateCode: string | undefined;
  readonly stateName: string | undefined;
  readonly districtCode: string | undefined;
  readonly districtName: string | undefined;
  /** Plain base64, JPEG or PNG. */
  readonly photo: string | undefined;
  /** `ACTIVE`, `DEACTIVATED`, `DELETED` … */
  readonly status: string | undefined;
  readonly isKycVerified: boolean | undefined;
  /** `AADHAAR_OTP`, `MOBILE_OTP` … */
  readonly authMethods: readonly string[];
}

/** Month and day are missing in accounts made from a year alone. */
export interface Birth {
  readonly year: number;
  readonly month: number | undefined;
  readonly day: number | undefined;
}

/** The end of an enrolment. */
export interface Enrolled {
  readonly txnId: string | undefined;
  /** False: this person had an ABHA already, and this is it. */
  readonly isNew: boolean;
  readonly tokens: UserTokens | undefined;
  readonly profile: AbhaProfile;
}

/** A driving licence gives a provisional number only: a facility checks the paper later. */
export interface ProvisionallyEnrolled {
  readonly enrolmentNumber: string;
  readonly state: string;
  readonly isNew: boolean;
  readonly profile: AbhaProfile;
}

/** One of the accounts behind a mobile or an OTP. Only its number is sure. */
export interface AbhaAccountChoice {
  readonly abhaNumber: string | undefined;
  readonly abhaAddress: string | undefined;
  readonly name: string | undefined;
  readonly gender: string | undefined;
  readonly birth: Birth | undefined;
  readonly status: string | undefined;
  readonly photo: string | undefined;
  readonly isKycVerified: boolean | undefined;
}

/** A login that went well. After `choose`, call `chooseAccount`, also when there is one account only. */
export type LoggedIn =
  | {
      readonly kind: 'final';
      readonly txnId: string | undefined;
      readonly tokens: UserTokens;
      readonly accounts: readonly AbhaAccountChoice[];
    }
  | {
      readonly kind: 'choose';
      readonly txnId: string;
      readonly token: TToken;
      readonly expiresInSeconds: number;
      readonly accounts: readonly AbhaAccountChoice[];
    };

/** What can be said of an ABHA address before an OTP. */
export interface AddressFound {
  readonly abhaAddress: string;
  readonly abhaNumber: string | undefined;
  readonly name: string | undefined;
  readonly maskedMobile: string | undefined;
  readonly status: string | undefined;
  /** Allowed and not blocked: `MOBILE_OTP`, `AADHAAR_OTP` … */
  readonly authMethods: readonly string[];
}

export interface AddressLoggedIn {
  readonly txnId: string | undefined;
  readonly tokens: UserTokens<AddressXToken>;
  readonly accounts: readonly AbhaAccountChoice[];
}

/** What a search by mobile shows: masked, and no proof of anything. */
export interface AbhasFound {
  /** Good for ten minutes; goes with `index` into the login. */
  readonly txnId: string;
  readonly abhas: readonly {
    /** As text, as the login wants it. */
    readonly index: string;
    readonly maskedAbhaNumber: string;
    readonly name: string | undefined;
    readonly gender: string | undefined;
  }[];
}

export interface Child {
  readonly name: string | undefined;
  readonly gender: string | undefined;
  readonly birth: Birth | undefined;
  readonly abhaNumber: string | undefined;
  readonly abhaAddress: string | undefined;
}

/** `waiting`: the QR was not scanned yet; `scanned`: the face is still to come; `failed`: begin again with a new QR. */
export type FaceCapture = 'waiting' | 'scanned' | 'failed' | 'complete';

/** A card or QR as the service serves it. Holds personal data: never kept, never logged. */
export interface ServedFile {
  /** By the file's first bytes. */
  readonly contentType: 'image/png' | 'image/jpeg' | 'application/pdf';
  readonly bytes: Buffer;
}

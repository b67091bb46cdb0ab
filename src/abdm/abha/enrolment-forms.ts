import type { SecretText } from '../../support/secret-text.js';

/** NHA's consent to an enrolment, by code and version. The text that was shown is the session's to record. */
export const CONSENT = { code: 'abha-enrollment', version: '1.4' } as const;

/** As on Aadhaar, letter by letter. Optional fields are left out when they are not known. */
export interface Demographics {
  readonly aadhaar: SecretText;
  readonly name: string;
  /** `DD-MM-YYYY`, or the year alone. */
  readonly dateOfBirth: string;
  readonly gender: 'M' | 'F' | 'O';
  /** LGD codes. */
  readonly stateCode: string;
  readonly districtCode: string;
  readonly mobile?: string;
  readonly address?: string;
  readonly pinCode?: string;
  /** Plain base64, PNG or JPEG, 100 KB at most. */
  readonly profilePhoto?: string;
}

export interface BornChild {
  readonly name: string;
  readonly gender: 'M' | 'F' | 'O';
  /** Digits as text, two for day and month, four for the year. */
  readonly dayOfBirth: string;
  readonly monthOfBirth: string;
  readonly yearOfBirth: string;
  readonly profilePhoto?: string;
}

export interface DrivingLicence {
  readonly txnId: string;
  readonly documentId: string;
  readonly firstName: string;
  readonly middleName?: string;
  readonly lastName?: string;
  /** `YYYY-MM-DD`. */
  readonly dob: string;
  readonly gender: 'M' | 'F' | 'O';
  readonly frontSidePhoto: string;
  readonly backSidePhoto: string;
  readonly address: string;
  readonly state: string;
  readonly district: string;
  readonly pinCode: string;
}

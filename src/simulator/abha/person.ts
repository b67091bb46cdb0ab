/** What UIDAI and ABHA know of somebody. */
export interface Demographics {
  readonly name: string;
  readonly gender: string;
  /** `1990-02-05`; parts may be missing from the right, as on many Aadhaar cards: `1990-02`, `1990`. */
  readonly dateOfBirth: string;
  readonly address?: string | undefined;
  readonly stateCode?: string | undefined;
  readonly stateName?: string | undefined;
  readonly districtCode?: string | undefined;
  readonly districtName?: string | undefined;
  readonly pinCode?: string | undefined;
  /** Base64; null: none was taken. */
  readonly photo?: string | null | undefined;
}

/** A line of UIDAI's register. */
export interface AadhaarHolder {
  readonly aadhaar: string;
  readonly demographics: Demographics;
  /** Without one there is no Aadhaar OTP. */
  readonly mobile: string | undefined;
}

export type AccountStatus = 'ACTIVE' | 'DEACTIVATED' | 'DELETED';

/** An ABHA account. What may change in it is not readonly. */
export interface Account {
  demographics: Demographics;
  /** With dashes; undefined for somebody who has an address only. */
  readonly abhaNumber: string | undefined;
  /** With suffix, lower case. The first is the default one. */
  readonly addresses: string[];
  preferredAddress: string;
  mobile: string | undefined;
  email: string | undefined;
  status: AccountStatus;
  readonly aadhaar: string | undefined;
  /** The ABHA number of a child's parent. */
  readonly parent: string | undefined;
  kycVerified: boolean;
  /** A government benefit hangs on it: it can be neither de-activated nor deleted. */
  readonly hasBenefit: boolean;
  /** Made from a driving licence: only an enrolment number until a facility has seen the paper. */
  readonly isProvisional: boolean;
  readonly createdAt: number;
}

export interface NameParts {
  readonly firstName: string;
  readonly middleName: string;
  readonly lastName: string;
}

export function nameParts(name: string): NameParts {
  const words = name.split(/\s+/).filter((word) => word !== '');
  return {
    firstName: words[0] ?? '',
    middleName: words.slice(1, -1).join(' '),
    lastName: words.length > 1 ? (words.at(-1) ?? '') : '',
  };
}

/** Unknown parts are null, as ABHA sends them. */
export function birthParts(dateOfBirth: string) {
  const [year, month, day] = dateOfBirth.split('-');
  return { yearOfBirth: year ?? null, monthOfBirth: month ?? null, dayOfBirth: day ?? null };
}

/** `05-02-1990`, or the parts known. */
export const birthDayFirst = (dateOfBirth: string): string => dateOfBirth.split('-').reverse().join('-');

import type { AbhaAccountChoice, AbhaProfile, AbhasFound } from '../../abdm/abha/answers.js';
import type { KnownProfile, ShownAccount } from './session-state.js';

/** What is known besides what this answer says. */
export interface Beside {
  readonly isNew: boolean;
  /** A code sent to it was confirmed; ABDM shows it masked. */
  readonly provedMobile: string | undefined;
  /** What an earlier answer said. */
  readonly before: KnownProfile | undefined;
  /** For an address without one: `sbx` or `abdm`. */
  readonly suffix: string;
}

/** An answer of the ABHA service as a registration takes it. What this one leaves out, or masks, an earlier one may have said. */
export function knownProfile(profile: AbhaProfile, { isNew, provedMobile, before, suffix }: Beside): KnownProfile {
  return {
    abhaNumber: wholeNumber(profile.abhaNumber) ?? before?.abhaNumber,
    abhaAddress: withSuffix(profile.abhaAddress, suffix) ?? before?.abhaAddress,
    name: profile.name ?? before?.name ?? '',
    gender: genderOf(profile.gender) ?? before?.gender ?? 'O',
    yearOfBirth: profile.birth?.year ?? before?.yearOfBirth,
    monthOfBirth: profile.birth?.month ?? before?.monthOfBirth,
    dayOfBirth: profile.birth?.day ?? before?.dayOfBirth,
    mobile: wholeMobile(profile.mobile, [provedMobile, before?.mobile]),
    maskedMobile: masked(profile.mobile) ?? before?.maskedMobile,
    maskedEmail: maskedEmail(profile.email) ?? before?.maskedEmail,
    address: profile.address ?? before?.address,
    pincode: profile.pincode ?? before?.pincode,
    state: profile.stateName ?? before?.state,
    district: profile.districtName ?? before?.district,
    kycStatus: kycStatus(profile.isKycVerified) ?? before?.kycStatus ?? 'unknown',
    status: profile.status ?? before?.status,
    isNew,
  };
}

export function shownAccount(account: AbhaAccountChoice, index: number, suffix: string): ShownAccount {
  return {
    account: String(index + 1),
    abhaNumber: account.abhaNumber,
    abhaAddress: withSuffix(account.abhaAddress, suffix),
    name: account.name,
    gender: account.gender,
    yearOfBirth: account.birth?.year,
    status: account.status,
  };
}

/** Masked: it may not be hers. */
export const shownFound = (abha: AbhasFound['abhas'][number]): ShownAccount => ({
  account: abha.index,
  abhaNumber: abha.maskedAbhaNumber,
  abhaAddress: undefined,
  name: abha.name,
  gender: abha.gender,
  yearOfBirth: undefined,
  status: undefined,
});

/** 14 digits. A masked number (`91-****-****-5727`) is none. */
function wholeNumber(abhaNumber: string | undefined): string | undefined {
  const digits = abhaNumber?.replace(/-/g, '');
  return digits !== undefined && /^\d{14}$/.test(digits) ? digits : undefined;
}

const withSuffix = (address: string | undefined, suffix: string): string | undefined =>
  address === undefined || address.includes('@') ? address : `${address}@${suffix}`;

/** Other letters (T, U …) are what ABDM's three make `O`. */
function genderOf(gender: string | undefined): 'M' | 'F' | 'O' | undefined {
  if (gender === undefined || gender === '') return undefined;
  return gender === 'M' || gender === 'F' ? gender : 'O';
}

/** The number ABDM shows in full; of a masked one, the one known to be hers that ends alike: it may have changed since. */
function wholeMobile(
  shown: string | undefined,
  [proved, before]: readonly [proved: string | undefined, before: string | undefined],
): string | undefined {
  if (shown === undefined) return before;
  if (/^\d{10}$/.test(shown)) return shown;
  const end = /(\d{4})$/.exec(shown)?.[1];
  return end === undefined ? undefined : [proved, before].find((known) => known?.endsWith(end));
}

const masked = (mobile: string | undefined): string | undefined =>
  mobile === undefined ? undefined : `******${mobile.slice(-4)}`;

export function maskedEmail(email: string | undefined): string | undefined {
  const [user, host] = email?.split('@') ?? [];
  return user === undefined || host === undefined ? undefined : `${user.slice(0, 1)}*****@${host}`;
}

function kycStatus(isVerified: boolean | undefined): KnownProfile['kycStatus'] | undefined {
  if (isVerified === undefined) return undefined;
  return isVerified ? 'verified' : 'self-declared';
}

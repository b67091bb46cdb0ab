import { maskedMobile } from './numbers.js';
import { type Account, birthDayFirst, birthParts, nameParts } from './person.js';
import type { Tokens } from './user-tokens.js';

/** One account, as each path shows it. Field names are NHA's, which differ from path to path. */

const orNull = <T>(value: T | undefined): T | null => value ?? null;
const masked = (mobile: string | undefined): string | null => (mobile === undefined ? null : maskedMobile(mobile));
const photoOf = (account: Account): string | null => account.demographics.photo ?? null;

export function enrolProfile(account: Account) {
  const { demographics: person } = account;
  return {
    ...nameParts(person.name),
    dob: birthDayFirst(person.dateOfBirth),
    gender: person.gender,
    photo: photoOf(account),
    mobile: masked(account.mobile),
    email: orNull(account.email),
    phrAddress: account.addresses,
    address: orNull(person.address),
    districtCode: orNull(person.districtCode),
    stateCode: orNull(person.stateCode),
    pinCode: orNull(person.pinCode),
    abhaType: account.parent === undefined ? 'STANDARD' : 'CHILD',
    stateName: orNull(person.stateName),
    districtName: orNull(person.districtName),
    ABHANumber: account.abhaNumber,
    abhaStatus: account.status,
  };
}

/** A line of the list to choose from after a login. */
export function accountLine(account: Account) {
  const { name, gender, dateOfBirth } = account.demographics;
  const { abhaNumber, isProvisional, preferredAddress } = account;
  return {
    ...(isProvisional ? { enrolmentNumber: abhaNumber } : { ABHANumber: abhaNumber }),
    preferredAbhaAddress: isProvisional ? null : preferredAddress,
    name,
    gender,
    dob: birthDayFirst(dateOfBirth),
    verifiedStatus: isProvisional ? 'PROVISIONAL' : 'VERIFIED',
    verificationType: verificationType(account),
    status: account.status,
    profilePhoto: photoOf(account),
    kycVerified: account.kycVerified,
  };
}

export function profile(account: Account) {
  const { demographics: person } = account;
  return {
    ABHANumber: account.abhaNumber,
    preferredAbhaAddress: account.preferredAddress,
    mobile: masked(account.mobile),
    email: orNull(account.email),
    ...nameParts(person.name),
    name: person.name,
    ...birthParts(person.dateOfBirth),
    gender: person.gender,
    profilePhoto: photoOf(account),
    status: account.status,
    stateCode: orNull(person.stateCode),
    districtCode: orNull(person.districtCode),
    pincode: orNull(person.pinCode),
    address: orNull(person.address),
    kycPhoto: photoOf(account),
    stateName: orNull(person.stateName),
    districtName: orNull(person.districtName),
    authMethods: authMethods(account),
    tags: {},
    kycVerified: account.kycVerified,
    verificationStatus: account.isProvisional ? 'PROVISIONAL' : 'VERIFIED',
    verificationType: verificationType(account),
    localizedDetails: null,
    createdDate: birthDayFirst(new Date(account.createdAt).toISOString().slice(0, 10)),
  };
}

export function addressProfile(account: Account) {
  const { demographics: person } = account;
  return {
    abhaAddress: account.preferredAddress,
    fullName: person.name,
    profilePhoto: photoOf(account),
    ...nameParts(person.name),
    ...birthParts(person.dateOfBirth),
    dateOfBirth: birthDayFirst(person.dateOfBirth),
    gender: person.gender,
    mobile: orNull(account.mobile),
    abhaNumber: orNull(account.abhaNumber),
    address: orNull(person.address),
    stateName: orNull(person.stateName),
    districtName: orNull(person.districtName),
    pinCode: orNull(person.pinCode),
    stateCode: orNull(person.stateCode),
    districtCode: orNull(person.districtCode),
    authMethods: authMethods(account),
    status: account.status,
    emailVerified: String(account.email !== undefined),
    mobileVerified: String(account.mobile !== undefined),
    kycStatus: account.kycVerified ? 'VERIFIED' : 'PENDING',
    abhaLinkedCount: account.abhaNumber === undefined ? '0' : '1',
  };
}

/** A line of an address login's `users`. */
export function addressUser(account: Account) {
  return {
    abhaAddress: account.preferredAddress,
    fullName: account.demographics.name,
    profilePhoto: photoOf(account),
    abhaNumber: orNull(account.abhaNumber),
    status: account.status,
    kycStatus: account.kycVerified ? 'VERIFIED' : 'PENDING',
  };
}

/** A demographic enrolment answers in another shape than every other enrolment. */
export function demographicResult(account: Account, tokens: Tokens, txnId: string, isNew: boolean) {
  const { demographics: person } = account;
  return {
    txnId,
    healthIdNumber: account.abhaNumber,
    healthId: account.preferredAddress,
    mobile: masked(account.mobile),
    ...nameParts(person.name),
    name: person.name,
    yearOfBirth: birthParts(person.dateOfBirth).yearOfBirth ?? '',
    monthOfBirth: birthParts(person.dateOfBirth).monthOfBirth ?? '',
    dayOfBirth: birthParts(person.dateOfBirth).dayOfBirth ?? '',
    gender: person.gender,
    stateCode: person.stateCode ?? '',
    districtCode: person.districtCode ?? '',
    pincode: orNull(person.pinCode),
    address: orNull(person.address),
    stateName: person.stateName ?? '',
    districtName: person.districtName ?? '',
    profilePhoto: photoOf(account),
    kycVerified: account.kycVerified,
    token: tokens.token,
    jwtResponse: tokens,
    status: account.status,
    new: isNew,
  };
}

/** What the account can be opened by. */
export function authMethods(account: Account): string[] {
  return [
    ...(account.mobile === undefined ? [] : ['MOBILE_OTP']),
    ...(account.aadhaar === undefined ? [] : ['AADHAAR_OTP', 'AADHAAR_BIO', 'DEMOGRAPHICS']),
  ];
}

function verificationType(account: Account): string {
  if (account.isProvisional) return 'DRIVING_LICENCE';
  return account.parent === undefined ? 'AADHAAR' : 'CHILD_ABHA';
}

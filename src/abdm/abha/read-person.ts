import type { AbhaAccountChoice, AbhaProfile, Birth, Child } from './answers.js';
import { abhaNumberIn } from './identifiers.js';
import { asText, fieldIn, flagIn, listIn, textIn, textsIn } from './reading.js';

/** A person as any of the answers describes her: enrolment, account, address profile and demographics name things differently. */
export function readProfile(body: unknown): AbhaProfile {
  const addresses = addressesIn(body);
  return {
    abhaNumber: readAbhaNumber(body),
    abhaAddress: addresses[0],
    abhaAddresses: addresses,
    name: readName(body),
    gender: readGender(body),
    birth: readBirth(body),
    mobile: textIn(body, 'mobile'),
    email: textIn(body, 'email'),
    address: textIn(body, 'address'),
    pincode: textIn(body, 'pincode', 'pinCode'),
    stateCode: textIn(body, 'stateCode'),
    stateName: textIn(body, 'stateName', 'state'),
    districtCode: textIn(body, 'districtCode'),
    districtName: textIn(body, 'districtName', 'district'),
    photo: readPhoto(body),
    status: textIn(body, 'status', 'abhaStatus'),
    isKycVerified: flagIn(body, 'kycVerified', 'kycStatus'),
    authMethods: textsIn(body, 'authMethods'),
  };
}

/** `accounts[]` and `users[]`. An entry without number and address is a remark about the one before, and no account. */
export function readAccounts(body: unknown, name: 'accounts' | 'users'): readonly AbhaAccountChoice[] {
  return listIn(body, name)
    .map((account) => ({
      abhaNumber: readAbhaNumber(account),
      abhaAddress: addressesIn(account)[0],
      name: readName(account),
      gender: readGender(account),
      birth: readBirth(account),
      status: textIn(account, 'status'),
      photo: readPhoto(account),
      isKycVerified: flagIn(account, 'kycVerified', 'kycStatus'),
    }))
    .filter(({ abhaNumber, abhaAddress }) => abhaNumber !== undefined || abhaAddress !== undefined);
}

export function readChildren(body: unknown): readonly Child[] {
  return listIn(body, 'children').map((child) => ({
    name: readName(child),
    gender: readGender(child),
    birth: readBirth(child),
    abhaNumber: readAbhaNumber(child),
    abhaAddress: addressesIn(child)[0],
  }));
}

/** With dashes where it is whole; masked ones stay as they came. */
export function readAbhaNumber(body: unknown): string | undefined {
  const number = textIn(body, 'ABHANumber', 'abhaNumber', 'healthIdNumber');
  return number === undefined ? undefined : (abhaNumberIn(number) ?? number);
}

/** The preferred one first. Cases are mixed by the service and mean nothing. */
function addressesIn(body: unknown): readonly string[] {
  const preferred = textIn(body, 'preferredAbhaAddress', 'abhaAddress', 'healthId');
  const phrAddress = fieldIn(body, 'phrAddress');
  const others = Array.isArray(phrAddress) ? textsIn(body, 'phrAddress') : [asText(phrAddress)];
  const all = [preferred, ...others].filter((address) => address !== undefined);
  return [...new Set(all.map((address) => address.toLowerCase()))];
}

function readName(body: unknown): string | undefined {
  const parts = ['firstName', 'middleName', 'lastName'].map((part) => textIn(body, part));
  const joined = parts.filter((part) => part !== undefined).join(' ');
  return textIn(body, 'name', 'fullName') ?? (joined === '' ? undefined : joined);
}

/** `M`, `F`, `O`, `T`, `U`; words such as `Male` by their first letter. */
const readGender = (body: unknown): string | undefined => textIn(body, 'gender')?.charAt(0).toUpperCase();

/** A `data:` prefix, seen from other health systems, is taken off. */
function readPhoto(body: unknown): string | undefined {
  const photo = textIn(body, 'profilePhoto', 'photo', 'kycPhoto');
  return photo?.replace(/^data:image\/[\w+.-]+;base64,/, '');
}

/** From three fields, or from D-M-YYYY, DD/MM/YYYY, YYYY-M-D, or the year alone. Impossible parts are left out. */
export function readBirth(body: unknown): Birth | undefined {
  const parts = [textIn(body, 'yearOfBirth'), textIn(body, 'monthOfBirth'), textIn(body, 'dayOfBirth')];
  if (parts[0] !== undefined) return birthOf(...parts);
  return birthIn(textIn(body, 'dob', 'dateOfBirth') ?? '');
}

export function birthIn(text: string): Birth | undefined {
  const [first, second, third] = text.split(/[-/.]/).map((part) => part.trim());
  return first?.length === 4 ? birthOf(first, second, third) : birthOf(third, second, first);
}

function birthOf(year?: string, month?: string, day?: string): Birth | undefined {
  if (year === undefined || !/^(19|20)\d\d$/.test(year)) return undefined;
  const knownMonth = within(month, 12);
  return { year: Number(year), month: knownMonth, day: knownMonth === undefined ? undefined : within(day, 31) };
}

function within(text: string | undefined, most: number): number | undefined {
  const number = /^\d{1,2}$/.test(text ?? '') ? Number(text) : 0;
  return number >= 1 && number <= most ? number : undefined;
}

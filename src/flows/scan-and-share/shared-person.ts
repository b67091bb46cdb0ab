import type { ShareAddress, SharePatient } from '../../abdm/messages/patient-share.js';
import type { SharedProfile } from '../../persistence/shared-profiles.js';

/** Somebody who can be given a token: her address is how she is known, with or without an ABHA number. */
export type SharedPerson = SharedProfile & { readonly abhaAddress: string };

const ABHA_ADDRESS = /^[^\s@\p{Cf}]{1,200}@[A-Za-z]{2,20}$/u;

/**
 * Who shared, as far as it could be read: what has not the form of a number, day or mobile was not said. Undefined without
 * an ABHA address or a name, which every share has: nobody could be called by it.
 */
export function sharedPerson(patient: SharePatient | undefined): SharedPerson | undefined {
  const { abhaAddress, name } = patient ?? {};
  if (patient === undefined || abhaAddress === undefined || !ABHA_ADDRESS.test(abhaAddress)) return undefined;
  if (name === undefined) return undefined;
  const addressParts = partsOf(patient.address);
  const address = [addressParts.line, addressParts.district, addressParts.state, addressParts.pin]
    .filter((part) => part !== undefined)
    .join(', ');
  return {
    abhaNumber: abhaNumberIn(patient.abhaNumber),
    abhaAddress,
    name,
    gender: genderIn(patient.gender),
    yearOfBirth: numberIn(patient.yearOfBirth, 1900, 2200),
    monthOfBirth: numberIn(patient.monthOfBirth, 1, 12),
    dayOfBirth: numberIn(patient.dayOfBirth, 1, 31),
    mobile: mobileIn(patient.phoneNumber),
    address: address === '' ? undefined : address,
    addressParts,
    isNew: false,
  };
}

function partsOf({ line, district, state, pincode, pinCode }: ShareAddress = {}): SharedProfile['addressParts'] {
  const pin = (pincode ?? pinCode)?.replace(/\s/g, '');
  return { line, district, state, pin: pin !== undefined && /^[1-9]\d{5}$/.test(pin) ? pin : undefined };
}

/** With its dashes, however it came. */
function abhaNumberIn(text: string | undefined): string | undefined {
  const digits = text?.replace(/[-\s]/g, '') ?? '';
  return /^\d{14}$/.test(digits) ? digits.replace(/^(..)(....)(....)/, '$1-$2-$3-') : undefined;
}

/** ABDM knows M, F, O, D, T and U as well; what is neither M nor F is registered as O and for the desk to see to. */
function genderIn(text: string | undefined): SharedProfile['gender'] {
  const letter = text?.charAt(0).toUpperCase();
  return letter === 'M' || letter === 'F' ? letter : 'O';
}

function numberIn(text: string | undefined, from: number, to: number): number | undefined {
  if (text === undefined || !/^\d{1,4}$/.test(text)) return undefined;
  const number = Number(text);
  return number >= from && number <= to ? number : undefined;
}

/** `+91-` and a 0 in front are left off; a masked one was not said. */
function mobileIn(text: string | undefined): string | undefined {
  const digits = text?.replace(/[\s-]/g, '').replace(/^(\+91|0091|91(?=\d{10}$)|0)/, '') ?? '';
  return /^\d{10}$/.test(digits) ? digits : undefined;
}

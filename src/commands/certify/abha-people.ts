import { randomInt } from 'node:crypto';
import type { AbhaResult } from '../../api/abha/abha-sessions.dto.js';
import { isVerhoeffValid } from '../../support/verhoeff.js';
import type { AbhaHolder } from './abdm.js';

/** Somebody invented, as UIDAI and the ABHA service know her. */
export interface Person {
  readonly aadhaar: string;
  readonly name: string;
  readonly gender: string;
  /** YYYY-MM-DD */
  readonly dateOfBirth: string;
  /** Linked with Aadhaar. */
  readonly mobile: string;
  readonly accounts: readonly Account[];
}

/** An ABHA as the ABHA service holds it. */
export interface Account {
  /** With dashes. */
  readonly abhaNumber: string;
  readonly abhaAddress: string;
  readonly addresses: readonly string[];
  readonly name: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly status: string;
}

/** The smallest picture there is. */
export const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

const digits = (count: number): string => Array.from({ length: count }, () => randomInt(10)).join('');

export const ABOUT_HER = {
  name: 'Sunita Netam',
  gender: 'F',
  dateOfBirth: '1988-07-03',
  address: 'Ward 4, Tokapal',
  stateCode: '22',
  stateName: 'CHHATTISGARH',
  districtCode: '374',
  districtName: 'BASTAR',
  pinCode: '494442',
  photo: PICTURE,
} as const;

export const aMobile = (): string => `98${digits(8)}`;
export const aUhid = (): string => `U${digits(9)}`;
export const anAddress = (): string => `sunita.${digits(9)}`;
export const bare = (abhaNumber: string): string => abhaNumber.replaceAll('-', '');

/** Valid in form, beginning with 29: invented here. */
export function anAadhaar(): string {
  const first = `29${digits(9)}`;
  return first + (Array.from('0123456789').find((digit) => isVerhoeffValid(first + digit)) ?? '');
}

/** A last digit that fits none of them. */
export const mistyped = (aadhaar: string): string => aadhaar.slice(0, -1) + String((Number(aadhaar.at(-1)) + 1) % 10);

/** As visits and the consent manager know her. */
export const holderOf = ({ name, gender, dateOfBirth, mobile }: Person, account: Account): AbhaHolder => ({
  abhaAddress: account.abhaAddress,
  abhaNumber: bare(account.abhaNumber),
  name,
  gender,
  yearOfBirth: Number(dateOfBirth.slice(0, 4)),
  mobile,
});

/** Whether this is she. */
export const isHer = (result: AbhaResult | null | undefined, person: Person): boolean =>
  result?.name === person.name &&
  result.gender === person.gender &&
  result.yearOfBirth === Number(person.dateOfBirth.slice(0, 4)) &&
  result.monthOfBirth === Number(person.dateOfBirth.slice(5, 7)) &&
  result.dayOfBirth === Number(person.dateOfBirth.slice(8, 10));

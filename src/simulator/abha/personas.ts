import { Injectable } from '@nestjs/common';
import { withVerhoeff } from './numbers.js';
import { Newcomers, type Newcomer } from './newcomers.js';
import { FACE_PNG } from './pictures.js';
import type { Account } from './person.js';

/** 22000000nnn and its Verhoeff digit: valid in form, obviously invented. */
const aadhaar = (n: number): string => withVerhoeff(`22000000${String(n).padStart(3, '0')}`);

const NASHIK = {
  address: '12 Example Road',
  stateCode: '27',
  stateName: 'MAHARASHTRA',
  districtCode: '487',
  districtName: 'NASHIK',
  pinCode: '422003',
  photo: FACE_PNG,
};

/** People of every kind a desk meets. All of them are invented. */
export const PERSONAS: Readonly<Record<string, Newcomer>> = {
  'no-abha': {
    ...NASHIK,
    ...{ aadhaar: aadhaar(1), name: 'Sita Kale', gender: 'F', dateOfBirth: '1988-03-14' },
    mobile: '9000000101',
  },
  'one-abha': {
    ...NASHIK,
    ...{ aadhaar: aadhaar(2), name: 'Asha Devi', gender: 'F', dateOfBirth: '1990-02-05' },
    mobile: '9000000102',
    accounts: [{ abhaAddress: 'asha.devi90', email: 'asha@example.org' }],
  },
  'three-on-one-mobile': {
    ...NASHIK,
    ...{ aadhaar: aadhaar(3), name: 'Ramesh Pawar', gender: 'M', dateOfBirth: '1979-11-30' },
    mobile: '9000000103',
    accounts: [
      { abhaAddress: 'ramesh.pawar79' },
      { abhaAddress: 'mother.pawar52', name: 'Kamala Pawar', gender: 'F', dateOfBirth: '1952-01-01' },
      { abhaAddress: 'child.pawar21', name: 'Ravi Pawar', gender: 'M', dateOfBirth: '2021-06-09', isChild: true },
    ],
  },
  deactivated: {
    ...NASHIK,
    ...{ aadhaar: aadhaar(4), name: 'Gopal Rao', gender: 'M', dateOfBirth: '1965-07-21' },
    mobile: '9000000104',
    accounts: [{ abhaAddress: 'gopal.rao65', status: 'DEACTIVATED' }],
  },
  'address-only': {
    ...NASHIK,
    ...{ name: 'Meena Joshi', gender: 'F', dateOfBirth: '1995-12-02' },
    mobile: '9000000105',
    accounts: [{ abhaNumber: 'none', abhaAddress: 'meena.joshi95' }],
  },
  'other-mobile': {
    ...NASHIK,
    ...{ aadhaar: aadhaar(6), name: 'Farida Khan', gender: 'F', dateOfBirth: '1984-04-18' },
    aadhaarMobile: '9000000106',
    mobile: '9000000116',
  },
  'six-on-one-mobile': {
    ...NASHIK,
    ...{ aadhaar: aadhaar(7), name: 'Bhola Nath', gender: 'M', dateOfBirth: '1970-05-05' },
    mobile: '9000000107',
    accounts: ['Bhola', 'Chanda', 'Dinesh', 'Ekta', 'Firoz', 'Gita'].map((first, i) => ({
      name: `${first} Nath`,
      abhaAddress: `${first.toLowerCase()}.nath7${i}`,
    })),
  },
  /** Meets the six on their mobile: her enrolment is refused with ABDM-1124. */
  'seventh-on-that-mobile': {
    ...NASHIK,
    ...{ aadhaar: aadhaar(8), name: 'Hira Nath', gender: 'F', dateOfBirth: '1999-09-09' },
    mobile: '9000000107',
  },
  transliterated: {
    ...NASHIK,
    ...{ aadhaar: aadhaar(9), name: 'Lakshmee Naaraayan Choudhuri', gender: 'F', dateOfBirth: '1976-08-15' },
    mobile: '9000000109',
    accounts: [{ abhaAddress: 'lakshmi.n76' }],
  },
  'year-of-birth-only': {
    ...NASHIK,
    ...{ aadhaar: aadhaar(10), name: 'Dhondu Patil', gender: 'M', dateOfBirth: '1948' },
    mobile: '9000000110',
    accounts: [{ abhaAddress: 'dhondu.patil48' }],
  },
  'no-photo': {
    ...NASHIK,
    ...{ aadhaar: aadhaar(11), name: 'Irfan Sheikh', gender: 'M', dateOfBirth: '2001-10-27', photo: null },
    mobile: '9000000111',
    accounts: [{ abhaAddress: 'irfan.sheikh01' }],
  },
  'no-aadhaar-mobile': {
    ...NASHIK,
    ...{ aadhaar: aadhaar(12), name: 'Jamuna Bai', gender: 'F', dateOfBirth: '1955-02-28' },
    aadhaarMobile: null,
  },
  'with-benefit': {
    ...NASHIK,
    ...{ aadhaar: aadhaar(13), name: 'Kishan Lal', gender: 'M', dateOfBirth: '1962-06-17' },
    mobile: '9000000113',
    accounts: [{ abhaAddress: 'kishan.lal62', hasBenefit: true }],
  },
};

/** Seeds them by name, each once. */
@Injectable()
export class Personas {
  private readonly seeded = new Map<string, readonly Account[]>();

  constructor(private readonly newcomers: Newcomers) {}

  seed(name: string): { readonly person: Newcomer; readonly accounts: readonly Account[] } | undefined {
    const person = PERSONAS[name];
    if (!person) return undefined;
    const accounts = this.seeded.get(name) ?? this.newcomers.add(person);
    this.seeded.set(name, accounts);
    return { person, accounts };
  }
}

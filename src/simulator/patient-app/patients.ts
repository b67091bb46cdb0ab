import { Injectable } from '@nestjs/common';

export interface PostalAddress {
  readonly line?: string | undefined;
  readonly district?: string | undefined;
  readonly state?: string | undefined;
  /** Six digits. */
  readonly pincode?: string | undefined;
}

/** A person as the ABHA service knows her. */
export interface Patient {
  readonly abhaAddress: string;
  /** 14 digits; empty for somebody who has an address only. */
  readonly abhaNumber: string;
  readonly name: string;
  readonly gender: string;
  readonly yearOfBirth: number;
  /** Undefined where Aadhaar knows the year alone. */
  readonly monthOfBirth?: number | undefined;
  readonly dayOfBirth?: number | undefined;
  readonly address?: PostalAddress | undefined;
  readonly mobile?: string | undefined;
  readonly isDeactivated?: boolean | undefined;
}

export interface ClaimedIdentity {
  readonly abhaAddress?: string;
  readonly abhaNumber?: string | number;
  readonly name: string;
  readonly gender: string;
  readonly yearOfBirth: number;
}

const YEARS_APART = 2;

@Injectable()
export class Patients {
  private readonly byAddress = new Map<string, Patient>();
  private readonly byNumber = new Map<string, Patient>();

  add(patient: Patient): void {
    const kept = { ...patient, abhaAddress: patient.abhaAddress.toLowerCase(), abhaNumber: digits(patient.abhaNumber) };
    this.byAddress.set(kept.abhaAddress, kept);
    if (kept.abhaNumber !== '') this.byNumber.set(kept.abhaNumber, kept);
  }

  withAddress(abhaAddress: string): Patient | undefined {
    return this.byAddress.get(abhaAddress.toLowerCase());
  }

  /** Somebody holds the address, or the number. Whether they are one person is asked by {@link isSamePerson}. */
  claimed(claim: ClaimedIdentity): Patient | undefined {
    const byAddress = claim.abhaAddress === undefined ? undefined : this.withAddress(claim.abhaAddress);
    return byAddress ?? (claim.abhaNumber === undefined ? undefined : this.byNumber.get(digits(claim.abhaNumber)));
  }
}

export function isSamePerson(patient: Patient, claim: ClaimedIdentity): boolean {
  return (
    (claim.abhaAddress === undefined || claim.abhaAddress.toLowerCase() === patient.abhaAddress) &&
    (claim.abhaNumber === undefined || digits(claim.abhaNumber) === patient.abhaNumber) &&
    claim.gender === patient.gender &&
    Math.abs(claim.yearOfBirth - patient.yearOfBirth) <= YEARS_APART &&
    namesAgree(claim.name, patient.name)
  );
}

/**
 * Loose, as ABDM is: case, honorifics, order, a left-out middle name, initials and one wrong letter in a longer word
 * do not matter.
 */
export function namesAgree(one: string, other: string): boolean {
  const [fewer, more] = [words(one), words(other)].sort((a, b) => a.length - b.length);
  if (!fewer || !more || fewer.length === 0) return false;
  const left = [...more];
  return fewer.every((word) => {
    const hit = left.findIndex((candidate) => wordsAgree(word, candidate));
    if (hit >= 0) left.splice(hit, 1);
    return hit >= 0;
  });
}

const HONORIFICS = new Set(['mr', 'mrs', 'ms', 'dr', 'smt', 'shri', 'sri', 'km', 'kumari', 'master', 'baby']);

function words(name: string): string[] {
  const all = name.toLowerCase().match(/[a-z]+/g) ?? [];
  return all.filter((word) => !HONORIFICS.has(word));
}

function wordsAgree(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.length === 1 || other.length === 1) return one[0] === other[0];
  return Math.min(one.length, other.length) >= 4 && isOneEditApart(one, other);
}

function isOneEditApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  const rest = short.length === long.length ? same + 1 : same;
  return short.slice(rest) === long.slice(same + 1);
}

export function digits(abhaNumber: string | number): string {
  return String(abhaNumber).replace(/\D/g, '');
}

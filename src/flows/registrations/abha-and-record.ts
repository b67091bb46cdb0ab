import { birthYearMatches, genderMatches } from '../../matching/gender-and-birth.js';
import { namesMatch } from '../../matching/names-match.js';
import type { VerifiedAbha } from '../../persistence/abha-sessions.js';
import type { SharedProfile } from '../../persistence/shared-profiles.js';
import type { AdministrativeGender, VisitPatient } from '../../ports/visit.js';

/** Something that ABDM and the hospital say differently of one person. Holds personal data: shown to the clerk, kept nowhere. */
export interface Difference {
  readonly field: 'name' | 'gender' | 'birthYear' | 'abhaNumber' | 'abhaAddress';
  readonly hospital: string;
  readonly abha: string;
}

/** Of the hospital's patient, what is compared. */
export type Compared = Pick<VisitPatient, 'name' | 'nameHindi' | 'gender' | 'birthDate' | 'abhaNumber' | 'abhaAddress'>;

const GENDERS: Readonly<Record<VerifiedAbha['gender'], AdministrativeGender>> = { M: 'male', F: 'female', O: 'other' };

/**
 * Where a verified ABHA and the hospital's record speak of different people. What one side does not know is no difference.
 * The year may differ by `birthYearTolerance`, because a hospital's is often worked out from an age somebody guessed.
 */
export function differences(record: Compared, abha: VerifiedAbha, birthYearTolerance: number): readonly Difference[] {
  const found: Difference[] = [];
  // One letter, or a third script, matches nobody; but what is written alike is no difference.
  const isWrittenAlike = [record.name, record.nameHindi].includes(abha.name);
  if (!isWrittenAlike && !namesMatch(abha.name, record)) {
    found.push({ field: 'name', hospital: record.nameHindi ?? record.name, abha: abha.name });
  }
  if (record.gender !== 'unknown' && !genderMatches(abha.gender, record.gender)) {
    found.push({ field: 'gender', hospital: record.gender, abha: GENDERS[abha.gender] });
  }
  const { birthDate } = record;
  const { yearOfBirth } = abha;
  if (birthDate !== undefined && yearOfBirth !== undefined) {
    if (!birthYearMatches(yearOfBirth, birthDate, birthYearTolerance)) {
      found.push({ field: 'birthYear', hospital: birthDate.slice(0, 4), abha: String(yearOfBirth) });
    }
  }
  return [...found, ...otherAbha(record, abha)];
}

/** One person may have several addresses below one number, but one number only. */
function otherAbha(record: Compared, verified: VerifiedAbha): readonly Difference[] {
  const abha = abhaOf(verified);
  if (record.abhaNumber !== undefined && abha.abhaNumber !== undefined) {
    if (record.abhaNumber === abha.abhaNumber) return [];
    return [{ field: 'abhaNumber', hospital: record.abhaNumber, abha: abha.abhaNumber }];
  }
  if (record.abhaAddress === undefined || abha.abhaAddress === undefined || record.abhaAddress === abha.abhaAddress) {
    return [];
  }
  return [{ field: 'abhaAddress', hospital: record.abhaAddress, abha: abha.abhaAddress }];
}

/** The ABHA in the form in which patients are kept: 14 digits, small letters. */
export function abhaOf({ abhaNumber, abhaAddress }: VerifiedAbha): Pick<VisitPatient, 'abhaNumber' | 'abhaAddress'> {
  const digits = abhaNumber?.replace(/\D/g, '') ?? '';
  const address = abhaAddress?.trim().toLowerCase() ?? '';
  return {
    abhaNumber: /^\d{14}$/.test(digits) ? digits : undefined,
    abhaAddress: address === '' ? undefined : address,
  };
}

/** A patient of whom the hospital has told nothing yet but her number: as ABDM knows her. */
export function patientOfAbha(uhid: string, abha: VerifiedAbha & Partial<SharedProfile>): VisitPatient {
  const { yearOfBirth: year, monthOfBirth: month, dayOfBirth: day, addressParts: parts } = abha;
  const two = (part: number): string => String(part).padStart(2, '0');
  const isWhole = month !== undefined && day !== undefined;
  const isHindi = /\p{Script=Devanagari}/u.test(abha.name);
  return {
    uhid,
    name: abha.name,
    honorific: undefined,
    nameHindi: isHindi ? abha.name : undefined,
    gender: GENDERS[abha.gender],
    birthDate: year === undefined ? undefined : isWhole ? `${year}-${two(month)}-${two(day)}` : String(year),
    isBirthDateEstimated: year !== undefined && !isWhole,
    mobile: abha.mobile,
    relation: undefined,
    address: {
      village: parts?.line ?? abha.address,
      district: parts?.district,
      state: parts?.state,
      pin: parts?.pin,
    },
    category: undefined,
    ...abhaOf(abha),
    pmjayId: undefined,
  };
}

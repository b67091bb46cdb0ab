import type { VisitPatient } from '../ports/visit.js';
import { birthYearMatches, genderMatches } from './gender-and-birth.js';
import type { Identifier, IdentifierType } from './identifiers.js';
import { IDENTIFIER_TYPES, identifierType, normalIdentifier } from './identifiers.js';
import { namesMatch } from './names-match.js';

/** The patient as ABDM describes them in a discovery. */
export interface AskedPatient {
  readonly abhaAddress: string;
  /** Proved to ABDM. */
  readonly verified: readonly Identifier[];
  /** Typed by the patient: may narrow the choice, and of these only the hospital's number (MR) finds anybody. */
  readonly unverified: readonly Identifier[];
  readonly name: string;
  /** M, F, O, D, T or U. */
  readonly gender: string;
  readonly yearOfBirth: number | string;
}

/** A patient of this facility who shares at least one identifier; the patient of a visit fits as it is. */
export type Candidate = Pick<
  VisitPatient,
  'uhid' | 'name' | 'nameHindi' | 'gender' | 'birthDate' | 'mobile' | 'abhaNumber' | 'abhaAddress'
>;

export interface MatchingRules {
  /** Usually 5. */
  readonly birthYearTolerance: number;
}

/** `none` and `several` are both no: nobody is ever guessed. */
export type Picked<C extends Candidate> =
  | { readonly kind: 'one'; readonly patient: C; readonly matchedBy: readonly IdentifierType[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'several' };

/** For each type the values asked for, in normal form. */
type Asked = Readonly<Record<IdentifierType, ReadonlySet<string>>>;

/**
 * The one patient a discovery means. The strongest identifier that anybody has decides who is looked at: ABHA address,
 * ABHA number, mobile, hospital number. An ABHA address or a verified ABHA number is the person; a mobile is a family's
 * and a hospital number was only typed, so gender, year of birth and name must all fit as well.
 * Source: ABDM HIP discovery, matching of patients.
 */
export function pickOne<C extends Candidate>(
  candidates: readonly C[],
  asked: AskedPatient,
  rules: MatchingRules,
): Picked<C> {
  const values = askedValues(asked);
  const strongest = IDENTIFIER_TYPES.find((type) => candidates.some((candidate) => isHit(type, candidate, values)));
  if (strongest === undefined) return { kind: 'none' };
  const hits = candidates.filter((candidate) => isHit(strongest, candidate, values));
  const isAbha = strongest === 'ABHA_ADDRESS' || strongest === 'ABHA_NUMBER';
  // One ABHA on two patients is a mistake of the counter: then the person decides here, too.
  const isProved = isAbha && hits.length === 1;
  const left = isProved ? hits : hits.filter((hit) => isPerson(hit, asked, rules) && !isAnother(hit, values, isAbha));
  const [patient] = left;
  if (patient === undefined) return { kind: 'none' };
  if (left.length > 1) return { kind: 'several' };
  return { kind: 'one', patient, matchedBy: IDENTIFIER_TYPES.filter((type) => isHit(type, patient, values)) };
}

function isPerson(candidate: Candidate, asked: AskedPatient, { birthYearTolerance }: MatchingRules): boolean {
  return (
    genderMatches(asked.gender, candidate.gender) &&
    birthYearMatches(asked.yearOfBirth, candidate.birthDate, birthYearTolerance) &&
    namesMatch(asked.name, candidate)
  );
}

/** Says of itself that it is somebody else: another ABHA number, or another hospital number than the patient typed. */
function isAnother(candidate: Candidate, asked: Asked, isAbha: boolean): boolean {
  const contradicts = (type: IdentifierType) =>
    asked[type].size > 0 && knownValue(type, candidate) !== undefined && !isHit(type, candidate, asked);
  return contradicts('ABHA_NUMBER') || (!isAbha && contradicts('MR'));
}

function isHit(type: IdentifierType, candidate: Candidate, asked: Asked): boolean {
  const known = knownValue(type, candidate);
  return known !== undefined && asked[type].has(known);
}

function knownValue(type: IdentifierType, candidate: Candidate): string | undefined {
  const { abhaAddress, abhaNumber, mobile, uhid } = candidate;
  const value = { ABHA_ADDRESS: abhaAddress, ABHA_NUMBER: abhaNumber, MOBILE: mobile, MR: uhid }[type];
  return value === undefined ? undefined : normalIdentifier(type, value);
}

function askedValues({ abhaAddress, verified, unverified }: AskedPatient): Asked {
  const typed = unverified.filter(({ type }) => identifierType(type) === 'MR');
  const all = [{ type: 'ABHA_ADDRESS', value: abhaAddress }, ...verified, ...typed];
  const of = (wanted: IdentifierType) =>
    new Set(
      all
        .filter(({ type }) => identifierType(type) === wanted)
        .map(({ value }) => normalIdentifier(wanted, value))
        .filter((value) => value !== undefined),
    );
  return { ABHA_ADDRESS: of('ABHA_ADDRESS'), ABHA_NUMBER: of('ABHA_NUMBER'), MOBILE: of('MOBILE'), MR: of('MR') };
}

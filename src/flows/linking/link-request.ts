import type { CareContextLinkRequest } from '../../abdm/messages/care-context-link.js';
import type { LinkTokenRequest } from '../../abdm/messages/link-token.js';
import type { AdministrativeGender, VisitPatient } from '../../ports/visit.js';

const GENDERS: Record<AdministrativeGender, LinkTokenRequest['gender']> = {
  male: 'M',
  female: 'F',
  other: 'O',
  unknown: 'U',
};
const LATIN_NAME = /^[a-zA-Z][a-zA-Z',. -]*$/;
const SAFE_REFERENCE = /^[a-zA-Z0-9_\-@,. :/]{1,255}$/;

/** Why ABDM cannot be asked for a link token for this patient; undefined when it can. */
export function whatIsMissing(patient: VisitPatient): 'name-not-latin' | 'birth-year-missing' | undefined {
  if (!LATIN_NAME.test(patient.name)) return 'name-not-latin';
  if (patient.birthDate === undefined) return 'birth-year-missing';
  return undefined;
}

/** A patient who can be linked. */
export type PatientWithAbha = VisitPatient & { readonly abhaAddress: string };

/** ABDM compares name, gender and year of birth (± 2 years) with those behind the ABHA address. */
export function linkTokenRequest(patient: PatientWithAbha): LinkTokenRequest {
  return {
    ...(patient.abhaNumber !== undefined && { abhaNumber: patient.abhaNumber }),
    abhaAddress: patient.abhaAddress,
    name: patient.name,
    gender: GENDERS[patient.gender],
    yearOfBirth: Number(patient.birthDate?.slice(0, 4)),
  };
}

export interface ContextToLink {
  readonly patientReference: string;
  readonly facilityName: string;
  readonly reference: string;
  readonly display: string;
  readonly hiTypes: readonly string[];
}

/** One entry per hiType, each with this one care context. */
export function careContextLinkRequest(
  patient: PatientWithAbha,
  madeWithAbhaNumber: boolean,
  context: ContextToLink,
): CareContextLinkRequest {
  return {
    ...(madeWithAbhaNumber && patient.abhaNumber !== undefined && { abhaNumber: patient.abhaNumber }),
    abhaAddress: patient.abhaAddress,
    patient: context.hiTypes.map((hiType) => ({
      referenceNumber: context.patientReference,
      display: safeDisplay(context.facilityName),
      careContexts: [{ referenceNumber: context.reference, display: context.display }],
      hiType,
      count: 1,
    })),
  };
}

/** The hospital's patient number, or our id where the number has characters that ABDM refuses. */
export const patientReference = (patient: VisitPatient, patientId: string): string =>
  SAFE_REFERENCE.test(patient.uhid) ? patient.uhid : `P-${patientId}`;

/** ABDM takes no `&`, `;` or letters beyond ASCII in a display. */
export const safeDisplay = (text: string): string =>
  text
    .replace(/[^a-zA-Z0-9_\-@,. "':|()/]/g, ' ')
    .trim()
    .slice(0, 255) || 'Hospital';

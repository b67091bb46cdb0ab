import type { Difference } from '../../flows/registrations/abha-and-record.js';
import { RegistrationRefused, type RegistrationProblem } from '../../flows/registrations/registration-refused.js';
import type { Registration } from '../../flows/registrations/registration-rows.js';
import type { RegistrationOutcome } from '../../flows/registrations/registering.flow.js';
import { withDashes } from '../../support/abha-number.js';
import { Problem } from '../problem.js';
import { REGISTRATION_MESSAGES_EN } from '../texts/registrations.en.js';
import { REGISTRATION_MESSAGES_HI } from '../texts/registrations.hi.js';
import type { RegistrationAnswer, RegistrationView } from './registrations.dto.js';

export const registrationView = (registration: Registration): RegistrationView => ({
  id: registration.id,
  patient: {
    uhid: registration.uhid,
    abhaNumber: registration.abhaNumber === undefined ? null : withDashes(registration.abhaNumber),
    abhaAddress: registration.abhaAddress ?? null,
  },
  day: registration.day,
  registeredAt: registration.registeredAt.toISOString(),
  source: registration.source,
  sharedProfileId: registration.sharedProfileId,
  abhaSessionId: registration.abhaSessionId,
  counter: registration.counter,
  token: registration.token,
  isAbhaCreated: registration.isAbhaCreated,
});

export function registrationAnswer(outcome: RegistrationOutcome): RegistrationAnswer {
  const { state } = outcome;
  const isDone = state === 'registered';
  return {
    state,
    message: isDone ? null : messageOf(outcome),
    registration: isDone ? registrationView(outcome.registration) : null,
    differences: state === 'needs-decision' ? outcome.differences.map(differenceView) : [],
    candidates: state === 'needs-uhid' ? outcome.candidates.map(candidate) : [],
    heldBy: state === 'abha-of-another-patient' ? { uhid: outcome.uhid } : null,
    alike: isDone ? [...outcome.alike] : [],
  };
}

const differenceView = ({ field, hospital, abha }: Difference): RegistrationAnswer['differences'][number] =>
  field === 'abhaNumber'
    ? { field, hospital: withDashes(hospital), abha: withDashes(abha) }
    : { field, hospital, abha };

function messageOf(outcome: Exclude<RegistrationOutcome, { state: 'registered' }>): RegistrationAnswer['message'] {
  const of = (name: keyof typeof REGISTRATION_MESSAGES_EN) => ({
    en: REGISTRATION_MESSAGES_EN[name],
    hi: REGISTRATION_MESSAGES_HI[name],
  });
  if (outcome.state !== 'needs-uhid' || outcome.candidates.length > 0) return of(outcome.state);
  return of(outcome.isMobileKnown ? 'nobody-found' : 'mobile-missing');
}

const candidate = (known: {
  readonly uhid: string;
  readonly name: string;
  readonly gender: string;
  readonly birthDate: string | undefined;
}): RegistrationAnswer['candidates'][number] => ({
  uhid: known.uhid,
  name: known.name,
  gender: known.gender,
  birthDate: known.birthDate ?? null,
});

// prettier-ignore
const PROBLEMS: Record<RegistrationProblem, readonly [status: number, detail: string]> = {
  'two-sources': [400, 'Send an abhaSessionId or a sharedProfileId, not both'],
  'uhid-missing': [400, 'Send the patient’s number (uhid); without one she can be found by a session or shared profile only'],
  'uhid-unusable': [400, 'The patient number is too long or looks like an Aadhaar number. Send the hospital’s own'],
  'uhid-differs': [400, 'The columns name another patient number than uhid does. Send one of the two'],
  'patient-unknown': [400, 'Nothing is known of this patient number yet. Send her columns, or a session or shared profile'],
  'patient-unreadable': [400, 'The patient’s columns cannot be used; mend those named in errors'],
  'session-unusable': [409, 'This ABHA session is not finished, has expired or was ended. Finish it (see its next), or begin a new one; without it she can be registered all the same'],
  'profile-unknown': [404, 'There is no shared profile with this id at this facility'],
  'profile-erased': [410, 'This profile was erased after its day. Ask the patient to scan the code again; without it she can be registered all the same'],
  'counter-unknown': [404, 'This facility has no counter with this code; GET /api/v1/counters lists them'],
  'registered-otherwise': [409, 'A patient with another number was registered with this session or profile. Begin a new session, or ask the patient to scan again'],
};

export const refusalProblem = ({ problem, reasons }: RegistrationRefused): Problem => {
  const [status, detail] = PROBLEMS[problem];
  return new Problem(
    status,
    problem,
    detail,
    reasons.map(({ field, code, en }) => ({ field, code, detail: en })),
  );
};

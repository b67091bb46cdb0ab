import type { QuarantineReason } from '../../ports/hospital.port.js';
import type { FoundPatient } from './patient-lookup.js';

export type RegistrationProblem =
  | 'two-sources'
  | 'uhid-missing'
  | 'uhid-unusable'
  | 'uhid-differs'
  | 'patient-unknown'
  | 'patient-unreadable'
  | 'session-unusable'
  | 'profile-unknown'
  | 'profile-erased'
  | 'counter-unknown'
  | 'registered-otherwise';

/** Nobody was registered, and nothing was changed. `reasons`: what of the patient's columns cannot be used. */
export class RegistrationRefused extends Error {
  constructor(
    readonly problem: RegistrationProblem,
    readonly reasons: readonly QuarantineReason[] = [],
  ) {
    super('The registration was refused');
    this.name = 'RegistrationRefused';
  }
}

/** Thrown inside the transaction, so that it is undone. */
export class AbhaHeldElsewhere extends Error {
  constructor(readonly holder: FoundPatient) {
    super('Another patient has this ABHA');
    this.name = 'AbhaHeldElsewhere';
  }
}

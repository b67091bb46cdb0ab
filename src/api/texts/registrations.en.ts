import type { RegistrationOutcome } from '../../flows/registrations/registering.flow.js';

/** What the clerk is told to do when nobody was registered yet. */
export const REGISTRATION_STATES_EN: Record<Exclude<RegistrationOutcome['state'], 'registered'>, string> = {
  'needs-decision':
    'The ABHA and the hospital’s record differ. Ask the patient: if it is one person, register again with "same-person"; if not, with "other-person", and she is registered without this ABHA.',
  'needs-uhid':
    'Say which patient of the hospital she is. If she is one of those shown, register again with that number; if not, with a new one.',
  'abha-of-another-patient':
    'This ABHA belongs to another patient number of this hospital. If it is the same person, register her under that number; if not, register her without the ABHA.',
};

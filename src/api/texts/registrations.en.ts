import type { RegistrationOutcome } from '../../flows/registrations/registering.flow.js';

/** What the clerk is told to do when nobody was registered yet: by state; the last two where `needs-uhid` has nobody to show. */
export const REGISTRATION_MESSAGES_EN: Record<
  Exclude<RegistrationOutcome['state'], 'registered'> | 'nobody-found' | 'mobile-missing',
  string
> = {
  'needs-decision':
    'The ABHA and the hospital’s record differ. Ask the patient: if it is one person, register again with "same-person"; if not, with "other-person", and she is registered without this ABHA.',
  'needs-uhid':
    'Say which patient of the hospital she is. If she is one of those shown, register again with that number; if not, with a new one.',
  'abha-of-another-patient':
    'This ABHA belongs to another patient number of this hospital. If it is the same person, register her under that number; if not, register her without the ABHA.',
  'nobody-found':
    'No patient of this hospital was found by this ABHA and mobile. If she was here before, register again with her patient number, or with another mobile of hers in the columns; if not, with a new number.',
  'mobile-missing':
    'ABDM shows only a part of her mobile. Ask her for it and register again with it in the columns ({"PATIENT": {"MOBILE": …}}), so that she is looked for; or with her patient number, or a new one.',
};

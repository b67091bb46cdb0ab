import type { WaitingReason } from '../../flows/visits/waiting-reason.js';
import type { TimelineStep } from '../../persistence/timeline.js';

/** What a clerk reads. A step, and where something is wrong, what to do. */
export const TIMELINE_EN: Record<TimelineStep, string> = {
  received: 'The visit arrived from the hospital system.',
  corrected: 'A corrected version of the visit arrived.',
  withdrawn: 'The hospital withdrew the visit; its records are no longer given out.',
  quarantined: 'The visit is set aside: something in it cannot be understood. See the reasons.',
  built: 'The records were made and checked.',
  'waiting-for-abha': 'The patient has no ABHA address yet. The visit is linked when it becomes known.',
  'deep-link-asked': 'ABDM was asked to send the patient’s mobile a link to the ABHA app.',
  'deep-link-sent': 'ABDM sends the patient an SMS with a link to the ABHA app, where she can find this visit.',
  'deep-link-not-sent': 'ABDM sent the patient no SMS. The visit waits for her ABHA address all the same.',
  'asked-for-link-token': 'ABDM was asked for leave to link this patient’s visits.',
  'asked-to-link': 'ABDM was asked to link the visit.',
  'chosen-by-patient': 'The patient chose the visit in the ABHA app and is sent a code to confirm it.',
  'code-not-confirmed': 'The patient has not confirmed her choice with the code: the visit is not linked by it.',
  linked: 'The visit is in the patient’s ABHA app.',
  'linked-by-patient': 'The patient found the visit in the ABHA app and linked it with the code.',
  notified: 'ABDM knows that the records are ready.',
  'not-notified': 'ABDM could not be told that the records are ready. They are linked all the same.',
  pulled: 'A record of the visit was given out with the patient’s consent.',
  failed: 'The visit could not be linked.',
  'abha-ended':
    'The patient’s ABHA address is no longer in use: it and its consents were removed here, and nothing is given out under it.',
  'tried-again': 'Somebody asked to try again.',
};

export const FAILURES_EN: Record<string, string> = {
  'name-not-latin':
    'The patient’s name is needed in English letters: correct it at the hospital and send the visit again.',
  'birth-year-missing':
    'The patient’s age or date of birth is needed: add it at the hospital and send the visit again.',
  'ABDM-1207':
    'Name, gender or year of birth differ from those behind the ABHA address: compare with the ABHA card and correct.',
  'ABDM-1051': 'ABDM does not know this ABHA number or address: compare with the ABHA card and correct.',
  'unknown-patient': 'ABDM does not know this patient: compare number and address with the ABHA card and correct.',
  'invalid-message': 'ABDM did not understand the request: tell whoever runs the adapter.',
  'ABDM-1027': 'ABDM blocks this patient’s ABHA for 24 hours after too many tries. It is tried again by itself.',
  'ABDM-1092': 'ABDM wants a pause before the next try. It is tried again by itself.',
  pause: 'ABDM wants a pause before the next try. It is tried again by itself.',
  'dependency-down': 'A service behind ABDM does not answer. It is tried again by itself.',
  'link-token-unusable': 'ABDM no longer takes the leave it gave before. A new one is asked for.',
  'ABDM-1407': 'The patient’s ABHA is deactivated: she has to reactivate it in her app.',
  'ABDM-1031': 'The patient’s ABHA address is deactivated: she has to reactivate it in her app.',
  'ABDM-1035': 'ABDM does not know this facility under our bridge: tell whoever runs the adapter.',
  'otp-wrong': 'She typed a wrong code, and may try again in her app while the code is good.',
  'otp-expired': 'The code was not typed in time: she has to begin again in her app.',
  'too-many-tries': 'Wrong codes were typed too often: she has to begin again in her app.',
  'no-reply': 'ABDM did not answer in time. Press "try again"; if it stays so, tell whoever runs the adapter.',
  'own-fault': 'Something went wrong in the adapter. Press "try again"; if it stays so, tell whoever runs it.',
  fault: 'Something went wrong in the adapter. Press "try again"; if it stays so, tell whoever runs it.',
  other: 'ABDM refused it. Press "try again"; if it stays so, tell whoever runs the adapter.',
};

/** Why a visit waits for an ABHA address, where it is not that none ever came. */
export const WAITING_EN: Record<Exclude<WaitingReason, 'no-abha'>, string> = {
  'abha-not-in-use':
    'The ABHA address that came with the visit is deactivated or deleted. The patient has to reactivate it in her app; then press "try again".',
  'abha-in-use-again':
    'The ABHA address that came with the visit was not in use then, and is not known to be out of use now. Press "try again".',
  'abha-known-since':
    'The patient’s ABHA address is known since she linked other visits herself; this one she did not choose. She can link it in her app, or press "try again".',
};

import type { Notice, Warning } from '../../flows/abha/session-state.js';
import type { RefusalCode } from '../../flows/abha/step-refused.js';
import type { StepName } from '../../flows/abha/steps.js';

/** What is asked for at a step. */
export const ABHA_STEPS_EN: Record<StepName, string> = {
  consent: 'Show the consent text, and go on only when the person has agreed to it.',
  aadhaar: 'Type the 12-digit Aadhaar number.',
  'abha-number': 'Type the 14-digit ABHA number and choose where the code goes.',
  'abha-address': 'Type the ABHA address, such as name@abdm (in the sandbox: name@sbx).',
  'card-qr': 'Scan the QR code on the ABHA card.',
  mobile: 'Type the 10-digit mobile number.',
  method: 'Choose where the code goes: to the mobile linked with Aadhaar, or to the one linked with ABHA.',
  otp: 'Type the 6-digit code that was sent to the mobile or e-mail shown.',
  account: 'Several ABHA numbers may use this mobile: let the person choose hers.',
  found: 'Let the person recognise her ABHA number, and choose where the code goes. If it is none of these, stop.',
  fingerprint: 'Type the Aadhaar number and capture a fingerprint.',
  iris: 'Type the Aadhaar number and capture the iris.',
  'face-qr': 'Make a QR code for the face.',
  'face-status': 'Let the person scan the QR code with her ABHA app; ask again every 5 to 10 seconds.',
  face: 'The face is captured. Type the Aadhaar number.',
  demographics: 'Type name, date of birth and gender exactly as on the Aadhaar card.',
  document: 'Type what the driving licence says, and take photos of both sides.',
  'communication-mobile':
    'The ABHA number is made. The mobile is not the one Aadhaar knows: send it a code, or leave it out.',
  suggestions: 'Ask for suggested ABHA addresses.',
  'choose-address': 'Choose an ABHA address, type one, or keep the one made of the number.',
  profile: 'Read the profile.',
  done: 'The person is verified.',
  ended: 'The session is over. Begin a new one.',
};

/** The step `aadhaar` where an ABHA is to be made. */
export const AADHAAR_AND_MOBILE_EN =
  'Type the 12-digit Aadhaar number, and the mobile number the person wants to be reached on.';

/** The rules printed beside the field, as NHA's test sheet gives them. */
export const ADDRESS_RULES_EN =
  '8 to 18 letters and digits, at most one dot and one underscore, neither first nor last; not a mobile, Aadhaar or ABHA number.';

export const ABHA_NOTICES_EN: Record<Notice, string> = {
  'abha-exists': 'This person already has an ABHA number. No new one is made.',
  'no-abha': 'This person has no ABHA number yet. One can be made.',
  'enrolment-unsure':
    'The ABHA service did not answer, so an ABHA number may have been made. Verify with the Aadhaar number: that finds it.',
  'change-unsure': 'The ABHA service did not answer. The profile shows whether the change was made.',
  'no-suggestions': 'There are no suggestions now. Type an address, or keep the one made of the number.',
  'others-on-this-mobile': 'ABHA numbers use this mobile already. Go on only if none of them is this person’s.',
  'face-failed': 'The face was not captured. Make a new QR code.',
  provisional: 'The number is provisional: a facility has to check the licence.',
  changed: 'The change is made.',
};

export const ABHA_WARNINGS_EN: Record<Warning, string> = {
  'abha-number-check-digit': 'The ABHA number may be mistyped: compare it with the card.',
};

const CAPTURE_AGAIN = 'Capture again.';
const TELL_OPERATOR = 'Tell whoever runs the adapter.';

/** Why a step did not go on, and what to do. */
export const ABHA_REFUSALS_EN: Record<RefusalCode, string> = {
  'session-over': 'The session has ended or was idle too long. Begin a new one.',
  'session-registered':
    'The person is registered, so at a kiosk the session is over. Her card can be had at the desk, or in a new session.',
  'step-not-now': 'The session is at another step; see next.',
  'step-running': 'This session is waiting for the ABHA service. Try again in a moment.',
  'step-overtaken': 'Somebody else went on in this session meanwhile. Read it again.',
  'way-off': 'This way is switched off at this hospital. Choose another.',
  'counter-unknown': 'There is no counter with this code at this facility.',
  'consent-outdated': 'This is not the current consent text. Read it again, and show it.',
  'aadhaar-not-valid': 'Aadhaar Number is not valid. Type it again.',
  'aadhaar-missing': 'Type the Aadhaar number again: it is not kept here.',
  'aadhaar-other': 'This is not the Aadhaar number the code was sent for. Type that one, or go back.',
  'abha-number-not-valid': 'An ABHA number has 14 digits. Type it again.',
  'abha-address-not-valid': 'This is no ABHA address. It looks like name@abdm.',
  'new-address-not-valid': `This address does not follow the rules: ${ADDRESS_RULES_EN}`,
  'mobile-not-valid': 'Please enter a valid mobile number.',
  'email-not-valid': 'This is no e-mail address. Type it again.',
  'otp-not-valid': 'The code has 6 digits. Type it again.',
  'card-not-read': 'This is not the QR code of an ABHA card. Scan again, or type the number.',
  'account-not-offered': 'Choose one of the accounts that are shown.',
  'method-not-offered': 'Choose one of the ways that are shown.',
  'resend-too-early': 'A new code can be sent 60 seconds after the last one.',
  'resends-used': 'Three codes were sent. Type the last one. Another can be sent half an hour after the first.',
  'otp-tries-used':
    'The code was wrong five times. Begin again with a new one: it can be sent 60 seconds after the last one.',
  'enrolment-unsure':
    'The ABHA service did not answer, so an ABHA number may have been made. Do not begin again: verify with the Aadhaar number, that finds it.',
  'change-unsure': 'The ABHA service did not answer. Read the profile: it shows whether the change was made.',
  'not-verified': 'Nobody is verified in this session yet.',
  'change-at-desk': 'An ABHA is not changed at a kiosk. Ask the person to have it done at the desk.',
  'verify-again':
    'An ABHA is changed within 10 minutes after the person was verified. Begin a new session and verify her again.',
  'no-photo': 'This ABHA has no photo.',
  'no-abha': 'No ABHA number is linked with this. Try another way, or make an ABHA number.',
  'wrong-otp': 'The code is not right. Type it again.',
  'otp-expired': 'The code is too old. Have a new one sent.',
  'otp-locked': 'Too many codes or tries. Wait, then begin again.',
  'aadhaar-refused': 'Aadhaar Number is not valid. Type it again.',
  'aadhaar-without-mobile':
    'No mobile is linked with this Aadhaar number, so no code can be sent. Use fingerprint or face; the person can also be registered without an ABHA.',
  'field-refused': 'ABDM did not take what was typed. Compare it with the card, and type it again.',
  'demographics-mismatch':
    'Name, date of birth or gender differ from Aadhaar. Compare with the Aadhaar card, letter by letter.',
  'document-mismatch': 'The details differ from the driving licence. Compare, and type them again.',
  'address-taken': 'This ABHA address belongs to somebody. Choose another.',
  'address-refused': 'ABDM does not give this ABHA address. Choose another, or keep the one made of the number.',
  'mobile-full': 'Six ABHA numbers use this mobile already. Give another mobile.',
  'mobile-same': 'This mobile is verified already. Give another one.',
  'email-full': 'Six ABHA numbers use this e-mail address already. Give another one.',
  'nothing-to-update': 'No change was given.',
  'biometric-mismatch': `It does not match the Aadhaar number. ${CAPTURE_AGAIN}`,
  'biometric-stale': `The capture is too old or was used before. ${CAPTURE_AGAIN}`,
  'biometric-missing': `The capture is empty. ${CAPTURE_AGAIN}`,
  'biometric-device': `The device is not set as UIDAI wants it. ${TELL_OPERATOR}`,
  'biometric-locked': 'The person has locked her biometrics or Aadhaar with UIDAI. Use another way.',
  deactivated: 'This ABHA is de-activated. Only the person herself can re-activate it, in her ABHA app.',
  'way-not-allowed': 'This account does not allow this way. Choose another.',
  'benefit-linked': 'A government benefit hangs on this ABHA, so it can not be ended.',
  'child-limit': 'No further child can be added to this ABHA.',
  'child-changed-once': 'This child’s profile was changed once already, and can not be changed again.',
  'transaction-over': 'ABDM no longer knows this transaction. Begin again.',
  'user-token': 'The person’s session with ABDM has ended. Verify her again.',
  'not-entitled': `NHA has not opened this way to this hospital. Choose another way. ${TELL_OPERATOR}`,
  'client-limit': `ABDM gives this client no more ABHA numbers. ${TELL_OPERATOR}`,
  'gateway-token': `ABDM did not let the adapter in. Try again. If it stays so: ${TELL_OPERATOR}`,
  'our-request': `ABDM did not understand the adapter. ${TELL_OPERATOR}`,
  encryption: `ABDM wants an encryption the adapter does not know. ${TELL_OPERATOR}`,
  'too-many-requests': 'ABDM wants a pause. Try again in a moment.',
  temporary: 'The ABHA service is not answering. That says nothing about the person. Try again later.',
  unreadable: 'The ABHA service gave an answer that can not be read. Try again later.',
  other: `ABDM refused it. Try another way. If it stays so: ${TELL_OPERATOR}`,
};

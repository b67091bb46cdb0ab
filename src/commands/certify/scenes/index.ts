import type { Scene } from '../scene.js';
import { casesOf, type Milestone } from '../sheets.js';
import { endings, kycAgain, newEmail, newMobile, userTokens } from './abha-account.js';
import { biometrics } from './abha-biometrics.js';
import { creation, otherMobile } from './abha-create.js';
import { byAadhaar, byMobile, cardQr, codeOfTheOther, forgotten } from './abha-find.js';
import { demographics, drivingLicence } from './abha-other-ways.js';
import { byAddressAndAadhaar, byAddressAndMobile, byNumber, byNumberAndMobile } from './abha-verify.js';
import { codesAgain } from './codes-again.js';
import { consentExpired, consentGranted, consentRevoked } from './consents.js';
import { deepLink } from './deep-link.js';
import { demographicLinking, demographicsDiffer, linkTokens } from './linking.js';
import { optOut } from './opt-out.js';
import { recordsOfEveryType } from './records.js';
import { tagging } from './registrations.js';
import { addressOnly, otherIntents, scanAndShare } from './scan-and-share.js';
import { requestsOutsideConsent, transfers } from './transfers.js';
import { userLinking } from './user-linking.js';

/** Every conversation of a certification run, in the order it is played. What has to wait comes last. */
export const SCENES: readonly Scene[] = [
  creation,
  otherMobile,
  biometrics,
  demographics,
  drivingLicence,
  byNumber,
  byAddressAndAadhaar,
  byNumberAndMobile,
  byAddressAndMobile,
  byMobile,
  byAadhaar,
  cardQr,
  codeOfTheOther,
  forgotten,
  newMobile,
  newEmail,
  kycAgain,
  endings,
  userTokens,
  tagging,
  scanAndShare,
  addressOnly,
  otherIntents,
  recordsOfEveryType,
  demographicLinking,
  demographicsDiffer,
  linkTokens,
  deepLink,
  userLinking,
  consentGranted,
  consentRevoked,
  consentExpired,
  transfers,
  requestsOutsideConsent,
  optOut,
  codesAgain,
];

/** Those that play a case of these milestones. */
export function scenesOf(milestones: readonly Milestone[]): readonly Scene[] {
  const wanted = new Set<string>(casesOf(milestones).map(({ id }) => id));
  return SCENES.filter(({ cases }) => Object.keys(cases).some((id) => wanted.has(id)));
}

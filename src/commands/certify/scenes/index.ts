import type { Scene } from '../scene.js';
import { consentExpired, consentGranted, consentRevoked } from './consents.js';
import { deepLink } from './deep-link.js';
import { demographicLinking, demographicsDiffer, linkTokens } from './linking.js';
import { optOut } from './opt-out.js';
import { recordsOfEveryType } from './records.js';
import { requestsOutsideConsent, transfers } from './transfers.js';
import { userLinking } from './user-linking.js';

/** Every conversation of a certification run, in the order it is played. */
export const SCENES: readonly Scene[] = [
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
];

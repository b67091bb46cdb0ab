import { StepRefused, type RefusalCode } from '../../flows/abha/step-refused.js';
import { Problem } from '../problem.js';
import { ABHA_REFUSALS_EN } from '../texts/abha.en.js';
import { ABHA_REFUSALS_HI } from '../texts/abha.hi.js';
import type { NextStep } from './abha-sessions.dto.js';

/** What is not the person's, or the clerk's, to mend by typing again. All others: 422. */
// prettier-ignore
const STATUSES: Partial<Record<RefusalCode, number>> = {
  'session-over': 410,
  'step-not-now': 409, 'step-running': 409, 'step-overtaken': 409, 'resends-used': 409, 'not-verified': 409, 'no-photo': 404,
  'way-off': 403, 'not-entitled': 403, 'client-limit': 403,
  'counter-unknown': 400, 'consent-outdated': 409, 'aadhaar-not-valid': 400,
  'abha-number-not-valid': 400, 'abha-address-not-valid': 400, 'new-address-not-valid': 400, 'mobile-not-valid': 400,
  'otp-not-valid': 400, 'card-not-read': 400, 'account-not-offered': 400, 'method-not-offered': 400,
  'resend-too-early': 429, 'otp-locked': 429, 'too-many-requests': 429,
  'enrolment-unsure': 503, 'change-unsure': 503, 'gateway-token': 503, 'temporary': 503,
  'our-request': 502, 'encryption': 502, 'unreadable': 502,
};

/** A refused step: beside what every problem has, the sentence in Hindi, the time to wait, and what the session expects now. */
export class AbhaProblem extends Problem {
  readonly retryInSeconds: number | undefined;
  readonly #more: object;

  constructor(refused: StepRefused, next?: NextStep) {
    const { code, field, retryInSeconds, triesLeft, abdmCode, abdmField } = refused;
    const detail = ABHA_REFUSALS_EN[code];
    super(STATUSES[code] ?? 422, code, detail, field === undefined ? [] : [{ field, code, detail }]);
    this.retryInSeconds = retryInSeconds;
    this.#more = { detailHi: ABHA_REFUSALS_HI[code], retryInSeconds, triesLeft, abdmCode, abdmField, next };
  }

  override getResponse(): object {
    return { ...(super.getResponse() as object), ...this.#more };
  }
}

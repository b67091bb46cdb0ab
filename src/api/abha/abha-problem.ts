import { StepRefused, type RefusalCode } from '../../flows/abha/step-refused.js';
import type { Warning } from '../../flows/abha/session-state.js';
import { Problem } from '../problem.js';
import { ABHA_REFUSALS_EN, ABHA_WARNINGS_EN } from '../texts/abha.en.js';
import { ABHA_REFUSALS_HI, ABHA_WARNINGS_HI } from '../texts/abha.hi.js';
import type { NextStep } from './abha-sessions.dto.js';

/** What is not the person's, or the clerk's, to mend by typing again. All others: 422. */
// prettier-ignore
const STATUSES: Partial<Record<RefusalCode, number>> = {
  'session-over': 410, 'session-registered': 410,
  'step-not-now': 409, 'step-running': 409, 'step-overtaken': 409, 'resends-used': 409, 'not-verified': 409, 'no-photo': 404,
  'way-off': 403, 'change-at-desk': 403, 'verify-again': 403, 'not-entitled': 403, 'client-limit': 403,
  'counter-unknown': 400, 'consent-outdated': 409, 'aadhaar-not-valid': 400, 'aadhaar-missing': 400, 'aadhaar-other': 400,
  'abha-number-not-valid': 400, 'abha-address-not-valid': 400, 'new-address-not-valid': 400, 'mobile-not-valid': 400, 'email-not-valid': 400,
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
    const { code, field, retryInSeconds, triesLeft, abdmCode, abdmField, warnings } = refused;
    const detail = said(refused, ABHA_REFUSALS_EN, ABHA_WARNINGS_EN);
    const detailHi = said(refused, ABHA_REFUSALS_HI, ABHA_WARNINGS_HI);
    super(STATUSES[code] ?? 422, code, detail, field === undefined ? [] : [{ field, code, detail }]);
    this.retryInSeconds = retryInSeconds;
    this.#more = { detailHi, retryInSeconds, triesLeft, abdmCode, abdmField, next };
    if (warnings.length > 0) Object.assign(this.#more, { warnings: warnings.map(warningView) });
  }

  override getResponse(): object {
    return { ...(super.getResponse() as object), ...this.#more };
  }
}

/** The sentence, its example as addresses end here, and what may be the cause. */
function said(
  { code, suffix = 'abdm', warnings }: StepRefused,
  refusals: Record<RefusalCode, string>,
  warningTexts: Record<Warning, string>,
): string {
  const sentence = refusals[code].replace('name@abdm', `name@${suffix}`);
  return [sentence, ...warnings.map((warning) => warningTexts[warning])].join(' ');
}

const warningView = (code: Warning) => ({ code, en: ABHA_WARNINGS_EN[code], hi: ABHA_WARNINGS_HI[code] });

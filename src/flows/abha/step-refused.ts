import type { AbhaFailure } from '../../abdm/abha/failures.js';
import type { Warning } from './session-state.js';

/** What we say no to ourselves, before or without asking ABDM. */
export const OWN_REFUSALS = [
  'session-over',
  'session-registered',
  'step-not-now',
  'step-running',
  'step-overtaken',
  'way-off',
  'counter-unknown',
  'consent-outdated',
  'aadhaar-not-valid',
  'aadhaar-missing',
  'aadhaar-other',
  'abha-number-not-valid',
  'abha-address-not-valid',
  'new-address-not-valid',
  'mobile-not-valid',
  'email-not-valid',
  'otp-not-valid',
  'card-not-read',
  'account-not-offered',
  'method-not-offered',
  'resend-too-early',
  'resends-used',
  'otp-tries-used',
  'enrolment-unsure',
  'change-unsure',
  'not-verified',
  'no-photo',
  'change-at-desk',
  'verify-again',
] as const;

export type RefusalCode = (typeof OWN_REFUSALS)[number] | AbhaFailure;

/** A step that did not go on, in words a screen can translate. Never holds what was typed, nor ABDM's own words. */
export class StepRefused extends Error {
  readonly retryInSeconds: number | undefined;
  readonly triesLeft: number | undefined;
  /** The field to mend, as the API names it. */
  readonly field: string | undefined;
  /** What ABDM calls the field it refused. */
  readonly abdmField: string | undefined;
  /** ABDM's own code, for whoever runs the adapter. */
  readonly abdmCode: string | undefined;
  /** Odd in what was typed, so that it may be the cause. */
  readonly warnings: readonly Warning[];
  /** Of ABHA addresses here, for an example: `sbx` or `abdm`. */
  readonly suffix: string | undefined;

  constructor(
    readonly code: RefusalCode,
    about: {
      readonly retryInSeconds?: number | undefined;
      readonly triesLeft?: number | undefined;
      readonly field?: string | undefined;
      readonly abdmField?: string | undefined;
      readonly abdmCode?: string | undefined;
      readonly warnings?: readonly Warning[] | undefined;
      readonly suffix?: string | undefined;
      readonly cause?: unknown;
    } = {},
  ) {
    super(`An ABHA step was refused: ${code}`, { cause: about.cause });
    this.name = 'StepRefused';
    this.retryInSeconds = about.retryInSeconds;
    this.triesLeft = about.triesLeft;
    this.field = about.field;
    this.abdmField = about.abdmField;
    this.abdmCode = about.abdmCode;
    this.warnings = about.warnings ?? [];
    this.suffix = about.suffix;
  }
}

import { notApplicable, type LeftOut } from './left-out.js';
import type { LEFT_OUT_M1 } from './left-out-m1.js';
import type { CaseId, Milestone } from './sheets.js';
import type { TestCase } from './test-cases.js';

/** `not built`: the flow does not exist yet. `not played`: it needs a side that this run does not have. */
export const VERDICTS = ['passed', 'failed', 'not applicable', 'not built yet', 'not played'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Something that was looked at, and whether it is as it must be. Says nothing a person could be recognised by. */
export interface Fact {
  readonly says: string;
  readonly isSo: boolean;
}

/** One message between the HIP and ABDM, as ABDM's side logged it; without its content. */
export interface Message {
  readonly at: string;
  readonly from: 'HIP' | 'ABDM';
  /** The name of the call in ABDM's contract. */
  readonly operation: string;
  readonly path: string;
  /** What it was answered; 0: nothing. */
  readonly httpStatus: number;
  readonly milliseconds: number;
  readonly requestId: string | undefined;
}

export interface CaseResult extends TestCase {
  readonly verdict: Verdict;
  /** Why it is not `passed`. */
  readonly why: string | undefined;
  readonly startedAt: string | undefined;
  readonly milliseconds: number | undefined;
  readonly facts: readonly Fact[];
  readonly messages: readonly Message[];
}

/** One milestone of a run. */
export interface MilestoneReport {
  readonly milestone: Milestone;
  readonly title: string;
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Cases that stand in the way of handing in. */
  readonly failedMandatory: readonly string[];
  /** They do not fail a run, and stand in the way all the same. */
  readonly missingMandatory: readonly string[];
  readonly cases: readonly CaseResult[];
}

/** A whole run, as it is handed in. */
export interface Report {
  /** `this adapter`, or the HIP that was driven. */
  readonly about: string;
  readonly startedAt: string;
  readonly milliseconds: number;
  /** Of all milestones that were played. */
  readonly failedMandatory: readonly string[];
  readonly milestones: readonly MilestoneReport[];
}

/** Whether it can be handed in, in a sentence or two. */
export function outcomeOf({ milestone, failedMandatory, missingMandatory }: MilestoneReport): string {
  const failed =
    failedMandatory.length === 0
      ? `No mandatory case of Milestone ${milestone} failed.`
      : `Mandatory cases of Milestone ${milestone} that failed: ${failedMandatory.join(', ')}.`;
  return missingMandatory.length === 0
    ? failed
    : `${failed} Mandatory and not built yet: ${missingMandatory.join(', ')}`;
}

const OTP_METHOD = notApplicable(
  'A method of V0.5 (users/auth): no V3 API serves it. The HIP-initiated method shown is the demographic one, 501 to 506.',
);

/** Cases of the Milestone 2 sheet that are not played, each with its reason. */
export const LEFT_OUT = {
  HIP_INTI_LINK_201: OTP_METHOD,
  HIP_INTI_LINK_202: OTP_METHOD,
  HIP_INTI_LINK_203: OTP_METHOD,
  HIP_INTI_LINK_204: OTP_METHOD,
  HIP_INTI_LINK_205: OTP_METHOD,
  HIP_INTI_LINK_206: OTP_METHOD,
  HIP_INTI_LINK_301: OTP_METHOD,
  HIP_INTI_LINK_302: OTP_METHOD,
  HIP_INTI_LINK_303: OTP_METHOD,
  HIP_INTI_LINK_304: OTP_METHOD,
  HIP_INTI_LINK_305: OTP_METHOD,
  HIP_INTI_LINK_306: OTP_METHOD,
  HIP_INTI_LINK_401: OTP_METHOD,
  HIP_INTI_LINK_402: OTP_METHOD,
  HIP_INTI_LINK_403: OTP_METHOD,
  HIP_INTI_LINK_404: OTP_METHOD,
  HIP_INTI_LINK_405: OTP_METHOD,
  USER_INIT_LINK_601: notApplicable('The login is between the patient’s app and ABDM: no message reaches a HIP.'),
  USER_INIT_LINK_602: notApplicable(
    'The app searches ABDM’s registry by the facility’s name: no message reaches a HIP. To be shown in the sandbox with the registered name.',
  ),
  DAT_04: notApplicable(
    'Needs NHA’s own ABHA app and the sandbox. With the simulator’s app the same way is gone in HIP_INTI_LINK_506, USER_INIT_LINK_607 and DAT_03.',
  ),
  'PHR scan 2.7-2.13': notApplicable(
    'The login is between the patient’s app and ABDM: no message reaches a HIP. What follows it is PHR scan 1.3 to 1.5.',
  ),
  'PHR scan 2.14-2.17': notApplicable(
    'The web page that lists apps, the store and the installation are ABDM’s and the phone’s: no message reaches a HIP.',
  ),
} as const satisfies Partial<Record<CaseId, LeftOut>>;

/** The cases that scenes have to play. */
export type PlayedId = Exclude<CaseId, keyof typeof LEFT_OUT | keyof typeof LEFT_OUT_M1>;

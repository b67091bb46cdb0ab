import { notApplicable, notBuilt, type LeftOut } from './left-out.js';
import type { M1_CASES } from './test-cases-m1.js';

const PROBE = notApplicable(
  'A probe of ABDM’s own door: the adapter never sends such a call. That each call it does send is as the contract has it is a fact of every case played.',
);
const DEVICE_LOGIN = notBuilt(
  'Optional. Verifying somebody by fingerprint, iris or face needs a registered device, and no step of an ABHA session offers it.',
);
const PROFILE_PATCH = notBuilt('Optional. No step of an ABHA session changes photo or self-declared details.');

/** Cases of Milestone 1 that are not played, each with its reason. */
export const LEFT_OUT_M1 = {
  CRT_ABHA_407: notApplicable(
    'A person at the facility looks at the paper and approves it in NHA’s own portal: no call for it is published.',
  ),
  CRT_ABHA_410: notApplicable(
    'ABDM answers a driving licence with an enrolment number and without a token: there is no card before a facility has checked the paper. CRT_ABHA_411 shows what is printed instead.',
  ),
  VRFY_ABHA_501: DEVICE_LOGIN,
  VRFY_ABHA_502: DEVICE_LOGIN,
  PROF_ABHA_602: PROFILE_PATCH,
  A2: PROBE,
  F1: PROBE,
  F2: PROBE,
  F3: PROBE,
  F5: PROBE,
  CRT_BIO_201: notApplicable(
    'Needs a registered device: to be shown with one. What it captures is passed through, which CRT_BIO_202 shows with an invented capture.',
  ),
  CRT_DEMO_302: notBuilt('Optional. No call of the adapter’s API lists the children of an ABHA.'),
  'VER_BIO_701-703': DEVICE_LOGIN,
  'FND_AADHAAR_901/902': notApplicable('Look-ups for benefit programmes, which NHA opens to their own clients only.'),
  UPD_ABHA_1103: PROFILE_PATCH,
} as const satisfies Partial<Record<(typeof M1_CASES)[number]['id'], LeftOut>>;

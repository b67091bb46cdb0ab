import { needsAadhaar } from '../../flows/abha/otp-sending.js';
import { resendInSeconds, resendsLeft, secondsUntil, triesLeft } from '../../flows/abha/otp-timer.js';
import type { CardContent, KnownProfile, SentOtp, ShownAccount } from '../../flows/abha/session-state.js';
import type { AbhaSession } from '../../flows/abha/session-store.js';
import { actionsAt, fieldsOf, type StepName } from '../../flows/abha/steps.js';
import { withDashes } from '../../support/abha-number.js';
import {
  AADHAAR_AND_MOBILE_EN,
  ABHA_NOTICES_EN,
  ABHA_STEPS_EN,
  ABHA_WARNINGS_EN,
  ADDRESS_RULES_EN,
} from '../texts/abha.en.js';
import {
  AADHAAR_AND_MOBILE_HI,
  ABHA_NOTICES_HI,
  ABHA_STEPS_HI,
  ABHA_WARNINGS_HI,
  ADDRESS_RULES_HI,
} from '../texts/abha.hi.js';
import type { AbhaResult, AbhaSessionView, NextStep } from './abha-sessions.dto.js';

/** A session as a page draws it. `photos`: of the accounts to choose from, in the answer that brought them only. */
export function sessionView(
  session: AbhaSession,
  at: Date,
  photos: Readonly<Record<string, string>> = {},
): AbhaSessionView {
  const now = at.getTime();
  const isOver = session.endedAt !== undefined || session.expiresAt <= at;
  const step: StepName = isOver ? 'ended' : session.step;
  const state = isOver ? {} : session.state;
  const { otp, choice, found, notice, warnings = [], lockedUntil } = state;
  const accounts = [...(choice?.accounts ?? found?.accounts ?? [])];
  return {
    id: session.id,
    purpose: session.purpose,
    way: session.way,
    channel: session.channel,
    state: isOver ? 'ended' : step === 'done' ? 'done' : 'open',
    next: nextStep(step, session),
    busyForSeconds: session.calling === undefined ? null : secondsUntil(session.calling.until.getTime(), now),
    otp: otp === undefined || step !== 'otp' ? null : otpView(otp, now),
    notice: notice === undefined ? null : { code: notice, en: ABHA_NOTICES_EN[notice], hi: ABHA_NOTICES_HI[notice] },
    warnings: warnings.map((code) => ({ code, en: ABHA_WARNINGS_EN[code], hi: ABHA_WARNINGS_HI[code] })),
    lockedForSeconds: lockedUntil === undefined || lockedUntil <= now ? null : secondsUntil(lockedUntil, now),
    accounts: accounts.map((account) => ({ ...accountView(account), photo: photos[account.account] ?? null })),
    chooseInSeconds: choice === undefined ? null : secondsUntil(choice.until, now),
    methods: [...(state.methods ?? [])],
    suggestions: [...(state.suggestions ?? [])],
    addressRules:
      step === 'choose-address' ? { code: 'address-rules', en: ADDRESS_RULES_EN, hi: ADDRESS_RULES_HI } : null,
    face: state.face === undefined ? null : { qrContent: state.face.qrContent, status: state.face.status },
    card: state.card === undefined ? null : cardView(state.card),
    enrolmentNumber: state.enrolmentNumber ?? null,
    result: session.profile === undefined || isOver ? null : resultView(session.profile),
    createdAt: session.createdAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
  };
}

function nextStep(step: StepName, { purpose, channel }: AbhaSession): NextStep {
  const { needs, optional } = fieldsOf(step, purpose);
  const wantsMobileToo = step === 'aadhaar' && purpose === 'create';
  return {
    step,
    needs: [...needs],
    optional: [...optional],
    also: actionsAt(step).filter((action) => action !== step && !(action === 'change' && channel === 'kiosk')),
    en: wantsMobileToo ? AADHAAR_AND_MOBILE_EN : ABHA_STEPS_EN[step],
    hi: wantsMobileToo ? AADHAAR_AND_MOBILE_HI : ABHA_STEPS_HI[step],
  };
}

const otpView = (otp: SentOtp, now: number) => ({
  sentTo: otp.sentTo ?? null,
  resendInSeconds: resendsLeft(otp) === 0 ? 0 : resendInSeconds(otp, now),
  resendsLeft: resendsLeft(otp),
  triesLeft: triesLeft(otp),
  resendNeeds: needsAadhaar(otp.use) ? ['aadhaar'] : [],
});

const accountView = (account: ShownAccount) => ({
  account: account.account,
  abhaNumber: account.abhaNumber ?? null,
  abhaAddress: account.abhaAddress ?? null,
  name: account.name ?? null,
  gender: account.gender ?? null,
  yearOfBirth: account.yearOfBirth ?? null,
  status: account.status ?? null,
});

const cardView = (card: CardContent) => ({
  abhaNumber: card.abhaNumber ?? null,
  abhaAddress: card.abhaAddress ?? null,
  name: card.name ?? null,
  gender: card.gender ?? null,
  yearOfBirth: card.yearOfBirth ?? null,
  monthOfBirth: card.monthOfBirth ?? null,
  dayOfBirth: card.dayOfBirth ?? null,
  mobile: card.mobile ?? null,
  address: card.address ?? null,
  state: card.state ?? null,
  district: card.district ?? null,
});

const resultView = (profile: KnownProfile): AbhaResult => ({
  abhaNumber: profile.abhaNumber === undefined ? null : withDashes(profile.abhaNumber),
  abhaAddress: profile.abhaAddress ?? null,
  name: profile.name,
  gender: profile.gender,
  yearOfBirth: profile.yearOfBirth ?? null,
  monthOfBirth: profile.monthOfBirth ?? null,
  dayOfBirth: profile.dayOfBirth ?? null,
  mobile: profile.mobile ?? null,
  maskedMobile: profile.maskedMobile ?? null,
  maskedEmail: profile.maskedEmail ?? null,
  address: profile.address ?? null,
  state: profile.state ?? null,
  district: profile.district ?? null,
  pin: profile.pincode ?? null,
  kycStatus: profile.kycStatus,
  status: profile.status ?? null,
  isNew: profile.isNew,
});

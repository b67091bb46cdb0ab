import { Inject, Injectable } from '@nestjs/common';
import { AbhaService } from '../../abdm/abha/abha-service.js';
import { AbhaServiceError } from '../../abdm/abha/abha-service-error.js';
import type { Enrolled } from '../../abdm/abha/answers.js';
import type { Demographics, DrivingLicence } from '../../abdm/abha/enrolment-forms.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { SecretText } from '../../support/secret-text.js';
import { knownProfile, shownFound } from './known-profile.js';
import { OtpSending } from './otp-sending.js';
import type { SentOtp, SessionState } from './session-state.js';
import type { AbhaSession } from './session-store.js';
import type { Outcome } from './outcome.js';
import { StepRefused } from './step-refused.js';
import { stepAfterConsent } from './steps.js';
import { heldTokens } from './user-tokens.js';

export type Biometric = 'fingerprint' | 'iris';

/** What a licence says, as typed off it; photos as base64. */
export type LicenceForm = Omit<DrivingLicence, 'txnId'>;

/** Making an ABHA: always after a consent, and by OTP only after a look. */
@Injectable()
export class Enrolling {
  constructor(
    private readonly abha: AbhaService,
    private readonly otps: OtpSending,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * Look before creating (M1-FLOWS section 6): the Aadhaar number goes to the login first. Somebody who has an ABHA is sent an
   * OTP by that; of nobody it says so without one, and only then an enrolment OTP is asked for, in this same step.
   */
  async byAadhaar(session: AbhaSession, aadhaar: SecretText, mobile: string): Promise<Outcome> {
    const state: SessionState = { ...session.state, mobile, notice: undefined };
    const nobody = this.otps.aadhaarHash(aadhaar);
    if (state.nobody !== nobody) {
      try {
        const otp = await this.otps.first(session, { for: 'look' }, 'aadhaar', aadhaar);
        return { step: 'otp', state: { ...state, otp, notice: 'abha-exists' } };
      } catch (error) {
        if (!(error instanceof AbhaServiceError) || error.kind !== 'no-abha') throw error;
      }
      // A fingerprint, iris or face goes on with what it was begun with: she may have no mobile at Aadhaar.
      const begun = stepAfterConsent(session.way);
      if (begun !== 'aadhaar') return { step: begun, state: { ...state, nobody, notice: 'no-abha' } };
    }
    const otp = await this.otps.first(session, { for: 'enrol' }, 'aadhaar', aadhaar);
    return { step: 'otp', state: { ...state, nobody, otp } };
  }

  async byOtp(session: AbhaSession, { txnId }: SentOtp, otp: SecretText): Promise<Outcome> {
    const mobile = session.state.mobile ?? '';
    return this.enrolled(session, await this.abha.enrolment.byAadhaarOtp({ txnId, otp, mobile }), mobile);
  }

  /** No look before: the capture is good for one call, and of an Aadhaar that has an ABHA this call gives it back. */
  async byBiometric(
    session: AbhaSession,
    biometric: Biometric,
    capture: { readonly aadhaar: SecretText; readonly pid: SecretText; readonly mobile: string },
  ): Promise<Outcome> {
    const { enrolment } = this.abha;
    const enrolled = biometric === 'fingerprint' ? enrolment.byFingerprint(capture) : enrolment.byIris(capture);
    return this.enrolled(session, await enrolled, capture.mobile);
  }

  /** A QR that she scans with the ABHA app; whether the face was captured has to be asked for. */
  async startFace({ state }: AbhaSession): Promise<Outcome> {
    const { txnId } = await this.abha.enrolment.startFaceCapture();
    const face = { txnId, qrContent: faceQr(txnId, this.config), status: 'waiting' };
    return { step: 'face-status', state: { ...state, face, notice: undefined } };
  }

  async faceStatus({ state }: AbhaSession): Promise<Outcome> {
    const { face } = state;
    if (face === undefined) return { step: 'face-qr', state };
    const status = await this.abha.enrolment.faceCapture(face.txnId);
    if (status === 'failed') return { step: 'face-qr', state: { ...state, face: undefined, notice: 'face-failed' } };
    return { step: status === 'complete' ? 'face' : 'face-status', state: { ...state, face: { ...face, status } } };
  }

  async byFace(session: AbhaSession, aadhaar: SecretText, mobile: string): Promise<Outcome> {
    const txnId = session.state.face?.txnId ?? '';
    return this.enrolled(session, await this.abha.enrolment.byFace({ txnId, aadhaar, mobile }), mobile);
  }

  async byDemographics(session: AbhaSession, demographics: Demographics): Promise<Outcome> {
    return this.enrolled(session, await this.abha.enrolment.byDemographics(demographics), demographics.mobile);
  }

  /** The mobile of somebody who comes with a driving licence; a look by that mobile comes first here too. */
  async licenceMobile(session: AbhaSession, mobile: string, isNoneHers: boolean): Promise<Outcome> {
    const found = isNoneHers ? [] : await this.behind(mobile);
    if (found.length > 0) {
      const shown = { txnId: '', accounts: found.map(shownFound) };
      return { step: 'mobile', state: { ...session.state, found: shown, notice: 'others-on-this-mobile' } };
    }
    const otp = await this.otps.first(session, { for: 'licence', mobile }, 'mobile');
    return { step: 'otp', state: { ...session.state, mobile, otp, found: undefined, notice: undefined } };
  }

  async licenceOtp({ state }: AbhaSession, { use, txnId }: SentOtp, otp: SecretText): Promise<Outcome> {
    await this.abha.enrolment.confirmOtp('driving-licence', txnId, otp);
    const next: SessionState = { ...state, otp: undefined, notice: undefined, licenceTxnId: txnId };
    return { step: 'document', state: { ...next, ...('mobile' in use && { provedMobile: use.mobile }) } };
  }

  async byLicence({ state }: AbhaSession, licence: LicenceForm): Promise<Outcome> {
    const enrolled = await this.abha.enrolment.byDrivingLicence({ ...licence, txnId: state.licenceTxnId ?? '' });
    const { isNew, enrolmentNumber } = enrolled;
    const beside = { isNew, provedMobile: state.provedMobile, before: undefined, suffix: this.config.ABDM_CM_ID };
    const profile = { ...knownProfile(enrolled.profile, beside), kycStatus: 'provisional' as const };
    return { step: 'done', state: { enrolmentNumber, notice: 'provisional' }, profile, isNew };
  }

  /** Hers to receive messages on, where it is not the one UIDAI knows. Without an OTP it is not saved there. */
  async communicationMobile(session: AbhaSession, mobile: string | undefined): Promise<Outcome> {
    const state: SessionState = { ...session.state, notice: undefined };
    if (mobile === undefined) return { step: 'suggestions', state };
    const otp = await this.otps.first(session, { for: 'communication-mobile', mobile }, 'communication-mobile');
    return { step: 'otp', state: { ...state, otp } };
  }

  async communicationOtp({ state, profile }: AbhaSession, { use, txnId }: SentOtp, otp: SecretText): Promise<Outcome> {
    await this.abha.enrolment.confirmOtp('mobile', txnId, otp);
    const mobile = 'mobile' in use ? use.mobile : undefined;
    const next: SessionState = { ...state, otp: undefined, notice: undefined, provedMobile: mobile };
    return { step: 'suggestions', state: next, ...(profile !== undefined && { profile: { ...profile, mobile } }) };
  }

  /** Without suggestions she can still type one, or keep the default. */
  async suggest({ state }: AbhaSession): Promise<Outcome> {
    try {
      const suggestions = await this.abha.enrolment.suggestedAddresses(state.enrolTxnId ?? '');
      return { step: 'choose-address', state: { ...state, suggestions, notice: undefined } };
    } catch (error) {
      if (!(error instanceof AbhaServiceError) || error.kind === 'transaction-over') throw error;
      return { step: 'choose-address', state: { ...state, suggestions: [], notice: 'no-suggestions' } };
    }
  }

  async chooseAddress({ state, profile }: AbhaSession, userPart: string | undefined): Promise<Outcome> {
    const next: SessionState = { ...state, suggestions: undefined, notice: undefined };
    if (userPart === undefined) return { step: 'profile', state: next };
    const abhaAddress = await this.abha.enrolment.chooseAddress(state.enrolTxnId ?? '', userPart);
    return { step: 'profile', state: next, ...(profile !== undefined && { profile: { ...profile, abhaAddress } }) };
  }

  /** UIDAI not knowing the mobile shows in an answer without one. Who had an ABHA before keeps mobile and address. */
  private enrolled(session: AbhaSession, enrolled: Enrolled, typedMobile: string | undefined): Outcome {
    const { isNew, txnId, tokens } = enrolled;
    const beside = { isNew, provedMobile: undefined, before: undefined, suffix: this.config.ABDM_CM_ID };
    const held = tokens === undefined ? undefined : heldTokens(tokens, this.clock.now().getTime());
    const rest: SessionState = { ...session.state, otp: undefined, face: undefined, nobody: undefined };
    const state: SessionState = { ...rest, tokens: held, enrolTxnId: txnId, mobile: typedMobile };
    const profile = knownProfile(enrolled.profile, beside);
    if (!isNew) return { step: 'profile', state: { ...state, notice: 'abha-exists' }, profile, isNew };
    // Without a transaction (by demographics) the default address stays.
    if (txnId === undefined) return { step: 'profile', state: { ...state, notice: undefined }, profile, isNew };
    const step = enrolled.profile.mobile === undefined ? 'communication-mobile' : 'suggestions';
    return { step, state: { ...state, notice: undefined }, profile, isNew };
  }

  private async behind(mobile: string) {
    try {
      return (await this.abha.find.byMobile(new SecretText(mobile))).abhas;
    } catch (error) {
      if (error instanceof AbhaServiceError && error.kind === 'no-abha') return [];
      throw error;
    }
  }
}

/** What the ABHA app is to open. Production by analogy with the sandbox: NHA publishes the latter only. */
export const faceQr = (txnId: string, { ABDM_CM_ID }: Pick<Config, 'ABDM_CM_ID'>): string =>
  `https://${ABDM_CM_ID === 'sbx' ? 'phrsbx' : 'phr'}.abdm.gov.in/face-auth?txnId=${encodeURIComponent(txnId)}`;

/** @throws StepRefused when the way is switched off here, before anything is begun */
export function mustBeOpen(way: string, config: Config): void {
  if (way === 'driving-licence' && config.ABHA_LEGACY === 'off') throw new StepRefused('way-off');
  if (way === 'demographics' && config.ABHA_BENEFIT_NAME === undefined) throw new StepRefused('way-off');
}

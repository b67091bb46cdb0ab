import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../support/config.js';
import { SecretText } from '../../support/secret-text.js';
import { AbhaCaller, type SealedBody } from './abha-caller.js';
import type { Enrolled, FaceCapture, OtpSent, ProvisionallyEnrolled } from './answers.js';
import { authDataOf, mustHaveVerified } from './auth-data.js';
import { benefitHeader } from './benefit.js';
import { CONSENT, type BornChild, type Demographics, type DrivingLicence } from './enrolment-forms.js';
import { readEnrolled, readOtpSent, readProvisionallyEnrolled, required, unreadable } from './read-answers.js';
import { textIn, textsIn } from './reading.js';
import type { XToken } from './tokens.js';
import * as typed from './typed-in.js';
import { ENROLMENT_WAYS } from './ways.js';

const BY_AADHAAR = '/v3/enrollment/enrol/byAadhaar';

type OtpPurpose = keyof typeof ENROLMENT_WAYS;

/**
 * Making an ABHA. Every enrolment sends NHA's consent, so one must have been given and recorded before. Throws
 * `AbhaServiceError`. After a `temporary` of an enrolment nobody knows whether it happened: never repeat it, log in instead.
 */
@Injectable()
export class AbhaEnrolment {
  constructor(
    private readonly caller: AbhaCaller,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** To the mobile that UIDAI knows. To resend: with the `txnId` of the last one. */
  sendAadhaarOtp(aadhaar: SecretText, resendOf?: string): Promise<OtpSent> {
    return this.sendOtp('aadhaar', aadhaar, resendOf);
  }

  /** To a mobile that UIDAI does not know, after the enrolment; its `txnId`. */
  sendMobileOtp(txnId: string, mobile: SecretText): Promise<OtpSent> {
    return this.sendOtp('mobile', mobile, txnId);
  }

  /** In the newest specification (22 Sep 2026) only. */
  sendEmailOtp(txnId: string, email: SecretText): Promise<OtpSent> {
    return this.sendOtp('email', email, txnId);
  }

  /** The mobile of somebody who enrols by driving licence. Legacy. */
  sendLicenceOtp(mobile: SecretText, resendOf?: string): Promise<OtpSent> {
    return this.sendOtp('driving-licence', mobile, resendOf);
  }

  /** The answer to one of the three OTPs that ABDM sends. */
  async confirmOtp(purpose: Exclude<OtpPurpose, 'aadhaar'>, txnId: string, otp: SecretText): Promise<void> {
    const { scope } = ENROLMENT_WAYS[purpose];
    const answer = await this.caller.post('/v3/enrollment/auth/byAbdm', (encrypt) => ({
      scope,
      authData: authDataOf({ with: 'otp', otp }, txnId, encrypt),
    }));
    mustHaveVerified(answer, 'otp');
  }

  /** `mobile` (in clear) is the one for communication. `profile.mobile` undefined: UIDAI knows another; send it an OTP. */
  async byAadhaarOtp(answer: { txnId: string; otp: SecretText; mobile: string }): Promise<Enrolled> {
    const { txnId } = answer;
    const [otp, mobile] = [typed.otp(answer.otp), inClear(answer.mobile)];
    return this.enrol((encrypt) => ({ authMethods: ['otp'], otp: { txnId, otpValue: encrypt(otp), mobile } }));
  }

  /** `pid`: the block of a registered device, base64 (lr and rc Y, de and pfr N). */
  async byFingerprint(capture: { aadhaar: SecretText; pid: SecretText; mobile: string }): Promise<Enrolled> {
    const [number, mobile] = [typed.aadhaarNumber(capture.aadhaar), inClear(capture.mobile)];
    const fingerPrintAuthPid = capture.pid.reveal();
    return this.enrol((encrypt) => ({
      authMethods: ['bio'],
      bio: { aadhaar: encrypt(number), fingerPrintAuthPid, mobile },
    }));
  }

  /** The 2025 collection spells the block's field `Pid`, the newest specification `pid`. */
  async byIris(capture: { aadhaar: SecretText; pid: SecretText; mobile: string }): Promise<Enrolled> {
    const [number, mobile] = [typed.aadhaarNumber(capture.aadhaar), inClear(capture.mobile)];
    const pid = capture.pid.reveal();
    return this.enrol((encrypt) => ({ authMethods: ['iris'], iris: { aadhaar: encrypt(number), pid, mobile } }));
  }

  /** Once a face capture by QR is complete; its `txnId`. */
  async byFace(capture: { txnId: string; aadhaar: SecretText; mobile: string }): Promise<Enrolled> {
    const { txnId } = capture;
    const [number, mobile] = [typed.aadhaarNumber(capture.aadhaar), inClear(capture.mobile)];
    return this.enrol((encrypt) => ({ authMethods: ['face_auth'], face: { txnId, aadhaar: encrypt(number), mobile } }));
  }

  /** One call, no OTP. Government programmes only. `profile.abhaAddress` is the default one. */
  async byDemographics({ aadhaar, ...known }: Demographics): Promise<Enrolled> {
    const number = typed.aadhaarNumber(aadhaar);
    return this.enrol(
      (encrypt) => ({ authMethods: ['demo_auth'], demo_auth: { aadhaarNumber: encrypt(number), ...known } }),
      { headers: benefitHeader(this.config) },
    );
  }

  /** By a parent who has logged in. Government programmes only. */
  async ofChild(parent: XToken, child: BornChild): Promise<Enrolled> {
    const authData = {
      authMethods: ['child'],
      child: { password: '', profilePhoto: '', ...child, parentConsent: 'true' },
    };
    return this.enrol(() => authData, { token: parent, headers: benefitHeader(this.config) });
  }

  /** After the licence OTP; its `txnId`. Photos are plain base64. Legacy. */
  async byDrivingLicence(licence: DrivingLicence): Promise<ProvisionallyEnrolled> {
    const body = { documentType: 'DRIVING_LICENCE', ...licence, consent: CONSENT };
    return readProvisionallyEnrolled(await this.caller.send('POST', '/v3/enrollment/enrol/byDocument', body));
  }

  /** User parts without `@sbx`; some may begin with a digit. */
  async suggestedAddresses(txnId: string): Promise<readonly string[]> {
    // A proxy that drops headers with underscores breaks this call; NHA publishes no other spelling.
    const headers = { TRANSACTION_ID: txnId };
    return textsIn(await this.caller.get('/v3/enrollment/enrol/suggestion', { headers }), 'abhaAddressList');
  }

  /** Makes it the preferred one; answers the whole address. Taken: kind `address-taken`. */
  async chooseAddress(txnId: string, userPart: string): Promise<string> {
    const body = { txnId, abhaAddress: userPart, preferred: 1 };
    const answer = await this.caller.send('POST', '/v3/enrollment/enrol/abha-address', body);
    const address = required(answer, 'preferredAbhaAddress').toLowerCase();
    // NHA's sample of one document has no suffix.
    return address.includes('@') ? address : `${address}@${this.config.ABDM_CM_ID}`;
  }

  /** Opens a face capture by QR, good for ten minutes. A POST without a body is refused as 401. */
  async startFaceCapture(): Promise<OtpSent> {
    const body = { scope: ['abha-enrol', 'face-auth'] };
    return readOtpSent(await this.caller.send('POST', '/v3/enrollment/enrol/auth/init', body));
  }

  /** To be asked every 5 to 10 seconds: nothing is pushed to us. */
  async faceCapture(txnId: string): Promise<FaceCapture> {
    const body = { scope: ['abha-enrol', 'face-verify'], txnId };
    const answer = await this.caller.send('POST', '/v3/enrollment/enrol/capturePID', body, { isLook: true });
    const status = FACE_STATUS.get(textIn(answer, 'status')?.toUpperCase() ?? '');
    if (status === undefined) throw unreadable();
    return status;
  }

  private async enrol(authData: SealedBody, options: Parameters<AbhaCaller['post']>[2] = {}): Promise<Enrolled> {
    const body: SealedBody = (encrypt) => ({ authData: authData(encrypt), consent: CONSENT });
    return readEnrolled(await this.caller.post(BY_AADHAAR, body, options));
  }

  private async sendOtp(purpose: OtpPurpose, identifier: SecretText, txnId?: string): Promise<OtpSent> {
    const { scope, loginHint, otpSystem } = ENROLMENT_WAYS[purpose];
    const loginId = typed.loginId(loginHint, identifier);
    const answer = await this.caller.post('/v3/enrollment/request/otp', (encrypt) => ({
      ...(txnId === undefined ? {} : { txnId }),
      scope,
      loginHint,
      loginId: encrypt(loginId),
      otpSystem,
    }));
    return readOtpSent(answer);
  }
}

const FACE_STATUS: ReadonlyMap<string, FaceCapture> = new Map([
  ['PENDING', 'waiting'],
  ['VERIFIED', 'scanned'],
  ['FAILED', 'failed'],
  ['COMPLETE', 'complete'],
]);

const inClear = (mobile: string): string => typed.mobile(new SecretText(mobile)).reveal();

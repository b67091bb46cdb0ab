import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { type AbhaCall, type OtpAnswer, type OtpRequest, TheAbhaCall } from './abha-call.js';
import { Addresses, type AddressWish } from './addresses.js';
import { Children, type NewChild } from './children.js';
import { type ByDocument, Documents } from './documents.js';
import { EncryptionKeys } from './encryption-keys.js';
import { type ByOtp, Enrolment } from './enrolment.js';
import { type ByBody, type ByDemographics, EnrolmentWays } from './enrolment-ways.js';
import { FaceCapture } from './face-capture.js';

/** Certificate and enrolment, as contract/m1.yaml has them. */
@Controller('abha/api/v3')
export class EnrolmentController {
  constructor(
    private readonly keys: EncryptionKeys,
    private readonly enrolment: Enrolment,
    private readonly ways: EnrolmentWays,
    private readonly children: Children,
    private readonly documents: Documents,
    private readonly faces: FaceCapture,
    private readonly addresses: Addresses,
  ) {}

  @Get('profile/public/certificate')
  certificate() {
    return this.keys.certificate();
  }

  @Post('enrollment/request/otp')
  @HttpCode(200)
  requestOtp(@TheAbhaCall() call: AbhaCall<OtpRequest>) {
    return this.enrolment.requestOtp(call);
  }

  @Post('enrollment/enrol/byAadhaar')
  @HttpCode(200)
  byAadhaar(@TheAbhaCall() call: AbhaCall<ByOtp & ByBody & ByDemographics & NewChild>) {
    switch (call.useCase) {
      case 'EnrolByOtp':
        return this.enrolment.byOtp(call);
      case 'EnrolByDemo':
        return this.ways.byDemographics(call);
      case 'EnrolChild':
        return this.children.add(call);
      default:
        return this.ways.byBody(call);
    }
  }

  @Post('enrollment/enrol/byDocument')
  @HttpCode(200)
  byDocument(@TheAbhaCall() call: AbhaCall<ByDocument>) {
    return this.documents.enrol(call);
  }

  @Post('enrollment/enrol/auth/init')
  @HttpCode(200)
  beginFace(@TheAbhaCall() call: AbhaCall) {
    return this.faces.begin(call);
  }

  @Post('enrollment/enrol/capturePID')
  @HttpCode(200)
  faceState(@TheAbhaCall() call: AbhaCall<{ readonly txnId: string }>) {
    return this.faces.state(call);
  }

  @Get('enrollment/profile/children')
  listChildren(@TheAbhaCall() call: AbhaCall) {
    return this.children.list(call);
  }

  @Post('enrollment/auth/byAbdm')
  @HttpCode(200)
  verifyOtp(@TheAbhaCall() call: AbhaCall<OtpAnswer>) {
    return this.enrolment.verifyOtp(call);
  }

  @Get('enrollment/enrol/suggestion')
  suggestion(@TheAbhaCall() call: AbhaCall) {
    return this.addresses.suggest(call);
  }

  @Post('enrollment/enrol/abha-address')
  @HttpCode(200)
  createAddress(@TheAbhaCall() call: AbhaCall<AddressWish>) {
    return this.addresses.create(call);
  }
}

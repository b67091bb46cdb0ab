import { applyDecorators, Body, Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiResponse, ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '../api-key.guard.js';
import { AbhaDesk, Asked, type Asking } from './abha-desk.js';
import { AbhaSessionView } from './abha-sessions.dto.js';
import {
  AddressChosen,
  Captured,
  CommunicationMobileTyped,
  ConsentGiven,
  DemographicsTyped,
  FaceCaptured,
  LicenceTyped,
} from './abha-steps.dto.js';

/** A step of a session: all answer alike. */
export const Step = (name: string, summary: string): MethodDecorator =>
  applyDecorators(
    Post(name),
    HttpCode(200),
    ApiOperation({ summary }),
    ApiParam({ name: 'id', format: 'uuid' }),
    ApiResponse({ status: 200, type: AbhaSessionView }),
    ApiResponse({ status: 400, description: 'What was typed can not be right; see `errors`' }),
    ApiResponse({ status: 403, description: 'This way is switched off, or NHA has not opened it to this hospital' }),
    ApiResponse({ status: 404, description: 'This facility has no such session' }),
    ApiResponse({ status: 409, description: 'The session is at another step; see `next`' }),
    ApiResponse({ status: 410, description: 'The session has ended; begin a new one' }),
    ApiResponse({ status: 422, description: 'ABDM refused it; `detail` says what to do' }),
    ApiResponse({ status: 429, description: 'Wait; see `retryInSeconds` and Retry-After' }),
    ApiResponse({ status: 503, description: 'The ABHA service is not answering' }),
  );

@ApiTags('abha')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/abha/sessions/:id')
export class AbhaCreatingController {
  constructor(private readonly desk: AbhaDesk) {}

  @Step('consent', 'The person has agreed to the text that was shown')
  consent(@Asked() asking: Asking, @Body() { version, language }: ConsentGiven): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'consent', version, language });
  }

  @Step('fingerprint', 'Make an ABHA by fingerprint')
  fingerprint(@Asked() asking: Asking, @Body() { aadhaar, mobile, pid }: Captured): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'fingerprint', aadhaar, mobile, pid });
  }

  @Step('iris', 'Make an ABHA by iris')
  iris(@Asked() asking: Asking, @Body() { aadhaar, mobile, pid }: Captured): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'iris', aadhaar, mobile, pid });
  }

  @Step('face-qr', 'A QR code that the person scans with her ABHA app')
  faceQr(@Asked() asking: Asking): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'face-qr' });
  }

  @Step('face-status', 'Ask whether the face was captured: every 5 to 10 seconds')
  faceStatus(@Asked() asking: Asking): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'face-status' });
  }

  @Step('face', 'Make an ABHA once the face is captured')
  face(@Asked() asking: Asking, @Body() { aadhaar, mobile }: FaceCaptured): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'face', aadhaar, mobile });
  }

  @Step('demographics', 'Make an ABHA by name, birth and gender as on Aadhaar')
  demographics(@Asked() asking: Asking, @Body() typed: DemographicsTyped): Promise<AbhaSessionView> {
    const { pincode, mobile, address, ...known } = typed;
    const demographics = {
      ...known,
      ...(mobile !== undefined && { mobile }),
      ...(address !== undefined && { address }),
      ...(pincode !== undefined && { pinCode: pincode }),
    };
    return this.desk.take(asking, { action: 'demographics', demographics });
  }

  @Step('document', 'Ask for a provisional number with a driving licence')
  document(@Asked() asking: Asking, @Body() typed: LicenceTyped): Promise<AbhaSessionView> {
    const { documentNumber, dateOfBirth, frontPhoto, backPhoto, pincode, middleName, lastName, ...rest } = typed;
    const licence = {
      ...rest,
      documentId: documentNumber,
      dob: dateOfBirth,
      frontSidePhoto: frontPhoto,
      backSidePhoto: backPhoto,
      pinCode: pincode,
      ...(middleName !== undefined && { middleName }),
      ...(lastName !== undefined && { lastName }),
    };
    return this.desk.take(asking, { action: 'document', licence });
  }

  @Step('communication-mobile', 'The person’s own mobile, where Aadhaar knows another; or leave it out')
  communicationMobile(
    @Asked() asking: Asking,
    @Body() { mobile, skip }: CommunicationMobileTyped,
  ): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'communication-mobile', mobile: skip ? undefined : (mobile ?? '') });
  }

  @Step('suggestions', 'Ask once more for suggested ABHA addresses')
  suggestions(@Asked() asking: Asking): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'suggestions' });
  }

  @Step('choose-address', 'Choose an ABHA address, or keep the one made of the number')
  chooseAddress(@Asked() asking: Asking, @Body() { abhaAddress, useDefault }: AddressChosen): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'choose-address', userPart: useDefault ? undefined : (abhaAddress ?? '') });
  }
}

import { Body, Controller, UseGuards } from '@nestjs/common';
import { ApiSecurity, ApiTags } from '@nestjs/swagger';
import { ApiKeyGuard } from '../api-key.guard.js';
import { AbhaDesk, Asked, type Asking } from './abha-desk.js';
import type { AbhaSessionView } from './abha-sessions.dto.js';
import {
  AadhaarTyped,
  AbhaAddressTyped,
  AbhaNumberTyped,
  AccountChosen,
  CardScanned,
  ChangeWanted,
  FoundChosen,
  MethodChosen,
  MobileTyped,
  OtpTyped,
  ResendWish,
} from './abha-steps.dto.js';
import { Step } from './creating.controller.js';

@ApiTags('abha')
@ApiSecurity('api-key')
@UseGuards(ApiKeyGuard)
@Controller('api/v1/abha/sessions/:id')
export class AbhaVerifyingController {
  constructor(private readonly desk: AbhaDesk) {}

  @Step(
    'aadhaar',
    'The Aadhaar number: looks for her ABHA, and in a session that creates, sends the code for a new one',
  )
  aadhaar(@Asked() asking: Asking, @Body() { aadhaar, mobile }: AadhaarTyped): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'aadhaar', aadhaar, mobile });
  }

  @Step('abha-number', 'The ABHA number, and where the code goes')
  abhaNumber(@Asked() asking: Asking, @Body() { abhaNumber, method }: AbhaNumberTyped): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'abha-number', abhaNumber, method });
  }

  @Step('abha-address', 'The ABHA address; the answer names the methods it allows')
  abhaAddress(@Asked() asking: Asking, @Body() { abhaAddress }: AbhaAddressTyped): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'abha-address', abhaAddress });
  }

  @Step('card-qr', 'The QR code of an ABHA card: fills the form, and is then proved by a code')
  cardQr(@Asked() asking: Asking, @Body() { qr }: CardScanned): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'card-qr', qr });
  }

  @Step('mobile', 'The mobile that is linked with her ABHA')
  mobile(@Asked() asking: Asking, @Body() { mobile, noneIsHers }: MobileTyped): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'mobile', mobile, isNoneHers: noneIsHers });
  }

  @Step('method', 'Where the code goes')
  method(@Asked() asking: Asking, @Body() { method }: MethodChosen): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'method', method });
  }

  @Step('otp', 'The code')
  otp(@Asked() asking: Asking, @Body() { otp }: OtpTyped): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'otp', otp });
  }

  @Step('resend', 'Another code: 60 seconds after the last one, at most twice')
  resend(@Asked() asking: Asking, @Body() { aadhaar }: ResendWish): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'resend', aadhaar: aadhaar ?? undefined });
  }

  @Step('back', 'Give up the code, and begin again where it was asked for')
  back(@Asked() asking: Asking): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'back' });
  }

  @Step('account', 'Which of the accounts behind a mobile is hers')
  account(@Asked() asking: Asking, @Body() { account }: AccountChosen): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'account', account });
  }

  @Step('found', 'Which of the masked numbers is hers, and where the code goes')
  found(@Asked() asking: Asking, @Body() { account, method }: FoundChosen): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'found', account, method });
  }

  @Step('profile', 'Read the profile again; renews her session with ABDM')
  profile(@Asked() asking: Asking): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'profile' });
  }

  @Step('change', 'Change mobile, e-mail or KYC, or end the ABHA: sends a code')
  change(@Asked() asking: Asking, @Body() { change, value, method, reasons }: ChangeWanted): Promise<AbhaSessionView> {
    return this.desk.take(asking, { action: 'change', wish: { change, value, method, reasons: reasons ?? [] } });
  }
}

import { Controller, Get, Header, HttpCode, Post } from '@nestjs/common';
import { type AbhaCall, type OtpRequest, TheAbhaCall } from './abha-call.js';
import { AddressLogin } from './address-login.js';
import { cardPng, qrPng } from './pictures.js';
import { UserTokens } from './user-tokens.js';
import { addressProfile } from './views.js';

/** Login by ABHA address, and what its token opens. */
@Controller('abha/api/v3/phr/web/login')
export class AddressLoginController {
  constructor(
    private readonly login: AddressLogin,
    private readonly tokens: UserTokens,
  ) {}

  @Post('abha/search')
  @HttpCode(200)
  search(@TheAbhaCall() call: AbhaCall<{ readonly abhaAddress: string }>) {
    return this.login.search(call);
  }

  @Post('abha/request/otp')
  @HttpCode(200)
  requestOtp(@TheAbhaCall() call: AbhaCall<OtpRequest>) {
    return this.login.requestOtp(call);
  }

  @Post('abha/verify')
  @HttpCode(200)
  verify(@TheAbhaCall() call: AbhaCall<Parameters<AddressLogin['verify']>[0]['body']>) {
    return this.login.verify(call);
  }

  @Get('profile/abha-profile')
  profile(@TheAbhaCall() call: AbhaCall) {
    return addressProfile(this.tokens.addressHolder(call));
  }

  @Get('profile/abha/phr-card')
  @Header('content-type', 'image/png')
  card(@TheAbhaCall() call: AbhaCall) {
    return cardPng(this.tokens.addressHolder(call));
  }

  @Get('profile/abha/qr-code')
  @Header('content-type', 'image/png')
  qrCode(@TheAbhaCall() call: AbhaCall) {
    return qrPng(this.tokens.addressHolder(call));
  }
}

import { Controller, Get, Header, HttpCode, Patch, Post } from '@nestjs/common';
import { AbhaClock, indianTime } from './abha-clock.js';
import { type AbhaCall, type OtpAnswer, type OtpRequest, TheAbhaCall } from './abha-call.js';
import { AccountChanges } from './account-changes.js';
import { cardPng, qrPng } from './pictures.js';
import { ProfileChanges, type ProfilePatch } from './profile-changes.js';
import { UserTokens } from './user-tokens.js';
import { profile } from './views.js';

/** What the owner of an X-token sees and changes. */
@Controller('abha/api/v3/profile/account')
export class AccountController {
  constructor(
    private readonly tokens: UserTokens,
    private readonly changes: AccountChanges,
    private readonly profileChanges: ProfileChanges,
    private readonly clock: AbhaClock,
  ) {}

  @Get()
  profile(@TheAbhaCall() call: AbhaCall) {
    return profile(this.tokens.person(call));
  }

  @Patch()
  patch(@TheAbhaCall() call: AbhaCall<ProfilePatch>) {
    return this.profileChanges.patch(call);
  }

  @Get('qrCode')
  @Header('content-type', 'image/png')
  qrCode(@TheAbhaCall() call: AbhaCall) {
    return qrPng(this.tokens.person(call));
  }

  @Get('abha-card')
  @Header('content-type', 'image/png')
  card(@TheAbhaCall() call: AbhaCall) {
    return cardPng(this.tokens.person(call));
  }

  @Get('download-abha-card')
  @Header('content-type', 'image/png')
  @Header('content-disposition', 'attachment; filename="abha-card.png"')
  download(@TheAbhaCall() call: AbhaCall) {
    return cardPng(this.tokens.person(call));
  }

  @Post('request/otp')
  @HttpCode(200)
  requestOtp(@TheAbhaCall() call: AbhaCall<OtpRequest>) {
    return this.changes.requestOtp(call);
  }

  @Post('verify')
  @HttpCode(200)
  verify(@TheAbhaCall() call: AbhaCall<OtpAnswer>) {
    return this.changes.verify(call);
  }

  /** The link itself is not sent: nobody here has a mailbox to click in. */
  @Post('request/emailVerificationLink')
  @HttpCode(200)
  emailLink(@TheAbhaCall() call: AbhaCall) {
    this.tokens.person(call);
    return {};
  }

  @Get('request/token')
  refresh(@TheAbhaCall() call: AbhaCall) {
    return this.tokens.refreshed(call);
  }

  @Get('request/logout')
  logout(@TheAbhaCall() call: AbhaCall) {
    this.tokens.logout(call);
    return { message: 'You have been logged out', timestamp: indianTime(this.clock.now()) };
  }
}

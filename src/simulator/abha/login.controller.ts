import { Controller, HttpCode, Post } from '@nestjs/common';
import { type AbhaCall, type OtpRequest, TheAbhaCall } from './abha-call.js';
import { type AtOnce, BiometricLogin } from './biometric-login.js';
import { FindAbha } from './find-abha.js';
import { Login } from './login.js';
import { LoginAnswers } from './login-answers.js';

/** Login by ABHA number, mobile, Aadhaar or biometrics, and the search for a forgotten ABHA. */
@Controller('abha/api')
export class LoginController {
  constructor(
    private readonly login: Login,
    private readonly answers: LoginAnswers,
    private readonly biometrics: BiometricLogin,
    private readonly find: FindAbha,
  ) {}

  @Post('v3/profile/login/request/otp')
  @HttpCode(200)
  requestOtp(@TheAbhaCall() call: AbhaCall<OtpRequest>) {
    return this.login.requestOtp(call);
  }

  @Post('v3/profile/login/verify')
  @HttpCode(200)
  verify(@TheAbhaCall() call: AbhaCall<Parameters<LoginAnswers['verify']>[0]['body']>) {
    return this.answers.verify(call);
  }

  @Post('v3.1/profile/login/verify')
  @HttpCode(200)
  verifyAtOnce(@TheAbhaCall() call: AbhaCall<AtOnce>) {
    return this.biometrics.verify(call);
  }

  @Post('v3/profile/login/verify/user')
  @HttpCode(200)
  choose(@TheAbhaCall() call: AbhaCall<{ readonly ABHANumber: string; readonly txnId: string }>) {
    return this.answers.choose(call);
  }

  @Post('v3/profile/login/search')
  @HttpCode(200)
  byNumber(@TheAbhaCall() call: AbhaCall<{ readonly ABHANumber: string }>) {
    return this.find.byNumber(call);
  }

  @Post('v3/profile/account/abha/search')
  @HttpCode(200)
  byMobile(@TheAbhaCall() call: AbhaCall<{ readonly mobile: string }>) {
    return this.find.byMobile(call);
  }
}

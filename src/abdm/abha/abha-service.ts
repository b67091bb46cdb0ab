import { Injectable } from '@nestjs/common';
import { AbhaAccount } from './account.js';
import { AbhaAddressAccount } from './address-account.js';
import { AbhaAddressLogin } from './address-login.js';
import { AbhaEnrolment } from './enrolment.js';
import { AbhaFind } from './find.js';
import { AbhaLogin } from './login.js';

/** The ABHA service of NHA (Milestone 1), everything a desk or kiosk asks of it. Throws `AbhaServiceError`. */
@Injectable()
export class AbhaService {
  constructor(
    readonly enrolment: AbhaEnrolment,
    readonly login: AbhaLogin,
    readonly find: AbhaFind,
    readonly addressLogin: AbhaAddressLogin,
    readonly account: AbhaAccount,
    readonly addressAccount: AbhaAddressAccount,
  ) {}
}

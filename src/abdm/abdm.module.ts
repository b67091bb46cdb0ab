import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { AbhaCaller } from './abha/abha-caller.js';
import { AbhaHttp } from './abha/abha-http.js';
import { AbhaKey } from './abha/abha-key.js';
import { AbhaService } from './abha/abha-service.js';
import { AbhaAccount } from './abha/account.js';
import { AbhaAddressAccount } from './abha/address-account.js';
import { AbhaAddressLogin } from './abha/address-login.js';
import { AbhaEnrolment } from './abha/enrolment.js';
import { AbhaFind } from './abha/find.js';
import { AbhaLogin } from './abha/login.js';
import { CallbackVerifier } from './callback/callback-verifier.js';
import { GatewayKeys } from './callback/gateway-keys.js';
import { GatewayClient } from './client/gateway.client.js';
import { HttpClient } from './client/http-client.js';
import { Session } from './client/session.js';

// prettier-ignore
const ABHA = [
  AbhaAccount, AbhaAddressAccount, AbhaAddressLogin, AbhaCaller, AbhaEnrolment, AbhaFind, AbhaHttp, AbhaKey, AbhaLogin,
];

/** Needs a `SESSION_STORE` from a global module (`exchange/` has it on PostgreSQL). */
@Module({
  imports: [HttpModule],
  providers: [...ABHA, AbhaService, CallbackVerifier, GatewayClient, GatewayKeys, HttpClient, Session],
  exports: [AbhaService, CallbackVerifier, GatewayClient],
})
export class AbdmModule {}

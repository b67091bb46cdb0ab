import { HttpModule } from '@nestjs/axios';
import { Module } from '@nestjs/common';
import { CallbackVerifier } from './callback/callback-verifier.js';
import { GatewayKeys } from './callback/gateway-keys.js';
import { GatewayClient } from './client/gateway.client.js';
import { HttpClient } from './client/http-client.js';
import { Session } from './client/session.js';

/** Needs a `SESSION_STORE` from a global module (`exchange/` has it on PostgreSQL). */
@Module({
  imports: [HttpModule],
  providers: [CallbackVerifier, GatewayClient, GatewayKeys, HttpClient, Session],
  exports: [CallbackVerifier, GatewayClient],
})
export class AbdmModule {}

import { Controller, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import { flatRefusal } from '../contract/refusal.js';
import { Settings } from '../settings.js';
import { type AbdmCall, TheCall } from './abdm-call.js';
import { Clients, withoutSlash } from './clients.js';
import { SigningKeys } from './signing-keys.js';
import { Violations } from './violations.js';

interface SessionRequest {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Sessions, callback keys, and the bridge registry. */
@Controller('api/hiecm/gateway/v3')
export class GatewayController {
  constructor(
    private readonly contract: Contract,
    private readonly settings: Settings,
    private readonly clients: Clients,
    private readonly keys: SigningKeys,
    private readonly violations: Violations,
  ) {}

  @Post('sessions')
  @HttpCode(202)
  createSession(@TheCall() call: AbdmCall<SessionRequest>) {
    const accessToken = this.clients.openSession(call.body.clientId, call.body.clientSecret);
    if (!accessToken) throw this.contract.refusal('createSession', '900901');
    const expiresIn = this.settings.current.sessionSeconds;
    return { accessToken, expiresIn, refreshExpiresIn: 1800, refreshToken: 'not-in-use', tokenType: 'bearer' };
  }

  @Get('.well-known/openid-configuration')
  openIdConfiguration() {
    return { jwks_uri: `${this.settings.current.publicUrl}/api/hiecm/gateway/v3/certs` };
  }

  @Get('certs')
  certs() {
    return this.keys.jwks();
  }

  /** Last writer wins, without a word: that is how callbacks get lost in the sandbox. */
  @Patch('bridge/url')
  @HttpCode(202)
  updateBridgeUrl(@TheCall() call: AbdmCall<{ readonly url: string }>): void {
    if (!/^https?:\/\//.test(call.body.url) || !URL.canParse(call.body.url)) {
      throw flatRefusal(400, 'ABDM-1010', 'Validation failed');
    }
    const url = new URL(call.body.url);
    if (url.pathname !== '/' || url.search) {
      this.violations.record('bridge-url-with-path', 'The URL has a path or query', { requestId: call.requestId });
    }
    const client = this.clients.client(call.clientId);
    if (client) client.bridgeUrl = withoutSlash(call.body.url);
  }

  @Get('bridge-services')
  bridgeServices(@TheCall() call: AbdmCall) {
    const client = this.clients.client(call.clientId);
    return {
      bridge: {
        id: call.clientId,
        name: call.clientId,
        url: client?.bridgeUrl ?? '',
        active: true,
        blocklisted: false,
      },
      services: this.clients
        .facilitiesOf(call.clientId)
        .map(({ id, name }) => ({ id, name, types: ['HIP', 'HIU'], endpoints: {}, active: true })),
    };
  }

  @Get('bridge-service/serviceId/:serviceId')
  bridgeService(@Param('serviceId') serviceId: string) {
    const facility = this.clients.facility(serviceId);
    if (!facility) throw flatRefusal(400, 'ABDM-1025', 'Invalid ServiceId');
    const registered = this.clients.client(facility.clientId)?.registeredAt ?? null;
    return {
      id: 1,
      bridgeId: facility.clientId,
      serviceId,
      name: facility.name,
      isHip: true,
      isHiu: true,
      isPhr: false,
      endpoints: {},
      active: true,
      registerTime: registered,
      dateCreated: registered,
      dateModified: registered,
    };
  }
}

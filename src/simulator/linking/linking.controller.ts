import { Controller, HttpCode, Post } from '@nestjs/common';
import { type AbdmCall, TheCall } from '../gateway/abdm-call.js';
import { CareContextLinking, type LinkRequest } from './care-context-linking.js';
import { ContextNotices, type ContextNotice } from './context-notices.js';
import { LinkTokenRequests } from './link-token-requests.js';
import { SmsNotices, type SmsNotice } from './sms-notices.js';
import type { ClaimedIdentity } from '../patient-app/patients.js';
import { AbhaStatus, type StatusAnswer } from '../patient-app/abha-status.js';

/** HIP-initiated linking, as the contract's paths. */
@Controller('api/hiecm')
export class LinkingController {
  constructor(
    private readonly linkTokenRequests: LinkTokenRequests,
    private readonly linking: CareContextLinking,
    private readonly notices: ContextNotices,
    private readonly smsNotices: SmsNotices,
    private readonly abhaStatus: AbhaStatus,
  ) {}

  @Post('v3/token/generate-token')
  @HttpCode(202)
  generateToken(@TheCall() call: AbdmCall<ClaimedIdentity>): void {
    this.linkTokenRequests.ask(call);
  }

  @Post('hip/v3/link/carecontext')
  @HttpCode(202)
  link(@TheCall() call: AbdmCall<LinkRequest>): void {
    this.linking.ask(call);
  }

  @Post('hip/v3/link/context/notify')
  @HttpCode(202)
  notify(@TheCall() call: AbdmCall<ContextNotice>): void {
    this.notices.notify(call);
  }

  @Post('hip/v3/link/patient/links/sms/notify2')
  @HttpCode(202)
  sms(@TheCall() call: AbdmCall<SmsNotice>): void {
    this.smsNotices.take(call);
  }

  /** Listed by the M2 document without a body: see contract/assumed.yaml. */
  @Post('hip/v3/link/patient/links/hip/on-deactivate')
  @HttpCode(202)
  onDeactivate(@TheCall() call: AbdmCall<StatusAnswer | undefined>): void {
    this.abhaStatus.acknowledged(call);
  }
}

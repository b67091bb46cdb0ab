import { Controller, HttpCode, Post } from '@nestjs/common';
import { type AbdmCall, TheCall } from '../gateway/abdm-call.js';
import { Discover, type OnDiscover } from './discover.js';
import { LinkConfirms, type OnLinkConfirm } from './link-confirms.js';
import { LinkInits, type OnLinkInit } from './link-inits.js';

/** User-initiated linking: the HIP's answers, as the contract's paths. */
@Controller('api/hiecm/user-initiated-linking/v3')
export class UserLinkingController {
  constructor(
    private readonly discover: Discover,
    private readonly inits: LinkInits,
    private readonly confirms: LinkConfirms,
  ) {}

  @Post('patient/care-context/on-discover')
  @HttpCode(202)
  onDiscover(@TheCall() call: AbdmCall<OnDiscover>): void {
    this.discover.answer(call);
  }

  @Post('link/care-context/on-init')
  @HttpCode(202)
  onInit(@TheCall() call: AbdmCall<OnLinkInit>): void {
    this.inits.answer(call);
  }

  @Post('link/care-context/on-confirm')
  @HttpCode(202)
  onConfirm(@TheCall() call: AbdmCall<OnLinkConfirm>): void {
    this.confirms.answer(call);
  }
}

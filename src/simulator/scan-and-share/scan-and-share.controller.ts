import { Controller, HttpCode, Post } from '@nestjs/common';
import { type AbdmCall, TheCall } from '../gateway/abdm-call.js';
import { type OnRunningToken, RunningTokens } from './running-tokens.js';
import { Scans } from './scans.js';
import type { OnShare } from './shares.js';

/** Scan and share: the HIP's answers, as the contract's paths. */
@Controller('api/hiecm/patient-share/v3')
export class ScanAndShareController {
  constructor(
    private readonly scans: Scans,
    private readonly runningTokens: RunningTokens,
  ) {}

  @Post('on-share')
  @HttpCode(202)
  onShare(@TheCall() call: AbdmCall<OnShare>): void {
    this.scans.answer(call);
  }

  @Post('running-token/on-status')
  @HttpCode(202)
  onRunningTokenStatus(@TheCall() call: AbdmCall<OnRunningToken>): void {
    this.runningTokens.answer(call);
  }
}

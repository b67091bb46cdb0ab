import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import { envelopeRefusal, flatRefusal } from '../contract/refusal.js';
import { type AbdmCall, TheCall } from '../gateway/abdm-call.js';
import { OpenQuestions } from '../gateway/open-questions.js';
import { TransferNotices } from './transfer-notices.js';
import { type TransferNotice, Transfers } from './transfers.js';

interface Answer {
  readonly response: { readonly requestId: string };
}

/** What a HIP tells the consent manager: acknowledgements, answers to requests, closed transfers. */
@Controller('api/hiecm')
export class ConsentManagerController {
  constructor(
    private readonly contract: Contract,
    private readonly questions: OpenQuestions,
    private readonly transfers: Transfers,
    private readonly notices: TransferNotices,
  ) {}

  @Post('consent/v3/request/hip/on-notify')
  @HttpCode(202)
  onNotify(@TheCall() call: AbdmCall<Answer>): void {
    // No code of its own is published for a second answer here; the question is gone, so it maps to nothing.
    if (this.questions.answer(call, call.body.response.requestId) !== 'taken') {
      throw this.contract.refusal('onConsentHipNotify', 'ABDM-2500');
    }
  }

  /** 200 where the specification says 202, as observed. */
  @Post('data-flow/v3/health-information/hip/on-request')
  @HttpCode(200)
  onRequest(@TheCall() call: AbdmCall<Answer>): void {
    const outcome = this.questions.answer(call, call.body.response.requestId);
    if (outcome === 'repeated') throw this.contract.refusal('onHealthInformationRequest', 'ABDM-1113');
    if (outcome === 'unknown') throw flatRefusal(400, 'ABDM-2500', 'No mapping found for');
  }

  @Post('data-flow/v3/health-information/notify')
  @HttpCode(202)
  notify(@TheCall() call: AbdmCall<{ readonly notification: TransferNotice }>) {
    this.notices.close(call);
    return { status: 'Notification is Accepted' };
  }

  @Get('data-flow/v3/health-information/request/status/:transactionId')
  status(@Param('transactionId') transactionId: string) {
    const transfer = this.transfers.find(transactionId);
    if (!transfer) throw envelopeRefusal(404, 'ABDM-1001', 'No data found');
    return { transactionId, status: transfer.state.toUpperCase() };
  }
}

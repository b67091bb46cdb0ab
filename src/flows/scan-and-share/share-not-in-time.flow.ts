import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RunningTokenRequest } from '../../abdm/messages/running-token.js';
import type { ShareRequest } from '../../abdm/messages/patient-share.js';
import { REFUSALS } from '../../abdm/refusals.js';
import { OnLate, type CallbackContext } from '../../exchange/flow-steps.js';
import { Outbox } from '../../exchange/outbox.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { EndOfDay } from './end-of-day.flow.js';

/** If this process dies between writing a late answer and sending it, another one sends it after so long. */
const SENT_BY_ITSELF_MS = 3_000;

/**
 * When the step itself does not come to an answer: she is told to try again, and what the step still does is undone, so that
 * no token stands in the queue of which her phone says it was not given. See `exchange/late-answers.ts`.
 */
@Injectable()
export class ShareNotInTime {
  constructor(
    private readonly endOfDay: EndOfDay,
    private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @OnLate('patient.share')
  async sharedLate(tx: EntityManager, _: ShareRequest, asked: CallbackContext): Promise<void> {
    await this.outbox.answer(tx, 'patient.share', asked, { error: REFUSALS['no-token-now'] }, this.late(asked));
    await this.endOfDay.planForRefused(tx, asked.facilityId);
  }

  @OnLate('running-token.status')
  async runningTokenLate(tx: EntityManager, _: RunningTokenRequest, asked: CallbackContext): Promise<void> {
    await this.outbox.answer(tx, 'running-token.status', asked, { error: REFUSALS['not-in-time'] }, this.late(asked));
  }

  private late({ exchangeId }: CallbackContext): { readonly about: string; readonly runAt: Date } {
    return { about: exchangeId, runAt: new Date(this.clock.now().getTime() + SENT_BY_ITSELF_MS) };
  }
}

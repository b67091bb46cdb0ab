import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RunningTokenRequest } from '../../abdm/messages/running-token.js';
import { REFUSALS } from '../../abdm/refusals.js';
import { OnRequest, type CallbackContext } from '../../exchange/flow-steps.js';
import { Outbox } from '../../exchange/outbox.js';
import { Facilities } from '../../persistence/facilities.js';
import { Counters } from './counters.js';
import { QueueStatus } from './queue-status.js';

/**
 * A patient looks at her phone to see whose turn it is. ABDM does not say who asks, and lets ask only who has a token there;
 * nothing here is about a person, so nothing is audited. Source: M2 flows, section 7; NHA's document on the running token.
 */
@Injectable()
export class RunningToken {
  constructor(
    private readonly counters: Counters,
    private readonly facilities: Facilities,
    private readonly outbox: Outbox,
    private readonly status: QueueStatus,
  ) {}

  @OnRequest('running-token.status')
  async asked(tx: EntityManager, { hipId, context }: RunningTokenRequest, asked: CallbackContext): Promise<void> {
    const about = asked.exchangeId;
    const ourId = (await this.facilities.byId(asked.facilityId))?.serviceId ?? '';
    if ((hipId ?? ourId) !== ourId) {
      return this.outbox.answer(tx, 'running-token.status', asked, { error: REFUSALS['other-hip'] }, { about });
    }
    const counter = await this.counters.find(asked.facilityId, context, tx);
    const status = counter && (await this.status.of(tx, counter.id));
    if (status === undefined || status.issued === 0) {
      return this.outbox.answer(tx, 'running-token.status', asked, { error: REFUSALS['no-token-today'] }, { about });
    }
    const { runningToken, averageServiceMinutes: minutes } = status;
    const token = {
      hipId: ourId,
      context,
      // Tokens are given, and nobody is called yet: the first is 1.
      runningTokenNumber: String(runningToken ?? 0),
      ...(minutes !== undefined && { averageTokenServiceTimeInMinutes: minutes }),
    };
    await this.outbox.answer(tx, 'running-token.status', asked, { token }, { about });
  }
}

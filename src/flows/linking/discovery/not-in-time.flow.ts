import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { DiscoverRequest } from '../../../abdm/messages/discover.js';
import type { LinkConfirmRequest } from '../../../abdm/messages/link-confirm.js';
import type { LinkInitRequest } from '../../../abdm/messages/link-init.js';
import { REFUSALS } from '../../../abdm/refusals.js';
import { OnLate, type CallbackContext } from '../../../exchange/flow-steps.js';
import { Outbox } from '../../../exchange/outbox.js';
import { DoesJob } from '../../../jobs/job-handlers.js';
import { appendAudit } from '../../../persistence/audit.js';
import { CLOCK, type Clock } from '../../../support/clock.js';

/** If this process dies between writing a late answer and sending it, another one sends it after so long. */
const SENT_BY_ITSELF_MS = 15_000;

/**
 * User-initiated linking when its own step does not come to an answer: the patient is told to try again, and whatever the
 * step still does is undone. See `exchange/late-answers.ts`.
 */
@Injectable()
export class LinkingNotInTime {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @OnLate('care-context.discover')
  async discoveredLate(tx: EntityManager, { transactionId }: DiscoverRequest, asked: CallbackContext): Promise<void> {
    const then = { name: 'user-link.not-in-time', id: asked.exchangeId } as const;
    const answer = { transactionId, error: REFUSALS['not-in-time'] };
    await this.outbox.answer(tx, 'care-context.discover', asked, answer, { ...this.late(asked), then });
  }

  @OnLate('care-context.link-init')
  async begunLate(tx: EntityManager, { transactionId, error }: LinkInitRequest, asked: CallbackContext): Promise<void> {
    if (error) return;
    const answer = { transactionId, error: REFUSALS['not-in-time'] };
    await this.outbox.answer(tx, 'care-context.link-init', asked, answer, this.late(asked));
  }

  @OnLate('care-context.link-confirm')
  async confirmedLate(tx: EntityManager, _: LinkConfirmRequest, asked: CallbackContext): Promise<void> {
    const answer = { error: REFUSALS['not-in-time'] };
    await this.outbox.answer(tx, 'care-context.link-confirm', asked, answer, this.late(asked));
  }

  /** Afterwards and not with the answer: the chain of the audit may be what was in the way. */
  @DoesJob('user-link.not-in-time')
  async auditLate(exchangeId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const [row]: { facility_id: string }[] = await tx.query('SELECT facility_id FROM exchange WHERE id = $1', [
        exchangeId,
      ]);
      if (row === undefined) return;
      await appendAudit(tx, {
        at: this.clock.now(),
        actor: 'abdm',
        action: 'patient.discovered',
        facilityId: row.facility_id,
        subjectId: exchangeId,
        outcome: 'not-in-time',
      });
    });
  }

  private late({ exchangeId }: CallbackContext): { readonly about: string; readonly runAt: Date } {
    return { about: exchangeId, runAt: new Date(this.clock.now().getTime() + SENT_BY_ITSELF_MS) };
  }
}

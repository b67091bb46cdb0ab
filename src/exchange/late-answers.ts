import { Inject, Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { DataSource } from 'typeorm';
import { INCOMING } from '../abdm/messages/index.js';
import { PROTOCOL, type AskedByAbdm } from '../abdm/protocol.js';
import { Sealer } from '../persistence/sealing.js';
import { CLOCK, type Clock } from '../support/clock.js';
import { LOGGER, type Logger } from '../support/logger.js';
import { FlowSteps } from './flow-steps.js';
import type { StoredBody } from './inbox.js';
import { AnsweredAlready, messageLabel } from './outbox.js';
import { Sender } from './sender.js';

/** So much of the time ABDM gives is the step's own: 8 of 10 seconds, 24 of 30. */
const STEPS_SHARE = 0.8;
const LOOK_EVERY_MS = 500;
const MOST_AT_ONCE = 200;

interface Unanswered {
  readonly id: string;
  readonly name: AskedByAbdm;
  readonly request_id: string;
  readonly facility_id: string;
  readonly sealed_message: Buffer;
  readonly created_at: Date;
}

/**
 * When ABDM's time for an answer is nearly over and none is in the outbox (the step fails, waits for a lock, or its job
 * has found no free worker), the flow's `OnLate` step answers instead: better a "no" than silence. It needs no job: every
 * process looks, and sends by itself. The step that is still at work finds its answer given, and is rolled back.
 */
@Injectable()
export class LateAnswers {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  /** One that hangs must not keep the others waiting, nor be begun twice. */
  private readonly underWay = new Map<string, Promise<void>>();

  constructor(
    private readonly db: DataSource,
    private readonly sealer: Sealer,
    private readonly sender: Sender,
    private readonly steps: FlowSteps,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.looking ??= this.look()
        .catch((error: unknown) => this.log.warn({ error }, 'could not look for unanswered callbacks'))
        .finally(() => (this.looking = undefined));
    }, LOOK_EVERY_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
    await Promise.all(this.underWay.values());
  }

  private async look(): Promise<void> {
    const names = this.steps.answeredLate();
    const late: Unanswered[] = await this.db.query(
      `SELECT id, question.name, request_id, facility_id, sealed_message, created_at FROM exchange AS question
       JOIN unnest($1::text[], $2::timestamptz[]) AS late (name, before) ON late.name = question.name
       WHERE state = 'received' AND created_at < late.before AND NOT EXISTS (
         SELECT 1 FROM exchange AS answer
         WHERE answer.direction = 'out' AND answer.reply_to IS NOT NULL AND answer.reply_to = question.request_id)
       ORDER BY created_at LIMIT $3`,
      [names, names.map((name) => this.nearlyOverBefore(name)), MOST_AT_ONCE],
    );
    for (const question of late) {
      if (this.underWay.has(question.id)) continue;
      const work = this.answer(question)
        .catch((error: unknown) => this.log.error({ exchange: question.name, error }, 'could not answer in time'))
        .finally(() => this.underWay.delete(question.id));
      this.underWay.set(question.id, work);
    }
  }

  /** What came before has waited too long. */
  private nearlyOverBefore(name: AskedByAbdm): Date {
    return new Date(this.clock.now().getTime() - PROTOCOL[name].waitSeconds * 1000 * STEPS_SHARE);
  }

  private async answer(question: Unanswered): Promise<void> {
    const { id, name, request_id: requestId } = question;
    const { hiuId, body } = this.sealer.openJson(messageLabel(id), question.sealed_message) as StoredBody;
    const message = plainToInstance(INCOMING[name] as new () => object, body);
    const facilityId = question.facility_id;
    const context = { exchangeId: id, requestId, facilityId, receivedAt: question.created_at, hiuId };
    try {
      await this.db.transaction(async (tx) => {
        // The step may be about to commit an answer of its own.
        await tx.query(`SET LOCAL lock_timeout = '1s'`);
        await this.steps.late(name, tx, message, context);
        await tx.query(
          `UPDATE exchange SET state = 'handled', ended_at = $2 WHERE id IN (
             SELECT id FROM exchange WHERE id = $1 AND state = 'received' FOR UPDATE SKIP LOCKED)`,
          [id, this.clock.now()],
        );
      });
    } catch (error) {
      if (error instanceof AnsweredAlready) return;
      throw error;
    }
    this.log.warn({ exchange: name, requestId }, 'a callback was answered by the clock');
    const [answer]: { id: string }[] = await this.db.query(
      `SELECT id FROM exchange WHERE direction = 'out' AND reply_to IS NOT NULL AND reply_to = $1`,
      [requestId],
    );
    if (answer !== undefined) await this.sender.send(answer.id);
  }
}

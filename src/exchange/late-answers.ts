import { Inject, Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { DataSource } from 'typeorm';
import { INCOMING } from '../abdm/messages/index.js';
import type { AskedByAbdm } from '../abdm/protocol.js';
import { Sealer } from '../persistence/sealing.js';
import { CLOCK, type Clock } from '../support/clock.js';
import { LOGGER, type Logger } from '../support/logger.js';
import { FlowSteps } from './flow-steps.js';
import type { StoredBody } from './inbox.js';
import { AnsweredAlready, messageLabel } from './outbox.js';
import { Sender } from './sender.js';

/** ABDM gives up after 10 seconds. */
const NEARLY_OVER_MS = 8_000;
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
    const late: Unanswered[] = await this.db.query(
      `SELECT id, name, request_id, facility_id, sealed_message, created_at FROM exchange AS question
       WHERE state = 'received' AND created_at < $1 AND name = ANY($2) AND NOT EXISTS (
         SELECT 1 FROM exchange AS answer
         WHERE answer.direction = 'out' AND answer.reply_to IS NOT NULL AND answer.reply_to = question.request_id)
       ORDER BY created_at LIMIT $3`,
      [new Date(this.clock.now().getTime() - NEARLY_OVER_MS), this.steps.answeredLate(), MOST_AT_ONCE],
    );
    for (const question of late) {
      if (this.underWay.has(question.id)) continue;
      const work = this.answer(question)
        .catch((error: unknown) => this.log.error({ exchange: question.name, error }, 'could not answer in time'))
        .finally(() => this.underWay.delete(question.id));
      this.underWay.set(question.id, work);
    }
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

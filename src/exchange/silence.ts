import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SentByUs } from '../abdm/protocol.js';
import { DoesJob } from '../jobs/job-handlers.js';
import { JOBS } from '../jobs/jobs.js';
import { CLOCK, type Clock } from '../support/clock.js';
import { LOGGER, type Logger } from '../support/logger.js';
import { FlowSteps } from './flow-steps.js';

const LOOK_EVERY_MS = 5_000;

/** Notices messages whose reply never comes, and tells their flow. Runs in every worker process. */
@Injectable()
export class Silence {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly steps: FlowSteps,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  start(): void {
    this.timer = setInterval(() => {
      this.notice().catch((error: unknown) => this.log.warn({ error }, 'could not look for missing replies'));
    }, LOOK_EVERY_MS);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Also run by the tests, which do not wait for the timer. */
  async notice(): Promise<void> {
    await this.db.query(
      `WITH silent AS (
         UPDATE exchange SET state = 'timed-out', ended_at = $1 WHERE id IN (
           SELECT id FROM exchange WHERE state = 'sent' AND wait_until < $1 LIMIT 500 FOR UPDATE SKIP LOCKED
         ) RETURNING id
       )
       SELECT graphile_worker.add_job('exchange.no-reply', json_build_object('id', id), max_attempts => $2) FROM silent`,
      [this.clock.now(), JOBS['exchange.no-reply'].attempts],
    );
  }

  @DoesJob('exchange.no-reply')
  async tell(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const [message]: { name: SentByUs; about: string }[] = await tx.query(
        `SELECT name, about FROM exchange WHERE id = $1 AND state = 'timed-out' FOR UPDATE`,
        [id],
      );
      if (message === undefined) return; // the reply came after all
      this.log.warn({ exchange: message.name, about: message.about }, 'no reply came in time');
      await this.steps.failure(message.name, tx, message.about, { kind: 'no-reply', code: '', meaning: 'not-known' });
    });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { DataSource, type EntityManager } from 'typeorm';
import { INCOMING } from '../abdm/messages/index.js';
import { isAskedByUs, type AskedByAbdm, type AskedByUs } from '../abdm/protocol.js';
import { DoesJob } from '../jobs/job-handlers.js';
import { JOBS } from '../jobs/jobs.js';
import { Sealer } from '../persistence/sealing.js';
import { CLOCK, type Clock } from '../support/clock.js';
import { newId } from '../support/ids.js';
import { LOGGER, type Logger } from '../support/logger.js';
import { FlowSteps } from './flow-steps.js';
import { AnsweredAlready, messageLabel } from './outbox.js';
import { priorityOf } from './priority.js';

/** A checked callback, as the door hands it on. */
export interface Callback {
  readonly name: AskedByUs | AskedByAbdm | 'unknown';
  readonly requestId: string;
  readonly facilityId: string | undefined;
  /** The message of ours it answers. */
  readonly question: Question | undefined;
  /** `X-HIU-ID`, where the caller names one. */
  readonly hiuId: string | undefined;
  readonly body: unknown;
}

/** A message of ours. */
export interface Question {
  readonly id: string;
  readonly facilityId: string;
}

/** What is sealed of a callback. */
export interface StoredBody {
  readonly hiuId?: string;
  readonly body: unknown;
}

interface StoredCallback {
  readonly name: AskedByUs | AskedByAbdm;
  readonly request_id: string;
  /** What the message of ours is about that it answers; null when that was answered before, or there is none. */
  readonly question_about: string | null;
  readonly facility_id: string;
  readonly sealed_message: Buffer;
  readonly created_at: Date;
}

/** Callbacks: stored with their job in one statement, handled by a worker in one transaction. */
@Injectable()
export class Inbox {
  constructor(
    private readonly db: DataSource,
    private readonly sealer: Sealer,
    private readonly steps: FlowSteps,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** The message of ours that went out under this REQUEST-ID, at its first attempt or a later one. */
  async questionUnder(name: AskedByUs, requestId: string): Promise<Question | undefined> {
    const select = `SELECT id, facility_id AS "facilityId" FROM exchange
      WHERE direction = 'out' AND name = $1 AND`;
    const [now]: Question[] = await this.db.query(`${select} request_id = $2`, [name, requestId]);
    if (now !== undefined) return now;
    const [earlier]: Question[] = await this.db.query(
      `${select} earlier_request_ids <> '{}' AND earlier_request_ids @> ARRAY[$2::uuid]`,
      [name, requestId],
    );
    return earlier;
  }

  /** False when a callback under this REQUEST-ID is stored already. */
  async store(callback: Callback, handle: boolean): Promise<boolean> {
    const id = newId();
    const values = [
      id,
      callback.name,
      handle ? 'received' : 'ignored',
      callback.requestId,
      callback.question?.id ?? null,
      callback.facilityId ?? null,
      this.sealer.sealJson(messageLabel(id), { hiuId: callback.hiuId, body: callback.body }),
      this.clock.now(),
    ];
    const insert = `INSERT INTO exchange (id, name, direction, state, request_id, about, facility_id, sealed_message,
        created_at) VALUES ($1, $2, 'in', $3, $4, $5, $6, $7, $8)
      ON CONFLICT (request_id) WHERE direction = 'in' DO NOTHING RETURNING id`;
    if (!handle) return (await this.db.query<unknown[]>(insert, values)).length === 1;
    const stored: unknown[] = await this.db.query(
      `WITH stored AS (${insert})
       SELECT graphile_worker.add_job('exchange.handle', json_build_object('id', id), max_attempts => $9,
         priority => $10) FROM stored`,
      [...values, JOBS['exchange.handle'].attempts, priorityOf(callback.name)],
    );
    return stored.length === 1;
  }

  /** Stored after it had been answered without the database: nothing is to be done for it. */
  async ignore(requestId: string): Promise<void> {
    await this.db.query(
      `UPDATE exchange SET state = 'ignored' WHERE direction = 'in' AND request_id = $1 AND state = 'received'`,
      [requestId],
    );
  }

  @DoesJob('exchange.handle')
  async handle(id: string): Promise<void> {
    try {
      await this.db.transaction((tx) => this.handleIn(tx, id));
    } catch (error) {
      if (!(error instanceof AnsweredAlready)) throw error;
      // We were too slow, and another answer went out (`late-answers.ts`): all this step did is undone.
      await this.db.query(`UPDATE exchange SET state = 'handled', ended_at = $2 WHERE id = $1 AND state = 'received'`, [
        id,
        this.clock.now(),
      ]);
    }
  }

  private async handleIn(tx: EntityManager, id: string): Promise<void> {
    // One statement: the row lock makes a second run of this job wait, and then find nothing to do; and a question is
    // answered once. A late reply still counts, also when a repeat of the question was refused because ABDM had the first.
    const [callback]: StoredCallback[] = await tx.query(
      `WITH callback AS (
           UPDATE exchange SET state = 'handled', ended_at = $2 WHERE id = $1 AND state = 'received' RETURNING *
         ), question AS (
           UPDATE exchange AS q SET state = 'answered', ended_at = $2 FROM callback
           WHERE q.id = callback.about AND q.state <> 'answered' RETURNING q.about
         )
         SELECT callback.*, (SELECT about FROM question) AS question_about FROM callback`,
      [id, this.clock.now()],
    );
    if (callback === undefined) return;
    const { name } = callback;
    const { hiuId, body } = this.sealer.openJson(messageLabel(id), callback.sealed_message) as StoredBody;
    const message = plainToInstance(INCOMING[name] as new () => object, body);
    if (isAskedByUs(name)) {
      if (callback.question_about !== null) return this.steps.reply(name, tx, callback.question_about, message);
      this.log.warn({ exchange: name, requestId: callback.request_id }, 'a second reply to one message was ignored');
      await tx.query(`UPDATE exchange SET state = 'ignored' WHERE id = $1`, [id]);
      return;
    }
    await this.steps.request(name, tx, message, {
      exchangeId: id,
      requestId: callback.request_id,
      facilityId: callback.facility_id,
      receivedAt: callback.created_at,
      hiuId,
    });
  }
}

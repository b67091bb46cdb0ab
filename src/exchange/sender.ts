import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { GatewayClient } from '../abdm/client/gateway.client.js';
import { GatewayError } from '../abdm/client/gateway-error.js';
import { PROTOCOL, type AskedByAbdm, type Exchange, type SentByUs } from '../abdm/protocol.js';
import { DoesJob, GivesUpJob } from '../jobs/job-handlers.js';
import { JobQueue, URGENT } from '../jobs/job-queue.js';
import { Facilities } from '../persistence/facilities.js';
import { Sealer } from '../persistence/sealing.js';
import { CLOCK, type Clock } from '../support/clock.js';
import { counters } from '../support/counters.js';
import { newId } from '../support/ids.js';
import { LOGGER, type Logger } from '../support/logger.js';
import type { Failure } from './failure.js';
import { FlowSteps } from './flow-steps.js';
import { priorityOf } from './priority.js';
import { messageLabel, type StoredMessage, type ThenJob } from './outbox.js';

const THREE_DAYS_SECONDS = 3 * 86_400;
const LONGEST_PAUSE_SECONDS = 300;

interface Message {
  readonly id: string;
  readonly name: SentByUs | AskedByAbdm;
  readonly request_id: string;
  readonly facility_id: string;
  readonly about: string;
  readonly sealed_message: Buffer;
  readonly then_job: ThenJob | null;
  readonly attempts: number;
  readonly created_at: Date;
}

/** Sends what waits in the outbox. HTTP happens here, outside of every transaction. */
@Injectable()
export class Sender {
  constructor(
    private readonly db: DataSource,
    private readonly client: GatewayClient,
    private readonly steps: FlowSteps,
    private readonly jobs: JobQueue,
    private readonly facilities: Facilities,
    private readonly sealer: Sealer,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @DoesJob('exchange.send')
  async send(id: string): Promise<void> {
    const message = await this.claim(id);
    if (message === undefined) return;
    const facility = await this.facilities.byId(message.facility_id);
    if (facility === undefined) throw new Error('A message is for a facility that is not known');
    const { headers, body } = this.sealer.openJson(messageLabel(id), message.sealed_message) as StoredMessage;
    const startedAt = performance.now();
    try {
      const status = await this.client.send(message.name, {
        requestId: message.request_id,
        hipId: facility.serviceId,
        body,
        ...(headers && { headers }),
      });
      await this.sent(message, status);
      this.note(message, `${status}`, startedAt);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.note(message, error.code || `${error.status ?? 'no answer'}`, startedAt);
      await this.notTaken(message, error);
    }
  }

  /** The last attempt ended in a fault of our own. */
  @GivesUpJob('exchange.send')
  async giveUp(id: string): Promise<void> {
    const rows: Message[] = await this.db.query('SELECT * FROM exchange WHERE id = $1', [id]);
    const message = rows[0];
    if (message === undefined) return;
    await this.end(message, 'failed', { kind: 'fault', code: '', meaning: 'not-known' }, undefined);
  }

  /**
   * Before anything is sent, the REQUEST-ID it goes out under is stored: the reply can be faster than the HTTP answer. A
   * second attempt takes a fresh one (the gateway refuses a used one) and remembers the first.
   */
  private async claim(id: string): Promise<Message | undefined> {
    const [rows] = await this.db.query<[Message[], number]>(
      `UPDATE exchange SET attempts = attempts + 1,
         earlier_request_ids = CASE WHEN attempts > 0 THEN earlier_request_ids || request_id ELSE earlier_request_ids END,
         request_id = CASE WHEN attempts > 0 THEN $2 ELSE request_id END
       WHERE id = $1 AND state = 'waiting' RETURNING *`,
      [id, newId()],
    );
    return rows[0];
  }

  private async sent(message: Message, status: number): Promise<void> {
    counters.sent.inc({ exchange: message.name, outcome: 'sent' });
    const wait = waitSeconds(message.name);
    const now = this.clock.now();
    const save = (tx: Pick<EntityManager, 'query'>): Promise<unknown> =>
      // A reply that was faster has already set 'answered': leave that.
      tx.query(
        `UPDATE exchange SET state = $2, http_status = $3, sent_at = $4, ended_at = $5, wait_until = $6, code = NULL
         WHERE id = $1 AND state = 'waiting'`,
        wait === undefined
          ? [message.id, 'answered', status, now, now, null]
          : [message.id, 'sent', status, now, null, new Date(now.getTime() + wait * 1000)],
      );
    const { then_job: then } = message;
    if (then === null) {
      await save(this.db);
      return;
    }
    await this.db.transaction(async (tx) => {
      await save(tx);
      await this.jobs.add(tx, then.name, then.id);
    });
  }

  private async notTaken(message: Message, error: GatewayError): Promise<void> {
    // An answer that ABDM already has is as good as given: the attempt before this one got through.
    if (error.meaning === 'duplicate-answer') return this.sent(message, error.status ?? 0);
    const ageSeconds = (this.clock.now().getTime() - message.created_at.getTime()) / 1000;
    if (error.retryable && ageSeconds < triedForSeconds(message.name)) return this.later(message, error);
    const kind = error.retryable ? 'no-reply' : 'refused';
    await this.end(
      message,
      kind === 'refused' ? 'refused' : 'failed',
      { kind, code: error.code, meaning: error.meaning },
      error.status,
    );
  }

  private async later(message: Message, error: GatewayError): Promise<void> {
    counters.sent.inc({ exchange: message.name, outcome: 'later' });
    // Never at once, not even with `Retry-After: 0`.
    const pause = Math.max(
      1,
      error.retryAfterSeconds ?? Math.min(LONGEST_PAUSE_SECONDS, 2 ** Math.min(message.attempts, 9)),
    );
    // Spread out, so that a day's backlog does not knock all at once when the gateway is back.
    const runAt = new Date(this.clock.now().getTime() + pause * (0.75 + Math.random() / 2) * 1000);
    await this.db.transaction(async (tx) => {
      await tx.query('UPDATE exchange SET http_status = $2, code = $3 WHERE id = $1', [
        message.id,
        error.status ?? null,
        error.code || null,
      ]);
      const isUrgent = priorityOf(message.name) === URGENT;
      await this.jobs.add(tx, 'exchange.send', message.id, { runAt, isUrgent });
    });
  }

  private async end(
    message: Message,
    state: 'refused' | 'failed',
    failure: Failure,
    status: number | undefined,
  ): Promise<void> {
    counters.sent.inc({ exchange: message.name, outcome: state });
    await this.db.transaction(async (tx) => {
      const [ended] = await tx.query<[unknown[], number]>(
        `UPDATE exchange SET state = $2, code = $3, http_status = $4, ended_at = $5
         WHERE id = $1 AND state = 'waiting' RETURNING id`,
        [message.id, state, failure.code || null, status ?? null, this.clock.now()],
      );
      if (ended.length === 1) await this.steps.failure(message.name, tx, message.about, failure);
    });
  }

  private note(message: Message, outcome: string, startedAt: number): void {
    this.log.info(
      {
        exchange: message.name,
        requestId: message.request_id,
        about: message.about,
        outcome,
        ms: Math.round(performance.now() - startedAt),
      },
      'message sent',
    );
  }
}

/** Only what we start waits for a reply; an answer of ours ends its exchange. */
function waitSeconds(name: SentByUs | AskedByAbdm): number | undefined {
  const row: Exchange = PROTOCOL[name];
  return row.starts === 'us' && row.reply !== undefined ? (row.waitSeconds ?? 300) : undefined;
}

const triedForSeconds = (name: SentByUs | AskedByAbdm): number => {
  const row: Exchange = PROTOCOL[name];
  return row.triedForSeconds ?? THREE_DAYS_SECONDS;
};

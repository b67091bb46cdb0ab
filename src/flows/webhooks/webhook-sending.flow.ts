import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DoesJob, GivesUpJob } from '../../jobs/job-handlers.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { webhookOrder } from '../../persistence/hospital-events.js';
import { Sealer } from '../../persistence/sealing.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { counters } from '../../support/counters.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import { secretLabel } from './webhook-endpoints.js';
import { postWebhook, type WebhookAnswer, type WebhookFailure } from './webhook-post.js';
import { webhookSignature } from './webhook-signature.js';

/** Between attempts at one delivery; the last pause is repeated, for a day in all. */
const PAUSES_SECONDS = [60, 300, 900, 1_800, 3_600, 7_200, 14_400];
const TRIED_FOR_MS = 86_400_000;
/** After an endpoint was away, nothing else is tried there for so long: its backlog must not keep the workers waiting. */
const REST_MS = 60_000;
const KEPT_FOR_MS = 30 * 86_400_000;

interface Delivery {
  readonly id: string;
  readonly endpoint_id: string;
  readonly facility_id: string;
  readonly event: string;
  readonly body: string;
  readonly attempts: number;
  readonly failure: WebhookFailure | null;
  readonly tried_since: Date;
  readonly url: string;
  readonly enabled: boolean;
  readonly sealed_secret: Buffer;
  readonly resting_until: Date | null;
}

const SELECT = `
  SELECT d.id, d.endpoint_id, d.facility_id, d.event, d.body, d.attempts, d.failure, d.tried_since, e.url, e.enabled,
    e.sealed_secret, e.resting_until
  FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id`;

/**
 * Deliveries to the hospital's endpoints (written by `HospitalEvents.tell`).
 *
 *   waiting ─▶ delivered
 *      └─▶ not taken: again later, for a day ─▶ given-up ─▶ (somebody asks to send it again) waiting
 *
 * A delivery may arrive twice (we died after it was taken), always with the same id and the same bytes. Their order is not
 * promised: a later one may be taken while an earlier one waits for its next attempt.
 */
@Injectable()
export class WebhookSending {
  constructor(
    private readonly db: DataSource,
    private readonly jobs: JobQueue,
    private readonly sealer: Sealer,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @DoesJob('webhook.send')
  async send(id: string): Promise<void> {
    const [delivery]: Delivery[] = await this.db.query(`${SELECT} WHERE d.id = $1 AND d.state = 'waiting'`, [id]);
    if (delivery === undefined) return; // taken, given up, or removed with its endpoint
    if (!delivery.enabled) return this.end(this.db, id, 'endpoint-disabled');
    const { resting_until: restingUntil } = delivery;
    if (restingUntil !== null && restingUntil > this.clock.now()) {
      if (this.isTooOld(delivery)) return this.end(this.db, id, delivery.failure ?? 'no-connection');
      return this.db.transaction((tx) => this.again(tx, delivery, restingUntil));
    }
    const answer = await this.post(delivery);
    counters.webhooks.inc({ event: delivery.event, outcome: answer.taken ? 'delivered' : answer.failure });
    this.log.info({ delivery: id, event: delivery.event, outcome: answer.status ?? 'no answer' }, 'webhook sent');
    await (answer.taken ? this.delivered(delivery, answer.status) : this.notTaken(delivery, answer));
  }

  /** The last attempt of the job ended in a fault of our own. */
  @GivesUpJob('webhook.send')
  giveUp(id: string): Promise<void> {
    return this.end(this.db, id, 'own-fault');
  }

  /**
   * Sends a delivery now, whether it waits for its next attempt, was taken or given up: the same id, the same bytes, a new
   * day of tries. An endpoint that rests after a failure is tried all the same: somebody asks because it is back.
   * @returns 'in-flight' when it is being sent in this moment, 'disabled' when its endpoint is switched off
   */
  async resend(facilityId: string, id: string): Promise<'again' | 'in-flight' | 'disabled' | 'unknown'> {
    return this.db.transaction(async (tx) => {
      // The endpoint first, as everywhere.
      await tx.query(
        `SELECT 1 FROM webhook_endpoint WHERE id = (
           SELECT endpoint_id FROM webhook_delivery WHERE facility_id = $1 AND id = $2) FOR UPDATE`,
        [facilityId, id],
      );
      const [found]: { id: string; facility_id: string; endpoint_id: string; enabled: boolean }[] = await tx.query(
        `SELECT d.id, d.facility_id, d.endpoint_id, e.enabled FROM webhook_delivery d
         JOIN webhook_endpoint e ON e.id = d.endpoint_id WHERE d.facility_id = $1 AND d.id = $2 FOR UPDATE OF d`,
        [facilityId, id],
      );
      if (found === undefined) return 'unknown';
      if (await this.isInFlight(tx, id)) return 'in-flight';
      if (!found.enabled) return 'disabled';
      const now = this.clock.now();
      await tx.query(
        `UPDATE webhook_delivery SET state = 'waiting', attempts = 0, failure = NULL, http_status = NULL, ended_at = NULL,
           tried_since = $2 WHERE id = $1`,
        [id, now],
      );
      await tx.query('UPDATE webhook_endpoint SET resting_until = NULL WHERE id = $1', [found.endpoint_id]);
      await this.again(tx, found, now);
      return 'again';
    });
  }

  /** Locks its job where there is one: a worker that would take it in this moment passes it over until we are done. */
  private async isInFlight(tx: EntityManager, id: string): Promise<boolean> {
    const [job]: { is_taken: boolean }[] = await tx.query(
      'SELECT locked_at IS NOT NULL AS is_taken FROM graphile_worker._private_jobs WHERE key = $1 FOR UPDATE',
      [jobKey(id)],
    );
    return job?.is_taken === true;
  }

  private post({ id, event, body, url, endpoint_id, sealed_secret }: Delivery): Promise<WebhookAnswer> {
    const secret = this.sealer.open(secretLabel(endpoint_id), sealed_secret);
    return postWebhook({
      url,
      body,
      headers: {
        'Content-Type': 'application/json',
        'User-Agent': 'ehospital-abdm-adapter',
        'X-Adapter-Delivery': id,
        'X-Adapter-Event': event,
        'X-Adapter-Signature': webhookSignature(secret, body, this.clock.now()),
      },
      timeoutMs: this.config.WEBHOOK_TIMEOUT_MS,
      allowedOrigins: this.config.WEBHOOK_ALLOWED_ORIGINS,
    });
  }

  private async delivered({ id, endpoint_id, resting_until }: Delivery, status: number): Promise<void> {
    const now = this.clock.now();
    await this.db.query(
      `UPDATE webhook_delivery SET state = 'delivered', attempts = attempts + 1, failure = NULL, http_status = $2,
         next_attempt_at = NULL, ended_at = $3 WHERE id = $1 AND state = 'waiting'`,
      [id, status, now],
    );
    if (resting_until !== null) {
      await this.db.query('UPDATE webhook_endpoint SET resting_until = NULL WHERE id = $1', [endpoint_id]);
    }
    await this.db.query('DELETE FROM webhook_delivery WHERE endpoint_id = $1 AND ended_at < $2', [
      endpoint_id,
      new Date(now.getTime() - KEPT_FOR_MS),
    ]);
  }

  private async notTaken(
    delivery: Delivery,
    { failure, status }: { readonly failure: WebhookFailure; readonly status?: number },
  ): Promise<void> {
    const now = this.clock.now().getTime();
    const pause = PAUSES_SECONDS[Math.min(delivery.attempts, PAUSES_SECONDS.length - 1)] ?? 0;
    await this.db.transaction(async (tx) => {
      // The endpoint first, as everywhere: its removal takes the deliveries after it.
      if (isAboutTheEndpoint(failure, status)) {
        await tx.query('UPDATE webhook_endpoint SET resting_until = $2 WHERE id = $1', [
          delivery.endpoint_id,
          new Date(now + REST_MS),
        ]);
      }
      const [kept] = await tx.query<[unknown[], number]>(
        `UPDATE webhook_delivery SET attempts = attempts + 1, failure = $2, http_status = $3 WHERE id = $1 RETURNING id`,
        [delivery.id, failure, status ?? null],
      );
      if (kept.length === 0) return;
      if (this.isTooOld(delivery)) return this.end(tx, delivery.id, failure);
      const dayIsOver = delivery.tried_since.getTime() + TRIED_FOR_MS;
      await this.again(tx, delivery, new Date(Math.min(now + pause * 1000, dayIsOver)));
    });
  }

  private isTooOld({ tried_since }: Delivery): boolean {
    return this.clock.now().getTime() >= tried_since.getTime() + TRIED_FOR_MS;
  }

  private async again(
    tx: EntityManager,
    { id, facility_id }: Pick<Delivery, 'id' | 'facility_id'>,
    runAt: Date,
  ): Promise<void> {
    await tx.query('UPDATE webhook_delivery SET next_attempt_at = $2 WHERE id = $1', [id, runAt]);
    await this.jobs.add(tx, 'webhook.send', id, {
      runAt,
      order: webhookOrder(facility_id),
      key: jobKey(id),
      canWait: true,
    });
  }

  private async end(db: Pick<EntityManager, 'query'>, id: string, failure: WebhookFailure): Promise<void> {
    this.log.warn({ delivery: id, failure }, 'a webhook was given up');
    await db.query(
      `UPDATE webhook_delivery SET state = 'given-up', failure = $2, next_attempt_at = NULL, ended_at = $3
       WHERE id = $1 AND state = 'waiting'`,
      [id, failure, this.clock.now()],
    );
  }
}

const jobKey = (deliveryId: string): string => `webhook:${deliveryId}`;

/** It is away or overloaded, whatever is sent; a 4xx may be about this one delivery. */
const isAboutTheEndpoint = (failure: WebhookFailure, status: number | undefined): boolean =>
  failure !== 'refused' || status === 408 || status === 429;

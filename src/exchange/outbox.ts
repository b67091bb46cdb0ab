import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Answer, Outgoing } from '../abdm/messages/index.js';
import type { AskedByAbdm, ExchangeName, SentByUs } from '../abdm/protocol.js';
import { JOBS, type JobName } from '../jobs/jobs.js';
import { Sealer } from '../persistence/sealing.js';
import { CLOCK, type Clock } from '../support/clock.js';
import { newId } from '../support/ids.js';
import type { CallbackContext } from './flow-steps.js';
import { priorityOf } from './priority.js';

/** A job to add, in the same transaction, once the message is out. */
export interface ThenJob {
  readonly name: JobName;
  readonly id: string;
}

interface MessageOptions {
  readonly facilityId: string;
  /** The linking, consent or transfer it is about: comes back with the reply. */
  readonly about: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly runAt?: Date;
  readonly then?: ThenJob;
}

/** What is sealed of an outgoing message. */
export interface StoredMessage {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** This callback has its answer: what the caller did for another one must not stand. */
export class AnsweredAlready extends Error {
  constructor() {
    super('The callback was answered already');
    this.name = 'AnsweredAlready';
  }
}

export const messageLabel = (exchangeId: string): string => `exchange.sealed_message:${exchangeId}`;

/**
 * Messages to ABDM are written here, in the transaction that changes the state they belong to, and sent by a job. So a
 * killed process loses none, and nothing is sent of what was rolled back.
 */
@Injectable()
export class Outbox {
  constructor(
    private readonly sealer: Sealer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Starts a conversation, or tells ABDM something. */
  send<N extends SentByUs>(tx: EntityManager, name: N, body: Outgoing[N], options: MessageOptions): Promise<void> {
    return this.write(tx, name, body, options, null);
  }

  /**
   * Answers what ABDM started, once. Best the last thing a step does: an answer that is not committed yet holds up the one
   * that goes out when the time is nearly over.
   * @throws AnsweredAlready, so that the caller's transaction is rolled back
   */
  answer<N extends AskedByAbdm>(
    tx: EntityManager,
    name: N,
    to: CallbackContext,
    body: Answer[N],
    options: Pick<MessageOptions, 'about' | 'runAt' | 'then'>,
  ): Promise<void> {
    const answer = { ...body, response: { requestId: to.requestId } };
    return this.write(tx, name, answer, { ...options, facilityId: to.facilityId }, to.requestId);
  }

  /** Message and job in one statement. */
  private async write(
    tx: EntityManager,
    name: ExchangeName,
    body: object,
    { facilityId, about, headers, runAt, then }: MessageOptions,
    replyTo: string | null,
  ): Promise<void> {
    const id = newId();
    const stored: StoredMessage = headers === undefined ? { body } : { headers, body };
    const written: unknown[] = await tx.query(
      `WITH message AS (
         INSERT INTO exchange (id, name, direction, state, request_id, reply_to, facility_id, about, sealed_message,
           then_job, created_at)
         VALUES ($1, $2, 'out', 'waiting', $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (reply_to) WHERE direction = 'out' AND reply_to IS NOT NULL DO NOTHING RETURNING id
       )
       SELECT graphile_worker.add_job('exchange.send', json_build_object('id', id), run_at => $10, max_attempts => $11,
         priority => $12)
       FROM message`,
      [
        id,
        name,
        newId(),
        replyTo,
        facilityId,
        about,
        this.sealer.sealJson(messageLabel(id), stored),
        then === undefined ? null : JSON.stringify(then),
        this.clock.now(),
        runAt ?? null,
        JOBS['exchange.send'].attempts,
        priorityOf(name),
      ],
    );
    if (written.length === 0) throw new AnsweredAlready();
  }
}

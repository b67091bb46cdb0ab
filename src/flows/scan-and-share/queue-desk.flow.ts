import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { TokenState } from '../../persistence/entities/queue.entity.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { indiaDay } from '../../support/india-day.js';
import type { Counter } from './counters.js';
import { tellQueue } from './queue-changes.js';
import { QUEUE_ORDER, QueueList, type QueuedToken } from './queue-list.js';
import { SKIPPED_BEHIND, TOKEN_STEPS, type TokenAct } from './token-steps.js';

/** `unknown`: not of this facility; `other-day`: its day is over; a state: in that one it cannot be done. */
export type NotDone = 'unknown' | 'other-day' | TokenState;

interface Row {
  readonly id: string;
  readonly facility_id: string;
  readonly counter_id: string;
  readonly state: TokenState;
  readonly waits_since: Date;
  readonly is_current: boolean;
}

/** What desks do with the queue: each act is one transaction on one token, told to all who watch. */
@Injectable()
export class QueueDesk {
  constructor(
    private readonly db: DataSource,
    private readonly list: QueueList,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Two desks that press at once get two tokens: the one another desk holds is passed over. Undefined: nobody waits. */
  async callNext(facilityId: string, counter: Counter): Promise<QueuedToken | undefined> {
    return this.db.transaction(async (tx) => {
      const now = this.clock.now();
      const [next]: Row[] = await tx.query(
        `SELECT id, facility_id, counter_id, state, waits_since, true AS is_current FROM queue_token
         WHERE counter_id = $1 AND facility_id = $4 AND state = 'waiting' AND ended_at IS NULL AND (day = $2 OR valid_until > $3)
         ORDER BY ${QUEUE_ORDER} LIMIT 1 FOR UPDATE SKIP LOCKED`,
        [counter.id, indiaDay(now), now, facilityId],
      );
      return next && this.call(tx, next, now);
    });
  }

  callAgain(facilityId: string, tokenId: string): Promise<QueuedToken | NotDone> {
    return this.do(facilityId, tokenId, 'call-again', (tx, token, now) => this.call(tx, token, now));
  }

  /** Behind the next few: see `SKIPPED_BEHIND`. */
  skip(facilityId: string, tokenId: string): Promise<QueuedToken | NotDone> {
    return this.do(facilityId, tokenId, 'skip', async (tx, token, now) => {
      const behind: { waits_since: Date }[] = await tx.query(
        `SELECT waits_since FROM queue_token WHERE counter_id = $1 AND state = 'waiting' AND ended_at IS NULL AND (day = $2 OR valid_until > $3)
         ORDER BY ${QUEUE_ORDER} LIMIT $4`,
        [token.counter_id, indiaDay(now), now, SKIPPED_BEHIND],
      );
      const last = behind.at(-1)?.waits_since ?? token.waits_since;
      const since = last > token.waits_since ? last : token.waits_since;
      return this.change(tx, token, 'waits_since = $2, skipped_at = $3', [since, now], TOKEN_STEPS.skip.to);
    });
  }

  done(facilityId: string, tokenId: string): Promise<QueuedToken | NotDone> {
    return this.do(facilityId, tokenId, 'done', (tx, token, now) => this.end(tx, token, now, TOKEN_STEPS.done.to));
  }

  left(facilityId: string, tokenId: string): Promise<QueuedToken | NotDone> {
    return this.do(facilityId, tokenId, 'left', (tx, token, now) => this.end(tx, token, now, TOKEN_STEPS.left.to));
  }

  /** She keeps her number, and comes there by the time she has waited: numbers of two series say nothing of each other. */
  transfer(facilityId: string, tokenId: string, to: Counter): Promise<QueuedToken | NotDone> {
    return this.do(facilityId, tokenId, 'transfer', (tx, token) =>
      this.change(tx, token, 'counter_id = $2, skipped_at = NULL', [to.id], TOKEN_STEPS.transfer.to, to),
    );
  }

  /** Locks the token and looks whether it can be done. What has its result already (a second press) changes nothing. */
  private async do(
    facilityId: string,
    tokenId: string,
    act: Exclude<TokenAct, 'call-next'>,
    work: (tx: EntityManager, token: Row, now: Date) => Promise<QueuedToken>,
  ): Promise<QueuedToken | NotDone> {
    return this.db.transaction(async (tx) => {
      const now = this.clock.now();
      const [token]: Row[] = await tx.query(
        `SELECT id, facility_id, counter_id, state, waits_since, (day = $3 OR valid_until > $4) AS is_current
         FROM queue_token WHERE id = $1 AND facility_id = $2 FOR UPDATE`,
        [tokenId, facilityId, indiaDay(now), now],
      );
      if (token === undefined) return 'unknown';
      const { from, to }: { from: readonly TokenState[]; to: TokenState } = TOKEN_STEPS[act];
      if (!token.is_current) return 'other-day';
      if (from.includes(token.state)) return work(tx, token, now);
      if (token.state === to) return (await this.list.one(facilityId, tokenId, tx)) ?? 'unknown';
      return token.state;
    });
  }

  private call(tx: EntityManager, token: Row, now: Date): Promise<QueuedToken> {
    return this.change(
      tx,
      token,
      'called_at = coalesce(called_at, $2), last_called_at = $2, called_count = called_count + 1, ended_at = NULL',
      [now],
      'called',
    );
  }

  private end(tx: EntityManager, token: Row, now: Date, to: TokenState): Promise<QueuedToken> {
    return this.change(tx, token, 'ended_at = $2', [now], to);
  }

  /** `assignments`: SQL of ours with `$2` and on for `values`. */
  private async change(
    tx: EntityManager,
    token: Row,
    assignments: string,
    values: readonly unknown[],
    to: TokenState,
    counter?: Counter,
  ): Promise<QueuedToken> {
    const { id, facility_id: facilityId, counter_id: counterId } = token;
    await tx.query(`UPDATE queue_token SET state = '${to}', ${assignments} WHERE id = $1`, [id, ...values]);
    const counterIds = counter === undefined ? [counterId] : [counterId, counter.id];
    await tellQueue(tx, { facilityId, tokenId: id, counterIds });
    const changed = await this.list.one(facilityId, id, tx);
    if (changed === undefined) throw new Error('A token vanished while it was changed');
    return changed;
  }
}

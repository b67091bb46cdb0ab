import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '../../support/clock.js';
import { indiaDay } from '../../support/india-day.js';

/** How a counter's day goes. */
export interface CounterStatus {
  /** Tokens of today at this counter, in whatever state. */
  readonly issued: number;
  readonly waiting: number;
  readonly called: number;
  readonly done: number;
  readonly left: number;
  /** The number called last, of the counter's own series; undefined while nobody was called. */
  readonly runningToken: number | undefined;
  /** From the last call to done, over today's; whole minutes, at least 1. Undefined while nobody is done. */
  readonly averageServiceMinutes: number | undefined;
}

@Injectable()
export class QueueStatus {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Of a token that another counter sent here, the number is of another series: it does not count as running here. */
  async of(db: Pick<EntityManager, 'query'>, counterId: string): Promise<CounterStatus> {
    const [row]: {
      issued: number;
      waiting: number;
      called: number;
      done: number;
      left: number;
      running: number | null;
      minutes: number | null;
    }[] = await db.query(
      `SELECT count(*)::integer AS issued,
         count(*) FILTER (WHERE here AND state = 'waiting')::integer AS waiting,
         count(*) FILTER (WHERE here AND state = 'called')::integer AS called,
         count(*) FILTER (WHERE here AND state = 'done')::integer AS done,
         count(*) FILTER (WHERE here AND state = 'left')::integer AS "left",
         (array_agg(number ORDER BY last_called_at DESC, number DESC)
           FILTER (WHERE here AND own AND state <> 'waiting' AND last_called_at IS NOT NULL))[1] AS running,
         (avg(extract(epoch FROM ended_at - last_called_at)) FILTER (WHERE here AND state = 'done') / 60)::float8 AS minutes
       FROM (SELECT *, counter_id = $1 AS here, scanned_counter_id = $1 AS own FROM queue_token
             WHERE (counter_id = $1 OR scanned_counter_id = $1) AND day = $2) AS today`,
      [counterId, indiaDay(this.clock.now())],
    );
    const { running, minutes, ...counts } = row ?? NONE;
    return {
      ...counts,
      runningToken: running ?? undefined,
      averageServiceMinutes: minutes === null ? undefined : Math.max(1, Math.round(minutes)),
    };
  }
}

const NONE = { issued: 0, waiting: 0, called: 0, done: 0, left: 0, running: null, minutes: null };

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '../../support/clock.js';
import { indiaDay } from '../../support/india-day.js';
import { IS_OWN_SERIES, LABEL } from './queue-list.js';

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
  /** The same of whatever series, as boards show it: `12`, or `OPD1-12` for one that OPD1 sent. */
  readonly runningLabel: string | undefined;
  /** From the last call to done, over today's; whole minutes, at least 1. Undefined while nobody is done. */
  readonly averageServiceMinutes: number | undefined;
}

@Injectable()
export class QueueStatus {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * A number of another series does not count as running token: whoever has a number of this one compares it with her own,
   * and the app that shows it may expect digits. Boards have the label.
   */
  async of(db: Pick<EntityManager, 'query'>, counterId: string): Promise<CounterStatus> {
    const [row]: {
      issued: number;
      waiting: number;
      called: number;
      done: number;
      left: number;
      running: number | null;
      label: string | null;
      minutes: number | null;
    }[] = await db.query(
      `SELECT count(*)::integer AS issued,
         count(*) FILTER (WHERE here AND state = 'waiting')::integer AS waiting,
         count(*) FILTER (WHERE here AND state = 'called')::integer AS called,
         count(*) FILTER (WHERE here AND state = 'done')::integer AS done,
         count(*) FILTER (WHERE here AND state = 'left')::integer AS "left",
         (array_agg(number ORDER BY last_called_at DESC, number DESC)
           FILTER (WHERE here AND own AND state <> 'waiting' AND last_called_at IS NOT NULL))[1] AS running,
         (array_agg(label ORDER BY last_called_at DESC, number DESC)
           FILTER (WHERE here AND state <> 'waiting' AND last_called_at IS NOT NULL))[1] AS label,
         (avg(extract(epoch FROM ended_at - last_called_at)) FILTER (WHERE here AND state = 'done') / 60)::float8 AS minutes
       FROM (SELECT t.*, t.counter_id = $1 AS here, ${IS_OWN_SERIES} AS own, ${LABEL} AS label
             FROM queue_token t JOIN counter c ON c.id = t.counter_id JOIN counter s ON s.id = t.scanned_counter_id
             WHERE (t.counter_id = $1 OR t.scanned_counter_id = $1) AND t.day = $2) AS today`,
      [counterId, indiaDay(this.clock.now())],
    );
    const { running, label, minutes, ...counts } = row ?? NONE;
    return {
      ...counts,
      runningToken: running ?? undefined,
      runningLabel: label ?? undefined,
      averageServiceMinutes: minutes === null ? undefined : Math.max(1, Math.round(minutes)),
    };
  }
}

const NONE = { issued: 0, waiting: 0, called: 0, done: 0, left: 0, running: null, label: null, minutes: null };

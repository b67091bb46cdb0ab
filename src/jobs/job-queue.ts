import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { OUTSIDE_CHANNEL } from './outside-channel.js';
import { JOBS, type JobName } from './jobs.js';

/** The job engine takes lower numbers first; 0 is usual. */
export const URGENT = -10;
/** The same number stands in `persistence/hospital-events.ts`, which may not import this. */
const CAN_WAIT = 10;

export interface JobOptions {
  readonly runAt?: Date;
  /** Jobs with one order run one after another. Only for jobs of the outside pool: see `JobRunner`. */
  readonly order?: string;
  /** Before all others: somebody is waiting for it. */
  readonly isUrgent?: boolean;
  /** After all others: nobody is waiting for it. */
  readonly canWait?: boolean;
  /** A second job with the key of a waiting one replaces it. */
  readonly key?: string;
}

/** Adds jobs in the caller's transaction: the state and the work it causes appear together or not at all. */
@Injectable()
export class JobQueue {
  async add(tx: EntityManager, name: JobName, id: string, options: JobOptions = {}): Promise<void> {
    await tx.query(
      `SELECT graphile_worker.add_job($1, payload => $2::json, run_at => $3, max_attempts => $4, queue_name => $5,
        job_key => $6, priority => $7),
        CASE WHEN $8 THEN pg_notify('${OUTSIDE_CHANNEL}', '{"count":1}') END`,
      [
        name,
        JSON.stringify({ id }),
        options.runAt ?? null,
        JOBS[name].attempts,
        options.order ?? null,
        options.key ?? null,
        options.isUrgent ? URGENT : options.canWait ? CAN_WAIT : 0,
        JOBS[name].pool === 'outside' && options.runAt === undefined,
      ],
    );
  }

  /** One job for each id; a waiting one for the same thing is replaced. */
  async addEach(tx: EntityManager, name: JobName, ids: readonly string[], keyOf: string): Promise<void> {
    await tx.query(
      `SELECT graphile_worker.add_job($1, json_build_object('id', id), max_attempts => $3, job_key => $4 || id)
       FROM unnest($2::text[]) AS id`,
      [name, ids, JOBS[name].attempts, `${keyOf}:`],
    );
  }
}

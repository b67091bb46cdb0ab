import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { newId } from '../support/ids.js';
import { LOGGER, type Logger } from '../support/logger.js';

const BEAT_EVERY_MS = 5_000;
const SILENT_AFTER_SECONDS = 20;

/**
 * Says every 5 seconds that this process lives, and frees the jobs of those that have been silent for 20 seconds.
 * graphile-worker alone would keep a dead worker's jobs for 4 hours (DESIGN, decision 3).
 */
@Injectable()
export class Heartbeat {
  private readonly processId = newId();
  private readonly workerIds = new Set<string>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly db: DataSource,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** This process locks jobs under this id. */
  has(workerId: string): void {
    this.workerIds.add(workerId);
    void this.beat();
  }

  async start(): Promise<void> {
    await this.beat();
    await this.freeJobsOfTheDead();
    this.timer = setInterval(() => void this.beat().then(() => this.freeJobsOfTheDead()), BEAT_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.db.query('DELETE FROM worker_heartbeat WHERE process_id = $1', [this.processId]).catch(this.missed);
  }

  private async beat(): Promise<void> {
    await this.db
      .query(
        `INSERT INTO worker_heartbeat (process_id, worker_ids, beat_at) VALUES ($1, $2, now())
         ON CONFLICT (process_id) DO UPDATE SET worker_ids = excluded.worker_ids, beat_at = excluded.beat_at`,
        [this.processId, [...this.workerIds]],
      )
      .catch(this.missed);
  }

  /** Also run by the tests, which do not wait for the timer. */
  async freeJobsOfTheDead(): Promise<void> {
    await this.db
      .query(
        `WITH living AS (
           SELECT unnest(worker_ids) AS id FROM worker_heartbeat WHERE beat_at > now() - make_interval(secs => $1)
         ), locked AS (
           SELECT locked_by, locked_at FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL
           UNION ALL
           SELECT locked_by, locked_at FROM graphile_worker._private_job_queues WHERE locked_by IS NOT NULL
         ), dead AS (
           SELECT array_agg(DISTINCT locked_by) AS ids FROM locked
           WHERE locked_at < now() - make_interval(secs => $1) AND locked_by NOT IN (SELECT id FROM living)
         )
         SELECT graphile_worker.force_unlock_workers(ids), ids FROM dead WHERE ids IS NOT NULL`,
        [SILENT_AFTER_SECONDS],
      )
      .then((freed: { ids: string[] }[]) => {
        for (const { ids } of freed) this.log.warn({ workers: ids.length }, 'freed the jobs of dead workers');
      })
      .catch(this.missed);
  }

  /** The database is away: nobody can take our jobs either, and the next beat comes in 5 seconds. */
  private readonly missed = (error: unknown): void => this.log.warn({ error }, 'a heartbeat was missed');
}

import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DoesJob } from '../../jobs/job-handlers.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { SharedProfiles } from '../../persistence/shared-profiles.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { endOfIndiaDay, indiaDay } from '../../support/india-day.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import { tellQueue } from './queue-changes.js';

/** After the last token of the day has run out. */
const MARGIN_MS = 60_000;

/**
 * After the day, what patients shared is erased, and who still stands in the queue has left. Tokens stay, as numbers
 * without a person, for the reports.
 *
 * Planned with the first token of a day, in the same transaction, and with each share that is refused, whose message is kept
 * as well: where nobody scans nothing has to be done, and a process that is down at midnight does it when it is back. Whoever scans shortly before midnight has her half hour.
 */
@Injectable()
export class EndOfDay {
  constructor(
    private readonly db: DataSource,
    private readonly jobs: JobQueue,
    private readonly profiles: SharedProfiles,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** With the first token of a day. */
  plan(tx: EntityManager, facilityId: string): Promise<void> {
    return this.planned(tx, facilityId, 'tokens');
  }

  /** Beside the other, not the same job: who plans that one may hang, and a late answer must not wait for it. */
  planForRefused(tx: EntityManager, facilityId: string): Promise<void> {
    return this.planned(tx, facilityId, 'refused');
  }

  private async planned(tx: EntityManager, facilityId: string, what: 'tokens' | 'refused'): Promise<void> {
    const day = indiaDay(this.clock.now());
    const runAt = new Date(endOfIndiaDay(day).getTime() + this.validMs() + MARGIN_MS);
    await this.jobs.add(tx, 'queue.end-of-day', facilityId, {
      runAt,
      key: `queue.end-of-day:${facilityId}:${day}:${what}`,
    });
  }

  @DoesJob('queue.end-of-day')
  async endDays(facilityId: string): Promise<void> {
    const now = this.clock.now();
    const today = indiaDay(now);
    const unlessSharedSince = new Date(now.getTime() - this.validMs());
    const [erased, left] = await this.db.transaction(async (tx) => {
      const profiles = await this.profiles.eraseOld(tx, facilityId, { today, unlessSharedSince, now });
      const [tokens] = await tx.query<[unknown[], number]>(
        `UPDATE queue_token SET state = 'left', ended_at = $3
         WHERE facility_id = $1 AND day < $2 AND valid_until <= $3 AND ended_at IS NULL RETURNING id`,
        [facilityId, today, now],
      );
      // The share itself, and our answer: they hold what the profile held.
      await tx.query(
        `UPDATE exchange SET sealed_message = NULL WHERE facility_id = $1 AND name = 'patient.share'
           AND created_at < $2 AND state NOT IN ('received', 'waiting') AND sealed_message IS NOT NULL`,
        [facilityId, unlessSharedSince],
      );
      if (tokens.length > 0) await tellQueue(tx, { facilityId, counterIds: [] });
      return [profiles, tokens.length];
    });
    this.log.info({ facilityId, erased, left }, 'the day of a queue was ended');
  }

  private validMs(): number {
    return this.config.TOKEN_VALID_MINUTES * 60_000;
  }
}

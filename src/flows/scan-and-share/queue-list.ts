import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { TokenState } from '../../persistence/entities/queue.entity.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { indiaDay } from '../../support/india-day.js';

/** A token as desks and boards see it: a number, nothing of a person. */
export interface QueuedToken {
  readonly id: string;
  readonly number: number;
  /** What to call her by: her number, with the code of its counter in front where it is of another series. */
  readonly label: string;
  readonly state: TokenState;
  /** Code of the counter where she waits. */
  readonly counter: string;
  /** Code of the counter whose series the number is of: another one when she was sent on. */
  readonly scannedCounter: string;
  /** In India, `YYYY-MM-DD`. */
  readonly day: string;
  readonly sharedProfileId: string;
  readonly isTold: boolean;
  readonly issuedAt: Date;
  readonly validUntil: Date;
  readonly calledAt: Date | null;
  readonly lastCalledAt: Date | null;
  readonly calledCount: number;
  readonly skippedAt: Date | null;
  /** She was served or had left, and scanned again; she waits since then. */
  readonly cameBackAt: Date | null;
  readonly endedAt: Date | null;
}

export interface QueueFilter {
  /** All counters of the facility when left out. */
  readonly counterId?: string | undefined;
  readonly state?: TokenState | undefined;
}

/**
 * Whether a number is of the series of the counter where she waits: there are two with 12 when a counter of another series
 * sends one of them. Of `queue_token t` and `counter c`, where she waits.
 */
export const IS_OWN_SERIES = `(t.counter_id = t.scanned_counter_id OR t.scope IN ('facility', 'department:' || c.department))`;

/** See `QueuedToken.label`. Of the same, and of `counter s`, whose code she scanned. */
export const LABEL = `CASE WHEN ${IS_OWN_SERIES} THEN t.number::text ELSE s.code || '-' || t.number END`;

const SELECT = `
  SELECT t.id, t.number, ${LABEL} AS label, t.state, c.code AS counter, s.code AS "scannedCounter", t.day::text AS day,
    t.shared_profile_id AS "sharedProfileId", t.is_told AS "isTold", t.issued_at AS "issuedAt",
    t.valid_until AS "validUntil", t.called_at AS "calledAt", t.last_called_at AS "lastCalledAt",
    t.called_count AS "calledCount", t.skipped_at AS "skippedAt", t.came_back_at AS "cameBackAt", t.ended_at AS "endedAt"
  FROM queue_token t JOIN counter c ON c.id = t.counter_id JOIN counter s ON s.id = t.scanned_counter_id`;

/** Who has waited longest comes first, whatever series her number is of; skipped ones behind those they were put behind. */
export const QUEUE_ORDER = 'waits_since, skipped_at NULLS FIRST, number';

@Injectable()
export class QueueList {
  constructor(
    private readonly db: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Those of today, in the order in which they are called; shortly after midnight also who scanned shortly before. */
  list(facilityId: string, { counterId, state }: QueueFilter): Promise<QueuedToken[]> {
    const now = this.clock.now();
    return this.db.query(
      `${SELECT} WHERE t.facility_id = $1 AND t.day >= $2::date - 1 AND (t.day = $2 OR t.valid_until > $3)
         AND ($4::uuid IS NULL OR t.counter_id = $4) AND ($5::text IS NULL OR t.state = $5)
       ORDER BY ${QUEUE_ORDER}`,
      [facilityId, indiaDay(now), now, counterId ?? null, state ?? null],
    );
  }

  async one(
    facilityId: string,
    id: string,
    db: Pick<EntityManager, 'query'> = this.db,
  ): Promise<QueuedToken | undefined> {
    const [token]: QueuedToken[] = await db.query(`${SELECT} WHERE t.facility_id = $1 AND t.id = $2`, [facilityId, id]);
    return token;
  }
}

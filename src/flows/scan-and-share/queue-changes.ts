import type { EntityManager } from 'typeorm';

/** PostgreSQL's channel on which changes of queues are told to every process. */
export const QUEUE_CHANNEL = 'queue_changed';

/** Ids only: whoever listens to the database must not learn of a person from it. */
export interface QueueChange {
  readonly facilityId: string;
  /** Absent: many have changed; look at all. */
  readonly tokenId?: string;
  /** The counters concerned: two when a token changed its counter. */
  readonly counterIds: readonly string[];
}

/** Told when the caller's transaction ends well, and not otherwise. */
export async function tellQueue(tx: Pick<EntityManager, 'query'>, change: QueueChange): Promise<void> {
  await tx.query('SELECT pg_notify($1, $2)', [QUEUE_CHANNEL, JSON.stringify(change)]);
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../support/ids.js';

type Db = Pick<EntityManager, 'query'>;

/** An address that is not in use at this facility. `abhaHash`: `Sealer.hash('abha-address', …)`. */
export interface AbhaAtFacility {
  readonly facilityId: string;
  readonly abhaHash: Buffer;
}

export interface EndedAbha extends AbhaAtFacility {
  readonly id: string;
  readonly reason: string;
}

/**
 * ABHA addresses that were deactivated or deleted, facility by facility: as long as a row counts, the address is nobody's
 * there. What ABDM told us of counts until it says otherwise; what a refusal told us, for a day: then it is asked again.
 */
@Injectable()
export class EndedAbhas {
  async has(db: Db, { facilityId, abhaHash }: AbhaAtFacility, now: Date): Promise<boolean> {
    const rows: unknown[] = await db.query(
      'SELECT 1 FROM ended_abha WHERE facility_id = $1 AND abha_address_hash = $2 AND (until IS NULL OR until > $3)',
      [facilityId, abhaHash, now],
    );
    return rows.length > 0;
  }

  /** The row's id when this is news; undefined when it is known already, at least as long as that. */
  async add(
    tx: EntityManager,
    { facilityId, abhaHash }: AbhaAtFacility,
    what: { readonly reason: string; readonly until: Date | null; readonly now: Date },
  ): Promise<string | undefined> {
    const [row]: { id: string }[] = await tx.query(
      `INSERT INTO ended_abha (id, facility_id, abha_address_hash, reason, heard_at, until) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (facility_id, abha_address_hash) DO UPDATE SET reason = excluded.reason, until = excluded.until,
         heard_at = excluded.heard_at, done_at = NULL
       WHERE ended_abha.until IS NOT NULL AND (excluded.until IS NULL OR ended_abha.until <= excluded.heard_at)
       RETURNING id`,
      [newId(), facilityId, abhaHash, what.reason, what.now, what.until],
    );
    return row?.id;
  }

  /** What still has to be seen to. */
  async open(tx: EntityManager, id: string): Promise<EndedAbha | undefined> {
    const [row]: EndedAbha[] = await tx.query(
      `SELECT id, facility_id AS "facilityId", abha_address_hash AS "abhaHash", reason FROM ended_abha
       WHERE id = $1 AND done_at IS NULL`,
      [id],
    );
    return row;
  }

  async done(tx: EntityManager, id: string, now: Date): Promise<void> {
    await tx.query('UPDATE ended_abha SET done_at = $2 WHERE id = $1', [id, now]);
  }

  /** ABDM says it is in use again. */
  async lift(tx: EntityManager, { facilityId, abhaHash }: AbhaAtFacility): Promise<void> {
    await tx.query('DELETE FROM ended_abha WHERE facility_id = $1 AND abha_address_hash = $2', [facilityId, abhaHash]);
  }

  /** Somebody says she has reactivated it: only a refusal gives way to that. */
  async liftRefusal(tx: EntityManager, { facilityId, abhaHash }: AbhaAtFacility): Promise<void> {
    await tx.query('DELETE FROM ended_abha WHERE facility_id = $1 AND abha_address_hash = $2 AND until IS NOT NULL', [
      facilityId,
      abhaHash,
    ]);
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { MergeReason, MergeState } from './entities/patient-change.entity.js';

type Db = Pick<EntityManager, 'query'>;

/** An ABHA that somebody typed at hundreds of patients must not make a proposal for each pair of them. */
const MOST = 3;

export interface MergeProposal {
  readonly id: string;
  readonly patientId: string;
  readonly otherPatientId: string;
  readonly reason: MergeReason;
  readonly state: MergeState;
  readonly madeAt: Date;
  readonly decidedAt: Date | null;
}

/** Who came with which ABHA. */
export interface ComesWith {
  readonly facilityId: string;
  readonly patientId: string;
  readonly addressHash: Buffer | null;
  readonly numberHash: Buffer | null;
}

const COLUMNS = `id, patient_id AS "patientId", other_patient_id AS "otherPatientId", reason, state,
  made_at AS "madeAt", decided_at AS "decidedAt"`;

/**
 * Patients of one facility that came with the same ABHA: nothing is guessed, the hospital is asked, once a pair, and not
 * again of two persons it said are two.
 */
@Injectable()
export class MergeProposals {
  /** Call it after the patient's row is written. */
  async propose(
    tx: EntityManager,
    { facilityId, patientId, addressHash, numberHash }: ComesWith,
    now: Date,
  ): Promise<void> {
    const hashes = [addressHash, numberHash].filter((hash) => hash !== null);
    if (hashes.length === 0) return;
    // Two patients who come with one ABHA at the same moment would not see each other: the second waits here for the first.
    await tx.query(
      `SELECT pg_advisory_xact_lock(key) FROM (
         SELECT hashtextextended($1 || encode(hash, 'hex'), 0) AS key FROM unnest($2::bytea[]) AS hash ORDER BY key
       ) AS keys`,
      [facilityId, hashes],
    );
    await tx.query(
      `INSERT INTO merge_proposal (id, facility_id, patient_id, other_patient_id, reason, state, made_at)
       SELECT DISTINCT ON (coalesce(p.merged_into, p.id)) gen_random_uuid(), p.facility_id, p.id, me.id,
         CASE WHEN p.abha_address_hash = $3 THEN 'same-abha-address' ELSE 'same-abha-number' END, 'open', $5::timestamptz
       FROM patient me JOIN patient p ON p.facility_id = me.facility_id AND p.id <> me.id
       WHERE me.id = $2 AND p.facility_id = $1 AND (p.abha_address_hash = $3 OR p.abha_number_hash = $4)
         AND coalesce(p.merged_into, p.id) <> coalesce(me.merged_into, me.id)
         AND NOT EXISTS (SELECT 1 FROM merge_proposal m WHERE (m.patient_id = p.id AND m.other_patient_id = me.id)
           OR (m.patient_id = me.id AND m.other_patient_id = p.id))
         AND NOT EXISTS (SELECT 1 FROM merge_proposal m
           JOIN patient a ON a.id = m.patient_id JOIN patient b ON b.id = m.other_patient_id
           WHERE m.facility_id = p.facility_id AND m.state = 'rejected'
             AND coalesce(p.merged_into, p.id) IN (coalesce(a.merged_into, a.id), coalesce(b.merged_into, b.id))
             AND coalesce(me.merged_into, me.id) IN (coalesce(a.merged_into, a.id), coalesce(b.merged_into, b.id)))
       ORDER BY coalesce(p.merged_into, p.id), p.merged_into NULLS FIRST LIMIT $6`,
      [facilityId, patientId, addressHash, numberHash, now, MOST],
    );
  }

  /** Oldest first. `after`: the id of the last one on the page before. */
  list(
    db: Db,
    facilityId: string,
    { state, after, limit }: { readonly state?: MergeState; readonly after?: string; readonly limit: number },
  ): Promise<MergeProposal[]> {
    return db.query(
      `SELECT ${COLUMNS} FROM merge_proposal WHERE facility_id = $1 AND ($2::text IS NULL OR state = $2)
         AND ($3::uuid IS NULL
           OR (made_at, id) > (SELECT made_at, id FROM merge_proposal WHERE id = $3 AND facility_id = $1))
       ORDER BY made_at, id LIMIT $4`,
      [facilityId, state ?? null, after ?? null, limit],
    );
  }

  /** Decisions of a facility are made one after another: one can settle proposals that another is about. */
  async lock(tx: EntityManager, facilityId: string, id: string): Promise<MergeProposal | undefined> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('merge-decisions:' || $1::text, 0))`, [facilityId]);
    const [row]: MergeProposal[] = await tx.query(
      `SELECT ${COLUMNS} FROM merge_proposal WHERE facility_id = $1 AND id = $2 FOR UPDATE`,
      [facilityId, id],
    );
    return row;
  }

  /**
   * What follows from a decision is decided with it: patients of one person are one, and who is not one of them is not any
   * of them. `patientIds`: everybody who is one with either side of it.
   */
  async settle(
    tx: EntityManager,
    patientIds: readonly string[],
    by: { readonly keyId: string; readonly now: Date },
  ): Promise<void> {
    await tx.query(
      `WITH pair AS (
         SELECT m.id, m.state, coalesce(p.merged_into, p.id) AS person, coalesce(o.merged_into, o.id) AS other
         FROM merge_proposal m JOIN patient p ON p.id = m.patient_id JOIN patient o ON o.id = m.other_patient_id
         WHERE m.state IN ('open', 'rejected')
           AND m.facility_id = (SELECT facility_id FROM patient WHERE id = ($1::uuid[])[1])
       ), settled AS (
         SELECT id, CASE WHEN person = other THEN 'accepted' ELSE 'rejected' END AS state FROM pair
         WHERE state = 'open' AND (person = other OR EXISTS (
           SELECT 1 FROM pair AS no WHERE no.state = 'rejected'
             AND (no.person, no.other) IN ((pair.person, pair.other), (pair.other, pair.person))))
       )
       UPDATE merge_proposal m SET state = settled.state, decided_at = $2, decided_by = $3
       FROM settled WHERE m.id = settled.id AND (m.patient_id = ANY ($1) OR m.other_patient_id = ANY ($1))`,
      [patientIds, by.now, by.keyId],
    );
  }

  async decided(
    tx: EntityManager,
    id: string,
    state: 'accepted' | 'rejected',
    by: { readonly keyId: string; readonly now: Date },
  ): Promise<void> {
    await tx.query('UPDATE merge_proposal SET state = $2, decided_at = $3, decided_by = $4 WHERE id = $1', [
      id,
      state,
      by.now,
      by.keyId,
    ]);
  }
}

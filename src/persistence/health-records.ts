import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { newId } from '../support/ids.js';
import { openRecord, sealRecord } from './sealed-record.js';
import { Sealer } from './sealing.js';

/** A current record, opened: the exact text that was validated. */
export interface OpenedRecord {
  readonly id: string;
  readonly hiType: string;
  readonly json: string;
}

/** A record to be kept. */
export interface NewRecord {
  readonly hiType: string;
  /** Which record of the visit, the same in every version of it. */
  readonly compositionId: string;
  /** Comes from the content: equal ids, equal documents. */
  readonly documentId: string;
  readonly json: string;
}

/** Which version of which visit the records are of. */
export interface RecordOrigin {
  readonly visitId: string;
  readonly careContextId: string;
  readonly rowVersion: number;
  readonly profileVersion: string;
  readonly builtAt: Date;
}

/** The documents of visits, sealed. What was replaced stays in the table, superseded, and is given to nobody. */
@Injectable()
export class HealthRecords {
  constructor(
    private readonly db: DataSource,
    private readonly sealer: Sealer,
  ) {}

  /** As they are now: a corrected record goes out in its newest form, a withdrawn one not at all. */
  async current(careContextId: string, compositionIds: readonly string[]): Promise<readonly OpenedRecord[]> {
    return this.open(
      await this.db.query(
        `SELECT id, hi_type, sealed_bundle FROM health_record
         WHERE care_context_id = $1 AND composition_id = ANY($2) AND superseded_at IS NULL
         ORDER BY hi_type, composition_id`,
        [careContextId, compositionIds],
      ),
    );
  }

  /** The current records of one type of a visit. */
  async ofVisit(visitId: string, hiType: string): Promise<readonly OpenedRecord[]> {
    return this.open(
      await this.db.query(
        `SELECT id, hi_type, sealed_bundle FROM health_record
         WHERE visit_id = $1 AND hi_type = $2 AND superseded_at IS NULL ORDER BY composition_id`,
        [visitId, hiType],
      ),
    );
  }

  /** Whether exactly these documents are the visit's current ones. */
  async areCurrent(tx: EntityManager, visitId: string, documentIds: readonly string[]): Promise<boolean> {
    const [row]: { same: boolean }[] = await tx.query(
      `SELECT coalesce(array_agg(document_id ORDER BY document_id), '{}') =
         ARRAY(SELECT unnest($2::uuid[]) ORDER BY 1) AS same
       FROM health_record WHERE visit_id = $1 AND superseded_at IS NULL`,
      [visitId, documentIds],
    );
    return row?.same === true;
  }

  /** Replaces what there was: older versions, and the same version when it is built again. */
  async keep(tx: EntityManager, origin: RecordOrigin, records: readonly NewRecord[]): Promise<void> {
    const rows = records.map((record) => {
      const id = newId();
      return { ...record, id, sealed: sealRecord(this.sealer, id, record.json) };
    });
    await tx.query(
      `WITH older AS (
         UPDATE health_record SET superseded_at = $4 WHERE care_context_id = $2 AND superseded_at IS NULL
           AND (row_version <> $3 OR composition_id <> ALL($8))
       )
       INSERT INTO health_record (visit_id, care_context_id, row_version, built_at, profile_version, id, hi_type,
         composition_id, document_id, sealed_bundle, bytes)
       SELECT $1, $2, $3, $4, $5, * FROM unnest($6::uuid[], $7::text[], $8::uuid[], $9::uuid[], $10::bytea[], $11::integer[])
       ON CONFLICT (visit_id, row_version, composition_id) DO UPDATE SET id = excluded.id, built_at = excluded.built_at,
         document_id = excluded.document_id, sealed_bundle = excluded.sealed_bundle, bytes = excluded.bytes,
         superseded_at = NULL`,
      [
        origin.visitId,
        origin.careContextId,
        origin.rowVersion,
        origin.builtAt,
        origin.profileVersion,
        rows.map((row) => row.id),
        rows.map((row) => row.hiType),
        rows.map((row) => row.compositionId),
        rows.map((row) => row.documentId),
        rows.map((row) => row.sealed),
        rows.map((row) => Buffer.byteLength(row.json)),
      ],
    );
  }

  /** From now on the visit has no records to give. */
  async stopGiving(tx: EntityManager, visitId: string, at: Date): Promise<void> {
    await tx.query('UPDATE health_record SET superseded_at = $2 WHERE visit_id = $1 AND superseded_at IS NULL', [
      visitId,
      at,
    ]);
  }

  private open(rows: readonly { id: string; hi_type: string; sealed_bundle: Buffer }[]): readonly OpenedRecord[] {
    return rows.map((row) => ({
      id: row.id,
      hiType: row.hi_type,
      json: openRecord(this.sealer, row.id, row.sealed_bundle),
    }));
  }
}

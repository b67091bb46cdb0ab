import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sealer } from './sealing.js';

export const bundleLabel = (recordId: string): string => `health_record.sealed_bundle:${recordId}`;

/** A current record, opened: the exact text that was validated. */
export interface OpenedRecord {
  readonly id: string;
  readonly hiType: string;
  readonly json: string;
}

@Injectable()
export class HealthRecords {
  constructor(
    private readonly db: DataSource,
    private readonly sealer: Sealer,
  ) {}

  /** As they are now: a corrected record goes out in its newest form, a withdrawn one not at all. */
  async current(careContextId: string, hiTypes: readonly string[]): Promise<readonly OpenedRecord[]> {
    const rows: { id: string; hi_type: string; sealed_bundle: Buffer }[] = await this.db.query(
      `SELECT id, hi_type, sealed_bundle FROM health_record
       WHERE care_context_id = $1 AND hi_type = ANY($2) AND superseded_at IS NULL ORDER BY hi_type`,
      [careContextId, hiTypes],
    );
    return rows.map((row) => ({
      id: row.id,
      hiType: row.hi_type,
      json: this.sealer.open(bundleLabel(row.id), row.sealed_bundle),
    }));
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sealer } from './sealing.js';

/** A patient as the hospital asks for her: every row of hers, and every ABHA address she has or had, hashed. */
export interface PatientRows {
  readonly ids: readonly string[];
  readonly abhaHashes: readonly Buffer[];
}

/** Finds a patient by the number the hospital gave her. Rows the hospital said are one person count as one. */
@Injectable()
export class PatientsByUhid {
  constructor(
    private readonly db: DataSource,
    private readonly sealer: Sealer,
  ) {}

  /** Undefined: the facility has no such patient. */
  async find(facilityId: string, uhid: string): Promise<PatientRows | undefined> {
    const rows: { id: string; hashes: Buffer[] }[] = await this.db.query(
      `SELECT p.id, array_remove(array_agg(h.hash), NULL) AS hashes
       FROM patient me
       JOIN patient p ON p.facility_id = me.facility_id AND coalesce(p.merged_into, p.id) = coalesce(me.merged_into, me.id)
       CROSS JOIN LATERAL (
         SELECT p.abha_address_hash AS hash
         UNION SELECT abha_address_hash FROM former_abha WHERE patient_id = p.id
         UNION SELECT linked_abha_hash FROM care_context WHERE facility_id = p.facility_id AND patient_id = p.id
       ) AS h
       WHERE me.facility_id = $1 AND me.uhid_hash = $2 GROUP BY p.id`,
      [facilityId, this.sealer.hash('uhid', uhid.trim())],
    );
    if (rows.length === 0) return undefined;
    return { ids: rows.map(({ id }) => id), abhaHashes: rows.flatMap(({ hashes }) => hashes) };
  }
}

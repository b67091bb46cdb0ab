import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Sealer } from './sealing.js';
import type { VisitPatient } from '../ports/visit.js';
import { newId } from '../support/ids.js';

const label = (patientId: string): string => `patient.sealed_demographics:${patientId}`;

interface PatientRow {
  readonly id: string;
  readonly sealed_demographics: Buffer;
}

/** Whose visit it is, with all that is known of her. */
export interface MetPatient {
  readonly id: string;
  readonly known: VisitPatient;
  /** Her waiting visits can now be linked. */
  readonly abhaBecameKnown: boolean;
}

/** The patients of a facility: one row a UHID, always with what the newest visit said of her. */
@Injectable()
export class Patients {
  constructor(private readonly sealer: Sealer) {}

  /**
   * Finds or makes the patient of a visit. An ABHA that was known once stays known when a later visit comes without.
   */
  async meet(tx: EntityManager, facilityId: string, patient: VisitPatient, at: Date): Promise<MetPatient> {
    const uhidHash = this.sealer.hash('uhid', patient.uhid);
    const freshId = newId();
    const inserted: unknown[] = await tx.query(
      `INSERT INTO patient (id, facility_id, uhid_hash, abha_address_hash, abha_number_hash, mobile_hash,
         sealed_demographics, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (facility_id, uhid_hash) DO NOTHING RETURNING id`,
      [freshId, facilityId, uhidHash, ...this.hashes(patient), this.seal(freshId, patient), at],
    );
    if (inserted.length === 1) return { id: freshId, known: patient, abhaBecameKnown: false };
    // The lock keeps two visits of one patient from overwriting each other's news.
    const [row]: PatientRow[] = await tx.query(
      'SELECT id, sealed_demographics FROM patient WHERE facility_id = $1 AND uhid_hash = $2 FOR UPDATE',
      [facilityId, uhidHash],
    );
    if (row === undefined) throw new Error('A patient vanished while her visit was stored');
    const before = this.open(row.id, row.sealed_demographics);
    const now: VisitPatient = {
      ...patient,
      abhaNumber: patient.abhaNumber ?? before.abhaNumber,
      abhaAddress: patient.abhaAddress ?? before.abhaAddress,
    };
    await tx.query(
      `UPDATE patient SET abha_address_hash = $2, abha_number_hash = $3, mobile_hash = $4, sealed_demographics = $5,
         updated_at = $6 WHERE id = $1`,
      [row.id, ...this.hashes(now), this.seal(row.id, now), at],
    );
    const abhaBecameKnown = before.abhaAddress === undefined && now.abhaAddress !== undefined;
    return { id: row.id, known: now, abhaBecameKnown };
  }

  open(patientId: string, sealed: Buffer): VisitPatient {
    return this.sealer.openJson(label(patientId), sealed) as VisitPatient;
  }

  private seal(patientId: string, patient: VisitPatient): Buffer {
    return this.sealer.sealJson(label(patientId), patient);
  }

  private hashes(patient: VisitPatient): readonly (Buffer | null)[] {
    const hash = (kind: 'abha-address' | 'abha-number' | 'mobile', value: string | undefined): Buffer | null =>
      value === undefined ? null : this.sealer.hash(kind, value);
    return [
      hash('abha-address', patient.abhaAddress),
      hash('abha-number', patient.abhaNumber),
      hash('mobile', patient.mobile),
    ];
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { RegistrationSource } from '../../persistence/entities/registration.entity.js';
import { Patients } from '../../persistence/patients.js';
import { newId } from '../../support/ids.js';

type Db = Pick<EntityManager, 'query'>;

/** A registration as the hospital sees it. Holds the patient's numbers: neither logged nor kept. */
export interface Registration {
  readonly id: string;
  readonly patientId: string;
  /** In India, `YYYY-MM-DD`. */
  readonly day: string;
  readonly registeredAt: Date;
  readonly source: RegistrationSource;
  readonly sharedProfileId: string | null;
  readonly abhaSessionId: string | null;
  /** The counter's code. */
  readonly counter: string | null;
  readonly token: { readonly id: string; readonly number: number } | null;
  readonly isAbhaCreated: boolean;
  readonly uhid: string;
  readonly abhaNumber: string | undefined;
  readonly abhaAddress: string | undefined;
}

export interface NewRegistration {
  readonly facilityId: string;
  readonly patientId: string;
  readonly day: string;
  readonly at: Date;
  readonly source: RegistrationSource;
  readonly sharedProfileId: string | undefined;
  readonly abhaSessionId: string | undefined;
  readonly queueTokenId: string | undefined;
  readonly counterId: string | undefined;
  readonly isAbhaCreated: boolean;
}

interface Row extends Omit<Registration, 'token' | 'uhid' | 'abhaNumber' | 'abhaAddress'> {
  readonly tokenId: string | null;
  readonly tokenNumber: number | null;
  readonly sealed: Buffer;
}

/** The table of registrations. */
@Injectable()
export class RegistrationRows {
  constructor(private readonly patients: Patients) {}

  byId(db: Db, facilityId: string, id: string): Promise<Registration | undefined> {
    return this.where(db, 'r.facility_id = $1 AND r.id = $2', [facilityId, id]);
  }

  /** The one that a shared profile or an ABHA session ended in. */
  async of(
    db: Db,
    facilityId: string,
    { sharedProfileId, abhaSessionId }: { sharedProfileId?: string | undefined; abhaSessionId?: string | undefined },
  ): Promise<Registration | undefined> {
    if (sharedProfileId === undefined && abhaSessionId === undefined) return undefined;
    const which = 'r.facility_id = $1 AND (r.shared_profile_id = $2 OR r.abha_session_id = $3)';
    return this.where(db, which, [facilityId, sharedProfileId ?? null, abhaSessionId ?? null]);
  }

  /**
   * Makes it, unless the patient was registered at the desk today already: then that one. `isRepeated` says which. Profile and
   * session must have been looked up before, and be locked.
   */
  async make(
    tx: Db,
    registration: NewRegistration,
  ): Promise<{ readonly made: Registration; readonly isRepeated: boolean }> {
    const { facilityId, patientId, day } = registration;
    const [inserted]: { id: string }[] = await tx.query(
      `INSERT INTO registration (id, facility_id, patient_id, day, registered_at, source, shared_profile_id,
         abha_session_id, queue_token_id, counter_id, is_abha_created) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       ON CONFLICT (patient_id, day) WHERE source = 'desk' DO NOTHING RETURNING id`,
      [
        newId(),
        facilityId,
        patientId,
        day,
        registration.at,
        registration.source,
        registration.sharedProfileId ?? null,
        registration.abhaSessionId ?? null,
        registration.queueTokenId ?? null,
        registration.counterId ?? null,
        registration.isAbhaCreated,
      ],
    );
    const made =
      inserted === undefined
        ? await this.where(tx, `r.patient_id = $1 AND r.day = $2 AND r.source = 'desk'`, [patientId, day])
        : await this.byId(tx, facilityId, inserted.id);
    if (made === undefined) throw new Error('A registration could not be stored');
    return { made, isRepeated: inserted === undefined };
  }

  private async where(db: Db, condition: string, values: readonly unknown[]): Promise<Registration | undefined> {
    const [row]: Row[] = await db.query(
      `SELECT r.id, r.patient_id AS "patientId", r.day::text AS day, r.registered_at AS "registeredAt", r.source,
         r.shared_profile_id AS "sharedProfileId", r.abha_session_id AS "abhaSessionId", c.code AS counter,
         r.is_abha_created AS "isAbhaCreated", t.id AS "tokenId", t.number AS "tokenNumber", p.sealed_demographics AS sealed
       FROM registration r JOIN patient p ON p.id = r.patient_id
       LEFT JOIN counter c ON c.id = r.counter_id LEFT JOIN queue_token t ON t.id = r.queue_token_id
       WHERE ${condition}`,
      [...values],
    );
    if (row === undefined) return undefined;
    const { tokenId, tokenNumber, sealed, ...registration } = row;
    const { uhid, abhaNumber, abhaAddress } = this.patients.open(row.patientId, sealed);
    const token = tokenId === null || tokenNumber === null ? null : { id: tokenId, number: tokenNumber };
    return { ...registration, token, uhid, abhaNumber, abhaAddress };
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AbhaAtFacility } from './ended-abha.js';
import { Sealer } from './sealing.js';

/** PostgreSQL spells a UUID in small letters, whoever wrote it; so does the label. */
export const consentLabel = (consentId: string): string => `consent_artefact.sealed_detail:${consentId.toLowerCase()}`;

/** A stored artefact. `detail` is gone once the consent has ended. Its shape is the caller's: it stored it. */
export interface StoredConsent {
  readonly id: string;
  readonly facilityId: string;
  readonly status: 'GRANTED' | 'REVOKED' | 'EXPIRED';
  readonly expiresAt: Date | undefined;
  readonly patientHash: Buffer | undefined;
  /** ABDM told us that the consenting ABHA address is deactivated or deleted. */
  readonly isPatientGone: boolean;
  readonly detail: unknown;
}

@Injectable()
export class Consents {
  constructor(private readonly sealer: Sealer) {}

  async find(db: Pick<EntityManager, 'query'>, id: string): Promise<StoredConsent | undefined> {
    const [row]: {
      facility_id: string;
      status: StoredConsent['status'];
      expires_at: Date | null;
      sealed_detail: Buffer | null;
      patient_hash: Buffer | null;
      is_patient_gone: boolean;
    }[] = await db.query(
      `SELECT facility_id, status, expires_at, sealed_detail, patient_hash, EXISTS (
         SELECT 1 FROM ended_abha e WHERE e.facility_id = c.facility_id AND e.abha_address_hash = c.patient_hash
           AND e.until IS NULL) AS is_patient_gone
       FROM consent_artefact c WHERE id = $1`,
      [id],
    );
    if (row === undefined) return undefined;
    return {
      id,
      facilityId: row.facility_id,
      status: row.status,
      expiresAt: row.expires_at ?? undefined,
      patientHash: row.patient_hash ?? undefined,
      isPatientGone: row.is_patient_gone,
      detail: row.sealed_detail === null ? undefined : this.sealer.openJson(consentLabel(id), row.sealed_detail),
    };
  }

  /** Ends one for a reason of our own: erased, a stub stays for the audit. False: it was not granted (any more). */
  async endOne(tx: EntityManager, id: string, reason: string, now: Date): Promise<boolean> {
    const [ended] = await tx.query<[unknown[], number]>(
      `UPDATE consent_artefact SET status = 'REVOKED', sealed_detail = NULL, ended_at = $2, updated_at = $2, end_reason = $3
       WHERE id = $1 AND status = 'GRANTED' RETURNING id`,
      [id, now, reason],
    );
    return ended.length > 0;
  }

  /** Ends all that a patient has granted at a facility: erased, a stub stays for the audit. Returns which. */
  async endAllOf(
    tx: EntityManager,
    { facilityId, abhaHash }: AbhaAtFacility,
    reason: string,
    now: Date,
  ): Promise<readonly string[]> {
    const [ended] = await tx.query<[{ id: string }[], number]>(
      `UPDATE consent_artefact SET status = 'REVOKED', sealed_detail = NULL, ended_at = $3, updated_at = $3, end_reason = $4
       WHERE facility_id = $1 AND patient_hash = $2 AND status = 'GRANTED' RETURNING id`,
      [facilityId, abhaHash, now, reason],
    );
    return ended.map(({ id }) => id);
  }
}

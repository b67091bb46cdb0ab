import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Sealer } from './sealing.js';

export const consentLabel = (consentId: string): string => `consent_artefact.sealed_detail:${consentId}`;

/** A stored artefact. `detail` is gone once the consent has ended. Its shape is the caller's: it stored it. */
export interface StoredConsent {
  readonly id: string;
  readonly facilityId: string;
  readonly status: 'GRANTED' | 'REVOKED' | 'EXPIRED';
  readonly expiresAt: Date | undefined;
  readonly patientHash: Buffer | undefined;
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
    }[] = await db.query(
      'SELECT facility_id, status, expires_at, sealed_detail, patient_hash FROM consent_artefact WHERE id = $1',
      [id],
    );
    if (row === undefined) return undefined;
    return {
      id,
      facilityId: row.facility_id,
      status: row.status,
      expiresAt: row.expires_at ?? undefined,
      patientHash: row.patient_hash ?? undefined,
      detail: row.sealed_detail === null ? undefined : this.sealer.openJson(consentLabel(id), row.sealed_detail),
    };
  }
}

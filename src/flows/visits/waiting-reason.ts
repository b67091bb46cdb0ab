import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { EndedAbhas } from '../../persistence/ended-abha.js';
import { Patients } from '../../persistence/patients.js';
import { Sealer } from '../../persistence/sealing.js';
import { sealedVisitLabel } from '../../persistence/visit-versions.js';
import type { Visit } from '../../ports/visit.js';
import { CLOCK, type Clock } from '../../support/clock.js';

/**
 * - `no-abha`: the visit brought no ABHA address, and none is known;
 * - `abha-not-in-use`: it brought one that is deactivated or deleted;
 * - `abha-in-use-again`: it was then, and is not any more;
 * - `abha-known-since`: the patient linked other visits by herself, so her address is known, but this one she did not choose.
 */
export type WaitingReason = 'no-abha' | 'abha-not-in-use' | 'abha-in-use-again' | 'abha-known-since';

interface Waiting {
  readonly facility_id: string;
  readonly row_version: number;
  readonly sealed_visit: Buffer | null;
  readonly is_known: boolean;
}

/** Why a visit in `waiting-for-abha` waits: the clerk is told, and "try again" goes by it. */
@Injectable()
export class WaitingReasons {
  constructor(
    private readonly db: DataSource,
    private readonly ended: EndedAbhas,
    private readonly patients: Patients,
    private readonly sealer: Sealer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async of(visitId: string, db: Pick<EntityManager, 'query'> = this.db): Promise<WaitingReason> {
    const [visit]: Waiting[] = await db.query(
      `SELECT v.facility_id, v.row_version, w.sealed_visit, p.abha_address_hash IS NOT NULL AS is_known
       FROM visit v
       JOIN visit_version w ON w.visit_id = v.id AND w.row_version = v.row_version
       JOIN patient p ON p.id = v.patient_id
       WHERE v.id = $1`,
      [visitId],
    );
    if (visit?.is_known === true) return 'abha-known-since';
    if (visit === undefined || visit.sealed_visit === null) return 'no-abha';
    const label = sealedVisitLabel('visit', visitId, visit.row_version);
    const { patient } = this.sealer.openJson(label, visit.sealed_visit) as Visit;
    const abhaHash = this.patients.addressHash(patient);
    if (abhaHash === null) return 'no-abha';
    const isEnded = await this.ended.has(db, { facilityId: visit.facility_id, abhaHash }, this.clock.now());
    return isEnded ? 'abha-not-in-use' : 'abha-in-use-again';
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { VerifiedAbha } from '../../persistence/abha-sessions.js';
import { Patients } from '../../persistence/patients.js';
import { Sealer } from '../../persistence/sealing.js';
import type { VisitPatient } from '../../ports/visit.js';
import { CONFIG, type Config } from '../../support/config.js';
import { differences } from './abha-and-record.js';

type Db = Pick<EntityManager, 'query'>;

/** A mobile that more patients than this have is nobody's own: a health worker's, or made up. */
const MOST_LOOKED_AT = 200;
/** More than a clerk reads. */
const MOST_SHOWN = 10;

interface Row {
  readonly id: string;
  readonly sealed_demographics: Buffer;
}

export interface FoundPatient {
  readonly id: string;
  readonly known: VisitPatient;
}

/** Whom of its patients the hospital may mean. Nobody is guessed: what is only alike is shown to the clerk. */
@Injectable()
export class PatientLookup {
  constructor(
    private readonly patients: Patients,
    private readonly sealer: Sealer,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Locked, so that what is decided of her holds until the transaction ends. */
  async byUhid(tx: Db, facilityId: string, uhid: string): Promise<FoundPatient | undefined> {
    const rows: Row[] = await tx.query(
      'SELECT id, sealed_demographics FROM patient WHERE facility_id = $1 AND uhid_hash = $2 FOR UPDATE',
      [facilityId, this.sealer.hash('uhid', uhid)],
    );
    return this.opened(rows)[0];
  }

  /** Who has this ABHA, one row a person: rows that the hospital said are one count as the one they were merged into. */
  async holders(
    db: Db,
    facilityId: string,
    { abhaNumber, abhaAddress }: Pick<VisitPatient, 'abhaNumber' | 'abhaAddress'>,
  ): Promise<readonly FoundPatient[]> {
    const rows: Row[] = await db.query(
      `SELECT id, sealed_demographics FROM patient WHERE id IN (
         SELECT coalesce(merged_into, id) FROM patient
         WHERE facility_id = $1 AND (abha_number_hash = $2 OR abha_address_hash = $3))
       ORDER BY id LIMIT $4`,
      [
        facilityId,
        abhaNumber === undefined ? null : this.sealer.hash('abha-number', abhaNumber),
        abhaAddress === undefined ? null : this.sealer.hash('abha-address', abhaAddress),
        MOST_SHOWN,
      ],
    );
    return this.opened(rows);
  }

  /** Somebody else than `patientId` (or whom she was merged with) who has this ABHA. */
  async otherHolder(
    db: Db,
    facilityId: string,
    patientId: string,
    abha: Pick<VisitPatient, 'abhaNumber' | 'abhaAddress'>,
  ): Promise<FoundPatient | undefined> {
    const [me]: { person: string }[] = await db.query(
      'SELECT coalesce(merged_into, id) AS person FROM patient WHERE id = $1',
      [patientId],
    );
    return (await this.holders(db, facilityId, abha)).find(({ id }) => id !== me?.person);
  }

  /**
   * Patients with her mobile, as ABDM says it or as the clerk has `typed` it, whose name, gender and year of birth fit, and who
   * have no other ABHA. ABDM often shows a masked one only, of which nobody can be looked up.
   */
  async alike(
    db: Db,
    facilityId: string,
    abha: VerifiedAbha,
    typed: string | undefined,
  ): Promise<readonly VisitPatient[]> {
    const mobiles = new Set([abha.mobile, typed].filter((mobile) => mobile !== undefined));
    const rows: Row[] = [];
    for (const mobile of mobiles) rows.push(...(await this.withMobile(db, facilityId, mobile)));
    const tolerance = this.config.DISCOVERY_BIRTH_YEAR_TOLERANCE;
    return this.opened(rows)
      .map(({ known }) => known)
      .filter((known) => differences(known, abha, tolerance).length === 0)
      .slice(0, MOST_SHOWN);
  }

  private async withMobile(db: Db, facilityId: string, mobile: string): Promise<readonly Row[]> {
    const rows: Row[] = await db.query(
      'SELECT id, sealed_demographics FROM patient WHERE facility_id = $1 AND mobile_hash = $2 ORDER BY id LIMIT $3',
      [facilityId, this.sealer.hash('mobile', mobile), MOST_LOOKED_AT + 1],
    );
    return rows.length > MOST_LOOKED_AT ? [] : rows;
  }

  private opened(rows: readonly Row[]): FoundPatient[] {
    return rows.map(({ id, sealed_demographics }) => ({ id, known: this.patients.open(id, sealed_demographics) }));
  }
}

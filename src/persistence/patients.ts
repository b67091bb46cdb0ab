import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { VisitPatient } from '../ports/visit.js';
import { newId } from '../support/ids.js';
import { EndedAbhas, type AbhaAtFacility } from './ended-abha.js';
import { MergeProposals } from './merge-proposals.js';
import { Sealer } from './sealing.js';

type Db = Pick<EntityManager, 'query'>;
type Abha = Pick<VisitPatient, 'abhaNumber' | 'abhaAddress'>;

const NO_ABHA: Abha = { abhaNumber: undefined, abhaAddress: undefined };
const label = (patientId: string): string => `patient.sealed_demographics:${patientId}`;
const formerLabel = (patientId: string): string => `former_abha.sealed_abha:${patientId}`;

interface PatientRow {
  readonly id: string;
  readonly sealed_demographics: Buffer;
  readonly abha_as_of: Date | null;
}

/** Whose visit it is, with all that is known of her. */
export interface MetPatient {
  readonly id: string;
  readonly known: VisitPatient;
  /** Her waiting visits can now be linked. */
  readonly abhaBecameKnown: boolean;
}

/**
 * The patients of a facility: one row a UHID, always with what the newest visit said of her. Rows the hospital said are one
 * person point at one of them with `merged_into`; `coalesce(merged_into, id)` is the person.
 */
@Injectable()
export class Patients {
  constructor(
    private readonly sealer: Sealer,
    private readonly ended: EndedAbhas,
    private readonly proposals: MergeProposals,
  ) {}

  /**
   * Finds or makes the patient of a visit. An ABHA that was known once stays known when a later visit comes without; another
   * one replaces it, unless the visit is older than the one that brought it. An address that is not in use is not taken.
   * @param visitAt when the visit was
   */
  async meet(
    tx: EntityManager,
    facilityId: string,
    patient: VisitPatient,
    { now, visitAt }: { readonly now: Date; readonly visitAt: Date },
  ): Promise<MetPatient> {
    const isEnded = await this.isEnded(tx, facilityId, patient, now);
    const said = isEnded ? { ...patient, ...NO_ABHA } : patient;
    const uhidHash = this.sealer.hash('uhid', patient.uhid);
    const freshId = newId();
    const inserted: unknown[] = await tx.query(
      `INSERT INTO patient (id, facility_id, uhid_hash, abha_address_hash, abha_number_hash, mobile_hash,
         sealed_demographics, updated_at, abha_as_of, abha_ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (facility_id, uhid_hash) DO NOTHING RETURNING id`,
      [
        freshId,
        facilityId,
        uhidHash,
        ...this.hashes(said),
        this.seal(freshId, said),
        now,
        asOf(said, visitAt),
        isEnded ? now : null,
      ],
    );
    if (inserted.length === 1) {
      await this.propose(tx, facilityId, freshId, said, now);
      return { id: freshId, known: said, abhaBecameKnown: false };
    }
    // The lock keeps two visits of one patient from overwriting each other's news.
    const [row]: PatientRow[] = await tx.query(
      'SELECT id, sealed_demographics, abha_as_of FROM patient WHERE facility_id = $1 AND uhid_hash = $2 FOR UPDATE',
      [facilityId, uhidHash],
    );
    if (row === undefined) throw new Error('A patient vanished while her visit was stored');
    const before = this.open(row.id, row.sealed_demographics);
    const isOther = ![undefined, before.abhaAddress].includes(said.abhaAddress);
    const isOld = isOther && before.abhaAddress !== undefined && row.abha_as_of !== null && visitAt < row.abha_as_of;
    const abha = isOld ? before : { ...before, ...whatIsSaid(said) };
    const known: VisitPatient = { ...patient, abhaNumber: abha.abhaNumber, abhaAddress: abha.abhaAddress };
    const isNews = known.abhaAddress !== before.abhaAddress || known.abhaNumber !== before.abhaNumber;
    if (isNews) await this.keepFormer(tx, facilityId, row.id, before, known, now);
    await this.write(tx, row.id, known, now, isNews ? asOf(known, visitAt) : row.abha_as_of);
    if (isNews) await this.propose(tx, facilityId, row.id, known, now);
    if (isNews) for (const id of await this.others(tx, row.id)) await this.giveAbha(tx, facilityId, id, known, now);
    const abhaBecameKnown = before.abhaAddress === undefined && known.abhaAddress !== undefined;
    return { id: row.id, known, abhaBecameKnown };
  }

  /** Visits of the patient, and of all who are one person with her, that wait for an ABHA address. */
  async waitingVisits(tx: EntityManager, patientId: string): Promise<readonly string[]> {
    const waiting: { id: string }[] = await tx.query(
      `SELECT id FROM visit WHERE patient_id = ANY($1) AND state = 'waiting-for-abha' ORDER BY id`,
      [[patientId, ...(await this.others(tx, patientId))]],
    );
    return waiting.map(({ id }) => id);
  }

  open(patientId: string, sealed: Buffer): VisitPatient {
    return this.sealer.openJson(label(patientId), sealed) as VisitPatient;
  }

  /**
   * The patient of a visit under the ABHA it is linked with, which may be one she had before; of a visit that is not linked,
   * under her own. Without any when that ABHA is no longer in use: then there is nobody to tell.
   */
  async asLinked(db: Db, visitId: string, patientId: string, known: VisitPatient): Promise<VisitPatient> {
    const [linked]: { hash: Buffer; sealed_abha: Buffer | null }[] = await db.query(
      `SELECT c.linked_abha_hash AS hash, f.sealed_abha FROM care_context c
       LEFT JOIN former_abha f ON f.patient_id = $2 AND f.abha_address_hash = c.linked_abha_hash
       WHERE c.visit_id = $1 AND c.linked_abha_hash IS NOT NULL`,
      [visitId, patientId],
    );
    if (linked === undefined || this.addressHash(known)?.equals(linked.hash)) return known;
    if (linked.sealed_abha === null) return { ...known, ...NO_ABHA };
    return { ...known, ...(this.sealer.openJson(formerLabel(patientId), linked.sealed_abha) as Abha) };
  }

  addressHash({ abhaAddress }: Pick<Abha, 'abhaAddress'>): Buffer | null {
    return abhaAddress === undefined ? null : this.sealer.hash('abha-address', abhaAddress);
  }

  /** Nobody at the facility has this address any more. Returns who had it. */
  async forgetAbha(tx: EntityManager, { facilityId, abhaHash }: AbhaAtFacility, now: Date): Promise<readonly string[]> {
    const rows: PatientRow[] = await tx.query(
      `SELECT id, sealed_demographics, abha_as_of FROM patient WHERE facility_id = $1 AND abha_address_hash = $2
       ORDER BY id FOR UPDATE`,
      [facilityId, abhaHash],
    );
    for (const row of rows) {
      await this.write(tx, row.id, { ...this.open(row.id, row.sealed_demographics), ...NO_ABHA }, now, null);
    }
    await tx.query('UPDATE patient SET abha_ended_at = $2 WHERE id = ANY($1)', [rows.map(({ id }) => id), now]);
    const [former] = await tx.query<[{ patient_id: string }[], number]>(
      'DELETE FROM former_abha WHERE facility_id = $1 AND abha_address_hash = $2 RETURNING patient_id',
      [facilityId, abhaHash],
    );
    return [...new Set([...rows.map(({ id }) => id), ...former.map(({ patient_id }) => patient_id)])];
  }

  /**
   * Somebody at the hospital says that an address ABDM refused as deactivated is in use again; or ABDM said so itself, and it
   * is given back to her. True when her row had none and has it now.
   */
  async hasReactivated(
    tx: EntityManager,
    facilityId: string,
    patientId: string,
    abha: Abha,
    now: Date,
  ): Promise<boolean> {
    const abhaHash = this.addressHash(abha);
    if (abhaHash === null) return false;
    await this.ended.liftRefusal(tx, { facilityId, abhaHash });
    if (await this.ended.has(tx, { facilityId, abhaHash }, now)) return false;
    return this.giveAbha(tx, facilityId, patientId, abha, now);
  }

  /**
   * She has proved that the ABHA address is hers, so it is in use, whatever we heard before. False when her row has one
   * already.
   */
  async learnAbha(tx: EntityManager, facilityId: string, patientId: string, abha: Abha, now: Date): Promise<boolean> {
    const abhaHash = this.addressHash(abha);
    if (abhaHash !== null) await this.ended.lift(tx, { facilityId, abhaHash });
    return this.giveAbha(tx, facilityId, patientId, abha, now);
  }

  /** Gives an ABHA that is known to be in use to a patient who has no address. False when she has one. */
  async giveAbha(tx: EntityManager, facilityId: string, patientId: string, abha: Abha, now: Date): Promise<boolean> {
    const [row]: PatientRow[] = await tx.query(
      'SELECT id, sealed_demographics, abha_as_of FROM patient WHERE id = $1 AND facility_id = $2 FOR UPDATE',
      [patientId, facilityId],
    );
    if (row === undefined || abha.abhaAddress === undefined) return false;
    const before = this.open(row.id, row.sealed_demographics);
    if (before.abhaAddress !== undefined) return false;
    const known = { ...before, abhaAddress: abha.abhaAddress, abhaNumber: abha.abhaNumber ?? before.abhaNumber };
    await this.write(tx, row.id, known, now, null);
    await this.propose(tx, facilityId, row.id, known, now);
    return true;
  }

  /** Visits of hers are linked under another ABHA than she has here: what is linked so is served under it. */
  async keepOtherAbha(tx: EntityManager, facilityId: string, patientId: string, abha: Abha, now: Date): Promise<void> {
    await this.keepFormer(tx, facilityId, patientId, abha, NO_ABHA, now);
  }

  /** The rows that the hospital said are this person too. */
  private async others(tx: EntityManager, patientId: string): Promise<readonly string[]> {
    const rows: { id: string }[] = await tx.query(
      `SELECT p.id FROM patient me JOIN patient p
         ON p.id = coalesce(me.merged_into, me.id) OR p.merged_into = coalesce(me.merged_into, me.id)
       WHERE me.id = $1 AND p.id <> me.id ORDER BY p.id`,
      [patientId],
    );
    return rows.map(({ id }) => id);
  }

  private async isEnded(tx: EntityManager, facilityId: string, abha: Abha, now: Date): Promise<boolean> {
    const abhaHash = this.addressHash(abha);
    return abhaHash !== null && (await this.ended.has(tx, { facilityId, abhaHash }, now));
  }

  private propose(tx: EntityManager, facilityId: string, patientId: string, known: Abha, now: Date): Promise<void> {
    const [addressHash, numberHash] = [this.addressHash(known), this.numberHash(known)];
    return this.proposals.propose(tx, { facilityId, patientId, addressHash, numberHash }, now);
  }

  private async keepFormer(
    tx: EntityManager,
    facilityId: string,
    patientId: string,
    { abhaAddress, abhaNumber }: Abha,
    known: Abha,
    now: Date,
  ): Promise<void> {
    if (abhaAddress === undefined || abhaAddress === known.abhaAddress) return;
    await tx.query(
      `INSERT INTO former_abha (patient_id, abha_address_hash, facility_id, sealed_abha, until) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (patient_id, abha_address_hash) DO UPDATE SET sealed_abha = excluded.sealed_abha, until = excluded.until`,
      [
        patientId,
        this.addressHash({ abhaAddress }),
        facilityId,
        this.sealer.sealJson(formerLabel(patientId), { abhaAddress, abhaNumber }),
        now,
      ],
    );
  }

  private async write(
    tx: EntityManager,
    id: string,
    known: VisitPatient,
    now: Date,
    abhaAsOf: Date | null,
  ): Promise<void> {
    await tx.query(
      `UPDATE patient SET abha_address_hash = $2, abha_number_hash = $3, mobile_hash = $4, sealed_demographics = $5,
         updated_at = $6, abha_as_of = $7, abha_ended_at = CASE WHEN $2::bytea IS NULL THEN abha_ended_at END
       WHERE id = $1`,
      [id, ...this.hashes(known), this.seal(id, known), now, abhaAsOf],
    );
  }

  private seal(patientId: string, patient: VisitPatient): Buffer {
    return this.sealer.sealJson(label(patientId), patient);
  }

  private numberHash({ abhaNumber }: Abha): Buffer | null {
    return abhaNumber === undefined ? null : this.sealer.hash('abha-number', abhaNumber);
  }

  private hashes(patient: VisitPatient): readonly (Buffer | null)[] {
    const { mobile } = patient;
    return [
      this.addressHash(patient),
      this.numberHash(patient),
      mobile === undefined ? null : this.sealer.hash('mobile', mobile),
    ];
  }
}

const asOf = ({ abhaAddress }: Abha, visitAt: Date): Date | null => (abhaAddress === undefined ? null : visitAt);

/** What the visit says of her ABHA: a part it leaves out stays as it was. */
const whatIsSaid = ({ abhaAddress, abhaNumber }: Abha): Partial<Abha> => ({
  ...(abhaAddress !== undefined && { abhaAddress }),
  ...(abhaNumber !== undefined && { abhaNumber }),
});

import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { NRCES_GUIDE_VERSION } from '../../fhir/terminology/guide.js';
import { DoesJob } from '../../jobs/job-handlers.js';
import { JOBS } from '../../jobs/jobs.js';
import { Facilities } from '../../persistence/facilities.js';
import { HealthRecords } from '../../persistence/health-records.js';
import { Patients } from '../../persistence/patients.js';
import { Sealer } from '../../persistence/sealing.js';
import { Timeline } from '../../persistence/timeline.js';
import { UncodedTerms } from '../../persistence/uncoded-terms.js';
import { sealedVisitLabel } from '../../persistence/visit-versions.js';
import type { QuarantineReason } from '../../ports/hospital.port.js';
import type { Visit, VisitPatient } from '../../ports/visit.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { newId } from '../../support/ids.js';
import { careContextDisplay, careContextReference } from './care-context-words.js';
import { RecordWorkshop, type PreparedRecords } from './record-workshop.js';

/** Which visit, in which version, of whom. */
export interface VisitHead {
  readonly id: string;
  readonly facility_id: string;
  readonly row_version: number;
  readonly patient_id: string;
  /** The ABHA address this version of the visit came with. */
  readonly said_abha_address: string | undefined;
}

interface CurrentVersion extends Omit<VisitHead, 'said_abha_address'> {
  readonly state: string;
  readonly sealed_visit: Buffer | null;
  readonly sealed_demographics: Buffer;
}

/**
 * A visit becomes FHIR documents: built and validated before it is linked, because the patient's app asks for them within
 * seconds of linking. What does not validate is quarantined with a reason a clerk can read.
 */
@Injectable()
export class RecordBuilding {
  constructor(
    private readonly db: DataSource,
    private readonly facilities: Facilities,
    private readonly patients: Patients,
    private readonly records: HealthRecords,
    private readonly sealer: Sealer,
    private readonly timeline: Timeline,
    private readonly uncoded: UncodedTerms,
    private readonly workshop: RecordWorkshop,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @DoesJob('visit.build')
  async build(visitId: string): Promise<void> {
    const [current]: CurrentVersion[] = await this.db.query(
      `SELECT v.id, v.facility_id, v.row_version, v.state, w.sealed_visit, v.patient_id, p.sealed_demographics
       FROM visit v
       JOIN visit_version w ON w.visit_id = v.id AND w.row_version = v.row_version
       JOIN patient p ON p.id = v.patient_id
       WHERE v.id = $1`,
      [visitId],
    );
    if (current === undefined || current.sealed_visit === null || current.state === 'withdrawn') return;
    const facility = await this.facilities.byId(current.facility_id);
    if (facility === undefined) throw new Error('A visit is of a facility that is not known');

    const label = sealedVisitLabel('visit', current.id, current.row_version);
    const visit = this.sealer.openJson(label, current.sealed_visit) as Visit;
    const known = this.patients.open(current.patient_id, current.sealed_demographics);
    const prepared = this.workshop.prepare(facility, await this.named(this.db, current, visit, known));
    await this.db.transaction(async (tx) => {
      // A newer version may have come meanwhile: then its own records count.
      const [still]: { state: string }[] = await tx.query(
        'SELECT state FROM visit WHERE id = $1 AND row_version = $2 FOR UPDATE',
        [visitId, current.row_version],
      );
      if (still === undefined || still.state === 'withdrawn') return;
      // Built again for nothing, e.g. after a table was extended that knows none of its words: nobody need be told.
      const documentIds = prepared.records.map(({ bundle }) => bundle.id ?? '');
      const isAsItWas = prepared.reasons.length === 0 && (await this.records.areCurrent(tx, visitId, documentIds));
      if (isAsItWas && still.state === 'linked') return;
      await this.keep(tx, { ...current, said_abha_address: visit.patient.abhaAddress }, prepared);
    });
  }

  /** In the transaction of a caller who holds the visit. Returns why it was quarantined; empty: it was not. */
  async keep(tx: EntityManager, head: VisitHead, prepared: PreparedRecords): Promise<readonly QuarantineReason[]> {
    if (prepared.reasons.length > 0) return this.quarantine(tx, head, prepared.reasons);
    const isKept = await this.keepAll(tx, head, prepared);
    return isKept ? [] : this.quarantine(tx, head, [PATIENT_CHANGED]);
  }

  /** The visit, naming its patient by the ABHA that is known of her; once it is linked, by the one it is linked with. */
  async named(
    db: Pick<EntityManager, 'query'>,
    head: Pick<VisitHead, 'id' | 'patient_id'>,
    visit: Visit,
    known: VisitPatient,
  ): Promise<Visit> {
    const { abhaNumber, abhaAddress } = await this.patients.asLinked(db, head.id, head.patient_id, known);
    return { ...visit, patient: { ...visit.patient, abhaNumber, abhaAddress } };
  }

  private async quarantine(
    tx: EntityManager,
    head: VisitHead,
    reasons: readonly QuarantineReason[],
  ): Promise<readonly QuarantineReason[]> {
    await tx.query('UPDATE visit_version SET reasons = $3 WHERE visit_id = $1 AND row_version = $2', [
      head.id,
      head.row_version,
      JSON.stringify(reasons),
    ]);
    await this.timeline.note(tx, head.id, 'quarantined', { code: reasons[0]?.code ?? '', state: 'quarantined' });
    return reasons;
  }

  /**
   * False when the visit is linked, and now comes with another patient or ABHA address: a link cannot be moved, and that app
   * must not get these records. One that comes without an address stays with the one it is linked to.
   */
  private async keepAll(
    tx: EntityManager,
    head: VisitHead,
    { visit, records, terms }: PreparedRecords,
  ): Promise<boolean> {
    const now = this.clock.now();
    const [context]: { id: string }[] = await tx.query(
      `INSERT INTO care_context (id, facility_id, visit_id, patient_id, reference, display, hi_types, visit_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (visit_id) DO UPDATE SET patient_id = excluded.patient_id, hi_types = excluded.hi_types,
         display = excluded.display, visit_at = excluded.visit_at
       WHERE care_context.linked_at IS NULL
         OR (care_context.patient_id = excluded.patient_id AND ($9::bytea IS NULL OR care_context.linked_abha_hash = $9))
       RETURNING id`,
      [
        newId(),
        head.facility_id,
        head.id,
        head.patient_id,
        careContextReference(visit.opdNumber, head.id),
        careContextDisplay(visit.registeredAt),
        [...new Set(records.map((record) => record.hiType))],
        visit.registeredAt,
        this.patients.addressHash({ abhaAddress: head.said_abha_address }),
      ],
    );
    if (context === undefined) {
      await this.records.stopGiving(tx, head.id, now);
      return false;
    }
    await this.records.keep(
      tx,
      {
        visitId: head.id,
        careContextId: context.id,
        rowVersion: head.row_version,
        profileVersion: NRCES_GUIDE_VERSION,
        builtAt: now,
      },
      records.map(({ hiType, id: compositionId, bundle, json }) => ({
        hiType,
        compositionId,
        documentId: bundle.id ?? '',
        json,
      })),
    );
    await this.uncoded.keep(
      tx,
      { id: head.id, facilityId: head.facility_id },
      { termCount: terms.length, uncoded: terms.filter(({ isCoded }) => !isCoded) },
    );
    // Next is linking, or for a linked visit telling ABDM of its new records: row, timeline and job in one statement.
    await tx.query(
      `WITH linking_row AS (
         INSERT INTO linking (id, visit_id, care_context_id, facility_id, patient_id, state, updated_at)
         VALUES ($1, $2, $3, $4, $5, 'waiting-for-abha', $6)
         ON CONFLICT (visit_id) DO UPDATE SET patient_id = excluded.patient_id, updated_at = excluded.updated_at,
           state = CASE WHEN linking.patient_id = excluded.patient_id THEN linking.state ELSE excluded.state END
         RETURNING id, state = 'linked' AS is_linked
       ), moved AS (
         UPDATE visit SET state = CASE WHEN is_linked THEN 'linked' ELSE 'linking' END, updated_at = $6
         FROM linking_row WHERE visit.id = $2
       ), noted AS (
         INSERT INTO visit_event (visit_id, step, happened_at) VALUES ($2, 'built', $6)
       )
       SELECT graphile_worker.add_job(CASE WHEN is_linked THEN 'linking.notify' ELSE 'linking.advance' END,
         json_build_object('id', id), max_attempts => $7) FROM linking_row`,
      [newId(), head.id, context.id, head.facility_id, head.patient_id, now, JOBS['linking.advance'].attempts],
    );
    return true;
  }
}

const PATIENT_CHANGED: QuarantineReason = {
  code: 'patient-changed-after-link',
  field: 'PATIENT',
  en: 'The visit is already in the app of another patient or ABHA address and cannot be moved. Withdraw it, and send it under a new number.',
  hi: 'विज़िट पहले ही दूसरे मरीज़ या दूसरे आभा पते के ऐप में है और हटाई नहीं जा सकती। इसे वापस लें और नए नंबर से भेजें।',
};

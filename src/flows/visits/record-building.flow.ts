import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { buildRecords, type BuiltRecord } from '../../fhir/records/index.js';
import { NRCES_GUIDE_VERSION } from '../../fhir/terminology/guide.js';
import { createDefaultValidator, type Issue } from '../../fhir/validation/index.js';
import { DoesJob } from '../../jobs/job-handlers.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { Facilities } from '../../persistence/facilities.js';
import { bundleLabel } from '../../persistence/health-records.js';
import { Patients } from '../../persistence/patients.js';
import { Sealer } from '../../persistence/sealing.js';
import { Timeline } from '../../persistence/timeline.js';
import type { QuarantineReason } from '../../ports/hospital.port.js';
import type { Visit } from '../../ports/visit.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { newId } from '../../support/ids.js';
import { careContextDisplay, careContextReference } from './care-context-words.js';
import { sealedVisitLabel } from '../../persistence/visit-versions.js';

interface CurrentVersion {
  readonly id: string;
  readonly facility_id: string;
  readonly row_version: number;
  readonly state: string;
  readonly sealed_visit: Buffer | null;
  readonly patient_id: string;
  readonly sealed_demographics: Buffer;
}

/**
 * A visit becomes FHIR documents: built and validated before it is linked, because the patient's app asks for them within
 * seconds of linking. What does not validate is quarantined with a reason a clerk can read.
 */
@Injectable()
export class RecordBuilding {
  private readonly validator = createDefaultValidator();

  constructor(
    private readonly db: DataSource,
    private readonly facilities: Facilities,
    private readonly jobs: JobQueue,
    private readonly patients: Patients,
    private readonly sealer: Sealer,
    private readonly timeline: Timeline,
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

    const visit = this.withKnownAbha(current, current.sealed_visit);
    const records = buildRecords(visit, {
      facility: {
        hfrId: facility.hfrId,
        name: facility.name,
        state: facility.state ?? undefined,
        district: facility.district ?? undefined,
      },
    });
    const errors = records.flatMap(({ bundle }) => this.validator.validate(bundle)).filter(isError);
    await this.db.transaction(async (tx) => {
      // A newer version may have come while this one was built: then its own job builds it.
      const [still]: unknown[] = await tx.query('SELECT 1 FROM visit WHERE id = $1 AND row_version = $2 FOR UPDATE', [
        visitId,
        current.row_version,
      ]);
      if (still === undefined) return;
      if (errors.length > 0 || records.length === 0) return this.quarantine(tx, current, errors);
      await this.keep(tx, current, visit, records);
    });
  }

  private withKnownAbha(current: CurrentVersion, sealedVisit: Buffer): Visit {
    const label = sealedVisitLabel('visit', current.id, current.row_version);
    const visit = this.sealer.openJson(label, sealedVisit) as Visit;
    const known = this.patients.open(current.patient_id, current.sealed_demographics);
    const { abhaNumber, abhaAddress } = known;
    return { ...visit, patient: { ...visit.patient, abhaNumber, abhaAddress } };
  }

  private async quarantine(tx: EntityManager, current: CurrentVersion, errors: readonly Issue[]): Promise<void> {
    const reasons: QuarantineReason[] = errors.slice(0, 20).map((error) => ({
      code: `record-${error.rule}`,
      field: error.path,
      en: error.message,
      hi: error.messageHindi,
    }));
    await tx.query('UPDATE visit_version SET reasons = $3 WHERE visit_id = $1 AND row_version = $2', [
      current.id,
      current.row_version,
      JSON.stringify(reasons),
    ]);
    const code = reasons[0]?.code ?? 'record-empty';
    await this.timeline.note(tx, current.id, 'quarantined', { code, state: 'quarantined' });
  }

  private async keep(
    tx: EntityManager,
    current: CurrentVersion,
    visit: Visit,
    records: readonly BuiltRecord[],
  ): Promise<void> {
    const now = this.clock.now();
    const hiTypes = records.map((record) => record.hiType);
    const [context]: { id: string }[] = await tx.query(
      `INSERT INTO care_context (id, facility_id, visit_id, patient_id, reference, display, hi_types, visit_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ON CONFLICT (visit_id) DO UPDATE SET hi_types = excluded.hi_types, display = excluded.display,
         visit_at = excluded.visit_at
       RETURNING id`,
      [
        newId(),
        current.facility_id,
        current.id,
        current.patient_id,
        careContextReference(visit.opdNumber, current.id),
        careContextDisplay(visit.registeredAt),
        hiTypes,
        visit.registeredAt,
      ],
    );
    if (context === undefined) throw new Error('The care context could not be stored');
    await this.keepRecords(tx, current, context.id, records, now);
    const [linking]: { id: string; state: string }[] = await tx.query(
      `INSERT INTO linking (id, visit_id, care_context_id, facility_id, patient_id, state, updated_at)
       VALUES ($1, $2, $3, $4, $5, 'waiting-for-abha', $6)
       ON CONFLICT (visit_id) DO UPDATE SET updated_at = excluded.updated_at RETURNING id, state`,
      [newId(), current.id, context.id, current.facility_id, current.patient_id, now],
    );
    if (linking === undefined) throw new Error('The linking could not be stored');
    const isLinked = linking.state === 'linked';
    await this.timeline.note(tx, current.id, 'built', isLinked ? { state: 'linked' } : { state: 'linking' });
    await this.jobs.add(tx, isLinked ? 'linking.notify' : 'linking.advance', linking.id);
  }

  /** Replaces what there was: older versions, and the same version when it is built again for an ABHA that became known. */
  private async keepRecords(
    tx: EntityManager,
    current: CurrentVersion,
    careContextId: string,
    records: readonly BuiltRecord[],
    now: Date,
  ): Promise<void> {
    const rows = records.map(({ hiType, json }) => {
      const id = newId();
      return { id, hiType, sealed: this.sealer.seal(bundleLabel(id), json), bytes: Buffer.byteLength(json) };
    });
    await tx.query(
      `WITH older AS (
         UPDATE health_record SET superseded_at = $4 WHERE care_context_id = $2 AND superseded_at IS NULL
           AND (row_version <> $3 OR hi_type <> ALL($7))
       )
       INSERT INTO health_record (visit_id, care_context_id, row_version, built_at, profile_version, id, hi_type,
         sealed_bundle, bytes)
       SELECT $1, $2, $3, $4, $5, * FROM unnest($6::uuid[], $7::text[], $8::bytea[], $9::integer[])
       ON CONFLICT (visit_id, row_version, hi_type) DO UPDATE SET id = excluded.id, built_at = excluded.built_at,
         sealed_bundle = excluded.sealed_bundle, bytes = excluded.bytes, superseded_at = NULL`,
      [
        current.id,
        careContextId,
        current.row_version,
        now,
        NRCES_GUIDE_VERSION,
        rows.map((row) => row.id),
        rows.map((row) => row.hiType),
        rows.map((row) => row.sealed),
        rows.map((row) => row.bytes),
      ],
    );
  }
}

const isError = (issue: Issue): boolean => issue.severity === 'error';

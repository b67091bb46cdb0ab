import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { JobQueue } from '../../jobs/job-queue.js';
import type { Facility } from '../../persistence/entities/facility.entity.js';
import type { VisitState } from '../../persistence/entities/visit.entity.js';
import { HealthRecords } from '../../persistence/health-records.js';
import { Patients, type MetPatient } from '../../persistence/patients.js';
import { Sealer } from '../../persistence/sealing.js';
import { Timeline } from '../../persistence/timeline.js';
import { UncodedTerms } from '../../persistence/uncoded-terms.js';
import { HOSPITAL_PORT, type FieldProblem, type HospitalPort, type VisitReading } from '../../ports/hospital.port.js';
import type { Visit } from '../../ports/visit.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { counters } from '../../support/counters.js';
import { newId } from '../../support/ids.js';
import { indiaDay } from '../../support/india-day.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import { RecordBuilding } from './record-building.flow.js';
import { RecordWorkshop, type PreparedRecords } from './record-workshop.js';
import { sealedVisitLabel } from '../../persistence/visit-versions.js';

/** `unchanged`: this version is known. `older`: a newer one is known. Both leave everything as it was. */
export type IntakeOutcome = 'received' | 'corrected' | 'withdrawn' | 'unchanged' | 'older';

export interface IntakeResult {
  readonly id: string;
  readonly outcome: IntakeOutcome;
  readonly state: VisitState;
  readonly reasons: readonly unknown[];
  readonly remarkCount: number;
}

/** The row cannot be taken; nothing was stored. `conflict`: another content under a version that is known. */
export class VisitRefused extends Error {
  constructor(
    readonly kind: 'bad-input' | 'other-facility' | 'conflict',
    readonly problems: readonly FieldProblem[],
  ) {
    super('The visit was refused');
    this.name = 'VisitRefused';
  }
}

type Taken = Exclude<VisitReading, { kind: 'refused' }>;

interface VisitLock {
  readonly id: string;
  readonly row_version: number;
  readonly state: VisitState;
  readonly is_new: boolean;
}

/**
 * A visit arrives from the hospital: cleaned, stored with its remarks, and its records built, in one transaction.
 *
 *   row ─▶ refused (told at once) | quarantined (kept, with a reason) | records built ─▶ job linking.advance
 *
 * The same visit from two processes at once is one visit: the second waits at the row lock and finds it known.
 */
@Injectable()
export class VisitIntake {
  constructor(
    private readonly db: DataSource,
    private readonly building: RecordBuilding,
    private readonly workshop: RecordWorkshop,
    private readonly records: HealthRecords,
    private readonly jobs: JobQueue,
    private readonly patients: Patients,
    private readonly sealer: Sealer,
    private readonly timeline: Timeline,
    private readonly uncoded: UncodedTerms,
    @Inject(HOSPITAL_PORT) private readonly hospital: HospitalPort,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** @throws VisitRefused */
  async receive(facility: Facility, row: unknown): Promise<IntakeResult> {
    const { masked, reading } = this.hospital.read(row);
    if (reading.kind === 'refused') {
      counters.visits.inc({ outcome: 'refused' });
      throw new VisitRefused('bad-input', reading.problems);
    }
    const hfrId = reading.kind === 'understood' ? reading.visit.hfrId : reading.hfrId;
    if (hfrId !== facility.hfrId) {
      counters.visits.inc({ outcome: 'refused' });
      throw new VisitRefused('other-facility', [
        { field: 'facility', code: 'other-facility', detail: 'The visit is of another facility than the API key' },
      ]);
    }
    const result = await this.db.transaction((tx) => this.store(tx, facility, masked, reading));
    counters.visits.inc({ outcome: result.outcome });
    return result;
  }

  private async store(tx: EntityManager, facility: Facility, masked: unknown, reading: Taken): Promise<IntakeResult> {
    const head = reading.kind === 'understood' ? reading.visit : reading;
    const visit = await this.lock(tx, facility.id, head.opdNumber, head.rowVersion, reading);
    if (!visit.is_new) {
      if (visit.row_version > head.rowVersion) return this.known(tx, visit, 'older');
      if (visit.row_version === head.rowVersion) {
        await this.refuseOtherContent(tx, visit.id, head.rowVersion, masked);
        return this.known(tx, visit, 'unchanged');
      }
    }
    const patient =
      reading.kind === 'understood'
        ? await this.patients.meet(tx, facility.id, reading.visit.patient, {
            now: this.clock.now(),
            visitAt: new Date(reading.visit.registeredAt),
          })
        : undefined;
    const state: VisitState = head.withdrawn ? 'withdrawn' : reading.kind === 'understood' ? 'received' : 'quarantined';
    const reasons = reading.kind === 'quarantined' ? reading.reasons : [];
    await this.keepVersion(tx, visit, state, masked, reading, patient?.id);
    const outcome = head.withdrawn ? 'withdrawn' : visit.is_new ? 'received' : 'corrected';
    const remarkCount = reading.remarks.length;
    if (state === 'received' && reading.kind === 'understood' && patient !== undefined) {
      const built = await this.buildRecords(tx, facility, visit, reading.visit, patient);
      if (patient.abhaBecameKnown) await this.wakeWaiting(tx, patient.id);
      return { id: visit.id, outcome, remarkCount, ...built };
    }
    if (state === 'quarantined') {
      await this.timeline.note(tx, visit.id, 'quarantined', { code: reasons[0]?.code ?? 'not-readable' });
    }
    // Whether it was taken back cannot be read: until that is clear its records are not given out either.
    const mayBeWithdrawn = reasons.some(({ code }) => code === 'withdrawn-unreadable');
    // A linked visit cannot be unlinked, but from now on it has no records to give.
    if (state === 'withdrawn' || mayBeWithdrawn) await this.records.stopGiving(tx, visit.id, this.clock.now());
    if (state === 'withdrawn') {
      await this.uncoded.keep(tx, { id: visit.id, facilityId: facility.id }, { termCount: 0, uncoded: [] });
      await this.timeline.note(tx, visit.id, 'withdrawn');
    }
    if (patient?.abhaBecameKnown) await this.wakeWaiting(tx, patient.id);
    return { id: visit.id, outcome, state, reasons, remarkCount };
  }

  /** At once, so that the answer says what is wrong with them; by a job when the building itself is at fault. */
  private async buildRecords(
    tx: EntityManager,
    facility: Facility,
    { id: visitId, is_new: isNew }: VisitLock,
    visit: Visit,
    patient: MetPatient,
  ): Promise<Pick<IntakeResult, 'state' | 'reasons'>> {
    const head = {
      id: visitId,
      facility_id: facility.id,
      row_version: visit.rowVersion,
      patient_id: patient.id,
      said_abha_address: visit.patient.abhaAddress,
    };
    const { abhaNumber, abhaAddress } = patient.known;
    const named = isNew
      ? { ...visit, patient: { ...visit.patient, abhaNumber, abhaAddress } }
      : await this.building.named(tx, head, visit, patient.known);
    let records: PreparedRecords;
    try {
      records = this.workshop.prepare(facility, named);
    } catch (error) {
      this.log.error({ error, visit: visitId }, 'records could not be built; a job will try again');
      await this.jobs.add(tx, 'visit.build', visitId);
      return { state: 'received', reasons: [] };
    }
    const reasons = await this.building.keep(tx, head, records);
    return { state: reasons.length > 0 ? 'quarantined' : 'linking', reasons };
  }

  /** Makes the visit, or locks the one there is: both in one statement, so that two senders cannot make two. */
  private async lock(
    tx: EntityManager,
    facilityId: string,
    opdNumber: string,
    rowVersion: number,
    reading: Taken,
  ): Promise<VisitLock> {
    const now = this.clock.now();
    const [, , day] = whenAndWhere(reading);
    const [row]: VisitLock[] = await tx.query(
      `INSERT INTO visit (id, facility_id, opd_number, row_version, state, day, received_at, updated_at)
       VALUES ($1, $2, $3, $4, 'received', $5, $6, $6)
       ON CONFLICT (facility_id, opd_number) DO UPDATE SET updated_at = excluded.updated_at
       RETURNING id, row_version, state, xmax = 0 AS is_new`,
      [newId(), facilityId, opdNumber, rowVersion, day ?? indiaDay(now), now],
    );
    if (row === undefined) throw new Error('The visit could not be stored');
    return row;
  }

  private async known(tx: EntityManager, visit: VisitLock, outcome: 'unchanged' | 'older'): Promise<IntakeResult> {
    const [version]: { reasons: unknown[]; remark_count: number }[] = await tx.query(
      'SELECT reasons, remark_count FROM visit_version WHERE visit_id = $1 AND row_version = $2',
      [visit.id, visit.row_version],
    );
    return {
      id: visit.id,
      outcome,
      state: visit.state,
      reasons: version?.reasons ?? [],
      remarkCount: version?.remark_count ?? 0,
    };
  }

  private async refuseOtherContent(
    tx: EntityManager,
    visitId: string,
    rowVersion: number,
    masked: unknown,
  ): Promise<void> {
    const [version]: { sealed_row: Buffer }[] = await tx.query(
      'SELECT sealed_row FROM visit_version WHERE visit_id = $1 AND row_version = $2',
      [visitId, rowVersion],
    );
    if (version === undefined) return;
    const label = sealedVisitLabel('row', visitId, rowVersion);
    if (this.sealer.open(label, version.sealed_row) === canonical(masked)) return;
    throw new VisitRefused('conflict', [
      {
        field: 'ROW_VER',
        code: 'same-version-other-content',
        detail:
          'This version of the visit is known with another content; send the corrected visit with a higher version',
      },
    ]);
  }

  /** The version, the visit's new head, and a line on its timeline: one statement. */
  private async keepVersion(
    tx: EntityManager,
    visit: VisitLock,
    state: VisitState,
    masked: unknown,
    reading: Taken,
    patientId: string | undefined,
  ): Promise<void> {
    const { rowVersion } = reading.kind === 'understood' ? reading.visit : reading;
    const seal = (part: 'row' | 'visit' | 'remarks', text: string): Buffer =>
      this.sealer.seal(sealedVisitLabel(part, visit.id, rowVersion), text);
    await tx.query(
      `WITH version AS (
         INSERT INTO visit_version (visit_id, row_version, sealed_row, sealed_visit, sealed_remarks, remark_count, reasons,
           received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
       ), moved AS (
         UPDATE visit SET row_version = $2, patient_id = coalesce($9, patient_id), counter = $10, registered_at = $11,
           day = coalesce($12, day), state = $13, updated_at = $8, is_scan_and_share = $15 WHERE id = $1
       )
       INSERT INTO visit_event (visit_id, step, row_version, happened_at) VALUES ($1, $14, $2, $8)`,
      [
        visit.id,
        rowVersion,
        seal('row', canonical(masked)),
        reading.kind === 'understood' ? seal('visit', JSON.stringify(reading.visit)) : null,
        seal('remarks', JSON.stringify(reading.remarks)),
        reading.remarks.length,
        JSON.stringify(reading.kind === 'quarantined' ? reading.reasons : []),
        this.clock.now(),
        patientId ?? null,
        ...whenAndWhere(reading),
        state,
        visit.is_new ? 'received' : 'corrected',
        reading.kind === 'understood' && reading.visit.isScanAndShare,
      ],
    );
  }

  private async wakeWaiting(tx: EntityManager, patientId: string): Promise<void> {
    // Built again, because the records name the patient's ABHA.
    for (const id of await this.patients.waitingVisits(tx, patientId)) await this.jobs.add(tx, 'visit.build', id);
  }
}

function whenAndWhere(reading: Taken): readonly [string | null, string | null, string | null] {
  if (reading.kind !== 'understood') return [null, null, null];
  const { counter, registeredAt } = reading.visit;
  return [counter ?? null, registeredAt, registeredAt.slice(0, 10)];
}

/** The same row always gives the same text, whatever the order of its columns. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

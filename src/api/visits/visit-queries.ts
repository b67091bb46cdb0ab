import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { VisitRetry } from '../../flows/visits/visit-retry.flow.js';
import { WaitingReasons } from '../../flows/visits/waiting-reason.js';
import { appendAudit } from '../../persistence/audit.js';
import type { VisitRow } from '../../persistence/entities/visit.entity.js';
import { Sealer } from '../../persistence/sealing.js';
import { sealedVisitLabel } from '../../persistence/visit-versions.js';
import type { Remark } from '../../ports/hospital.port.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { isUuid } from '../../support/ids.js';
import type { Caller } from '../api-key.guard.js';
import { isDay, readCursor, writeCursor } from '../cursor.js';
import { linkNotice } from './link-stays.js';
import { linksByPatient } from './links-by-patient.js';
import { timelineOf, type TimelineLine } from './timeline.js';
import { timelineEntry } from './timeline-text.js';
import type { Reason, RecordView, VisitDetail, VisitFilter, VisitPage } from './visits.dto.js';

type Row = Pick<VisitRow, 'id' | 'opdNumber' | 'rowVersion' | 'state' | 'day' | 'counter' | 'receivedAt' | 'updatedAt'>;

const COLUMNS = `id, opd_number AS "opdNumber", row_version AS "rowVersion", state, day::text AS day, counter,
  received_at AS "receivedAt", updated_at AS "updatedAt"`;

/** What the hospital may see of its visits. Every query names the facility: nobody sees another's. */
@Injectable()
export class VisitQueries {
  constructor(
    private readonly db: DataSource,
    private readonly sealer: Sealer,
    private readonly retries: VisitRetry,
    private readonly waiting: WaitingReasons,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list(facilityId: string, { day, state, counter, limit, cursor }: VisitFilter): Promise<VisitPage> {
    const after = cursor === undefined ? undefined : readCursor(cursor, (day, id) => isDay(day) && isUuid(id));
    const rows: Row[] = await this.db.query(
      `SELECT ${COLUMNS} FROM visit
       WHERE facility_id = $1
         AND ($2::date IS NULL OR day = $2::date)
         AND ($3::text IS NULL OR state = $3)
         AND ($4::text IS NULL OR counter = $4)
         AND ($5::date IS NULL OR (day, id) > ($5::date, $6::uuid))
       ORDER BY day, id LIMIT $7`,
      [facilityId, day ?? null, state ?? null, counter ?? null, after?.key ?? null, after?.id ?? null, limit + 1],
    );
    const visits = rows.slice(0, limit);
    const last = visits.at(-1);
    const isMore = rows.length > limit && last !== undefined;
    return { visits: visits.map(summary), next: isMore ? writeCursor(last.day, last.id) : null };
  }

  /** Reading a visit is an access to a patient's record: it is audited. */
  async detail(caller: Caller, id: string): Promise<VisitDetail | undefined> {
    const facilityId = caller.facility.id;
    const [visit]: (Row & { patientId: string | null })[] = await this.db.query(
      `SELECT ${COLUMNS}, patient_id AS "patientId" FROM visit WHERE facility_id = $1 AND id = $2`,
      [facilityId, id],
    );
    if (visit === undefined) return undefined;
    const [version]: { sealed_remarks: Buffer; reasons: Reason[] }[] = await this.db.query(
      'SELECT sealed_remarks, reasons FROM visit_version WHERE visit_id = $1 AND row_version = $2',
      [id, visit.rowVersion],
    );
    const label = sealedVisitLabel('remarks', id, visit.rowVersion);
    const remarks = version === undefined ? [] : (this.sealer.openJson(label, version.sealed_remarks) as Remark[]);
    const records: (Omit<RecordView, 'builtAt'> & { builtAt: Date })[] = await this.db.query(
      `SELECT hi_type AS "hiType", bytes, built_at AS "builtAt" FROM health_record
       WHERE visit_id = $1 AND superseded_at IS NULL ORDER BY hi_type`,
      [id],
    );
    const [context]: { reference: string; display: string; linked_at: Date | null }[] = await this.db.query(
      'SELECT reference, display, linked_at FROM care_context WHERE visit_id = $1',
      [id],
    );
    const events: TimelineLine[] = await this.db.query(
      'SELECT happened_at AS at, step, code FROM visit_event WHERE visit_id = $1 ORDER BY id',
      [id],
    );
    const why = visit.state === 'waiting-for-abha' ? await this.waiting.of(id) : undefined;
    const now = this.clock.now();
    const timeline = timelineOf(events, await linksByPatient(this.db, id), why, now);
    await this.db.transaction((tx) =>
      appendAudit(tx, {
        at: now,
        actor: `hospital:${caller.keyId}`,
        action: 'visit.read',
        facilityId,
        patientId: visit.patientId ?? undefined,
        subjectId: id,
        outcome: 'shown',
      }),
    );
    return {
      ...summary(visit),
      reasons: version?.reasons ?? [],
      remarks: remarks.map((remark) => ({ ...remark, understood: remark.understood ?? null })),
      records: records.map((record) => ({ ...record, builtAt: record.builtAt.toISOString() })),
      careContext:
        context === undefined
          ? null
          : {
              reference: context.reference,
              display: context.display,
              linkedAt: context.linked_at?.toISOString() ?? null,
            },
      linkNotice: linkNotice(context !== undefined && context.linked_at !== null, visit.state, version?.reasons ?? []),
      timeline: timeline.map(timelineEntry),
    };
  }

  async retry(facilityId: string, id: string): Promise<'again' | 'nothing-to-do' | 'abha-not-in-use' | 'unknown'> {
    const [visit]: unknown[] = await this.db.query('SELECT 1 FROM visit WHERE facility_id = $1 AND id = $2', [
      facilityId,
      id,
    ]);
    return visit === undefined ? 'unknown' : this.retries.again(id);
  }
}

const summary = (row: Row) => ({
  id: row.id,
  opdNumber: row.opdNumber,
  rowVersion: row.rowVersion,
  state: row.state,
  day: row.day,
  counter: row.counter,
  receivedAt: row.receivedAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { appendAudit } from '../../persistence/audit.js';
import { PatientsByUhid } from '../../persistence/patients-by-uhid.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import type { Caller } from '../api-key.guard.js';
import { readCursor, writeCursor } from '../cursor.js';
import { linksByPatient } from '../visits/links-by-patient.js';
import type { AuditedRecord, AuditFilter, AuditLine, AuditPage } from './audit.dto.js';
import { auditedRecords } from './audited-records.js';
import { beginning, ending } from './period.js';

interface Row extends Omit<AuditLine, 'at' | 'visit' | 'records'> {
  readonly seq: string;
  readonly at: Date;
}

/** A line is about a visit, a care context of one, or a link the patient began: then about all visits she chose. */
const VISITS = `
  SELECT jsonb_agg(jsonb_build_object('id', v.id, 'opdNumber', v.opd_number) ORDER BY v.day, v.opd_number) AS visits
  FROM visit v WHERE v.facility_id = a.facility_id AND v.id IN (
    SELECT coalesce(c.visit_id, a.subject_id)
    UNION SELECT cc.visit_id FROM user_link_context u JOIN care_context cc ON cc.id = u.care_context_id
      WHERE u.user_link_id = a.subject_id AND a.action IN ('link.begun', 'link.confirmed'))`;

/**
 * The facility's part of the audit chain. Newest first: reading it adds a line to it, so that going forward would never end.
 * The chain itself holds only ids; what they stand for is looked up.
 */
@Injectable()
export class AuditQueries {
  constructor(
    private readonly db: DataSource,
    private readonly patients: PatientsByUhid,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async list({ facility, keyId }: Caller, filter: AuditFilter): Promise<AuditPage> {
    const { patientUhid, visit, consent, action, from, to, limit, cursor } = filter;
    const before = cursor === undefined ? undefined : readCursor(cursor, (seq, word) => isSeq(seq) && word === 'audit');
    const patient = patientUhid === undefined ? undefined : await this.patients.find(facility.id, patientUhid);
    const rows: Row[] = await this.db.query(
      `SELECT a.seq, a.at, a.actor, a.action, a.outcome, a.consent_id AS "consentId",
         coalesce(a.purpose, k.purpose) AS purpose, c.reference AS "careContext",
         coalesce(about.visits, '[]') AS visits
       FROM audit a
       LEFT JOIN care_context c ON c.id = a.subject_id AND c.facility_id = a.facility_id
       CROSS JOIN LATERAL (${VISITS}) AS about
       LEFT JOIN consent_artefact k ON k.id = a.consent_id AND k.facility_id = a.facility_id
       WHERE a.facility_id = $1
         AND ($2::uuid[] IS NULL OR a.patient_id = ANY ($2))
         AND ($3::uuid[] IS NULL OR a.subject_id = ANY ($3))
         AND ($4::uuid IS NULL OR a.consent_id = $4)
         AND ($5::text IS NULL OR a.action = $5)
         AND ($6::timestamptz IS NULL OR a.at >= $6)
         AND ($7::timestamptz IS NULL OR a.at < $7)
         AND ($8::bigint IS NULL OR a.seq < $8)
       ORDER BY a.seq DESC LIMIT $9`,
      [
        facility.id,
        patientUhid === undefined ? null : (patient?.ids ?? []),
        visit === undefined ? null : await this.subjectsOf(facility.id, visit),
        consent ?? null,
        action ?? null,
        from === undefined ? null : beginning(from),
        to === undefined ? null : ending(to),
        before?.key ?? null,
        limit + 1,
      ],
    );
    await this.db.transaction((tx) =>
      appendAudit(tx, {
        at: this.clock.now(),
        actor: `hospital:${keyId}`,
        action: 'audit.read',
        facilityId: facility.id,
        patientId: patient?.ids[0],
        outcome: 'shown',
      }),
    );
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const given = shown.filter(({ action }) => action === 'record.shared' || action === 'record.withheld');
    const seqs = given.map(({ seq }) => seq);
    const records = await auditedRecords(this.db, facility.id, seqs);
    const audit = shown.map((row) => line(row, records.get(row.seq) ?? []));
    return { audit, next: rows.length > limit && last ? writeCursor(last.seq, 'audit') : null };
  }

  /** A visit, its care context, and the links in which the patient chose it: lines are about one of them. */
  private async subjectsOf(facilityId: string, visit: string): Promise<string[]> {
    const found: { id: string; context: string | null }[] = await this.db.query(
      `SELECT v.id, c.id AS context FROM visit v LEFT JOIN care_context c ON c.visit_id = v.id
       WHERE v.facility_id = $1 AND (v.opd_number = $2 OR v.id::text = lower($2))`,
      [facilityId, visit],
    );
    const subjects = found.flatMap(({ id, context }) => (context === null ? [id] : [id, context]));
    for (const { id } of found) for (const link of await linksByPatient(this.db, id)) subjects.push(link.id);
    return subjects;
  }
}

/** A bigint of PostgreSQL. */
const isSeq = (text: string): boolean => /^[1-9]\d{0,17}$/.test(text);

const line = ({ at, visits, ...row }: Row, records: readonly AuditedRecord[]): AuditLine => ({
  at: at.toISOString(),
  actor: row.actor,
  action: row.action,
  outcome: row.outcome,
  consentId: row.consentId,
  purpose: row.purpose,
  visit: visits.length === 1 ? (visits[0] ?? null) : null,
  visits,
  careContext: row.careContext,
  records,
});

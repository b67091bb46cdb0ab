import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { appendAudit } from '../../persistence/audit.js';
import { PatientsByUhid } from '../../persistence/patients-by-uhid.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import type { Caller } from '../api-key.guard.js';
import { readCursor, writeCursor } from '../cursor.js';
import type { AuditFilter, AuditLine, AuditPage } from './audit.dto.js';
import { beginning, ending } from './period.js';

interface Row extends Omit<AuditLine, 'at' | 'visit'> {
  readonly seq: string;
  readonly at: Date;
  readonly visitId: string | null;
  readonly opdNumber: string | null;
}

/**
 * The facility's part of the audit chain. Newest first: reading it adds a line to it, so that going forward would never end.
 * A line's subject is a visit or one of its care contexts, or neither (a transfer that was refused).
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
         coalesce(a.purpose, k.purpose) AS purpose, v.id AS "visitId", v.opd_number AS "opdNumber",
         c.reference AS "careContext"
       FROM audit a
       LEFT JOIN care_context c ON c.id = a.subject_id AND c.facility_id = a.facility_id
       LEFT JOIN visit v ON v.id = coalesce(c.visit_id, a.subject_id) AND v.facility_id = a.facility_id
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
    return { audit: shown.map(line), next: rows.length > limit && last ? writeCursor(last.seq, 'audit') : null };
  }

  /** A visit and its care context: lines are about the one or the other. */
  private async subjectsOf(facilityId: string, visit: string): Promise<string[]> {
    const rows: { id: string; context: string | null }[] = await this.db.query(
      `SELECT v.id, c.id AS context FROM visit v LEFT JOIN care_context c ON c.visit_id = v.id
       WHERE v.facility_id = $1 AND (v.opd_number = $2 OR v.id::text = lower($2))`,
      [facilityId, visit],
    );
    return rows.flatMap(({ id, context }) => (context === null ? [id] : [id, context]));
  }
}

/** A bigint of PostgreSQL. */
const isSeq = (text: string): boolean => /^[1-9]\d{0,17}$/.test(text);

const line = ({ visitId, opdNumber, ...row }: Row): AuditLine => ({
  at: row.at.toISOString(),
  actor: row.actor,
  action: row.action,
  outcome: row.outcome,
  consentId: row.consentId,
  purpose: row.purpose,
  visit: visitId === null || opdNumber === null ? null : { id: visitId, opdNumber },
  careContext: row.careContext,
});

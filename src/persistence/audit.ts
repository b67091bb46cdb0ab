import type { DataSource, EntityManager } from 'typeorm';

/** What is written to the audit. */
export const AUDIT_ACTIONS = [
  'record.shared',
  'record.withheld',
  'record.previewed',
  'visit.read',
  'visit.linked',
  'patient.discovered',
  'link.begun',
  'link.confirmed',
  'consent.granted',
  'consent.ended',
  'consent.read',
  'abha.ended',
  'abha-session.opened',
  'abha-session.step',
  'abha-session.read',
  'merge.accepted',
  'merge.rejected',
  'merge.read',
  'audit.read',
  'profile.shared',
  'profile.read',
  'registration.made',
  'registration.decided',
  'registration.compared',
  'registration.read',
  'webhook.changed',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface AuditEntry {
  readonly at: Date;
  /** Who: `hiu:<id>`, `hospital:<api key id>`, `abdm`, `adapter`. Never a person's name. */
  readonly actor: string;
  readonly action: AuditAction;
  readonly facilityId: string;
  readonly patientId?: string | undefined;
  /** The visit, care context or record that was touched. */
  readonly subjectId?: string | undefined;
  readonly consentId?: string | undefined;
  readonly purpose?: string | undefined;
  readonly outcome: string;
}

/**
 * Adds one row to the chain, in the caller's transaction. Call it last: the chain stays locked until that transaction ends.
 */
export async function appendAudit(tx: EntityManager, entry: AuditEntry): Promise<void> {
  await tx.query('SELECT append_audit($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
    entry.at,
    entry.actor,
    entry.action,
    entry.facilityId,
    entry.patientId ?? null,
    entry.subjectId ?? null,
    entry.consentId ?? null,
    entry.purpose ?? null,
    entry.outcome,
  ]);
}

/** The first row whose hash or predecessor is not right, or undefined when the chain is whole. */
export async function firstBrokenAuditRow(db: DataSource): Promise<string | undefined> {
  const rows: { seq: string }[] = await db.query(`
    SELECT seq FROM (
      SELECT seq, hash, previous_hash,
        lag(seq, 1, 0::bigint) OVER (ORDER BY seq) AS seq_before,
        lag(hash, 1, '\\x'::bytea) OVER (ORDER BY seq) AS hash_before,
        audit_hash(previous_hash, seq, at, ARRAY[actor, action, facility_id::text, patient_id::text, subject_id::text,
          consent_id::text, purpose, outcome]) AS right_hash
      FROM audit
    ) AS chain
    WHERE hash <> right_hash OR previous_hash <> hash_before OR seq <> seq_before + 1
    ORDER BY seq LIMIT 1`);
  return rows[0]?.seq;
}

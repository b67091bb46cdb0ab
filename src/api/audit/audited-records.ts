import type { DataSource } from 'typeorm';
import type { AuditedRecord } from './audit.dto.js';

/**
 * The chain's line names the care context and the consent; which documents it was about, the transfer's page knows. A page
 * and its line are written in one transaction, so of one care context under one consent the newest line is of the page that
 * ended last, the one before of the page before, and so on. A page that ended at another time than its line would not be
 * the right one: then nothing is said.
 */
const QUERY = `
  WITH line AS (
    SELECT seq, at, subject_id, consent_id, outcome,
      row_number() OVER (PARTITION BY subject_id, consent_id, outcome ORDER BY seq DESC) AS place
    FROM audit
    WHERE facility_id = $1 AND action IN ('record.shared', 'record.withheld')
      AND (subject_id, consent_id) IN (SELECT subject_id, consent_id FROM audit WHERE seq = ANY ($2))
  ), page AS (
    SELECT p.care_context_id, t.consent_id, coalesce(p.code, 'taken') AS outcome, p.ended_at, p.composition_ids,
      row_number() OVER (PARTITION BY p.care_context_id, t.consent_id, coalesce(p.code, 'taken')
        ORDER BY p.ended_at DESC, t.accepted_at DESC, p.number DESC) AS place
    FROM transfer t JOIN transfer_page p ON p.transfer_id = t.id
    WHERE t.facility_id = $1 AND p.ended_at IS NOT NULL
      AND t.consent_id IN (SELECT consent_id FROM line) AND p.care_context_id IN (SELECT subject_id FROM line)
  )
  SELECT line.seq, r.hi_type AS "hiType", r.composition_id AS "compositionId"
  FROM line
  JOIN page ON page.care_context_id = line.subject_id AND page.consent_id = line.consent_id
    AND page.outcome = line.outcome AND page.place = line.place
    AND page.ended_at BETWEEN line.at - interval '1 minute' AND line.at
  CROSS JOIN LATERAL (
    SELECT DISTINCT hi_type, composition_id FROM health_record
    WHERE care_context_id = page.care_context_id AND composition_id = ANY (page.composition_ids)
  ) AS r
  WHERE line.seq = ANY ($2)
  ORDER BY line.seq, r.hi_type, r.composition_id`;

/** The documents that lines of the audit were about, by the line's number. A line about none is not in it. */
export async function auditedRecords(
  db: DataSource,
  facilityId: string,
  seqs: readonly string[],
): Promise<ReadonlyMap<string, readonly AuditedRecord[]>> {
  const found = new Map<string, AuditedRecord[]>();
  if (seqs.length === 0) return found;
  const rows: (AuditedRecord & { seq: string })[] = await db.query(QUERY, [facilityId, seqs]);
  for (const { seq, hiType, compositionId } of rows) {
    found.set(seq, [...(found.get(seq) ?? []), { hiType, compositionId }]);
  }
  return found;
}

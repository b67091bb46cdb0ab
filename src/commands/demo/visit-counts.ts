import type { DataSource } from 'typeorm';
import type { VisitState } from '../../persistence/entities/visit.entity.js';

export interface VisitCounts {
  readonly byState: Partial<Record<VisitState, number>>;
  readonly withRemarks: number;
  /** Reason code → visits. */
  readonly quarantined: Record<string, number>;
  /** ABDM's code or ours → visits. */
  readonly failed: Record<string, number>;
  /** Health-information type → current records. */
  readonly records: Record<string, number>;
  /** Words that were looked up for a code, and how many have none. */
  readonly terms: { readonly all: number; readonly uncoded: number };
}

export async function countVisits(db: DataSource): Promise<VisitCounts> {
  const states: { state: VisitState; n: string }[] = await db.query(
    'SELECT state, count(*) AS n FROM visit GROUP BY 1',
  );
  const [remarks]: { n: string }[] = await db.query(
    `SELECT count(*) AS n FROM visit v JOIN visit_version w ON w.visit_id = v.id AND w.row_version = v.row_version
     WHERE w.remark_count > 0`,
  );
  const reasons: { code: string; n: string }[] = await db.query(
    `SELECT coalesce(w.reasons->0->>'code', 'unknown') AS code, count(*) AS n
     FROM visit v JOIN visit_version w ON w.visit_id = v.id AND w.row_version = v.row_version
     WHERE v.state = 'quarantined' GROUP BY 1`,
  );
  const failures: { code: string; n: string }[] = await db.query(
    `SELECT coalesce(l.failure_code, 'unknown') AS code, count(*) AS n
     FROM visit v JOIN linking l ON l.visit_id = v.id WHERE v.state = 'failed' GROUP BY 1`,
  );
  const records: { code: string; n: string }[] = await db.query(
    'SELECT hi_type AS code, count(*) AS n FROM health_record WHERE superseded_at IS NULL GROUP BY 1 ORDER BY n DESC',
  );
  const [terms]: { all: number; uncoded: number }[] = await db.query(
    `SELECT (SELECT coalesce(sum(term_count), 0) FROM visit)::integer AS "all",
       (SELECT count(*) FROM uncoded_term)::integer AS uncoded`,
  );
  const numbers = (rows: readonly { code: string; n: string }[]): Record<string, number> =>
    Object.fromEntries(rows.map(({ code, n }) => [code, Number(n)]));
  return {
    byState: Object.fromEntries(states.map(({ state, n }) => [state, Number(n)])),
    withRemarks: Number(remarks?.n ?? 0),
    quarantined: numbers(reasons),
    failed: numbers(failures),
    records: numbers(records),
    terms: terms ?? { all: 0, uncoded: 0 },
  };
}

/** Visits still on their way. */
export const underWay = ({ byState }: VisitCounts): number => (byState.received ?? 0) + (byState.linking ?? 0);

import type { DataSource } from 'typeorm';
import type { VisitState } from '../../persistence/entities/visit.entity.js';

export interface VisitCounts {
  readonly byState: Partial<Record<VisitState, number>>;
  readonly withRemarks: number;
  /** Reason code → visits. */
  readonly quarantined: Record<string, number>;
  /** ABDM's code or ours → visits. */
  readonly failed: Record<string, number>;
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
  const numbers = (rows: readonly { code: string; n: string }[]): Record<string, number> =>
    Object.fromEntries(rows.map(({ code, n }) => [code, Number(n)]));
  return {
    byState: Object.fromEntries(states.map(({ state, n }) => [state, Number(n)])),
    withRemarks: Number(remarks?.n ?? 0),
    quarantined: numbers(reasons),
    failed: numbers(failures),
  };
}

/** Visits still on their way. */
export const underWay = ({ byState }: VisitCounts): number => (byState.received ?? 0) + (byState.linking ?? 0);

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Sealer } from './sealing.js';

/** Words of the hospital, and what kind of thing they name. */
export interface Term {
  readonly kind: string;
  readonly text: string;
}

/** Words without a code, and in how many visits they stand. */
export interface UncodedTerm extends Term {
  readonly visits: number;
}

export interface UncodedCount {
  /** Words looked up, each once a visit. */
  readonly terms: number;
  readonly uncoded: number;
}

/** What hospitals write and no terminology table knows. Sealed: free text may name a person. */
@Injectable()
export class UncodedTerms {
  constructor(
    private readonly db: DataSource,
    private readonly sealer: Sealer,
  ) {}

  /** Replaces what was kept of the visit. */
  async keep(
    tx: EntityManager,
    visit: { readonly id: string; readonly facilityId: string },
    found: { readonly termCount: number; readonly uncoded: readonly Term[] },
  ): Promise<void> {
    const rows = new Map<string, { kind: string; hash: Buffer; sealed: Buffer }>();
    for (const { kind, text } of found.uncoded) {
      const hash = this.sealer.hash('term', `${kind}:${spelledAlike(text)}`);
      rows.set(hash.toString('hex'), { kind, hash, sealed: this.sealer.seal(label(hash), text) });
    }
    const kept = [...rows.values()];
    await tx.query(
      `WITH gone AS (
         DELETE FROM uncoded_term WHERE visit_id = $1 AND term_hash <> ALL($5::bytea[])
       ), counted AS (
         UPDATE visit SET term_count = $3 WHERE id = $1
       )
       INSERT INTO uncoded_term (visit_id, facility_id, kind, term_hash, sealed_term)
       SELECT $1, $2, * FROM unnest($4::text[], $5::bytea[], $6::bytea[])
       ON CONFLICT DO NOTHING`,
      [
        visit.id,
        visit.facilityId,
        found.termCount,
        kept.map(({ kind }) => kind),
        kept.map(({ hash }) => hash),
        kept.map(({ sealed }) => sealed),
      ],
    );
  }

  /** Most frequent first. */
  async mostFrequent(facilityId: string, kind: string | undefined, limit: number): Promise<readonly UncodedTerm[]> {
    const rows: { kind: string; term_hash: Buffer; sealed_term: Buffer; visits: number }[] = await this.db.query(
      `SELECT kind, term_hash, (array_agg(sealed_term))[1] AS sealed_term, count(*)::integer AS visits
       FROM uncoded_term WHERE facility_id = $1 AND ($2::text IS NULL OR kind = $2)
       GROUP BY kind, term_hash ORDER BY visits DESC, kind, term_hash LIMIT $3`,
      [facilityId, kind ?? null, limit],
    );
    return rows.map((row) => ({
      kind: row.kind,
      text: this.sealer.open(label(row.term_hash), row.sealed_term),
      visits: row.visits,
    }));
  }

  async count(facilityId: string): Promise<UncodedCount> {
    const [row]: UncodedCount[] = await this.db.query(
      `SELECT (SELECT coalesce(sum(term_count), 0)::integer FROM visit WHERE facility_id = $1) AS terms,
         (SELECT count(*)::integer FROM uncoded_term WHERE facility_id = $1) AS uncoded`,
      [facilityId],
    );
    return row ?? { terms: 0, uncoded: 0 };
  }

  async visitsWithAny(tx: EntityManager, facilityId: string): Promise<readonly string[]> {
    const rows: { visit_id: string }[] = await tx.query(
      'SELECT DISTINCT visit_id FROM uncoded_term WHERE facility_id = $1',
      [facilityId],
    );
    return rows.map((row) => row.visit_id);
  }
}

const label = (hash: Buffer): string => `uncoded_term.sealed_term:${hash.toString('hex')}`;

/** Capitals and spaces make no other term. */
const spelledAlike = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

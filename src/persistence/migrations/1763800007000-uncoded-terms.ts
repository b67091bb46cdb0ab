import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The hospital's words for which no code is known, by visit, so that a deployer sees which to add to the tables. Free text
 * may name a person: the words are sealed, and found again by their keyed hash.
 */
export class UncodedTerms1763800007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE uncoded_term (
        visit_id uuid NOT NULL REFERENCES visit (id),
        facility_id uuid NOT NULL REFERENCES facility (id),
        kind text NOT NULL,
        term_hash bytea NOT NULL,
        sealed_term bytea NOT NULL,
        PRIMARY KEY (visit_id, kind, term_hash)
      );
      CREATE INDEX uncoded_term_by_term ON uncoded_term (facility_id, kind, term_hash);
      ALTER TABLE visit ADD COLUMN term_count integer NOT NULL DEFAULT 0;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Codes of the ABHA service that were asked for and tried, by keyed hash of whose they were: the limits hold over sessions and
 * processes. A row is of use for half an hour, and is deleted then.
 */
export class AbhaCodes1763800023000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE abha_code_use (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        session_id uuid NOT NULL REFERENCES abha_session (id),
        identifier_hash bytea NOT NULL,
        way text NOT NULL,
        what text NOT NULL CHECK (what IN ('sent', 'tried')),
        at timestamptz NOT NULL
      );
      CREATE INDEX abha_code_use_by_identifier ON abha_code_use (facility_id, identifier_hash);
      CREATE INDEX abha_code_use_by_session ON abha_code_use (session_id);
      CREATE INDEX abha_code_use_by_time ON abha_code_use (at);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

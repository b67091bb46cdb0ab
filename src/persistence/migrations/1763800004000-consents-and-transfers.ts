import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What patients allowed, and what went out under it. */
export class ConsentsAndTransfers1763800004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE consent_artefact (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        status text NOT NULL CHECK (status IN ('GRANTED', 'REVOKED', 'EXPIRED')),
        patient_hash bytea,
        hiu_id text,
        purpose text,
        sealed_detail bytea,
        signature_check text NOT NULL DEFAULT 'unverified',
        expires_at timestamptz,
        granted_at timestamptz,
        ended_at timestamptz,
        updated_at timestamptz NOT NULL
      );

      CREATE TABLE transfer (
        id uuid PRIMARY KEY,
        transaction_id uuid NOT NULL,
        consent_id uuid NOT NULL,
        facility_id uuid NOT NULL REFERENCES facility (id),
        state text NOT NULL CHECK (state IN ('accepted', 'refused', 'done', 'failed')),
        refusal text,
        sealed_request bytea,
        page_count integer NOT NULL DEFAULT 0,
        accepted_at timestamptz NOT NULL,
        deadline_at timestamptz NOT NULL,
        ended_at timestamptz,
        UNIQUE (facility_id, transaction_id)
      );
      CREATE INDEX transfer_by_consent ON transfer (consent_id, accepted_at);

      CREATE TABLE transfer_page (
        transfer_id uuid NOT NULL REFERENCES transfer (id),
        number integer NOT NULL,
        care_context_id uuid NOT NULL REFERENCES care_context (id),
        hi_types text[] NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'taken', 'failed', 'withheld')),
        code text,
        http_status integer,
        ended_at timestamptz,
        PRIMARY KEY (transfer_id, number)
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

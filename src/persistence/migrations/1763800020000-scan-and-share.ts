import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Counters with their QR codes, who scanned one today, and the queue. `token_sequence` gives the numbers: its row stays
 * locked until the share that took one is committed or undone, so that there is no gap and no double. A shared profile is
 * erased after its day; the tokens stay, as numbers without a person.
 */
export class ScanAndShare1763800020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE counter (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        code text NOT NULL,
        name text NOT NULL,
        department text,
        is_open boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL,
        UNIQUE (facility_id, code)
      );

      CREATE TABLE shared_profile (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        abha_address_hash bytea,
        abha_number_hash bytea,
        sealed_profile bytea,
        day date NOT NULL,
        first_shared_at timestamptz NOT NULL,
        last_shared_at timestamptz NOT NULL,
        erased_at timestamptz,
        UNIQUE (facility_id, abha_address_hash, day)
      );
      CREATE INDEX shared_profile_unerased ON shared_profile (facility_id, day) WHERE erased_at IS NULL;

      CREATE TABLE token_sequence (
        facility_id uuid NOT NULL REFERENCES facility (id),
        scope text NOT NULL,
        day date NOT NULL,
        last integer NOT NULL,
        PRIMARY KEY (facility_id, scope, day)
      );

      CREATE TABLE queue_token (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        counter_id uuid NOT NULL REFERENCES counter (id),
        scanned_counter_id uuid NOT NULL REFERENCES counter (id),
        scope text NOT NULL,
        day date NOT NULL,
        number integer NOT NULL,
        place integer NOT NULL,
        state text NOT NULL CHECK (state IN ('waiting', 'called', 'done', 'left')),
        shared_profile_id uuid NOT NULL REFERENCES shared_profile (id),
        abha_address_hash bytea,
        is_told boolean NOT NULL DEFAULT true,
        issued_at timestamptz NOT NULL,
        valid_until timestamptz NOT NULL,
        called_at timestamptz,
        last_called_at timestamptz,
        called_count integer NOT NULL DEFAULT 0,
        skipped_at timestamptz,
        ended_at timestamptz,
        CONSTRAINT queue_token_end_check CHECK ((ended_at IS NULL) = (state IN ('waiting', 'called'))),
        UNIQUE (facility_id, scope, day, number)
      );
      CREATE INDEX queue_token_by_counter ON queue_token (counter_id, day);
      CREATE INDEX queue_token_by_scanned_counter ON queue_token (scanned_counter_id, day);
      CREATE INDEX queue_token_by_profile ON queue_token (shared_profile_id);
      CREATE INDEX queue_token_unended ON queue_token (facility_id, day) WHERE ended_at IS NULL;
      CREATE INDEX exchange_shares ON exchange (facility_id, created_at)
        WHERE name = 'patient.share' AND sealed_message IS NOT NULL;
      CREATE INDEX queue_token_to_call ON queue_token (counter_id) WHERE ended_at IS NULL;
      CREATE INDEX queue_token_by_person ON queue_token (abha_address_hash) WHERE ended_at IS NULL;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

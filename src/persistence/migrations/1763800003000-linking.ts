import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * HIP-initiated linking: one link token per facility, ABHA address and the details ABDM compared, one linking per visit.
 */
export class Linking1763800003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE link_token (
        facility_id uuid NOT NULL REFERENCES facility (id),
        abha_address_hash bytea NOT NULL,
        details_hash bytea NOT NULL,
        id uuid NOT NULL UNIQUE,
        state text NOT NULL CHECK (state IN ('none', 'asked', 'usable', 'refused')),
        sealed_token bytea,
        made_with_abha_number boolean NOT NULL DEFAULT false,
        expires_at timestamptz,
        next_allowed_at timestamptz,
        failure_code text,
        PRIMARY KEY (facility_id, abha_address_hash, details_hash)
      );

      CREATE TABLE linking (
        id uuid PRIMARY KEY,
        visit_id uuid NOT NULL UNIQUE REFERENCES visit (id),
        care_context_id uuid NOT NULL UNIQUE REFERENCES care_context (id),
        facility_id uuid NOT NULL REFERENCES facility (id),
        patient_id uuid NOT NULL REFERENCES patient (id),
        abha_address_hash bytea,
        link_token_id uuid REFERENCES link_token (id),
        state text NOT NULL CHECK (state IN
          ('waiting-for-abha', 'awaiting-link-token', 'awaiting-link', 'linked', 'failed')),
        token_renewals integer NOT NULL DEFAULT 0,
        hi_types_linked text[] NOT NULL DEFAULT '{}',
        hi_types_asked text[] NOT NULL DEFAULT '{}',
        notify_attempt integer NOT NULL DEFAULT 0,
        notified_at timestamptz,
        failure_code text,
        updated_at timestamptz NOT NULL
      );
      CREATE INDEX linking_by_token ON linking (link_token_id, state);
      CREATE INDEX linking_by_patient ON linking (patient_id);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

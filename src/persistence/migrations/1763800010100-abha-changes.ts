import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * ABHA addresses come and go. `former_abha`: what a patient had before; what was linked under it stays so. `ended_abha`:
 * addresses that were deactivated or deleted; while such a row counts, nothing is linked or given out under the address.
 */
export class AbhaChanges1763800010100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE patient ADD COLUMN abha_as_of timestamptz, ADD COLUMN abha_ended_at timestamptz;
      ALTER TABLE consent_artefact ADD COLUMN end_reason text;

      CREATE INDEX care_context_by_abha ON care_context (facility_id, linked_abha_hash);

      CREATE TABLE former_abha (
        patient_id uuid NOT NULL REFERENCES patient (id),
        abha_address_hash bytea NOT NULL,
        facility_id uuid NOT NULL REFERENCES facility (id),
        sealed_abha bytea NOT NULL,
        until timestamptz NOT NULL,
        PRIMARY KEY (patient_id, abha_address_hash)
      );
      CREATE INDEX former_abha_by_address ON former_abha (facility_id, abha_address_hash);

      CREATE TABLE ended_abha (
        id uuid NOT NULL UNIQUE,
        facility_id uuid NOT NULL REFERENCES facility (id),
        abha_address_hash bytea NOT NULL,
        reason text NOT NULL,
        heard_at timestamptz NOT NULL,
        until timestamptz,
        done_at timestamptz,
        PRIMARY KEY (facility_id, abha_address_hash)
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** ABDM was asked to send a mobile a deep link: a family's mobile and a patient get one a day, which the keys see to. */
export class DeepLinkSms1763800010200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE deep_link_sms (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        visit_id uuid NOT NULL REFERENCES visit (id),
        patient_id uuid NOT NULL REFERENCES patient (id),
        mobile_hash bytea NOT NULL,
        day date NOT NULL,
        state text NOT NULL CHECK (state IN ('asked', 'paused', 'sent', 'failed')),
        attempt integer NOT NULL DEFAULT 0,
        asked_at timestamptz NOT NULL,
        UNIQUE (facility_id, mobile_hash, day),
        UNIQUE (patient_id, day)
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

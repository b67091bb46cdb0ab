import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * OPD registrations: where desk, kiosk and phone end. A shared profile and an ABHA session end in one registration each, and at
 * the desk alone a patient is registered once a day: so a repeated request finds what the first one made.
 */
export class Registrations1763800022000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE registration (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        patient_id uuid NOT NULL REFERENCES patient (id),
        day date NOT NULL,
        registered_at timestamptz NOT NULL,
        source text NOT NULL CHECK (source IN ('scan-and-share', 'abha-session', 'desk')),
        shared_profile_id uuid UNIQUE REFERENCES shared_profile (id),
        abha_session_id uuid UNIQUE REFERENCES abha_session (id),
        queue_token_id uuid REFERENCES queue_token (id),
        counter_id uuid REFERENCES counter (id),
        is_abha_created boolean NOT NULL
      );
      CREATE INDEX registration_by_day ON registration (facility_id, day);
      CREATE UNIQUE INDEX registration_once_a_day ON registration (patient_id, day) WHERE source = 'desk';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * ABHA sessions of desk and kiosk, and the consents given before an enrolment. A session's personal data is sealed and erased at
 * its end; a consent row names words and times only, and stays as it was written.
 */
export class AbhaSessions1763800021000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE abha_session (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        purpose text NOT NULL CHECK (purpose IN ('create', 'verify')),
        way text NOT NULL,
        step text NOT NULL,
        sealed_state bytea,
        sealed_profile bytea,
        channel text NOT NULL CHECK (channel IN ('desk', 'kiosk')),
        operator text NOT NULL,
        counter_id uuid REFERENCES counter (id),
        is_new boolean,
        abha_address_hash bytea,
        abha_number_hash bytea,
        verified_at timestamptz,
        calling_step text,
        call_id uuid,
        calling_until timestamptz,
        failure_code text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz
      );
      CREATE INDEX abha_session_by_facility ON abha_session (facility_id, created_at);

      CREATE TABLE abha_consent (
        id uuid PRIMARY KEY,
        session_id uuid NOT NULL REFERENCES abha_session (id),
        facility_id uuid NOT NULL REFERENCES facility (id),
        text_version text NOT NULL,
        text_language text NOT NULL,
        text_hash text NOT NULL,
        operator text NOT NULL,
        channel text NOT NULL,
        given_at timestamptz NOT NULL
      );
      CREATE INDEX abha_consent_by_session ON abha_consent (session_id);

      CREATE FUNCTION refuse_abha_consent_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'A consent that was given stays as it was written';
      END $$;
      CREATE TRIGGER abha_consent_stays BEFORE UPDATE OR DELETE ON abha_consent
        FOR EACH ROW EXECUTE FUNCTION refuse_abha_consent_change();
      CREATE TRIGGER abha_consent_is_not_emptied BEFORE TRUNCATE ON abha_consent
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_abha_consent_change();
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

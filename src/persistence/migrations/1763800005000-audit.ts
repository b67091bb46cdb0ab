import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who saw whose record, when, under which consent. Rows are only ever added, and each carries the hash of the one
 * before it, so that a changed or missing row shows (`npm run audit`). `append_audit` holds a lock until the caller's
 * transaction ends: two rows can never claim the same predecessor.
 */
export class Audit1763800005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit (
        seq bigint PRIMARY KEY,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        action text NOT NULL,
        facility_id uuid,
        patient_id uuid,
        subject_id uuid,
        consent_id uuid,
        purpose text,
        outcome text NOT NULL,
        previous_hash bytea NOT NULL,
        hash bytea NOT NULL
      );
      CREATE INDEX audit_by_patient ON audit (patient_id, seq);

      CREATE FUNCTION audit_hash(previous bytea, row_seq bigint, row_at timestamptz, fields text[]) RETURNS bytea
      LANGUAGE sql STABLE AS $$
        SELECT sha256(previous || convert_to(
          row_seq::text || '|' || to_char(row_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '|' ||
          array_to_json(fields)::text, 'UTF8'))
      $$;

      CREATE FUNCTION append_audit(
        a_at timestamptz, a_actor text, a_action text, a_facility uuid, a_patient uuid, a_subject uuid, a_consent uuid,
        a_purpose text, a_outcome text
      ) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE
        last_seq bigint;
        last_hash bytea;
      BEGIN
        PERFORM pg_advisory_xact_lock(7262001);
        SELECT seq, hash INTO last_seq, last_hash FROM audit ORDER BY seq DESC LIMIT 1;
        last_seq := coalesce(last_seq, 0) + 1;
        last_hash := coalesce(last_hash, '\\x'::bytea);
        INSERT INTO audit VALUES (
          last_seq, a_at, a_actor, a_action, a_facility, a_patient, a_subject, a_consent, a_purpose, a_outcome, last_hash,
          audit_hash(last_hash, last_seq, a_at, ARRAY[a_actor, a_action, a_facility::text, a_patient::text,
            a_subject::text, a_consent::text, a_purpose, a_outcome]));
      END $$;

      CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'audit rows are never changed or removed';
      END $$;
      CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit
        FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
      CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

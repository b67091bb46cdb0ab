import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the hospital sent and what became of it. Columns called `sealed_*` hold personal data, encrypted; columns called
 * `*_hash` are keyed hashes for looking up. Everything else says nothing about a person.
 */
export class VisitsAndRecords1763800001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE patient (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        uhid_hash bytea NOT NULL,
        abha_address_hash bytea,
        abha_number_hash bytea,
        mobile_hash bytea,
        sealed_demographics bytea NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT now(),
        UNIQUE (facility_id, uhid_hash)
      );
      CREATE INDEX patient_by_abha_address ON patient (facility_id, abha_address_hash);
      CREATE INDEX patient_by_abha_number ON patient (facility_id, abha_number_hash);
      CREATE INDEX patient_by_mobile ON patient (facility_id, mobile_hash);

      CREATE TABLE visit (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        opd_number text NOT NULL,
        row_version integer NOT NULL,
        patient_id uuid REFERENCES patient (id),
        state text NOT NULL CHECK (state IN
          ('received', 'quarantined', 'waiting-for-abha', 'linking', 'linked', 'failed', 'withdrawn')),
        counter text,
        registered_at timestamptz,
        day date NOT NULL,
        received_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        UNIQUE (facility_id, opd_number)
      );
      CREATE INDEX visit_by_day ON visit (facility_id, day, id);
      CREATE INDEX visit_by_patient ON visit (patient_id, state);

      CREATE TABLE visit_version (
        visit_id uuid NOT NULL REFERENCES visit (id),
        row_version integer NOT NULL,
        sealed_row bytea NOT NULL,
        sealed_visit bytea,
        sealed_remarks bytea NOT NULL,
        remark_count integer NOT NULL,
        reasons jsonb NOT NULL DEFAULT '[]',
        received_at timestamptz NOT NULL,
        PRIMARY KEY (visit_id, row_version)
      );

      CREATE TABLE visit_event (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        visit_id uuid NOT NULL REFERENCES visit (id),
        step text NOT NULL,
        code text,
        row_version integer,
        happened_at timestamptz NOT NULL
      );
      CREATE INDEX visit_event_by_visit ON visit_event (visit_id, id);

      CREATE TABLE care_context (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        visit_id uuid NOT NULL UNIQUE REFERENCES visit (id),
        patient_id uuid NOT NULL REFERENCES patient (id),
        reference text NOT NULL,
        display text NOT NULL,
        hi_types text[] NOT NULL,
        visit_at timestamptz NOT NULL,
        linked_at timestamptz,
        linked_abha_hash bytea,
        UNIQUE (facility_id, reference)
      );

      CREATE TABLE health_record (
        id uuid PRIMARY KEY,
        visit_id uuid NOT NULL REFERENCES visit (id),
        care_context_id uuid NOT NULL REFERENCES care_context (id),
        row_version integer NOT NULL,
        hi_type text NOT NULL,
        sealed_bundle bytea NOT NULL,
        bytes integer NOT NULL,
        profile_version text NOT NULL,
        built_at timestamptz NOT NULL,
        superseded_at timestamptz,
        UNIQUE (visit_id, row_version, hi_type)
      );
      CREATE INDEX health_record_current ON health_record (care_context_id) WHERE superseded_at IS NULL;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

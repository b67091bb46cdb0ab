import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who uses the adapter, and the wrapped key under which everything personal is sealed. */
export class FacilitiesAndKeys1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE data_key (
        id smallint PRIMARY KEY CHECK (id = 1),
        wrapped bytea NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE facility (
        id uuid PRIMARY KEY,
        hfr_id text NOT NULL UNIQUE,
        service_id text NOT NULL UNIQUE,
        name text NOT NULL,
        district text,
        state text,
        created_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE TABLE api_key (
        id text PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        hash bytea NOT NULL,
        label text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        revoked_at timestamptz
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

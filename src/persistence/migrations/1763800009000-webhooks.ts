import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Where a hospital wants to be told of what, and every event told. An endpoint that is removed takes its deliveries with it.
 * `webhook_delivery.body` is not sealed: it holds ids and codes, and nothing of a person.
 */
export class Webhooks1763800009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_endpoint (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        url text NOT NULL,
        events text[] NOT NULL,
        enabled boolean NOT NULL DEFAULT true,
        sealed_secret bytea NOT NULL,
        resting_until timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        UNIQUE (facility_id, url)
      );

      CREATE TABLE webhook_delivery (
        id uuid PRIMARY KEY,
        endpoint_id uuid NOT NULL REFERENCES webhook_endpoint (id) ON DELETE CASCADE,
        facility_id uuid NOT NULL REFERENCES facility (id),
        event text NOT NULL,
        body text NOT NULL,
        state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'given-up')),
        attempts integer NOT NULL DEFAULT 0,
        failure text,
        http_status integer,
        happened_at timestamptz NOT NULL,
        tried_since timestamptz NOT NULL,
        next_attempt_at timestamptz,
        ended_at timestamptz
      );
      CREATE INDEX webhook_delivery_by_facility ON webhook_delivery (facility_id, happened_at, id);
      CREATE INDEX webhook_delivery_by_end ON webhook_delivery (endpoint_id, ended_at);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

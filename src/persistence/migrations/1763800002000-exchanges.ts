import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every message in and out, the cached session, and the heartbeat of the processes that do the jobs. */
export class Exchanges1763800002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exchange (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        direction text NOT NULL CHECK (direction IN ('in', 'out')),
        state text NOT NULL CHECK (state IN
          ('waiting', 'sent', 'answered', 'refused', 'failed', 'timed-out', 'received', 'handled', 'ignored')),
        request_id uuid NOT NULL,
        earlier_request_ids uuid[] NOT NULL DEFAULT '{}',
        reply_to uuid,
        facility_id uuid REFERENCES facility (id),
        about uuid,
        http_status integer,
        code text,
        sealed_message bytea,
        then_job jsonb,
        attempts integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        sent_at timestamptz,
        ended_at timestamptz,
        wait_until timestamptz
      );
      CREATE UNIQUE INDEX exchange_in_once ON exchange (request_id) WHERE direction = 'in';
      CREATE UNIQUE INDEX exchange_out_once ON exchange (request_id) WHERE direction = 'out';
      CREATE INDEX exchange_earlier ON exchange USING gin (earlier_request_ids) WHERE earlier_request_ids <> '{}';
      CREATE INDEX exchange_unanswered ON exchange (wait_until) WHERE state = 'sent' AND wait_until IS NOT NULL;
      CREATE INDEX exchange_about ON exchange (about);

      CREATE TABLE gateway_session (
        client_id text PRIMARY KEY,
        sealed_token bytea,
        expires_at timestamptz,
        asked_until timestamptz
      );

      CREATE TABLE worker_heartbeat (
        process_id uuid PRIMARY KEY,
        worker_ids text[] NOT NULL,
        beat_at timestamptz NOT NULL
      );
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

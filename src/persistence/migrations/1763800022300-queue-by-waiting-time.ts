import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The place in a queue is a time and no number: numbers of two counters cannot be compared. And a patient who was served
 * is found again when she scans while her number is valid.
 */
export class QueueByWaitingTime1763800022300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE queue_token ADD COLUMN waits_since timestamptz, ADD COLUMN came_back_at timestamptz;
      UPDATE queue_token SET waits_since = coalesce(skipped_at, issued_at);
      ALTER TABLE queue_token ALTER COLUMN waits_since SET NOT NULL, DROP COLUMN place;
      DROP INDEX queue_token_by_person;
      CREATE INDEX queue_token_by_person ON queue_token (abha_address_hash) WHERE abha_address_hash IS NOT NULL;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the OPD report counts and could not read before: whether the hospital says that a visit came by scan and share (visits
 * stored until now count as not, because their rows are sealed), and the tokens of a facility's days.
 */
export class OpdReport1763800022100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE visit ADD COLUMN is_scan_and_share boolean NOT NULL DEFAULT false;
      CREATE INDEX queue_token_by_day ON queue_token (facility_id, day);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

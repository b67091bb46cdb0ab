import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A discovery with which a link has begun stays as it was: asked again under its transaction, it would be another's. */
export class DiscoveriesWithALink1763800011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE discovery ADD COLUMN has_link boolean NOT NULL DEFAULT false;
      UPDATE discovery SET has_link = true WHERE id IN (SELECT discovery_id FROM user_link);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

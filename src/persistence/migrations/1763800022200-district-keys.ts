import type { MigrationInterface, QueryRunner } from 'typeorm';

/** API keys of a district: they are of no facility, and open the reports over all facilities of the district. */
export class DistrictKeys1763800022200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE api_key ALTER COLUMN facility_id DROP NOT NULL;
      ALTER TABLE api_key ADD COLUMN role text NOT NULL DEFAULT 'facility' CHECK (role IN ('facility', 'district'));
      ALTER TABLE api_key ADD COLUMN district text;
      ALTER TABLE api_key ADD COLUMN state text;
      ALTER TABLE api_key ADD CONSTRAINT api_key_holder_check
        CHECK ((role = 'facility') = (facility_id IS NOT NULL) AND (role = 'district') = (district IS NOT NULL));
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A visit may have several records of one type (each lab report is a document of its own): they are told apart by the id
 * of their Composition, which stays the same in every version of the visit. A page of a transfer names the records it
 * carries, so that it never holds more than it was laid out for.
 */
export class SeveralRecordsOfAType1763800006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE health_record ADD COLUMN composition_id uuid, ADD COLUMN document_id uuid;
      UPDATE health_record SET composition_id = id, document_id = id;
      ALTER TABLE health_record ALTER COLUMN composition_id SET NOT NULL, ALTER COLUMN document_id SET NOT NULL;
      ALTER TABLE health_record DROP CONSTRAINT health_record_visit_id_row_version_hi_type_key;
      ALTER TABLE health_record ADD UNIQUE (visit_id, row_version, composition_id);

      ALTER TABLE transfer_page ADD COLUMN composition_ids uuid[];
      UPDATE transfer_page p SET composition_ids = ARRAY(
        SELECT r.composition_id FROM health_record r
        WHERE r.care_context_id = p.care_context_id AND r.hi_type = ANY(p.hi_types) AND r.superseded_at IS NULL);
      ALTER TABLE transfer_page ALTER COLUMN composition_ids SET NOT NULL, DROP COLUMN hi_types;
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A hospital reads its own audit rows and consents: by facility, by visit, by consent. */
export class AuditAndConsentsByFacility1763800009100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX audit_by_facility ON audit (facility_id, seq);
      CREATE INDEX audit_by_subject ON audit (subject_id, seq);
      CREATE INDEX audit_by_consent ON audit (consent_id, seq);
      CREATE INDEX consent_by_facility ON consent_artefact (facility_id, status);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

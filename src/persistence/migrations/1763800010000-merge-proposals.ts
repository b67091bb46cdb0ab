import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two patients of a facility with one ABHA: kept as a proposal until the hospital says whether they are one person. Then the
 * later row points at the one that counts (`merged_into`, always one step); visits and care contexts stay where they are.
 */
export class MergeProposals1763800010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE patient ADD COLUMN merged_into uuid REFERENCES patient (id);
      CREATE INDEX patient_by_merged_into ON patient (merged_into);

      CREATE TABLE merge_proposal (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        patient_id uuid NOT NULL REFERENCES patient (id),
        other_patient_id uuid NOT NULL REFERENCES patient (id),
        reason text NOT NULL CHECK (reason IN ('same-abha-address', 'same-abha-number')),
        state text NOT NULL CHECK (state IN ('open', 'accepted', 'rejected')),
        made_at timestamptz NOT NULL,
        decided_at timestamptz,
        decided_by text,
        UNIQUE (patient_id, other_patient_id)
      );
      CREATE INDEX merge_proposal_by_facility ON merge_proposal (facility_id, made_at, id);
      CREATE INDEX merge_proposal_by_other ON merge_proposal (other_patient_id);
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

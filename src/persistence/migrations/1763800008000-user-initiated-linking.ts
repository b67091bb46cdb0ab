import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * User-initiated linking: who looked for what, what was offered, and the links begun with a code. Of a code only a keyed
 * hash stays, and it sealed until it was sent. A callback of ABDM's is answered once: two answers cannot be stored.
 */
export class UserInitiatedLinking1763800008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE discovery (
        id uuid PRIMARY KEY,
        facility_id uuid NOT NULL REFERENCES facility (id),
        transaction_id text NOT NULL,
        sealed_abha_address bytea,
        patient_id uuid REFERENCES patient (id),
        outcome text NOT NULL CHECK (outcome IN ('offered', 'nothing-new', 'none', 'several')),
        asked_at timestamptz NOT NULL,
        UNIQUE (facility_id, transaction_id)
      );

      CREATE TABLE discovery_offer (
        discovery_id uuid NOT NULL REFERENCES discovery (id),
        care_context_id uuid NOT NULL REFERENCES care_context (id),
        hi_types text[] NOT NULL,
        PRIMARY KEY (discovery_id, care_context_id)
      );

      CREATE TABLE user_link (
        id uuid PRIMARY KEY,
        discovery_id uuid NOT NULL REFERENCES discovery (id),
        facility_id uuid NOT NULL REFERENCES facility (id),
        patient_id uuid NOT NULL REFERENCES patient (id),
        state text NOT NULL CHECK (state IN ('awaiting-otp', 'linked', 'locked', 'undone')),
        otp_hash bytea,
        sealed_otp bytea,
        otp_sent_at timestamptz,
        tries integer NOT NULL DEFAULT 0,
        abha_became_known boolean NOT NULL DEFAULT false,
        made_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz
      );
      CREATE INDEX user_link_by_patient ON user_link (patient_id, made_at);

      CREATE TABLE user_link_context (
        user_link_id uuid NOT NULL REFERENCES user_link (id),
        care_context_id uuid NOT NULL REFERENCES care_context (id),
        hi_types text[] NOT NULL,
        is_linked_by_it boolean NOT NULL DEFAULT false,
        PRIMARY KEY (user_link_id, care_context_id)
      );

      CREATE INDEX care_context_unlinked ON care_context (patient_id) WHERE linked_at IS NULL;
      CREATE UNIQUE INDEX exchange_answered_once ON exchange (reply_to)
        WHERE direction = 'out' AND reply_to IS NOT NULL;
      CREATE INDEX exchange_unhandled ON exchange (created_at) WHERE state = 'received';
    `);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Patients } from '../../../persistence/patients.js';
import { CLOCK, type Clock } from '../../../support/clock.js';
import { patientReference } from '../link-request.js';
import type { NamedContext } from './link-entries.js';

/** A care context of a link the patient began, locked with its visit. */
export interface ChosenContext extends NamedContext {
  readonly linkingId: string;
  readonly visitId: string;
  readonly careContextId: string;
  readonly patientId: string;
  readonly linkedAbhaHash: Buffer | null;
  readonly isLinkedByIt: boolean;
  /** Not withdrawn or set aside, and with something to give. */
  readonly hasRecords: boolean;
}

interface Row {
  readonly linking_id: string;
  readonly visit_id: string;
  readonly care_context_id: string;
  readonly patient_id: string;
  readonly sealed_demographics: Buffer;
  readonly reference: string;
  readonly display: string;
  readonly hi_types: readonly string[];
  readonly linked_abha_hash: Buffer | null;
  readonly is_linked_by_it: boolean;
  readonly has_records: boolean;
}

/** The care contexts of links begun by patients: how they become linked, and how that is taken back. */
@Injectable()
export class ChosenContexts {
  constructor(
    private readonly patients: Patients,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** In the order every step takes: visit, then linking. */
  async lock(tx: EntityManager, userLinkId: string): Promise<readonly ChosenContext[]> {
    await tx.query(
      `SELECT 1 FROM user_link_context u JOIN linking l ON l.care_context_id = u.care_context_id
       JOIN visit v ON v.id = l.visit_id WHERE u.user_link_id = $1 ORDER BY l.id FOR UPDATE OF v, l`,
      [userLinkId],
    );
    // Read after the locks are held: what somebody else changed while we waited is seen.
    const rows: Row[] = await tx.query(
      `SELECT l.id AS linking_id, l.visit_id, c.id AS care_context_id, c.patient_id, p.sealed_demographics, c.reference,
         c.display, u.hi_types, c.linked_abha_hash, u.is_linked_by_it,
         v.state NOT IN ('withdrawn', 'quarantined') AND EXISTS (
           SELECT 1 FROM health_record r WHERE r.care_context_id = c.id AND r.superseded_at IS NULL) AS has_records
       FROM user_link_context u
       JOIN linking l ON l.care_context_id = u.care_context_id
       JOIN visit v ON v.id = l.visit_id
       JOIN care_context c ON c.id = u.care_context_id
       JOIN patient p ON p.id = c.patient_id
       JOIN user_link k ON k.id = u.user_link_id AND k.patient_id IN (p.id, p.merged_into)
       WHERE u.user_link_id = $1 ORDER BY l.id`,
      [userLinkId],
    );
    return rows.map((row) => ({
      linkingId: row.linking_id,
      visitId: row.visit_id,
      careContextId: row.care_context_id,
      patientId: row.patient_id,
      patientReference: patientReference(this.patients.open(row.patient_id, row.sealed_demographics), row.patient_id),
      reference: row.reference,
      display: row.display,
      hiTypes: row.hi_types,
      linkedAbhaHash: row.linked_abha_hash,
      isLinkedByIt: row.is_linked_by_it,
      hasRecords: row.has_records,
    }));
  }

  /** Whatever the hospital's own linking was at: the patient was faster. */
  async link(tx: EntityManager, userLinkId: string, context: ChosenContext, abhaHash: Buffer): Promise<void> {
    await tx.query(
      `WITH moved AS (
         UPDATE linking SET state = 'linked', failure_code = NULL, abha_address_hash = $4, hi_types_asked = $5,
           hi_types_linked = $5, notify_attempt = 0, updated_at = $6 WHERE id = $2 RETURNING visit_id, care_context_id
       ), context AS (
         UPDATE care_context SET linked_at = $6, linked_abha_hash = $4 FROM moved WHERE care_context.id = moved.care_context_id
       ), chosen AS (
         UPDATE user_link_context SET is_linked_by_it = true WHERE user_link_id = $1 AND care_context_id = $3
       ), visit_moved AS (
         UPDATE visit SET state = 'linked', updated_at = $6 FROM moved WHERE visit.id = moved.visit_id
       )
       INSERT INTO visit_event (visit_id, step, happened_at) SELECT visit_id, 'linked-by-patient', $6 FROM moved`,
      [userLinkId, context.linkingId, context.careContextId, abhaHash, context.hiTypes, this.clock.now()],
    );
  }

  /** ABDM did not take our answer, so there is no link there: the visit is the hospital's own to link again. */
  async unlink(tx: EntityManager, userLinkId: string, context: ChosenContext, code: string): Promise<void> {
    await tx.query(
      `WITH moved AS (
         UPDATE linking SET state = 'waiting-for-abha', hi_types_linked = '{}', updated_at = $4 WHERE id = $2
         RETURNING visit_id, care_context_id
       ), context AS (
         UPDATE care_context SET linked_at = NULL, linked_abha_hash = NULL FROM moved
         WHERE care_context.id = moved.care_context_id
       ), chosen AS (
         UPDATE user_link_context SET is_linked_by_it = false WHERE user_link_id = $1 AND care_context_id = $3
       ), visit_moved AS (
         UPDATE visit SET state = 'linking', updated_at = $4 FROM moved
         WHERE visit.id = moved.visit_id AND visit.state NOT IN ('withdrawn', 'quarantined')
       )
       INSERT INTO visit_event (visit_id, step, code, happened_at) SELECT visit_id, 'failed', $5, $4 FROM moved`,
      [userLinkId, context.linkingId, context.careContextId, this.clock.now(), code],
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { JOBS } from '../../jobs/jobs.js';
import type { LinkingState } from '../../persistence/entities/linking.entity.js';
import type { VisitState } from '../../persistence/entities/visit.entity.js';
import type { AbhaAtFacility } from '../../persistence/ended-abha.js';
import { Timeline, type TimelineStep } from '../../persistence/timeline.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import type { LinkTokenRow } from './link-tokens.js';
import { statesBefore } from './linking-steps.js';

/** A linking with all that its next step needs. */
export interface LinkingRow {
  readonly id: string;
  readonly visit_id: string;
  readonly care_context_id: string;
  readonly facility_id: string;
  readonly patient_id: string;
  readonly abha_address_hash: Buffer | null;
  readonly link_token_id: string | null;
  readonly state: LinkingState;
  readonly token_renewals: number;
  readonly notify_attempt: number;
  readonly hi_types_linked: readonly string[];
  readonly failure_code: string | null;
  readonly visit_state: VisitState;
  readonly reference: string;
  readonly display: string;
  readonly hi_types: readonly string[];
  readonly sealed_demographics: Buffer;
}

const SELECT = `
  SELECT l.*, v.state AS visit_state, c.reference, c.display, c.hi_types, p.sealed_demographics
  FROM linking l
  JOIN visit v ON v.id = l.visit_id
  JOIN care_context c ON c.id = l.care_context_id
  JOIN patient p ON p.id = l.patient_id`;

/** The visit's part of a step, in the same statement: a line on its timeline, and its state. See `Timeline.note`. */
const TIMELINE_NOTE = `
  visit_moved AS (
    UPDATE visit SET state = $10, updated_at = $7 FROM moved
    WHERE visit.id = moved.visit_id AND $10::text IS NOT NULL AND visit.state NOT IN ('withdrawn', 'quarantined')
  ), noted AS (
    INSERT INTO visit_event (visit_id, step, code, happened_at) SELECT visit_id, $9, $3, $7 FROM moved
  )`;

/** The linkings' rows: every change goes through `to`, which knows the allowed steps and writes the timeline. */
@Injectable()
export class Linkings {
  constructor(
    private readonly timeline: Timeline,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Withdrawn, or a newer version of it cannot be read: nothing new is asked for it, and it keeps its state. */
  isSetAside({ visit_state }: LinkingRow): boolean {
    return visit_state === 'withdrawn' || visit_state === 'quarantined';
  }

  /** Unlocked: to learn whose link token must be locked first. */
  async look(tx: EntityManager, id: string): Promise<LinkingRow | undefined> {
    const [row]: LinkingRow[] = await tx.query(`${SELECT} WHERE l.id = $1`, [id]);
    return row;
  }

  async lock(tx: EntityManager, id: string): Promise<LinkingRow | undefined> {
    const [row]: LinkingRow[] = await tx.query(`${SELECT} WHERE l.id = $1 FOR UPDATE OF v, l`, [id]);
    return row;
  }

  /**
   * What is known of the patient, and nobody can change it until this transaction ends: a visit that brings her ABHA either
   * came before and is seen here, or comes after and finds this one waiting. Locked as an arriving visit does: the visit,
   * then its patient.
   */
  async lockPatient(tx: EntityManager, linking: LinkingRow): Promise<Buffer> {
    await tx.query('SELECT 1 FROM visit WHERE id = $1 FOR UPDATE', [linking.visit_id]);
    const [patient]: Pick<LinkingRow, 'sealed_demographics'>[] = await tx.query(
      'SELECT sealed_demographics FROM patient WHERE id = $1 FOR SHARE',
      [linking.patient_id],
    );
    return patient?.sealed_demographics ?? linking.sealed_demographics;
  }

  /** All that wait for one link token, or did. */
  lockThoseOf(tx: EntityManager, tokenId: string, state: LinkingState): Promise<LinkingRow[]> {
    // A row that somebody else moves on while we wait for its lock drops out: PostgreSQL looks at the state again.
    return tx.query(`${SELECT} WHERE l.link_token_id = $1 AND l.state = $2 ORDER BY l.id FOR UPDATE OF v, l`, [
      tokenId,
      state,
    ]);
  }

  /** Linked under this ABHA address, or not linked yet and of a patient who has it. */
  lockThoseUnder(tx: EntityManager, { facilityId, abhaHash }: AbhaAtFacility): Promise<LinkingRow[]> {
    return tx.query(
      `${SELECT} WHERE l.facility_id = $1 AND (
         l.care_context_id = ANY(ARRAY(SELECT id FROM care_context WHERE facility_id = $1 AND linked_abha_hash = $2))
         OR (c.linked_at IS NULL
           AND l.patient_id = ANY(ARRAY(SELECT id FROM patient WHERE facility_id = $1 AND abha_address_hash = $2))))
       ORDER BY l.id FOR UPDATE OF v, l`,
      [facilityId, abhaHash],
    );
  }

  /** False when the linking has moved on: then nothing was changed, and the caller does nothing either. */
  async to(
    tx: EntityManager,
    linking: Pick<LinkingRow, 'id' | 'visit_id'>,
    state: LinkingState,
    note: { readonly step: TimelineStep; readonly visit?: VisitState; readonly code?: string | undefined },
    set: { readonly token?: LinkTokenRow; readonly renewals?: number; readonly hiTypesAsked?: readonly string[] } = {},
  ): Promise<boolean> {
    const moved: unknown[] = await tx.query(
      `WITH moved AS (
         UPDATE linking SET state = $2, failure_code = $3, abha_address_hash = coalesce($4, abha_address_hash), link_token_id = coalesce($11, link_token_id),
           token_renewals = coalesce($5, token_renewals), hi_types_asked = coalesce($6, hi_types_asked), updated_at = $7
         WHERE id = $1 AND state = ANY($8) RETURNING visit_id
       ), ${TIMELINE_NOTE}
       SELECT 1 FROM moved`,
      [
        linking.id,
        state,
        note.code ?? null,
        set.token?.abha_address_hash ?? null,
        set.renewals ?? null,
        set.hiTypesAsked ?? null,
        this.clock.now(),
        statesBefore(state),
        note.step,
        note.visit ?? null,
        set.token?.id ?? null,
      ],
    );
    if (moved.length === 0) return false;
    return true;
  }

  /** The patient's ABHA is not known: she sees it on the visit, and once only. */
  async noteWaiting(tx: EntityManager, linking: LinkingRow): Promise<void> {
    if (linking.visit_state === 'waiting-for-abha') return;
    await this.timeline.note(tx, linking.visit_id, 'waiting-for-abha', { state: 'waiting-for-abha' });
  }

  /** ABDM wants a pause before it is asked again: the visit says why. */
  async notePause(tx: EntityManager, linking: LinkingRow, code: string): Promise<void> {
    await this.timeline.note(tx, linking.visit_id, 'asked-for-link-token', { code });
  }

  /**
   * The link stands. A visit withdrawn meanwhile stays withdrawn, though its link cannot be undone. Also adds the job that
   * tells ABDM of the records.
   */
  async linked(tx: EntityManager, linking: LinkingRow, notifyAt: Date): Promise<void> {
    await tx.query(
      `WITH moved AS (
         UPDATE linking SET state = 'linked', failure_code = NULL, hi_types_linked = hi_types_asked, updated_at = $2
         WHERE id = $1 RETURNING id, visit_id, care_context_id, abha_address_hash
       ), context AS (
         UPDATE care_context SET linked_at = $2, linked_abha_hash = moved.abha_address_hash FROM moved
         WHERE care_context.id = moved.care_context_id
       ), visit_moved AS (
         UPDATE visit SET state = 'linked', updated_at = $2 FROM moved
         WHERE visit.id = moved.visit_id AND visit.state NOT IN ('withdrawn', 'quarantined')
       ), noted AS (
         INSERT INTO visit_event (visit_id, step, happened_at) SELECT visit_id, 'linked', $2 FROM moved
       )
       SELECT graphile_worker.add_job('linking.notify', json_build_object('id', id), run_at => $3, max_attempts => $4)
       FROM moved`,
      [linking.id, this.clock.now(), notifyAt, JOBS['linking.notify'].attempts],
    );
  }
}

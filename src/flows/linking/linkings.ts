import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LinkingState } from '../../persistence/entities/linking.entity.js';
import type { VisitState } from '../../persistence/entities/visit.entity.js';
import { Timeline, type TimelineStep } from '../../persistence/timeline.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { statesBefore } from './linking-steps.js';

/** A linking with all that its next step needs. */
export interface LinkingRow {
  readonly id: string;
  readonly visit_id: string;
  readonly care_context_id: string;
  readonly facility_id: string;
  readonly patient_id: string;
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
  JOIN patient p ON p.id = l.patient_id
  WHERE l.id = $1`;

/** The linkings' rows: every change goes through `to`, which knows the allowed steps and writes the timeline. */
@Injectable()
export class Linkings {
  constructor(
    private readonly timeline: Timeline,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Unlocked: to learn whose link token must be locked first. */
  async look(tx: EntityManager, id: string): Promise<LinkingRow | undefined> {
    const [row]: LinkingRow[] = await tx.query(SELECT, [id]);
    return row;
  }

  async lock(tx: EntityManager, id: string): Promise<LinkingRow | undefined> {
    const [row]: LinkingRow[] = await tx.query(`${SELECT} FOR UPDATE OF l`, [id]);
    return row;
  }

  /** False when the linking has moved on: then nothing was changed, and the caller does nothing either. */
  async to(
    tx: EntityManager,
    linking: Pick<LinkingRow, 'id' | 'visit_id'>,
    state: LinkingState,
    note: { readonly step: TimelineStep; readonly visit?: VisitState; readonly code?: string | undefined },
    set: { readonly abhaAddressHash?: Buffer; readonly renewals?: number } = {},
  ): Promise<boolean> {
    const [moved] = (await tx.query(
      `UPDATE linking SET state = $2, failure_code = $3, abha_address_hash = coalesce($4, abha_address_hash),
         token_renewals = coalesce($5, token_renewals), updated_at = $6
       WHERE id = $1 AND state = ANY($7) RETURNING id`,
      [
        linking.id,
        state,
        note.code ?? null,
        set.abhaAddressHash ?? null,
        set.renewals ?? null,
        this.clock.now(),
        statesBefore(state),
      ],
    )) as [unknown[], number];
    if (moved.length === 0) return false;
    await this.timeline.note(tx, linking.visit_id, note.step, {
      ...(note.code !== undefined && { code: note.code }),
      ...(note.visit !== undefined && { state: note.visit }),
    });
    return true;
  }

  /** The patient's ABHA is not known: she sees it on the visit, and once only. */
  async noteWaiting(tx: EntityManager, linking: LinkingRow): Promise<void> {
    if (linking.visit_state === 'waiting-for-abha') return;
    await this.timeline.note(tx, linking.visit_id, 'waiting-for-abha', { state: 'waiting-for-abha' });
  }

  /** A visit withdrawn meanwhile stays withdrawn, though its link cannot be undone. */
  async noteLinked(tx: EntityManager, linking: LinkingRow): Promise<void> {
    await this.timeline.note(tx, linking.visit_id, 'linked', linking.visit_state === 'withdrawn' ? {} : { state: 'linked' });
  }
}

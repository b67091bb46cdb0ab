import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { CLOCK, type Clock } from '../support/clock.js';
import type { VisitState } from './entities/visit.entity.js';

export const TIMELINE_STEPS = [
  'received',
  'corrected',
  'withdrawn',
  'quarantined',
  'built',
  'waiting-for-abha',
  'deep-link-asked',
  'deep-link-sent',
  'deep-link-not-sent',
  'asked-for-link-token',
  'asked-to-link',
  'chosen-by-patient',
  'code-not-confirmed',
  'linked',
  'linked-by-patient',
  'notified',
  'not-notified',
  'pulled',
  'failed',
  'abha-ended',
  'tried-again',
] as const;
export type TimelineStep = (typeof TIMELINE_STEPS)[number];

/** A visit's timeline: what happened to it, for the clerk who asks. Codes, never words of a person. */
@Injectable()
export class Timeline {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /**
   * Notes a step and, where the step changes it, the visit's state, in one statement. A withdrawn or quarantined visit stays so,
   * whatever was under way for it, until the hospital sends it again.
   */
  async note(
    tx: Pick<EntityManager, 'query'>,
    visitId: string,
    step: TimelineStep,
    more: { readonly state?: VisitState; readonly code?: string; readonly rowVersion?: number } = {},
  ): Promise<void> {
    await tx.query(
      `WITH moved AS (UPDATE visit SET state = $5, updated_at = $6 WHERE id = $1 AND $5::text IS NOT NULL
         AND (state NOT IN ('withdrawn', 'quarantined') OR $2 IN ('corrected', 'tried-again')))
       INSERT INTO visit_event (visit_id, step, code, row_version, happened_at) VALUES ($1, $2, $3, $4, $6)`,
      [visitId, step, more.code ?? null, more.rowVersion ?? null, more.state ?? null, this.clock.now()],
    );
  }
}

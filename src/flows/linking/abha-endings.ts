import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { JobQueue } from '../../jobs/job-queue.js';
import { EndedAbhas, type AbhaAtFacility } from '../../persistence/ended-abha.js';
import { CLOCK, type Clock } from '../../support/clock.js';

/** For so long a refusal counts; then ABDM is asked again, because nobody tells us that she has reactivated it. */
const REFUSAL_COUNTS_MS = 24 * 3_600_000;

/**
 * We heard that an ABHA address is not in use. It is kept at once, which stops what is being given out under it, and a job
 * sees to the rest: what that has to lock cannot be locked in the middle of another step.
 */
@Injectable()
export class AbhaEndings {
  constructor(
    private readonly ended: EndedAbhas,
    private readonly jobs: JobQueue,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** ABDM told us so: until it says otherwise. */
  told(tx: EntityManager, abha: AbhaAtFacility, reason: string): Promise<void> {
    return this.keep(tx, abha, reason, null);
  }

  /** A call of ours was refused for it. Best the last thing a step does. */
  refused(tx: EntityManager, abha: AbhaAtFacility, code: string): Promise<void> {
    return this.keep(tx, abha, code, new Date(this.clock.now().getTime() + REFUSAL_COUNTS_MS));
  }

  private async keep(tx: EntityManager, abha: AbhaAtFacility, reason: string, until: Date | null): Promise<void> {
    const id = await this.ended.add(tx, abha, { reason, until, now: this.clock.now() });
    if (id !== undefined) await this.jobs.add(tx, 'abha.ended', id);
  }
}

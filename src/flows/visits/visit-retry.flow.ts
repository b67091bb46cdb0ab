import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { JobQueue } from '../../jobs/job-queue.js';
import type { VisitState } from '../../persistence/entities/visit.entity.js';
import { Patients } from '../../persistence/patients.js';
import { Sealer } from '../../persistence/sealing.js';
import { Timeline } from '../../persistence/timeline.js';
import { sealedVisitLabel } from '../../persistence/visit-versions.js';
import type { Visit } from '../../ports/visit.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { WaitingReasons } from './waiting-reason.js';

interface FailedVisit {
  readonly id: string;
  readonly facility_id: string;
  readonly patient_id: string | null;
  readonly row_version: number;
  readonly state: VisitState;
  readonly sealed_visit: Buffer;
}

/** "Try again": builds the records anew, and from there everything that follows. */
@Injectable()
export class VisitRetry {
  constructor(
    private readonly db: DataSource,
    private readonly jobs: JobQueue,
    private readonly patients: Patients,
    private readonly sealer: Sealer,
    private readonly timeline: Timeline,
    private readonly waiting: WaitingReasons,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * A failed visit, one whose records did not validate, one whose job was given up, or one that waits for an ABHA address
   * which is in use again or was learned since. A visit that could not be read has nothing to build from: the hospital sends
   * it again with a higher version.
   */
  async again(visitId: string): Promise<'again' | 'nothing-to-do' | 'abha-not-in-use'> {
    return this.db.transaction(async (tx) => {
      const [visit]: FailedVisit[] = await tx.query(
        `SELECT v.id, v.facility_id, v.patient_id, v.row_version, v.state, w.sealed_visit FROM visit v
         JOIN visit_version w ON w.visit_id = v.id AND w.row_version = v.row_version
         WHERE v.id = $1 AND v.state IN ('failed', 'quarantined', 'received', 'waiting-for-abha') AND w.sealed_visit IS NOT NULL
         FOR UPDATE OF v`,
        [visitId],
      );
      if (visit === undefined) return 'nothing-to-do';
      await this.hearAgain(tx, visit);
      if (visit.state === 'waiting-for-abha') {
        const reason = await this.waiting.of(visitId, tx);
        if (reason === 'abha-not-in-use') return reason;
        if (reason === 'no-abha') return 'nothing-to-do';
      }
      await tx.query(
        `UPDATE visit_version w SET reasons = '[]' FROM visit v
         WHERE v.id = $1 AND w.visit_id = v.id AND w.row_version = v.row_version`,
        [visitId],
      );
      await this.timeline.note(tx, visitId, 'tried-again', { state: 'received' });
      await this.jobs.add(tx, 'visit.build', visitId, { key: `build:${visitId}` });
      return 'again';
    });
  }

  /**
   * Where ABDM refused her address as deactivated, "try again" says that she has reactivated it; where it told us of that,
   * ABDM itself has to say so.
   */
  private async hearAgain(tx: EntityManager, visit: FailedVisit): Promise<void> {
    if (visit.patient_id === null) return;
    const label = sealedVisitLabel('visit', visit.id, visit.row_version);
    const { patient } = this.sealer.openJson(label, visit.sealed_visit) as Visit;
    const now = this.clock.now();
    if (!(await this.patients.hasReactivated(tx, visit.facility_id, visit.patient_id, patient, now))) return;
    const waiting = await this.patients.waitingVisits(tx, visit.patient_id);
    // This one is built by the caller.
    await this.jobs.addEach(
      tx,
      'visit.build',
      waiting.filter((id) => id !== visit.id),
      'build',
    );
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { JobQueue } from '../../jobs/job-queue.js';
import { Timeline } from '../../persistence/timeline.js';

/** "Try again": builds the records anew, and from there everything that follows. */
@Injectable()
export class VisitRetry {
  constructor(
    private readonly db: DataSource,
    private readonly jobs: JobQueue,
    private readonly timeline: Timeline,
  ) {}

  /**
   * A failed visit, one whose records did not validate, or one whose job was given up. A visit that could not be read has
   * nothing to build from: the hospital sends it again with a higher version.
   */
  async again(visitId: string): Promise<'again' | 'nothing-to-do'> {
    return this.db.transaction(async (tx) => {
      const [visit]: unknown[] = await tx.query(
        `SELECT v.id FROM visit v JOIN visit_version w ON w.visit_id = v.id AND w.row_version = v.row_version
         WHERE v.id = $1 AND v.state IN ('failed', 'quarantined', 'received') AND w.sealed_visit IS NOT NULL
         FOR UPDATE OF v`,
        [visitId],
      );
      if (visit === undefined) return 'nothing-to-do';
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
}

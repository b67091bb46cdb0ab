import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CODED_KINDS, type TermKind } from '../../fhir/terminology/terminology.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { UncodedTerms, type UncodedCount } from '../../persistence/uncoded-terms.js';
import { RECORD_TOOLS, type RecordTools } from './record-tools.js';

export type { TermKind } from '../../fhir/terminology/terminology.js';
export const TERM_KINDS: readonly TermKind[] = [...CODED_KINDS, 'frequency'];

/** Words without a code, with the nearest terms of the tables for whoever extends them. */
export interface UncodedWords {
  readonly kind: string;
  readonly text: string;
  readonly visits: number;
  readonly suggestions: readonly string[];
}

/**
 * What the terminology tables do not know, and coding it once they do.
 *
 *   uncoded words ─▶ a deployer extends config/terminology, restarts ─▶ recode ─▶ job visit.build for each visit
 *
 * A visit whose records come out as they were is left alone; the others are replaced, and ABDM is told of them.
 */
@Injectable()
export class Recoding {
  constructor(
    private readonly db: DataSource,
    private readonly jobs: JobQueue,
    private readonly uncoded: UncodedTerms,
    @Inject(RECORD_TOOLS) private readonly tools: RecordTools,
  ) {}

  async mostFrequent(facilityId: string, kind: TermKind | undefined, limit: number): Promise<readonly UncodedWords[]> {
    const terms = await this.uncoded.mostFrequent(facilityId, kind, limit);
    return terms.map((term) => ({
      ...term,
      // The kinds in the table are those we wrote there.
      suggestions: this.tools.terminology.suggest(term.kind as TermKind, term.text),
    }));
  }

  count(facilityId: string): Promise<UncodedCount> {
    return this.uncoded.count(facilityId);
  }

  /** @returns how many visits will be built again */
  recode(facilityId: string): Promise<number> {
    return this.db.transaction(async (tx) => {
      const visits = await this.uncoded.visitsWithAny(tx, facilityId);
      await this.jobs.addEach(tx, 'visit.build', visits, 'build');
      return visits.length;
    });
  }
}

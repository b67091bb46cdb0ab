import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { JobQueue } from '../../jobs/job-queue.js';
import { appendAudit } from '../../persistence/audit.js';
import type { MergeState } from '../../persistence/entities/patient-change.entity.js';
import { MergeProposals, type MergeProposal } from '../../persistence/merge-proposals.js';
import { Patients } from '../../persistence/patients.js';
import { CLOCK, type Clock } from '../../support/clock.js';

/** Who decides: a key of the facility's hospital. */
interface Decider {
  readonly facilityId: string;
  readonly keyId: string;
}

/** A proposal with the hospital's numbers of both. */
export interface NamedProposal extends MergeProposal {
  readonly uhid: string;
  readonly otherUhid: string;
}

interface Person {
  readonly id: string;
  readonly merged_into: string | null;
  readonly sealed_demographics: Buffer;
}

/**
 * Two patients of a facility came with one ABHA, and the hospital says whether they are one person.
 *
 *   open ─▶ accepted: discovery and consents see the visits of both; an ABHA of one is known of the other
 *        └▶ rejected: they stay two, and are not proposed again
 *
 * Care contexts and visits stay with the row they came with: what is linked keeps its references. The same decision twice
 * changes nothing; the other one after it is refused, because links may have followed from the first.
 */
@Injectable()
export class MergeDecisions {
  constructor(
    private readonly db: DataSource,
    private readonly jobs: JobQueue,
    private readonly patients: Patients,
    private readonly proposals: MergeProposals,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Reading them shows the numbers of patients: it is audited, once a page. */
  async list(
    { facilityId, keyId }: Decider,
    filter: { readonly state?: MergeState; readonly after?: string; readonly limit: number },
  ): Promise<readonly NamedProposal[]> {
    return this.db.transaction(async (tx) => {
      const proposals = await this.proposals.list(tx, facilityId, filter);
      const named: NamedProposal[] = [];
      for (const proposal of proposals) named.push(await this.named(tx, proposal));
      const entry = { at: this.clock.now(), actor: `hospital:${keyId}`, action: 'merge.read', facilityId } as const;
      if (named.length > 0) await appendAudit(tx, { ...entry, outcome: 'shown' });
      return named;
    });
  }

  /** Undefined: no such proposal here. `decided-otherwise`: the other decision stands. */
  async decide(
    { facilityId, keyId }: Decider,
    id: string,
    decision: 'accepted' | 'rejected',
  ): Promise<NamedProposal | 'decided-otherwise' | undefined> {
    return this.db.transaction(async (tx) => {
      const proposal = await this.proposals.lock(tx, facilityId, id);
      if (proposal === undefined) return undefined;
      if (proposal.state === decision) return this.named(tx, proposal);
      if (proposal.state !== 'open') return 'decided-otherwise';
      const now = this.clock.now();
      const people = await this.lockBoth(tx, proposal);
      if (decision === 'accepted') await this.merge(tx, facilityId, proposal, people);
      await this.proposals.decided(tx, id, decision, { keyId, now });
      const ids = people.map((person) => person.id);
      await this.proposals.settle(tx, ids, { keyId, now });
      const decided = await this.named(tx, { ...proposal, state: decision, decidedAt: now });
      const row = { at: now, actor: `hospital:${keyId}`, facilityId, subjectId: id, outcome: decision };
      for (const patientId of [proposal.patientId, proposal.otherPatientId]) {
        const action = decision === 'accepted' ? 'merge.accepted' : 'merge.rejected';
        await appendAudit(tx, { ...row, action, patientId });
      }
      return decided;
    });
  }

  /** Both, and all that were merged with either before. */
  private lockBoth(tx: EntityManager, { patientId, otherPatientId }: MergeProposal): Promise<Person[]> {
    return tx.query(
      `WITH counts AS (SELECT coalesce(merged_into, id) AS id FROM patient WHERE id IN ($1, $2))
       SELECT id, merged_into, sealed_demographics FROM patient
       WHERE id = ANY(ARRAY(SELECT id FROM counts)) OR merged_into = ANY(ARRAY(SELECT id FROM counts))
       ORDER BY id FOR UPDATE`,
      [patientId, otherPatientId],
    );
  }

  /** All point at one row that is not merged itself: who had the ABHA first, or whom she was merged into. */
  private async merge(
    tx: EntityManager,
    facilityId: string,
    { patientId }: MergeProposal,
    people: readonly Person[],
  ): Promise<void> {
    const root = people.find(({ id }) => id === patientId)?.merged_into ?? patientId;
    await tx.query('UPDATE patient SET merged_into = $1 WHERE id = ANY($2) AND id <> $1', [
      root,
      people.map(({ id }) => id),
    ]);
    await tx.query('UPDATE patient SET merged_into = NULL WHERE id = $1', [root]);
    // One address only is beyond doubt the person's; of two, each row keeps its own.
    const known = people.map(({ id, sealed_demographics }) => this.patients.open(id, sealed_demographics));
    const addresses = new Set(known.flatMap(({ abhaAddress }) => abhaAddress ?? []));
    const holder = known.find(({ abhaAddress }) => abhaAddress !== undefined);
    if (addresses.size !== 1 || holder === undefined) return;
    for (const { id } of people) await this.patients.giveAbha(tx, facilityId, id, holder, this.clock.now());
    // Built again, because the records name the patient's ABHA.
    await this.jobs.addEach(tx, 'visit.build', await this.patients.waitingVisits(tx, root), 'build');
  }

  private async named(tx: EntityManager, proposal: MergeProposal): Promise<NamedProposal> {
    const rows: Person[] = await tx.query('SELECT id, sealed_demographics FROM patient WHERE id IN ($1, $2)', [
      proposal.patientId,
      proposal.otherPatientId,
    ]);
    const uhidOf = (id: string): string => {
      const row = rows.find((each) => each.id === id);
      return row === undefined ? '' : this.patients.open(id, row.sealed_demographics).uhid;
    };
    return { ...proposal, uhid: uhidOf(proposal.patientId), otherUhid: uhidOf(proposal.otherPatientId) };
  }
}

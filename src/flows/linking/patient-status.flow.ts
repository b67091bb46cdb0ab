import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { PatientStatusNotice } from '../../abdm/messages/patient-status.js';
import { OnRequest, type CallbackContext } from '../../exchange/flow-steps.js';
import { Outbox } from '../../exchange/outbox.js';
import { DoesJob } from '../../jobs/job-handlers.js';
import { appendAudit } from '../../persistence/audit.js';
import { Consents } from '../../persistence/consents.js';
import { EndedAbhas, type EndedAbha } from '../../persistence/ended-abha.js';
import { HospitalEvents } from '../../persistence/hospital-events.js';
import { Patients } from '../../persistence/patients.js';
import { Sealer } from '../../persistence/sealing.js';
import { Timeline } from '../../persistence/timeline.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import { AbhaEndings } from './abha-endings.js';
import { LinkTokens } from './link-tokens.js';
import { Linkings, type LinkingRow } from './linkings.js';

/**
 * A patient leaves ABDM: her address is deactivated, deleted, or she opted out.
 *
 *   notice, or a call of ours refused for it ─▶ kept: transfers stop before the next page
 *     ─▶ job: address removed, consents ended, link tokens erased, every visit of hers says so
 *
 * What is linked cannot be unlinked, but nothing is given out under that address any more, and new visits wait for ABHA.
 * "In use again" makes the address one that is taken again when a visit brings it. Source: M2 flows, section 10.
 */
@Injectable()
export class PatientStatus {
  constructor(
    private readonly db: DataSource,
    private readonly consents: Consents,
    private readonly ended: EndedAbhas,
    private readonly endings: AbhaEndings,
    private readonly hospital: HospitalEvents,
    private readonly linkings: Linkings,
    private readonly outbox: Outbox,
    private readonly patients: Patients,
    private readonly sealer: Sealer,
    private readonly timeline: Timeline,
    private readonly tokens: LinkTokens,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @OnRequest('patient.status')
  async noticed(tx: EntityManager, { notification }: PatientStatusNotice, context: CallbackContext): Promise<void> {
    const { facilityId, requestId } = context;
    const abhaHash = this.sealer.hash('abha-address', notification.patient.id.toLowerCase());
    switch (notification.status.toUpperCase()) {
      case 'DEACTIVATED':
      case 'DELETED':
        await this.endings.told(tx, { facilityId, abhaHash }, notification.status.toUpperCase());
        break;
      case 'REACTIVATED':
        await this.ended.lift(tx, { facilityId, abhaHash });
        break;
      default:
        this.log.warn({ exchange: 'patient.status', requestId }, 'a status nobody knows was acknowledged, and no more');
    }
    await this.outbox.answer(tx, 'patient.status', context, {}, { about: requestId });
  }

  /** Lock order as everywhere: tokens, visits and linkings, patients. */
  @DoesJob('abha.ended')
  async end(endedId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const abha = await this.ended.open(tx, endedId);
      if (abha === undefined) return; // in use again, or seen to
      const now = this.clock.now();
      await this.tokens.erase(tx, abha);
      for (const linking of await this.linkings.lockThoseUnder(tx, abha)) await this.tell(tx, linking);
      const patientIds = await this.patients.forgetAbha(tx, abha, now);
      const consentIds = await this.consents.endAllOf(tx, abha, abha.reason, now);
      for (const consentId of consentIds) {
        await this.hospital.tell(tx, abha.facilityId, 'consent.revoked', { consentId, reason: 'REVOKED' });
      }
      await this.ended.done(tx, abha.id, now);
      await this.audit(tx, abha, patientIds, consentIds);
    });
  }

  /** One that waits for a link token goes back to waiting for ABHA; one that ABDM is asked to link gets its answer yet. */
  private async tell(tx: EntityManager, linking: LinkingRow): Promise<void> {
    if (linking.state !== 'awaiting-link-token') return this.timeline.note(tx, linking.visit_id, 'abha-ended');
    await this.linkings.to(tx, linking, 'waiting-for-abha', { step: 'abha-ended', visit: 'waiting-for-abha' });
  }

  private async audit(
    tx: EntityManager,
    { facilityId, reason }: EndedAbha,
    patientIds: readonly string[],
    consentIds: readonly string[],
  ): Promise<void> {
    const row = { at: this.clock.now(), actor: 'abdm', facilityId, outcome: reason };
    for (const patientId of patientIds) await appendAudit(tx, { ...row, action: 'abha.ended', patientId });
    for (const consentId of consentIds) await appendAudit(tx, { ...row, action: 'consent.ended', consentId });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { meaningOf } from '../../abdm/error-meaning.js';
import type { CareContextNotifyReply } from '../../abdm/messages/care-context-notify.js';
import type { Failure } from '../../exchange/failure.js';
import { OnFailure, OnReply } from '../../exchange/flow-steps.js';
import { Outbox } from '../../exchange/outbox.js';
import { DoesJob } from '../../jobs/job-handlers.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { Facilities } from '../../persistence/facilities.js';
import { Patients } from '../../persistence/patients.js';
import { Timeline } from '../../persistence/timeline.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { patientReference } from './link-request.js';
import { Linkings, type LinkingRow } from './linkings.js';

/**
 * Context notify: ABDM is told that a linked visit has records; on SUCCESS the patient's app comes for them. ABDM knows of a
 * link only some seconds after it said so, and answers "not linked" until then: asked again after the configured delays.
 * A notice that fails never undoes a link. Source: M2 flows, section 3.
 */
@Injectable()
export class ContextNotify {
  constructor(
    private readonly db: DataSource,
    private readonly facilities: Facilities,
    private readonly jobs: JobQueue,
    private readonly linkings: Linkings,
    private readonly outbox: Outbox,
    private readonly patients: Patients,
    private readonly timeline: Timeline,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @DoesJob('linking.notify')
  async notify(linkingId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const linking = await this.linkings.lock(tx, linkingId);
      if (linking?.state !== 'linked' || this.linkings.isSetAside(linking)) return;
      const known = this.patients.open(linking.patient_id, linking.sealed_demographics);
      // Her address may have changed since; ABDM knows the visit under the one it was linked with.
      const patient = await this.patients.asLinked(tx, linking.visit_id, linking.patient_id, known);
      const facility = await this.facilities.byId(linking.facility_id);
      if (patient.abhaAddress === undefined || facility === undefined) return;
      await this.outbox.send(
        tx,
        'care-context.notify',
        {
          notification: {
            patient: { id: patient.abhaAddress },
            careContext: {
              patientReference: patientReference(patient, linking.patient_id),
              careContextReference: linking.reference,
            },
            hiTypes: linking.hi_types,
            date: this.clock.now().toISOString(),
            hip: { id: facility.serviceId },
          },
        },
        { facilityId: linking.facility_id, about: linking.id },
      );
    });
  }

  @OnReply('care-context.notify')
  async answered(tx: EntityManager, linkingId: string, reply: CareContextNotifyReply): Promise<void> {
    const linking = await this.linkings.lock(tx, linkingId);
    if (linking === undefined) return;
    if (!reply.error) {
      await tx.query('UPDATE linking SET notified_at = $2, notify_attempt = 0 WHERE id = $1', [
        linking.id,
        this.clock.now(),
      ]);
      return this.timeline.note(tx, linking.visit_id, 'notified');
    }
    const { code, message } = reply.error;
    await this.tryLater(tx, linking, code, meaningOf(code, message) === 'not-linked-yet');
  }

  @OnFailure('care-context.notify')
  async failed(tx: EntityManager, linkingId: string, failure: Failure): Promise<void> {
    const linking = await this.linkings.lock(tx, linkingId);
    if (linking !== undefined)
      await this.tryLater(tx, linking, failure.code || failure.kind, failure.kind === 'no-reply');
  }

  private async tryLater(tx: EntityManager, linking: LinkingRow, code: string, mayPass: boolean): Promise<void> {
    const attempt = linking.notify_attempt + 1;
    const delay = this.config.CONTEXT_NOTIFY_DELAYS[attempt];
    if (!mayPass || delay === undefined) {
      // A correction starts anew, with all its tries.
      await tx.query('UPDATE linking SET notify_attempt = 0 WHERE id = $1', [linking.id]);
      return this.timeline.note(tx, linking.visit_id, 'not-notified', { code });
    }
    await tx.query('UPDATE linking SET notify_attempt = $2 WHERE id = $1', [linking.id, attempt]);
    await this.jobs.add(tx, 'linking.notify', linking.id, {
      runAt: new Date(this.clock.now().getTime() + delay * 1000),
    });
  }
}

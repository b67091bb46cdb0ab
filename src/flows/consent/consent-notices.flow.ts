import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { ConsentDetail, ConsentNotice } from '../../abdm/messages/consent-notify.js';
import { REFUSALS } from '../../abdm/refusals.js';
import { OnRequest, type CallbackContext } from '../../exchange/flow-steps.js';
import { Outbox } from '../../exchange/outbox.js';
import { DoesJob } from '../../jobs/job-handlers.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { appendAudit } from '../../persistence/audit.js';
import { consentLabel, Consents } from '../../persistence/consents.js';
import { Facilities } from '../../persistence/facilities.js';
import { HospitalEvents } from '../../persistence/hospital-events.js';
import { Sealer } from '../../persistence/sealing.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import { allowsTheSame } from './same-artefact.js';

const CONTRADICTED = 'contradicted';

/**
 * Consent notices as HIP: a patient granted, revoked, or let a consent expire. Each is kept first and then acknowledged,
 * within 60 seconds: without that answer no request for records ever follows.
 *
 *   GRANTED ─▶ stored with its detail        REVOKED, EXPIRED ─▶ detail erased at once, a stub stays for the audit
 *
 * Another artefact under a known id ends the consent. A revocation wins whatever the order of arrival: a GRANTED that comes after it changes nothing.
 * Source: M2 flows, section 8.
 */
@Injectable()
export class ConsentNotices {
  constructor(
    private readonly db: DataSource,
    private readonly events: HospitalEvents,
    private readonly consents: Consents,
    private readonly facilities: Facilities,
    private readonly jobs: JobQueue,
    private readonly outbox: Outbox,
    private readonly sealer: Sealer,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @OnRequest('consent.notify')
  async noticed(tx: EntityManager, { notification }: ConsentNotice, context: CallbackContext): Promise<void> {
    const { consentId, status } = notification;
    if (status === 'GRANTED') {
      const detail = notification.consentDetail;
      if (!detail || !(await this.isAboutUs(detail, consentId, context.facilityId))) {
        const error = REFUSALS['artefact-not-understood'];
        return this.outbox.answer(tx, 'consent.notify', context, { error }, { about: consentId });
      }
      const isBelieved = await this.grant(tx, detail, context);
      if (!isBelieved) {
        const error = REFUSALS['artefact-contradicts'];
        return this.outbox.answer(tx, 'consent.notify', context, { error }, { about: consentId });
      }
    } else if (status === 'REVOKED' || status === 'EXPIRED') {
      await this.end(tx, consentId, context.facilityId, status);
    }
    // DENIED and REQUESTED are in the contract and were never seen: acknowledged, and nothing else.
    const acknowledgement = { status: 'OK', consentId } as const;
    await this.outbox.answer(tx, 'consent.notify', context, { acknowledgement }, { about: consentId });
  }

  /** Our own clock: the EXPIRED notice may come late or never. */
  @DoesJob('consent.expire')
  async expire(consentId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const [row]: { facility_id: string; expires_at: Date }[] = await tx.query(
        `SELECT facility_id, expires_at FROM consent_artefact WHERE id = $1 AND status = 'GRANTED' FOR UPDATE`,
        [consentId],
      );
      if (row === undefined) return;
      if (row.expires_at > this.clock.now()) return this.watch(tx, consentId, row.expires_at);
      await this.end(tx, consentId, row.facility_id, 'EXPIRED');
    });
  }

  /** An artefact that names another facility, or another id than its notice, is not taken. */
  private async isAboutUs(detail: ConsentDetail, consentId: string, facilityId: string): Promise<boolean> {
    const facility = await this.facilities.byId(facilityId);
    const times = [detail.permission.dataEraseAt, detail.permission.dateRange.from, detail.permission.dateRange.to];
    return facility?.serviceId === detail.hip.id && detail.consentId === consentId && times.every(isStorableTime);
  }

  /** False: another artefact was granted under this id. */
  private async grant(tx: EntityManager, detail: ConsentDetail, { facilityId }: CallbackContext): Promise<boolean> {
    const now = this.clock.now();
    const expiresAt = new Date(detail.permission.dataEraseAt);
    const stored: unknown[] = await tx.query(
      `INSERT INTO consent_artefact (id, facility_id, status, patient_hash, hiu_id, purpose, sealed_detail, expires_at,
         granted_at, updated_at) VALUES ($1, $2, 'GRANTED', $3, $4, $5, $6, $7, $8, $8)
       ON CONFLICT (id) DO UPDATE SET facility_id = excluded.facility_id, status = excluded.status,
         patient_hash = excluded.patient_hash, hiu_id = excluded.hiu_id, purpose = excluded.purpose,
         sealed_detail = excluded.sealed_detail, expires_at = excluded.expires_at, granted_at = excluded.granted_at,
         ended_at = NULL, updated_at = excluded.updated_at
       WHERE consent_artefact.facility_id <> excluded.facility_id AND consent_artefact.granted_at IS NULL
       RETURNING id`,
      [
        detail.consentId,
        facilityId,
        this.sealer.hash('abha-address', detail.patient.id.toLowerCase()),
        detail.hiu?.id ?? null,
        detail.purpose.code,
        this.sealer.sealJson(consentLabel(detail.consentId), detail),
        expiresAt,
        now,
      ],
    );
    // Known already: a repeat, or it has ended meanwhile. Only the stub of an end that came for another facility gives way:
    // it was never that facility's consent.
    if (stored.length === 0) return this.isRepeat(tx, detail, facilityId);
    await this.watch(tx, detail.consentId, expiresAt);
    await this.events.tell(tx, facilityId, 'consent.granted', { consentId: detail.consentId });
    await this.audit(tx, 'consent.granted', detail.consentId, facilityId, 'GRANTED', detail.purpose.code);
    return true;
  }

  /**
   * An artefact never changes. When two come under one id, one of them is not the patient's, and nobody here can tell which:
   * the consent ends, and nothing more goes out under it.
   */
  private async isRepeat(tx: EntityManager, detail: ConsentDetail, facilityId: string): Promise<boolean> {
    const { consentId } = detail;
    const known = await this.consents.find(tx, consentId);
    if (known?.status !== 'GRANTED') return true;
    if (known.facilityId === facilityId && allowsTheSame(known.detail as ConsentDetail, detail)) return true;
    const now = this.clock.now();
    await this.consents.endOne(tx, consentId, CONTRADICTED, now);
    this.log.error({ consentId }, 'two artefacts came under one consent id; the consent is ended');
    await this.events.tell(tx, known.facilityId, 'consent.revoked', { consentId, reason: CONTRADICTED });
    await this.audit(tx, 'consent.ended', consentId, known.facilityId, CONTRADICTED);
    return false;
  }

  private async end(
    tx: EntityManager,
    consentId: string,
    facilityId: string,
    status: 'REVOKED' | 'EXPIRED',
  ): Promise<void> {
    // A notice for another facility's artefact must not end it: the id alone is no proof.
    const ended: unknown[] = await tx.query(
      `INSERT INTO consent_artefact (id, facility_id, status, ended_at, updated_at) VALUES ($1, $2, $3, $4, $4)
       ON CONFLICT (id) DO UPDATE SET status = excluded.status, sealed_detail = NULL, ended_at = excluded.ended_at,
         updated_at = excluded.updated_at
       WHERE consent_artefact.facility_id = excluded.facility_id AND consent_artefact.status = 'GRANTED'
       RETURNING id`,
      [consentId, facilityId, status, this.clock.now()],
    );
    if (ended.length === 0) return;
    await this.events.tell(tx, facilityId, 'consent.revoked', { consentId, reason: status });
    await this.audit(tx, 'consent.ended', consentId, facilityId, status);
  }

  private watch(tx: EntityManager, consentId: string, expiresAt: Date): Promise<void> {
    return this.jobs.add(tx, 'consent.expire', consentId, { runAt: expiresAt, key: `expire:${consentId}` });
  }

  private audit(
    tx: EntityManager,
    action: 'consent.granted' | 'consent.ended',
    consentId: string,
    facilityId: string,
    outcome: string,
    purpose?: string,
  ): Promise<void> {
    return appendAudit(tx, { at: this.clock.now(), actor: 'abdm', action, facilityId, consentId, purpose, outcome });
  }
}

/** A time, of four digits in its year: PostgreSQL's dates begin later and end earlier than JavaScript's. */
function isStorableTime(text: string): boolean {
  const year = new Date(text).getUTCFullYear();
  return year >= 1 && year <= 9999;
}

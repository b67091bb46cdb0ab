import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { meaningOf } from '../../abdm/error-meaning.js';
import type { SmsNotifyReply } from '../../abdm/messages/sms-notify.js';
import type { Failure } from '../../exchange/failure.js';
import { OnFailure, OnReply } from '../../exchange/flow-steps.js';
import { Outbox } from '../../exchange/outbox.js';
import { DoesJob } from '../../jobs/job-handlers.js';
import { JobQueue } from '../../jobs/job-queue.js';
import type { SMS_STATES } from '../../persistence/entities/patient-change.entity.js';
import { Facilities } from '../../persistence/facilities.js';
import { Patients } from '../../persistence/patients.js';
import { Sealer } from '../../persistence/sealing.js';
import { Timeline, type TimelineStep } from '../../persistence/timeline.js';
import type { VisitPatient } from '../../ports/visit.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { newId } from '../../support/ids.js';
import type { LinkingRow } from './linkings.js';

type SmsState = (typeof SMS_STATES)[number];

interface SmsRow {
  readonly id: string;
  readonly facility_id: string;
  readonly visit_id: string;
  readonly mobile_hash: Buffer;
  readonly state: SmsState;
  readonly attempt: number;
  readonly patient_id: string;
  readonly visit_state: string;
  readonly sealed_demographics: Buffer;
}

/** Last year's visits may be sent by the thousand: that must not wake a district. */
const NEWEST_DAYS = 7;
const TRIES = 3;
const PAUSE_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

/**
 * Deep link by SMS: a visit with its records waits, and of its patient only a mobile is known. ABDM sends her a link to the
 * ABHA app, where she finds the visit by herself. It learns the mobile and the facility, nothing else.
 *
 *   waiting-for-abha ─▶ asked ─▶ sent
 *                         └─▶ ABDM's SMS gateway is down ─▶ paused ─▶ asked … ─▶ failed
 *
 * One SMS a mobile and day, whoever of the family came, and one a patient: a patient must not be pestered, so silence is
 * not answered with another one. Source: M2 flows, section 4.
 */
@Injectable()
export class SmsDeepLink {
  constructor(
    private readonly db: DataSource,
    private readonly facilities: Facilities,
    private readonly jobs: JobQueue,
    private readonly outbox: Outbox,
    private readonly patients: Patients,
    private readonly sealer: Sealer,
    private readonly timeline: Timeline,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Step 1, in the step that makes the visit wait. */
  async invite(tx: EntityManager, linking: LinkingRow, patient: VisitPatient): Promise<void> {
    if (this.config.SMS_DEEP_LINK === 'off' || patient.mobile === undefined) return;
    const now = this.clock.now();
    const [row]: { id: string }[] = await tx.query(
      `INSERT INTO deep_link_sms (id, facility_id, visit_id, patient_id, mobile_hash, day, state, asked_at)
       SELECT $1, v.facility_id, v.id, $3, $4, ($5::timestamptz AT TIME ZONE 'Asia/Kolkata')::date, 'asked', $5
       FROM visit v JOIN patient p ON p.id = $3 AND p.abha_ended_at IS NULL
       WHERE v.id = $2 AND v.day > ($6::timestamptz AT TIME ZONE 'Asia/Kolkata')::date
       ON CONFLICT DO NOTHING RETURNING id`,
      [
        newId(),
        linking.visit_id,
        linking.patient_id,
        this.sealer.hash('mobile', patient.mobile),
        now,
        new Date(now.getTime() - NEWEST_DAYS * DAY_MS),
      ],
    );
    // There was one today, or the visit is long past, or she has left ABDM and is not to be asked back.
    if (row === undefined) return;
    await this.ask(tx, { id: row.id, facility_id: linking.facility_id, visit_id: linking.visit_id }, patient.mobile);
  }

  /** After a pause: is it still needed, and still her mobile? */
  @DoesJob('deep-link.send')
  async again(smsId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const sms = await this.lock(tx, smsId);
      if (sms?.state !== 'paused') return;
      const { mobile } = this.patients.open(sms.patient_id, sms.sealed_demographics);
      const isHers = mobile !== undefined && this.sealer.hash('mobile', mobile).equals(sms.mobile_hash);
      if (!isHers || sms.visit_state !== 'waiting-for-abha') return this.end(tx, sms, 'failed', undefined);
      await this.to(tx, sms.id, 'asked', sms.attempt);
      await this.ask(tx, sms, mobile);
    });
  }

  /** Step 2. No error is success: accepted for sending, which is all ABDM ever says. */
  @OnReply('sms.notify')
  async answered(tx: EntityManager, smsId: string, reply: SmsNotifyReply): Promise<void> {
    const sms = await this.lock(tx, smsId);
    if (sms === undefined || sms.state === 'sent') return;
    const { error } = reply;
    const status = reply.acknowledgement?.status ?? reply.status ?? 'SUCCESS';
    if (!error && status.toUpperCase() === 'SUCCESS') return this.end(tx, sms, 'sent', 'deep-link-sent');
    const code = error?.code ?? '';
    await this.notSent(tx, sms, code, meaningOf(code, error?.message ?? '') === 'dependency-down');
  }

  @OnFailure('sms.notify')
  async failed(tx: EntityManager, smsId: string, { kind, code }: Failure): Promise<void> {
    const sms = await this.lock(tx, smsId);
    // Silence may mean that it went out.
    if (sms?.state === 'asked') await this.notSent(tx, sms, code || kind, false);
  }

  private async notSent(tx: EntityManager, sms: SmsRow, code: string, mayPass: boolean): Promise<void> {
    const attempt = sms.attempt + 1;
    if (!mayPass || attempt >= TRIES) return this.end(tx, sms, 'failed', 'deep-link-not-sent', code);
    await this.to(tx, sms.id, 'paused', attempt);
    const runAt = new Date(this.clock.now().getTime() + attempt * PAUSE_MS);
    await this.jobs.add(tx, 'deep-link.send', sms.id, { runAt, key: `deep-link:${sms.id}` });
  }

  private async ask(
    tx: EntityManager,
    { id, facility_id, visit_id }: Pick<SmsRow, 'id' | 'facility_id' | 'visit_id'>,
    mobile: string,
  ): Promise<void> {
    const facility = await this.facilities.byId(facility_id);
    if (facility === undefined) throw new Error('An SMS is for a facility that is not known');
    const hip = { id: facility.serviceId, name: facility.name };
    const body = { notification: { phoneNo: mobile, hip } };
    await this.outbox.send(tx, 'sms.notify', body, { facilityId: facility_id, about: id });
    await this.timeline.note(tx, visit_id, 'deep-link-asked');
  }

  private async end(
    tx: EntityManager,
    sms: SmsRow,
    state: SmsState,
    step: TimelineStep | undefined,
    code?: string,
  ): Promise<void> {
    await this.to(tx, sms.id, state, sms.attempt);
    if (step !== undefined) await this.timeline.note(tx, sms.visit_id, step, code ? { code } : {});
  }

  /** The visit first, as everywhere. */
  private async lock(tx: EntityManager, id: string): Promise<SmsRow | undefined> {
    const [row]: SmsRow[] = await tx.query(
      `SELECT s.*, v.state AS visit_state, p.sealed_demographics FROM deep_link_sms s
       JOIN visit v ON v.id = s.visit_id JOIN patient p ON p.id = s.patient_id WHERE s.id = $1 FOR UPDATE OF v, s`,
      [id],
    );
    return row;
  }

  private async to(tx: EntityManager, id: string, state: SmsState, attempt: number): Promise<void> {
    await tx.query('UPDATE deep_link_sms SET state = $2, attempt = $3 WHERE id = $1', [id, state, attempt]);
  }
}

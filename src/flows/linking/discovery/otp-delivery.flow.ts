import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DoesJob, GivesUpJob } from '../../../jobs/job-handlers.js';
import { Facilities } from '../../../persistence/facilities.js';
import { Patients } from '../../../persistence/patients.js';
import { Sealer } from '../../../persistence/sealing.js';
import { OTP_SENDER, type OtpSender } from '../../../ports/otp-sender.port.js';
import { CLOCK, type Clock } from '../../../support/clock.js';
import { otpText } from './one-time-password.js';
import { otpLabel } from './user-links.js';

interface Waiting {
  readonly facility_id: string;
  readonly patient_id: string;
  readonly sealed_otp: Buffer;
  readonly sealed_demographics: Buffer;
  readonly expires_at: Date;
}

/**
 * The code of a link goes to the mobile the hospital has of the patient, outside of every transaction, and is erased here as
 * soon as it is out; its hash stays. A process that dies between the two sends it twice: the same code, so nothing is lost.
 */
@Injectable()
export class OtpDelivery {
  constructor(
    private readonly db: DataSource,
    private readonly facilities: Facilities,
    private readonly patients: Patients,
    private readonly sealer: Sealer,
    @Inject(OTP_SENDER) private readonly sender: OtpSender,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @DoesJob('user-link.send-otp')
  async send(userLinkId: string): Promise<void> {
    const [link]: Waiting[] = await this.db.query(
      `SELECT u.facility_id, u.patient_id, u.sealed_otp, u.expires_at, p.sealed_demographics
       FROM user_link u JOIN patient p ON p.id = u.patient_id
       WHERE u.id = $1 AND u.state = 'awaiting-otp' AND u.sealed_otp IS NOT NULL`,
      [userLinkId],
    );
    if (link === undefined) return;
    const { mobile } = this.patients.open(link.patient_id, link.sealed_demographics);
    const now = this.clock.now();
    if (mobile === undefined || link.expires_at <= now) return this.erase(userLinkId);
    const facility = await this.facilities.byId(link.facility_id);
    const validMinutes = Math.max(1, Math.round((link.expires_at.getTime() - now.getTime()) / 60_000));
    await this.sender.send({
      mobile,
      text: otpText(this.sealer.open(otpLabel(userLinkId), link.sealed_otp), facility?.name ?? '', validMinutes),
      expiresAt: link.expires_at,
    });
    await this.db.query('UPDATE user_link SET sealed_otp = NULL, otp_sent_at = $2 WHERE id = $1', [
      userLinkId,
      this.clock.now(),
    ]);
  }

  /** The last attempt failed. */
  @GivesUpJob('user-link.send-otp')
  async erase(userLinkId: string): Promise<void> {
    await this.db.query('UPDATE user_link SET sealed_otp = NULL WHERE id = $1', [userLinkId]);
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { UserLinkState } from '../../../persistence/entities/discovery.entity.js';
import { Sealer } from '../../../persistence/sealing.js';
import { CLOCK, type Clock } from '../../../support/clock.js';
import { CONFIG, type Config } from '../../../support/config.js';
import { isUuid, newId } from '../../../support/ids.js';
import { isOtp, newOtp, otpHash } from './one-time-password.js';

const MOST_TRIES = 5;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export const otpLabel = (userLinkId: string): string => `user_link.sealed_otp:${userLinkId}`;

export interface UserLink {
  readonly id: string;
  readonly discovery_id: string;
  readonly facility_id: string;
  readonly patient_id: string;
  readonly state: UserLinkState;
  readonly otp_hash: Buffer | null;
  readonly tries: number;
  readonly abha_became_known: boolean;
  readonly expires_at: Date;
}

/** What became of a code somebody typed. */
export type OtpVerdict = 'right' | 'otp-wrong' | 'otp-expired' | 'too-many-tries' | 'link-reference-used';

/** Links begun by patients: the code, its tries, its end. The id is the link reference number ABDM knows. */
@Injectable()
export class UserLinks {
  constructor(
    private readonly sealer: Sealer,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Two beginnings at once are counted one after another: the patient stays locked until the transaction ends. */
  async mayHaveOtp(tx: EntityManager, patientId: string): Promise<boolean> {
    await tx.query('SELECT 1 FROM patient WHERE id = $1 FOR UPDATE', [patientId]);
    const now = this.clock.now().getTime();
    const [row]: { hour: string; day: string }[] = await tx.query(
      `SELECT count(*) AS day, count(*) FILTER (WHERE made_at > $3) AS hour FROM user_link
       WHERE patient_id = $1 AND made_at > $2`,
      [patientId, new Date(now - DAY_MS), new Date(now - HOUR_MS)],
    );
    const { hour, day } = row ?? { hour: 0, day: 0 };
    return Number(hour) < this.config.OTP_PER_HOUR && Number(day) < this.config.OTP_PER_DAY;
  }

  async begin(
    tx: EntityManager,
    link: {
      readonly discoveryId: string;
      readonly facilityId: string;
      readonly patientId: string;
      readonly chosen: readonly { readonly careContextId: string; readonly hiTypes: readonly string[] }[];
    },
  ): Promise<{ readonly id: string; readonly expiresAt: Date }> {
    const id = newId();
    const otp = newOtp();
    const madeAt = this.clock.now();
    const expiresAt = new Date(madeAt.getTime() + this.config.OTP_VALID_MINUTES * 60_000);
    await tx.query(
      `WITH link AS (
         INSERT INTO user_link (id, discovery_id, facility_id, patient_id, state, otp_hash, sealed_otp, made_at, expires_at)
         VALUES ($1, $2, $3, $4, 'awaiting-otp', $5, $6, $7, $8) RETURNING id
       ), discovery AS (
         UPDATE discovery SET has_link = true WHERE id = $2
       )
       INSERT INTO user_link_context (user_link_id, care_context_id, hi_types)
       SELECT link.id, c.id, string_to_array(c.hi_types, ',') FROM link, unnest($9::uuid[], $10::text[]) AS c (id, hi_types)`,
      [
        id,
        link.discoveryId,
        link.facilityId,
        link.patientId,
        otpHash(this.sealer, id, otp),
        this.sealer.seal(otpLabel(id), otp),
        madeAt,
        expiresAt,
        link.chosen.map(({ careContextId }) => careContextId),
        link.chosen.map(({ hiTypes }) => hiTypes.join(',')),
      ],
    );
    return { id, expiresAt };
  }

  /** Undefined when this facility gave out no such reference. */
  async lock(tx: EntityManager, facilityId: string, linkReference: string): Promise<UserLink | undefined> {
    if (!isUuid(linkReference)) return undefined;
    const [row]: UserLink[] = await tx.query('SELECT * FROM user_link WHERE id = $1 AND facility_id = $2 FOR UPDATE', [
      linkReference,
      facilityId,
    ]);
    return row;
  }

  /** Judges the code, counts a wrong one, and after the last try erases what it is compared with. `link` is locked. */
  async tryOtp(tx: EntityManager, link: UserLink, token: string): Promise<OtpVerdict> {
    if (link.state === 'locked') return 'too-many-tries';
    if (link.state !== 'awaiting-otp' || link.otp_hash === null) return 'link-reference-used';
    if (link.expires_at <= this.clock.now()) return 'otp-expired';
    if (isOtp(this.sealer, link.id, token, link.otp_hash)) return 'right';
    if (link.tries + 1 < MOST_TRIES) await tx.query('UPDATE user_link SET tries = tries + 1 WHERE id = $1', [link.id]);
    else await this.end(tx, link, 'locked');
    return 'otp-wrong';
  }

  /** It cannot be used again. */
  async end(tx: EntityManager, link: UserLink, state: Exclude<UserLinkState, 'awaiting-otp'>): Promise<void> {
    await tx.query(
      `UPDATE user_link SET state = $2, otp_hash = NULL, sealed_otp = NULL, ended_at = $3,
         tries = tries + CASE WHEN $2 = 'locked' THEN 1 ELSE 0 END WHERE id = $1`,
      [link.id, state, this.clock.now()],
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SharedProfiles, type Sharing } from '../../persistence/shared-profiles.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { indiaDay } from '../../support/india-day.js';
import { newId } from '../../support/ids.js';
import type { Counter } from './counters.js';
import { tellQueue } from './queue-changes.js';
import type { SharedPerson } from './shared-person.js';

/** A number in a patient's hand. */
export interface IssuedToken {
  readonly id: string;
  readonly number: number;
  /** In India. */
  readonly day: string;
  readonly validUntil: Date;
  readonly sharedProfileId: string;
  /** False: she had it already. */
  readonly isNew: boolean;
  /** The first of its day and series. */
  readonly isFirst: boolean;
}

interface Held {
  readonly id: string;
  readonly shared_profile_id: string;
  readonly is_told: boolean;
  readonly number: number;
  readonly counter_id: string;
  readonly waits_since: Date;
  readonly has_ended: boolean;
  readonly day: string;
  readonly valid_until: Date;
}

/**
 * Token numbers: 1, 2, 3 … each day, without gap or double. Who scans the same code again while her number is valid has the
 * same number, also after she was served or has left: then she waits again, at the end. Source: scan-and-share contract,
 * x-token-rules. The series' row stays locked until the share is committed with
 * its answer, so a share that is undone (a crash, a late answer) gives its number back.
 */
@Injectable()
export class Tokens {
  constructor(
    private readonly profiles: SharedProfiles,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Lock order: profile, token, series. */
  async issue(tx: EntityManager, facilityId: string, counter: Counter, person: SharedPerson): Promise<IssuedToken> {
    const now = this.clock.now();
    const day = indiaDay(now);
    const { abhaAddress } = person;
    const abhaHash = this.profiles.addressHash(abhaAddress);
    const sharing = { facilityId, abhaAddress, day, profile: person };
    const same = await this.asBefore(tx, counter, sharing, now);
    if (same !== undefined) return same;
    const sharedProfileId = await this.profiles.keep(tx, sharing, now);
    const held = await this.heldBy(tx, counter.id, abhaHash, now);
    if (held !== undefined && held.valid_until > now) {
      await tx.query('UPDATE queue_token SET shared_profile_id = $2, is_told = true WHERE id = $1', [
        held.id,
        sharedProfileId,
      ]);
      await this.takeBack(tx, facilityId, counter.id, held, now);
      return { ...known(held), sharedProfileId, isFirst: held.day !== day };
    }
    const validUntil = new Date(now.getTime() + this.config.TOKEN_VALID_MINUTES * 60_000);
    // Her phone shows another number from now on: she keeps the place she had, and is not called by the old one.
    if (held?.day === day) await this.replace(tx, facilityId, counter.id, held.id, now);
    const number = await this.nextNumber(tx, facilityId, this.scopeOf(counter), day);
    const id = newId();
    // Two processes' clocks may differ: who has the lower number has waited longer all the same.
    await tx.query(
      `INSERT INTO queue_token (id, facility_id, counter_id, scanned_counter_id, scope, day, number, state,
         shared_profile_id, abha_address_hash, issued_at, waits_since, valid_until)
       SELECT $1, $2, $3, $3, $4, $5, $6, 'waiting', $7, $8, issued.at, coalesce($9, issued.at), $11
       FROM (SELECT greatest($10::timestamptz, (SELECT issued_at FROM queue_token
         WHERE facility_id = $2 AND scope = $4 AND day = $5 AND number = $6::integer - 1)) AS at) AS issued`,
      [
        id,
        facilityId,
        counter.id,
        this.scopeOf(counter),
        day,
        number,
        sharedProfileId,
        abhaHash,
        held?.day === day ? held.waits_since : null,
        now,
        validUntil,
      ],
    );
    await tellQueue(tx, { facilityId, tokenId: id, counterIds: [counter.id] });
    return { id, number, day, validUntil, sharedProfileId, isNew: true, isFirst: number === 1 };
  }

  /** The series stays locked from here on. */
  private async nextNumber(tx: EntityManager, facilityId: string, scope: string, day: string): Promise<number> {
    const [series]: { last: number }[] = await tx.query(
      `INSERT INTO token_sequence AS s (facility_id, scope, day, last) VALUES ($1, $2, $3, 1)
       ON CONFLICT (facility_id, scope, day) DO UPDATE SET last = s.last + 1 RETURNING last`,
      [facilityId, scope, day],
    );
    if (series === undefined) throw new Error('A number could not be taken');
    return series.last;
  }

  /**
   * Nothing is new: she has a token, and has shared the same. Seen without a lock, because somebody whose phone repeats
   * itself a thousand times must not make a thousand jobs wait for each other, and all other patients behind them.
   */
  private async asBefore(
    tx: EntityManager,
    counter: Counter,
    sharing: Sharing,
    now: Date,
  ): Promise<IssuedToken | undefined> {
    const sharedProfileId = await this.profiles.unchanged(tx, sharing);
    if (sharedProfileId === undefined) return undefined;
    const held = await this.heldBy(tx, counter.id, this.profiles.addressHash(sharing.abhaAddress), now);
    const isSame =
      held?.shared_profile_id === sharedProfileId && held.is_told && !held.has_ended && held.valid_until > now;
    return isSame ? { ...known(held), sharedProfileId, isFirst: false } : undefined;
  }

  /**
   * The token she waits with, or is called with, since she scanned this code; also when a desk sent her elsewhere. Else the
   * one with which she was served or left, while it is valid.
   */
  private async heldBy(tx: EntityManager, counterId: string, abhaHash: Buffer, now: Date): Promise<Held | undefined> {
    const [held]: Held[] = await tx.query(
      `SELECT id, number, counter_id, waits_since, ended_at IS NOT NULL AS has_ended, day::text AS day, valid_until,
         shared_profile_id, is_told
       FROM queue_token
       WHERE abha_address_hash = $2 AND (
         (ended_at IS NULL AND (scanned_counter_id = $1 OR counter_id = $1) AND (day = $3 OR valid_until > $4))
         OR (ended_at IS NOT NULL AND scanned_counter_id = $1 AND valid_until > $4))
       ORDER BY has_ended, issued_at DESC LIMIT 1`,
      [counterId, abhaHash, indiaDay(now), now],
    );
    return held;
  }

  /** She was served, or had left, and is here again: at the counter she scans, behind those who wait there. */
  private async takeBack(
    tx: EntityManager,
    facilityId: string,
    counterId: string,
    { id, counter_id: lastCounterId }: Held,
    now: Date,
  ): Promise<void> {
    const [back] = await tx.query<[unknown[], number]>(
      `UPDATE queue_token SET state = 'waiting', ended_at = NULL, skipped_at = NULL, counter_id = $2, waits_since = $3,
         came_back_at = $3 WHERE id = $1 AND ended_at IS NOT NULL RETURNING id`,
      [id, counterId, now],
    );
    if (back.length > 0) await tellQueue(tx, { facilityId, tokenId: id, counterIds: [lastCounterId, counterId] });
  }

  private async replace(
    tx: EntityManager,
    facilityId: string,
    counterId: string,
    id: string,
    now: Date,
  ): Promise<void> {
    await tx.query(`UPDATE queue_token SET state = 'left', ended_at = $2 WHERE id = $1 AND ended_at IS NULL`, [
      id,
      now,
    ]);
    await tellQueue(tx, { facilityId, tokenId: id, counterIds: [counterId] });
  }

  private scopeOf({ code, department }: Counter): string {
    if (this.config.TOKEN_PER === 'facility') return 'facility';
    // A counter of no department has a series of its own.
    return this.config.TOKEN_PER === 'department' && department !== null
      ? `department:${department}`
      : `counter:${code}`;
  }
}

const known = ({ id, number, day, valid_until }: Held) => ({ id, number, day, validUntil: valid_until, isNew: false });

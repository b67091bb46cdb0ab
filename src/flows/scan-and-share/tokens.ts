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
  readonly place: number;
  readonly day: string;
  readonly valid_until: Date;
}

/**
 * Token numbers: 1, 2, 3 … each day, without gap or double. The series' row stays locked until the share is committed with
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
      return { ...known(held), sharedProfileId, isFirst: held.day !== day };
    }
    const validUntil = new Date(now.getTime() + this.config.TOKEN_VALID_MINUTES * 60_000);
    // Her phone shows another number from now on: she keeps the place she had, and is not called by the old one.
    if (held?.day === day) await this.replace(tx, facilityId, counter.id, held.id, now);
    const id = newId();
    const [token]: { number: number }[] = await tx.query(
      `WITH next AS (
         INSERT INTO token_sequence AS s (facility_id, scope, day, last) VALUES ($2, $4, $5, 1)
         ON CONFLICT (facility_id, scope, day) DO UPDATE SET last = s.last + 1 RETURNING last
       )
       INSERT INTO queue_token (id, facility_id, counter_id, scanned_counter_id, scope, day, number, place, state,
         shared_profile_id, abha_address_hash, issued_at, valid_until)
       SELECT $1, $2, $3, $3, $4, $5, last, coalesce($6::integer, last), 'waiting', $7, $8, $9, $10 FROM next
       RETURNING number`,
      [
        id,
        facilityId,
        counter.id,
        this.scopeOf(counter),
        day,
        held?.day === day ? held.place : null,
        sharedProfileId,
        abhaHash,
        now,
        validUntil,
      ],
    );
    if (token === undefined) throw new Error('A token could not be stored');
    await tellQueue(tx, { facilityId, tokenId: id, counterIds: [counter.id] });
    return { id, number: token.number, day, validUntil, sharedProfileId, isNew: true, isFirst: token.number === 1 };
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
    const isSame = held?.shared_profile_id === sharedProfileId && held.is_told && held.valid_until > now;
    return isSame ? { ...known(held), sharedProfileId, isFirst: false } : undefined;
  }

  /** The token she waits with, or is called with, since she scanned this code; also when a desk sent her elsewhere. */
  private async heldBy(tx: EntityManager, counterId: string, abhaHash: Buffer, now: Date): Promise<Held | undefined> {
    const [held]: Held[] = await tx.query(
      `SELECT id, number, place, day::text AS day, valid_until, shared_profile_id, is_told FROM queue_token
       WHERE abha_address_hash = $2 AND (scanned_counter_id = $1 OR counter_id = $1) AND ended_at IS NULL
         AND (day = $3 OR valid_until > $4)
       ORDER BY issued_at DESC LIMIT 1`,
      [counterId, abhaHash, indiaDay(now), now],
    );
    return held;
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

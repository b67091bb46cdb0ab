import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../support/ids.js';
import type { VerifiedAbha } from './abha-sessions.js';
import { Sealer } from './sealing.js';

type Db = Pick<EntityManager, 'query'>;

/** The row is found by these three, and they are known before it has an id. */
const labelOf = (facilityId: string, abhaHash: Buffer, day: string): string =>
  `shared_profile.sealed_profile:${facilityId}:${day}:${abhaHash.toString('hex')}`;

/** What is kept of a share: the person, and her address in parts where the app gave parts, to fill a form with. */
export interface SharedProfile extends VerifiedAbha {
  readonly addressParts: {
    readonly line?: string | undefined;
    readonly district?: string | undefined;
    readonly state?: string | undefined;
    readonly pin?: string | undefined;
  };
}

/** One who shared her profile; `day` (in India) as `YYYY-MM-DD`. */
export interface Sharing {
  readonly facilityId: string;
  readonly abhaAddress: string;
  readonly day: string;
  readonly profile: SharedProfile;
}

/** Who scanned a code today: kept sealed until the day is over, for a registration to be made of. */
@Injectable()
export class SharedProfiles {
  constructor(private readonly sealer: Sealer) {}

  addressHash(abhaAddress: string): Buffer {
    return this.sealer.hash('abha-address', abhaAddress.toLowerCase());
  }

  /** The row of the day, when it holds just this already. */
  async unchanged(tx: Db, { facilityId, abhaAddress, day, profile }: Sharing): Promise<string | undefined> {
    const abhaHash = this.addressHash(abhaAddress);
    const [row]: { id: string; sealed_profile: Buffer }[] = await tx.query(
      'SELECT id, sealed_profile FROM shared_profile WHERE facility_id = $1 AND abha_address_hash = $2 AND day = $3',
      [facilityId, abhaHash, day],
    );
    if (row === undefined) return undefined;
    const before = this.sealer.open(labelOf(facilityId, abhaHash, day), row.sealed_profile);
    return before === JSON.stringify(profile) ? row.id : undefined;
  }

  /** Keeps the newest of what she shared. The row stays locked: two scans of one person go one after the other. */
  async keep(tx: Db, { facilityId, abhaAddress, day, profile }: Sharing, now: Date): Promise<string> {
    const abhaHash = this.addressHash(abhaAddress);
    const digits = profile.abhaNumber?.replace(/\D/g, '');
    const [row]: { id: string }[] = await tx.query(
      `INSERT INTO shared_profile (id, facility_id, abha_address_hash, abha_number_hash, sealed_profile, day,
         first_shared_at, last_shared_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7)
       ON CONFLICT (facility_id, abha_address_hash, day) DO UPDATE SET abha_number_hash = excluded.abha_number_hash,
         sealed_profile = excluded.sealed_profile, last_shared_at = excluded.last_shared_at
       RETURNING id`,
      [
        newId(),
        facilityId,
        abhaHash,
        digits === undefined ? null : this.sealer.hash('abha-number', digits),
        this.sealer.sealJson(labelOf(facilityId, abhaHash, day), profile),
        day,
        now,
      ],
    );
    if (row === undefined) throw new Error('A shared profile could not be stored');
    return row.id;
  }

  /** Undefined when the facility has no such profile, or when it is erased. */
  async profileOf(tx: Db, facilityId: string, id: string): Promise<VerifiedAbha | undefined> {
    const found = await this.find(tx, facilityId, id);
    return found === 'erased' ? undefined : found;
  }

  /** As the desk asks for it, which is told when there was one. */
  async find(tx: Db, facilityId: string, id: string): Promise<SharedProfile | 'erased' | undefined> {
    const [row]: { abha_address_hash: Buffer | null; sealed_profile: Buffer | null; day: string }[] = await tx.query(
      `SELECT abha_address_hash, sealed_profile, day::text AS day FROM shared_profile WHERE facility_id = $1 AND id = $2`,
      [facilityId, id],
    );
    if (row === undefined) return undefined;
    const { abha_address_hash: abhaHash, sealed_profile: sealed, day } = row;
    if (abhaHash === null || sealed === null) return 'erased';
    return this.sealer.openJson(labelOf(facilityId, abhaHash, day), sealed) as SharedProfile;
  }

  /**
   * Erases what is of a day before `today` and was shared last before `unlessSharedSince`; whoever was registered is in
   * the hospital's own records by then. Hashes go too: what stays of a token is its number. Returns how many.
   */
  async eraseOld(
    tx: Db,
    facilityId: string,
    { today, unlessSharedSince, now }: { readonly today: string; readonly unlessSharedSince: Date; readonly now: Date },
  ): Promise<number> {
    const [erased] = await tx.query<[{ id: string }[], number]>(
      `UPDATE shared_profile SET sealed_profile = NULL, abha_address_hash = NULL, abha_number_hash = NULL, erased_at = $4
       WHERE erased_at IS NULL AND facility_id = $1 AND day < $2 AND last_shared_at < $3 RETURNING id`,
      [facilityId, today, unlessSharedSince, now],
    );
    if (erased.length > 0) {
      await tx.query('UPDATE queue_token SET abha_address_hash = NULL WHERE shared_profile_id = ANY ($1)', [
        erased.map(({ id }) => id),
      ]);
    }
    return erased.length;
  }
}

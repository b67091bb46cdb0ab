import { randomUUID } from 'node:crypto';
import type { VerifiedAbha } from '../../src/persistence/abha-sessions.js';
import { abhaProfileLabel } from '../../src/persistence/abha-sessions.js';
import { SharedProfiles } from '../../src/persistence/shared-profiles.js';
import { indiaDay } from '../../src/support/india-day.js';
import { HFR_ID, type RunningHip } from '../setup/running-hip.js';

let counter = 0;

/** Somebody ABDM vouches for: an invented woman with an ABHA of her own. Fits the patient of `aLegacyVisit`. */
export function aVerifiedAbha(changes: Partial<VerifiedAbha> = {}): VerifiedAbha {
  counter += 1;
  const number = String(counter).padStart(4, '0');
  return {
    abhaNumber: `91-7777-${number}-1234`,
    abhaAddress: `asha.k${number}@sbx`,
    name: 'Asha Kashyap',
    gender: 'F',
    yearOfBirth: 1991,
    monthOfBirth: 3,
    dayOfBirth: 4,
    mobile: '9812300045',
    address: 'Bakawand',
    isNew: false,
    ...changes,
  };
}

export const facilityIdOf = async (hip: RunningHip, hfrId = HFR_ID): Promise<string> => {
  const [row]: { id: string }[] = await hip.db.query('SELECT id FROM facility WHERE hfr_id = $1', [hfrId]);
  return row?.id ?? '';
};

/** A session of the desk that has ended well, as the ABHA flow leaves it. Returns its id. */
export async function aVerifiedSession(
  hip: RunningHip,
  profile: VerifiedAbha,
  { minutesLeft = 30 }: { readonly minutesLeft?: number } = {},
): Promise<string> {
  const id = randomUUID();
  const now = hip.clock.now();
  await hip.db.query(
    `INSERT INTO abha_session (id, facility_id, purpose, way, step, sealed_profile, channel, operator, is_new, verified_at,
       created_at, updated_at, expires_at) VALUES ($1, $2, 'verify', 'mobile', 'done', $3, 'desk', 'desk-1', $4, $5, $5, $5, $6)`,
    [
      id,
      await facilityIdOf(hip),
      hip.sealer.sealJson(abhaProfileLabel(id), profile),
      profile.isNew,
      now,
      new Date(now.getTime() + minutesLeft * 60_000),
    ],
  );
  return id;
}

export interface Scan {
  readonly sharedProfileId: string;
  readonly tokenId: string;
  readonly number: number;
}

/** A counter of the facility, made when it is not there. Returns its id. */
export async function aCounter(hip: RunningHip, code: string, hfrId = HFR_ID): Promise<string> {
  const [row]: { id: string }[] = await hip.db.query(
    `INSERT INTO counter (id, facility_id, code, name, created_at) VALUES ($1, $2, $3, $3, $4)
     ON CONFLICT (facility_id, code) DO UPDATE SET name = excluded.name RETURNING id`,
    [randomUUID(), await facilityIdOf(hip, hfrId), code, hip.clock.now()],
  );
  return row?.id ?? '';
}

/** Somebody scanned a counter's code: her profile and her token, as the scan-and-share flow leaves them. */
export async function aScan(
  hip: RunningHip,
  profile: VerifiedAbha,
  {
    counter: code = 'C1',
    calledAfterMinutes,
    hfrId = HFR_ID,
  }: { readonly counter?: string; readonly calledAfterMinutes?: number; readonly hfrId?: string } = {},
): Promise<Scan> {
  const facilityId = await facilityIdOf(hip, hfrId);
  const counterId = await aCounter(hip, code, hfrId);
  const now = hip.clock.now();
  const day = indiaDay(now);
  const sharing = {
    facilityId,
    abhaAddress: profile.abhaAddress ?? '',
    day,
    profile: { ...profile, addressParts: {} },
  };
  const sharedProfileId = await hip.adapter.app.get(SharedProfiles).keep(hip.db, sharing, now);
  const calledAt = calledAfterMinutes === undefined ? null : new Date(now.getTime() + calledAfterMinutes * 60_000);
  const tokenId = randomUUID();
  const [token]: { number: number }[] = await hip.db.query(
    `INSERT INTO queue_token (id, facility_id, counter_id, scanned_counter_id, scope, day, number, waits_since, state,
       shared_profile_id, issued_at, valid_until, called_at)
     SELECT $1, $2, $3, $3, $4, $5, n, $8, $6, $7, $8, $8, $9
     FROM (SELECT coalesce(max(number), 0) + 1 AS n FROM queue_token WHERE facility_id = $2 AND scope = $4 AND day = $5) AS next
     RETURNING number`,
    [
      tokenId,
      facilityId,
      counterId,
      `counter:${code}`,
      day,
      calledAt === null ? 'waiting' : 'called',
      sharedProfileId,
      now,
      calledAt,
    ],
  );
  return { sharedProfileId, tokenId, number: token?.number ?? 0 };
}

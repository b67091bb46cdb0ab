import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AbhaSessions, type VerifiedAbha } from '../../persistence/abha-sessions.js';
import { counterIdOf } from '../../persistence/counter-codes.js';
import { SharedProfiles } from '../../persistence/shared-profiles.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { RegistrationRefused } from './registration-refused.js';
import type { Registration } from './registration-rows.js';

/** What a registration is made from, as the desk names it. */
export interface NamedOrigin {
  readonly abhaSessionId?: string | undefined;
  readonly sharedProfileId?: string | undefined;
  /** The counter's code. */
  readonly counter?: string | undefined;
}

/** Whose ABHA it is, and where it came from; neither at a desk without ABHA. */
export interface Origin {
  readonly source: Registration['source'];
  readonly abha?: VerifiedAbha;
  readonly sharedProfileId?: string;
  readonly abhaSessionId?: string;
  readonly queueTokenId?: string | undefined;
  readonly counterId?: string | undefined;
}

/** Looks up the ABHA session or shared profile a registration is made from. */
@Injectable()
export class RegistrationOrigins {
  constructor(
    private readonly sessions: AbhaSessions,
    private readonly profiles: SharedProfiles,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** One profile or session at a time: its row is locked from here on, so that it ends in one registration. */
  async lock(tx: EntityManager, facilityId: string, named: NamedOrigin): Promise<void> {
    const { abhaSessionId, sharedProfileId } = named;
    if (sharedProfileId !== undefined) {
      const which = 'facility_id = $1 AND id = $2 FOR NO KEY UPDATE';
      await tx.query(`SELECT 1 FROM shared_profile WHERE ${which}`, [facilityId, sharedProfileId]);
    }
    if (abhaSessionId !== undefined) {
      const which = 'facility_id = $1 AND id = $2 FOR NO KEY UPDATE';
      await tx.query(`SELECT 1 FROM abha_session WHERE ${which}`, [facilityId, abhaSessionId]);
    }
  }

  /** @throws RegistrationRefused */
  async find(tx: EntityManager, facilityId: string, named: NamedOrigin): Promise<Origin> {
    const { abhaSessionId, sharedProfileId, counter } = named;
    const counterId = counter === undefined ? undefined : await this.counterId(tx, facilityId, counter);
    if (abhaSessionId !== undefined) {
      const abha = await this.sessions.verifiedProfile(tx, facilityId, abhaSessionId, this.clock.now());
      if (abha === undefined) throw new RegistrationRefused('session-unusable');
      const [session]: { counter_id: string | null }[] = await tx.query(
        'SELECT counter_id FROM abha_session WHERE id = $1',
        [abhaSessionId],
      );
      return { source: 'abha-session', abha, abhaSessionId, counterId: counterId ?? session?.counter_id ?? undefined };
    }
    if (sharedProfileId === undefined) return { source: 'desk', counterId };
    const abha = await this.profiles.find(tx, facilityId, sharedProfileId);
    if (abha === undefined) throw new RegistrationRefused('profile-unknown');
    if (abha === 'erased') throw new RegistrationRefused('profile-erased');
    const [token]: { id: string; counter_id: string }[] = await tx.query(
      `SELECT id, counter_id FROM queue_token WHERE shared_profile_id = $1 AND facility_id = $2
       ORDER BY issued_at DESC LIMIT 1`,
      [sharedProfileId, facilityId],
    );
    const where = { queueTokenId: token?.id, counterId: counterId ?? token?.counter_id };
    return { source: 'scan-and-share', abha, sharedProfileId, ...where };
  }

  private async counterId(tx: EntityManager, facilityId: string, code: string): Promise<string> {
    const id = await counterIdOf(tx, facilityId, code);
    if (id === undefined) throw new RegistrationRefused('counter-unknown');
    return id;
  }
}

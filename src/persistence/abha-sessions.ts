import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Sealer } from './sealing.js';

/** Whom ABDM says somebody is: what a registration is made of. Names and dates as ABDM spells them, never guessed at. */
export interface VerifiedAbha {
  /** 14 digits, no dashes, as visits carry it. Without: she has an address only. */
  readonly abhaNumber?: string | undefined;
  /** With its suffix, `name@sbx`. */
  readonly abhaAddress?: string | undefined;
  readonly name: string;
  /** ABDM's three letters; `O` also where it told none. */
  readonly gender: 'M' | 'F' | 'O';
  readonly yearOfBirth?: number | undefined;
  readonly monthOfBirth?: number | undefined;
  readonly dayOfBirth?: number | undefined;
  /** 10 digits; absent when ABDM shows it masked and nobody typed it. */
  readonly mobile?: string | undefined;
  readonly address?: string | undefined;
  /** True when the ABHA was made in this very session. */
  readonly isNew: boolean;
}

export const abhaProfileLabel = (sessionId: string): string => `abha_session.sealed_profile:${sessionId}`;

/** What other folders may know of ABHA sessions: the person one ended with. */
@Injectable()
export class AbhaSessions {
  constructor(private readonly sealer: Sealer) {}

  /**
   * The person a session of this facility verified. Undefined when there is no such session, when it has not come that far, or
   * when it has expired or was ended: then what it knew is erased.
   */
  async verifiedProfile(
    tx: Pick<EntityManager, 'query'>,
    facilityId: string,
    sessionId: string,
    now: Date,
  ): Promise<VerifiedAbha | undefined> {
    const [row]: { sealed_profile: Buffer }[] = await tx.query(
      `SELECT sealed_profile FROM abha_session
       WHERE id = $1 AND facility_id = $2 AND verified_at IS NOT NULL AND sealed_profile IS NOT NULL AND expires_at > $3`,
      [sessionId, facilityId, now],
    );
    if (row === undefined) return undefined;
    // The flow sealed it in this shape, with more beside it that is for the desk's screen only.
    return this.sealer.openJson(abhaProfileLabel(sessionId), row.sealed_profile) as VerifiedAbha;
  }
}

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Sealer } from './sealing.js';

type Db = Pick<EntityManager, 'query'>;

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
  /** 10 digits; absent when ABDM shows it masked and no code went to it. */
  readonly mobile?: string | undefined;
  readonly address?: string | undefined;
  /** True when the ABHA was made in this very session. */
  readonly isNew: boolean;
}

export const abhaProfileLabel = (sessionId: string): string => `abha_session.sealed_profile:${sessionId}`;

/** It is over: nothing of the person stays but that, and when, somebody was verified. */
export async function eraseAbhaSession(tx: Db, sessionId: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE abha_session SET step = 'ended', sealed_state = NULL, sealed_profile = NULL, abha_address_hash = NULL,
       abha_number_hash = NULL, ended_at = coalesce(ended_at, $2), calling_step = NULL, call_id = NULL,
       calling_until = NULL, updated_at = $2 WHERE id = $1`,
    [sessionId, now],
  );
}

/** What other folders may know of ABHA sessions: the person one ended with. */
@Injectable()
export class AbhaSessions {
  constructor(private readonly sealer: Sealer) {}

  /**
   * The person a session of this facility verified. Undefined when there is no such session, when it has not come to its end
   * (an address chosen after a registration would not reach the record), or when it has expired or was ended: then what it
   * knew is erased.
   */
  async verifiedProfile(tx: Db, facilityId: string, sessionId: string, now: Date): Promise<VerifiedAbha | undefined> {
    const [row]: { sealed_profile: Buffer }[] = await tx.query(
      `SELECT sealed_profile FROM abha_session
       WHERE id = $1 AND facility_id = $2 AND step = 'done' AND verified_at IS NOT NULL AND sealed_profile IS NOT NULL
         AND expires_at > $3`,
      [sessionId, facilityId, now],
    );
    if (row === undefined) return undefined;
    // The flow sealed it in this shape, with more beside it that is for the desk's screen only.
    return this.sealer.openJson(abhaProfileLabel(sessionId), row.sealed_profile) as VerifiedAbha;
  }

  /**
   * A registration was made of it, in this transaction. At a kiosk that is its end: whoever steps up next must not find her
   * card. A desk may still print it.
   */
  async registered(tx: Db, sessionId: string, now: Date): Promise<void> {
    const atKiosk: unknown[] = await tx.query(`SELECT 1 FROM abha_session WHERE id = $1 AND channel = 'kiosk'`, [
      sessionId,
    ]);
    if (atKiosk.length > 0) await eraseAbhaSession(tx, sessionId, now);
  }
}

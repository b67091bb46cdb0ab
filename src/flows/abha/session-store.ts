import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { abhaProfileLabel, eraseAbhaSession } from '../../persistence/abha-sessions.js';
import type { AbhaChannel, AbhaPurpose } from '../../persistence/entities/abha-session.entity.js';
import { Sealer } from '../../persistence/sealing.js';
import { SESSION_LIFE } from './session-limits.js';
import type { KnownProfile, SessionState } from './session-state.js';
import type { ActionName, StepName, WayName } from './steps.js';

type Db = Pick<EntityManager, 'query'>;

const stateLabel = (sessionId: string): string => `abha_session.sealed_state:${sessionId}`;

export interface AbhaSession {
  readonly id: string;
  readonly facilityId: string;
  readonly purpose: AbhaPurpose;
  readonly way: WayName;
  readonly step: StepName;
  readonly state: SessionState;
  readonly profile: KnownProfile | undefined;
  readonly channel: AbhaChannel;
  readonly operator: string;
  readonly counterId: string | undefined;
  readonly isNew: boolean | undefined;
  readonly verifiedAt: Date | undefined;
  /** A call to the ABHA service is, or was, under way. */
  readonly calling: { readonly action: ActionName; readonly callId: string; readonly until: Date } | undefined;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly endedAt: Date | undefined;
  /** At a kiosk, and registered: whoever stands there now is shown nothing of her any more. */
  readonly isClosedByRegistration: boolean;
}

/** What a step leaves behind. */
export interface Written {
  readonly step: StepName;
  readonly state: SessionState;
  readonly profile: KnownProfile | undefined;
  readonly isNew: boolean | undefined;
  readonly failureCode: string | undefined;
}

export type NewSession = Pick<
  AbhaSession,
  'id' | 'facilityId' | 'purpose' | 'way' | 'step' | 'channel' | 'operator' | 'counterId'
>;

interface Row {
  readonly id: string;
  readonly facility_id: string;
  readonly purpose: AbhaPurpose;
  readonly way: WayName;
  readonly step: StepName;
  readonly sealed_state: Buffer | null;
  readonly sealed_profile: Buffer | null;
  readonly channel: AbhaChannel;
  readonly operator: string;
  readonly counter_id: string | null;
  readonly is_new: boolean | null;
  readonly verified_at: Date | null;
  readonly calling_step: ActionName | null;
  readonly call_id: string | null;
  readonly calling_until: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
  readonly is_registered: boolean;
}

const SESSION = `SELECT s.*, EXISTS (SELECT 1 FROM registration r WHERE r.abha_session_id = s.id) AS is_registered
  FROM abha_session s WHERE s.id = $1 AND s.facility_id = $2`;

/** ABHA sessions as rows: what is personal is sealed, and gone once the session is over. */
@Injectable()
export class AbhaSessionStore {
  constructor(private readonly sealer: Sealer) {}

  /** @returns when it expires */
  async open(tx: EntityManager, session: NewSession, now: Date): Promise<Date> {
    const expiresAt = new Date(now.getTime() + SESSION_LIFE[session.channel].idleMs);
    await tx.query(
      `INSERT INTO abha_session (id, facility_id, purpose, way, step, sealed_state, channel, operator, counter_id, created_at,
         updated_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11)`,
      [
        session.id,
        session.facilityId,
        session.purpose,
        session.way,
        session.step,
        this.sealer.sealJson(stateLabel(session.id), {}),
        session.channel,
        session.operator,
        session.counterId ?? null,
        now,
        expiresAt,
      ],
    );
    return expiresAt;
  }

  async find(db: Db, facilityId: string, id: string): Promise<AbhaSession | undefined> {
    return this.read(await db.query(SESSION, [id, facilityId]));
  }

  async lock(tx: EntityManager, facilityId: string, id: string): Promise<AbhaSession | undefined> {
    return this.read(await tx.query(`${SESSION} FOR UPDATE OF s`, [id, facilityId]));
  }

  /** From now until `until` nobody else takes a step. The row is locked. */
  async claim(
    tx: EntityManager,
    id: string,
    calling: { readonly action: ActionName; readonly callId: string; readonly until: Date },
    now: Date,
  ): Promise<void> {
    await tx.query(
      `UPDATE abha_session SET calling_step = $2, call_id = $3, calling_until = $4, updated_at = $5 WHERE id = $1`,
      [id, calling.action, calling.callId, calling.until, now],
    );
  }

  /** Writes what a step came to, and frees the claim. The row is locked. */
  async write(tx: EntityManager, session: AbhaSession, next: Written, now: Date): Promise<void> {
    const { profile } = next;
    const { idleMs, longestMs } = SESSION_LIFE[session.channel];
    const expiresAt = Math.min(now.getTime() + idleMs, session.createdAt.getTime() + longestMs);
    await tx.query(
      `UPDATE abha_session SET step = $2, sealed_state = $3, sealed_profile = $4, is_new = $5, abha_address_hash = $6,
         abha_number_hash = $7, verified_at = CASE WHEN $8 THEN coalesce(verified_at, $9) END, failure_code = $10,
         updated_at = $9, expires_at = $11, calling_step = NULL, call_id = NULL, calling_until = NULL WHERE id = $1`,
      [
        session.id,
        next.step,
        this.sealer.sealJson(stateLabel(session.id), next.state),
        profile === undefined ? null : this.sealer.sealJson(abhaProfileLabel(session.id), profile),
        next.isNew ?? null,
        this.hash('abha-address', profile?.abhaAddress),
        this.hash('abha-number', profile?.abhaNumber),
        profile !== undefined && profile.kycStatus !== 'provisional',
        now,
        next.failureCode ?? null,
        new Date(expiresAt),
      ],
    );
  }

  erase(tx: EntityManager, id: string, now: Date): Promise<void> {
    return eraseAbhaSession(tx, id, now);
  }

  private hash(kind: 'abha-address' | 'abha-number', value: string | undefined): Buffer | null {
    return value === undefined ? null : this.sealer.hash(kind, value);
  }

  private read([row]: readonly Row[]): AbhaSession | undefined {
    if (row === undefined) return undefined;
    const open = (label: string, sealed: Buffer | null): unknown =>
      sealed === null ? undefined : this.sealer.openJson(label, sealed);
    const { calling_step: action, call_id: callId, calling_until: until } = row;
    const isClosed = row.channel === 'kiosk' && row.is_registered;
    const session: AbhaSession = {
      id: row.id,
      facilityId: row.facility_id,
      purpose: row.purpose,
      way: row.way,
      step: row.step,
      state: open(stateLabel(row.id), row.sealed_state) ?? {},
      profile: open(abhaProfileLabel(row.id), row.sealed_profile) as KnownProfile | undefined,
      channel: row.channel,
      operator: row.operator,
      counterId: row.counter_id ?? undefined,
      isNew: row.is_new ?? undefined,
      verifiedAt: row.verified_at ?? undefined,
      calling: action === null || callId === null || until === null ? undefined : { action, callId, until },
      createdAt: row.created_at,
      expiresAt: row.expires_at,
      endedAt: row.ended_at ?? undefined,
      isClosedByRegistration: isClosed,
    };
    if (!isClosed) return session;
    // Read as ended, though what is sealed may still be there until the session's time is up.
    const gone = { state: {}, profile: undefined, calling: undefined } as const;
    return { ...session, ...gone, step: 'ended', endedAt: session.endedAt ?? row.updated_at };
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AbhaServiceError } from '../../abdm/abha/abha-service-error.js';
import { Sealer } from '../../persistence/sealing.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { newId } from '../../support/ids.js';
import { MOST_SENDS, MOST_WRONG_TRIES, RESEND_AFTER_MS, secondsUntil } from './otp-timer.js';
import type { CodeKey } from './session-state.js';
import type { AbhaSession } from './session-store.js';
import { StepRefused } from './step-refused.js';

/** What a facility may ask of one person's phone, however many sessions it opens. */
const WINDOW_MS = 30 * 60_000;
const MOST_SENDS_AT_FACILITY = 6;
const MOST_TRIES_AT_FACILITY = 10;

type Who = Pick<AbhaSession, 'id' | 'facilityId'>;

interface Use {
  readonly session_id: string;
  readonly way: string;
  readonly what: 'sent' | 'tried';
  readonly at: Date;
}

/** How often this session had a code sent to her, this time included, and how often it was wrong since it last began afresh. */
export interface Counted {
  readonly sends: number;
  readonly wrongTries: number;
}

/**
 * Counts codes by keyed hash of whose they are, over `back`, failures, sessions and processes. Whatever leaves is counted in
 * before it does, and taken back only where it surely did not reach her; so nothing is asked of ABDM too early.
 */
@Injectable()
export class OtpLimits {
  constructor(
    private readonly db: DataSource,
    private readonly sealer: Sealer,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Base64. */
  hashOf(kind: 'aadhaar' | 'mobile' | 'email' | 'abha-number' | 'abha-address', identifier: string): string {
    return this.sealer.hash('abha-code', `${kind}:${identifier}`).toString('base64');
  }

  /** @throws StepRefused, and then nothing has left */
  async sending<T>(who: Who, key: CodeKey, send: () => Promise<T>): Promise<Counted & { readonly sent: T }> {
    const { id, uses } = await this.count(who, key, 'sent', mustBeAllowedToSend);
    const mine = uses.filter((use) => use.session_id === who.id && use.way === key.way);
    try {
      const sent = await send();
      // The service's 60 seconds begin when it sent, not when we began to ask.
      await this.db.query('UPDATE abha_code_use SET at = $2 WHERE id = $1', [id, this.clock.now()]);
      const sends = mine.filter(isSent).length + 1;
      return { sent, sends, wrongTries: mine.filter(isTried).length % MOST_WRONG_TRIES };
    } catch (error) {
      if (isSurelyUnsent(error)) await this.takeBack(id);
      throw error;
    }
  }

  /** Only what was wrong stays counted. @throws StepRefused, and then nothing has left */
  async trying<T>(who: Who, key: CodeKey, attempt: () => Promise<T>): Promise<T> {
    const { id } = await this.count(who, key, 'tried', mustBeAllowedToTry);
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof AbhaServiceError) || error.kind !== 'wrong-otp') await this.takeBack(id);
      throw error;
    }
  }

  /** The code came back right: its phone is in the room, and the next person may use it at once. */
  async cameRight(tx: EntityManager, who: Who, { identifier }: CodeKey): Promise<void> {
    await tx.query('DELETE FROM abha_code_use WHERE session_id = $1 AND identifier_hash = $2', [
      who.id,
      Buffer.from(identifier, 'base64'),
    ]);
  }

  /** What no limit asks for any more. */
  async forgetOld(tx: EntityManager, now: Date): Promise<void> {
    await tx.query(
      `DELETE FROM abha_code_use
       WHERE id IN (SELECT id FROM abha_code_use WHERE at <= $1 LIMIT 100 FOR UPDATE SKIP LOCKED)`,
      [new Date(now.getTime() - WINDOW_MS)],
    );
  }

  private count(
    { id: sessionId, facilityId }: Who,
    { identifier, way, isInOneTransaction }: CodeKey,
    what: Use['what'],
    mustBeAllowed: (uses: readonly Use[], about: { sessionId: string; way: string }, now: number) => void,
  ): Promise<{ readonly id: string; readonly uses: readonly Use[] }> {
    return this.db.transaction(async (tx) => {
      const now = this.clock.now();
      const since = new Date(now.getTime() - WINDOW_MS);
      const hash = Buffer.from(identifier, 'base64');
      // Two sessions of one person, in two processes, come one after the other.
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [facilityId + identifier]);
      const uses: Use[] = await tx.query(
        `SELECT session_id, way, what, at FROM abha_code_use
         WHERE facility_id = $1 AND at > $2 AND (identifier_hash = $3 OR ($4 AND session_id = $5 AND way = $6)) ORDER BY at`,
        [facilityId, since, hash, isInOneTransaction, sessionId, way],
      );
      mustBeAllowed(uses, { sessionId, way }, now.getTime());
      const id = newId();
      await tx.query(
        `INSERT INTO abha_code_use (id, facility_id, session_id, identifier_hash, way, what, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, facilityId, sessionId, hash, way, what, now],
      );
      await this.forgetOld(tx, now);
      return { id, uses };
    });
  }

  private async takeBack(id: string): Promise<void> {
    await this.db.query('DELETE FROM abha_code_use WHERE id = $1', [id]);
  }
}

const isSent = ({ what }: Use): boolean => what === 'sent';
const isTried = ({ what }: Use): boolean => what === 'tried';

function mustBeAllowedToSend(
  uses: readonly Use[],
  { sessionId, way }: { readonly sessionId: string; readonly way: string },
  now: number,
): void {
  const ofThisWay = uses.filter((use) => isSent(use) && use.way === way);
  mustBeFewer(
    ofThisWay.filter((use) => use.session_id === sessionId),
    MOST_SENDS,
    now,
  );
  mustBeFewer(uses.filter(isSent), MOST_SENDS_AT_FACILITY, now);
  mustBeAllowedToTry(uses, { sessionId, way }, now);
  const last = ofThisWay.at(-1);
  const retryInSeconds = last === undefined ? 0 : secondsUntil(last.at.getTime() + RESEND_AFTER_MS, now);
  if (retryInSeconds > 0) throw new StepRefused('resend-too-early', { retryInSeconds });
}

const mustBeAllowedToTry = (uses: readonly Use[], _about: object, now: number): void =>
  mustBeFewer(uses.filter(isTried), MOST_TRIES_AT_FACILITY, now);

/** Full until the oldest that counts is half an hour old. */
function mustBeFewer(uses: readonly Use[], most: number, now: number): void {
  const oldest = uses.at(-most);
  if (oldest === undefined) return;
  throw new StepRefused('otp-locked', { retryInSeconds: secondsUntil(oldest.at.getTime() + WINDOW_MS, now) });
}

/** 503: turned away at the door. Other silence may come after the code has left. */
function isSurelyUnsent(error: unknown): boolean {
  if (error instanceof StepRefused) return true;
  if (!(error instanceof AbhaServiceError) || error.kind === 'unreadable') return false;
  return error.kind !== 'temporary' || error.status === 503;
}

import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AbhaServiceError } from '../../abdm/abha/abha-service-error.js';
import { appendAudit } from '../../persistence/audit.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { newId } from '../../support/ids.js';
import { afterFailure } from './after-failure.js';
import { withoutDeadCall } from './interruption.js';
import type { AtFacility, Outcome, Taken } from './outcome.js';
import { AbhaSessionStore, type AbhaSession, type Written } from './session-store.js';
import { StepRefused } from './step-refused.js';
import { actionsAt, mayFollow, type ActionName } from './steps.js';

/** A call may need a gateway session, a key, and each of them twice; then it is given up. */
const CALLS_IN_A_STEP = 6;
/** A call takes a moment; that its claim runs out after minutes is for a dead process. */
const ASK_AGAIN_SECONDS = 2;

/**
 * One step: claim the session, call the ABHA service, write what it came to. The call is in no transaction; if the process dies
 * in it, the claim runs out, and the next one finds the session as `interruption.ts` says.
 */
@Injectable()
export class SessionSteps {
  constructor(
    private readonly db: DataSource,
    private readonly store: AbhaSessionStore,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /**
   * @returns undefined when this facility has no such session; of one that is over, `logout` gives it as it is
   * @throws StepRefused
   */
  async take(
    by: AtFacility,
    id: string,
    action: ActionName,
    work: (session: AbhaSession) => Promise<Outcome> | Outcome,
  ): Promise<Taken | undefined> {
    const callId = newId();
    const claimed = await this.claim(by, id, action, callId);
    if (claimed === undefined) return undefined;
    if (claimed instanceof StepRefused) {
      const isOver = claimed.code === 'session-over' || claimed.code === 'session-registered';
      const over = action === 'logout' && isOver ? await this.found(by, id) : undefined;
      if (over === undefined) throw claimed;
      return { session: over, photos: {} };
    }
    const outcome = await this.outcomeOf(by, claimed, action, callId, work);
    const session = await this.write(by, claimed, action, callId, outcome);
    if (outcome.refusal !== undefined) throw outcome.refusal;
    return { session, photos: outcome.photos ?? {} };
  }

  private found({ facilityId }: AtFacility, id: string): Promise<AbhaSession | undefined> {
    return this.store.find(this.db.manager, facilityId, id);
  }

  private async outcomeOf(
    by: AtFacility,
    session: AbhaSession,
    action: ActionName,
    callId: string,
    work: (session: AbhaSession) => Promise<Outcome> | Outcome,
  ): Promise<Outcome> {
    try {
      return await work(session);
    } catch (error) {
      if (error instanceof AbhaServiceError || error instanceof StepRefused) {
        return afterFailure(session, action, error, this.clock.now().getTime());
      }
      await this.free(by, session, callId);
      throw error;
    }
  }

  /** Returned, not thrown, is what must not undo the transaction: an expired session is erased in it. */
  private claim(
    by: AtFacility,
    id: string,
    action: ActionName,
    callId: string,
  ): Promise<AbhaSession | StepRefused | undefined> {
    return this.db.transaction(async (tx) => {
      const now = this.clock.now();
      const found = await this.store.lock(tx, by.facilityId, id);
      if (found === undefined) return undefined;
      if (found.endedAt !== undefined) {
        return new StepRefused(found.isClosedByRegistration ? 'session-registered' : 'session-over');
      }
      if (found.expiresAt <= now) {
        await this.store.erase(tx, id, now);
        return new StepRefused('session-over');
      }
      // Logging out waits for nobody: what a call under way comes to is then not written.
      if (action !== 'logout' && found.calling !== undefined && found.calling.until > now) {
        return new StepRefused('step-running', { retryInSeconds: ASK_AGAIN_SECONDS });
      }
      const session = withoutDeadCall(found, now);
      if (session.step !== found.step) await this.store.write(tx, found, writtenOf(session), now);
      if (!actionsAt(session.step).includes(action)) return new StepRefused('step-not-now');
      const until = new Date(now.getTime() + CALLS_IN_A_STEP * this.config.ABDM_TIMEOUT_MS);
      await this.store.claim(tx, id, { action, callId, until }, now);
      return session;
    });
  }

  private write(
    by: AtFacility,
    session: AbhaSession,
    action: ActionName,
    callId: string,
    outcome: Outcome,
  ): Promise<AbhaSession> {
    if (!mayFollow(session.way, session.step, outcome.step)) {
      throw new Error(`In way ${session.way}, ${outcome.step} does not follow ${session.step}`);
    }
    return this.db.transaction(async (tx) => {
      const now = this.clock.now();
      const found = await this.store.lock(tx, by.facilityId, session.id);
      // Somebody else went on while we waited: what we learned is out of date, and theirs stays.
      if (found?.calling?.callId !== callId) throw new StepRefused('step-overtaken');
      const { profile = session.profile, isNew = session.isNew, refusal, step, state } = outcome;
      if (outcome.isOver) await this.store.erase(tx, session.id, now);
      else await this.store.write(tx, found, { step, state, profile, isNew, failureCode: refusal?.code }, now);
      await outcome.alsoWrite?.(tx, now);
      const written = await this.store.find(tx, by.facilityId, session.id);
      if (written === undefined) throw new Error('An ABHA session vanished while it was written');
      await appendAudit(tx, {
        at: now,
        actor: `hospital:${by.keyId}`,
        action: 'abha-session.step',
        facilityId: by.facilityId,
        subjectId: session.id,
        outcome: `${action}: ${refusal?.code ?? step}`,
      });
      return written;
    });
  }

  /** A fault of ours: as after a death, but the next try need not wait for the claim to run out. */
  private async free(by: AtFacility, session: AbhaSession, callId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const now = this.clock.now();
      const found = await this.store.lock(tx, by.facilityId, session.id);
      if (found?.calling?.callId !== callId) return;
      const freed = withoutDeadCall({ ...found, calling: { ...found.calling, until: now } }, now);
      await this.store.write(tx, found, writtenOf(freed), now);
    });
  }
}

const writtenOf = ({ step, state, profile, isNew }: AbhaSession): Written => ({
  step,
  state,
  profile,
  isNew,
  failureCode: undefined,
});

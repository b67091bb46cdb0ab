import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { AbhaServiceError } from '../../abdm/abha/abha-service-error.js';
import type { ServedFile } from '../../abdm/abha/answers.js';
import { DoesJob } from '../../jobs/job-handlers.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { appendAudit } from '../../persistence/audit.js';
import { counterIdOf } from '../../persistence/counter-codes.js';
import type { AbhaChannel } from '../../persistence/entities/abha-session.entity.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { newId } from '../../support/ids.js';
import type { SecretText } from '../../support/secret-text.js';
import { AccountChanges, type FileName } from './account-changes.js';
import { afterFailure } from './after-failure.js';
import { ConsentTexts } from './consent-texts.js';
import { Enrolling, mustBeOpen } from './enrolling.js';
import { withoutDeadCall } from './interruption.js';
import { LoggingIn } from './logging-in.js';
import { OtpLimits } from './otp-limits.js';
import { OtpSending } from './otp-sending.js';
import type { AtFacility, Outcome, Taken } from './outcome.js';
import { SessionSteps } from './session-steps.js';
import type { SentOtp } from './session-state.js';
import { AbhaSessionStore, type AbhaSession } from './session-store.js';
import { checkedInput, type StepInput } from './step-input.js';
import { StepRefused } from './step-refused.js';
import { AUTOMATIC, stepAfterConsent, WAYS, type AutomaticStep, type WayName } from './steps.js';
import { isStale } from './user-tokens.js';

/** Who sits where, and which way was chosen. */
export interface Opening {
  readonly way: WayName;
  readonly channel: AbhaChannel;
  /** The hospital's own name for the person who assists; `kiosk` where nobody does. */
  readonly operator: string;
  /** A counter's code. */
  readonly counter: string | undefined;
}

/**
 * ABHA at desk and kiosk: a session from the first question to a verified person.
 *
 *   create:  consent ─▶ aadhaar ─▶ otp ─┬▶ (communication-mobile ─▶ otp) ─▶ suggestions ─▶ choose-address ─▶ profile ─▶ done
 *                        looks first     └▶ she had an ABHA: profile ─▶ done
 *   verify:  abha-number | aadhaar | mobile | abha-address | card-qr ─▶ (method) ─▶ otp ─▶ (account) ─▶ profile ─▶ done
 *   done:    change ─▶ otp ─▶ profile ─▶ done;  at any step: logout, or idle too long ─▶ ended, everything erased
 *
 * All ways as data: `steps.ts`. Each step is safe to ask for again, except the one that makes an ABHA: `interruption.ts`.
 * Source: M1-FLOWS sections 3 to 9, NHA functional test sheet M1.
 */
@Injectable()
export class AbhaSessionFlow {
  constructor(
    private readonly db: DataSource,
    private readonly store: AbhaSessionStore,
    private readonly steps: SessionSteps,
    private readonly enrolling: Enrolling,
    private readonly loggingIn: LoggingIn,
    private readonly otps: OtpSending,
    private readonly limits: OtpLimits,
    private readonly account: AccountChanges,
    private readonly texts: ConsentTexts,
    private readonly jobs: JobQueue,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws StepRefused when the way is switched off, or there is no such counter */
  async open(by: AtFacility, { way, channel, operator, counter }: Opening): Promise<AbhaSession> {
    mustBeOpen(way, this.config);
    return this.db.transaction(async (tx) => {
      const now = this.clock.now();
      const id = newId();
      const counterId = counter === undefined ? undefined : await counterAt(tx, by.facilityId, counter);
      const { purpose, first: step } = WAYS[way];
      const { facilityId } = by;
      const runAt = await this.store.open(
        tx,
        { id, facilityId, purpose, way, step, channel, operator, counterId },
        now,
      );
      await this.jobs.add(tx, 'abha-session.expire', id, { runAt, key: `abha-session.expire:${id}` });
      const opened = await this.store.find(tx, facilityId, id);
      if (opened === undefined) throw new Error('An ABHA session vanished while it was opened');
      await appendAudit(tx, {
        ...{ at: now, actor: `hospital:${by.keyId}`, action: 'abha-session.opened', facilityId, subjectId: id },
        outcome: way,
      });
      return opened;
    });
  }

  /** As it is now: nothing is changed by looking. Undefined when this facility has no such session. */
  async read({ facilityId }: AtFacility, id: string): Promise<AbhaSession | undefined> {
    const session = await this.store.find(this.db.manager, facilityId, id);
    return session && withoutDeadCall(session, this.clock.now());
  }

  /** The same for a screen. That it showed a person is written to the audit. */
  async show(by: AtFacility, id: string): Promise<AbhaSession | undefined> {
    const session = await this.read(by, id);
    if (session?.profile !== undefined && session.expiresAt > this.clock.now()) await this.auditRead(by, id, 'result');
    return session;
  }

  /**
   * One step, and those that follow by themselves. Undefined when this facility has no such session.
   * @throws StepRefused
   */
  async take(by: AtFacility, id: string, given: StepInput): Promise<Taken | undefined> {
    const input = checkedInput(given, this.config.ABDM_CM_ID);
    let taken = await this.steps.take(by, id, input.action, (session) => this.work(session, input));
    for (let action = followsOn(taken); action !== undefined; action = followsOn(taken)) {
      const next = action;
      try {
        const followed = await this.steps.take(by, id, next, (session) => this.work(session, { action: next }));
        if (followed !== undefined) taken = { ...followed, photos: taken?.photos ?? {} };
      } catch (error) {
        // What was asked for is done; what should have followed can be asked for.
        if (!(error instanceof StepRefused)) throw error;
        break;
      }
    }
    return taken;
  }

  /**
   * Card, QR or photo, as the service serves it: never kept. Undefined when this facility has no such session.
   * @throws StepRefused
   */
  async file(by: AtFacility, id: string, file: FileName): Promise<ServedFile | undefined> {
    let session = await this.read(by, id);
    if (session === undefined) return undefined;
    if (session.isClosedByRegistration) throw new StepRefused('session-registered');
    if (session.endedAt !== undefined || session.expiresAt <= this.clock.now()) throw new StepRefused('session-over');
    const { tokens } = session.state;
    if (session.step === 'done' && tokens !== undefined && isStale(tokens, this.clock.now().getTime())) {
      session = (await this.take(by, id, { action: 'profile' }))?.session ?? session;
    }
    await this.auditRead(by, id, file);
    try {
      return await this.account.file(session, file);
    } catch (error) {
      if (!(error instanceof AbhaServiceError)) throw error;
      throw afterFailure(session, 'profile', error, this.clock.now().getTime()).refusal ?? error;
    }
  }

  /** At the end of a session's time; of one that went on meanwhile, later. */
  @DoesJob('abha-session.expire')
  async expire(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.limits.forgetOld(tx, this.clock.now());
      const [row]: { expires_at: Date }[] = await tx.query(
        'SELECT expires_at FROM abha_session WHERE id = $1 AND ended_at IS NULL FOR UPDATE',
        [id],
      );
      if (row === undefined) return;
      if (row.expires_at <= this.clock.now()) await this.store.erase(tx, id, this.clock.now());
      else await this.jobs.add(tx, 'abha-session.expire', id, { runAt: row.expires_at });
    });
  }

  private work(session: AbhaSession, input: StepInput): Promise<Outcome> | Outcome {
    const isCreating = session.purpose === 'create';
    switch (input.action) {
      case 'consent':
        return this.consented(session, input.version, input.language);
      case 'aadhaar':
        if (!isCreating) return this.loggingIn.byAadhaar(session, input.aadhaar);
        return this.enrolling.byAadhaar(session, input.aadhaar, mustHave(input.mobile ?? session.state.mobile));
      case 'abha-number':
        return this.loggingIn.byNumber(session, input.abhaNumber, input.method);
      case 'abha-address':
        return this.loggingIn.byAddress(session, input.abhaAddress);
      case 'card-qr':
        return this.loggingIn.byCard(session, input.qr);
      case 'mobile':
        if (session.way === 'find') return this.loggingIn.find(session, input.mobile);
        if (isCreating) return this.enrolling.licenceMobile(session, input.mobile, input.isNoneHers);
        return this.loggingIn.byMobile(session, input.mobile);
      case 'method':
        return this.loggingIn.byMethod(session, input.method);
      case 'account':
        return this.loggingIn.choose(session, input.account);
      case 'found':
        return this.loggingIn.byFound(session, input.account, input.method);
      case 'fingerprint':
      case 'iris':
        return this.enrolling.byBiometric(session, input.action, input);
      case 'face-qr':
        return this.enrolling.startFace(session);
      case 'face-status':
        return this.enrolling.faceStatus(session);
      case 'face':
        return this.enrolling.byFace(session, input.aadhaar, input.mobile);
      case 'demographics':
        return this.enrolling.byDemographics(session, input.demographics);
      case 'document':
        return this.enrolling.byLicence(session, input.licence);
      case 'communication-mobile':
        return this.enrolling.communicationMobile(session, input.mobile);
      case 'suggestions':
        return this.enrolling.suggest(session);
      case 'choose-address':
        return this.enrolling.chooseAddress(session, input.userPart);
      case 'profile':
        return this.account.profile(session);
      case 'change':
        return this.account.ask(session, input.wish);
      case 'logout':
        return this.account.logout(session);
      case 'otp':
        return this.otp(session, input);
      case 'resend':
        return this.resend(session, input);
      case 'back':
        return back(session);
    }
  }

  private consented(
    { id, facilityId, state, way, operator, channel }: AbhaSession,
    version: string,
    language: string,
  ): Outcome {
    const text = this.texts.in(language);
    if (text?.version !== version) throw new StepRefused('consent-outdated', { field: 'version' });
    const alsoWrite = async (tx: EntityManager, now: Date): Promise<void> => {
      await tx.query(
        `INSERT INTO abha_consent (id, session_id, facility_id, text_version, text_language, text_hash, operator, channel,
           given_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [newId(), id, facilityId, version, language, text.hash, operator, channel, now],
      );
    };
    return { step: stepAfterConsent(way), state: { ...state, consentGiven: true }, alsoWrite };
  }

  private async otp(session: AbhaSession, { otp }: StepInput & { readonly action: 'otp' }): Promise<Outcome> {
    const sent = session.state.otp;
    if (sent === undefined) throw new StepRefused('step-not-now');
    const outcome = await this.limits.trying(session, sent.key, () => this.confirm(session, sent, otp));
    const alsoWrite = async (tx: EntityManager, now: Date): Promise<void> => {
      await outcome.alsoWrite?.(tx, now);
      await this.limits.cameRight(tx, session, sent.key);
    };
    return { ...outcome, alsoWrite };
  }

  private confirm(session: AbhaSession, sent: SentOtp, otp: SecretText): Promise<Outcome> {
    switch (sent.use.for) {
      case 'enrol':
        return this.enrolling.byOtp(session, sent, otp);
      case 'communication-mobile':
        return this.enrolling.communicationOtp(session, sent, otp);
      case 'licence':
        return this.enrolling.licenceOtp(session, sent, otp);
      case 'change':
        return this.account.confirm(session, sent, sent.use, otp);
      case 'look':
      case 'aadhaar-login':
      case 'number-login':
      case 'address-login':
      case 'mobile-login':
      case 'found-login':
        return this.loggingIn.verify(session, sent.use, sent.txnId, otp);
    }
  }

  private async resend(session: AbhaSession, { aadhaar }: StepInput & { readonly action: 'resend' }): Promise<Outcome> {
    const { state } = session;
    if (state.otp === undefined) throw new StepRefused('step-not-now');
    return { step: 'otp', state: { ...state, otp: await this.otps.again(session, state.otp, aadhaar) } };
  }

  private async auditRead({ facilityId, keyId }: AtFacility, id: string, outcome: string): Promise<void> {
    await this.db.transaction((tx) =>
      appendAudit(tx, {
        ...{ at: this.clock.now(), actor: `hospital:${keyId}`, action: 'abha-session.read' },
        ...{ facilityId, subjectId: id, outcome },
      }),
    );
  }
}

/** To another number, another method, another account: the code that was sent is given up. */
function back({ state, step, way }: AbhaSession): Outcome {
  if (step === 'otp' && state.otp !== undefined) {
    return { step: state.otp.back, state: { ...state, otp: undefined, notice: undefined } };
  }
  return { step: WAYS[way].first, state: { lockedUntil: state.lockedUntil } };
}

/** The ABHA service takes no enrolment without one. */
function mustHave(mobile: string | undefined): string {
  if (mobile === undefined) throw new StepRefused('mobile-not-valid', { field: 'mobile' });
  return mobile;
}

async function counterAt(tx: EntityManager, facilityId: string, code: string): Promise<string> {
  const id = await counterIdOf(tx, facilityId, code);
  if (id === undefined) throw new StepRefused('counter-unknown', { field: 'counter' });
  return id;
}

/** The next step, where it asks nothing of anybody. */
const followsOn = (taken: Taken | undefined): AutomaticStep | undefined =>
  AUTOMATIC.find((step) => step === taken?.session.step);

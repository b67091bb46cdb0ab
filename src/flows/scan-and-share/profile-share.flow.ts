import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ShareRequest } from '../../abdm/messages/patient-share.js';
import { REFUSALS, type RefusalName } from '../../abdm/refusals.js';
import type { Failure } from '../../exchange/failure.js';
import { OnFailure, OnRequest, type CallbackContext } from '../../exchange/flow-steps.js';
import { Outbox } from '../../exchange/outbox.js';
import { appendAudit } from '../../persistence/audit.js';
import { Facilities } from '../../persistence/facilities.js';
import { HospitalEvents } from '../../persistence/hospital-events.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import { Counters, type Counter } from './counters.js';
import { EndOfDay } from './end-of-day.flow.js';
import { tellQueue } from './queue-changes.js';
import { sharedPerson, type SharedPerson } from './shared-person.js';
import { Tokens, type IssuedToken } from './tokens.js';

/**
 * Scan and share: a patient scans the QR code of a counter, and has a token before she has sat down.
 *
 *   share ─▶ profile kept for the day ─▶ token ─▶ on-share ─▶ (ABDM took it) her phone shows it
 *     └▶ another intent, another HIP, no such counter: refused       └▶ (too late) she waits all the same
 *
 * Answered within 30 seconds (`share-not-in-time.flow.ts`). Source: M2 flows, section 7.
 */
@Injectable()
export class ProfileShare {
  constructor(
    private readonly counters: Counters,
    private readonly endOfDay: EndOfDay,
    private readonly events: HospitalEvents,
    private readonly facilities: Facilities,
    private readonly outbox: Outbox,
    private readonly tokens: Tokens,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @OnRequest('patient.share')
  async shared(tx: EntityManager, message: ShareRequest, asked: CallbackContext): Promise<void> {
    const wish = await this.read(tx, message, asked);
    if (typeof wish === 'string') return this.refuse(tx, asked, wish);
    const { counter, person, context } = wish;
    const token = await this.tokens.issue(tx, asked.facilityId, counter, person);
    if (token.isFirst) await this.endOfDay.plan(tx, asked.facilityId);
    if (token.isNew) await this.tell(tx, asked, counter, token);
    await this.audit(tx, asked, token.sharedProfileId, token.isNew ? 'token' : 'same-token');
    const secondsLeft = Math.max(1, Math.ceil((token.validUntil.getTime() - this.clock.now().getTime()) / 1000));
    const profile = { context, tokenNumber: String(token.number), expiry: String(secondsLeft) };
    const acknowledgement = { status: 'SUCCESS', abhaAddress: person.abhaAddress, profile } as const;
    await this.outbox.answer(tx, 'patient.share', asked, { acknowledgement }, { about: token.id });
  }

  /**
   * ABDM did not take the number: it came too late (`ABDM-1007`, `ABDM-1015`), mostly because the share itself did. She is
   * here and she has shared, so token and profile stay; the desk sees that her phone does not show it.
   */
  @OnFailure('patient.share')
  async notTaken(tx: EntityManager, about: string, failure: Failure): Promise<void> {
    const [untold] = await tx.query<[{ facility_id: string; counter_id: string }[], number]>(
      'UPDATE queue_token SET is_told = false WHERE id = $1 RETURNING facility_id, counter_id',
      [about],
    );
    for (const { facility_id: facilityId, counter_id } of untold) {
      await tellQueue(tx, { facilityId, tokenId: about, counterIds: [counter_id] });
    }
    this.log.warn({ about, code: failure.code || failure.kind }, 'ABDM did not take the answer to a share');
  }

  /** What is to be done, or why not. */
  private async read(
    tx: EntityManager,
    { intent, metaData, profile }: ShareRequest,
    { facilityId }: CallbackContext,
  ): Promise<RefusalName | { readonly counter: Counter; readonly context: string; readonly person: SharedPerson }> {
    if (intent?.toUpperCase() !== 'PROFILE_SHARE') return 'intent-not-supported';
    const facility = await this.facilities.byId(facilityId);
    if (metaData?.hipId !== facility?.serviceId) return 'other-hip';
    const context = metaData?.context ?? metaData?.counterId ?? '';
    const counter = await this.counters.find(facilityId, context, tx);
    if (counter === undefined) return 'counter-unknown';
    if (!counter.isOpen) return 'no-token-now';
    const person = sharedPerson(profile?.patient);
    return person === undefined ? 'no-profile' : { counter, context, person };
  }

  private async refuse(tx: EntityManager, asked: CallbackContext, refusal: RefusalName): Promise<void> {
    const about = asked.exchangeId;
    await this.audit(tx, asked, about, refusal);
    await this.outbox.answer(tx, 'patient.share', asked, { error: REFUSALS[refusal] }, { about });
    await this.endOfDay.planForRefused(tx, asked.facilityId);
  }

  private tell(
    tx: EntityManager,
    { facilityId }: CallbackContext,
    { code }: Counter,
    { id, number, sharedProfileId }: IssuedToken,
  ): Promise<void> {
    const subject = { sharedProfileId, queueTokenId: id, tokenNumber: number, counter: code };
    return this.events.tell(tx, facilityId, 'profile.shared', subject);
  }

  private audit(
    tx: EntityManager,
    { facilityId }: CallbackContext,
    subjectId: string,
    outcome: 'token' | 'same-token' | RefusalName,
  ): Promise<void> {
    const at = this.clock.now();
    return appendAudit(tx, { at, actor: 'abdm', action: 'profile.shared', facilityId, subjectId, outcome });
  }
}

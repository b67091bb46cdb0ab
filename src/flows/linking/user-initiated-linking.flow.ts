import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { DiscoverRequest } from '../../abdm/messages/discover.js';
import type { LinkConfirmRequest } from '../../abdm/messages/link-confirm.js';
import type { LinkInitRequest } from '../../abdm/messages/link-init.js';
import { REFUSALS, type RefusalName } from '../../abdm/refusals.js';
import type { Failure } from '../../exchange/failure.js';
import { OnFailure, OnRequest, type CallbackContext } from '../../exchange/flow-steps.js';
import { Outbox } from '../../exchange/outbox.js';
import { DoesJob } from '../../jobs/job-handlers.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { appendAudit } from '../../persistence/audit.js';
import { Facilities } from '../../persistence/facilities.js';
import { HospitalEvents } from '../../persistence/hospital-events.js';
import { Patients } from '../../persistence/patients.js';
import { Timeline } from '../../persistence/timeline.js';
import { OTP_SENDER, type OtpSender } from '../../ports/otp-sender.port.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { chosenAmong } from './discovery/choice.js';
import { ChosenContexts, type ChosenContext } from './discovery/chosen-contexts.js';
import { Discoveries, type Discovery, type Offer } from './discovery/discoveries.js';
import { linkEntries } from './discovery/link-entries.js';
import { mobileHint } from './discovery/one-time-password.js';
import { PatientSearch } from './discovery/patient-search.js';
import { UserLinks, type UserLink } from './discovery/user-links.js';

/**
 * User-initiated linking: a patient looks in her ABHA app for the visits she has had here, and links those she chooses.
 *
 *   discover ─▶ one patient or none ─▶ her unlinked visits, or "not found"
 *   init ─────▶ chosen among them ───▶ a code to the mobile the hospital has of her
 *   confirm ──▶ the right code ──────▶ exactly those are linked ─▶ (ABDM took it) context notify
 *                                                               └▶ (it did not)  taken back
 *
 * Whatever is asked is answered, and within 10 seconds (`discovery/not-in-time.flow.ts`). Source: M2 flows, sections 5 and 6.
 */
@Injectable()
export class UserInitiatedLinking {
  constructor(
    private readonly db: DataSource,
    private readonly contexts: ChosenContexts,
    private readonly discoveries: Discoveries,
    private readonly events: HospitalEvents,
    private readonly facilities: Facilities,
    private readonly jobs: JobQueue,
    private readonly links: UserLinks,
    private readonly outbox: Outbox,
    private readonly patients: Patients,
    private readonly search: PatientSearch,
    private readonly timeline: Timeline,
    @Inject(OTP_SENDER) private readonly otps: OtpSender,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Step 1. */
  @OnRequest('care-context.discover')
  async discovered(
    tx: EntityManager,
    { transactionId, patient }: DiscoverRequest,
    asked: CallbackContext,
  ): Promise<void> {
    const { facilityId } = asked;
    const found = await this.search.find(tx, facilityId, patient);
    const personId = found.kind === 'one' ? found.personId : undefined;
    const offers = personId === undefined ? [] : await this.discoveries.offersTo(tx, facilityId, personId);
    const outcome = found.kind !== 'one' ? found.kind : offers.length === 0 ? 'nothing-new' : 'offered';
    const about = await this.discoveries.keep(tx, {
      facilityId,
      transactionId,
      abhaAddress: patient.id,
      personId,
      outcome,
      offers,
    });
    await this.audit(tx, asked, 'patient.discovered', outcome, about, personId);
    const answer =
      found.kind === 'one' && offers.length > 0
        ? { patient: linkEntries(await this.facilityName(facilityId), offers), matchedBy: found.matchedBy }
        : { error: REFUSALS[found.kind === 'one' ? 'nothing-new-to-link' : 'patient-not-found'] };
    await this.outbox.answer(tx, 'care-context.discover', asked, { transactionId, ...answer }, { about });
  }

  /** Step 2. */
  @OnRequest('care-context.link-init')
  async begun(tx: EntityManager, message: LinkInitRequest, asked: CallbackContext): Promise<void> {
    if (message.error) return; // ABDM refused it itself: nobody waits for us
    const { transactionId } = message;
    const begun = await this.begin(tx, message, asked);
    if (typeof begun === 'string') {
      await this.audit(tx, asked, 'link.begun', begun, asked.exchangeId);
      const error = REFUSALS[begun];
      const about = asked.exchangeId;
      return this.outbox.answer(tx, 'care-context.link-init', asked, { transactionId, error }, { about });
    }
    const { id, expiresAt, personId, mobile } = begun;
    await this.jobs.add(tx, 'user-link.send-otp', id, { isUrgent: true });
    await this.audit(tx, asked, 'link.begun', 'otp', id, personId);
    const meta = {
      communicationMedium: 'MOBILE',
      communicationHint: mobileHint(mobile),
      communicationExpiry: expiresAt.toISOString(),
    } as const;
    const link = { referenceNumber: id, authenticationType: 'DIRECT', meta } as const;
    await this.outbox.answer(tx, 'care-context.link-init', asked, { transactionId, link }, { about: id });
  }

  /** Step 3. */
  @OnRequest('care-context.link-confirm')
  async confirmed(tx: EntityManager, { confirmation }: LinkConfirmRequest, asked: CallbackContext): Promise<void> {
    const link = await this.links.lock(tx, asked.facilityId, confirmation.linkRefNumber);
    if (link === undefined) return this.refuseConfirm(tx, asked, 'link-reference-unknown', undefined);
    const verdict = await this.links.tryOtp(tx, link, confirmation.token);
    if (verdict !== 'right') return this.refuseConfirm(tx, asked, verdict, link);
    const linked = await this.link(tx, link);
    if (typeof linked === 'string') return this.refuseConfirm(tx, asked, linked, link);
    for (const { visitId } of linked.now) {
      await this.events.tell(tx, asked.facilityId, 'visit.linked', { visitId });
      await this.audit(tx, asked, 'visit.linked', 'linked', visitId, link.patient_id);
    }
    await this.audit(tx, asked, 'link.confirmed', 'linked', link.id, link.patient_id);
    const patient = linkEntries(await this.facilityName(asked.facilityId), linked.all);
    const then = { name: 'user-link.accepted', id: link.id } as const;
    await this.outbox.answer(tx, 'care-context.link-confirm', asked, { patient }, { about: link.id, then });
  }

  /** Step 4: ABDM took the answer, and is told of the records as after every linking. */
  @DoesJob('user-link.accepted')
  async accepted(userLinkId: string): Promise<void> {
    const runAt = new Date(this.clock.now().getTime() + (this.config.CONTEXT_NOTIFY_DELAYS[0] ?? 5) * 1000);
    await this.db.transaction(async (tx) => {
      await this.learn(tx, userLinkId);
      const linked: { linking_id: string; visit_id: string; abha_became_known: boolean }[] = await tx.query(
        `SELECT l.id AS linking_id, l.visit_id, k.abha_became_known FROM user_link k
         JOIN user_link_context u ON u.user_link_id = k.id AND u.is_linked_by_it
         JOIN linking l ON l.care_context_id = u.care_context_id
         WHERE k.id = $1 AND k.state = 'linked'`,
        [userLinkId],
      );
      for (const { linking_id, visit_id, abha_became_known } of linked) {
        // Records that were built before her ABHA was known are built again with it, and ABDM is told of those.
        if (abha_became_known) await this.jobs.add(tx, 'visit.build', visit_id, { runAt });
        else await this.jobs.add(tx, 'linking.notify', linking_id, { runAt });
      }
    });
  }

  /** Or it did not take it: then nothing is linked there, and must not seem so here. */
  @OnFailure('care-context.link-confirm')
  async notAccepted(tx: EntityManager, about: string, failure: Failure): Promise<void> {
    const [row]: UserLink[] = await tx.query(`SELECT * FROM user_link WHERE id = $1 AND state = 'linked' FOR UPDATE`, [
      about,
    ]);
    if (row === undefined) return; // it was a refusal of ours that ABDM did not take
    const chosen = await this.contexts.lock(tx, row.id);
    await this.links.end(tx, row, 'undone');
    for (const context of chosen.filter(({ isLinkedByIt }) => isLinkedByIt)) {
      const code = failure.code || failure.kind;
      await this.contexts.unlink(tx, row.id, context, code);
      await this.jobs.add(tx, 'linking.advance', context.linkingId);
      await this.events.tell(tx, row.facility_id, 'visit.failed', { visitId: context.visitId, code });
    }
    await this.audit(tx, { facilityId: row.facility_id }, 'link.confirmed', 'undone', row.id, row.patient_id);
  }

  /** Everything that can be wrong with a choice, and then the link with its code. */
  private async begin(
    tx: EntityManager,
    message: LinkInitRequest,
    { facilityId }: CallbackContext,
  ): Promise<RefusalName | { id: string; expiresAt: Date; personId: string; mobile: string }> {
    const discovery = await this.discoveries.find(tx, facilityId, message.transactionId);
    if (discovery === undefined) return 'transaction-unknown';
    if (!this.discoveries.isOf(discovery, message.abhaAddress ?? '')) return 'other-abha-address';
    const chosen = chosenAmong(await this.discoveries.offersOf(tx, discovery.id), message.patient ?? []);
    if (typeof chosen === 'string') return chosen;
    if (!this.otps.isReady) return 'no-sms';
    const mobile = await this.mobileOf(tx, discovery);
    if (mobile === undefined) return 'no-mobile';
    if (!(await this.links.mayHaveOtp(tx, discovery.personId))) return 'too-many-otps';
    return { ...(await this.start(tx, facilityId, discovery, chosen)), personId: discovery.personId, mobile };
  }

  private async start(
    tx: EntityManager,
    facilityId: string,
    discovery: Discovery,
    chosen: readonly Offer[],
  ): Promise<{ readonly id: string; readonly expiresAt: Date }> {
    const begun = await this.links.begin(tx, {
      discoveryId: discovery.id,
      facilityId,
      patientId: discovery.personId,
      chosen,
    });
    const visits: { visit_id: string }[] = await tx.query('SELECT visit_id FROM care_context WHERE id = ANY($1)', [
      chosen.map(({ careContextId }) => careContextId),
    ]);
    for (const { visit_id } of visits) await this.timeline.note(tx, visit_id, 'chosen-by-patient');
    return begun;
  }

  /** The one registered here. A mobile in ABDM's request proves nothing about whose visits these are. */
  private async mobileOf(tx: EntityManager, { personId }: Discovery): Promise<string | undefined> {
    const [row]: { sealed_demographics: Buffer }[] = await tx.query(
      'SELECT sealed_demographics FROM patient WHERE id = $1',
      [personId],
    );
    return row === undefined ? undefined : this.patients.open(personId, row.sealed_demographics).mobile;
  }

  /**
   * `all`: what ABDM is told; `now`: of these what was not linked to her address before. What the hospital withdrew
   * meanwhile, or ABDM linked to another address, is left out.
   */
  private async link(
    tx: EntityManager,
    link: UserLink,
  ): Promise<RefusalName | { readonly all: readonly ChosenContext[]; readonly now: readonly ChosenContext[] }> {
    const abhaAddress = await this.discoveries.abhaAddressOf(tx, link.discovery_id);
    const abhaHash = this.discoveries.addressHash(abhaAddress);
    const chosen = await this.contexts.lock(tx, link.id);
    const all = chosen.filter(
      ({ hasRecords, linkedAbhaHash }) => hasRecords && (linkedAbhaHash === null || linkedAbhaHash.equals(abhaHash)),
    );
    await this.links.end(tx, link, all.length > 0 ? 'linked' : 'undone');
    if (all.length === 0) {
      return chosen.some(({ hasRecords }) => hasRecords) ? 'already-linked' : 'care-context-not-offered';
    }
    const now = all.filter(({ linkedAbhaHash }) => linkedAbhaHash === null);
    for (const context of now) await this.contexts.link(tx, link.id, context, abhaHash);
    return { all, now };
  }

  /**
   * She has proved that the ABHA address is hers, and ABDM agrees: before that it would stay with a patient to whom nothing
   * was linked. An address the hospital has of her already is not overwritten.
   */
  private async learn(tx: EntityManager, userLinkId: string): Promise<void> {
    const [link]: UserLink[] = await tx.query(`SELECT * FROM user_link WHERE id = $1 AND state = 'linked' FOR UPDATE`, [
      userLinkId,
    ]);
    if (link === undefined) return;
    const { facility_id: facilityId, patient_id: personId } = link;
    const abhaAddress = await this.discoveries.abhaAddressOf(tx, link.discovery_id);
    const abha = { abhaAddress, abhaNumber: undefined };
    const now = this.clock.now();
    if (await this.patients.learnAbha(tx, facilityId, personId, abha, now)) {
      await tx.query('UPDATE user_link SET abha_became_known = true WHERE id = $1', [link.id]);
    }
    const others: { id: string }[] = await tx.query(
      `SELECT p.id FROM patient p WHERE p.abha_address_hash IS DISTINCT FROM $2 AND p.id IN (
         SELECT c.patient_id FROM user_link_context u JOIN care_context c ON c.id = u.care_context_id
         WHERE u.user_link_id = $1 AND u.is_linked_by_it) ORDER BY p.id FOR UPDATE OF p`,
      [link.id, this.discoveries.addressHash(abhaAddress)],
    );
    for (const { id } of others) await this.patients.keepOtherAbha(tx, facilityId, id, abha, now);
  }

  private async refuseConfirm(
    tx: EntityManager,
    asked: CallbackContext,
    refusal: RefusalName,
    link: UserLink | undefined,
  ): Promise<void> {
    await this.audit(tx, asked, 'link.confirmed', refusal, link?.id ?? asked.exchangeId, link?.patient_id);
    // About the message and not the link: that ABDM does not take a "no" must not undo a link that stands.
    const about = asked.exchangeId;
    await this.outbox.answer(tx, 'care-context.link-confirm', asked, { error: REFUSALS[refusal] }, { about });
  }

  private async facilityName(facilityId: string): Promise<string> {
    return (await this.facilities.byId(facilityId))?.name ?? '';
  }

  private audit(
    tx: EntityManager,
    { facilityId }: Pick<CallbackContext, 'facilityId'>,
    action: 'patient.discovered' | 'link.begun' | 'link.confirmed' | 'visit.linked',
    outcome: string,
    subjectId: string,
    patientId?: string,
  ): Promise<void> {
    return appendAudit(tx, { at: this.clock.now(), actor: 'abdm', action, facilityId, patientId, subjectId, outcome });
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { CareContextLinkReply } from '../../abdm/messages/care-context-link.js';
import type { LinkTokenReply } from '../../abdm/messages/link-token.js';
import { meaningOf, type Meaning } from '../../abdm/error-meaning.js';
import type { Failure } from '../../exchange/failure.js';
import { OnFailure, OnReply } from '../../exchange/flow-steps.js';
import { Outbox } from '../../exchange/outbox.js';
import { DoesJob, GivesUpJob } from '../../jobs/job-handlers.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { appendAudit } from '../../persistence/audit.js';
import { Facilities } from '../../persistence/facilities.js';
import { HospitalEvents } from '../../persistence/hospital-events.js';
import { Patients } from '../../persistence/patients.js';
import type { VisitPatient } from '../../ports/visit.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { AbhaEndings } from './abha-endings.js';
import {
  careContextLinkRequest,
  linkTokenRequest,
  patientReference,
  whatIsMissing,
  type PatientWithAbha,
} from './link-request.js';
import { LinkTokens, type LinkTokenRow } from './link-tokens.js';
import { Linkings, type LinkingRow } from './linkings.js';
import { SmsDeepLink } from './sms-deep-link.flow.js';

/** ABDM remembers a token request for at least 69 s, a refused one too (ABDM-1092). */
const DUPLICATE_WINDOW_SECONDS = 75;
const BLOCKED_SECONDS = 24 * 3600 + 60;
const DEPENDENCY_PAUSE_SECONDS = 60;
const REFUSAL_COUNTS_MS = 86_400_000;
const MAX_RENEWALS = 5;

/**
 * HIP-initiated linking: a visit closes at the hospital and shows up in the patient's ABHA app.
 *
 *   records built ─▶ waiting-for-abha ─▶ awaiting-link-token ─▶ awaiting-link ─▶ linked ─▶ (context notify)
 *                        ABHA known           └──────────────────────┴─ refused or no reply ─▶ failed, the desk sees why
 *
 * Source: ABDM HIE-CM v3, HIP initiated linking.
 */
@Injectable()
export class HipInitiatedLinking {
  constructor(
    private readonly db: DataSource,
    private readonly events: HospitalEvents,
    private readonly deepLink: SmsDeepLink,
    private readonly endings: AbhaEndings,
    private readonly facilities: Facilities,
    private readonly jobs: JobQueue,
    private readonly linkings: Linkings,
    private readonly outbox: Outbox,
    private readonly patients: Patients,
    private readonly tokens: LinkTokens,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Step 1: what can be done now for this linking? Asked when records are built, a token arrives, a pause ends. */
  @DoesJob('linking.advance')
  async advance(linkingId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const seen = await this.linkings.look(tx, linkingId);
      if (seen === undefined) return;
      const patient = this.patients.open(seen.patient_id, seen.sealed_demographics);
      if (!hasAbha(patient)) return this.waitForAbha(tx, seen);
      const missing = whatIsMissing(patient);
      if (missing !== undefined) return this.fail(tx, seen, missing);
      const token = await this.tokens.lock(tx, seen.facility_id, patient);
      const linking = await this.linkings.lock(tx, linkingId);
      if (linking === undefined || this.linkings.isSetAside(linking)) return;
      await this.proceed(tx, linking, patient, token);
    });
  }

  @GivesUpJob('linking.advance')
  async giveUp(linkingId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const linking = await this.linkings.lock(tx, linkingId);
      if (linking !== undefined) await this.fail(tx, linking, 'own-fault');
    });
  }

  /** Step 2. */
  @OnReply('link-token')
  async linkTokenArrived(tx: EntityManager, tokenId: string, reply: LinkTokenReply): Promise<void> {
    const token = await this.tokens.lockById(tx, tokenId);
    if (token === undefined || token.state === 'usable') return;
    if (reply.error || !reply.linkToken) {
      const code = reply.error?.code ?? '';
      return this.tokenRefused(tx, token, code, meaningOf(code, reply.error?.message ?? ''));
    }
    const arrived = await this.tokens.arrived(tx, token.id, reply.linkToken);
    const linkToken = this.tokens.usable(arrived);
    // Expired on arrival: asking for another at once would go round in circles until ABDM blocks the patient.
    if (linkToken === undefined) return this.tokenRefused(tx, token, '', 'not-known');
    const late = token.state === 'asked' ? [] : await this.givenUp(tx, token);
    for (const linking of [...(await this.waitingFor(tx, token)), ...late]) {
      const patient = this.patients.open(linking.patient_id, linking.sealed_demographics);
      if (!hasAbha(patient) || this.linkings.isSetAside(linking)) continue;
      // Corrected meanwhile: her own job asks for the token that fits.
      if (!this.tokens.isFor(token, patient)) continue;
      await this.askToLink(tx, linking, patient, arrived, linkToken);
    }
  }

  /** Step 3. Success is the absence of an error; "already linked" is success too. */
  @OnReply('care-context.link')
  async linkAnswered(tx: EntityManager, linkingId: string, reply: CareContextLinkReply): Promise<void> {
    const code = reply.error?.code ?? '';
    const meaning = reply.error ? meaningOf(code, reply.error.message) : 'already-linked';
    await this.linkEnded(tx, linkingId, code, meaning);
  }

  @OnFailure('link-token')
  async noToken(tx: EntityManager, tokenId: string, failure: Failure): Promise<void> {
    const token = await this.tokens.lockById(tx, tokenId);
    if (token?.state !== 'asked') return;
    if (failure.kind === 'refused') return this.tokenRefused(tx, token, failure.code, failure.meaning);
    await this.tokens.ended(tx, token.id, 'refused', failure.kind, DUPLICATE_WINDOW_SECONDS);
    for (const linking of await this.waitingFor(tx, token)) await this.fail(tx, linking, failure.kind);
  }

  @OnFailure('care-context.link')
  async notLinked(tx: EntityManager, linkingId: string, failure: Failure): Promise<void> {
    if (failure.kind === 'refused') return this.linkEnded(tx, linkingId, failure.code, failure.meaning);
    const linking = await this.linkings.lock(tx, linkingId);
    if (linking?.state === 'awaiting-link') await this.fail(tx, linking, failure.kind);
  }

  /** Token and linking are locked: ask for what is missing next. */
  private async proceed(
    tx: EntityManager,
    linking: LinkingRow,
    patient: PatientWithAbha,
    token: LinkTokenRow,
  ): Promise<void> {
    if (linking.state === 'linked' || linking.state === 'awaiting-link') return;
    const isStale = linking.failure_code === 'link-token-unusable';
    const usable = isStale ? undefined : this.tokens.usable(token);
    if (usable !== undefined) return this.askToLink(tx, linking, patient, token, usable);
    if (this.wasRefused(token) && linking.state === 'waiting-for-abha') {
      return this.fail(tx, linking, token.failure_code ?? 'other', token);
    }
    const mayAskAt = token.next_allowed_at;
    if (token.state !== 'asked' && mayAskAt !== null && mayAskAt > this.clock.now()) {
      // What was refused before is not this visit's failure: it may have been corrected since.
      const code = (token.state === 'none' ? token.failure_code : null) ?? 'pause';
      await this.linkings.to(tx, linking, 'awaiting-link-token', { step: 'asked-for-link-token', code }, { token });
      return this.jobs.add(tx, 'linking.advance', linking.id, { runAt: mayAskAt, key: `advance:${linking.id}` });
    }
    if (linking.state !== 'awaiting-link-token' || isStale || linking.link_token_id !== token.id) {
      await this.linkings.to(tx, linking, 'awaiting-link-token', { step: 'asked-for-link-token' }, { token });
    }
    if (token.state === 'asked') return;
    await this.tokens.asked(tx, token.id, patient.abhaNumber !== undefined);
    await this.outbox.send(tx, 'link-token', linkTokenRequest(patient), {
      facilityId: linking.facility_id,
      about: token.id,
    });
  }

  private async askToLink(
    tx: EntityManager,
    linking: LinkingRow,
    patient: PatientWithAbha,
    token: LinkTokenRow,
    linkToken: string,
  ): Promise<void> {
    const facility = await this.facilities.byId(linking.facility_id);
    const moved = await this.linkings.to(
      tx,
      linking,
      'awaiting-link',
      { step: 'asked-to-link', visit: 'linking' },
      { token, hiTypesAsked: linking.hi_types },
    );
    if (!moved) return;
    const body = careContextLinkRequest(patient, token.made_with_abha_number, {
      patientReference: patientReference(patient, linking.patient_id),
      facilityName: facility?.name ?? '',
      reference: linking.reference,
      display: linking.display,
      hiTypes: linking.hi_types,
    });
    await this.outbox.send(tx, 'care-context.link', body, {
      facilityId: linking.facility_id,
      about: linking.id,
      headers: { 'X-LINK-TOKEN': linkToken },
    });
  }

  private async linkEnded(tx: EntityManager, linkingId: string, code: string, meaning: Meaning): Promise<void> {
    const linking = await this.linkings.lock(tx, linkingId);
    // A reply after we gave up is still good news.
    if (linking === undefined || linking.state === 'linked') return;
    if (meaning === 'already-linked') return this.linked(tx, linking);
    if (linking.state !== 'awaiting-link') return;
    const passes = meaning === 'link-token-unusable' || meaning === 'dependency-down';
    if (!passes || linking.token_renewals >= MAX_RENEWALS) {
      await this.fail(tx, linking, reasonOf(code, meaning));
      const { facility_id: facilityId, abha_address_hash: abhaHash } = linking;
      if (meaning === 'deactivated' && abhaHash) await this.endings.refused(tx, { facilityId, abhaHash }, code);
      return;
    }
    await this.linkings.to(
      tx,
      linking,
      'awaiting-link-token',
      { step: 'asked-for-link-token', code: meaning },
      { renewals: linking.token_renewals + 1 },
    );
    const pause = meaning === 'dependency-down' ? DEPENDENCY_PAUSE_SECONDS : 0;
    await this.jobs.add(tx, 'linking.advance', linking.id, { runAt: this.in(pause) });
  }

  private async linked(tx: EntityManager, linking: LinkingRow): Promise<void> {
    const now = this.clock.now();
    await this.linkings.linked(tx, linking, this.in(this.config.CONTEXT_NOTIFY_DELAYS[0] ?? 5));
    await this.events.tell(tx, linking.facility_id, 'visit.linked', { visitId: linking.visit_id });
    await appendAudit(tx, {
      at: now,
      actor: 'adapter',
      action: 'visit.linked',
      facilityId: linking.facility_id,
      patientId: linking.patient_id,
      subjectId: linking.visit_id,
      outcome: 'linked',
    });
  }

  private async tokenRefused(tx: EntityManager, token: LinkTokenRow, code: string, meaning: Meaning): Promise<void> {
    const pauses: Partial<Record<Meaning, number>> = {
      'blocked-for-a-day': BLOCKED_SECONDS,
      'duplicate-token-request': DUPLICATE_WINDOW_SECONDS,
      'dependency-down': DUPLICATE_WINDOW_SECONDS,
    };
    const pause = pauses[meaning];
    const waiting = await this.waitingFor(tx, token);
    if (pause === undefined) {
      // The first refusal is the true one: asking again at once would only bring ABDM-1092.
      const reason = reasonOf(code, meaning);
      await this.tokens.ended(tx, token.id, 'refused', reason, DUPLICATE_WINDOW_SECONDS);
      for (const linking of waiting) await this.fail(tx, linking, reason);
      if (meaning !== 'deactivated') return;
      const { facility_id: facilityId, abha_address_hash: abhaHash } = token;
      return this.endings.refused(tx, { facilityId, abhaHash }, reason);
    }
    const why = meaning === 'dependency-down' ? meaning : code;
    const runAt = await this.tokens.ended(tx, token.id, 'none', why, pause);
    for (const linking of waiting) {
      await this.linkings.notePause(tx, linking, why);
      await this.jobs.add(tx, 'linking.advance', linking.id, { runAt, key: `advance:${linking.id}` });
    }
  }

  /**
   * ABDM said within a day that these very details do not fit this ABHA: asking again for each visit would only end in a
   * block of 24 hours. A correction has other details, and "try again" starts from 'failed'.
   */
  private wasRefused(token: LinkTokenRow): boolean {
    const isOurs = token.failure_code === 'no-reply' || token.failure_code === 'fault';
    if (token.state !== 'refused' || isOurs || token.next_allowed_at === null) return false;
    return this.clock.now().getTime() < token.next_allowed_at.getTime() + REFUSAL_COUNTS_MS;
  }

  private waitingFor(tx: EntityManager, token: LinkTokenRow): Promise<LinkingRow[]> {
    return this.linkings.lockThoseOf(tx, token.id, 'awaiting-link-token');
  }

  /** Those that failed because no link token came in time. */
  private async givenUp(tx: EntityManager, token: LinkTokenRow): Promise<LinkingRow[]> {
    const failed = await this.linkings.lockThoseOf(tx, token.id, 'failed');
    return failed.filter((linking) => linking.failure_code === 'no-reply');
  }

  private async waitForAbha(tx: EntityManager, seen: LinkingRow): Promise<void> {
    const linking = await this.linkings.lock(tx, seen.id);
    if (linking === undefined || this.linkings.isSetAside(linking) || linking.state === 'linked') return;
    const patient = this.patients.open(linking.patient_id, await this.linkings.lockPatient(tx, linking));
    if (hasAbha(patient)) return this.jobs.add(tx, 'linking.advance', linking.id);
    if (linking.state === 'waiting-for-abha') await this.linkings.noteWaiting(tx, linking);
    else
      await this.linkings.to(tx, linking, 'waiting-for-abha', { step: 'waiting-for-abha', visit: 'waiting-for-abha' });
    await this.deepLink.invite(tx, linking, patient);
  }

  private async fail(tx: EntityManager, linking: LinkingRow, code: string, token?: LinkTokenRow): Promise<void> {
    if (this.linkings.isSetAside(linking)) return; // nobody waits for it
    const note = { step: 'failed', visit: 'failed', code } as const;
    if (!(await this.linkings.to(tx, linking, 'failed', note, token && { token }))) return;
    await this.events.tell(tx, linking.facility_id, 'visit.failed', { visitId: linking.visit_id, code });
  }

  private in(seconds: number): Date {
    return new Date(this.clock.now().getTime() + seconds * 1000);
  }
}

const hasAbha = (patient: VisitPatient): patient is PatientWithAbha => patient.abhaAddress !== undefined;

/** ABDM's code says why, except for the one that means everything. */
const reasonOf = (code: string, meaning: Meaning): string => (code === '' || code === 'ABDM-9999' ? meaning : code);

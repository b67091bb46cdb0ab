import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { GatewayClient } from '../../abdm/client/gateway.client.js';
import { GatewayError } from '../../abdm/client/gateway-error.js';
import { Outbox } from '../../exchange/outbox.js';
import { DoesJob, GivesUpJob } from '../../jobs/job-handlers.js';
import { JobQueue } from '../../jobs/job-queue.js';
import { appendAudit } from '../../persistence/audit.js';
import { Facilities } from '../../persistence/facilities.js';
import { HealthRecords } from '../../persistence/health-records.js';
import { HospitalEvents } from '../../persistence/hospital-events.js';
import { Timeline } from '../../persistence/timeline.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { counters } from '../../support/counters.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import { covers, type GateConsent } from './consent-gate.js';
import { healthInformationPage } from './page.js';
import { pinnedAgents, UnusablePushUrl } from './push-address.js';
import { transferNotice } from './transfer-notice.js';
import { Transfers, type Transfer, type TransferPage, type TransferRequest } from './transfers.js';

const PAUSES_SECONDS = [2, 5, 15, 30, 60];

type PageOutcome =
  | { readonly state: 'taken'; readonly httpStatus: number }
  | { readonly state: 'failed' | 'withheld'; readonly code: string; readonly httpStatus?: number }
  | { readonly state: 'pending' };

/**
 * Pages of encrypted records to the asking HIU, one after another, each only with the gate's leave of that moment.
 * Records are opened one page at a time, so a transfer of any size takes the same memory. A page once taken is never sent
 * again, also after a crash. At the end, or at the deadline, ABDM is told context by context. Source: M2 flows, section 9.
 */
@Injectable()
export class HealthInformationPush {
  constructor(
    private readonly db: DataSource,
    private readonly client: GatewayClient,
    private readonly events: HospitalEvents,
    private readonly facilities: Facilities,
    private readonly jobs: JobQueue,
    private readonly outbox: Outbox,
    private readonly records: HealthRecords,
    private readonly timeline: Timeline,
    private readonly transfers: Transfers,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  @DoesJob('transfer.push')
  async push(transferId: string): Promise<void> {
    const transfer = await this.transfers.look(this.db, transferId);
    if (transfer?.state !== 'accepted' || transfer.sealed_request === null) return;
    const request = this.transfers.openRequest(transfer.id, transfer.sealed_request);
    for (const page of await this.transfers.pages(this.db, transfer.id)) {
      if (page.state !== 'pending') continue;
      const outcome = await this.pushPage(transfer, request, page);
      if (outcome.state === 'pending') return this.later(transfer);
      await this.keep(transfer, page, outcome);
    }
    await this.close(transfer.id);
  }

  @GivesUpJob('transfer.push')
  async giveUp(transferId: string): Promise<void> {
    await this.close(transferId);
  }

  private async pushPage(transfer: Transfer, request: TransferRequest, page: TransferPage): Promise<PageOutcome> {
    const { refusal, consent } = await this.transfers.refusalBeforePage(this.db, transfer, request);
    if (refusal !== undefined || consent === undefined)
      return { state: 'withheld', code: refusal ?? 'consent-unknown' };
    if (this.clock.now() >= transfer.deadline_at) return { state: 'failed', code: 'too-late' };
    const records = await this.records.current(page.care_context_id, page.composition_ids);
    const covered = records.filter(({ hiType }) => isCovered(consent, request, page, hiType));
    if (covered.length === 0) return { state: 'withheld', code: 'no-longer-there' };
    try {
      const body = healthInformationPage({
        transactionId: transfer.transaction_id,
        pageNumber: page.number,
        pageCount: transfer.page_count,
        careContextReference: page.reference,
        documents: covered.map(({ json }) => json),
        peerPublicKey: request.peerPublicKey,
        peerNonce: request.peerNonce,
        keyExpiry: new Date(transfer.deadline_at.getTime() + 60_000),
      });
      const agents = await pinnedAgents(request.dataPushUrl, this.config.PUSH_ALLOWED_ORIGINS);
      return { state: 'taken', httpStatus: await this.client.push(request.dataPushUrl, body, agents) };
    } catch (error) {
      if (error instanceof UnusablePushUrl) return { state: 'failed', code: 'unusable-push-url' };
      if (!(error instanceof GatewayError)) throw error;
      this.log.warn({ transfer: transfer.id, page: page.number, status: error.status }, 'a page was not taken');
      if (error.retryable) return { state: 'pending' };
      return {
        state: 'failed',
        code: error.code || 'refused-by-hiu',
        ...(error.status && { httpStatus: error.status }),
      };
    }
  }

  private async keep(
    transfer: Transfer,
    page: TransferPage,
    outcome: Exclude<PageOutcome, { state: 'pending' }>,
  ): Promise<void> {
    counters.pages.inc({ outcome: outcome.state });
    const now = this.clock.now();
    const code = outcome.state === 'taken' ? null : outcome.code;
    await this.db.transaction(async (tx) => {
      await tx.query(
        `UPDATE transfer_page SET state = $3, code = $4, http_status = $5, ended_at = $6
         WHERE transfer_id = $1 AND number = $2`,
        [transfer.id, page.number, outcome.state, code, outcome.httpStatus ?? null, now],
      );
      if (outcome.state === 'taken') await this.timeline.note(tx, page.visit_id, 'pulled');
      const consent = await this.transfers.consent(tx, transfer.consent_id);
      await appendAudit(tx, {
        at: now,
        actor: `hiu:${consent?.hiuId ?? 'unknown'}`,
        action: outcome.state === 'taken' ? 'record.shared' : 'record.withheld',
        facilityId: transfer.facility_id,
        patientId: page.patient_id,
        subjectId: page.care_context_id,
        consentId: transfer.consent_id,
        outcome: code ?? 'taken',
      });
    });
  }

  /** The HIU is slow or away: the pages that are left are tried again until the deadline. */
  private async later(transfer: Transfer): Promise<void> {
    const now = this.clock.now();
    if (now >= transfer.deadline_at) return this.close(transfer.id);
    const ageSeconds = (now.getTime() - transfer.accepted_at.getTime()) / 1000;
    const pause = PAUSES_SECONDS.find((seconds) => seconds >= ageSeconds / 4) ?? 60;
    const runAt = new Date(Math.min(now.getTime() + pause * 1000, transfer.deadline_at.getTime()));
    await this.db.transaction((tx) =>
      this.jobs.add(tx, 'transfer.push', transfer.id, { runAt, key: `push:${transfer.id}` }),
    );
  }

  private async close(transferId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const transfer = await this.transfers.lock(tx, transferId);
      if (transfer?.state !== 'accepted') return;
      const pages = await this.transfers.pages(tx, transferId);
      const asked =
        transfer.sealed_request && this.transfers.openRequest(transfer.id, transfer.sealed_request).careContexts;
      const facility = await this.facilities.byId(transfer.facility_id);
      const references = new Set([...pages.map((page) => page.reference), ...(asked ?? [])]);
      const contexts = [...references].map((reference) => {
        const own = pages.filter((page) => page.reference === reference);
        return { reference, delivered: own.length > 0 && own.every((page) => page.state === 'taken') };
      });
      const allTaken = pages.length > 0 && pages.every((page) => page.state === 'taken');
      await tx.query(`UPDATE transfer SET state = $2, sealed_request = NULL, ended_at = $3 WHERE id = $1`, [
        transfer.id,
        allTaken ? 'done' : 'failed',
        this.clock.now(),
      ]);
      await this.tellHospital(tx, transfer, pages);
      const notice = transferNotice({
        consentId: transfer.consent_id,
        transactionId: transfer.transaction_id,
        hipId: facility?.serviceId ?? '',
        doneAt: this.clock.now(),
        contexts,
      });
      await this.outbox.send(tx, 'health-information.notify', notice, {
        facilityId: transfer.facility_id,
        about: transfer.id,
      });
    });
  }

  private async tellHospital(tx: EntityManager, transfer: Transfer, pages: readonly TransferPage[]): Promise<void> {
    const visitIds = [...new Set(pages.filter(({ state }) => state === 'taken').map(({ visit_id }) => visit_id))];
    if (visitIds.length === 0) return;
    const { consent_id: consentId, transaction_id: transactionId } = transfer;
    await this.events.tell(tx, transfer.facility_id, 'records.shared', { consentId, transactionId, visitIds });
  }
}

/** The page was laid out under the gate; the consent is asked again, record by record. */
function isCovered(consent: GateConsent, request: TransferRequest, page: TransferPage, hiType: string): boolean {
  const range = { from: new Date(request.from), to: new Date(request.to) };
  return covers(consent, range, { careContext: page.reference, hiType, visitAt: page.visit_at });
}

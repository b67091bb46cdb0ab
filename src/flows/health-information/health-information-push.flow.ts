import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { GatewayClient } from '../../abdm/client/gateway.client.js';
import { GatewayError } from '../../abdm/client/gateway-error.js';
import type { HealthInformationPage } from '../../abdm/messages/health-information.js';
import { Outbox } from '../../exchange/outbox.js';
import { DoesJob, GivesUpJob, JobTakenAway, type JobRun } from '../../jobs/job-handlers.js';
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
import { UnusablePushUrl } from './push-address.js';
import { PushConnection } from './push-connection.js';
import { transferNotice } from './transfer-notice.js';
import { Transfers, type Transfer, type TransferPage, type TransferRequest } from './transfers.js';

const PAUSES_SECONDS = [2, 5, 15, 30, 60];

/** A run of the job lasts about so long; then it is the turn of the other transfers in its lane. */
const TURN_MS = 2_000;

type PageOutcome =
  | { readonly state: 'taken'; readonly httpStatus: number }
  | { readonly state: 'failed' | 'withheld'; readonly code: string; readonly httpStatus?: number }
  | { readonly state: 'pending' }
  | { readonly state: 'taken-away' };
/** What a run of the job works with; the consent is the one of its beginning, good for choosing records and not for sending. */
interface Turn {
  readonly transfer: Transfer;
  readonly request: TransferRequest;
  readonly consent: GateConsent;
}

type PageEnd = Exclude<PageOutcome, { readonly state: 'pending' | 'taken-away' }>;

/**
 * Pages of encrypted records to the asking HIU, one after another, each only with the gate's leave of that moment.
 * Records are opened one page at a time, so a transfer of any size takes the same memory. A page once taken is never sent
 * again, also after a crash. At the end, or at the deadline, ABDM is told context by context.
 *
 * A job pushes for two seconds or one page, then queues up again: transfers to one HIU take turns in its few lanes
 * (`lanes.ts`). Source: M2 flows, section 9.
 */
@Injectable()
export class HealthInformationPush {
  constructor(
    private readonly db: DataSource,
    private readonly client: GatewayClient,
    private readonly events: HospitalEvents,
    private readonly facilities: Facilities,
    private readonly outbox: Outbox,
    private readonly records: HealthRecords,
    private readonly timeline: Timeline,
    private readonly transfers: Transfers,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** Our acknowledgement is out: the transfer joins its lane. */
  @DoesJob('transfer.start')
  async start(transferId: string): Promise<void> {
    const open = await this.open(transferId);
    if (open === undefined) return;
    await this.db.transaction((tx) => this.transfers.pushNext(tx, transferId, open.request, { key: 'push' }));
  }

  @DoesJob('transfer.push')
  async push(transferId: string, run: JobRun): Promise<void> {
    const open = await this.open(transferId);
    if (open === undefined) return;
    const { transfer, request } = open;
    const turnEndsAt = performance.now() + TURN_MS;
    const pages = await this.transfers.pending(this.db, transfer.id);
    if (pages.length === 0) return this.close(transfer.id);
    let gate = await this.gate(transfer, request);
    for (const page of pages) {
      if (performance.now() > turnEndsAt) break;
      const outcome = gate.stop ?? (await this.pushPage({ transfer, request, consent: gate.consent }, page, run));
      if (outcome.state === 'pending') return this.later(transfer, request, run);
      // Frozen for a while, we were thought dead, and somebody else goes on with the transfer.
      if (outcome.state === 'taken-away' || !(await this.keep(transfer, page, outcome))) throw new JobTakenAway();
      // What stopped this page may stop those after it: then none of them is opened any more.
      if (outcome.state !== 'taken') gate = await this.gate(transfer, request);
    }
    if ((await this.transfers.pending(this.db, transfer.id)).length > 0) return this.again(transfer, request, run);
    await this.close(transfer.id);
  }

  @GivesUpJob('transfer.push')
  async giveUp(transferId: string): Promise<void> {
    await this.close(transferId);
  }

  private async open(id: string): Promise<{ transfer: Transfer; request: TransferRequest } | undefined> {
    const transfer = await this.transfers.look(this.db, id);
    if (transfer?.state !== 'accepted' || transfer.sealed_request === null) return undefined;
    return { transfer, request: this.transfers.openRequest(id, transfer.sealed_request) };
  }

  /** What may take long comes first: records, encryption, name server, connection, access token. Then leave, then the page. */
  private async pushPage({ transfer, request, consent }: Turn, page: TransferPage, run: JobRun): Promise<PageOutcome> {
    const records = await this.records.current(page.care_context_id, page.composition_ids);
    const covered = records.filter(({ hiType }) => isCovered(consent, request, page, hiType));
    if (covered.length === 0) return { state: 'withheld', code: 'no-longer-there' };
    const body = pageOf(transfer, request, page, covered);
    let refused: PageOutcome | undefined;
    const leave = async (): Promise<void> => {
      const [isOurs, isPending, { stop }] = await Promise.all([
        run.isStillOurs(),
        this.transfers.isPending(this.db, transfer.id, page.number),
        this.gate(transfer, request),
      ]);
      refused = isOurs && isPending ? stop : { state: 'taken-away' };
      if (refused !== undefined) throw new Error('The page has no leave to go');
    };
    try {
      const httpStatus = await this.send(request.dataPushUrl, body, leave);
      return { state: 'taken', httpStatus };
    } catch (error) {
      return refused ?? this.notTaken(transfer, page, error);
    }
  }

  private async send(url: string, body: HealthInformationPage, leave: () => Promise<void>): Promise<number> {
    const { PUSH_ALLOWED_ORIGINS, ABDM_TIMEOUT_MS } = this.config;
    const connection = await PushConnection.to(url, PUSH_ALLOWED_ORIGINS, ABDM_TIMEOUT_MS);
    try {
      return await this.client.push(url, body, connection.agents(leave));
    } finally {
      connection.close();
    }
  }

  /** The consent gate as it stands now, and the clock. An artefact never changes but to its end. */
  private async gate(
    transfer: Transfer,
    request: TransferRequest,
  ): Promise<{ stop: undefined; consent: GateConsent } | { stop: PageEnd; consent?: undefined }> {
    const { refusal, consent } = await this.transfers.refusalBeforePage(this.db, transfer, request);
    if (refusal !== undefined || consent === undefined) {
      return { stop: { state: 'withheld', code: refusal ?? 'consent-unknown' } };
    }
    if (this.clock.now() >= transfer.deadline_at) return { stop: { state: 'failed', code: 'too-late' } };
    return { stop: undefined, consent };
  }

  private notTaken(transfer: Transfer, page: TransferPage, error: unknown): PageOutcome {
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

  /** False when the page has its end already, or the transfer has. */
  private async keep(transfer: Transfer, page: TransferPage, outcome: PageEnd): Promise<boolean> {
    const code = outcome.state === 'taken' ? null : outcome.code;
    const isKept = await this.db.transaction(async (tx) => {
      if (!(await this.transfers.endPage(tx, transfer.id, page.number, { ...outcome, code }))) return false;
      if (outcome.state === 'taken') await this.timeline.note(tx, page.visit_id, 'pulled');
      await appendAudit(tx, {
        at: this.clock.now(),
        actor: `hiu:${transfer.hiu_id ?? 'unknown'}`,
        action: outcome.state === 'taken' ? 'record.shared' : 'record.withheld',
        facilityId: transfer.facility_id,
        patientId: page.patient_id,
        subjectId: page.care_context_id,
        consentId: transfer.consent_id,
        outcome: code ?? 'taken',
      });
      return true;
    });
    if (isKept) counters.pages.inc({ outcome: outcome.state });
    return isKept;
  }

  private async again(transfer: Transfer, request: TransferRequest, run: JobRun, runAt?: Date): Promise<void> {
    // A job that is not ours any more must not replace the one that is under way.
    if (!(await run.isStillOurs())) throw new JobTakenAway();
    const isUrgent = this.clock.now() >= transfer.deadline_at;
    await this.db.transaction((tx) =>
      this.transfers.pushNext(tx, transfer.id, request, { key: 'push', isUrgent, ...(runAt && { runAt }) }),
    );
  }

  /** The HIU is slow or away: the pages that are left are tried again until the deadline. */
  private async later(transfer: Transfer, request: TransferRequest, run: JobRun): Promise<void> {
    const now = this.clock.now();
    const ageSeconds = (now.getTime() - transfer.accepted_at.getTime()) / 1000;
    const pause = PAUSES_SECONDS.find((seconds) => seconds >= ageSeconds / 4) ?? 60;
    const runAt = new Date(Math.min(now.getTime() + pause * 1000, transfer.deadline_at.getTime()));
    await this.again(transfer, request, run, runAt);
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

function pageOf(
  transfer: Transfer,
  request: TransferRequest,
  page: TransferPage,
  records: readonly { readonly json: string }[],
): HealthInformationPage {
  return healthInformationPage({
    transactionId: transfer.transaction_id,
    pageNumber: page.number,
    pageCount: transfer.page_count,
    careContextReference: page.reference,
    documents: records.map(({ json }) => json),
    peerPublicKey: request.peerPublicKey,
    peerNonce: request.peerNonce,
    keyExpiry: new Date(transfer.deadline_at.getTime() + 60_000),
  });
}

/** The page was laid out under the gate; the consent is asked again, record by record. */
function isCovered(consent: GateConsent, request: TransferRequest, page: TransferPage, hiType: string): boolean {
  const range = { from: new Date(request.from), to: new Date(request.to) };
  return covers(consent, range, { careContext: page.reference, hiType, visitAt: page.visit_at });
}

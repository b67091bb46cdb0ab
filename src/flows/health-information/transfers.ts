import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { HealthInformationRequest } from '../../abdm/messages/health-information.js';
import type { RefusalName } from '../../abdm/refusals.js';
import { JobQueue, type JobOptions } from '../../jobs/job-queue.js';
import { Consents } from '../../persistence/consents.js';
import { Sealer } from '../../persistence/sealing.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { frequencyWindow, refusalOf, type GateConsent, type GateRequest } from './consent-gate.js';
import { gateConsent } from './gate-consent.js';
import { laneOf, type Receiver } from './lanes.js';

/** What a transfer needs until it ends; erased then. */
export interface TransferRequest extends Receiver {
  readonly peerPublicKey: string;
  readonly peerNonce: string;
  readonly from: string;
  readonly to: string;
  /** All of the artefact: the closing notice lists them, also when a revocation has erased the artefact meanwhile. */
  readonly careContexts: readonly string[];
}

export interface Transfer {
  readonly id: string;
  readonly transaction_id: string;
  readonly consent_id: string;
  readonly facility_id: string;
  readonly state: 'accepted' | 'refused' | 'done' | 'failed';
  readonly sealed_request: Buffer | null;
  readonly page_count: number;
  readonly accepted_at: Date;
  readonly deadline_at: Date;
  /** The HIU the consent names; known also when a revocation has erased the artefact. */
  readonly hiu_id: string | null;
}

export interface TransferPage {
  readonly number: number;
  readonly care_context_id: string;
  readonly composition_ids: readonly string[];
  readonly reference: string;
  readonly patient_id: string;
  readonly visit_id: string;
  readonly visit_at: Date;
  readonly state: 'pending' | 'taken' | 'failed' | 'withheld';
}

const PAGES_AHEAD = 500;

const SELECT_TRANSFER = `
  SELECT t.*, (SELECT hiu_id FROM consent_artefact c WHERE c.id = t.consent_id) AS hiu_id FROM transfer t WHERE t.id = $1`;

const SELECT_PAGES = `
  SELECT p.number, p.care_context_id, p.composition_ids, p.state, c.reference, c.patient_id, c.visit_id, c.visit_at
  FROM transfer_page p JOIN care_context c ON c.id = p.care_context_id`;

const label = (transferId: string): string => `transfer.sealed_request:${transferId}`;

/** Rows of transfers and pages, and the gate with what it has to know of the database. */
@Injectable()
export class Transfers {
  constructor(
    private readonly consents: Consents,
    private readonly sealer: Sealer,
    private readonly jobs: JobQueue,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  sealRequest(transferId: string, request: TransferRequest): Buffer {
    return this.sealer.sealJson(label(transferId), request);
  }

  openRequest(transferId: string, sealed: Buffer): TransferRequest {
    return this.sealer.openJson(label(transferId), sealed) as TransferRequest;
  }

  async consent(db: Pick<EntityManager, 'query'>, consentId: string): Promise<GateConsent | undefined> {
    const stored = await this.consents.find(db, consentId);
    return stored === undefined ? undefined : gateConsent(stored);
  }

  /** The gate when a request comes in. */
  async refusalAtStart(
    tx: EntityManager,
    consentId: string,
    consent: GateConsent | undefined,
    request: Omit<GateRequest, 'acceptedBefore'>,
  ): Promise<RefusalName | undefined> {
    const now = this.clock.now();
    let acceptedBefore = 0;
    let underWay = 0;
    if (consent !== undefined) {
      // Two requests at once must not both be the last one allowed.
      await tx.query('SELECT 1 FROM consent_artefact WHERE id = $1 FOR UPDATE', [consentId]);
      const [row]: { used: number; under_way: number }[] = await tx.query(
        // What brought nothing has used up nothing: an HIU that was down for a moment may ask again.
        `SELECT count(*) FILTER (WHERE accepted_at > $2 AND (state <> 'failed' OR EXISTS (
             SELECT 1 FROM transfer_page p WHERE p.transfer_id = transfer.id AND p.state = 'taken')))::int AS used,
           count(*) FILTER (WHERE state = 'accepted')::int AS under_way
         FROM transfer WHERE consent_id = $1 AND state <> 'refused'`,
        [consentId, new Date(now.getTime() - frequencyWindow(consent.frequency))],
      );
      acceptedBefore = row?.used ?? 0;
      underWay = row?.under_way ?? 0;
    }
    const refusal = refusalOf(consent, { ...request, acceptedBefore }, now);
    // Also under a consent without a limit: each holds what it needs for up to 20 minutes, and its lane.
    return refusal ?? (underWay >= this.config.TRANSFERS_PER_CONSENT ? 'too-often' : undefined);
  }

  /** The gate before a page: the consent is read anew, so that a revocation between two pages stops the second. */
  async refusalBeforePage(
    db: Pick<EntityManager, 'query'>,
    transfer: Transfer,
    request: TransferRequest,
  ): Promise<{ readonly refusal: RefusalName | undefined; readonly consent: GateConsent | undefined }> {
    const consent = await this.consent(db, transfer.consent_id);
    const refusal = refusalOf(
      consent,
      {
        facilityId: transfer.facility_id,
        hiuId: request.hiuId,
        from: new Date(request.from),
        to: new Date(request.to),
        acceptedBefore: 0, // this transfer was counted when it was accepted
      },
      this.clock.now(),
    );
    return { refusal, consent };
  }

  /** The next run for this transfer, in its lane. One that waits already under this key gives way. */
  async pushNext(
    tx: EntityManager,
    id: string,
    request: TransferRequest,
    options: Pick<JobOptions, 'runAt' | 'isUrgent'> & { readonly key: 'push' | 'deadline' },
  ): Promise<void> {
    const order = laneOf(id, request, this.config.PUSHES_PER_HIU);
    await this.jobs.add(tx, 'transfer.push', id, { ...options, order, key: `${options.key}:${id}` });
  }

  async lock(tx: EntityManager, id: string): Promise<Transfer | undefined> {
    const [row]: Transfer[] = await tx.query(`${SELECT_TRANSFER} FOR UPDATE OF t`, [id]);
    return row;
  }

  async look(db: Pick<EntityManager, 'query'>, id: string): Promise<Transfer | undefined> {
    const [row]: Transfer[] = await db.query(SELECT_TRANSFER, [id]);
    return row;
  }

  async pages(db: Pick<EntityManager, 'query'>, transferId: string): Promise<TransferPage[]> {
    return db.query(`${SELECT_PAGES} WHERE p.transfer_id = $1 ORDER BY p.number`, [transferId]);
  }

  /** The next pages to send; more of them than one turn is enough for. */
  async pending(db: Pick<EntityManager, 'query'>, transferId: string): Promise<TransferPage[]> {
    return db.query(
      `${SELECT_PAGES} WHERE p.transfer_id = $1 AND p.state = 'pending' ORDER BY p.number LIMIT ${PAGES_AHEAD}`,
      [transferId],
    );
  }

  /** Is it, at this moment, still to be sent? Somebody else may have sent it, or ended the transfer. */
  async isPending(db: Pick<EntityManager, 'query'>, transferId: string, number: number): Promise<boolean> {
    const rows: unknown[] = await db.query(
      `SELECT 1 FROM transfer t JOIN transfer_page p ON p.transfer_id = t.id
       WHERE t.id = $1 AND t.state = 'accepted' AND p.number = $2 AND p.state = 'pending'`,
      [transferId, number],
    );
    return rows.length === 1;
  }

  /** How a page ended, once: false when that is known already, or the transfer was closed. */
  async endPage(
    tx: EntityManager,
    transferId: string,
    number: number,
    end: {
      readonly state: 'taken' | 'failed' | 'withheld';
      readonly code: string | null;
      readonly httpStatus?: number;
    },
  ): Promise<boolean> {
    // The transfer's row is locked so that it is not closed meanwhile: the closing notice counts the pages.
    const [ended] = await tx.query<[unknown[], number]>(
      `WITH open AS (SELECT id FROM transfer WHERE id = $1 AND state = 'accepted' FOR SHARE)
       UPDATE transfer_page AS p SET state = $3, code = $4, http_status = $5, ended_at = $6 FROM open
       WHERE p.transfer_id = $1 AND p.number = $2 AND p.state = 'pending' RETURNING p.number`,
      [transferId, number, end.state, end.code, end.httpStatus ?? null, this.clock.now()],
    );
    return ended.length === 1;
  }
}

export const requestedRange = ({ hiRequest }: HealthInformationRequest): { from: Date; to: Date } => ({
  from: new Date(hiRequest.dateRange.from),
  to: new Date(hiRequest.dateRange.to),
});

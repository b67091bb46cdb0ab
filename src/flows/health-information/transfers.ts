import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { HealthInformationRequest } from '../../abdm/messages/health-information.js';
import type { RefusalName } from '../../abdm/refusals.js';
import { Consents } from '../../persistence/consents.js';
import { Sealer } from '../../persistence/sealing.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { frequencyWindow, refusalOf, type GateConsent, type GateRequest } from './consent-gate.js';
import { gateConsent } from './gate-consent.js';

/** What a transfer needs until it ends; erased then. */
export interface TransferRequest {
  readonly dataPushUrl: string;
  readonly peerPublicKey: string;
  readonly peerNonce: string;
  readonly from: string;
  readonly to: string;
  readonly hiuId?: string | undefined;
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

const label = (transferId: string): string => `transfer.sealed_request:${transferId}`;

/** Rows of transfers and pages, and the gate with what it has to know of the database. */
@Injectable()
export class Transfers {
  constructor(
    private readonly consents: Consents,
    private readonly sealer: Sealer,
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
    if (consent !== undefined && consent.frequency.repeats > 0) {
      // Two requests at once must not both be the last one allowed.
      await tx.query('SELECT 1 FROM consent_artefact WHERE id = $1 FOR UPDATE', [consentId]);
      const [row]: { used: string }[] = await tx.query(
        `SELECT count(*) AS used FROM transfer WHERE consent_id = $1 AND state <> 'refused' AND accepted_at > $2`,
        [consentId, new Date(now.getTime() - frequencyWindow(consent.frequency))],
      );
      acceptedBefore = Number(row?.used ?? 0);
    }
    return refusalOf(consent, { ...request, acceptedBefore }, now);
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

  async lock(tx: EntityManager, id: string): Promise<Transfer | undefined> {
    const [row]: Transfer[] = await tx.query('SELECT * FROM transfer WHERE id = $1 FOR UPDATE', [id]);
    return row;
  }

  async look(db: Pick<EntityManager, 'query'>, id: string): Promise<Transfer | undefined> {
    const [row]: Transfer[] = await db.query('SELECT * FROM transfer WHERE id = $1', [id]);
    return row;
  }

  async pages(db: Pick<EntityManager, 'query'>, transferId: string): Promise<TransferPage[]> {
    return db.query(
      `SELECT p.number, p.care_context_id, p.composition_ids, p.state, c.reference, c.patient_id, c.visit_id, c.visit_at
       FROM transfer_page p JOIN care_context c ON c.id = p.care_context_id
       WHERE p.transfer_id = $1 ORDER BY p.number`,
      [transferId],
    );
  }
}

export const requestedRange = ({ hiRequest }: HealthInformationRequest): { from: Date; to: Date } => ({
  from: new Date(hiRequest.dateRange.from),
  to: new Date(hiRequest.dateRange.to),
});

import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { HealthInformationRequest } from '../../abdm/messages/health-information.js';
import { REFUSALS, type RefusalName } from '../../abdm/refusals.js';
import { decodePeerNonce, decodePeerPublicKey, peerPoint, UnusablePeerKey } from '../../crypto/peer-public-key.js';
import { OnRequest, type CallbackContext } from '../../exchange/flow-steps.js';
import { Outbox } from '../../exchange/outbox.js';
import { appendAudit } from '../../persistence/audit.js';
import { CLOCK, type Clock } from '../../support/clock.js';
import { CONFIG, type Config } from '../../support/config.js';
import { newId } from '../../support/ids.js';
import { covers, type GateConsent } from './consent-gate.js';
import { checkPushUrl, UnusablePushUrl } from './push-address.js';
import { transferNotice } from './transfer-notice.js';
import { requestedRange, Transfers, type TransferRequest } from './transfers.js';

/** ABDM gives a transfer 20 minutes from the request; a minute of it is for telling how it ended. */
const DEADLINE_MS = 19 * 60_000;

interface Candidate {
  readonly hi_type: string;
  readonly composition_id: string;
  readonly care_context_id: string;
  readonly reference: string;
  readonly visit_at: Date;
}

/**
 * A health-information request as HIP: the gate is asked, the pages are laid out, and ABDM is answered; then the pages go
 * out (`health-information-push.flow.ts`).
 *
 *   request ─▶ refused: error arm, and a notice that nothing was sent
 *           └▶ accepted: on-request ACKNOWLEDGED ─▶ once that is out: jobs transfer.start, transfer.push
 *
 * Source: M2 flows, section 9.
 */
@Injectable()
export class HealthInformationRequests {
  constructor(
    private readonly outbox: Outbox,
    private readonly transfers: Transfers,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @OnRequest('health-information.request')
  async requested(tx: EntityManager, message: HealthInformationRequest, context: CallbackContext): Promise<void> {
    const { transactionId, hiRequest } = message;
    const { facilityId, hiuId } = context;
    const consentId = hiRequest.consent.id;
    const range = requestedRange(message);
    const consent = await this.transfers.consent(tx, consentId);
    const refusal =
      (await this.transfers.refusalAtStart(tx, consentId, consent, { facilityId, hiuId, ...range })) ??
      this.unusable(message);
    const id = newId();
    const deadlineAt = new Date(context.receivedAt.getTime() + DEADLINE_MS);
    const request: TransferRequest = {
      dataPushUrl: hiRequest.dataPushUrl,
      peerPublicKey: hiRequest.keyMaterial.dhPublicKey.keyValue,
      peerNonce: hiRequest.keyMaterial.nonce,
      from: hiRequest.dateRange.from,
      to: hiRequest.dateRange.to,
      hiuId,
      receiver: consent?.hiuId,
      careContexts: [...(consent?.careContexts ?? [])],
    };
    const isNew: unknown[] = await tx.query(
      `INSERT INTO transfer (id, transaction_id, consent_id, facility_id, state, refusal, sealed_request, accepted_at,
         deadline_at, ended_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       ON CONFLICT (facility_id, transaction_id) DO NOTHING RETURNING id`,
      [
        id,
        transactionId,
        consentId,
        facilityId,
        refusal === undefined ? 'accepted' : 'refused',
        refusal ?? null,
        refusal === undefined ? this.transfers.sealRequest(id, request) : null,
        this.clock.now(),
        deadlineAt,
        refusal === undefined ? null : this.clock.now(),
      ],
    );
    if (isNew.length === 0) return; // the same transaction under another REQUEST-ID: it is being answered
    if (refusal !== undefined || consent === undefined) {
      return this.refuse(tx, message, context, id, consent, refusal ?? 'consent-unknown');
    }
    await this.layOutPages(tx, id, facilityId, consent, range);
    // Whatever comes between (an acknowledgement ABDM does not take, faults of our own), at the deadline it is closed.
    await this.transfers.pushNext(tx, id, request, { key: 'deadline', runAt: deadlineAt, isUrgent: true });
    await this.outbox.answer(
      tx,
      'health-information.request',
      context,
      { hiRequest: { transactionId, sessionStatus: 'ACKNOWLEDGED' } },
      { about: id, then: { name: 'transfer.start', id } },
    );
  }

  private unusable({ hiRequest }: HealthInformationRequest): RefusalName | undefined {
    try {
      checkPushUrl(hiRequest.dataPushUrl, this.config.PUSH_ALLOWED_ORIGINS);
      peerPoint(decodePeerPublicKey(hiRequest.keyMaterial.dhPublicKey.keyValue));
      decodePeerNonce(hiRequest.keyMaterial.nonce);
      return undefined;
    } catch (error) {
      if (error instanceof UnusablePushUrl) return 'unusable-push-url';
      if (error instanceof UnusablePeerKey || error instanceof RangeError) return 'unusable-key';
      throw error;
    }
  }

  private async refuse(
    tx: EntityManager,
    { transactionId, hiRequest }: HealthInformationRequest,
    context: CallbackContext,
    transferId: string,
    consent: GateConsent | undefined,
    refusal: RefusalName,
  ): Promise<void> {
    const about = transferId;
    await this.outbox.answer(tx, 'health-information.request', context, { error: REFUSALS[refusal] }, { about });
    const hipId = await this.serviceId(tx, context.facilityId);
    const references = consent?.facilityId === context.facilityId ? [...consent.careContexts] : [];
    const notice = transferNotice({
      consentId: hiRequest.consent.id,
      transactionId,
      hipId,
      doneAt: this.clock.now(),
      contexts: references.map((reference) => ({ reference, delivered: false })),
    });
    await this.outbox.send(tx, 'health-information.notify', notice, { facilityId: context.facilityId, about });
    await appendAudit(tx, {
      at: this.clock.now(),
      actor: `hiu:${consent?.hiuId ?? 'unknown'}`,
      action: 'record.withheld',
      facilityId: context.facilityId,
      subjectId: transferId,
      consentId: hiRequest.consent.id,
      outcome: refusal,
    });
  }

  /** One page a record by default; all records of one page share key and nonce, so more is a setting with a warning. */
  private async layOutPages(
    tx: EntityManager,
    transferId: string,
    facilityId: string,
    consent: GateConsent,
    range: { from: Date; to: Date },
  ): Promise<void> {
    const candidates: Candidate[] = await tx.query(
      `SELECT r.hi_type, r.composition_id, c.id AS care_context_id, c.reference, c.visit_at
       FROM care_context c JOIN health_record r ON r.care_context_id = c.id AND r.superseded_at IS NULL
       JOIN patient p ON p.id = c.patient_id
       WHERE c.facility_id = $1 AND c.reference = ANY($2)
         AND (c.linked_abha_hash = $3 OR (c.linked_abha_hash IS NULL AND coalesce(p.merged_into, p.id) IN (
           SELECT coalesce(merged_into, id) FROM patient WHERE facility_id = $1 AND abha_address_hash = $3)))
       ORDER BY c.visit_at, c.reference, r.hi_type, r.composition_id`,
      [facilityId, [...consent.careContexts], consent.patientHash ?? null],
    );
    const covered = candidates.filter(({ reference, hi_type, visit_at }) =>
      covers(consent, range, { careContext: reference, hiType: hi_type, visitAt: visit_at }),
    );
    const pages: { contextId: string; compositionIds: string[] }[] = [];
    for (const { care_context_id: contextId, composition_id } of covered) {
      const last = pages.at(-1);
      if (last?.contextId === contextId && last.compositionIds.length < this.config.ENTRIES_PER_PAGE)
        last.compositionIds.push(composition_id);
      else pages.push({ contextId, compositionIds: [composition_id] });
    }
    await tx.query('UPDATE transfer SET page_count = $2 WHERE id = $1', [transferId, pages.length]);
    if (pages.length === 0) return;
    await tx.query(
      `INSERT INTO transfer_page (transfer_id, number, care_context_id, composition_ids, state)
       SELECT $1, page.number, page."contextId", page."compositionIds", 'pending'
       FROM json_to_recordset($2::json) AS page (number integer, "contextId" uuid, "compositionIds" uuid[])`,
      [transferId, JSON.stringify(pages.map((page, index) => ({ number: index + 1, ...page })))],
    );
  }

  private async serviceId(tx: EntityManager, facilityId: string): Promise<string> {
    const [row]: { service_id: string }[] = await tx.query('SELECT service_id FROM facility WHERE id = $1', [
      facilityId,
    ]);
    return row?.service_id ?? '';
  }
}

import { Injectable } from '@nestjs/common';
import { envelopeRefusal } from '../contract/refusal.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Violations } from '../gateway/violations.js';
import { toldBy } from '../hiu/told-by.js';
import { Links } from '../linking/links.js';
import { Settings } from '../settings.js';
import { type Transfer, type TransferNotice, Transfers } from './transfers.js';

/** health-information/notify: the HIP closes a transfer, and its account of it is compared with what arrived. */
@Injectable()
export class TransferNotices {
  constructor(
    private readonly transfers: Transfers,
    private readonly links: Links,
    private readonly settings: Settings,
    private readonly violations: Violations,
  ) {}

  close(call: AbdmCall<{ readonly notification: TransferNotice }>): void {
    const notice = call.body.notification;
    const transfer = this.transfers.find(notice.transactionId);
    if (!transfer || transfer.named.consentId !== notice.consentId) {
      this.violations.record('transfer-notice-wrong', 'Unknown transactionId, or another consent', this.about(call));
      throw envelopeRefusal(404, 'ABDM-1001', 'No data found');
    }
    const isFirst = transfer.notice === undefined;
    transfer.notice = notice;
    if (!isFirst) return;
    transfer.closedAt = Date.now();
    const { sessionStatus } = notice.statusNotification;
    if (transfer.state !== 'refused') transfer.state = sessionStatus === 'FAILED' ? 'failed' : 'transferred';
    this.judge(call, transfer);
  }

  private judge(call: AbdmCall<{ readonly notification: TransferNotice }>, transfer: Transfer): void {
    const about = this.about(call);
    const { notifier, statusNotification } = call.body.notification;
    const { sessionStatus, statusResponses, hipId } = statusNotification;
    const wrong = (detail: string) => this.violations.record('transfer-notice-wrong', detail, about);
    const asked = transfer.consent.grant;

    const named = transfer.named.hipId;
    if (hipId !== named || notifier.id !== named) wrong('Another HIP id');
    if (notifier.type !== 'HIP' || sessionStatus === 'RECEIVED') wrong('This is what a HIU says, not a HIP');
    const took = Date.now() - transfer.requestedAt;
    if (took > this.settings.current.transferMs) this.violations.record('transfer-late', `${took} ms`, about);
    if (sessionStatus !== 'TRANSFERRED') return;

    // A part may be missing when the notice says so, context by context.
    const isAdmitted = statusResponses.some(({ hiStatus }) => hiStatus === 'ERRORED');
    if (!isAdmitted && transfer.pages.size < (transfer.pageCount ?? 1)) {
      const detail = `${transfer.pages.size} of ${transfer.pageCount ?? 'no'} pages`;
      this.violations.record('transfer-incomplete', detail, about);
    }
    const pushed = new Set([...transfer.pages.values()].flat().map((entry) => entry.careContextReference));
    const told = new Map(statusResponses.map((one) => [one.careContextReference, one.hiStatus]));
    for (const { careContextReference } of asked.careContexts) {
      const hiStatus = told.get(careContextReference);
      if (hiStatus === undefined) wrong('A care context of the artefact is not listed');
      else if (hiStatus === 'OK') wrong('hiStatus OK is the HIU’s word; a HIP says DELIVERED');
      else if (hiStatus === 'DELIVERED') {
        const isRefused = wasRefused(transfer, careContextReference);
        if (!pushed.has(careContextReference) || isRefused) wrong('DELIVERED, and not all of it arrived');
      } else if (this.isWhole(transfer, careContextReference)) wrong('ERRORED, and all of it arrived');
    }
  }

  /** Whether all of it arrived for certain, and the HIP knows: of a part it says ERRORED, as of what was not sent. */
  private isWhole(transfer: Transfer, reference: string): boolean {
    const { pageCount, pages, unanswered, consent } = transfer;
    const isUnanswered = [...unanswered.values()].some((contexts) => contexts.has(reference));
    if (isUnanswered || pages.size < (pageCount ?? 1)) return false;
    const arrived = [...pages.values()].flat().filter((entry) => entry.careContextReference === reference);
    const types = new Set(arrived.map(({ plaintext }) => toldBy(plaintext).hiType));
    const { abhaAddress, hipId, hiTypes } = consent.grant;
    const linked = this.links.find(abhaAddress, hipId, reference)?.hiTypes ?? new Set(hiTypes);
    return arrived.length > 0 && [...linked].every((type) => types.has(type) || !hiTypes.includes(type));
  }

  private about(call: AbdmCall<{ readonly notification: TransferNotice }>) {
    const { operationId, requestId, hipId } = call;
    return { operationId, requestId, hipId, transactionId: call.body.notification.transactionId };
  }
}

/** A page with something of it was refused, and never taken later. */
function wasRefused({ unanswered, pages }: Transfer, reference: string): boolean {
  return [...unanswered].some(([page, contexts]) => contexts.has(reference) && !pages.has(page));
}

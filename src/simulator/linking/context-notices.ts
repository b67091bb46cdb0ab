import { Injectable } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Callbacks } from '../gateway/callbacks.js';
import { PatientApp } from '../patient-app/patient-app.js';
import { drawn, Settings } from '../settings.js';
import { KnownHips } from './known-hips.js';
import { Links } from './links.js';

export interface ContextNotice {
  readonly notification: {
    readonly patient: { readonly id: string };
    readonly careContext: { readonly patientReference: string; readonly careContextReference: string };
    readonly hiTypes: readonly string[];
    readonly hip: { readonly id: string };
  };
}

/** context/notify: new records in a linked care context. */
@Injectable()
export class ContextNotices {
  constructor(
    private readonly contract: Contract,
    private readonly settings: Settings,
    private readonly hips: KnownHips,
    private readonly links: Links,
    private readonly callbacks: Callbacks,
    private readonly app: PatientApp,
  ) {}

  notify(call: AbdmCall<ContextNotice>): void {
    const operation = 'notifyCareContextUpdate';
    this.hips.of(call, this.contract.refusal(operation, 'ABDM-1035'));
    this.hips.mustBe(call, call.body.notification.hip.id);
    // Whether it came too soon is a matter of when it came, not of when we answer.
    const cameAt = Date.now();
    this.callbacks.answer(call, 'onContextNotify', () => {
      const response = { requestId: call.requestId };
      if (this.took(call.body.notification, cameAt)) return { acknowledgement: { status: 'SUCCESS' }, response };
      const error = this.contract.callbackError(operation, 'ABDM-1006');
      return { acknowledgement: { status: 'ERRORED' }, error, response };
    });
  }

  private took(notice: ContextNotice['notification'], cameAt: number): boolean {
    const { patientReference, careContextReference } = notice.careContext;
    const link = this.links.find(notice.patient.id, notice.hip.id, careContextReference);
    if (link?.patientReference !== patientReference) return false;
    if (cameAt - link.linkedAt < this.settings.current.notifyTooSoonMs) return false;
    for (const hiType of notice.hiTypes) link.hiTypes.add(hiType);
    link.timesNotified += 1;
    const { autoPull, autoPullDelayMs } = this.settings.current;
    if (autoPull) {
      this.callbacks.later(drawn(autoPullDelayMs), () => this.app.pullQuietly(link.abhaAddress, link.hipId, [link]));
    }
    return true;
  }
}

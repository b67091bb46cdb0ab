import { Injectable } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Callbacks } from '../gateway/callbacks.js';
import { Settings } from '../settings.js';
import { KnownHips } from './known-hips.js';

export interface SmsNotice {
  readonly notification: { readonly phoneNo: string; readonly hip: { readonly id: string; readonly name: string } };
}

/** One SMS with a deep link, as ABDM would send it. */
export interface Sms {
  readonly phoneNo: string;
  readonly hipId: string;
  readonly hipName: string;
  readonly requestId: string;
  readonly at: string;
  /** What on-notify says: `SUCCESS` or an error code. Undefined: it is still to come. */
  outcome: string | undefined;
}

const OPERATION = 'notifyPatientBySms';
const KEPT = 5000;

/** sms/notify2: a deep link to a mobile, for a patient who gave nothing else. */
@Injectable()
export class SmsNotices {
  private sent: Sms[] = [];

  constructor(
    private readonly contract: Contract,
    private readonly settings: Settings,
    private readonly hips: KnownHips,
    private readonly callbacks: Callbacks,
  ) {}

  take(call: AbdmCall<SmsNotice>): void {
    const { phoneNo, hip } = call.body.notification;
    const hipId = this.hips.of({ ...call, hipId: hip.id }, this.contract.refusal(OPERATION, 'ABDM-1035'));
    if (call.hipId !== undefined) this.hips.mustBe(call, hipId);
    const at = new Date().toISOString();
    const sms: Sms = { phoneNo, hipId, hipName: hip.name, requestId: call.requestId, at, outcome: undefined };
    this.sent = [...this.sent, sms].slice(-KEPT);
    this.callbacks.answer({ ...call, hipId }, 'onSmsNotify', () => this.outcome(sms));
  }

  list(): readonly Sms[] {
    return this.sent;
  }

  forget(): void {
    this.sent = [];
  }

  private outcome(sms: Sms): object {
    const { smsError, smsFlat } = this.settings.current;
    const status = smsError ? 'ERRORED' : 'SUCCESS';
    const error = smsError ? { error: this.contract.callbackError(OPERATION, smsError) } : {};
    const reference = { requestId: sms.requestId };
    sms.outcome = smsError ?? status;
    return smsFlat
      ? { timestamp: new Date().toISOString(), status, ...error, resp: reference }
      : { acknowledgement: { status }, ...error, response: reference };
  }
}

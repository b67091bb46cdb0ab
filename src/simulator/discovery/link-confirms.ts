import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { OpenQuestions } from '../gateway/open-questions.js';
import { type Rule, Violations } from '../gateway/violations.js';
import { Links } from '../linking/links.js';
import { asked, type Discovery, type LinkConfirm, type ToldError } from './discoveries.js';
import { Displays } from './displays.js';
import { LinkInits } from './link-inits.js';
import { contextsIn, isMiscounted, isSameContext, type PatientEntry } from './patient-entries.js';

export interface ConfirmWishes {
  readonly linkRefNumber: string;
  /** A number loses its leading zeros, as in the specification's samples. */
  readonly token: string | number;
  /** Another facility than the one that began the link. */
  readonly hipId?: string | undefined;
  readonly times?: number | undefined;
}

export interface OnLinkConfirm {
  readonly patient?: readonly PatientEntry[];
  readonly error?: ToldError;
  readonly response: { readonly requestId: string };
}

const OPERATION = 'onLinkConfirm';

/** confirm and on-confirm: the patient has typed the OTP; what the HIP then names is linked. */
@Injectable()
export class LinkConfirms {
  private readonly byQuestion = new Map<string, { readonly discovery: Discovery; readonly confirm: LinkConfirm }>();

  constructor(
    private readonly contract: Contract,
    private readonly inits: LinkInits,
    private readonly links: Links,
    private readonly displays: Displays,
    private readonly questions: OpenQuestions,
    private readonly violations: Violations,
  ) {}

  /** Returns when the HIP has taken the callback, or cannot be reached. */
  async ask(discovery: Discovery, wishes: ConfirmWishes): Promise<LinkConfirm> {
    const { token, linkRefNumber, hipId = discovery.hipId } = wishes;
    const confirm: LinkConfirm = { ...asked(), hipId, linkRefNumber, state: 'waiting', linked: [] };
    discovery.confirm = confirm;
    const requestId = randomUUID();
    this.byQuestion.set(requestId, { discovery, confirm });
    this.questions.ask({ requestId, answeredBy: OPERATION, hipId, waitMs: undefined, answered: () => undefined });
    const body = { confirmation: { token, linkRefNumber } };
    confirm.delivered = await this.questions.deliver(
      { operationId: 'linkConfirm', hipId, body, requestId },
      wishes.times,
    );
    return confirm;
  }

  answer(call: AbdmCall<OnLinkConfirm>): void {
    const { patient, error, response } = call.body;
    const question = this.byQuestion.get(response.requestId);
    if (!question) {
      this.blame('answers-nothing', 'response.requestId is of no confirm', call);
      throw this.contract.refusal(OPERATION, 'ABDM-1015');
    }
    if (isMiscounted(patient)) {
      this.blame('body-not-as-contract', 'count differs from careContexts', call);
      throw this.contract.refusal(OPERATION, 'ABDM-9999', 'Invalid Care Contexts count');
    }
    if (this.questions.answer(call, response.requestId) !== 'taken') {
      throw this.contract.refusal(OPERATION, 'ABDM-1108');
    }
    const { confirm } = question;
    confirm.answerMs = Date.now() - confirm.askedAt;
    confirm.state = error ? 'refused' : 'answered';
    confirm.error = error;
    if (patient) this.link(question.discovery, confirm, patient, call);
  }

  private link(discovery: Discovery, confirm: LinkConfirm, entries: readonly PatientEntry[], call: AbdmCall): void {
    const init = this.inits.withReference(confirm.linkRefNumber);
    if (init && init.hipId !== confirm.hipId) this.blame('links-not-asked', 'Begun at another facility', call);
    if (init?.isConfirmed) this.blame('otp-used-twice', 'Confirmed before', call);
    const chosen = init?.hipId === confirm.hipId ? init.chosen : [];
    const named = contextsIn(entries);
    confirm.linked = named.filter((one) => chosen.some((other) => isSameContext(one, other)));
    if (confirm.linked.length < named.length) {
      this.blame('links-not-asked', `${named.length - confirm.linked.length} of ${named.length}`, call);
    }
    if (init) init.isConfirmed = true;
    this.displays.judge(call, entries, confirm.hipId);
    const { abhaAddress } = discovery;
    this.links.add(confirm.linked.map((one) => ({ ...one, abhaAddress, hipId: confirm.hipId })));
  }

  private blame(rule: Rule, detail: string, { operationId, requestId, hipId }: AbdmCall): void {
    this.violations.record(rule, detail, { operationId, requestId, hipId });
  }
}

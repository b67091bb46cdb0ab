import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import type { Refusal } from '../contract/refusal.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { OpenQuestions } from '../gateway/open-questions.js';
import { type Rule, Violations } from '../gateway/violations.js';
import { asked, type Discovery, type LinkInit, type NamedContext, type ToldError } from './discoveries.js';
import { entriesOf, isSameContext } from './patient-entries.js';

export interface InitWishes {
  readonly chosen: readonly NamedContext[];
  /** Laid over the callback's body; with `error` it is ABDM's own refusal, which nobody answers. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
  /** Another facility than the one that made the offer. */
  readonly hipId?: string | undefined;
  readonly times?: number | undefined;
}

export interface OnLinkInit {
  readonly transactionId: string;
  readonly link?: {
    readonly referenceNumber: string;
    readonly meta: {
      readonly communicationMedium: string;
      readonly communicationHint: string;
      readonly communicationExpiry: string;
    };
  };
  readonly error?: ToldError;
  readonly response: { readonly requestId: string };
}

const OPERATION = 'onLinkInit';

/** init and on-init: the patient has chosen, the HIP sends her an OTP. */
@Injectable()
export class LinkInits {
  private readonly byQuestion = new Map<string, LinkInit>();
  private readonly byReference = new Map<string, LinkInit>();

  constructor(
    private readonly contract: Contract,
    private readonly questions: OpenQuestions,
    private readonly violations: Violations,
  ) {}

  /** The begun link a HIP has given this reference. */
  withReference(linkRefNumber: string): LinkInit | undefined {
    return this.byReference.get(linkRefNumber);
  }

  /** Returns when the HIP has taken the callback, or cannot be reached. */
  async ask(discovery: Discovery, wishes: InitWishes): Promise<LinkInit> {
    const { chosen, overrides = {}, hipId = discovery.hipId } = wishes;
    const { transactionId, abhaAddress } = discovery;
    const honest = { transactionId, abhaAddress, patient: entriesOf(chosen) };
    const body: Record<string, unknown> =
      'error' in overrides ? { transactionId, ...overrides } : { ...honest, ...overrides };
    const init: LinkInit = {
      ...asked(),
      transactionId: typeof body['transactionId'] === 'string' ? body['transactionId'] : transactionId,
      hipId,
      chosen,
      flaw: flawOf(discovery, wishes),
      state: 'waiting',
      linkRefNumber: undefined,
      communication: undefined,
      isConfirmed: false,
    };
    discovery.init = init;
    const requestId = randomUUID();
    this.byQuestion.set(requestId, init);
    this.questions.ask({ requestId, answeredBy: OPERATION, hipId, waitMs: undefined, answered: () => undefined });
    const delivery = { operationId: 'linkInit', hipId, body, requestId };
    init.delivered = await this.questions.deliver(delivery, wishes.times);
    return init;
  }

  answer(call: AbdmCall<OnLinkInit>): void {
    const { transactionId, link, error, response } = call.body;
    const init = this.byQuestion.get(response.requestId);
    if (!init) {
      this.blame('answers-nothing', 'response.requestId is of no init', call);
      throw this.refusal('ABDM-9999', 'Invalid request ID');
    }
    if (transactionId !== init.transactionId) {
      this.blame('answers-nothing', 'transactionId is not the init’s', call);
      throw this.refusal('ABDM-9999', 'Invalid Transaction Id');
    }
    if (link?.meta.communicationHint.trim() === '') {
      this.blame('body-not-as-contract', 'communicationHint is blank', call);
      throw this.refusal('ABDM-9999', 'Invalid communication hint');
    }
    if (this.questions.answer(call, response.requestId) !== 'taken') throw this.refusal('ABDM-1107');
    init.answerMs = Date.now() - init.askedAt;
    init.state = error ? 'refused' : 'answered';
    init.error = error;
    if (link) this.begin(init, link, call);
  }

  private begin(init: LinkInit, link: NonNullable<OnLinkInit['link']>, call: AbdmCall): void {
    const { communicationMedium: medium, communicationHint: hint, communicationExpiry: expiry } = link.meta;
    init.linkRefNumber = link.referenceNumber;
    init.communication = { medium, hint, expiry };
    if (init.flaw !== undefined) this.blame('init-unchecked', init.flaw, call);
    if (!(Date.parse(expiry) > Date.now())) this.blame('otp-expiry-wrong', 'It has passed', call);
    if (/\d{10}/.test(hint.replace(/[\s-]/g, ''))) this.blame('hint-tells-mobile', 'Ten digits in a row', call);
    if (this.byReference.has(link.referenceNumber)) this.blame('link-reference-reused', 'Given before', call);
    this.byReference.set(link.referenceNumber, init);
  }

  private refusal(code: string, message?: string): Refusal {
    return this.contract.refusal(OPERATION, code, message);
  }

  private blame(rule: Rule, detail: string, { operationId, requestId, hipId }: AbdmCall): void {
    this.violations.record(rule, detail, { operationId, requestId, hipId });
  }
}

function flawOf(discovery: Discovery, { chosen, overrides, hipId }: InitWishes): string | undefined {
  if (hipId !== undefined && hipId !== discovery.hipId) return 'another facility made the offer';
  if (overrides && Object.keys(overrides).length > 0) return 'not as the discovery had it';
  if (discovery.state !== 'answered') return 'the discovery was not answered';
  const isOffered = (one: NamedContext): boolean => discovery.offered.some((other) => isSameContext(one, other));
  return chosen.every(isOffered) ? undefined : 'a care context that was not offered';
}

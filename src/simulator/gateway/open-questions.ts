import { Injectable } from '@nestjs/common';
import type { AbdmCall } from './abdm-call.js';
import { Callbacks, type Delivery } from './callbacks.js';
import { Violations } from './violations.js';

export interface OpenQuestion {
  /** Of the callback: what comes back as `response.requestId`. */
  readonly requestId: string;
  /** The on-* call that answers it. */
  readonly answeredBy: string;
  readonly hipId: string;
  readonly waitMs: number | undefined;
  readonly answered: (call: AbdmCall) => void;
}

interface Kept extends OpenQuestion {
  /** Its deadline counts from here: a question that comes late is answered in time when it is answered soon. */
  askedAt: number;
  wasDelivered: boolean;
  isAnswered: boolean;
  /** We lost our 202 on purpose, so a second answer is not the adapter's fault. */
  wasAnswerLost: boolean;
  isKnownLate: boolean;
}

export type AnswerOutcome = 'taken' | 'unknown' | 'repeated';

/** What ABDM has asked and waits to be answered by an on-* call. */
@Injectable()
export class OpenQuestions {
  private readonly questions = new Map<string, Kept>();

  constructor(
    private readonly violations: Violations,
    private readonly callbacks: Callbacks,
  ) {}

  ask(question: OpenQuestion): void {
    const kept: Kept = {
      ...question,
      askedAt: Date.now(),
      wasDelivered: false,
      isAnswered: false,
      wasAnswerLost: false,
      isKnownLate: false,
    };
    this.questions.set(question.requestId, kept);
    this.watch(kept);
  }

  /**
   * Sends the callback that asks a question, `times` times under its REQUEST-ID.
   * @returns the last HTTP status; 0 when there was no answer
   */
  async deliver(delivery: Delivery & { readonly requestId: string }, times = 1): Promise<number> {
    const { requestId } = delivery;
    const taken = (): void => {
      this.delivered(requestId);
      delivery.taken?.();
    };
    let status = 0;
    for (let i = 0; i < times; i += 1) {
      status = await this.callbacks.deliver({ ...delivery, taken, comesLate: () => this.askedAnew(requestId) });
    }
    return status;
  }

  /** Only a question the adapter has taken with 2xx can be left unanswered by it. */
  private delivered(requestId: string): void {
    const kept = this.questions.get(requestId);
    if (kept) kept.wasDelivered = true;
  }

  answer(call: AbdmCall, replyTo: string): AnswerOutcome {
    const kept = this.questions.get(replyTo);
    const about = { operationId: call.operationId, requestId: call.requestId, hipId: call.hipId };
    if (kept?.answeredBy !== call.operationId) {
      this.violations.record('answers-nothing', 'response.requestId is unknown', about);
      return 'unknown';
    }
    if (kept.isAnswered) {
      if (!kept.wasAnswerLost) this.violations.record('answered-twice', 'Answered before', about);
      return 'repeated';
    }
    if (call.hipId !== undefined && call.hipId !== kept.hipId) {
      this.violations.record('hip-id-wrong', 'The callback was for another HIP', about);
    }
    kept.isAnswered = true;
    kept.wasAnswerLost = call.fault?.loseAnswer === true;
    const took = Date.now() - kept.askedAt;
    if (kept.waitMs !== undefined && took > kept.waitMs && !kept.isKnownLate) {
      this.violations.record('answered-late', `${took} ms`, about);
    }
    kept.answered(call);
    return 'taken';
  }

  private askedAnew(requestId: string): void {
    const kept = this.questions.get(requestId);
    if (!kept || kept.wasDelivered) return;
    kept.askedAt = Date.now();
    this.watch(kept);
  }

  private watch(kept: Kept): void {
    if (kept.waitMs !== undefined) this.callbacks.later(kept.waitMs + 50, () => this.timeIsUp(kept));
  }

  private timeIsUp(kept: Kept): void {
    const isAskedAnew = Date.now() < kept.askedAt + (kept.waitMs ?? 0);
    if (kept.isAnswered || !kept.wasDelivered || isAskedAnew) return;
    kept.isKnownLate = true;
    const about = { operationId: kept.answeredBy, requestId: kept.requestId, hipId: kept.hipId };
    this.violations.record('answered-late', 'no answer when the time was up', about);
  }
}

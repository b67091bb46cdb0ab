import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import { envelopeRefusal, type Refusal } from '../contract/refusal.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Callbacks } from '../gateway/callbacks.js';
import { OpenQuestions } from '../gateway/open-questions.js';
import { type Rule, Violations } from '../gateway/violations.js';
import { Settings } from '../settings.js';
import type { Counter } from './share-url.js';
import { TokenJudge } from './token-judge.js';

export interface OnRunningToken {
  readonly token?: {
    readonly hipId: string;
    readonly context: string;
    readonly runningTokenNumber: string;
    readonly averageTokenServiceTimeInMinutes?: number;
  };
  readonly error?: { readonly code: string; readonly message: string };
  readonly response: { readonly requestId: string };
}

/** A person looks at her phone to see whose turn it is. */
export interface RunningTokenQuestion extends Counter {
  readonly requestId: string;
  readonly askedAt: number;
  status: 'waiting' | 'answered' | 'refused' | 'late' | 'unanswered';
  /** HTTP status the callback met; 0: no answer; undefined: on its way. */
  delivered: number | undefined;
  answeredAfterMs: number | undefined;
  token: OnRunningToken['token'];
  error: OnRunningToken['error'];
}

const OPERATION = 'onRunningTokenStatus';

/** running-token/status and on-status: which token a counter serves now. */
@Injectable()
export class RunningTokens {
  private readonly open = new Map<string, { question: RunningTokenQuestion; settle: () => void }>();

  constructor(
    private readonly contract: Contract,
    private readonly settings: Settings,
    private readonly judge: TokenJudge,
    private readonly callbacks: Callbacks,
    private readonly questions: OpenQuestions,
    private readonly violations: Violations,
  ) {}

  /** Returns when the answer is there, or the person has waited as long as for a token: no deadline is published. */
  async ask({ hipId, counterId }: Counter, times?: number): Promise<RunningTokenQuestion> {
    const requestId = randomUUID();
    const unknown = { delivered: undefined, answeredAfterMs: undefined, token: undefined, error: undefined };
    const question: RunningTokenQuestion = {
      hipId,
      counterId,
      requestId,
      askedAt: Date.now(),
      status: 'waiting',
      ...unknown,
    };
    const isSettled = new Promise<void>((settle) => this.open.set(requestId, { question, settle }));
    const waitMs = this.settings.current.shareAnswerMs;
    this.questions.ask({ requestId, answeredBy: OPERATION, hipId, waitMs, answered: () => undefined });
    this.callbacks.later(waitMs, () => {
      if (question.status === 'waiting') question.status = 'unanswered';
      this.open.get(requestId)?.settle();
    });
    const body = { hipId, context: counterId };
    question.delivered = await this.questions.deliver(
      { operationId: 'runningTokenStatus', hipId, body, requestId },
      times,
    );
    await isSettled;
    return question;
  }

  /** The contract names no refusals for this call; those of on-share are assumed. */
  answer(call: AbdmCall<OnRunningToken>): void {
    const { token, error, response } = call.body;
    const asked = this.open.get(response.requestId);
    if (asked?.question.status === 'late') throw tooLate();
    if (this.questions.answer(call, response.requestId) !== 'taken' || !asked) {
      throw this.contract.refusal('onShare', 'ABDM-1001');
    }
    const { question, settle } = asked;
    question.answeredAfterMs = Date.now() - question.askedAt;
    if (question.status === 'unanswered') {
      question.status = 'late';
      throw tooLate();
    }
    question.status = error ? 'refused' : 'answered';
    question.token = token;
    question.error = error;
    if (token) this.judgeToken(token, question, call);
    settle();
  }

  private judgeToken(token: NonNullable<OnRunningToken['token']>, question: RunningTokenQuestion, call: AbdmCall) {
    if (token.hipId !== question.hipId) this.blame('hip-id-wrong', 'Another HIP was asked', call);
    if (token.context !== question.counterId) this.blame('token-context-wrong', 'Another counter was asked', call);
    if (!this.judge.hasGivenToday(question.hipId, question.counterId)) {
      this.blame('running-token-not-refused', 'Nobody was given a token there today', call);
    }
  }

  private blame(rule: Rule, detail: string, { operationId, requestId, hipId }: AbdmCall): void {
    this.violations.record(rule, detail, { operationId, requestId, hipId });
  }
}

const tooLate = (): Refusal => envelopeRefusal(408, 'ABDM-1015', 'Request Timed out');

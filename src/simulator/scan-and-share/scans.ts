import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import { flatRefusal } from '../contract/refusal.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Callbacks } from '../gateway/callbacks.js';
import { OpenQuestions } from '../gateway/open-questions.js';
import type { Patient } from '../patient-app/patients.js';
import { Settings } from '../settings.js';
import { shareBody, type ShareChanges } from './share-body.js';
import { type OnShare, type Share, Shares } from './shares.js';
import type { Counter } from './share-url.js';
import { TokenJudge } from './token-judge.js';

export interface ScanWishes extends ShareChanges {
  /** Delivered so many times under one REQUEST-ID. */
  readonly times?: number | undefined;
  /** ABDM delivers only now what the person shared so long ago; 1020 s have been observed. */
  readonly lateBySeconds?: number | undefined;
  /** ABDM loses it: nothing is delivered. */
  readonly isLost?: boolean | undefined;
  /** Wait for the token, or until the person stops waiting. */
  readonly wait?: boolean | undefined;
}

const OPERATION = 'onShare';

/** share and on-share: a person scans a counter's QR with her phone, taps Share, and gets a token. */
@Injectable()
export class Scans {
  private readonly pending = new Map<string, Settlement>();

  constructor(
    private readonly contract: Contract,
    private readonly settings: Settings,
    private readonly shares: Shares,
    private readonly judge: TokenJudge,
    private readonly callbacks: Callbacks,
    private readonly questions: OpenQuestions,
  ) {}

  /** Returns when the HIP has taken the callback, or cannot be reached; with `wait`, when the token is there. */
  async scan(patient: Patient, counter: Counter, wishes: ScanWishes = {}): Promise<Share> {
    const body = shareBody(patient, counter, wishes);
    const share = this.open(counter, body.intent, sharerIn(body.profile, patient), wishes);
    if (share.status === 'lost') return share;
    const { requestId, hipId } = share;
    this.pending.set(requestId, settlement());
    const waitMs = this.settings.current.shareAnswerMs;
    this.questions.ask({ requestId, answeredBy: OPERATION, hipId, waitMs, answered: () => undefined });
    this.callbacks.later(waitMs, () => {
      if (share.status === 'waiting') share.status = 'unanswered';
      this.settle(requestId);
    });
    const delivery = { operationId: 'patientShare', hipId, body, requestId };
    share.delivered = await this.questions.deliver(delivery, wishes.times);
    if (wishes.wait) await this.settlement(share);
    return share;
  }

  /** Until the share is answered, or the person stops waiting. */
  async settlement(share: Share): Promise<void> {
    await this.pending.get(share.requestId)?.promise;
  }

  answer(call: AbdmCall<OnShare>): void {
    const now = Date.now();
    const { response, acknowledgement, error } = call.body;
    const share = this.shares.find(response.requestId);
    if (share?.status === 'late') throw this.tooLate(share);
    if (this.questions.answer(call, response.requestId) !== 'taken' || !share) {
      throw this.contract.refusal(OPERATION, 'ABDM-1001');
    }
    share.answeredAfterMs = now - share.deliveredAt;
    if (now - share.tappedAt > this.settings.current.shareAnswerMs) {
      share.status = 'late';
      this.settle(share.requestId);
      throw this.tooLate(share);
    }
    share.status = acknowledgement?.status === 'SUCCESS' ? 'answered' : 'refused';
    share.error = error;
    if (acknowledgement?.profile) {
      const { tokenNumber, expiry } = acknowledgement.profile;
      share.token = { tokenNumber, expirySeconds: Number(expiry) };
    }
    this.judge.judge(share, call);
    this.settle(share.requestId);
  }

  private open(counter: Counter, intent: unknown, abhaAddress: unknown, wishes: ScanWishes): Share {
    const now = Date.now();
    const share: Share = {
      requestId: randomUUID(),
      hipId: counter.hipId,
      context: counter.counterId,
      abhaAddress: String(abhaAddress),
      intent: String(intent).toUpperCase(),
      tappedAt: now - (wishes.lateBySeconds ?? 0) * 1000,
      deliveredAt: now,
      status: wishes.isLost ? 'lost' : 'waiting',
      delivered: undefined,
      answeredAfterMs: undefined,
      token: undefined,
      error: undefined,
    };
    this.shares.add(share);
    return share;
  }

  /**
   * Published is 408 with ABDM-1007. After a late delivery the sandbox has been seen to say ABDM-1015 (Sep 2026, the
   * HTTP status was not noted; ABDM sends this code with 400 elsewhere).
   */
  private tooLate(share: Share) {
    return share.tappedAt < share.deliveredAt
      ? flatRefusal(400, 'ABDM-1015: ', 'Request Timed out')
      : this.contract.refusal(OPERATION, 'ABDM-1007');
  }

  private settle(requestId: string): void {
    this.pending.get(requestId)?.settle();
    this.pending.delete(requestId);
  }
}

/** A test may have put anything in the place of the profile, also nothing: it is she who shares all the same. */
function sharerIn(profile: { readonly patient?: unknown } | null, { abhaAddress }: Patient): unknown {
  const shared = profile?.patient;
  const says = typeof shared === 'object' && shared !== null && 'abhaAddress' in shared;
  return says ? shared.abhaAddress : abhaAddress;
}

interface Settlement {
  readonly promise: Promise<void>;
  readonly settle: () => void;
}

function settlement(): Settlement {
  let settle = (): void => undefined;
  const promise = new Promise<void>((resolve) => (settle = resolve));
  return { promise, settle };
}

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import { drawn, Settings } from '../settings.js';
import type { AbdmCall } from './abdm-call.js';
import { CallbackTokens } from './callback-tokens.js';
import { Clients } from './clients.js';
import { LARGEST_BODY_KEPT, MessageLog } from './message-log.js';
import { post } from './post.js';
import { Violations } from './violations.js';

export interface Delivery {
  /** A webhook of the contract. */
  readonly operationId: string;
  readonly hipId: string;
  readonly body: unknown;
  readonly requestId?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** X-HIP-ID where it is not the facility whose bridge gets it: a message that has gone astray. */
  readonly addressedTo?: string | undefined;
  /** Below the bridge URL, where it is not the contract's. */
  readonly path?: string;
  /** A 4xx is no fault here: the message is astray, or its path is our assumption. */
  readonly mayBeRefused?: boolean;
  /** Called for each delivery the adapter takes with 2xx, also a late one. */
  readonly taken?: () => void;
  /** Called before a delivery that comes minutes after the first. */
  readonly comesLate?: () => void;
}

/** One callback as it is sent, and sent again. */
interface Letter {
  readonly delivery: Delivery;
  readonly requestId: string;
  readonly token: string;
  readonly text: string;
  readonly waits: readonly number[];
}

/** Signs and posts callbacks to the facility's bridge, again and again as `redeliverAfterMs` says. */
@Injectable()
export class Callbacks implements OnApplicationShutdown {
  private readonly timers = new Set<NodeJS.Timeout>();
  private isClosed = false;

  constructor(
    private readonly contract: Contract,
    private readonly settings: Settings,
    private readonly clients: Clients,
    private readonly tokens: CallbackTokens,
    private readonly log: MessageLog,
    private readonly violations: Violations,
  ) {}

  /**
   * Answers a call after the usual delay. `body` is made when the delay is over, so what it decides and changes
   * becomes true at the moment the adapter hears of it.
   */
  answer(call: AbdmCall, operationId: string, body: () => unknown): void {
    const hipId = call.hipId;
    if (call.fault?.silent || hipId === undefined) return;
    this.later(drawn(this.settings.current.callbackDelayMs), () => {
      const delivery = { operationId, hipId, body: body(), requestId: randomUUID() };
      void this.deliver(delivery);
      if (call.fault?.duplicateCallback) void this.deliver(delivery);
    });
  }

  /** Runs `work` after so many milliseconds, unless the simulator is closed before. */
  later(milliseconds: number, work: () => void): void {
    if (this.isClosed) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, milliseconds);
    this.timers.add(timer.unref());
  }

  /** @returns the last HTTP status, late deliveries aside; 0 when there was no answer */
  deliver(delivery: Delivery): Promise<number> {
    const letter: Letter = {
      delivery,
      requestId: delivery.requestId ?? randomUUID(),
      token: this.tokens.current(),
      text: JSON.stringify(delivery.body),
      waits: this.settings.current.redeliverAfterMs,
    };
    return this.attempt(letter, 1);
  }

  onApplicationShutdown(): void {
    this.isClosed = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async attempt(letter: Letter, attempt: number): Promise<number> {
    const status = await this.once(letter, attempt);
    const { delivery, waits } = letter;
    if (status >= 200 && status < 300) {
      delivery.taken?.();
      return status;
    }
    const waitMs = waits[attempt - 1];
    if (waitMs === undefined) return status;
    // Nobody waits longer for another try than for an answer.
    if (waitMs > this.settings.current.callbackTimeoutMs) {
      this.later(waitMs, () => {
        delivery.comesLate?.();
        void this.attempt(letter, attempt + 1);
      });
      return status;
    }
    await wait(waitMs, undefined, { ref: false });
    return this.isClosed ? status : this.attempt(letter, attempt + 1);
  }

  private async once({ delivery, requestId, token, text }: Letter, attempt: number): Promise<number> {
    const path = delivery.path ?? this.contract.callback(delivery.operationId).path;
    const hipId = delivery.addressedTo ?? delivery.hipId;
    const bridgeUrl = this.clients.client(this.clients.facility(delivery.hipId)?.clientId)?.bridgeUrl;
    const headers = {
      ...delivery.headers,
      authorization: `Bearer ${token}`,
      'request-id': requestId,
      timestamp: new Date().toISOString(),
      'x-hip-id': hipId,
    };
    const started = Date.now();
    const { callbackTimeoutMs, slowCallbackMs } = this.settings.current;
    const status = bridgeUrl ? await post(`${bridgeUrl}${path}`, headers, text, callbackTimeoutMs) : 0;
    const milliseconds = Date.now() - started;
    const note = bridgeUrl ? (attempt > 1 ? `delivery ${attempt}` : undefined) : 'no bridge URL is registered';
    const body = text.length <= LARGEST_BODY_KEPT ? delivery.body : undefined;
    const at = new Date(started).toISOString();
    this.log.add({
      direction: 'out',
      method: 'POST',
      path,
      status,
      at,
      milliseconds,
      requestId,
      hipId,
      note,
      body,
    });
    const about = { operationId: delivery.operationId, path, requestId, hipId };
    if (status !== 0 && milliseconds > slowCallbackMs) {
      this.violations.record('callback-slow', `${milliseconds} ms`, about);
    }
    if (isRefusal(status) && !delivery.mayBeRefused)
      this.violations.record('callback-refused', `status ${status}`, about);
    return status;
  }
}

/** 408, 425 and 429 ask for another try; the other 4xx say that a genuine callback is not wanted. */
function isRefusal(status: number): boolean {
  return status >= 400 && status < 500 && ![408, 425, 429].includes(status);
}

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

const DELIVERIES = 3;

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
}

/** Signs and posts callbacks to the facility's bridge, up to three times. */
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
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, milliseconds);
    this.timers.add(timer.unref());
  }

  /** @returns the last HTTP status; 0 when there was no answer */
  async deliver(delivery: Delivery): Promise<number> {
    const requestId = delivery.requestId ?? randomUUID();
    const token = this.tokens.current();
    const text = JSON.stringify(delivery.body);
    let status = 0;
    for (let attempt = 1; attempt <= DELIVERIES && !this.isClosed; attempt += 1) {
      if (attempt > 1) await wait(this.settings.current.redeliveryMs, undefined, { ref: false });
      status = await this.once(delivery, requestId, token, text, attempt);
      if (status >= 200 && status < 300) break;
    }
    return status;
  }

  onApplicationShutdown(): void {
    this.isClosed = true;
    for (const timer of this.timers) clearTimeout(timer);
  }

  private async once(
    delivery: Delivery,
    requestId: string,
    token: string,
    text: string,
    attempt: number,
  ): Promise<number> {
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

import { Inject, Injectable } from '@nestjs/common';
import { GatewayClient } from '../abdm/client/gateway.client.js';
import { isAskedByUs, type AskedByAbdm, type AskedByUs } from '../abdm/protocol.js';
import { REFUSALS } from '../abdm/refusals.js';
import { newId } from '../support/ids.js';
import { LOGGER, type Logger } from '../support/logger.js';
import { FlowSteps } from './flow-steps.js';

/** Of the 10 seconds that ABDM gives. */
const STORED_WITHIN_MS = 8_000;

export interface AtTheDoor {
  readonly name: AskedByUs | AskedByAbdm;
  readonly requestId: string;
  readonly hipId: string | undefined;
  readonly message: object;
}

/** It was neither stored in time nor could it be answered. */
export class NotStoredInTime extends Error {
  constructor() {
    super('A callback could be neither stored in time nor answered');
    this.name = 'NotStoredInTime';
  }
}

/**
 * `LateAnswers` finds what is stored and unanswered. When not even storing comes to an end (a table is locked, the disk is
 * full), a patient who looks for her visits is answered from here, without the database: better a "no" than silence.
 */
@Injectable()
export class DoorClock {
  constructor(
    private readonly client: GatewayClient,
    private readonly steps: FlowSteps,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /**
   * @param store learns by `isOver` that its result is no longer wanted, so that it can undo what it still stores
   * @returns what `store` does, or `answered`
   * @throws NotStoredInTime
   */
  async within<T extends string>(
    call: AtTheDoor,
    store: (isOver: () => boolean) => Promise<T>,
  ): Promise<T | 'answered'> {
    const { name } = call;
    if (isAskedByUs(name) || !this.steps.answeredLate().includes(name)) return store(() => false);
    let over = false;
    let timer: NodeJS.Timeout | undefined;
    const nearlyOver = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => {
        over = true;
        resolve(undefined);
      }, STORED_WITHIN_MS);
    });
    const storing = store(() => over);
    try {
      const stored = await Promise.race([storing, nearlyOver]);
      if (stored !== undefined) return stored;
    } finally {
      clearTimeout(timer);
    }
    storing.catch((error: unknown) => this.log.error({ exchange: name, error }, 'storing a callback failed'));
    await this.answer(name, call);
    return 'answered';
  }

  private async answer(name: AskedByAbdm, { requestId, hipId, message }: AtTheDoor): Promise<void> {
    const transaction = 'transactionId' in message ? { transactionId: message.transactionId } : {};
    const body = { ...transaction, error: REFUSALS['not-in-time'], response: { requestId } };
    try {
      await this.client.send(name, { requestId: newId(), hipId: hipId ?? '', body });
      this.log.warn({ exchange: name, requestId }, 'a callback was answered at the door: it could not be stored');
    } catch (error) {
      this.log.error({ exchange: name, requestId, error }, 'a callback was neither stored nor answered');
      throw new NotStoredInTime();
    }
  }
}

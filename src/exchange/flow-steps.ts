import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { EntityManager } from 'typeorm';
import type { Incoming } from '../abdm/messages/index.js';
import {
  EXCHANGE_NAMES,
  isAskedByAbdm,
  isAskedByUs,
  type AskedByAbdm,
  type AskedByUs,
  type SentByUs,
} from '../abdm/protocol.js';
import { markedMethods } from '../support/marked-methods.js';
import type { Failure } from './failure.js';

/** What a step learns of the callback that started it. */
export interface CallbackContext {
  /** Its row in the exchange log. */
  readonly exchangeId: string;
  /** REQUEST-ID of the callback: our answer quotes it. */
  readonly requestId: string;
  readonly facilityId: string;
  readonly receivedAt: Date;
  /** `X-HIU-ID`, where the caller names one. */
  readonly hiuId: string | undefined;
}

type ReplyStep<N extends AskedByUs> = (tx: EntityManager, about: string, reply: Incoming<N>) => Promise<void>;
type RequestStep<N extends AskedByAbdm> = (
  tx: EntityManager,
  message: Incoming<N>,
  context: CallbackContext,
) => Promise<void>;
type FailureStep = (tx: EntityManager, about: string, failure: Failure) => Promise<void>;

const STEP = Symbol('flow-step');
type Step = (...args: unknown[]) => Promise<void>;
type Mark = { readonly on: 'reply' | 'request' | 'late' | 'failure'; readonly names: readonly string[] };

const mark = (value: Mark, method: unknown): void => {
  if (typeof method === 'function') Reflect.defineMetadata(STEP, value, method);
};

/**
 * The step that takes ABDM's reply to a message of ours. It runs in the transaction that marks the reply as handled: all of
 * it happens or nothing, and it happens once. `about` is the id the message was sent with.
 */
export function OnReply<N extends AskedByUs>(name: N) {
  return (target: object, key: string, descriptor: TypedPropertyDescriptor<ReplyStep<N>>): void =>
    mark({ on: 'reply', names: [name] }, descriptor.value);
}

/** The step that takes what ABDM starts. Same transaction rule. */
export function OnRequest<N extends AskedByAbdm>(name: N) {
  return (target: object, key: string, descriptor: TypedPropertyDescriptor<RequestStep<N>>): void =>
    mark({ on: 'request', names: [name] }, descriptor.value);
}

/**
 * The step that answers what ABDM starts when the flow itself does not come to it in time (`late-answers.ts`). It writes the
 * answer and nothing else: the request's own step may be stuck half-way, and what it did will be undone.
 */
export function OnLate<N extends AskedByAbdm>(name: N) {
  return (target: object, key: string, descriptor: TypedPropertyDescriptor<RequestStep<N>>): void =>
    mark({ on: 'late', names: [name] }, descriptor.value);
}

/** The step for messages that were refused at once, never answered, or could not be sent, and for answers ABDM did not take. Takes several names. */
export function OnFailure(...names: readonly (SentByUs | AskedByAbdm)[]) {
  return (target: object, key: string, descriptor: TypedPropertyDescriptor<FailureStep>): void =>
    mark({ on: 'failure', names }, descriptor.value);
}

/** The flows' steps by exchange, found by decorator and counted at start. */
@Injectable()
export class FlowSteps {
  private readonly steps = new Map<string, Step>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws Error that names every exchange without its step, or with two */
  onModuleInit(): void {
    const problems: string[] = [];
    for (const [{ on, names }, step] of markedMethods<Mark>(this.discovery, this.scanner, STEP)) {
      for (const name of names) {
        if (this.steps.has(`${on} ${name}`)) problems.push(`${name} has two steps for its ${on}`);
        this.steps.set(`${on} ${name}`, step as Step);
      }
    }
    for (const name of EXCHANGE_NAMES) {
      const needed = isAskedByUs(name) ? ['reply', 'failure'] : isAskedByAbdm(name) ? ['request'] : [];
      for (const on of needed) if (!this.steps.has(`${on} ${name}`)) problems.push(`${name} has no step for its ${on}`);
    }
    if (problems.length > 0) throw new Error(`PROTOCOL and the flows do not match: ${problems.join('; ')}`);
  }

  async reply(name: AskedByUs, tx: EntityManager, about: string, reply: object): Promise<void> {
    await this.steps.get(`reply ${name}`)?.(tx, about, reply);
  }

  async request(name: AskedByAbdm, tx: EntityManager, message: object, context: CallbackContext): Promise<void> {
    await this.steps.get(`request ${name}`)?.(tx, message, context);
  }

  /** What has a step for answering late. */
  answeredLate(): readonly AskedByAbdm[] {
    return EXCHANGE_NAMES.filter(isAskedByAbdm).filter((name) => this.steps.has(`late ${name}`));
  }

  async late(name: AskedByAbdm, tx: EntityManager, message: object, context: CallbackContext): Promise<void> {
    await this.steps.get(`late ${name}`)?.(tx, message, context);
  }

  /** Messages nobody waits for (`health-information.notify`) may have no such step. */
  async failure(name: string, tx: EntityManager, about: string, failure: Failure): Promise<void> {
    await this.steps.get(`failure ${name}`)?.(tx, about, failure);
  }
}

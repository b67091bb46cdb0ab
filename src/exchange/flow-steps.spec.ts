import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { MetadataScanner, type DiscoveryService } from '@nestjs/core';
import { DataSource, EntityManager } from 'typeorm';
import type { Incoming } from '../abdm/messages/index.js';
import { EXCHANGE_NAMES, isAskedByAbdm } from '../abdm/protocol.js';
import type { Failure } from './failure.js';
import { FlowSteps, OnFailure, OnLate, OnReply, OnRequest, type CallbackContext } from './flow-steps.js';

const done: unknown[][] = [];
const does = (...what: readonly unknown[]): Promise<void> => {
  done.push([...what]);
  return Promise.resolve();
};

/** Every step there must be, as flows would have them. */
class Replies {
  @OnReply('link-token') tokenArrived(tx: EntityManager, about: string, reply: Incoming<'link-token'>): Promise<void> {
    return does('link-token', tx, about, reply);
  }
  @OnReply('care-context.link') linked(
    tx: EntityManager,
    about: string,
    reply: Incoming<'care-context.link'>,
  ): Promise<void> {
    return does('care-context.link', tx, about, reply);
  }
  @OnReply('care-context.notify') notified(
    tx: EntityManager,
    about: string,
    reply: Incoming<'care-context.notify'>,
  ): Promise<void> {
    return does('care-context.notify', tx, about, reply);
  }
  @OnReply('sms.notify') answered(tx: EntityManager, about: string, reply: Incoming<'sms.notify'>): Promise<void> {
    return does('sms.notify', tx, about, reply);
  }
}
class Failures {
  @OnFailure('link-token', 'care-context.link', 'care-context.notify', 'sms.notify') failed(
    tx: EntityManager,
    about: string,
    failure: Failure,
  ): Promise<void> {
    return does('failure', tx, about, failure);
  }
}
class Requests {
  @OnRequest('care-context.discover') discovered(
    tx: EntityManager,
    message: Incoming<'care-context.discover'>,
    context: CallbackContext,
  ): Promise<void> {
    return does('care-context.discover', tx, message, context);
  }
  @OnLate('care-context.discover') discoveredLate(
    tx: EntityManager,
    message: Incoming<'care-context.discover'>,
    context: CallbackContext,
  ): Promise<void> {
    return does('care-context.discover late', tx, message, context);
  }
  @OnRequest('care-context.link-init') begun(
    tx: EntityManager,
    message: Incoming<'care-context.link-init'>,
    context: CallbackContext,
  ): Promise<void> {
    return does('care-context.link-init', tx, message, context);
  }
  @OnRequest('care-context.link-confirm') confirmed(
    tx: EntityManager,
    message: Incoming<'care-context.link-confirm'>,
    context: CallbackContext,
  ): Promise<void> {
    return does('care-context.link-confirm', tx, message, context);
  }
  @OnRequest('patient.status') statusChanged(
    tx: EntityManager,
    message: Incoming<'patient.status'>,
    context: CallbackContext,
  ): Promise<void> {
    return does('patient.status', tx, message, context);
  }
  @OnRequest('patient.share') shared(
    tx: EntityManager,
    message: Incoming<'patient.share'>,
    context: CallbackContext,
  ): Promise<void> {
    return does('patient.share', tx, message, context);
  }
  @OnRequest('running-token.status') askedForToken(
    tx: EntityManager,
    message: Incoming<'running-token.status'>,
    context: CallbackContext,
  ): Promise<void> {
    return does('running-token.status', tx, message, context);
  }
  @OnRequest('consent.notify') noticed(
    tx: EntityManager,
    message: Incoming<'consent.notify'>,
    context: CallbackContext,
  ): Promise<void> {
    return does('consent.notify', tx, message, context);
  }
  @OnRequest('health-information.request') requested(
    tx: EntityManager,
    message: Incoming<'health-information.request'>,
    context: CallbackContext,
  ): Promise<void> {
    return does('health-information.request', tx, message, context);
  }
}
class SecondConsentFlow {
  @OnRequest('consent.notify') noticedToo(
    tx: EntityManager,
    message: Incoming<'consent.notify'>,
    context: CallbackContext,
  ): Promise<void> {
    return does('consent.notify again', tx, message, context);
  }
}

function stepsOf(...providers: readonly object[]): FlowSteps {
  const discovery = { getProviders: () => providers.map((instance) => ({ instance })) } as unknown as DiscoveryService;
  return new FlowSteps(discovery, new MetadataScanner());
}

const tx = new EntityManager(new DataSource({ type: 'postgres' }));

describe('The flows’ steps, counted at start', () => {
  it('start when every row of PROTOCOL has its step', () => {
    expect(() => stepsOf(new Replies(), new Failures(), new Requests()).onModuleInit()).not.toThrow();
  });

  it('stop the start when what ABDM asks has no step, and name it', () => {
    const problems = EXCHANGE_NAMES.filter(isAskedByAbdm).map((name) => `${name} has no step for its request`);
    expect(problems).toContain('consent.notify has no step for its request');
    expect(() => stepsOf(new Replies(), new Failures()).onModuleInit()).toThrow(
      `PROTOCOL and the flows do not match: ${problems.join('; ')}`,
    );
  });

  it('stop the start when a reply or its failure has no step, and name both', () => {
    expect(() => stepsOf(new Requests()).onModuleInit()).toThrow(
      /link-token has no step for its reply; link-token has no step for its failure/,
    );
  });

  it('stop the start when a row has two steps, and name it', () => {
    const steps = stepsOf(new Replies(), new Failures(), new Requests(), new SecondConsentFlow());
    expect(() => steps.onModuleInit()).toThrow('consent.notify has two steps for its request');
  });

  it('are called by the name of the exchange, with what they need to know', async () => {
    const steps = stepsOf(new Replies(), new Failures(), new Requests());
    steps.onModuleInit();
    done.length = 0;
    const context = { exchangeId: 'e', requestId: 'r', facilityId: 'f', receivedAt: new Date(), hiuId: undefined };
    const failure = { kind: 'no-reply', code: '', meaning: 'not-known' } as const;
    await steps.reply('care-context.link', tx, 'linking', { status: 'x' });
    await steps.request('consent.notify', tx, { notification: {} }, context);
    await steps.failure('care-context.notify', tx, 'linking', failure);
    expect(steps.answeredLate()).toEqual(['care-context.discover']);
    await steps.late('care-context.discover', tx, { patient: {} }, context);
    expect(done).toEqual([
      ['care-context.link', tx, 'linking', { status: 'x' }],
      ['consent.notify', tx, { notification: {} }, context],
      ['failure', tx, 'linking', failure],
      ['care-context.discover late', tx, { patient: {} }, context],
    ]);
  });

  it('let a message nobody waits for fail without a step', async () => {
    const steps = stepsOf(new Replies(), new Failures(), new Requests());
    steps.onModuleInit();
    const failure = { kind: 'refused', code: '', meaning: 'not-known' } as const;
    await expect(steps.failure('health-information.notify', tx, 'transfer', failure)).resolves.toBeUndefined();
  });
});

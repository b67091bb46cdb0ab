import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { MetadataScanner, type DiscoveryService } from '@nestjs/core';
import { DataSource, EntityManager } from 'typeorm';
import type { Incoming } from '../abdm/messages/index.js';
import type { Failure } from './failure.js';
import { FlowSteps, OnFailure, OnReply, OnRequest, type CallbackContext } from './flow-steps.js';

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
}
class Failures {
  @OnFailure('link-token', 'care-context.link', 'care-context.notify') failed(
    tx: EntityManager,
    about: string,
    failure: Failure,
  ): Promise<void> {
    return does('failure', tx, about, failure);
  }
}
class Requests {
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
    expect(() => stepsOf(new Replies(), new Failures()).onModuleInit()).toThrow(
      'PROTOCOL and the flows do not match: consent.notify has no step for its request; ' +
        'health-information.request has no step for its request',
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
    const context = { requestId: 'r', facilityId: 'f', receivedAt: new Date(), hiuId: undefined };
    const failure = { kind: 'no-reply', code: '', meaning: 'not-known' } as const;
    await steps.reply('care-context.link', tx, 'linking', { status: 'x' });
    await steps.request('consent.notify', tx, { notification: {} }, context);
    await steps.failure('care-context.notify', tx, 'linking', failure);
    expect(done).toEqual([
      ['care-context.link', tx, 'linking', { status: 'x' }],
      ['consent.notify', tx, { notification: {} }, context],
      ['failure', tx, 'linking', failure],
    ]);
  });

  it('let a message nobody waits for fail without a step', async () => {
    const steps = stepsOf(new Replies(), new Failures(), new Requests());
    steps.onModuleInit();
    const failure = { kind: 'refused', code: '', meaning: 'not-known' } as const;
    await expect(steps.failure('health-information.notify', tx, 'transfer', failure)).resolves.toBeUndefined();
  });
});

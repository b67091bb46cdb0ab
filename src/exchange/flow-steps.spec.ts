import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { MetadataScanner, type DiscoveryService } from '@nestjs/core';
import type { EntityManager } from 'typeorm';
import { FlowSteps, OnFailure, OnReply, OnRequest } from './flow-steps.js';

const done: string[] = [];
const does = (what: string): Promise<void> => {
  done.push(what);
  return Promise.resolve();
};

/** Every step there must be, as flows would have them. */
class Replies {
  @OnReply('link-token') tokenArrived(): Promise<void> {
    return does('link-token reply');
  }
  @OnReply('care-context.link') linked(): Promise<void> {
    return does('link reply');
  }
  @OnReply('care-context.notify') notified(): Promise<void> {
    return does('notify reply');
  }
}
class Failures {
  @OnFailure('link-token', 'care-context.link', 'care-context.notify') failed(tx: EntityManager, about: string): Promise<void> {
    return does(`failure of ${about}`);
  }
}
class Requests {
  @OnRequest('consent.notify') noticed(): Promise<void> {
    return does('consent');
  }
  @OnRequest('health-information.request') requested(): Promise<void> {
    return does('health information');
  }
}
class SecondConsentFlow {
  @OnRequest('consent.notify') noticedToo(): Promise<void> {
    return does('consent again');
  }
}

function stepsOf(...providers: readonly object[]): FlowSteps {
  const discovery = { getProviders: () => providers.map((instance) => ({ instance })) } as unknown as DiscoveryService;
  return new FlowSteps(discovery, new MetadataScanner());
}

const tx = {} as EntityManager;

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

  it('are called by the name of the exchange', async () => {
    const steps = stepsOf(new Replies(), new Failures(), new Requests());
    steps.onModuleInit();
    done.length = 0;
    await steps.reply('care-context.link', tx, 'linking', {});
    await steps.request('consent.notify', tx, {}, { requestId: 'r', facilityId: 'f', receivedAt: new Date(), hiuId: undefined });
    await steps.failure('care-context.notify', tx, 'linking', { kind: 'no-reply', code: '', meaning: 'not-known' });
    expect(done).toEqual(['link reply', 'consent', 'failure of linking']);
  });

  it('let a message nobody waits for fail without a step', async () => {
    const steps = stepsOf(new Replies(), new Failures(), new Requests());
    steps.onModuleInit();
    const failure = { kind: 'refused', code: '', meaning: 'not-known' } as const;
    await expect(steps.failure('health-information.notify', tx, 'transfer', failure)).resolves.toBeUndefined();
  });
});

import { Inject, Injectable } from '@nestjs/common';
import { DATABASE_URL } from '../../persistence/tokens.js';
import { LOGGER, type Logger } from '../../support/logger.js';
import type { QueueChange } from './queue-changes.js';
import { QueueList, type QueuedToken } from './queue-list.js';
import { QueueListener } from './queue-listener.js';

/** `state`: all tokens of today, first of all and after a break; `token`: one of them as it is now. */
export type QueueEvent =
  | { readonly kind: 'state'; readonly tokens: readonly QueuedToken[] }
  | { readonly kind: 'token'; readonly token: QueuedToken };

/** Somebody who watches a counter's queue, or all of a facility. */
export interface Watcher {
  readonly facilityId: string;
  readonly counterId: string | undefined;
  readonly send: (event: QueueEvent) => void;
  /** Nothing more comes: the process stops, or the database does not answer. Whoever watches comes again. */
  readonly end: () => void;
}

/**
 * Live queues, whichever process a change happened in: PostgreSQL tells all processes which token changed, each looks it up
 * once and passes it on. One connection a process listens, from the first watcher on.
 */
@Injectable()
export class QueueFeed {
  /** What a watcher is sent goes out one after another: never a token before the state it changes. */
  private readonly watchers = new Map<Watcher, Promise<void>>();
  private listener: QueueListener | undefined;
  private isClosed = false;

  constructor(
    private readonly list: QueueList,
    @Inject(DATABASE_URL) private readonly databaseUrl: string,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  /** The state comes first. Returns what ends it. */
  watch(watcher: Watcher): () => void {
    if (this.isClosed) {
      watcher.end();
      return () => undefined;
    }
    this.listener ??= this.listen();
    this.watchers.set(watcher, Promise.resolve());
    this.sendState(watcher);
    return () => void this.watchers.delete(watcher);
  }

  async onModuleDestroy(): Promise<void> {
    this.isClosed = true;
    const leaving = [...this.watchers.keys()];
    this.watchers.clear();
    for (const watcher of leaving) watcher.end();
    await this.listener?.stop();
  }

  private listen(): QueueListener {
    const listener = new QueueListener(this.databaseUrl, {
      onChange: (change) => this.changed(change),
      onListening: () => this.resend(),
      onTrouble: (error) => this.log.warn({ error }, 'changes of queues cannot be heard; trying again'),
    });
    listener.start();
    return listener;
  }

  /** What happened before we listened was not heard. */
  private resend(facilityId?: string): void {
    for (const watcher of this.watchers.keys()) {
      if (facilityId === undefined || watcher.facilityId === facilityId) this.sendState(watcher);
    }
  }

  private changed({ facilityId, tokenId, counterIds }: QueueChange): void {
    if (tokenId === undefined) return this.resend(facilityId);
    const concerned = [...this.watchers.keys()].filter(
      (watcher) =>
        watcher.facilityId === facilityId &&
        (watcher.counterId === undefined || counterIds.includes(watcher.counterId)),
    );
    if (concerned.length === 0) return;
    const reading = this.list.one(facilityId, tokenId);
    reading.catch(() => undefined); // each watcher hears of it; if all of them leave meanwhile, nobody has to
    for (const watcher of concerned) {
      this.next(watcher, async () => {
        const token = await reading;
        if (token !== undefined) watcher.send({ kind: 'token', token });
      });
    }
  }

  private sendState(watcher: Watcher): void {
    const { facilityId, counterId } = watcher;
    this.next(watcher, async () => {
      watcher.send({ kind: 'state', tokens: await this.list.list(facilityId, { counterId }) });
    });
  }

  private next(watcher: Watcher, work: () => Promise<void>): void {
    const before = this.watchers.get(watcher);
    if (before === undefined) return;
    const done = before
      .then(() => (this.watchers.has(watcher) ? work() : undefined))
      .catch((error: unknown) => {
        this.log.warn({ error }, 'a watcher of a queue could not be told, and has to come again');
        if (this.watchers.delete(watcher)) watcher.end();
      });
    this.watchers.set(watcher, done);
  }
}

import pg from 'pg';
import { QUEUE_CHANNEL, type QueueChange } from './queue-changes.js';

const LISTENER_NAME = 'ehospital-abdm-adapter queue';
const LOOK_EVERY_MS = 15_000;
const LOOK_TAKES_MS = 5_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 10_000;

export interface QueueListening {
  /** Something changed. */
  readonly onChange: (change: QueueChange) => void;
  /** We listen, for the first time or again: what was told before is not known. */
  readonly onListening: () => void;
  readonly onTrouble: (error: unknown) => void;
}

/**
 * One connection of its own that listens for changes of queues, as long as it lives: a pool would hand it to others. It
 * connects again by itself, and finds out by asking when it is dead without having said so.
 */
export class QueueListener {
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private pauseMs = FIRST_PAUSE_MS;
  private isStopped = false;

  constructor(
    private readonly url: string,
    private readonly told: QueueListening,
  ) {}

  start(): void {
    void this.connect();
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      keepAlive: true,
      // For whoever looks at the database's connections.
      application_name: LISTENER_NAME,
      connectionTimeoutMillis: LOOK_TAKES_MS,
      query_timeout: LOOK_TAKES_MS,
    });
    this.client = client;
    client.on('error', (error) => this.lost(client, error));
    client.on('end', () => this.lost(client, new Error('The connection was closed')));
    client.on('notification', ({ payload }) => this.hear(payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${QUEUE_CHANNEL}`);
      this.pauseMs = FIRST_PAUSE_MS;
      this.told.onListening();
      this.lookLater(client);
    } catch (error) {
      this.lost(client, error);
    }
  }

  private lookLater(client: pg.Client): void {
    if (this.client !== client) return;
    this.timer = setTimeout(() => {
      client.query('SELECT 1').then(
        () => this.lookLater(client),
        (error: unknown) => this.lost(client, error),
      );
    }, LOOK_EVERY_MS);
  }

  private lost(client: pg.Client, error: unknown): void {
    if (this.client !== client || this.isStopped) return;
    this.client = undefined;
    clearTimeout(this.timer);
    this.told.onTrouble(error);
    client.end().catch(() => undefined);
    this.timer = setTimeout(() => void this.connect(), this.pauseMs);
    this.pauseMs = Math.min(LONGEST_PAUSE_MS, this.pauseMs * 2);
  }

  private hear(payload: string | undefined): void {
    try {
      this.told.onChange(JSON.parse(payload ?? '') as QueueChange);
    } catch (error) {
      this.told.onTrouble(error);
    }
  }
}

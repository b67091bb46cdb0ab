import { EventEmitter } from 'node:events';
import { Inject, Injectable } from '@nestjs/common';
import { Logger as QueueLogger, run, type Job, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { SESSION_OPTIONS } from '../persistence/preparing-client.js';
import { DATABASE_URL } from '../persistence/tokens.js';
import { CONFIG, type Config } from '../support/config.js';
import { counters } from '../support/counters.js';
import { LOGGER, type Logger } from '../support/logger.js';
import { Heartbeat } from './heartbeat.js';
import { JobHandlers, type JobHandler } from './job-handlers.js';
import type { JobName } from './jobs.js';

/** The engine's levels worth a line here; the rest it says of every job, and so do we. */
const FAULTS: ReadonlySet<string> = new Set(['error']);

/** Takes jobs and does them, in processes whose role includes it. */
@Injectable()
export class JobRunner {
  private runner: Runner | undefined;

  constructor(
    private readonly found: JobHandlers,
    private readonly heartbeat: Heartbeat,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DATABASE_URL) private readonly databaseUrl: string,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    const { handlers, givesUp } = this.found.find();
    const taskList: TaskList = {};
    for (const [name, handler] of handlers) {
      taskList[name] = (payload, { job }) => this.work(name, handler, givesUp.get(name), idIn(payload), job);
    }
    // Jobs are locked under the pool's id, known only from this event; it must beat before it may be thought dead.
    const events: WorkerEvents = new EventEmitter();
    events.on('pool:create', ({ workerPool }) => this.heartbeat.has(workerPool.id));
    await this.heartbeat.start();
    this.runner = await run({
      connectionString: withSessionOptions(this.databaseUrl),
      concurrency: this.config.WORKER_CONCURRENCY,
      maxPoolSize: this.config.WORKER_CONCURRENCY + 2,
      pollInterval: 1_000,
      noHandleSignals: true,
      taskList,
      events,
      // Jobs are short: fetching and ticking them off in batches halves what the queue costs the database.
      preset: { worker: { localQueue: { size: 2 * this.config.WORKER_CONCURRENCY }, completeJobBatchDelay: 12 } },
      logger: new QueueLogger(() => (level, message) => {
        if (FAULTS.has(level)) this.log.error({ engine: message }, 'the job engine reports an error');
      }),
    });
  }

  async stop(): Promise<void> {
    await this.runner?.stop();
    this.runner = undefined;
    await this.heartbeat.stop();
  }

  private async work(
    name: JobName,
    handler: JobHandler,
    giveUp: JobHandler | undefined,
    id: string,
    job: Job,
  ): Promise<void> {
    const startedAt = performance.now();
    try {
      await handler(id);
      counters.jobs.inc({ job: name, outcome: 'done' });
      this.log.debug({ job: name, id, ms: Math.round(performance.now() - startedAt) }, 'job done');
    } catch (error) {
      const isLast = job.attempts >= job.max_attempts;
      counters.jobs.inc({ job: name, outcome: isLast ? 'given-up' : 'failed' });
      this.log.error({ job: name, id, attempt: job.attempts, isLast, error }, 'job failed');
      if (isLast) await giveUp?.(id);
      throw error instanceof Error ? new JobFailed(name, error.name) : error;
    }
  }
}

function withSessionOptions(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', SESSION_OPTIONS);
  return url.href;
}

/** What the queue keeps of a failure: graphile-worker stores the message, which must not hold anything personal. */
class JobFailed extends Error {
  constructor(job: string, kind: string) {
    super(`${job}: ${kind}`);
    this.name = 'JobFailed';
    delete this.stack;
  }
}

function idIn(payload: unknown): string {
  if (typeof payload === 'object' && payload !== null && 'id' in payload && typeof payload.id === 'string')
    return payload.id;
  throw new Error('A job came without an id');
}

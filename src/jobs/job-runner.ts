import { EventEmitter } from 'node:events';
import { Inject, Injectable } from '@nestjs/common';
import { Logger as QueueLogger, run, type Job, type Runner, type TaskList, type WorkerEvents } from 'graphile-worker';
import { DataSource } from 'typeorm';
import { SESSION_OPTIONS } from '../persistence/preparing-client.js';
import { DATABASE_URL } from '../persistence/tokens.js';
import { CONFIG, type Config } from '../support/config.js';
import { counters } from '../support/counters.js';
import { LOGGER, type Logger } from '../support/logger.js';
import { Heartbeat } from './heartbeat.js';
import { JobHandlers, JobTakenAway, type JobHandler, type JobRun } from './job-handlers.js';
import { listensApart } from './outside-channel.js';
import { JOBS, type JobName, type JobPool } from './jobs.js';

/** The engine's levels worth a line here; the rest it says of every job, and so do we. */
const FAULTS: ReadonlySet<string> = new Set(['error']);

/**
 * Takes jobs and does them, in processes whose role includes it. Two pools: what calls an outsider never takes a worker from
 * the rest (`JOBS`, `pool`).
 */
@Injectable()
export class JobRunner {
  private runners: readonly Runner[] = [];

  constructor(
    private readonly db: DataSource,
    private readonly found: JobHandlers,
    private readonly heartbeat: Heartbeat,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DATABASE_URL) private readonly databaseUrl: string,
    @Inject(LOGGER) private readonly log: Logger,
  ) {}

  async start(): Promise<void> {
    const { handlers, givesUp } = this.found.find();
    const tasks: Record<JobPool, TaskList> = { own: {}, outside: {} };
    for (const [name, handler] of handlers) {
      tasks[JOBS[name].pool][name] = (payload, { job }) =>
        this.work(name, handler, givesUp.get(name), idIn(payload), job);
    }
    await this.heartbeat.start();
    const { WORKER_CONCURRENCY: own, OUTSIDE_CONCURRENCY: outside } = this.config;
    const apart: WorkerEvents = new EventEmitter();
    listensApart(apart);
    this.runners = await Promise.all([
      // Jobs are short: fetching and ticking them off in batches halves what the queue costs the database.
      this.run(new EventEmitter(), tasks.own, own, { localQueue: { size: 2 * own }, completeJobBatchDelay: 12 }),
      // Fetched one by one: of a batch the engine does jobs of one order at the same time (graphile/worker#621, seen in
      // 0.17.3). Ticked off in batches all the same, since a stop waits for these only.
      this.run(apart, tasks.outside, outside, { completeJobBatchDelay: 0 }),
    ]);
  }

  async stop(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
    this.runners = [];
    await this.heartbeat.stop();
  }

  private run(
    events: WorkerEvents,
    taskList: TaskList,
    concurrency: number,
    worker: GraphileConfig.WorkerOptions,
  ): Promise<Runner> {
    // Jobs are locked under the pool's id, known only from this event; it must beat before it may be thought dead.
    events.on('pool:create', ({ workerPool }) => this.heartbeat.has(workerPool.id));
    return run({
      connectionString: withSessionOptions(this.databaseUrl),
      concurrency,
      maxPoolSize: concurrency + 2,
      pollInterval: 1_000,
      noHandleSignals: true,
      taskList,
      events,
      preset: { worker },
      logger: new QueueLogger(() => (level, message) => {
        if (FAULTS.has(level)) this.log.error({ engine: message }, 'the job engine reports an error');
      }),
    });
  }

  private async work(
    name: JobName,
    handler: JobHandler,
    giveUp: JobHandler | undefined,
    id: string,
    job: Job,
  ): Promise<void> {
    const startedAt = performance.now();
    const jobRun: JobRun = { isStillOurs: () => this.isStillOurs(job) };
    try {
      await handler(id, jobRun);
      counters.jobs.inc({ job: name, outcome: 'done' });
      this.log.debug({ job: name, id, ms: Math.round(performance.now() - startedAt) }, 'job done');
    } catch (error) {
      if (error instanceof JobTakenAway) {
        this.log.warn({ job: name, id }, 'another worker has this job: left to it');
        throw error; // the engine lets go of a failed job only where it is still ours; a done one it would remove
      }
      const isLast = job.attempts >= job.max_attempts;
      counters.jobs.inc({ job: name, outcome: isLast ? 'given-up' : 'failed' });
      this.log.error({ job: name, id, attempt: job.attempts, isLast, error }, 'job failed');
      if (isLast) await giveUp?.(id, jobRun);
      throw error instanceof Error ? new JobFailed(name, error.name) : error;
    }
  }

  private async isStillOurs({ id, locked_by }: Job): Promise<boolean> {
    const rows: unknown[] = await this.db.query(
      'SELECT 1 FROM graphile_worker._private_jobs WHERE id = $1 AND locked_by = $2',
      [id, locked_by],
    );
    return rows.length === 1;
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

import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import { markedMethods } from '../support/marked-methods.js';
import { JOB_NAMES, type JobName } from './jobs.js';

const DOES_JOB = Symbol('does-job');
const GIVES_UP_JOB = Symbol('gives-up-job');

/** One run of a job. */
export interface JobRun {
  /** False once another worker has the job: this process was silent for so long that it was thought dead. */
  isStillOurs(): Promise<boolean>;
}

export type JobHandler = (id: string, run: JobRun) => Promise<void>;

/** Thrown by a handler that finds its work in other hands: whoever has the job goes on with it. */
export class JobTakenAway extends Error {
  constructor() {
    super('Another worker has this job');
    this.name = 'JobTakenAway';
  }
}

const marksWith = (symbol: symbol) => (name: JobName) => {
  return <H extends JobHandler>(target: object, key: string, descriptor: TypedPropertyDescriptor<H>): void => {
    if (descriptor.value !== undefined) Reflect.defineMetadata(symbol, name, descriptor.value);
  };
};

/** The method that does this job. Exactly one per row of `JOBS`: counted at start. */
export const DoesJob = marksWith(DOES_JOB);

/** Called once when the last attempt at this job has failed. Optional. */
export const GivesUpJob = marksWith(GIVES_UP_JOB);

/** Finds the handlers among all providers, and refuses to start when a job has none or two. */
@Injectable()
export class JobHandlers {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  /** @throws Error naming every job without its handler, or with two */
  find(): { readonly handlers: ReadonlyMap<JobName, JobHandler>; readonly givesUp: ReadonlyMap<JobName, JobHandler> } {
    const problems: string[] = [];
    const handlers = new Map<JobName, JobHandler>();
    for (const [name, method] of markedMethods<JobName>(this.discovery, this.scanner, DOES_JOB)) {
      if (handlers.has(name)) problems.push(`${name} has two handlers`);
      handlers.set(name, method as JobHandler);
    }
    for (const name of JOB_NAMES) if (!handlers.has(name)) problems.push(`${name} has no handler`);
    if (problems.length > 0) throw new Error(`JOBS and their handlers do not match: ${problems.join('; ')}`);
    const givesUp = new Map<JobName, JobHandler>();
    for (const [name, method] of markedMethods<JobName>(this.discovery, this.scanner, GIVES_UP_JOB)) {
      givesUp.set(name, method as JobHandler);
    }
    return { handlers, givesUp };
  }
}

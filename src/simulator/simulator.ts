import type { LogLevel } from '@nestjs/common';
import { NestApplicationContextOptions } from '@nestjs/common/interfaces/nest-application-context-options.interface.js';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import 'reflect-metadata';
import { theContract } from './contract/contract.js';
import { readBodiesGenerously } from './gateway/body-parser.js';
import { Faults } from './gateway/faults.js';
import { watch } from './gateway/hooks.js';
import { MessageLog } from './gateway/message-log.js';
import { SigningKeys } from './gateway/signing-keys.js';
import { withoutSlash } from './gateway/clients.js';
import { Settings, type SimulatorOptions } from './settings.js';
import { SimulatorModule } from './simulator.module.js';

export type { SimulatorOptions } from './settings.js';

export interface RunningSimulator {
  /** Base URL of ABDM: gateway, consent manager, HIU push URLs and `/simulator/…`. */
  readonly url: string;
  close(): Promise<void>;
}

/** A page of records with scans in it may be large. */
const BODY_LIMIT_BYTES = 64 * 1024 * 1024;

// An instance, not a literal: in Nest 12 these options are a class, and the linter holds us to it.
const NEST_OPTIONS = Object.assign(new NestApplicationContextOptions(), {
  logger: ['error', 'warn'] satisfies LogLevel[],
  bodyParser: false,
  abortOnError: false,
});

/**
 * Starts ABDM's side: it checks every request against the contracts, refuses as NHA refuses, and calls back.
 * State is in memory and gone after `close()`. Control API: the tables in `control/*.controller.ts`.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<RunningSimulator> {
  const settings = new Settings(options);
  const module = SimulatorModule.with(settings, await SigningKeys.make());
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, NEST_OPTIONS);
  const fastify = adapter.getInstance<FastifyInstance>();
  readBodiesGenerously(fastify);
  watch(fastify, theContract(), app.get(Faults), app.get(MessageLog));
  await app.listen(settings.current.port, settings.current.host);
  const url = options.publicUrl === undefined ? await reachableUrl(app) : withoutSlash(options.publicUrl);
  settings.change({ publicUrl: url });
  return { url, close: () => app.close() };
}

async function reachableUrl(app: NestFastifyApplication): Promise<string> {
  return withoutSlash(await app.getUrl());
}

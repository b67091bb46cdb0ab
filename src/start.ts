import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { keepStrangersShort, limitBodies, MAX_BODY_BYTES } from './api/body-limits.js';
import { fieldsPipe } from './api/fields.js';
import { ProblemFilter } from './api/problem.js';
import { AppModule, type Surroundings } from './app.module.js';
import { Silence } from './exchange/silence.js';
import { JobRunner } from './jobs/job-runner.js';
import { ApiKeys } from './persistence/api-keys.js';
import { saveFacilitiesFile } from './persistence/facilities-file.js';
import { projectFile } from './support/project-file.js';
import { nestLogger } from './support/logger.js';

export interface RunningAdapter {
  /** Undefined in a process that only does jobs. */
  readonly url: string | undefined;
  readonly app: NestFastifyApplication;
  /** Ends what is under way, then stops. */
  stop(): Promise<void>;
}

/** Starts the adapter in this process, in the role its settings name. */
export async function startAdapter(surroundings: Surroundings): Promise<RunningAdapter> {
  const { config, database, log } = surroundings;
  await saveFacilitiesFile(database.db, projectFile(config.FACILITIES_FILE));
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.in(surroundings), httpServer(), {
    logger: nestLogger(log),
    abortOnError: false,
    forceCloseConnections: true,
  });
  prepare(app, surroundings);
  keepStrangersShort(app.getHttpAdapter().getInstance(), app.get(ApiKeys));
  const answers = config.ROLE !== 'worker';
  const works = config.ROLE !== 'http';
  if (answers) await app.listen(config.PORT, config.HOST);
  else await app.init();
  if (works) {
    await app.get(JobRunner).start();
    app.get(Silence).start();
  }
  const url = answers ? (await app.getUrl()).replace('[::1]', 'localhost') : undefined;
  if (answers && config.ABDM_CALLBACK_ISSUER === undefined) {
    log.warn({}, 'ABDM_CALLBACK_ISSUER is not set: callbacks of any issuer with a key of the gateway are taken');
  }
  if (answers && config.ABDM_CALLBACK_CLIENT === undefined) {
    log.warn({}, 'ABDM_CALLBACK_CLIENT is not set: session tokens of other bridges may be taken for callbacks');
  }
  log.info({ role: config.ROLE, port: url === undefined ? undefined : new URL(url).port }, 'the adapter is running');
  return {
    url,
    app,
    stop: async () => {
      app.get(Silence).stop();
      await app.get(JobRunner).stop();
      await app.close();
    },
  };
}

function httpServer(): FastifyAdapter {
  const adapter = new FastifyAdapter({ bodyLimit: MAX_BODY_BYTES, connectionTimeout: 60_000 });
  const server = adapter.getInstance();
  limitBodies(server);
  // Many clients name JSON also where they send nothing: for the steps that need no body that is no mistake. A visit does.
  server.addHook('onRequest', ({ url, headers }, _reply, done) => {
    const isStep = url.startsWith('/api/v1/') && !url.startsWith('/api/v1/visits');
    if (isStep && headers['content-length'] === '0') delete headers['content-type'];
    done();
  });
  server.addContentTypeParser(
    'application/fhir+json',
    { parseAs: 'string' },
    server.getDefaultJsonParser('error', 'error'),
  );
  // Streamed: the import reads it line by line.
  server.addContentTypeParser('application/x-ndjson', (_request, payload, done) => done(null, payload));
  return adapter;
}

function prepare(app: NestFastifyApplication, { log }: Surroundings): void {
  app.useGlobalFilters(new ProblemFilter(log));
  app.useGlobalPipes(fieldsPipe());
  const document = new DocumentBuilder()
    .setTitle('e-Hospital ABDM adapter')
    .setDescription('The hospital’s side of the adapter. Errors are RFC 9457 problem+json.')
    .setVersion('1')
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-API-Key' }, 'api-key')
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, document));
}

import 'reflect-metadata';
import { loadMapping } from './hospital/mapping.js';
import { createHospitalReader } from './hospital/reader.js';
import { openDatabase } from './persistence/open-database.js';
import { startAdapter } from './start.js';
import { systemClock } from './support/clock.js';
import { ConfigError, readConfig, type Config } from './support/config.js';
import { createLogger } from './support/logger.js';
import { projectFile } from './support/project-file.js';
import { giveBackMemory } from './support/spare-memory.js';

/** The adapter as a process of its own, until a signal stops it. Exits with 1 and a sentence when it cannot start. */
export async function runProcess(environment: NodeJS.ProcessEnv): Promise<void> {
  environment['TZ'] = 'UTC'; // a time that came without an offset means the same on every server
  try {
    await startAndStop(environment);
  } catch (error) {
    console.error(error instanceof Error ? error.message : 'The adapter could not start');
    process.exit(1);
  }
}

async function startAndStop(environment: NodeJS.ProcessEnv): Promise<void> {
  const config = configOrExit(environment);
  const log = createLogger({ name: 'adapter', level: config.LOG_LEVEL });
  const database = await openDatabase(config);
  const adapter = await startAdapter({
    config,
    database,
    hospital: createHospitalReader(loadMapping(projectFile(config.EHOSPITAL_MAPPING))),
    clock: systemClock,
    log,
  });
  giveBackMemory();
  if (adapter.url !== undefined) console.log(`e-Hospital ABDM adapter on ${adapter.url} (API: ${adapter.url}/docs)`);

  let isStopping = false;
  const stop = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping: what is under way is finished first');
    void adapter
      .stop()
      .then(() => database.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ error }, 'the stop ended in a fault');
          process.exit(1);
        },
      );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}

function configOrExit(environment: NodeJS.ProcessEnv): Config {
  try {
    return readConfig(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exit(1);
  }
}

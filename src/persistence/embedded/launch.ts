import { spawn } from 'node:child_process';
import { closeSync, fchownSync, openSync, statSync } from 'node:fs';
import { chown, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { DataFolder } from './data-folder.js';
import { readPidFile } from './postmaster.js';
import type { Programs } from './programs.js';

/** Crash recovery after a power cut may take this long. */
const READY_WITHIN_SECONDS = 60;
const LOG_BYTES_KEPT = 1_000_000;

// prettier-ignore
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Each process takes up to 60 (pool, two sorts of workers, listener); several may share this server.
  max_connections: '200',
  shared_buffers: '128MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Failing statements and their values would put patients into the log. The program sees its errors anyway.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/**
 * Starts the server, to live on its own: Ctrl+C at the terminal must reach the program first, not its database.
 * @returns its process number once it answers; undefined when it ended at once (another start was faster, the port is
 * taken, or `server.log` says why)
 */
export async function launch(folder: DataFolder, programs: Programs, port?: number): Promise<number | undefined> {
  const chosenPort = port ?? (await ownPort(folder));
  const log = openLog(folder);
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // None of our own environment: it holds secrets the server has no use for.
  const server = spawn(join(programs.bin, 'postgres'), ['-D', folder.path, '-p', String(chosenPort), ...settings], {
    cwd: '/',
    env: { LC_ALL: 'C', TZ: 'UTC' },
    detached: true,
    stdio: ['ignore', log, log],
    ...folder.user,
  });
  closeSync(log);
  server.unref();

  let hasEnded = false;
  server.once('exit', () => (hasEnded = true));
  server.once('error', () => (hasEnded = true));
  const deadline = Date.now() + READY_WITHIN_SECONDS * 1000;
  while (!isTrue(hasEnded) && Date.now() < deadline) {
    const written = await readPidFile(folder.path);
    if (written?.isReady === true && written.pid === server.pid) return server.pid;
    await pause(10);
  }
  return undefined;
}

/** The compiler cannot see that the event changes the variable. */
const isTrue = (value: boolean): boolean => value;

/** The port of last time when it is free, so that tools configured once keep working; else any free one. */
async function ownPort({ path, user }: DataFolder): Promise<number> {
  const file = join(path, 'port');
  const lastTime = Number(await readFile(file, 'utf8').catch(() => '0'));
  const port = await freePort(lastTime).catch(() => freePort(0));
  if (port !== lastTime) {
    await writeFile(file, String(port));
    if (user !== undefined) await chown(file, user.uid, user.gid);
  }
  return port;
}

/** 0: any. Rejects when it is taken. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function openLog({ path, user }: DataFolder): number {
  const file = join(path, 'server.log');
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  const log = openSync(file, size > LOG_BYTES_KEPT ? 'w' : 'a', 0o600);
  if (user !== undefined) fchownSync(log, user.uid, user.gid);
  return log;
}

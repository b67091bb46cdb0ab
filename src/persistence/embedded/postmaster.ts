import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** PostgreSQL's main process, as its `postmaster.pid` tells. */
export interface Postmaster {
  readonly pid: number;
  /** Undefined in the first milliseconds of its life. */
  readonly port: number | undefined;
  readonly isReady: boolean;
}

/**
 * The server at work in this data folder, whoever started it; undefined when there is none.
 *
 * A `postmaster.pid` left by a machine that lost power may name a process that is something else today, which
 * PostgreSQL itself would take for a running server; such a file is removed.
 */
export async function findPostmaster(folder: string): Promise<Postmaster | undefined> {
  const written = await readPidFile(folder);
  if (written === undefined) return undefined;
  if (await isServing(written.pid, folder)) return written;
  // Another start may have put its own there meanwhile.
  const now = await readPidFile(folder);
  if (now?.pid === written.pid) await rm(join(folder, 'postmaster.pid'), { force: true });
  return undefined;
}

/** Lines: process, data folder, start time, port, socket folder, address, shared memory, state. */
export async function readPidFile(folder: string): Promise<Postmaster | undefined> {
  const text = await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const port = Number(lines[3]);
  return { pid: Math.abs(Number(lines[0])), port: port > 0 ? port : undefined, isReady: lines[7]?.trim() === 'ready' };
}

/** Whether that process is alive and is PostgreSQL on this folder. */
async function isServing(pid: number, folder: string): Promise<boolean> {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const command = await commandOf(pid);
  return /postgres/.test(command) && `${command} `.includes(` -D ${folder} `);
}

/** Empty for a process that has ended. `ps` is missing in slim Linux images, /proc on a Mac. */
async function commandOf(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout.trim();
  } catch {
    return '';
  }
}

/** Ends the server and waits until it is gone. Open connections are cut, committed rows are kept. */
export async function stopPostmaster(folder: string, pid: number): Promise<void> {
  for (const { signal, seconds } of [
    { signal: 'SIGINT', seconds: 10 }, // PostgreSQL's fast shutdown
    { signal: 'SIGQUIT', seconds: 5 }, // its immediate one: the next start replays the log
  ] as const) {
    const deadline = Date.now() + seconds * 1000;
    if (await isServing(pid, folder)) signalQuietly(pid, signal);
    while (Date.now() < deadline) {
      if (!(await isServing(pid, folder))) return;
      await pause(20);
    }
  }
}

/** It may have ended in between. */
export function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    return;
  }
}

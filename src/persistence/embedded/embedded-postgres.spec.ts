import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres, stopEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';

let folder: string;
let dataDir: string;
let tables: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-postgres-'));
  await chmod(folder, 0o755);
  dataDir = join(folder, 'postgres');
});

afterEach(() => stopEmbeddedPostgres(dataDir));

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  if (tables !== undefined) await rm(tables, { recursive: true, force: true });
});

const start = async (): Promise<EmbeddedPostgres> => {
  const server = await startEmbeddedPostgres({ dataDir });
  tables = server.folder;
  return server;
};

async function query(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>({ text: sql })).rows[0];
  } finally {
    await client.end();
  }
}

/** A process of its own that starts the server in the same folder, says so, and then waits to be killed. */
function startElsewhere(): {
  readonly process: ChildProcess;
  readonly server: Promise<Pick<EmbeddedPostgres, 'url' | 'startedHere'>>;
} {
  const here = dirname(fileURLToPath(import.meta.url));
  const loader = join(here, '../../../test/setup/typescript-loader.js');
  const program = `
    import { register } from 'node:module';
    register(${JSON.stringify(`file://${loader}`)});
    const { startEmbeddedPostgres } = await import(${JSON.stringify(`file://${join(here, 'embedded-postgres.ts')}`)});
    const { url, startedHere } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(JSON.stringify({ url, startedHere }));
    process.stdin.on('data', () => process.exit());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const server = once(child.stdout, 'data').then(([line]) => JSON.parse(String(line)));
  return { process: child, server };
}

describe('the PostgreSQL that comes with the program', () => {
  it('starts on an empty folder, in UTF-8, safe against power cuts, and for this machine only', async () => {
    const before = Date.now();
    const server = await start();
    expect(Date.now() - before).toBeLessThan(3000 * 2); // two test files share two cores
    expect(server.startedHere).toBe(true);
    expect(
      await query(
        server.url,
        `SELECT current_setting('server_encoding') AS encoding, current_setting('fsync') AS fsync,
           current_setting('listen_addresses') AS listens, current_setting('max_connections') AS connections,
           lower('ÄŚ') AS lower`,
      ),
    ).toEqual({ encoding: 'UTF8', fsync: 'on', listens: '127.0.0.1', connections: '200', lower: 'äś' });
  });

  it('keeps its password where only its owner can read it, and lets nobody in without', async () => {
    const server = await start();
    const { mode } = await stat(join(server.folder, 'password'));
    expect(mode & 0o077).toBe(0);
    const wrong = new URL(server.url);
    wrong.password = 'guessed';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('is used, not started again, by who comes second', async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ url: first.url, startedHere: false });
    await second.stop();
    expect(await query(first.url, 'SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('keeps port, password and rows over a stop', async () => {
    const first = await start();
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    const before = Date.now();
    const second = await start();
    expect(Date.now() - before).toBeLessThan(1000 * 2);
    expect(second).toMatchObject({ url: first.url, startedHere: true });
    expect(await query(second.url, 'SELECT * FROM kept')).toEqual({ answer: 42 });
  });

  it('is started once when two processes start at the same time', async () => {
    const elsewhere = startElsewhere();
    const [one, two] = await Promise.all([start(), elsewhere.server]);
    expect(one.url).toBe(two.url);
    expect([one.startedHere, two.startedHere].filter(Boolean)).toHaveLength(1);
    elsewhere.process.kill('SIGKILL');
    await once(elsewhere.process, 'close');
  });

  it('lives on when its owner is killed, and is found by the next start', async () => {
    const elsewhere = startElsewhere();
    const { url, startedHere } = await elsewhere.server;
    expect(startedHere).toBe(true);
    elsewhere.process.kill('SIGKILL');
    await once(elsewhere.process, 'close');
    expect(await start()).toMatchObject({ url, startedHere: false });
  });

  it('goes when its owner ends as usual, and the next start waits for that', async () => {
    const elsewhere = startElsewhere();
    await elsewhere.server;
    elsewhere.process.stdin?.write('end\n');
    await once(elsewhere.process, 'close');
    const next = await start();
    expect(next.startedHere).toBe(true);
    expect(await query(next.url, 'SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('starts over a postmaster.pid that names a process which is something else today', async () => {
    const stopped = await start();
    const path = stopped.folder;
    await stopped.stop();
    for (const pid of [process.pid, 4_194_303]) {
      await writeFile(join(path, 'postmaster.pid'), `${pid}\n${path}\n1700000000\n5432\n\n127.0.0.1\n\nready   \n`);
      const server = await start();
      expect(server.startedHere).toBe(true);
      await server.stop();
    }
  });

  it('takes another port when somebody else has its own', async () => {
    const first = await start();
    await first.stop();
    const { createServer } = await import('node:net');
    const squatter = createServer().listen(Number(new URL(first.url).port), '127.0.0.1');
    await once(squatter, 'listening');
    const second = await start();
    squatter.close();
    expect(second.url).not.toBe(first.url);
    expect(await query(second.url, 'SELECT 1 AS one')).toEqual({ one: 1 });
  });

  it('writes no values of failing statements into its log', async () => {
    const server = await start();
    await expect(query(server.url, `SELECT 'invented-value'::integer`)).rejects.toThrow();
    expect(await readFile(join(server.folder, 'server.log'), 'utf8')).not.toContain('invented-value');
  });

  it('says what to do when the folder holds something else', async () => {
    const other = join(folder, 'other');
    await mkdir(other);
    await writeFile(join(other, 'letter.txt'), '');
    await expect(startEmbeddedPostgres({ dataDir: other })).rejects.toThrow(/holds other files/);
  });

  const asRoot = process.getuid?.() === 0 ? it : it.skip;
  asRoot('lets root keep the tables elsewhere when its own folder is closed to others', async () => {
    await chmod(folder, 0o700);
    const closed = join(folder, 'closed');
    const server = await startEmbeddedPostgres({ dataDir: closed });
    expect(server.folder).not.toContain(folder);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual({ one: 1 });
    await server.stop();
    expect(await startEmbeddedPostgres({ dataDir: closed })).toMatchObject({ folder: server.folder, url: server.url });
    await stopEmbeddedPostgres(closed);
    await rm(server.folder, { recursive: true });
    await chmod(folder, 0o755);
  });
});

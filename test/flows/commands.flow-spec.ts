import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApiKeys } from '../../src/persistence/api-keys.js';
import { appendAudit } from '../../src/persistence/audit.js';
import { stopEmbeddedPostgres } from '../../src/persistence/embedded/embedded-postgres.js';
import { openDatabase } from '../../src/persistence/open-database.js';
import { startSimulator } from '../../src/simulator/simulator.js';
import { readConfig } from '../../src/support/config.js';
import { aDatabase, type TestDatabase } from '../setup/database.js';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const LOADER = new URL('../setup/typescript-loader.js', import.meta.url).href;
const REGISTER = `data:text/javascript,import{register}from'node:module';register('${LOADER}')`;
const HFR_ID = 'IN2210000101';

type Command = 'keys' | 'facilities' | 'bridge' | 'audit';

interface Ended {
  readonly exitCode: number;
  readonly out: string;
  readonly error: string;
}

/** The command as a process of its own, from its TypeScript sources: `npm run keys` does the same from `dist/`. */
function run(command: Command, args: readonly string[], environment: Record<string, string>): Promise<Ended> {
  const program = join(PROJECT, 'src/commands', `${command}.ts`);
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', REGISTER, program, ...args],
      { env: { PATH: process.env['PATH'], ...environment }, cwd: PROJECT },
      (error, out, errorOut) => resolve({ exitCode: Number(error?.code ?? 0), out, error: errorOut }),
    );
  });
}

describe('The commands', () => {
  let database: TestDatabase;
  let opened: Awaited<ReturnType<typeof openDatabase>>;
  let settings: Record<string, string>;
  beforeAll(async () => {
    database = await aDatabase();
    settings = { DATABASE_URL: database.url, MASTER_KEY: randomBytes(32).toString('base64') };
    opened = await openDatabase(readConfig(settings));
  });
  afterAll(async () => {
    await opened.close();
    await database.drop();
  });

  it('add a facility, and bring it up to date without forgetting what was not said', async () => {
    const first = [
      'add',
      '--hfr',
      HFR_ID,
      '--name',
      'CHC Bastar',
      '--service',
      `${HFR_ID}_1`,
      '--state',
      'Chhattisgarh',
    ];
    expect(await run('facilities', first, settings)).toMatchObject({ exitCode: 0, error: '' });
    await run('facilities', ['add', '--hfr', HFR_ID, '--name', 'District Hospital Bastar'], settings);
    const { out } = await run('facilities', ['list'], settings);
    expect(out.split('\n')[1]?.split(/ {2,}/)).toEqual(
      [HFR_ID, `${HFR_ID}_1`, 'District Hospital Bastar', '', 'Chhattisgarh'].filter((text) => text !== ''),
    );
  });

  it('refuse a facility with all that is wrong with it, and a service id that is taken', async () => {
    const { exitCode, error } = await run('facilities', ['add', '--hfr', 'IN22', '--name', ' '], settings);
    expect(exitCode).toBe(1);
    expect(error).toMatch(/hfrId[^]*name/);
    const taken = ['add', '--hfr', 'IN2210000102', '--name', 'PHC', '--service', `${HFR_ID}_1`];
    expect((await run('facilities', taken, settings)).error).toMatch(/Another facility has this service id/);
  });

  it('show an API key once, that opens until it is revoked', async () => {
    const { out } = await run('keys', ['add', '--facility', HFR_ID, '--label', 'OPD counters'], settings);
    const [key = ''] = out.split('\n');
    expect(key).toMatch(/^ehk_/);
    expect(out).toMatch(/only time/);
    const keys = new ApiKeys(opened.db);
    expect(await keys.facilityOf(key)).toBeDefined();

    const listed = await run('keys', ['list', '--facility', HFR_ID], settings);
    const [, secret = ''] = key.split('.');
    expect(listed.out).not.toContain(secret);
    const id = listed.out.split('\n')[1]?.split(' ')[0] ?? '';
    expect(key.startsWith(id)).toBe(true);

    expect(await run('keys', ['revoke', id], settings)).toMatchObject({ exitCode: 0, error: '' });
    expect(await keys.facilityOf(key)).toBeUndefined();
    expect(await run('keys', ['revoke', id], settings)).toMatchObject({ exitCode: 1, out: '' });
  });

  it('make a key of a district that has facilities, and say when its name could mean two', async () => {
    const add = (hfrId: string, state: string) =>
      run('facilities', ['add', '--hfr', hfrId, '--name', 'CHC', '--district', 'Bilaspur', '--state', state], settings);
    await add('IN2210000201', 'Chhattisgarh');
    const make = (...more: string[]) =>
      run('keys', ['add', '--district', 'bilaspur', ...more, '--label', 'collector'], settings);
    const [key = ''] = (await make()).out.split('\n');
    const holder = { role: 'district', district: 'Bilaspur', state: 'Chhattisgarh' };
    expect(await new ApiKeys(opened.db).holderOf(key)).toMatchObject(holder);
    expect(await new ApiKeys(opened.db).facilityOf(key)).toBeUndefined();
    expect((await run('keys', ['list'], settings)).out).toContain('Bilaspur, Chhattisgarh');
    await add('IN0210000202', 'Himachal Pradesh');
    expect((await make()).error).toMatch(/--state/);
    const [other = ''] = (await make('--state', 'Himachal Pradesh')).out.split('\n');
    expect(await new ApiKeys(opened.db).holderOf(other)).toMatchObject({ state: 'Himachal Pradesh' });
    expect((await run('keys', ['add', '--district', 'Nowhere', '--label', 'x'], settings)).error).toMatch(/list/);
  });

  it('say what to do when the facility is not known', async () => {
    const { exitCode, error } = await run('keys', ['add', '--facility', 'IN9999999999', '--label', 'x'], settings);
    expect(exitCode).toBe(1);
    expect(error).toMatch(/npm run facilities -- add/);
  });

  it.each<[Command, readonly string[]]>([
    ['keys', []],
    ['keys', ['add', '--facility', HFR_ID]],
    ['facilities', ['add', '--name', 'x']],
    ['bridge', ['register']],
    ['audit', ['verify', '--quickly']],
  ])('show how %s is used when called with %j', async (command, args) => {
    const { exitCode, out, error } = await run(command, args, {});
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(error).toContain(`npm run ${command} -- `);
  });

  it('say that the audit is whole, and which row somebody changed', async () => {
    expect((await run('audit', ['verify'], settings)).out).toBe('0 rows, the chain is whole\n');
    const [facility]: { id: string }[] = await opened.db.query('SELECT id FROM facility LIMIT 1');
    for (const outcome of ['shown', 'shown', 'shown']) {
      await opened.db.transaction((tx) =>
        appendAudit(tx, { at: new Date(), actor: 'adapter', action: 'visit.read', facilityId: facility!.id, outcome }),
      );
    }
    expect(await run('audit', ['verify'], settings)).toMatchObject({
      exitCode: 0,
      out: expect.stringMatching(/^3 rows, the chain is whole\nLast hash: [0-9a-f]{64}\n$/),
    });
    await opened.db.query(`
      ALTER TABLE audit DISABLE TRIGGER audit_append_only;
      UPDATE audit SET outcome = 'withheld' WHERE seq = 2`);
    const { exitCode, error } = await run('audit', ['verify'], settings);
    expect(exitCode).toBe(1);
    expect(error).toMatch(/row 2 is the first/);
  });

  it('register the URL at which ABDM finds the adapter', async () => {
    const simulator = await startSimulator({ openRegistration: true });
    const withAbdm = {
      ...settings,
      ABDM_BASE_URL: simulator.url,
      ABDM_CLIENT_ID: 'SBX_000001',
      ABDM_CLIENT_SECRET: 'invented-secret',
    };
    try {
      expect(await run('bridge', ['register', 'https://adapter.example.org/'], withAbdm)).toMatchObject({
        exitCode: 0,
      });
      const messages: any = await (await fetch(`${simulator.url}/simulator/messages?path=bridge/url`)).json();
      expect(messages.at(-1).body).toEqual({ url: 'https://adapter.example.org' });
      await fetch(`${simulator.url}/simulator/sessions`, { method: 'DELETE' });
      const wrong = { ...withAbdm, ABDM_CLIENT_SECRET: 'another-secret' };
      const { exitCode, error } = await run('bridge', ['register', 'https://adapter.example.org'], wrong);
      expect(exitCode).toBe(1);
      expect(error).toMatch(/401.*Check ABDM_CLIENT_ID and ABDM_CLIENT_SECRET/);
    } finally {
      await simulator.close();
    }
  });

  it.each([
    ['a path', 'https://adapter.example.org/api/v3', /no path/],
    ['an address', 'https://192.0.2.7', /IP address/],
    ['a port', 'https://adapter.example.org:8443', /no port/],
    ['no encryption', 'http://adapter.example.org', /https:/],
    ['a name of this machine only', 'https://adapter', /whole Internet/],
  ])('refuse a URL for callbacks with %s', async (_, url, reason) => {
    const { exitCode, error } = await run('bridge', ['register', url], settings);
    expect(exitCode).toBe(1);
    expect(error).toMatch(reason);
  });

  it('take such a URL when told that it is meant', async () => {
    const unreachable = {
      ...settings,
      ABDM_BASE_URL: 'http://127.0.0.1:9',
      ABDM_CLIENT_ID: 'x',
      ABDM_CLIENT_SECRET: 'y',
    };
    const { error } = await run('bridge', ['register', 'http://localhost:3000', '--anyway'], unreachable);
    expect(error).toMatch(/ABDM did not answer/);
  });

  it('say that the database does not answer, and never its password', async () => {
    const away = { ...settings, DATABASE_URL: 'postgres://adapter:invented-password@127.0.0.1:9/adapter' };
    const { exitCode, error } = await run('keys', ['list'], away);
    expect(exitCode).toBe(1);
    expect(error).toMatch(/Check DATABASE_URL/);
    expect(error).not.toContain('invented-password');
  });

  it('say that MASTER_KEY is not the one of this database', async () => {
    const other = { ...settings, MASTER_KEY: randomBytes(32).toString('base64') };
    const { exitCode, error } = await run('keys', ['list'], other);
    expect(exitCode).toBe(1);
    expect(error).toMatch(/^MASTER_KEY does not open this database/);
  });

  it('work on the built-in database while the adapter runs on it, and leave it running', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'commands-'));
    await chmod(folder, 0o755);
    const adapters = await openDatabase(readConfig({ DATA_DIR: folder }));
    try {
      const args = ['add', '--hfr', HFR_ID, '--name', 'District Hospital Bastar'];
      expect(await run('facilities', args, { DATA_DIR: folder })).toMatchObject({ exitCode: 0, error: '' });
      expect(await adapters.db.query('SELECT hfr_id FROM facility')).toEqual([{ hfr_id: HFR_ID }]);
    } finally {
      await adapters.close();
      await stopEmbeddedPostgres(join(folder, 'postgres'));
      await rm(folder, { recursive: true, force: true });
    }
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { inspect } from 'node:util';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { ApiKeys } from '../../src/persistence/api-keys.js';
import { openSealer, WrongMasterKey } from '../../src/persistence/data-key.js';
import { makeDataSource } from '../../src/persistence/data-source.js';
import { saveFacilitiesFile, saveFacility } from '../../src/persistence/facilities-file.js';
import { migrate } from '../../src/persistence/migrate.js';
import { MIGRATIONS } from '../../src/persistence/migrations/index.js';
import { openDatabase } from '../../src/persistence/open-database.js';
import { readConfig } from '../../src/support/config.js';
import { aDatabase, type TestDatabase } from '../setup/database.js';

const closing: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const close of closing.reverse()) await close();
});

/** A migrated database of its own. */
async function aMigratedDatabase(): Promise<{ readonly url: string; readonly db: DataSource }> {
  const database = await aDatabase();
  const db = await makeDataSource(database.url, 4).initialize();
  closing.push(async () => {
    await db.destroy();
    await database.drop();
  });
  return { url: database.url, db };
}

/** A database with nothing in it. */
async function anEmptyDatabase(): Promise<TestDatabase> {
  const database = await aDatabase();
  const name = new URL(database.url).pathname.slice(1);
  await database.drop();
  const server = new pg.Client({ connectionString: process.env['TEST_POSTGRES_URL'] });
  await server.connect();
  await server.query(`CREATE DATABASE ${name}`);
  await server.end();
  closing.push(() => database.drop());
  return database;
}

async function differences(db: DataSource): Promise<readonly string[]> {
  const { upQueries } = await db.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

const migrationNames = async (db: DataSource): Promise<readonly string[]> => {
  const rows: { name: string }[] = await db.query('SELECT name FROM migrations ORDER BY id');
  return rows.map(({ name }) => name);
};

describe('The migrations', () => {
  it('make on an empty database exactly what the entities describe', async () => {
    const { url } = await anEmptyDatabase();
    await migrate(url);
    const db = await makeDataSource(url, 2).initialize();
    try {
      expect(await differences(db)).toEqual([]);
    } finally {
      await db.destroy();
    }
  });

  it('are compared by something that sees a column, an index or a rule that is missing', async () => {
    const { db } = await aMigratedDatabase();
    await db.query(`
      ALTER TABLE visit DROP COLUMN counter;
      DROP INDEX visit_by_day;
      ALTER TABLE linking DROP CONSTRAINT linking_state_check;
      ALTER TABLE care_context DROP CONSTRAINT care_context_visit_id_fkey`);
    expect(await differences(db)).toHaveLength(4);
  });

  it('do nothing the second time', async () => {
    const { url, db } = await aMigratedDatabase();
    const before = await migrationNames(db);
    await migrate(url);
    expect(await migrationNames(db)).toEqual(before);
    expect(before).toEqual(MIGRATIONS.map(({ name }) => name));
  });

  it('run once when processes start at once on an empty database', async () => {
    const { url } = await anEmptyDatabase();
    const processes = await Promise.all([aMigratingProcess(url), aMigratingProcess(url)]);
    const exitCodes = await Promise.all([
      ...processes.map((migrateNow) => migrateNow()),
      ...[1, 2].map(() => migrate(url).then(() => 0)),
    ]);
    expect(exitCodes).toEqual([0, 0, 0, 0]);
    const db = await makeDataSource(url, 2).initialize();
    try {
      expect(await migrationNames(db)).toEqual(MIGRATIONS.map(({ name }) => name));
    } finally {
      await db.destroy();
    }
  });

  it('go forward only', async () => {
    for (const Migration of MIGRATIONS) await expect(new Migration().down()).rejects.toThrow(/restore a backup/);
  });
});

/** A process that has loaded everything and waits for the word. The word gives its exit code. */
async function aMigratingProcess(url: string): Promise<() => Promise<unknown>> {
  const source = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
  const program = `
    import { register } from 'node:module';
    import { once } from 'node:events';
    register(${source('../setup/typescript-loader.js')});
    await import('reflect-metadata');
    const { migrate } = await import(${source('../../src/persistence/migrate.ts')});
    process.stdout.write('ready');
    await once(process.stdin, 'data');
    await migrate(process.env.DATABASE_URL);
    process.exit(0);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    env: { PATH: process.env['PATH'], DATABASE_URL: url },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return async () => {
    child.stdin.end('now');
    const [exitCode] = await once(child, 'exit');
    return exitCode;
  };
}

describe('The data key', () => {
  it('is made at the first start, and opens later what was sealed then', async () => {
    const { db } = await aMigratedDatabase();
    const master = randomBytes(32);
    const sealed = (await openSealer(db, master)).seal('row:1', 'kept');
    expect((await openSealer(db, master)).open('row:1', sealed)).toBe('kept');
  });

  it('is one, when several processes start at once', async () => {
    const { db } = await aMigratedDatabase();
    const master = randomBytes(32);
    const sealers = await Promise.all(Array.from({ length: 6 }, () => openSealer(db, master)));
    const hashes = sealers.map((sealer) => sealer.hash('uhid', '1').toString('hex'));
    expect(new Set(hashes).size).toBe(1);
  });

  it('is not in the database in the clear', async () => {
    const { db } = await aMigratedDatabase();
    await openSealer(db, randomBytes(32));
    const [row]: { wrapped: Buffer }[] = await db.query('SELECT wrapped FROM data_key');
    expect(row?.wrapped).toHaveLength(12 + 16 + 32);
  });

  it('stays shut under another MASTER_KEY, with a sentence that says what to do', async () => {
    const { db } = await aMigratedDatabase();
    const master = randomBytes(32);
    await openSealer(db, master);
    await expect(openSealer(db, randomBytes(32))).rejects.toThrow(WrongMasterKey);
    await expect(openSealer(db, randomBytes(32))).rejects.toThrow(
      /^MASTER_KEY does not open this database\. Set the MASTER_KEY the database was first started with/,
    );
    await expect(openSealer(db, master)).resolves.toBeDefined();
  });

  it('stops the start under another MASTER_KEY, and leaves no connection behind', async () => {
    const { url, db } = await aMigratedDatabase();
    await openSealer(db, randomBytes(32));
    await db.destroy();
    const settings = { DATABASE_URL: url, MASTER_KEY: randomBytes(32).toString('base64') };
    await expect(openDatabase(readConfig(settings))).rejects.toThrow(WrongMasterKey);
    await db.initialize();
    const [others]: { count: string }[] = await db.query(
      `SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
         AND application_name = 'ehospital-abdm-adapter'`,
    );
    expect(others?.count).toBe('0');
  });
});

describe('API keys', () => {
  let db: DataSource;
  let facilityId: string;
  let keys: ApiKeys;
  beforeAll(async () => {
    ({ db } = await aMigratedDatabase());
    facilityId = await saveFacility(db, { hfrId: 'IN2210000101', serviceId: 'IN2210000101', name: 'DH' });
    keys = new ApiKeys(db);
  });

  it('always have the same form, and are never the same', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => keys.make(facilityId, 'counter')));
    for (const key of made) expect(key).toMatch(/^ehk_[\w-]{11}\.[\w-]{43}$/);
    expect(new Set(made).size).toBe(20);
  });

  it('open their own facility until they are revoked, and are revoked once', async () => {
    const key = await keys.make(facilityId, 'counter');
    const found = await keys.facilityOf(key);
    expect(found).toEqual({ facilityId, keyId: key.slice(4, 15) });
    expect(await keys.revoke(key.slice(4, 15))).toBe(true);
    expect(await keys.facilityOf(key)).toBeUndefined();
    expect(await keys.revoke(key.slice(4, 15))).toBe(false);
  });

  it('open nothing with another secret, another id, or in another form', async () => {
    const [one, two] = [await keys.make(facilityId, 'one'), await keys.make(facilityId, 'two')];
    const wrong = [one.slice(0, 16) + two.slice(16), `${one}x`, one.slice(0, -1), one.slice(4), ` ${one}`, '', 'ehk_.'];
    for (const key of wrong) expect(await keys.facilityOf(key)).toBeUndefined();
  });

  it('are stored as a hash only', async () => {
    const key = await keys.make(facilityId, 'counter');
    const rows: unknown[] = await db.query('SELECT * FROM api_key WHERE id = $1', [key.slice(4, 15)]);
    expect(inspect(rows, { depth: null, maxStringLength: null })).not.toContain(key.slice(16));
  });
});

describe('The facilities file', () => {
  it('brings name and service id up to date, and keeps the facility', async () => {
    const { db } = await aMigratedDatabase();
    const entry = { hfrId: 'IN2210000101', serviceId: 'IN2210000101', name: 'PHC Bastar' };
    const id = await saveFacility(db, entry);
    expect(await saveFacility(db, { ...entry, serviceId: 'IN2210000101_1', name: 'CHC Bastar' })).toBe(id);
    const rows: unknown[] = await db.query('SELECT id, service_id, name FROM facility');
    expect(rows).toEqual([{ id, service_id: 'IN2210000101_1', name: 'CHC Bastar' }]);
  });

  it('need not be there', async () => {
    const { db } = await aMigratedDatabase();
    await expect(saveFacilitiesFile(db, '/nonexistent/facilities.yaml')).resolves.toBeUndefined();
  });
});

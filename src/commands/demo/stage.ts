import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import pg from 'pg';
import type { HospitalPort } from '../../ports/hospital.port.js';
import { ApiKeys } from '../../persistence/api-keys.js';
import { startEmbeddedPostgres } from '../../persistence/embedded/embedded-postgres.js';
import { saveFacility } from '../../persistence/facilities-file.js';
import { openDatabase } from '../../persistence/open-database.js';
import type { OpenDatabase } from '../../persistence/persistence.module.js';
import { readConfig } from '../../support/config.js';
import { SimulatedAbdm } from './abdm.js';
import { inAbhaRegister, type Feed } from './feed.js';
import { Program } from './program.js';

const CLIENT_ID = 'SBX_DEMO01';

/** Everything the demo runs on: database, simulator, adapter, facilities, keys. Every secret is made for this run. */
export interface Stage {
  readonly database: OpenDatabase;
  readonly abdm: SimulatedAbdm;
  readonly adapterUrl: string;
  /** HFR id → API key. */
  readonly keys: ReadonlyMap<string, string>;
  readonly hospital: HospitalPort;
  /** A power cut, and the start after it. */
  crashAdapter(): Promise<void>;
  clear(): Promise<void>;
  /** Ends nothing, so that people can look around. */
  readonly programs: readonly Program[];
}

export interface StageOptions {
  /** Milliseconds between a call to the simulator and its callback, e.g. `200-2000` as NHA's gateway takes. */
  readonly callbackDelayMs: string;
  readonly logLevel?: string;
  readonly adapterEnvironment?: Readonly<Record<string, string>>;
}

export async function setStage(feed: Feed, hospital: HospitalPort, options: StageOptions): Promise<Stage> {
  const postgres = await startEmbeddedPostgres({ dataDir: resolve('.data/demo/postgres') });
  const url = await freshDatabase(postgres.url);
  const masterKey = randomBytes(32).toString('base64');
  const database = await openDatabase(readConfig({ DATABASE_URL: url, MASTER_KEY: masterKey, DATABASE_POOL: '5' }));
  const keys = await facilitiesAndKeys(database, feed);

  const smsSecret = randomBytes(24).toString('base64url');
  const simulator = await Program.start('simulator', 'simulator/main.js', {
    SIMULATOR_PORT: '0',
    SIMULATOR_CALLBACK_DELAY_MS: options.callbackDelayMs,
    SIMULATOR_AUTO_PULL: 'false',
    SIMULATOR_SMS_GATEWAY_SECRET: smsSecret,
  });
  const abdm = new SimulatedAbdm(simulator.url);
  const clientSecret = randomBytes(24).toString('base64url');
  const startAdapter = (port: string): Promise<Program> =>
    Program.start('adapter', 'main.js', {
      PORT: port,
      DATABASE_URL: url,
      MASTER_KEY: masterKey,
      LOG_LEVEL: options.logLevel ?? 'error',
      ABDM_BASE_URL: simulator.url,
      ABHA_BASE_URL: `${simulator.url}/abha/api`,
      ABDM_CLIENT_ID: CLIENT_ID,
      ABDM_CLIENT_SECRET: clientSecret,
      // Its own simulator names these; another gateway given by the caller names others.
      ABDM_CALLBACK_CLIENT: options.adapterEnvironment?.['ABDM_BASE_URL'] ? '' : 'gateway',
      ABDM_CALLBACK_ISSUER: options.adapterEnvironment?.['ABDM_BASE_URL']
        ? ''
        : `${simulator.url}/realms/central-registry`,
      PUSH_ALLOWED_ORIGINS: simulator.url,
      OTP_WEBHOOK_URL: `${simulator.url}/simulator/sms-gateway`,
      OTP_WEBHOOK_SECRET: smsSecret,
      ...options.adapterEnvironment,
    });
  let adapter = await startAdapter('0');
  const adapterUrl = adapter.url;
  await abdm.client(CLIENT_ID, clientSecret, adapterUrl);
  for (const { hfrId, name } of feed.facilities) await abdm.facility(hfrId, name, CLIENT_ID);
  await abdm.patients(feed.abhaHolders.map(inAbhaRegister));

  return {
    database,
    abdm,
    adapterUrl,
    keys,
    hospital,
    get programs() {
      return [simulator, adapter];
    },
    crashAdapter: async () => {
      await adapter.end('SIGKILL');
      adapter = await startAdapter(new URL(adapterUrl).port);
    },
    clear: async () => {
      await adapter.end('SIGTERM');
      await simulator.end('SIGTERM');
      await database.db.destroy();
      await onServer(postgres.url, `DROP DATABASE IF EXISTS ${new URL(url).pathname.slice(1)} WITH (FORCE)`);
      // Another demo may be using the server that this one started.
      if (postgres.startedHere && !(await isUsedByAnother(postgres.url))) await postgres.stop();
    },
  };
}

async function isUsedByAnother(serverUrl: string): Promise<boolean> {
  return (await onServer(serverUrl, `SELECT 1 FROM pg_database WHERE datname LIKE 'demo\\_%'`)) > 0;
}

/** A database of its own for this run: the day starts with nothing. */
async function freshDatabase(serverUrl: string): Promise<string> {
  const name = `demo_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** How many rows it touched or found. */
async function onServer(url: string, statement: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

async function facilitiesAndKeys({ db }: OpenDatabase, feed: Feed): Promise<ReadonlyMap<string, string>> {
  const apiKeys = new ApiKeys(db);
  const keys = new Map<string, string>();
  for (const { hfrId, name } of feed.facilities) {
    const id = await saveFacility(db, { hfrId, serviceId: hfrId, name });
    keys.set(hfrId, await apiKeys.make(id, 'demo'));
  }
  return keys;
}

import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { DataSource } from 'typeorm';
import { loadMapping } from '../../src/hospital/mapping.js';
import { createHospitalReader } from '../../src/hospital/reader.js';
import { Silence } from '../../src/exchange/silence.js';
import { ApiKeys } from '../../src/persistence/api-keys.js';
import { openSealer } from '../../src/persistence/data-key.js';
import { makeDataSource } from '../../src/persistence/data-source.js';
import { saveFacility } from '../../src/persistence/facilities-file.js';
import type { Sealer } from '../../src/persistence/sealing.js';
import { startSimulator, type SimulatorOptions } from '../../src/simulator/simulator.js';
import { startAdapter, type RunningAdapter } from '../../src/start.js';
import { readConfig, type Config } from '../../src/support/config.js';
import { createLogger } from '../../src/support/logger.js';
import { abhaHolderOf, type Columns } from '../makers/legacy-visit.js';
import { MovableClock } from './clock.js';
import { aDatabase } from './database.js';

const MAPPING = loadMapping(fileURLToPath(new URL('../../config/ehospital.yaml', import.meta.url)));
export const HFR_ID = 'IN2210000101';
export const OTHER_HFR_ID = 'IN2210000103';

/** An HTTP answer, read. `body` is parsed JSON where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: any;
}

export interface RunningHip {
  readonly url: string;
  readonly simulatorUrl: string;
  readonly db: DataSource;
  readonly sealer: Sealer;
  readonly clock: MovableClock;
  readonly adapter: RunningAdapter;
  /** API keys of the two facilities. */
  readonly key: string;
  readonly otherKey: string;
  /** Every line the adapter logged. */
  readonly logged: () => string;
  /** The hospital's side. `key` of the first facility unless another is given. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Posts a visit and makes its patient known to ABDM (when she has an ABHA). Returns the answer's body. */
  closes(visit: Columns, isKnownToAbdm?: boolean): Promise<any>;
  /** A visit as the API shows it. */
  visit(id: string): Promise<any>;
  /** The simulator's control API: `abdm('POST', '/simulator/consents', {…})`. */
  abdm(method: string, path: string, body?: unknown): Promise<any>;
  /** Waits until no job is due and nothing is on its way. */
  settle(): Promise<void>;
  /** Moves the clock, and with it what is due. */
  later(milliseconds: number): Promise<void>;
  stop(): Promise<void>;
}

/** The running program: real PostgreSQL, real HTTP, the simulator as ABDM. Stop it at the end of the test file. */
export async function aRunningHip(
  settings: Partial<Record<keyof Config, string>> = {},
  simulatorOptions: SimulatorOptions = {},
): Promise<RunningHip> {
  const database = await aDatabase();
  const simulator = await startSimulator({
    port: 0,
    callbackDelayMs: [0, 0],
    notifyTooSoonMs: 0,
    autoPull: false,
    ...simulatorOptions,
  });
  // Making the 4096 bits of the real service takes seconds on a busy machine; what is tested is the same with 2048.
  await request(`${simulator.url}/simulator/abha/settings`, 'POST', { keyBits: 2048 }, {});
  const config = readConfig({
    DATABASE_URL: database.url,
    MASTER_KEY: randomBytes(32).toString('base64'),
    PORT: '0',
    LOG_LEVEL: 'debug',
    FACILITIES_FILE: '/nonexistent',
    ABDM_BASE_URL: simulator.url,
    ABHA_BASE_URL: `${simulator.url}/abha/api`,
    ABDM_CLIENT_ID: 'SBX_000001',
    ABDM_CLIENT_SECRET: 'invented-secret',
    CONTEXT_NOTIFY_DELAYS: '0,1,2',
    PUSH_ALLOWED_ORIGINS: simulator.url,
    ABDM_TIMEOUT_MS: '5000',
    ...settings,
  });
  const db = await makeDataSource(database.url).initialize();
  const sealer = await openSealer(db, config.MASTER_KEY ?? Buffer.alloc(0));
  const [facilityId, otherId] = [
    await saveFacility(db, {
      hfrId: HFR_ID,
      serviceId: HFR_ID,
      name: 'District Hospital Bastar',
      state: 'Chhattisgarh',
    }),
    await saveFacility(db, { hfrId: OTHER_HFR_ID, serviceId: OTHER_HFR_ID, name: 'CHC Lohandiguda' }),
  ];
  const keys = new ApiKeys(db);
  const [key, otherKey] = [await keys.make(facilityId, 'test'), await keys.make(otherId, 'test')];
  const clock = new MovableClock();
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const adapter = await startAdapter({
    config,
    database: { url: database.url, db, sealer },
    hospital: createHospitalReader(MAPPING),
    clock,
    log: createLogger({ name: 'adapter', level: 'debug', destination }),
  });
  const url = adapter.url ?? '';

  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    request(url + path, method, body, { 'x-api-key': key, ...headers });
  const abdm = async (method: string, path: string, body?: unknown): Promise<any> => {
    const answer = await request(simulator.url + path, method, body, {});
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  await abdm('POST', '/simulator/clients', {
    clientId: 'SBX_000001',
    clientSecret: 'invented-secret',
    bridgeUrl: url,
  });
  for (const id of [HFR_ID, OTHER_HFR_ID]) {
    await abdm('POST', '/simulator/facilities', { id, name: 'Test Hospital', clientId: 'SBX_000001' });
  }

  // Jobs are due by the moved clock; the database goes by its own.
  const makeDue = async (): Promise<boolean> => {
    const [pulled] = await db.query<[unknown[], number]>(
      `UPDATE graphile_worker._private_jobs SET run_at = now()
       WHERE run_at > now() AND run_at <= $1 AND locked_at IS NULL RETURNING id`,
      [clock.now()],
    );
    if (pulled.length > 0) await db.query(`SELECT pg_notify('jobs:insert', '{"count":1}')`);
    return pulled.length > 0;
  };

  const settle = async (): Promise<void> => {
    for (let quiet = 0, rounds = 0; quiet < 3; rounds++) {
      // A chain of such jobs looks quiet between two of them.
      if (await makeDue()) quiet = 0;
      if (rounds > 1_000) throw new Error('Jobs are still due after 50 seconds');
      await new Promise((resolve) => setTimeout(resolve, 50));
      const [row]: { due: string }[] = await db.query(
        // A message that went out a moment ago is about to be answered.
        `SELECT (SELECT count(*) FROM graphile_worker._private_jobs
                 WHERE locked_at IS NOT NULL OR (run_at <= now() AND attempts < max_attempts)) +
                (SELECT count(*) FROM exchange WHERE state = 'sent' AND sent_at > $1) AS due`,
        [new Date(clock.now().getTime() - 1_000)],
      );
      quiet = row?.due === '0' ? quiet + 1 : 0;
    }
  };

  return {
    url,
    simulatorUrl: simulator.url,
    db,
    sealer,
    clock,
    adapter,
    key,
    otherKey,
    logged: () => lines.join(''),
    call,
    abdm,
    settle,
    async closes(visit, isKnownToAbdm = true) {
      const { ABHA_ADDR } = visit['PATIENT'] as Columns;
      if (isKnownToAbdm && ABHA_ADDR) await abdm('POST', '/simulator/patients', abhaHolderOf(visit));
      const answer = await call('POST', '/api/v1/visits', visit);
      if (answer.status !== 202) throw new Error(`The visit was not taken: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    async visit(id) {
      return (await call('GET', `/api/v1/visits/${id}`)).body;
    },
    async later(milliseconds) {
      clock.move(milliseconds);
      await adapter.app.get(Silence).notice();
      await settle();
    },
    async stop() {
      await adapter.stop();
      await simulator.close();
      await db.destroy();
      await database.drop();
    },
  };
}

async function request(url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer> {
  const isText = typeof body === 'string';
  const answer = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  let parsed: unknown = text;
  try {
    parsed = JSON.parse(text);
  } catch {
    // not JSON: the text itself
  }
  return { status: answer.status, headers: answer.headers, body: parsed };
}

import { createServer, type AddressInfo } from 'node:net';
import { Silence } from '../../src/exchange/silence.js';
import type { SimulatorOptions } from '../../src/simulator/simulator.js';
import { startAdapter, type RunningAdapter } from '../../src/start.js';
import { HOSPITAL_PORT, type HospitalPort } from '../../src/ports/hospital.port.js';
import { CLOCK, type Clock } from '../../src/support/clock.js';
import { CONFIG, type Config } from '../../src/support/config.js';
import { LOGGER, type Logger } from '../../src/support/logger.js';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { aRunningHip, HFR_ID, type RunningHip } from './running-hip.js';

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Our calls to ABDM, as the simulator names them, and the callbacks that answer them. */
const CALLS = {
  session: { operationId: 'createSession', path: '/gateway/v3/sessions', answer: '' },
  token: {
    operationId: 'generateLinkToken',
    path: '/token/generate-token',
    answer: '/api/v3/hip/token/on-generate-token',
  },
  link: { operationId: 'linkCareContexts', path: '/link/carecontext', answer: '/api/v3/link/on_carecontext' },
  notify: {
    operationId: 'notifyCareContextUpdate',
    path: '/link/context/notify',
    answer: '/api/v3/links/context/on-notify',
  },
} as const;
type Call = keyof typeof CALLS;

export interface LinkingHip extends RunningHip {
  /**
   * Our calls of one kind, oldest first; with an address: about that patient only. A call that was cut off or refused on
   * purpose was not read, so it is about nobody.
   */
  asked(call: Call, abhaAddress?: string): Promise<any[]>;
  /** ABDM's memory of messages is emptied. */
  forget(): Promise<void>;
  /** The next such calls (or `times` of them) go badly. */
  misbehaves(call: Call, fault: Columns): Promise<void>;
  /** ABDM answers one of our calls, in the test's words. Returns the HTTP statuses. */
  answers(call: Call, question: { requestId: string }, outcome: Columns, more?: Columns): Promise<number[]>;
  linksOf(abhaAddress: string): Promise<any[]>;
  /** The timeline's steps, with their codes: `failed ABDM-1207`. */
  steps(visitId: string): Promise<string[]>;
  /** Another adapter on the same database, beside those that run. */
  another(settings?: Partial<Config>): Promise<RunningAdapter>;
  /** Stops the adapter, does something, and starts another on its port and database. */
  whileStopped(work: () => Promise<void>, settings?: Partial<Config>): Promise<void>;
}

/** A running HIP on a fixed port, with ABDM's side of linking within reach.  */
export async function aLinkingHip(
  settings: Partial<Record<keyof Config, string>> = {},
  simulatorOptions: SimulatorOptions = {},
): Promise<LinkingHip> {
  const port = String(await aFreePort());
  const hip = await aRunningHip({ PORT: port, ...settings }, { dedupeWindowMs: 0, ...simulatorOptions });
  const { app } = hip.adapter;
  const config: Config = app.get(CONFIG);
  const surroundings = {
    config,
    database: { url: config.DATABASE_URL ?? '', db: hip.db, sealer: hip.sealer },
    hospital: app.get<HospitalPort>(HOSPITAL_PORT),
    clock: app.get<Clock>(CLOCK),
    log: app.get<Logger>(LOGGER),
  };
  const started = new Set<RunningAdapter>([hip.adapter]);
  let current = hip.adapter;
  const another = async (changes: Partial<Config> = {}): Promise<RunningAdapter> => {
    const adapter = await startAdapter({ ...surroundings, config: { ...config, ...changes } });
    started.add(adapter);
    return adapter;
  };

  const asked = async (call: Call, abhaAddress?: string): Promise<any[]> => {
    const messages = (await hip.abdm('GET', `/simulator/messages?path=${CALLS[call].path}`)) as any[];
    return messages.filter(
      ({ direction, body }) =>
        direction === 'in' &&
        (abhaAddress === undefined || [body?.abhaAddress, body?.notification?.patient.id].includes(abhaAddress)),
    );
  };
  return {
    ...hip,
    asked,
    another,
    async later(milliseconds) {
      hip.clock.move(milliseconds);
      await current.app.get(Silence).notice();
      await hip.settle();
    },
    forget: () => hip.abdm('DELETE', '/simulator/messages'),
    async misbehaves(call, fault) {
      await hip.abdm('POST', '/simulator/faults', { operationId: CALLS[call].operationId, ...fault });
    },
    async answers(call, { requestId }, outcome, more = {}) {
      const { statuses } = await hip.abdm('POST', '/simulator/callbacks', {
        clientId: 'SBX_000001',
        path: CALLS[call].answer,
        hipId: HFR_ID,
        body: { ...outcome, response: { requestId } },
        ...more,
      });
      return statuses;
    },
    linksOf: (abhaAddress) => hip.abdm('GET', `/simulator/patients/${abhaAddress}/care-contexts`),
    async steps(visitId) {
      const { timeline } = await hip.visit(visitId);
      return timeline.map(({ step, code }: any) => (code === null ? step : `${step} ${code}`));
    },
    async whileStopped(work, changes) {
      await current.stop();
      started.delete(current);
      await work();
      current = await another(changes);
    },
    async stop() {
      // The first one is stopped by the running HIP itself, which does not mind when it is stopped already.
      for (const adapter of started) if (adapter !== hip.adapter) await adapter.stop();
      await hip.stop();
    },
  };
}

/** The patient's ABHA address in a row. */
export const addressIn = (row: Columns): string => (row['PATIENT'] as { ABHA_ADDR: string }).ABHA_ADDR;

/** A second visit of the patient of `row`. */
export const anotherVisitOf = (row: Columns, changes: Columns = {}): Columns => {
  const { PATIENT, ...rest } = changes;
  return aLegacyVisit({ ...rest, PATIENT: { ...(row['PATIENT'] as Columns), ...(PATIENT as Columns | undefined) } });
};

/** The same visit, corrected at the hospital. */
export const corrected = (row: Columns, changes: Columns = {}): Columns => {
  const { PATIENT, ...rest } = changes;
  return {
    ...row,
    ROW_VER: Number(row['ROW_VER']) + 1,
    ...rest,
    PATIENT: { ...(row['PATIENT'] as Columns), ...(PATIENT as Columns | undefined) },
  };
};

/** A port nobody listens on now. */
export async function aFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

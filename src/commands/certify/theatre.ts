import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { loadMapping } from '../../hospital/mapping.js';
import { createHospitalReader } from '../../hospital/reader.js';
import { openRecord } from '../../persistence/sealed-record.js';
import type { OpenDatabase } from '../../persistence/persistence.module.js';
import { startSimulator } from '../../simulator/simulator.js';
import { projectFile } from '../../support/project-file.js';
import { setStage } from '../demo/stage.js';
import { Abdm } from './abdm.js';
import { Hospital, type AbhaConsent } from './hospital.js';
import type { AgainstOptions } from './options.js';
import type { Theatre } from './scene.js';
import { SmsGateway } from './sms-gateway.js';
import { isAmong } from './subjects.js';

const FACILITY = { hfrId: 'IN2210000101', name: 'District Hospital Bastar' };

export interface OpenTheatre extends Theatre {
  close(): Promise<void>;
}

/** Database, simulator and adapter of our own, and an SMS gateway for the codes. Every secret is made for this run. */
export async function ownTheatre(patienceMs: number): Promise<OpenTheatre> {
  const smsGateway = await SmsGateway.start();
  const reader = createHospitalReader(loadMapping(projectFile('config/ehospital.yaml')));
  const feed = { lines: [], facilities: [FACILITY], facilityOfLine: [], abhaHolders: [] };
  const stage = await setStage(feed, reader, {
    callbackDelayMs: '100-400',
    adapterEnvironment: {
      OTP_SENDER: 'webhook',
      OTP_WEBHOOK_URL: smsGateway.url,
      OTP_WEBHOOK_SECRET: smsGateway.secret,
      // Ways to an ABHA that stand on the sheet and are off by default.
      ABHA_BENEFIT_NAME: 'healthid api',
      ABHA_LEGACY: 'on',
      ABHA_ACCOUNT_ENDINGS: 'on',
    },
  }).catch((error: unknown) => {
    smsGateway.stop();
    throw error;
  });
  const hospital = new Hospital({
    adapterUrl: stage.adapterUrl,
    apiKey: stage.keys.get(FACILITY.hfrId) ?? '',
    hfrId: FACILITY.hfrId,
    smsGateway,
    builtRecords: recordsIn(stage.database),
    consentsOf: consentsIn(stage.database),
  });
  return {
    abdm: new Abdm(stage.abdm.url, FACILITY.hfrId, patienceMs),
    hospital,
    given: undefined,
    passes: reallyPasses,
    close: async () => {
      smsGateway.stop();
      await stage.clear();
    },
  };
}

/** The simulator alone, as the gateway of a HIP that runs elsewhere. */
export async function theatreOf(
  options: AgainstOptions,
  patienceMs: number,
  say: (text: string) => void,
): Promise<OpenTheatre> {
  const { hipUrl, hipId, clientId, port, host, publicUrl } = options;
  const simulator = await startSimulator({
    port,
    host,
    autoPull: false,
    ...(publicUrl === undefined ? {} : { publicUrl }),
  });
  // Where the HIP finds it may be no place that can be reached from here.
  const here = publicUrl === undefined ? simulator.url : `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`;
  const abdm = new Abdm(here, hipId, patienceMs);
  const clientSecret = options.clientSecret ?? randomBytes(24).toString('base64url');
  await abdm.call('POST', 'clients', { clientId, clientSecret, bridgeUrl: hipUrl });
  await abdm.call('POST', 'facilities', { id: hipId, name: 'The HIP under test', clientId });
  say(`The HIP has to use ${publicUrl ?? simulator.url} as ABDM’s gateway, with client id ${clientId}`);
  if (options.clientSecret === undefined) say(`and this client secret, made for this run: ${clientSecret}`);
  const { holder, careContexts } = options.patient;
  await abdm.knows(holder);
  say('It links one visit of the patient now, and leaves another one of hers unlinked.');
  await untilTheHipRuns();
  if (careContexts.length > 0) {
    say('Waiting until the care context is linked …');
    await abdm.eventually(
      () => abdm.linkedHere(holder.abhaAddress),
      (linked) => careContexts.every((one) => isAmong(linked, one)),
    );
  }
  return { abdm, hospital: undefined, given: options.patient, passes: reallyPasses, close: () => simulator.close() };
}

/** It may fetch ABDM’s keys once, at its start, and so has to be started after the simulator. */
async function untilTheHipRuns(): Promise<void> {
  if (!process.stdin.isTTY) return;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  await terminal.question('Press Enter when the HIP runs with it. ');
  terminal.close();
}

const reallyPasses = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));

/** What the adapter recorded of a person’s consent to an ABHA. */
export const consentsIn =
  ({ db }: Pick<OpenDatabase, 'db'>) =>
  async (sessionId: string): Promise<readonly AbhaConsent[]> => {
    const rows: { text_version: string; text_language: string; operator: string; given_at: Date }[] = await db.query(
      'SELECT text_version, text_language, operator, given_at FROM abha_consent WHERE session_id = $1',
      [sessionId],
    );
    return rows.map(({ text_version, text_language, operator, given_at }) => ({
      version: text_version,
      language: text_language,
      operator,
      givenAt: given_at,
    }));
  };

/** What the adapter built, opened, by care context. */
export const recordsIn =
  ({ db, sealer }: Pick<OpenDatabase, 'db' | 'sealer'>) =>
  async (careContextReference: string): Promise<readonly string[]> => {
    const rows: { id: string; sealed_bundle: Buffer }[] = await db.query(
      `SELECT r.id, r.sealed_bundle FROM health_record r JOIN care_context c ON c.id = r.care_context_id
       WHERE r.superseded_at IS NULL AND c.reference = $1`,
      [careContextReference],
    );
    return rows.map(({ id, sealed_bundle }) => openRecord(sealer, id, sealed_bundle));
  };

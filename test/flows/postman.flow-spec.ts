import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aFreePort } from '../setup/linking-hip.js';
import { aRunningHip, HFR_ID, type RunningHip } from '../setup/running-hip.js';

const FOLDER = fileURLToPath(new URL('../postman/', import.meta.url));
const require = createRequire(import.meta.url);
const NEWMAN = require.resolve('newman/bin/newman.js');

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly event?: readonly { readonly listen: string; readonly script: { readonly exec: readonly string[] } }[];
  readonly request?: { readonly description?: string };
  readonly response?: readonly { readonly code: number }[];
}

interface Run {
  readonly stats: Readonly<Record<'requests' | 'assertions', { readonly total: number; readonly failed: number }>>;
  readonly failures: readonly {
    readonly source: { readonly name: string };
    readonly error: { readonly message: string };
  }[];
}

const read = async (file: string): Promise<any> => JSON.parse(await readFile(join(FOLDER, file), 'utf8'));

const requestsIn = (items: readonly Item[]): readonly Item[] =>
  items.flatMap((item) => (item.item === undefined ? [item] : requestsIn(item.item)));

/** In a process of its own, as a person runs it: newman is CommonJS and patches what it loads. */
async function runCollection(variables: Readonly<Record<string, string>>): Promise<Run> {
  const folder = await mkdtemp(join(tmpdir(), 'newman-'));
  const report = join(folder, 'report.json');
  const given = Object.entries(variables).flatMap(([name, value]) => ['--env-var', `${name}=${value}`]);
  const args = [
    ...['run', join(FOLDER, 'adapter.postman_collection.json')],
    ...['--environment', join(FOLDER, 'local.postman_environment.json')],
    ...['--reporters', 'json', '--reporter-json-export', report],
    ...given,
  ];
  try {
    // A failed assertion is an exit code here; the report says which.
    await new Promise<void>((resolve) => execFile(process.execPath, [NEWMAN, ...args], () => resolve()));
    const { run } = JSON.parse(await readFile(report, 'utf8')) as { run: Run };
    return run;
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('The Postman collection', () => {
  let hip: RunningHip;
  beforeAll(async () => {
    // The simulator plays the hospital's SMS gateway too, so its port must be known before.
    const port = await aFreePort();
    const OTP_WEBHOOK_URL = `http://127.0.0.1:${port}/simulator/sms-gateway`;
    const smsGatewaySecret = 'invented-sms-gateway-secret';
    hip = await aRunningHip({ OTP_WEBHOOK_URL, OTP_WEBHOOK_SECRET: smsGatewaySecret }, { port, smsGatewaySecret });
  });
  afterAll(() => hip.stop());

  it('holds, request by request, against the running adapter and the simulator', async () => {
    const { failures, stats } = await runCollection({
      baseUrl: hip.url,
      simulatorUrl: hip.simulatorUrl,
      hfrId: HFR_ID,
      apiKey: hip.key,
    });
    expect(failures.map(({ source, error }) => `${source.name}: ${error.message}`)).toEqual([]);
    expect(stats.assertions.failed).toBe(0);
    const { item } = await read('adapter.postman_collection.json');
    expect(stats.requests.total).toBeGreaterThanOrEqual(requestsIn(item).length);
    expect(stats.assertions.total).toBeGreaterThanOrEqual(requestsIn(item).length);
  }, 120_000);

  it('notices when the hospital’s key is not right', async () => {
    const { failures } = await runCollection({
      baseUrl: hip.url,
      simulatorUrl: hip.simulatorUrl,
      apiKey: 'ehk_wrong',
      maxTries: '1',
    });
    expect(failures.map(({ source }) => source.name)).toContain('Send a visit');
  }, 120_000);

  it('knows every path of the hospital’s API', async () => {
    const description: any = await (await fetch(`${hip.url}/docs-json`)).json();
    const text = await readFile(join(FOLDER, 'adapter.postman_collection.json'), 'utf8');
    for (const path of Object.keys(description.paths).filter((one) => !one.startsWith('/api/v3/'))) {
      const sent = new RegExp(`{{baseUrl}}${path.replaceAll(/\{\w+\}/g, '{{\\w+}}')}[?"]`);
      expect(text).toMatch(sent);
    }
  });
});

describe.each(['adapter.postman_collection.json', 'abdm-sandbox.postman_collection.json'])('%s', (file) => {
  it('describes and checks every request, and shows an answer to it', async () => {
    const { info, item } = await read(file);
    expect(info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json');
    for (const { name, request, event, response } of requestsIn(item)) {
      const hasTest = event?.some(
        ({ listen, script }) => listen === 'test' && script.exec.join('').includes('pm.test('),
      );
      expect({ name, isDescribed: Boolean(request?.description), hasTest, answers: response?.length }).toEqual({
        name,
        isDescribed: true,
        hasTest: true,
        answers: 1,
      });
    }
  });
});

describe('The Postman environments', () => {
  it('hold no secret, but that of the simulator’s invented client', async () => {
    for (const name of ['local', 'nha-sandbox']) {
      const { values } = await read(`${name}.postman_environment.json`);
      for (const { key, value, type } of values) {
        if (type === 'secret') expect({ key, value }).toEqual({ key, value: '' });
        if (key === 'clientSecret') expect(['', 'invented-secret']).toContain(value);
      }
    }
  });
});

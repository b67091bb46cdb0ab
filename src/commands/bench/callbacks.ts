import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { Agent, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import jose from 'node-jose';
import { loadMapping } from '../../hospital/mapping.js';
import { createHospitalReader } from '../../hospital/reader.js';
import { projectFile } from '../../support/project-file.js';
import { readFeed } from '../demo/feed.js';
import { setStage } from '../demo/stage.js';
import { quantile, type Figure } from './figure.js';

const PER_SECOND = 220;
const SECONDS = 15;
const LIMIT_PER_SECOND = 200;
const LIMIT_P99_MS = 50;

/**
 * Callbacks at a steady rate, whatever the answers take: verified, stored, answered 202, and handled at the same time by the
 * same process. They are revocations of consents nobody knows, each acknowledged to a gateway made here.
 */
export async function benchCallbacks(): Promise<Figure[]> {
  const gateway = await aGateway();
  const hospital = createHospitalReader(loadMapping(projectFile('config/ehospital.yaml')));
  const feed = await readFeed(projectFile('config/demo/opd-day.ndjson'), hospital);
  const stage = await setStage(feed, hospital, {
    callbackDelayMs: '0-0',
    adapterEnvironment: { ABDM_BASE_URL: gateway.url },
  });
  try {
    const hipId = feed.facilities[0]?.hfrId ?? '';
    const agent = new Agent({ keepAlive: true, maxSockets: 64 });
    const send = (): Promise<number> => callback(stage.adapterUrl, gateway.token, hipId, agent);
    for (let warm = 0; warm < 200; warm++) await send();
    const startedAt = performance.now();
    const answers: Promise<number>[] = [];
    while (answers.length < PER_SECOND * SECONDS) {
      const due = Math.floor(((performance.now() - startedAt) / 1000) * PER_SECOND);
      while (answers.length < Math.min(due, PER_SECOND * SECONDS)) answers.push(send());
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const milliseconds = await Promise.all(answers);
    const perSecond = milliseconds.length / ((performance.now() - startedAt) / 1000);
    agent.destroy();
    const p99 = quantile(milliseconds, 0.99);
    return [
      {
        name: `callbacks accepted at a steady ${PER_SECOND}/s for ${SECONDS} s`,
        measured: `${perSecond.toFixed(0)}/s, p50 ${quantile(milliseconds, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
        limit: `at least ${LIMIT_PER_SECOND}/s, p99 under ${LIMIT_P99_MS} ms`,
        holds: perSecond >= LIMIT_PER_SECOND && p99 < LIMIT_P99_MS,
      },
    ];
  } finally {
    await stage.clear();
    gateway.server.close();
  }
}

/** The time to a 202, in milliseconds. */
function callback(url: string, token: string, hipId: string, agent: Agent): Promise<number> {
  const startedAt = performance.now();
  const body = JSON.stringify({ notification: { status: 'REVOKED', consentId: randomUUID() } });
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      `${url}/api/v3/consent/request/hip/notify`,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          authorization: `Bearer ${token}`,
          'request-id': randomUUID(),
          timestamp: new Date().toISOString(),
          'x-hip-id': hipId,
        },
      },
      (answer) => {
        answer.resume();
        answer.on('end', () =>
          answer.statusCode === 202
            ? resolve(performance.now() - startedAt)
            : reject(new Error(`A callback was answered ${answer.statusCode ?? 0}`)),
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** As much of a gateway as callbacks need: a session, its certs, and a token it signed. It takes every acknowledgement. */
async function aGateway(): Promise<{ url: string; token: string; server: Server }> {
  const key = await jose.JWK.createKey('RSA', 2048, { alg: 'RS256', use: 'sig' });
  const now = Math.floor(Date.now() / 1000);
  const signed: unknown = await jose.JWS.createSign({ format: 'compact', fields: { typ: 'JWT' } }, key)
    .update(JSON.stringify({ iss: 'bench', iat: now, exp: now + 1200 }))
    .final();
  const answers: Record<string, object> = {
    '/api/hiecm/gateway/v3/sessions': { accessToken: 'bench-session', expiresIn: 1200 },
    '/api/hiecm/gateway/v3/certs': { keys: [key.toJSON()] },
  };
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      const answer = answers[request.url ?? ''];
      response.writeHead(answer === undefined ? 202 : 200, { 'content-type': 'application/json' });
      response.end(answer === undefined ? '' : JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, token: String(signed), server };
}

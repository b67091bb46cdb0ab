import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Session } from '../../src/abdm/client/session.js';
import { HospitalEvents } from '../../src/persistence/hospital-events.js';
import { abhaHolderOf, aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { AnHiu, type HiuAnswer } from '../setup/an-hiu.js';
import { aRunningHip, HFR_ID, OTHER_HFR_ID, type RunningHip } from '../setup/running-hip.js';
import { WebhookReceiver } from '../setup/webhook-receiver.js';

const NOTIFY = '/api/hiecm/data-flow/v3/health-information/notify';
const MINUTE_MS = 60_000;

let hip: RunningHip;

/** A patient with so many linked visits. */
async function aLinkedPatient(visits: number): Promise<{ abhaAddress: string; references: string[] }> {
  const first = aLegacyVisit();
  const rows = [
    first,
    ...Array.from({ length: visits - 1 }, () => aLegacyVisit({ PATIENT: first['PATIENT'] as Columns })),
  ];
  await hip.abdm('POST', '/simulator/patients', abhaHolderOf(first));
  for (const row of rows) await hip.closes(row, false);
  await hip.settle();
  const { ABHA_ADDR: abhaAddress } = first['PATIENT'] as { ABHA_ADDR: string };
  return { abhaAddress, references: rows.map((row) => row['OPD_NO'] as string) };
}

async function aConsent(abhaAddress: string, changes: Columns = {}): Promise<string> {
  const grant = { abhaAddress, hipId: HFR_ID, hiuId: 'HIU-A', hiTypes: ['OPConsultation'], ...changes };
  const { consentId } = await hip.abdm('POST', '/simulator/consents', grant);
  await hip.settle();
  return consentId;
}

/** Asks for the records, and does not wait. Returns the transaction. */
async function ask(consentId: string, hiu: AnHiu): Promise<string> {
  const wishes = { dataPushUrl: `${hiu.url}/push` };
  return (await hip.abdm('POST', `/simulator/consents/${consentId}/request`, wishes)).transactionId;
}

const revoke = (consentId: string): Promise<unknown> => hip.abdm('POST', `/simulator/consents/${consentId}/revoke`);

/** Milliseconds until this is so. */
async function until(isSo: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<number> {
  const startedAt = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startedAt > withinMs) throw new Error(`It was not so within ${withinMs} ms`);
    await pause(20);
  }
  return performance.now() - startedAt;
}

const count = async (sql: string, ...values: unknown[]): Promise<number> =>
  (await hip.db.query(`SELECT count(*)::int AS n FROM ${sql}`, values))[0].n;

const isRevoked = async (consentId: string): Promise<boolean> =>
  (await count(`consent_artefact WHERE status = 'REVOKED' AND id = $1`, consentId)) === 1;

async function pageStates(transactionId: string): Promise<string[]> {
  const rows: { state: string; code: string | null }[] = await hip.db.query(
    `SELECT p.state, p.code FROM transfer_page p JOIN transfer t ON t.id = p.transfer_id
     WHERE t.transaction_id = $1 ORDER BY number`,
    [transactionId],
  );
  return rows.map(({ state, code }) => (code === null ? state : `${state}: ${code}`));
}

const recordAudit = (consentId: string): Promise<unknown[]> =>
  hip.db.query(
    `SELECT actor, action, outcome FROM audit WHERE consent_id = $1 AND action LIKE 'record%' ORDER BY seq`,
    [consentId],
  );

describe('An HIU that takes its time over every page', () => {
  const SLOW_MS = 5_000;
  let slow: AnHiu;
  let quick: AnHiu;
  beforeAll(async () => {
    [slow, quick] = [new AnHiu(), new AnHiu()];
    await Promise.all([slow.listen(), quick.listen()]);
    const origins = `${slow.url},${quick.url}`;
    hip = await aRunningHip({
      PUSH_ALLOWED_ORIGINS: origins,
      TRANSFERS_PER_CONSENT: '30',
      WORKER_CONCURRENCY: '4',
      ABDM_TIMEOUT_MS: '10000',
    });
  });
  afterAll(async () => {
    await hip.stop();
    slow.close();
    quick.close();
  });

  const slowly: HiuAnswer = async (_page, response) => {
    await pause(SLOW_MS);
    response.writeHead(202).end();
  };

  it('keeps two workers at most, and neither a revocation, nor a discovery, nor another HIU waiting', async () => {
    const [one, other] = [await aLinkedPatient(2), await aLinkedPatient(2)];
    const consentId = await aConsent(one.abhaAddress);
    const otherConsentId = await aConsent(other.abhaAddress, { hiuId: 'HIU-B' });
    slow.expects(...Array.from({ length: 100 }, () => slowly));
    for (let requests = 0; requests < 30; requests++) await ask(consentId, slow);
    await until(async () => (await count('transfer WHERE consent_id = $1', consentId)) === 30 && slow.pages.length > 1);

    const transactionId = await ask(otherConsentId, quick);
    expect(await until(() => quick.pages.length === 2)).toBeLessThan(2_500);
    const { transactionId: discoveryId } = await hip.abdm('POST', `/simulator/patients/${one.abhaAddress}/discover`, {
      hipId: OTHER_HFR_ID,
    });
    const discovery = (): Promise<any> => hip.abdm('GET', `/simulator/discoveries/${discoveryId}`);
    expect(await until(async () => (await discovery()).state !== 'waiting')).toBeLessThan(2_500);
    expect((await discovery()).error.code).toBe('ABDM-1010');

    await revoke(consentId);
    expect(await until(() => isRevoked(consentId))).toBeLessThan(2_500);
    const sentBefore = slow.pages.length;
    await hip.settle();
    expect(slow.pages).toHaveLength(sentBefore);
    expect(slow.mostAtOnce).toBe(2);
    expect(await pageStates(transactionId)).toEqual(['taken', 'taken']);
    const left = await count(
      `transfer_page p JOIN transfer t ON t.id = p.transfer_id WHERE t.consent_id = $1 AND p.state = 'withheld'`,
      consentId,
    );
    expect(left).toBe(60 - sentBefore);
  });

  it('has its own transfers take turns: a long one does not keep a short one waiting to its end', async () => {
    const [long, short] = [await aLinkedPatient(12), await aLinkedPatient(1)];
    const answer: HiuAnswer = async (_page, response) => {
      await pause(400);
      response.writeHead(202).end();
    };
    slow.expects(...Array.from({ length: 100 }, () => answer));
    const longConsents = [await aConsent(long.abhaAddress), await aConsent(long.abhaAddress)];
    const shortConsentId = await aConsent(short.abhaAddress);
    // So many that each lane has one.
    const longOnes = [];
    for (const consentId of longConsents) for (let n = 0; n < 3; n++) longOnes.push(await ask(consentId, slow));
    await until(() => slow.pages.length >= 2);
    const transactionId = await ask(shortConsentId, slow);
    await until(async () => (await pageStates(transactionId))[0] === 'taken', 25_000);
    const states = (await Promise.all(longOnes.map(pageStates))).flat();
    expect(states.filter((state) => state === 'pending').length).toBeGreaterThan(20);
    slow.expects();
    await hip.settle();
  });
});

describe('A transfer', () => {
  let hiu: AnHiu;
  beforeAll(async () => {
    hiu = new AnHiu();
    await hiu.listen();
    hip = await aRunningHip({ PUSH_ALLOWED_ORIGINS: hiu.url, ABDM_TIMEOUT_MS: '15000' });
  });
  afterAll(async () => {
    await hip.stop();
    hiu.close();
  });
  beforeEach(async () => {
    hiu.expects();
    await hip.abdm('DELETE', '/simulator/faults');
    await hip.abdm('DELETE', '/simulator/messages');
  });

  /** The HIU holds its answer to the first page until it is told to give it. */
  function holdsTheFirst(): { readonly answer: () => void } {
    let held: ServerResponse | undefined;
    hiu.expects((_page, response) => void (held = response));
    return { answer: () => void held?.writeHead(202).end() };
  }

  const notices = async (): Promise<any[]> =>
    (await hip.abdm('GET', `/simulator/messages?path=${NOTIFY}`))
      .filter(({ direction }: any) => direction === 'in')
      .map(({ body }: any) => body.notification);

  it('does not go on when the patient revokes while we wait for an access token', async () => {
    const { abhaAddress } = await aLinkedPatient(2);
    const consentId = await aConsent(abhaAddress);
    const session = hip.adapter.app.get(Session);
    const held = holdsTheFirst();
    const transactionId = await ask(consentId, hiu);
    await until(() => hiu.pages.length === 1);
    // Our token ends between two pages, and the new one is slow to come.
    await session.drop(await session.accessToken());
    await hip.abdm('POST', '/simulator/faults', { operationId: 'createSession', delayMs: 2_000 });
    held.answer();
    await until(async () => (await pageStates(transactionId))[0] === 'taken');
    await pause(500);
    await revoke(consentId);
    expect(await until(() => isRevoked(consentId))).toBeLessThan(1_000);
    await hip.settle();
    expect(hiu.pages).toHaveLength(1);
    expect(await pageStates(transactionId)).toEqual(['taken', 'withheld: consent-revoked']);
  });

  it('at its deadline is closed after the page that is on its way, once, and with what that came to', async () => {
    const { abhaAddress, references } = await aLinkedPatient(2);
    const consentId = await aConsent(abhaAddress);
    const held = holdsTheFirst();
    const transactionId = await ask(consentId, hiu);
    await until(() => hiu.pages.length === 1);
    hip.clock.move(20 * MINUTE_MS);
    const settled = hip.settle();
    await pause(1_000);
    held.answer();
    await settled;
    expect(hiu.pages).toHaveLength(1);
    expect(await pageStates(transactionId)).toEqual(['taken', 'failed: too-late']);
    expect(await recordAudit(consentId)).toEqual([
      { actor: 'hiu:HIU-A', action: 'record.shared', outcome: 'taken' },
      { actor: 'hiu:HIU-A', action: 'record.withheld', outcome: 'too-late' },
    ]);
    const told = (await notices()).filter((notice) => notice.transactionId === transactionId);
    expect(told).toMatchObject([
      {
        statusNotification: {
          statusResponses: [
            { careContextReference: references[0], hiStatus: 'DELIVERED' },
            { careContextReference: references[1], hiStatus: 'ERRORED' },
          ],
        },
      },
    ]);
  });

  it('is left to the other worker by one that was thought dead and wakes up with a page on its way', async () => {
    const { abhaAddress } = await aLinkedPatient(2);
    const consentId = await aConsent(abhaAddress);
    const held = holdsTheFirst();
    const transactionId = await ask(consentId, hiu);
    await until(() => hiu.pages.length === 1);
    const [job] = await hip.db
      .query<[{ id: string }[], number]>(
        `UPDATE graphile_worker._private_jobs SET locked_by = 'another-worker' WHERE key LIKE 'push:%' RETURNING id`,
      )
      .then(([rows]) => rows);
    held.answer();
    await until(async () => (await pageStates(transactionId))[0] === 'taken');
    await pause(300);
    expect(hiu.pages).toHaveLength(1);
    expect(await count(`graphile_worker._private_jobs WHERE id = $1 AND locked_by = 'another-worker'`, job?.id)).toBe(
      1,
    );

    await hip.db.query(`SELECT graphile_worker.force_unlock_workers(ARRAY['another-worker'])`);
    await hip.db.query('UPDATE graphile_worker._private_job_queues SET locked_by = NULL, locked_at = NULL');
    await hip.settle();
    expect(hiu.pages.map(({ pageNumber }) => pageNumber)).toEqual([1, 2]);
    expect(await pageStates(transactionId)).toEqual(['taken', 'taken']);
  });

  it('keeps what another worker has stored of a page, and writes no second line to the audit', async () => {
    const { abhaAddress } = await aLinkedPatient(1);
    const consentId = await aConsent(abhaAddress);
    const held = holdsTheFirst();
    const transactionId = await ask(consentId, hiu);
    await until(() => hiu.pages.length === 1);
    await hip.db.query(
      `UPDATE transfer_page SET state = 'failed', code = 'stored-by-another' FROM transfer
       WHERE transfer.id = transfer_id AND transaction_id = $1`,
      [transactionId],
    );
    held.answer();
    await hip.settle();
    await hip.later(5_000);
    expect(await pageStates(transactionId)).toEqual(['failed: stored-by-another']);
    expect(await recordAudit(consentId)).toEqual([]);
  });

  it('that a revocation stops is audited under the HIU of the consent', async () => {
    const { abhaAddress } = await aLinkedPatient(2);
    const consentId = await aConsent(abhaAddress);
    const held = holdsTheFirst();
    await ask(consentId, hiu);
    await until(() => hiu.pages.length === 1);
    await revoke(consentId);
    await until(() => isRevoked(consentId));
    held.answer();
    await hip.settle();
    expect(await recordAudit(consentId)).toEqual([
      { actor: 'hiu:HIU-A', action: 'record.shared', outcome: 'taken' },
      { actor: 'hiu:HIU-A', action: 'record.withheld', outcome: 'consent-revoked' },
    ]);
  });

  it('is refused (1022) when five are under way under its consent, and served when one has ended', async () => {
    const { abhaAddress } = await aLinkedPatient(1);
    const consentId = await aConsent(abhaAddress);
    const held: ServerResponse[] = [];
    const holds: HiuAnswer = (_page, response) => void held.push(response);
    hiu.expects(...Array.from({ length: 5 }, () => holds));
    const asked = [];
    for (let requests = 0; requests < 6; requests++) asked.push(await ask(consentId, hiu));
    const states = (): Promise<{ state: string; refusal: string | null }[]> =>
      hip.db.query('SELECT state, refusal FROM transfer WHERE consent_id = $1 ORDER BY state', [consentId]);
    await until(async () => (await states()).length === 6 && held.length > 0);
    expect(await states()).toEqual([
      ...Array.from({ length: 5 }, () => ({ state: 'accepted', refusal: null })),
      { state: 'refused', refusal: 'too-often' },
    ]);
    hiu.expects();
    for (const response of held) response.writeHead(202).end();
    await hip.settle();
    const last = await ask(consentId, hiu);
    await hip.settle();
    expect(await pageStates(last)).toEqual(['taken']);
  });
});

describe('The webhooks of two hospitals, all slow', () => {
  const SLOW_MS = 4_000;
  const ENDPOINTS = 5;
  let servers: { readonly receiver: WebhookReceiver; atOnce: number; most: number }[];
  beforeAll(async () => {
    servers = await Promise.all(
      [1, 2].map(async () => ({ receiver: await new WebhookReceiver().listen(), atOnce: 0, most: 0 })),
    );
    const allowed = servers.map(({ receiver }) => receiver.url).join(',');
    hip = await aRunningHip({ WEBHOOK_ALLOWED_ORIGINS: allowed, PUSH_ALLOWED_ORIGINS: '', OUTSIDE_CONCURRENCY: '4' });
  });
  afterAll(async () => {
    await hip.stop();
    for (const { receiver } of servers) receiver.close();
  });

  it('hold one worker each, and a revocation is heeded at once', async () => {
    const { abhaAddress } = await aLinkedPatient(1);
    const consentId = await aConsent(abhaAddress);
    const facilities: { id: string }[] = await hip.db.query('SELECT id FROM facility ORDER BY service_id');
    for (const [index, server] of servers.entries()) {
      const slowly = (response: ServerResponse): void => {
        server.most = Math.max(server.most, ++server.atOnce);
        response.once('close', () => server.atOnce--);
        setTimeout(() => response.writeHead(204).end(), SLOW_MS);
      };
      server.receiver.expects(...Array.from({ length: 100 }, () => slowly));
      const headers = { 'x-api-key': index === 0 ? hip.key : hip.otherKey };
      for (let endpoint = 0; endpoint < ENDPOINTS; endpoint++) {
        const url = `${server.receiver.url}/${endpoint}`;
        const answer = await hip.call('PUT', '/api/v1/webhooks', { url, events: ['consent.granted'] }, headers);
        expect(answer.status).toBe(200);
      }
    }
    const events = new HospitalEvents(hip.clock);
    await hip.db.transaction(async (tx) => {
      for (const { id } of facilities) await events.tell(tx, id, 'consent.granted', { consentId: randomUUID() });
    });
    await until(() => servers.every(({ atOnce }) => atOnce > 0));
    const [waiting] = await hip.db.query(
      `SELECT DISTINCT priority FROM graphile_worker._private_jobs WHERE key LIKE 'webhook:%'`,
    );
    expect(waiting.priority).toBe(10);
    await revoke(consentId);
    expect(await until(() => isRevoked(consentId))).toBeLessThan(2_000);
    expect(servers.map(({ most }) => most)).toEqual([1, 1]);
    for (const { receiver } of servers) receiver.expects();
    await hip.settle();
    expect(servers.map(({ most }) => most)).toEqual([1, 1]);
  });
});

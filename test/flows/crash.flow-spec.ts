import { randomUUID } from 'node:crypto';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Heartbeat } from '../../src/jobs/heartbeat.js';
import { firstBrokenAuditRow } from '../../src/persistence/audit.js';
import { DATABASE_URL } from '../../src/persistence/tokens.js';
import { HOSPITAL_PORT } from '../../src/ports/hospital.port.js';
import { startAdapter, type RunningAdapter } from '../../src/start.js';
import { CONFIG, type Config } from '../../src/support/config.js';
import { LOGGER } from '../../src/support/logger.js';
import { abhaHolderOf, aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { aRunningHip, HFR_ID, type RunningHip } from '../setup/running-hip.js';

/** Another process of the same adapter: same database, same clock, a role of its own. */
function anotherAdapter(hip: RunningHip, role: Config['ROLE']): Promise<RunningAdapter> {
  const { app } = hip.adapter;
  return startAdapter({
    config: { ...app.get<Config>(CONFIG), ROLE: role },
    database: { url: app.get<string>(DATABASE_URL), db: hip.db, sealer: hip.sealer },
    hospital: app.get(HOSPITAL_PORT),
    clock: hip.clock,
    log: app.get(LOGGER),
  });
}

const states = async (hip: RunningHip): Promise<Record<string, number>> => {
  const rows: { state: string; n: number }[] = await hip.db.query(
    'SELECT state, count(*)::int AS n FROM visit GROUP BY 1',
  );
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
};

/** What would show that something was done twice. */
async function expectNothingDoneTwice(hip: RunningHip): Promise<void> {
  const links: { timesLinked: number; timesAskedAgain: number }[] = await hip.abdm('GET', '/simulator/links');
  expect(links.filter((link) => link.timesLinked !== 1 || link.timesAskedAgain !== 0)).toEqual([]);
  const sent = await hip.db.query(
    `SELECT name, about FROM exchange WHERE direction = 'out' AND name = 'care-context.link' GROUP BY 1, 2 HAVING count(*) > 1`,
  );
  expect(sent).toEqual([]);
  const built = await hip.db.query('SELECT visit_id FROM health_record GROUP BY visit_id, hi_type HAVING count(*) > 1');
  expect(built).toEqual([]);
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
  expect(await firstBrokenAuditRow(hip.db)).toBeUndefined();
}

async function close(hip: RunningHip, visits: readonly Columns[], urls: readonly string[]): Promise<void> {
  await hip.abdm('POST', '/simulator/patients', visits.map(abhaHolderOf));
  await Promise.all(
    visits.map(async (visit, index) => {
      const answer = await fetch(`${urls[index % urls.length] ?? hip.url}/api/v1/visits`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-api-key': hip.key },
        body: JSON.stringify(visit),
      });
      expect(answer.status).toBe(202);
    }),
  );
}

const someVisits = (count: number): Columns[] => Array.from({ length: count }, () => aLegacyVisit());

describe('A job of a worker that died', () => {
  let hip: RunningHip;
  beforeAll(async () => {
    hip = await aRunningHip({ WORKER_CONCURRENCY: '2' });
  });
  afterAll(() => hip.stop());
  afterEach(() =>
    hip.db.query(`DELETE FROM worker_heartbeat WHERE process_id = '00000000-0000-0000-0000-000000000001'`),
  );

  /** A visit whose building a worker had begun so long ago. */
  async function aVisitHeldBy(workerId: string, secondsAgo: number): Promise<string> {
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    await hip.db.query(`UPDATE visit SET state = 'received' WHERE id = $1`, [id]);
    await hip.db.query(
      `WITH job AS (SELECT (graphile_worker.add_job('visit.build', json_build_object('id', $1::text), max_attempts => 10,
         run_at => now() + interval '1 hour')).id)
       SELECT id FROM job`,
      [id],
    );
    await hip.db.query(
      `UPDATE graphile_worker._private_jobs SET locked_by = $1, attempts = 1, run_at = now(),
         locked_at = now() - make_interval(secs => $2) WHERE run_at > now() + interval '50 minutes'`,
      [workerId, secondsAgo],
    );
    return id;
  }

  async function held(): Promise<string[]> {
    const rows: { locked_by: string }[] = await hip.db.query(
      'SELECT locked_by FROM graphile_worker._private_jobs WHERE locked_by IS NOT NULL',
    );
    return rows.map(({ locked_by }) => locked_by);
  }

  const sweep = (): Promise<void> => hip.adapter.app.get(Heartbeat).freeJobsOfTheDead();
  const letGo = (workerId: string): Promise<unknown> =>
    hip.db.query(`SELECT graphile_worker.force_unlock_workers(ARRAY[$1])`, [workerId]);

  async function beats(workerId: string, secondsAgo: number): Promise<void> {
    await hip.db.query(
      `INSERT INTO worker_heartbeat (process_id, worker_ids, beat_at)
       VALUES ('00000000-0000-0000-0000-000000000001', ARRAY[$1], now() - make_interval(secs => $2))`,
      [workerId, secondsAgo],
    );
  }

  it('is freed by the sweep, and done by a living one', async () => {
    const id = await aVisitHeldBy('worker-without-heartbeat', 30);
    expect(await held()).toContain('worker-without-heartbeat');
    await sweep();
    expect(await held()).not.toContain('worker-without-heartbeat');
    await hip.db.query(`SELECT pg_notify('jobs:insert', '{"count":1}')`);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    expect(hip.logged()).toContain('freed the jobs of dead workers');
  });

  it('is freed when its heart stopped half a minute ago', async () => {
    await aVisitHeldBy('worker-that-fell-silent', 40);
    await beats('worker-that-fell-silent', 30);
    await sweep();
    expect(await held()).not.toContain('worker-that-fell-silent');
    await hip.settle();
  });

  it('is left with a worker that lives, however long it takes', async () => {
    await aVisitHeldBy('slow-but-living', 3_600);
    await beats('slow-but-living', 1);
    await sweep();
    expect(await held()).toContain('slow-but-living');
    await letGo('slow-but-living');
    await hip.settle();
  });

  it('is left for 20 seconds, in which a worker that has just started may say that it lives', async () => {
    await aVisitHeldBy('just-started', 5);
    await sweep();
    expect(await held()).toContain('just-started');
    await letGo('just-started');
    await hip.settle();
  });

  it('has the hearts of all its workers beating in the database while it runs, and none once it has stopped', async () => {
    const other = await anotherAdapter(hip, 'worker');
    const processes = async (): Promise<number> => (await hip.db.query('SELECT 1 FROM worker_heartbeat')).length;
    expect(await processes()).toBe(2);
    await other.stop();
    expect(await processes()).toBe(1);
  });
});

describe('Messages that a crash left half done', () => {
  let hip: RunningHip;
  beforeAll(async () => {
    hip = await aRunningHip();
  });
  afterAll(() => hip.stop());

  it('are sent again when the process died after sending and before noting it, under a fresh REQUEST-ID', async () => {
    const visit = aLegacyVisit();
    const { id } = await hip.closes(visit);
    await hip.settle();
    // As it was when the acknowledgement had gone out and nothing more was written.
    const consentId = randomUUID();
    const { statuses } = await hip.abdm('POST', '/simulator/callbacks', {
      clientId: 'SBX_000001',
      path: '/api/v3/consent/request/hip/notify',
      hipId: HFR_ID,
      body: { notification: { status: 'REVOKED', consentId } },
    });
    expect(statuses).toEqual([202]);
    await hip.settle();
    const [message] = await hip.db.query(`SELECT id, request_id FROM exchange WHERE direction = 'out' AND about = $1`, [
      consentId,
    ]);
    await hip.db.query(`UPDATE exchange SET state = 'waiting', sent_at = NULL, ended_at = NULL WHERE id = $1`, [
      message.id,
    ]);
    await hip.db.query(`SELECT graphile_worker.add_job('exchange.send', json_build_object('id', $1::text))`, [
      message.id,
    ]);
    await hip.settle();
    const [after] = await hip.db.query('SELECT request_id, earlier_request_ids, attempts FROM exchange WHERE id = $1', [
      message.id,
    ]);
    expect(after).toMatchObject({ earlier_request_ids: [message.request_id], attempts: 2 });
    expect(after.request_id).not.toBe(message.request_id);
    expect((await hip.visit(id)).state).toBe('linked');
  });

  it('are handled once, though the job of a callback runs twice', async () => {
    await hip.closes(aLegacyVisit());
    await hip.settle();
    const before = await hip.db.query('SELECT count(*)::int AS n FROM exchange');
    const handled: { id: string }[] = await hip.db.query(`SELECT id FROM exchange WHERE direction = 'in'`);
    expect(handled.length).toBeGreaterThan(2);
    for (const { id } of handled) {
      await hip.db.query(`SELECT graphile_worker.add_job('exchange.handle', json_build_object('id', $1::text))`, [id]);
    }
    await hip.settle();
    expect(await hip.db.query('SELECT count(*)::int AS n FROM exchange')).toEqual(before);
  });
});

describe('Two processes on one database', () => {
  it('share the work when one answers (http) and one works (worker), and nothing is done twice', async () => {
    const hip = await aRunningHip({ ROLE: 'http' });
    const visits = someVisits(15);
    await close(hip, visits, [hip.url]);
    expect(await states(hip)).toEqual({ linking: 15 });
    const worker = await anotherAdapter(hip, 'worker');
    expect(worker.url).toBeUndefined();
    await hip.settle();
    expect(await states(hip)).toEqual({ linked: 15 });
    await expectNothingDoneTwice(hip);
    await worker.stop();
    await hip.stop();
  });

  it('share the work when both do all, also when one visit comes to both at the same moment', async () => {
    const hip = await aRunningHip();
    const other = await anotherAdapter(hip, 'all');
    const visits = someVisits(20);
    await close(hip, [...visits, ...visits], [hip.url, other.url ?? '']);
    // Once more, to the other one each: an odd number turns them round.
    await close(hip, [aLegacyVisit(), ...visits], [hip.url, other.url ?? '']);
    await hip.settle();
    expect(await states(hip)).toEqual({ linked: 21 });
    await expectNothingDoneTwice(hip);
    await other.stop();
    await hip.stop();
  });

  it('hand over in the middle: what one leaves behind the other finishes', async () => {
    const hip = await aRunningHip();
    await close(hip, someVisits(15), [hip.url]);
    const next = await anotherAdapter(hip, 'all');
    await hip.abdm('POST', '/simulator/clients', {
      clientId: 'SBX_000001',
      clientSecret: 'invented-secret',
      bridgeUrl: next.url,
    });
    await hip.adapter.stop();
    await hip.settle();
    expect(await states(hip)).toEqual({ linked: 15 });
    await next.stop();
    await hip.stop();
  });
});

describe('Stopping', () => {
  let hip: RunningHip;
  let hiu: Server;
  const waiting: ServerResponse[] = [];
  beforeAll(async () => {
    hiu = createServer((request, response) => {
      request.resume();
      request.on('end', () => waiting.push(response));
    });
    await new Promise<void>((resolve) => hiu.listen(0, '127.0.0.1', resolve));
    const { port } = hiu.address() as { port: number };
    hip = await aRunningHip({ PUSH_ALLOWED_ORIGINS: `http://127.0.0.1:${port}` });
  });
  afterAll(async () => {
    await hip.stop();
    hiu.closeAllConnections();
    hiu.close();
  });

  it('lets the job that runs come to its end, and keeps what it did', async () => {
    const visit = aLegacyVisit();
    await hip.closes(visit);
    await hip.settle();
    const { ABHA_ADDR } = visit['PATIENT'] as { ABHA_ADDR: string };
    const grant = { abhaAddress: ABHA_ADDR, hipId: HFR_ID, hiTypes: ['OPConsultation'] };
    const { consentId } = await hip.abdm('POST', '/simulator/consents', grant);
    await hip.settle();
    const { port } = hiu.address() as { port: number };
    await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {
      dataPushUrl: `http://127.0.0.1:${port}/push`,
    });
    for (let i = 0; i < 200 && waiting.length === 0; i++) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(waiting).toHaveLength(1);

    let hasStopped = false;
    const stopping = hip.adapter.stop().then(() => (hasStopped = true));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(hasStopped).toBe(false);
    waiting[0]?.writeHead(202).end();
    await stopping;
    expect(await hip.db.query('SELECT state FROM transfer_page')).toEqual([{ state: 'taken' }]);
    expect(await hip.db.query('SELECT state FROM transfer')).toEqual([{ state: 'done' }]);
    expect(await hip.db.query('SELECT 1 FROM graphile_worker._private_jobs WHERE locked_at IS NOT NULL')).toEqual([]);
    expect(await hip.db.query('SELECT 1 FROM worker_heartbeat')).toEqual([]);
  });
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Heartbeat } from '../../src/jobs/heartbeat.js';
import { aLegacyVisit } from '../makers/legacy-visit.js';
import { HFR_ID } from '../setup/running-hip.js';
import { addressIn, aLinkingHip, anotherVisitOf, MINUTE, SECOND, type LinkingHip } from '../setup/linking-hip.js';

const LINKED = { status: 'Successfully Linked care context' };

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip();
});
afterEach(() => hip.abdm('DELETE', '/simulator/faults'));
afterAll(() => hip.stop());

const stateOf = async (id: string): Promise<string> => (await hip.visit(id)).state;
const failureOf = async (id: string): Promise<any> =>
  (await hip.visit(id)).timeline.findLast(({ step }: any) => step === 'failed');

describe('Linking a visit', () => {
  it('shows it in the patient’s app under the hospital’s numbers, with nothing about her health in the words', async () => {
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
    const { UHID } = row['PATIENT'] as { UHID: string };
    expect(await hip.linksOf(addressIn(row))).toEqual([
      {
        hipId: HFR_ID,
        patientReference: UHID,
        careContextReference: row['OPD_NO'],
        display: 'OPD visit on 12-Aug-2025',
        hiTypes: ['OPConsultation', 'Prescription'],
      },
    ]);
  });

  it('sends one entry for each kind of record, each counting the one care context it names', async () => {
    const row = aLegacyVisit();
    await hip.closes(row);
    await hip.settle();
    const [{ body }] = await hip.asked('link', addressIn(row));
    expect(body.patient.map(({ hiType, count, careContexts }: any) => [hiType, count, careContexts.length])).toEqual([
      ['OPConsultation', 1, 1],
      ['Prescription', 1, 1],
    ]);
  });

  it('shows its way on the timeline, each step in English and Hindi, and nobody has to mend anything', async () => {
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    expect(await hip.steps(id)).toEqual([
      'received',
      'built',
      'asked-for-link-token',
      'asked-to-link',
      'linked',
      'notified',
    ]);
    for (const { en, hi, mend } of (await hip.visit(id)).timeline) {
      expect(en).toMatch(/^[A-Z].*\.$/);
      expect(hi).toMatch(/[\u0900-\u097f].*।$/);
      expect(mend).toBeNull();
    }
  });
});

describe('A link request that ABDM refuses', () => {
  it('at once fails the visit with ABDM’s code', async () => {
    await hip.misbehaves('link', { status: 400, body: [{ code: 'ABDM-9999: ', message: 'Invalid HIType' }] });
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    expect(await stateOf(id)).toBe('failed');
    expect(await failureOf(id)).toMatchObject({ code: 'invalid-message', mend: 'operator' });
  });

  it('by callback fails the visit with ABDM’s code, and "try again" links it', async () => {
    await hip.misbehaves('link', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    const [question] = await hip.asked('link', addressIn(row));
    await hip.answers('link', question, { error: { code: 'ABDM-1037: ', message: 'Counter mismatch' } });
    await hip.settle();
    expect(await stateOf(id)).toBe('failed');
    expect(await failureOf(id)).toMatchObject({ code: 'ABDM-1037', mend: 'operator' });
    await hip.misbehaves('link', { status: 202 });
    await hip.forget();
    const answer = await hip.call('POST', `/api/v1/visits/${id}/retry`);
    expect([answer.status, answer.body.id]).toEqual([202, id]);
    await hip.settle();
    const [again] = await hip.asked('link');
    await hip.answers('link', again, LINKED);
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
  });

  it('because her ABHA address is deactivated is the patient’s to mend', async () => {
    const body = { code: 'ABDM-1031', message: 'The abha address is deactivated.' };
    await hip.misbehaves('link', { status: 400, body });
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    const failure = await failureOf(id);
    expect(failure).toMatchObject({ code: 'ABDM-1031', mend: 'patient' });
    expect(failure.en).toMatch(/reactivate/);
  });

  it('because it is linked already (1056 by callback) counts as linked', async () => {
    await hip.misbehaves('link', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    const [question] = await hip.asked('link', addressIn(row));
    const error = { code: 'ABDM-1056', message: 'This care context has been already linked' };
    await hip.answers('link', question, { error });
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
  });

  it('as a duplicate (1090 at once) counts as linked', async () => {
    await hip.misbehaves('link', { status: 400, body: { code: 'ABDM-1090', message: 'Duplicate HIP link request' } });
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
  });

  it('because a service behind ABDM is down (1024) is made again by itself', async () => {
    await hip.misbehaves('link', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    const [question] = await hip.asked('link', addressIn(row));
    await hip.abdm('DELETE', '/simulator/faults');
    const error = { code: 'ABDM-1024', message: 'Dependent service unavailable' };
    await hip.answers('link', question, { error });
    await hip.settle();
    expect(await stateOf(id)).toBe('linking');
    await hip.later(70 * SECOND);
    expect(await stateOf(id)).toBe('linked');
    expect(await hip.asked('token', addressIn(row))).toHaveLength(1);
  });
});

describe('A link request on a bad line', () => {
  it('goes on after three times 503', async () => {
    await hip.forget();
    await hip.misbehaves('link', { status: 503, times: 3 });
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    for (let pause = 0; pause < 3; pause++) await hip.later(20 * SECOND);
    expect(await stateOf(id)).toBe('linked');
    const asked = await hip.asked('link');
    expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(4);
  });

  it('goes on after the connection was cut', async () => {
    await hip.misbehaves('link', { dropConnection: true });
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    await hip.later(10 * SECOND);
    expect(await stateOf(id)).toBe('linked');
  });

  it('is linked once, though the HTTP answer was lost and the request is made again', async () => {
    await hip.abdm('POST', '/simulator/settings', { callbackDelayMs: [400, 400] });
    await hip.misbehaves('link', { loseAnswer: true });
    const row = aLegacyVisit();
    const askedBefore = (await hip.asked('link')).length;
    const { id } = await hip.closes(row);
    while ((await hip.asked('link')).length === askedBefore) await new Promise((resolve) => setTimeout(resolve, 20));
    await hip.settle();
    await hip.later(10 * SECOND);
    await hip.abdm('POST', '/simulator/settings', { callbackDelayMs: [0, 0] });
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
    const [link] = (await hip.abdm('GET', '/simulator/links')).filter((one: any) => one.abhaAddress === addressIn(row));
    expect(link.timesLinked).toBe(1);
  });

  it('asks for a new session once when the gateway no longer knows ours, and goes on', async () => {
    await hip.closes(aLegacyVisit());
    await hip.settle();
    await hip.forget();
    await hip.abdm('DELETE', '/simulator/sessions');
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
    expect(await hip.asked('session')).toHaveLength(1);
  });

  it('fails the visit when no reply comes in five minutes; a reply that comes late still links it', async () => {
    await hip.misbehaves('link', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.later(4 * MINUTE);
    expect(await stateOf(id)).toBe('linking');
    await hip.later(2 * MINUTE);
    expect(await stateOf(id)).toBe('failed');
    expect(await failureOf(id)).toMatchObject({ code: 'no-reply', mend: 'operator' });
    const [question] = await hip.asked('link', addressIn(row));
    await hip.answers('link', question, LINKED);
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
  });

  it('stays failed when a late reply says no', async () => {
    await hip.misbehaves('link', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.later(6 * MINUTE);
    const [question] = await hip.asked('link', addressIn(row));
    await hip.answers('link', question, { error: { code: 'ABDM-1037', message: 'Counter mismatch' } });
    await hip.settle();
    expect(await stateOf(id)).toBe('failed');
  });
});

describe('The reply to a link request', () => {
  it('may come before the HTTP answer', async () => {
    await hip.misbehaves('link', { status: 202, delayMs: 1_500 });
    const { id } = await hip.closes(aLegacyVisit());
    const question = await sentFor(id);
    expect(await hip.answers('link', question, LINKED)).toEqual([202]);
    while ((await stateOf(id)) !== 'linked') await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await exchangeOf(id)).state).toBe('answered');
    expect((await exchangeOf(id)).http_status).toBeNull();
    await hip.settle();
    await hip.later(10 * MINUTE);
    expect(await stateOf(id)).toBe('linked');
    expect((await exchangeOf(id)).state).toBe('answered');
  });

  it('changes nothing when it comes twice, or comes again under another REQUEST-ID with another content', async () => {
    await hip.misbehaves('link', { duplicateCallback: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    const steps = await hip.steps(id);
    expect(steps.filter((step) => step === 'linked')).toHaveLength(1);
    const [question] = await hip.asked('link', addressIn(row));
    const error = { code: 'ABDM-1037', message: 'Counter mismatch' };
    expect(await hip.answers('link', question, { error })).toEqual([202]);
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
    expect(await hip.steps(id)).toEqual(steps);
    expect(await hip.asked('notify', addressIn(row))).toHaveLength(1);
  });

  it('finds the next process, when the one that asked was stopped', async () => {
    await hip.misbehaves('link', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.whileStopped(() => Promise.resolve());
    const [question] = await hip.asked('link', addressIn(row));
    await hip.answers('link', question, LINKED);
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
  });

  const exchangeOf = async (visitId: string): Promise<any> => {
    const [row]: unknown[] = await hip.db.query(
      `SELECT e.* FROM exchange e JOIN linking l ON l.id = e.about
       WHERE e.name = 'care-context.link' AND e.direction = 'out' AND l.visit_id = $1`,
      [visitId],
    );
    return row;
  };
  const sentFor = async (visitId: string): Promise<{ requestId: string }> => {
    for (;;) {
      const exchange = await exchangeOf(visitId);
      if (exchange?.attempts === 1) return { requestId: exchange.request_id };
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
});

describe('When the adapter dies', () => {
  it('between storing a visit and building its records, the next process goes on', async () => {
    const row = aLegacyVisit();
    await hip.abdm('POST', '/simulator/faults', { path: '/api/hiecm/v3/token/*', status: 503 });
    const { id } = await hip.closes(row);
    await hip.whileStopped(() => Promise.resolve());
    await hip.settle();
    await hip.later(20 * SECOND);
    expect(await stateOf(id)).toBe('linked');
  });

  it('while it was sending, the job it held is freed and done by another process', async () => {
    await hip.misbehaves('link', { status: 503 });
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    await hip.whileStopped(async () => {
      await hip.db.query(
        `UPDATE graphile_worker._private_jobs SET locked_by = 'worker-dead', locked_at = now() - interval '1 minute',
           run_at = now() WHERE attempts < max_attempts`,
      );
    });
    const beside = await hip.another({ PORT: 0 });
    await beside.app.get(Heartbeat).freeJobsOfTheDead();
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
  });
});

describe('Where the gateway names the pause (Retry-After)', () => {
  it('the request is not made again before it is over', async () => {
    let refusals = 0;
    let simulatorUrl = '';
    const proxy = createServer((request, answer) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        if (request.url?.includes('generate-token') && refusals++ === 0) {
          answer.writeHead(503, { 'retry-after': '120' }).end();
          return;
        }
        const own = ['host', 'content-length', 'connection', 'transfer-encoding'];
        const headers = Object.entries(request.headers).filter(([name]) => !own.includes(name));
        const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
        void fetch(simulatorUrl + (request.url ?? ''), {
          method: request.method ?? 'GET',
          headers: Object.fromEntries(headers) as Record<string, string>,
          ...body,
        }).then(async (got) =>
          answer.writeHead(got.status, { 'content-type': 'application/json' }).end(await got.text()),
        );
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const slow = await aLinkingHip({ ABDM_BASE_URL: url });
    ({ simulatorUrl } = slow);
    try {
      const { id } = await slow.closes(aLegacyVisit());
      await slow.settle();
      await slow.later(80 * SECOND);
      expect([refusals, (await slow.visit(id)).state]).toEqual([1, 'linking']);
      await slow.later(80 * SECOND);
      expect([refusals, (await slow.visit(id)).state]).toEqual([2, 'linked']);
    } finally {
      await slow.stop();
      await new Promise((resolve) => proxy.close(resolve));
    }
  });
});

describe('The session with the gateway', () => {
  it('is opened once, though twenty messages wait for it in two processes', async () => {
    const fresh = await aLinkingHip();
    try {
      await fresh.another({ PORT: 0 });
      const rows = Array.from({ length: 20 }, () => aLegacyVisit());
      const taken = await Promise.all(rows.map((row) => fresh.closes(row)));
      await fresh.settle();
      for (const { id } of taken) expect((await fresh.visit(id)).state).toBe('linked');
      expect(await fresh.asked('session')).toHaveLength(1);
      const links: any[] = await fresh.abdm('GET', '/simulator/links');
      expect(links.map(({ timesLinked, timesAskedAgain }) => [timesLinked, timesAskedAgain])).toEqual(
        links.map(() => [1, 0]),
      );
      expect(links).toHaveLength(20);
    } finally {
      await fresh.stop();
    }
  });

  it('that cannot be opened keeps the visits waiting, and they go on when it can', async () => {
    await hip.abdm('DELETE', '/simulator/sessions');
    await hip.misbehaves('session', { status: 500, times: 3 });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    const { id: second } = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    for (let pause = 0; pause < 4; pause++) await hip.later(30 * SECOND);
    for (const visit of [id, second]) expect(await stateOf(visit)).toBe('linked');
  });
});

it('In all of this no rule of ABDM was broken', async () => {
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
});

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { QueueFeed } from '../../src/flows/scan-and-share/queue-feed.js';
import type { RunningAdapter } from '../../src/start.js';
import type { Columns } from '../makers/legacy-visit.js';
import { EventStream } from '../setup/event-stream.js';
import { aLinkingHip, MINUTE, SECOND, type LinkingHip } from '../setup/linking-hip.js';
import { HFR_ID, type Answer } from '../setup/running-hip.js';

let hip: LinkingHip;
let second: RunningAdapter;
/** A board at a facility where nothing happens. */
let quiet: EventStream;
let openedAt: number;
const HER = { abhaNumber: '91570000001234', name: 'Budhri Mandavi', gender: 'F', yearOfBirth: 1979 };
beforeAll(async () => {
  hip = await aLinkingHip();
  second = await hip.another({ PORT: 0 });
  await hip.abdm('POST', '/simulator/patients', { abhaAddress: 'budhri@sbx', ...HER });
  openedAt = Date.now();
  quiet = await EventStream.open(`${hip.url}/api/v1/queue/stream`, hip.otherKey);
});
afterAll(() => hip.stop());

let made = 0;

async function aCounter(changes: Columns = {}, key = hip.key): Promise<string> {
  made += 1;
  const code = `C${made}`;
  const wish = { code, name: `Window ${made}`, ...changes };
  expect((await hip.call('POST', '/api/v1/counters', wish, { 'x-api-key': key })).status).toBe(201);
  return code;
}

/** So many people scan a counter, one after another. Returns their tokens, as the queue has them. */
async function waiting(counter: string, count: number): Promise<any[]> {
  for (let index = 0; index < count; index += 1) {
    made += 1;
    const abhaAddress = `budhri${made}@sbx`;
    const abhaNumber = `9157${String(made).padStart(4, '0')}001234`;
    await hip.abdm('POST', '/simulator/patients', { ...HER, abhaAddress, abhaNumber });
    const scan = { hipId: HFR_ID, counterId: counter, wait: true };
    expect((await hip.abdm('POST', `/simulator/patients/${abhaAddress}/scan`, scan)).status).toBe('answered');
  }
  return (await queue(counter)).slice(-count);
}

const queue = async (counter: string, more = ''): Promise<any[]> =>
  (await hip.call('GET', `/api/v1/queue?counter=${counter}${more}`)).body.tokens;
const inOrder = async (counter: string): Promise<number[]> =>
  (await queue(counter, '&state=waiting')).map(({ number }) => number);
const callNext = async (counter: string): Promise<any> =>
  (await hip.call('POST', '/api/v1/queue/call-next', { counter })).body.token;
const act = (token: { id: string }, what: string, body?: unknown, key = hip.key): Promise<Answer> =>
  hip.call('POST', `/api/v1/queue/${token.id}/${what}`, body, { 'x-api-key': key });
const statusOf = async (counter: string): Promise<any> =>
  (await hip.call('GET', `/api/v1/queue/status?counter=${counter}`)).body.counters[0];
const asksRunningToken = (counterId: string): Promise<any> =>
  hip.abdm('POST', '/simulator/patients/budhri@sbx/running-token', { hipId: HFR_ID, counterId });

describe('A counter', () => {
  it('has a QR code that a phone reads', async () => {
    const counter = await aCounter({ name: 'Eye & ENT' });
    const { body } = await hip.call('GET', `/api/v1/counters/${counter}`);
    expect(body.scanUrl).toBe(`https://phrsbx.abdm.gov.in/share-profile?hip-id=${HFR_ID}&counter-id=${counter}`);
    await waiting(counter, 1);
    const share = await hip.abdm('POST', `/simulator/patients/budhri${made}@sbx/scan`, {
      qr: body.scanUrl,
      wait: true,
    });
    expect(share.token.tokenNumber).toBe('1');

    const svg = await hip.call('GET', `/api/v1/counters/${counter}/qr`);
    expect(svg.headers.get('content-type')).toBe('image/svg+xml; charset=utf-8');
    expect(svg.headers.get('cache-control')).toBe('private, max-age=86400');
    expect(svg.headers.get('vary')).toContain('X-API-Key');
    expect(svg.body).toContain('Eye &amp; ENT');
    expect(svg.body).toContain('क्यूआर');
    const etag = svg.headers.get('etag') ?? '';
    const known = await hip.call('GET', `/api/v1/counters/${counter}/qr`, undefined, { 'if-none-match': etag });
    expect(known.status).toBe(304);
    const png = await hip.call('GET', `/api/v1/counters/${counter}/qr?format=png&size=300`);
    expect(png.headers.get('content-type')).toBe('image/png');
    expect((await hip.call('GET', `/api/v1/counters/${counter}/qr?format=gif&size=9`)).status).toBe(400);
    expect((await hip.call('GET', '/api/v1/counters/NOSUCH/qr')).body.code).toBe('counter-unknown');
  });

  it.each(['%00', `${'A'.repeat(19)}%00`, '%E2%80%AE', 'x'.repeat(80)])('is not found by %s', async (code) => {
    for (const path of [code, `${code}/qr`]) {
      expect(await hip.call('GET', `/api/v1/counters/${path}`)).toMatchObject({
        status: 404,
        body: { code: 'counter-unknown' },
      });
    }
    expect((await hip.call('PATCH', `/api/v1/counters/${code}`, { name: 'x' })).status).toBe(404);
  });

  it('is changed by its code, and belongs to one facility', async () => {
    const counter = await aCounter({ department: 'Medicine' });
    const changed = await hip.call('PATCH', `/api/v1/counters/${counter.toLowerCase()}`, {
      name: 'New',
      isOpen: false,
    });
    expect(changed.body).toMatchObject({ code: counter, name: 'New', department: 'Medicine', isOpen: false });
    expect((await hip.call('PATCH', `/api/v1/counters/${counter}`, { department: null })).body.department).toBeNull();
    expect((await hip.call('GET', '/api/v1/counters')).body.counters.map(({ code }: any) => code)).toContain(counter);
    const theirs = { 'x-api-key': hip.otherKey };
    expect((await hip.call('GET', `/api/v1/counters/${counter}`, undefined, theirs)).status).toBe(404);
    expect((await hip.call('PATCH', `/api/v1/counters/${counter}`, { name: 'Mine' }, theirs)).status).toBe(404);
    expect((await hip.call('GET', '/api/v1/counters', undefined, theirs)).body.counters).toEqual([]);
  });

  it.each([
    ['', 'fields-wrong'],
    ['OPD 1', 'fields-wrong'],
    ['ओपीडी', 'fields-wrong'],
    ['X'.repeat(21), 'fields-wrong'],
    [HFR_ID, 'fields-wrong'],
    [HFR_ID.toLowerCase(), 'fields-wrong'],
  ])('cannot be called %j', async (code, problem) => {
    const answer = await hip.call('POST', '/api/v1/counters', { code, name: 'x' });
    expect(answer).toMatchObject({ status: 400, body: { code: problem, errors: [{ field: 'code' }] } });
  });

  it('may stand in the facilities’ file, and stays closed when that is read again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'counters-'));
    const file = join(folder, 'facilities.yaml');
    const entry = { hfrId: HFR_ID, name: 'District Hospital Bastar', state: 'Chhattisgarh' };
    await writeFile(file, JSON.stringify({ facilities: [{ ...entry, counters: [{ code: 'gate1', name: 'Gate' }] }] }));
    await (await hip.another({ PORT: 0, FACILITIES_FILE: file })).stop();
    expect((await hip.call('GET', '/api/v1/counters/GATE1')).body).toMatchObject({ name: 'Gate', isOpen: true });
    await hip.call('PATCH', '/api/v1/counters/GATE1', { isOpen: false });
    await (await hip.another({ PORT: 0, FACILITIES_FILE: file })).stop();
    expect((await hip.call('GET', '/api/v1/counters/GATE1')).body).toMatchObject({ name: 'Gate', isOpen: false });
    await rm(folder, { recursive: true });
  });

  it('cannot be made twice, in capital or small letters', async () => {
    const counter = await aCounter();
    const again = await hip.call('POST', '/api/v1/counters', { code: counter.toLowerCase(), name: 'x' });
    expect(again).toMatchObject({ status: 409, body: { code: 'counter-exists' } });
  });
});

describe('A desk', () => {
  it('calls by number, and hears when nobody waits', async () => {
    const counter = await aCounter();
    await waiting(counter, 2);
    expect(await callNext(counter)).toMatchObject({ number: 1, state: 'called', calledCount: 1 });
    expect(await callNext(counter)).toMatchObject({ number: 2 });
    expect(await callNext(counter)).toBeNull();
    expect((await hip.call('POST', '/api/v1/queue/call-next', { counter: 'NOSUCH' })).status).toBe(404);
  });

  it('never gets the token of another that pressed at the same moment, in two processes', async () => {
    const counter = await aCounter();
    await waiting(counter, 12);
    const urls = [hip.url, second.url];
    const called = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const answer = await fetch(`${urls[index % 2]}/api/v1/queue/call-next`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-api-key': hip.key },
          body: JSON.stringify({ counter }),
        });
        return ((await answer.json()) as any).token.number as number;
      }),
    );
    expect(called.sort((one, other) => one - other)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('skips who does not come behind the next three, and calls her again then', async () => {
    const counter = await aCounter();
    await waiting(counter, 6);
    const first = await callNext(counter);
    expect((await act(first, 'skip')).body).toMatchObject({ state: 'waiting', skippedAt: expect.any(String) });
    expect(await inOrder(counter)).toEqual([2, 3, 4, 1, 5, 6]);
    // A second press changes nothing.
    expect((await act(first, 'skip')).status).toBe(200);
    expect(await inOrder(counter)).toEqual([2, 3, 4, 1, 5, 6]);
    const next = await callNext(counter);
    await act(next, 'skip');
    expect(await inOrder(counter)).toEqual([3, 4, 1, 2, 5, 6]);
  });

  it('skips who is alone to the end of nobody', async () => {
    const counter = await aCounter();
    await waiting(counter, 1);
    await act(await callNext(counter), 'skip');
    expect(await callNext(counter)).toMatchObject({ number: 1, calledCount: 2 });
  });

  it('calls again, is done, and cannot undo that', async () => {
    const counter = await aCounter();
    await waiting(counter, 1);
    const token = await callNext(counter);
    expect((await act(token, 'call-again')).body).toMatchObject({
      state: 'called',
      calledCount: 2,
      calledAt: token.calledAt,
    });
    expect((await act(token, 'done')).body).toMatchObject({ state: 'done', endedAt: expect.any(String) });
    expect((await act(token, 'done')).status).toBe(200);
    for (const what of ['call-again', 'skip', 'left']) {
      expect(await act(token, what)).toMatchObject({ status: 409, body: { code: 'token-state' } });
    }
  });

  it('cannot be done with whom it has not called', async () => {
    const counter = await aCounter();
    const [token] = (await waiting(counter, 1)) as [any];
    for (const what of ['done', 'call-again']) expect((await act(token, what)).status).toBe(409);
  });

  it('takes back who had left', async () => {
    const counter = await aCounter();
    const [token] = (await waiting(counter, 1)) as [any];
    expect((await act(token, 'left')).body.state).toBe('left');
    expect(await callNext(counter)).toBeNull();
    expect((await act(token, 'call-again')).body).toMatchObject({ state: 'called', endedAt: null });
  });

  it('sends her to another counter, where she comes by the time she has waited', async () => {
    const [from, to] = [await aCounter(), await aCounter()];
    const [, , third] = (await waiting(from, 3)) as [any, any, any];
    await waiting(to, 4);
    expect((await act(third, 'transfer', { counter: to })).body).toMatchObject({
      number: 3,
      label: `${from}-3`,
      state: 'waiting',
      counter: to,
      scannedCounter: from,
    });
    expect(await inOrder(from)).toEqual([1, 2]);
    expect((await queue(to)).map(({ label }) => label)).toEqual([`${from}-3`, '1', '2', '3', '4']);
    // One who came later than some of them, and before others, whatever her number.
    const [late] = (await waiting(from, 1)) as [any];
    await waiting(to, 2);
    await act(late, 'transfer', { counter: to });
    expect((await queue(to)).map(({ label }) => label)).toEqual([
      ...[`${from}-3`, '1', '2', '3', '4', `${from}-4`, '5', '6'],
    ]);
    // The board shows whom it is, the phones of this counter compare with their own series.
    await callNext(to);
    expect(await statusOf(to)).toMatchObject({ runningToken: null, runningLabel: `${from}-3` });
    expect((await asksRunningToken(to)).token.runningTokenNumber).toBe('0');
    await callNext(to);
    await act(third, 'call-again');
    expect(await statusOf(to)).toMatchObject({ runningToken: 1, runningLabel: `${from}-3` });
    expect((await asksRunningToken(to)).token.runningTokenNumber).toBe('1');
    const closed = await aCounter({ isOpen: false });
    expect((await act(third, 'transfer', { counter: closed })).body.code).toBe('counter-closed');
    expect((await act(third, 'transfer', { counter: 'NOSUCH' })).body.code).toBe('counter-unknown');
  });

  it('of another facility sees none of it', async () => {
    const counter = await aCounter();
    const [token] = (await waiting(counter, 1)) as [any];
    const theirs = await aCounter({}, hip.otherKey);
    for (const what of ['done', 'left', 'skip', 'call-again']) {
      expect((await act(token, what, undefined, hip.otherKey)).status).toBe(404);
    }
    expect((await act(token, 'transfer', { counter: theirs }, hip.otherKey)).status).toBe(404);
    // Nor can one send a patient into somebody else's queue.
    expect((await act(token, 'transfer', { counter: theirs })).status).toBe(404);
    const key = { 'x-api-key': hip.otherKey };
    expect((await hip.call('GET', `/api/v1/queue?counter=${counter}`, undefined, key)).status).toBe(404);
    expect((await hip.call('GET', '/api/v1/queue', undefined, key)).body.tokens).toEqual([]);
    await expect(EventStream.open(`${hip.url}/api/v1/queue/stream?counter=${counter}`, hip.otherKey)).rejects.toThrow(
      '404',
    );
    await expect(EventStream.open(`${hip.url}/api/v1/queue/stream`, 'no key')).rejects.toThrow('401');
    expect((await act({ id: randomUUID() }, 'done')).status).toBe(404);
    expect((await act({ id: '7' }, 'done')).status).toBe(404);
  });
});

describe('The running token', () => {
  it('is the one called last, with the minutes a patient takes', async () => {
    const counter = await aCounter();
    await waiting(counter, 3);
    expect(await asksRunningToken(counter)).toMatchObject({ token: { runningTokenNumber: '0', context: counter } });
    const first = await callNext(counter);
    hip.clock.move(4 * MINUTE);
    await act(first, 'done');
    const next = await callNext(counter);
    hip.clock.move(2 * MINUTE);
    await act(next, 'done');
    await callNext(counter);
    expect((await asksRunningToken(counter)).token).toEqual({
      hipId: HFR_ID,
      context: counter,
      runningTokenNumber: '3',
      averageTokenServiceTimeInMinutes: 3,
    });
    expect(await statusOf(counter)).toMatchObject({
      runningToken: 3,
      averageServiceMinutes: 3,
      waiting: 0,
      called: 1,
      done: 2,
      left: 0,
    });
  });

  it('is none where nobody has a token today', async () => {
    expect((await asksRunningToken(await aCounter())).error.code).toBe('ABDM-1031');
    expect((await asksRunningToken('NOSUCH')).error.code).toBe('ABDM-1031');
  });

  it('is shown for all counters at once', async () => {
    const counter = await aCounter();
    const { counters } = (await hip.call('GET', '/api/v1/queue/status')).body;
    expect(counters.find((each: any) => each.counter === counter)).toMatchObject({ runningToken: null, waiting: 0 });
  });
});

describe('A board', () => {
  const watchersIn = ({ app }: RunningAdapter): number =>
    app.get<QueueFeed, { watchers: Map<unknown, unknown> }>(QueueFeed).watchers.size;
  const watch = (url: string | undefined, counter: string): Promise<EventStream> =>
    EventStream.open(`${url}/api/v1/queue/stream?counter=${counter}`, hip.key);
  /** By its own event, or by a state: one comes again when the process has begun to listen. */
  const told = (number: number, state: string) => (events: readonly any[]) =>
    events
      .flatMap(({ event, data }) => (event === 'token' ? [data] : data.tokens))
      .some((token) => token.number === number && token.state === state);

  it('is shown all first, then each change, in whichever process it happens', async () => {
    const counter = await aCounter();
    await waiting(counter, 1);
    const boards = [await watch(hip.url, counter), await watch(second.url, counter)];
    for (const board of boards) {
      const [first] = await board.until((events) => events.length > 0);
      expect(first).toMatchObject({ event: 'state', data: { tokens: [{ number: 1, state: 'waiting' }] } });
    }
    await waiting(counter, 1);
    for (const board of boards) await board.until(told(2, 'waiting'));
    const token = await callNext(counter);
    for (const board of boards) await board.until(told(1, 'called'));
    await act(token, 'done');
    for (const board of boards) {
      await board.until(told(1, 'done'));
      board.close();
    }
  });

  it('of another counter is not told, unless she comes there', async () => {
    const [here, there] = [await aCounter(), await aCounter()];
    const board = await watch(second.url, there);
    await board.until((events) => events.length > 0);
    const [token] = (await waiting(here, 1)) as [any];
    await act(token, 'transfer', { counter: there });
    await board.until((events) => events.some(({ data }) => data.counter === there));
    // The scan here was not told there, only that she comes.
    expect(board.events.filter(({ event }) => event === 'token').length).toBeLessThanOrEqual(1);
    board.close();
  });

  it('is told nothing of a change that was undone', async () => {
    const counter = await aCounter();
    const [token] = (await waiting(counter, 1)) as [any];
    const board = await watch(hip.url, counter);
    await board.until((events) => events.length > 0);
    const runner = hip.db.createQueryRunner();
    await runner.startTransaction();
    const [{ facility_id: facilityId, counter_id }] = await runner
      .query(`UPDATE queue_token SET number = 99 WHERE id = $1 RETURNING facility_id, counter_id`, [token.id])
      .then(([rows]: [any[]]) => rows);
    const change = { facilityId, tokenId: token.id, counterIds: [counter_id] };
    await runner.query(`SELECT pg_notify('queue_changed', $1)`, [JSON.stringify(change)]);
    await runner.rollbackTransaction();
    await runner.release();
    await act(token, 'left');
    await board.until(told(1, 'left'));
    expect(board.events.filter(({ event }) => event === 'token')).toHaveLength(1);
    board.close();
  });

  it('is right again when the connection that listens is cut', async () => {
    const counter = await aCounter();
    const [token] = (await waiting(counter, 1)) as [any];
    const board = await watch(hip.url, counter);
    await board.until((events) => events.length > 0);
    const cut = await hip.db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE '%queue'`,
    );
    expect(cut.length).toBeGreaterThan(0);
    const before = board.events.length;
    await act(token, 'left');
    await board.until((events) =>
      events.slice(before).some(({ event, data }) => event === 'state' && data.tokens[0]?.state === 'left'),
    );
    expect(board.isEnded).toBe(false);
    board.close();
  });

  it('holds a connection that says so every 15 seconds', async () => {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, openedAt + 18 * SECOND - Date.now())));
    expect(quiet.comments.length).toBeGreaterThan(0);
    expect(quiet.events.filter(({ event }) => event !== 'state')).toEqual([]);
    quiet.close();
  });

  it('that goes away at once leaves nothing behind, and a key has only so many', async () => {
    const third = await hip.another({ PORT: 0 });
    const { hostname, port } = new URL(third.url ?? '');
    for (let index = 0; index < 60; index += 1) {
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      socket.write(`GET /api/v1/queue/stream HTTP/1.1\r\nhost: x\r\nx-api-key: ${hip.key}\r\n\r\n`);
      await new Promise((resolve) => setTimeout(resolve, index % 12));
      socket.destroy();
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(watchersIn(third)).toBe(0);

    const url = `${third.url}/api/v1/queue/stream`;
    const open = await Promise.all(Array.from({ length: 50 }, () => EventStream.open(url, hip.key)));
    await expect(EventStream.open(url, hip.key)).rejects.toThrow(/429.*streams-too-many/s);
    const theirs = await EventStream.open(url, hip.otherKey);
    open.pop()?.close();
    await new Promise((resolve) => setTimeout(resolve, 300));
    open.push(await EventStream.open(url, hip.key));
    for (const each of [...open, theirs]) each.close();
    await third.stop();
  });

  it('that has stopped reading is cut off after the end, and the process does not wait for it', async () => {
    const third = await hip.another({ PORT: 0 });
    const { hostname, port } = new URL(third.url ?? '');
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    socket.write(`GET /api/v1/queue/stream HTTP/1.1\r\nhost: x\r\nx-api-key: ${hip.key}\r\n\r\n`);
    await new Promise((resolve) => socket.once('readable', resolve));
    const started = Date.now();
    await third.stop();
    expect(Date.now() - started).toBeLessThan(3 * SECOND);
    socket.destroy();
  });

  it('is ended when the process stops, which does not wait for it', async () => {
    const third = await hip.another({ PORT: 0 });
    const board = await watch(third.url, await aCounter());
    await board.until((events) => events.length > 0);
    const started = Date.now();
    await third.stop();
    expect(Date.now() - started).toBeLessThan(5 * SECOND);
    const last = Date.now() + 2 * SECOND;
    while (!board.isEnded && Date.now() < last) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(board.isEnded).toBe(true);
  });
});

describe('Token numbers of a department', () => {
  it('are one series, and of a counter without department its own', async () => {
    await hip.whileStopped(() => Promise.resolve(), { TOKEN_PER: 'department' });
    await second.stop();
    const [one, other, alone] = [
      await aCounter({ department: 'Medicine' }),
      await aCounter({ department: 'Medicine' }),
      await aCounter(),
    ];
    expect((await waiting(one, 1)).map(({ number }) => number)).toEqual([1]);
    expect((await waiting(other, 2)).map(({ number }) => number)).toEqual([2, 3]);
    expect((await waiting(alone, 1)).map(({ number }) => number)).toEqual([1]);
    // Within the series a number says enough; outside it does not.
    const [token] = (await waiting(one, 1)) as [any];
    expect((await act(token, 'transfer', { counter: other })).body.label).toBe('4');
    expect((await act(token, 'transfer', { counter: alone })).body.label).toBe(`${one}-4`);
  });
});

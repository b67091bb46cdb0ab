import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { abhaHolderOf, aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { aRunningHip, OTHER_HFR_ID, type Answer, type RunningHip } from '../setup/running-hip.js';

let hip: RunningHip;
beforeAll(async () => {
  hip = await aRunningHip();
});
afterAll(() => hip.stop());

const PATH = '/api/v1/visits/import';
const NDJSON = { 'content-type': 'application/x-ndjson' };
const line = (row: unknown): string => JSON.stringify(row);

/** Sends a whole file and gives the result lines. */
async function imported(text: string): Promise<any[]> {
  const answer = await hip.call('POST', PATH, text, NDJSON);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
  return resultsOf(answer);
}

const resultsOf = ({ body }: Answer): any[] =>
  typeof body === 'string'
    ? body
        .split('\n')
        .filter((each) => each !== '')
        .map((each) => JSON.parse(each))
    : [body];

/** An import whose lines the test sends one by one. */
function anOpenImport(): { upload: ClientRequest; answered: Promise<IncomingMessage> } {
  const upload = request(hip.url + PATH, { method: 'POST', headers: { ...NDJSON, 'x-api-key': hip.key } });
  upload.flushHeaders();
  const answered = once(upload, 'response').then(([response]: IncomingMessage[]) => response!);
  return { upload, answered };
}

async function storedOf(row: Columns): Promise<number> {
  const rows: unknown[] = await hip.db.query('SELECT 1 FROM visit WHERE opd_number = $1', [row['OPD_NO']]);
  return rows.length;
}

describe('The import of many visits', () => {
  it('answers each line with its number and the visit, as a single POST would; the visits are linked', async () => {
    const rows = [aLegacyVisit(), aLegacyVisit(), aLegacyVisit()];
    await hip.abdm('POST', '/simulator/patients', rows.map(abhaHolderOf));
    const results = await imported(`${rows.map(line).join('\n')}\n`);
    expect(results).toEqual(
      [1, 2, 3].map((number) => ({
        line: number,
        ok: true,
        visit: expect.objectContaining({ outcome: 'received', state: 'linking', reasons: [] }),
      })),
    );
    await hip.settle();
    for (const { visit } of results) expect((await hip.visit(visit.id)).state).toBe('linked');
  });

  it('goes on after every kind of bad line, and each says what to do', async () => {
    const good = aLegacyVisit();
    const results = await imported(
      [
        line(aLegacyVisit()),
        '{"OPD_NO": ',
        '[]',
        line({ OPD_NO: 'OPD/26/9' }),
        line(aLegacyVisit({ FACILITY_HFR: OTHER_HFR_ID })),
        line(aLegacyVisit({ REG_DT: '45/13/2025' })),
        line(good),
        line(good),
        line({ ...good, ADVICE: 'Rest' }),
        line(aLegacyVisit()),
      ].join('\n'),
    );
    expect(results.map(({ line: number, ok, visit, problem }) => [number, ok, visit?.state ?? problem.code])).toEqual([
      [1, true, 'linking'],
      [2, false, 'not-json'],
      [3, false, 'visit-not-readable'],
      [4, false, 'visit-not-readable'],
      [5, false, 'other-facility'],
      [6, true, 'quarantined'],
      [7, true, 'linking'],
      [8, true, 'linking'],
      [9, false, 'same-version-other-content'],
      [10, true, 'linking'],
    ]);
    expect(results[7].visit.outcome).toBe('unchanged');
    expect(results[5].visit.reasons[0]).toMatchObject({ code: 'registration-impossible', field: 'REG_DT' });
    for (const { problem } of results) if (problem) expect(problem.detail).toMatch(/\w{3}/);
  });

  it('skips a line of more than 24 MB, says so, and takes the next', async () => {
    const rows = [aLegacyVisit(), aLegacyVisit({ ADVICE: 'a'.repeat(24 * 1024 * 1024) }), aLegacyVisit()];
    const results = await imported(rows.map(line).join('\n'));
    expect(results.map(({ line: number, ok }) => [number, ok])).toEqual([
      [1, true],
      [2, false],
      [3, true],
    ]);
    expect(results[1].problem).toMatchObject({ status: 413, code: 'too-large' });
    expect(await storedOf(rows[1]!)).toBe(0);
  });

  it('counts blank lines, answers none, and minds neither CRLF, nor a BOM, nor a missing end of line', async () => {
    const results = await imported(
      `\uFEFF${line(aLegacyVisit())}\r\n\r\n   \n${line(aLegacyVisit())}\r\n\n${line(aLegacyVisit())}`,
    );
    expect(results.map(({ line: number, ok }) => [number, ok])).toEqual([
      [1, true],
      [4, true],
      [6, true],
    ]);
  });

  it('of an empty file answers nothing', async () => {
    const answer = await hip.call('POST', PATH, '', NDJSON);
    expect([answer.status, answer.body]).toEqual([200, '']);
  });

  it('sent a second time changes nothing', async () => {
    const text = [aLegacyVisit(), aLegacyVisit()].map(line).join('\n');
    const first = await imported(text);
    const second = await imported(text);
    expect(second.map(({ visit }) => [visit.id, visit.outcome])).toEqual(
      first.map(({ visit }) => [visit.id, 'unchanged']),
    );
  });

  it.each([
    ['without a key', { 'x-api-key': '' }, 401, 'api-key-missing'],
    ['as JSON', { 'content-type': 'application/json' }, 415, 'media-type'],
  ])('%s is refused before a line is read', async (_, headers, status, code) => {
    const row = aLegacyVisit();
    const answer = await hip.call('POST', PATH, line(row), { ...NDJSON, ...headers });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await storedOf(row)).toBe(0);
  });
});

describe('The import as a stream', () => {
  it('answers a line before the next is sent', async () => {
    const { upload, answered } = anOpenImport();
    upload.write(`${line(aLegacyVisit())}\n`);
    const results = createInterface({ input: await answered })[Symbol.asyncIterator]();
    expect(JSON.parse((await results.next()).value)).toMatchObject({ line: 1, ok: true });
    upload.write(`${line(aLegacyVisit())}\n`);
    expect(JSON.parse((await results.next()).value)).toMatchObject({ line: 2, ok: true });
    upload.end();
    expect((await results.next()).done).toBe(true);
  });

  it('puts letters together that arrive in two pieces', async () => {
    const row = aLegacyVisit({ COUNTER: 'नेत्र' });
    const bytes = Buffer.from(`${line(row)}\n`);
    const inTheLetter = bytes.indexOf(Buffer.from('नेत्र')) + 1;
    const { upload, answered } = anOpenImport();
    upload.write(bytes.subarray(0, inTheLetter));
    await new Promise((resolve) => setTimeout(resolve, 50));
    upload.end(bytes.subarray(inTheLetter));
    const results = createInterface({ input: await answered })[Symbol.asyncIterator]();
    const { visit } = JSON.parse((await results.next()).value);
    expect((await hip.visit(visit.id)).counter).toBe('नेत्र');
  });

  it('keeps what it has answered when the sender vanishes, leaves the half line out, and the adapter goes on', async () => {
    const rows = [aLegacyVisit(), aLegacyVisit(), aLegacyVisit()];
    const { upload, answered } = anOpenImport();
    upload.on('error', () => undefined);
    upload.write(`${line(rows[0])}\n${line(rows[1])}\n${line(rows[2]).slice(0, 100)}`);
    const response = await answered;
    response.on('error', () => undefined);
    const results = createInterface({ input: response })[Symbol.asyncIterator]();
    for (const number of [1, 2])
      expect(JSON.parse((await results.next()).value)).toMatchObject({ line: number, ok: true });
    upload.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await Promise.all(rows.map(storedOf))).toEqual([1, 1, 0]);
    const again = await imported(rows.map(line).join('\n'));
    expect(again.map(({ visit }) => visit.outcome)).toEqual(['unchanged', 'unchanged', 'received']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRecord } from '../../src/persistence/sealed-record.js';
import { ApiKeys } from '../../src/persistence/api-keys.js';
import { sealedVisitLabel } from '../../src/persistence/visit-versions.js';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { aRunningHip, HFR_ID, OTHER_HFR_ID, type Answer, type RunningHip } from '../setup/running-hip.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

let hip: RunningHip;
beforeAll(async () => {
  hip = await aRunningHip();
});
afterAll(() => hip.stop());

const send = (row: unknown, headers?: Record<string, string>): Promise<Answer> =>
  hip.call('POST', '/api/v1/visits', row, headers);

/** A problem as RFC 9457 has it, and nothing of the request in it. */
function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body).toMatchObject({ status, code, type: `urn:ehospital-abdm-adapter:problem:${code}` });
  expect(answer.body.title).toMatch(/^[A-Z]/);
  expect(answer.body.detail).toMatch(/\w{3}/);
}

describe('POST /api/v1/visits', () => {
  it('answers 202 with the visit’s id, what became of it, and where to look', async () => {
    const answer = await send(aLegacyVisit());
    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      outcome: 'received',
      state: 'linking',
      reasons: [],
      remarkCount: expect.any(Number),
      links: { self: `/api/v1/visits/${answer.body.id}` },
    });
    expect((await hip.call('GET', answer.body.links.self)).status).toBe(200);
  });

  it('shows on the visit what was cleaned, from what to what, and how sure', async () => {
    const { body } = await send(aLegacyVisit({ VITALS: { TEMP: '99.2 F' } }));
    const { remarks } = (await hip.call('GET', body.links.self)).body;
    expect(remarks).toHaveLength(body.remarkCount);
    expect(remarks).toContainEqual({
      field: 'PATIENT.PAT_NAME',
      rule: expect.any(String),
      came: 'SMT ASHA KASHYAP',
      understood: expect.stringMatching(/Asha Kashyap/),
      certainty: expect.stringMatching(/^(sure|likely|unsure)$/),
    });
  });

  it.each([
    ['without a key', { 'x-api-key': '' }, 'api-key-missing'],
    ['with a key nobody has', { 'x-api-key': `ehk_${'a'.repeat(11)}.${'b'.repeat(43)}` }, 'api-key-wrong'],
    ['with something that is no key', { 'x-api-key': `' OR 1=1 --` }, 'api-key-wrong'],
  ])('%s is refused with 401', async (_, headers, code) => {
    expectProblem(await send(aLegacyVisit(), headers), 401, code);
  });

  it('with a key whose second half is wrong is refused with 401', async () => {
    const wrong = hip.key.slice(0, -4) + (hip.key.endsWith('AAAA') ? 'BBBB' : 'AAAA');
    expectProblem(await send(aLegacyVisit(), { 'x-api-key': wrong }), 401, 'api-key-wrong');
  });

  it('with a revoked key is refused with 401 from that moment on', async () => {
    const keys = new ApiKeys(hip.db);
    const [facility]: { id: string }[] = await hip.db.query('SELECT id FROM facility WHERE hfr_id = $1', [HFR_ID]);
    const key = await keys.make(facility?.id ?? '', 'soon revoked');
    expect((await send(aLegacyVisit(), { 'x-api-key': key })).status).toBe(202);
    const keyId = /^ehk_(.{11})\./.exec(key)?.[1] ?? '';
    expect(await keys.revoke(keyId)).toBe(true);
    expectProblem(await send(aLegacyVisit(), { 'x-api-key': key }), 401, 'api-key-wrong');
    expect(await keys.revoke(keyId)).toBe(false);
  });

  it.each([
    ['of another facility of ours', OTHER_HFR_ID],
    ['of a facility nobody knows', 'IN9999999999'],
  ])('%s is refused with 403, and not stored', async (_, hfrId) => {
    const row = aLegacyVisit({ FACILITY_HFR: hfrId });
    expectProblem(await send(row), 403, 'other-facility');
    expect(await hip.db.query('SELECT 1 FROM visit WHERE opd_number = $1', [row['OPD_NO']])).toEqual([]);
  });

  it.each([
    ['that is not JSON', '{"OPD_NO": ', 400, 'bad-request'],
    ['that is empty', '', 400, 'bad-request'],
    ['with a polluting column', '{"__proto__": {"OPD_NO": "1"}}', 400, 'bad-request'],
  ])('with a body %s is refused', async (_, body, status, code) => {
    expectProblem(await send(body), status, code);
  });

  it.each([
    ['a list', [aLegacyVisit()]],
    ['a word', '"OPD/26/1"'],
    ['nothing', 'null'],
  ])('with %s where a visit belongs is refused', async (_, body) => {
    expectProblem(await send(body), 400, 'visit-not-readable');
  });

  it('of more than 24 MB is refused with 413', async () => {
    const answer = await send(aLegacyVisit({ ADVICE: 'a'.repeat(24 * 1024 * 1024) }));
    expectProblem(answer, 413, 'too-large');
  });

  it('with a scanned document of 15 MB is taken', async () => {
    const data = Buffer.alloc(15 * 1024 * 1024, '%PDF-1.4 ').toString('base64');
    const scan = { NAME: 'slip.pdf', TYPE: 'SLIP', MIME: 'application/pdf', DATA: data };
    const answer = await send(aLegacyVisit({ DOCS: [scan] }));
    expect(answer.status).toBe(202);
    expect(answer.body.state).toBe('linking');
  });

  it('of more than 1 MB is not even read of someone without a key', async () => {
    const answer = await send(aLegacyVisit({ ADVICE: 'a'.repeat(2 * 1024 * 1024) }), { 'x-api-key': 'ehk_nobody' });
    expectProblem(answer, 401, 'api-key-wrong');
  });

  it.each(['application/xml', 'text/plain', 'application/x-www-form-urlencoded', 'application/x-ndjson'])(
    'as %s is refused with 415',
    async (type) => {
      expectProblem(await send(JSON.stringify(aLegacyVisit()), { 'content-type': type }), 415, 'media-type');
    },
  );

  it('without the columns it is kept under is refused, and each is named', async () => {
    const answer = await send({ ...aLegacyVisit(), OPD_NO: undefined, FACILITY_HFR: '', ROW_VER: 'first' });
    expectProblem(answer, 400, 'visit-not-readable');
    expect(answer.body.errors.map(({ field, code }: any) => [field, code])).toEqual([
      ['OPD_NO', 'missing'],
      ['FACILITY_HFR', 'missing'],
      ['ROW_VER', 'not-a-version'],
    ]);
    expect(JSON.stringify(answer.body)).not.toMatch(/first|ASHA/);
  });

  it('that cannot be understood is kept aside, with the reason in English and Hindi, and is not linked', async () => {
    const row = aLegacyVisit({ REG_DT: '31/02/2025 10:00' });
    const { status, body } = await send(row);
    expect(status).toBe(202);
    expect(body).toMatchObject({
      outcome: 'received',
      state: 'quarantined',
      reasons: [{ code: 'registration-impossible', field: 'REG_DT' }],
    });
    expect(body.reasons[0].en).toMatch(/no such registration date/);
    expect(body.reasons[0].hi).toMatch(/पंजीकरण/);
    expect(JSON.stringify(body)).not.toMatch(/31\/02/);
    await hip.settle();
    const visit = await hip.visit(body.id);
    expect(visit).toMatchObject({ state: 'quarantined', reasons: body.reasons, records: [], careContext: null });
    expect(visit.timeline.at(-1)).toMatchObject({ step: 'quarantined', mend: 'hospital' });
  });
});

describe('GET /api/v1/visits/{id}', () => {
  it.each([
    ['that nobody has', NOBODY],
    ['that is not an id', 'OPD-26-000001'],
    ['that is an attack', encodeURIComponent(`' OR 1=1 --`)],
  ])('with an id %s answers 404', async (_, id) => {
    expectProblem(await hip.call('GET', `/api/v1/visits/${id}`), 404, 'visit-unknown');
    expectProblem(await hip.call('POST', `/api/v1/visits/${id}/retry`), 404, 'visit-unknown');
  });

  it('of another facility’s visit answers exactly as if there were none', async () => {
    const { body } = await send(aLegacyVisit());
    const stranger = { 'x-api-key': hip.otherKey };
    for (const [method, end] of [
      ['GET', ''],
      ['POST', '/retry'],
    ] as const) {
      const hers = await hip.call(method, `/api/v1/visits/${body.id}${end}`, undefined, stranger);
      const nobodys = await hip.call(method, `/api/v1/visits/${NOBODY}${end}`, undefined, stranger);
      expectProblem(hers, 404, 'visit-unknown');
      expect(hers.body).toEqual(nobodys.body);
    }
  });

  it('needs a key', async () => {
    expectProblem(
      await hip.call('GET', `/api/v1/visits/${NOBODY}`, undefined, { 'x-api-key': '' }),
      401,
      'api-key-missing',
    );
  });

  it('is found by its id in capitals as well', async () => {
    const { body } = await send(aLegacyVisit());
    const { status, body: shown } = await hip.call('GET', `/api/v1/visits/${body.id.toUpperCase()}`);
    expect([status, shown.id]).toEqual([200, body.id]);
  });

  it('is written into the audit', async () => {
    const { body } = await send(aLegacyVisit());
    await hip.visit(body.id);
    const rows: any[] = await hip.db.query(
      `SELECT actor, outcome FROM audit WHERE action = 'visit.read' AND subject_id = $1`,
      [body.id],
    );
    expect(rows).toEqual([{ actor: `hospital:${/^ehk_(.{11})\./.exec(hip.key)?.[1] ?? ''}`, outcome: 'shown' }]);
  });
});

describe('POST /api/v1/visits/{id}/retry', () => {
  it('tries a failed visit again', async () => {
    const row = aLegacyVisit({ PATIENT: { DOB: '' } });
    const { body } = await send(row);
    await hip.settle();
    expect((await hip.visit(body.id)).state).toBe('failed');
    const answer = await hip.call('POST', `/api/v1/visits/${body.id}/retry`);
    expect([answer.status, answer.body.id, answer.body.state]).toEqual([202, body.id, 'received']);
    await hip.settle();
    const { timeline } = await hip.visit(body.id);
    expect(timeline.map(({ step }: any) => step).slice(-3)).toEqual(['tried-again', 'built', 'failed']);
  });

  it('is refused with 409 where there is nothing to try again', async () => {
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    expectProblem(await hip.call('POST', `/api/v1/visits/${id}/retry`), 409, 'nothing-to-retry');
  });

  it('is refused with 409 for a visit that could not be read: there is nothing to build from', async () => {
    const { body } = await send(aLegacyVisit({ REG_DT: '' }));
    expectProblem(await hip.call('POST', `/api/v1/visits/${body.id}/retry`), 409, 'nothing-to-retry');
  });
});

describe('GET /api/v1/visits', () => {
  const list = (query: string, headers?: Record<string, string>): Promise<Answer> =>
    hip.call('GET', `/api/v1/visits?${query}`, undefined, headers);
  const on = (day: string, changes: Columns = {}): Columns => aLegacyVisit({ REG_DT: `${day} 10:00`, ...changes });
  const numbers = (answer: Answer): string[] => answer.body.visits.map(({ opdNumber }: any) => opdNumber);

  it('goes through many pages without a gap and without showing one twice', async () => {
    const rows = Array.from({ length: 11 }, (_, index) =>
      on(index < 6 ? '01/03/2025' : '02/03/2025', { COUNTER: 'P' }),
    );
    for (const row of rows) await send(row);
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 10; page++) {
      const answer = await list(`counter=P&limit=3${cursor}`);
      expect(answer.status).toBe(200);
      seen.push(...numbers(answer));
      if (answer.body.next === null) break;
      expect(answer.body.visits).toHaveLength(3);
      cursor = `&cursor=${answer.body.next}`;
      if (page === 1) await send(on('01/03/2025', { COUNTER: 'Q' })); // a visit meanwhile moves no page
    }
    expect(seen.sort()).toEqual(rows.map((row) => row['OPD_NO']).sort());
  });

  it('filters by day, counter and state, together too', async () => {
    const rows = [
      on('05/03/2025', { COUNTER: 'X1' }),
      on('05/03/2025', { COUNTER: 'X2' }),
      on('06/03/2025', { COUNTER: 'X1' }),
    ];
    for (const row of rows) await send(row);
    const aside = on('05/03/2025', { COUNTER: 'X1', PATIENT: { PAT_NAME: '', PAT_NAME_HI: '' } });
    await send(aside);
    await hip.settle();
    expect(numbers(await list('day=2025-03-05')).sort()).toEqual([rows[0]!['OPD_NO'], rows[1]!['OPD_NO']].sort());
    expect(numbers(await list('counter=X1')).sort()).toEqual([rows[0]!['OPD_NO'], rows[2]!['OPD_NO']].sort());
    expect(numbers(await list('state=failed&counter=X1&day=2025-03-05'))).toEqual([rows[0]!['OPD_NO']]);
    expect(numbers(await list('state=quarantined'))).toContain(aside['OPD_NO']);
    expect(numbers(await list('day=1999-01-01'))).toEqual([]);
  });

  it('shows the visits of the key’s own facility only', async () => {
    const row = on('09/03/2025', { FACILITY_HFR: OTHER_HFR_ID });
    expect((await send(row, { 'x-api-key': hip.otherKey })).status).toBe(202);
    expect(numbers(await list('day=2025-03-09'))).toEqual([]);
    expect(numbers(await list('day=2025-03-09', { 'x-api-key': hip.otherKey }))).toEqual([row['OPD_NO']]);
  });

  it.each([
    ['day', '12-08-2025'],
    ['day', '2025-02-30'],
    ['state', 'lost'],
    ['limit', '0'],
    ['limit', '201'],
    ['limit', 'many'],
    ['limit', '1e1.5'],
    ['counter', 'Z'.repeat(41)],
    ['counter', '%00'],
    ['cursor', 'nonsense!'],
    ['cursor', Buffer.from('2025-02-30 00000000-0000-4000-8000-000000000000').toString('base64url')],
    ['day', '0000-01-01'],
    ['cursor', Buffer.from('0000-01-01 00000000-0000-4000-8000-000000000000').toString('base64url')],
    ['cursor', Buffer.from('2025-02-03 nobody').toString('base64url')],
    ['ward', 'W1'],
  ])('names the field %s when its value is wrong (%s), and does not repeat the value', async (field, value) => {
    const answer = await list(`${field}=${value}`);
    const fields = new Set(answer.body.errors?.map((error: any) => error.field));
    expect([answer.status, [...fields]]).toEqual([400, [field]]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    if (value.length > 3) expect(JSON.stringify(answer.body)).not.toContain(value);
  });

  it('names every wrong field at once', async () => {
    const answer = await list('day=today&state=lost&limit=-1');
    expectProblem(answer, 400, 'fields-wrong');
    expect(new Set(answer.body.errors.map(({ field }: any) => field))).toEqual(new Set(['day', 'state', 'limit']));
  });
});

describe('An Aadhaar number', () => {
  it('is nowhere: not in the stored row, not in what was understood, not in the answers, not in the log', async () => {
    const inColumn = '2345 6789 0124';
    const inText = '987654321096';
    const row = aLegacyVisit({
      PATIENT: { ABHA_NO: inColumn },
      CC: `Aadhaar ${inText} shown`,
      ADVICE: `आधार ${inText}`,
    });
    const { status, body } = await send(row);
    expect(status).toBe(202);
    await hip.settle();
    const [version]: any[] = await hip.db.query('SELECT * FROM visit_version WHERE visit_id = $1', [body.id]);
    const opened = (['row', 'visit', 'remarks'] as const).map((part) =>
      hip.sealer.open(sealedVisitLabel(part, body.id, 1), version[`sealed_${part}`]),
    );
    expect(opened[0]).toMatch(/XXXXXXXX0124/);
    expect(opened[0]).toMatch(/Aadhaar XXXXXXXX1096 shown/);
    const shown = JSON.stringify(await hip.visit(body.id));
    const records: any[] = await hip.db.query('SELECT id, sealed_bundle FROM health_record WHERE visit_id = $1', [
      body.id,
    ]);
    expect(records).not.toEqual([]);
    const bundles = records.map(({ id, sealed_bundle }) => openRecord(hip.sealer, id, sealed_bundle));
    for (const text of [...opened, ...bundles, shown, hip.logged()]) {
      expect(text).not.toMatch(/2345 ?6789|234567890124|98765432/);
    }
  });
});

describe('The log', () => {
  it('carries nothing a patient could be recognised by', async () => {
    const row = aLegacyVisit({ PATIENT: { PAT_NAME: 'SMT PHOOLBASAN TELAM', MOBILE: '9812377777' } });
    await hip.closes(row);
    await hip.settle();
    const { ABHA_NO, ABHA_ADDR, UHID } = row['PATIENT'] as Record<string, string>;
    for (const word of ['PHOOLBASAN', 'Phoolbasan', '9812377777', ABHA_NO, ABHA_ADDR, UHID, hip.key]) {
      expect(hip.logged()).not.toContain(word);
    }
  });
});

describe('For whoever runs the adapter', () => {
  it('/health/live and /health/ready answer without a key', async () => {
    const open = { 'x-api-key': '' };
    expect((await hip.call('GET', '/health/live', undefined, open)).body).toEqual({ status: 'ok' });
    expect((await hip.call('GET', '/health/ready', undefined, open)).body).toEqual({ status: 'ok', database: 'ok' });
  });

  it('/metrics counts visits, messages, callbacks and jobs, and names nobody', async () => {
    await hip.closes(aLegacyVisit());
    await hip.settle();
    const answer = await hip.call('GET', '/metrics');
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/);
    expect(answer.body).toMatch(/^adapter_visits_total\{outcome="received"\} [1-9]/m);
    expect(answer.body).toMatch(/^adapter_messages_sent_total\{exchange="care-context.link",outcome="sent"\} [1-9]/m);
    expect(answer.body).toMatch(/^adapter_callbacks_total\{exchange="link-token",outcome="accepted"\} [1-9]/m);
    expect(answer.body).toMatch(/^adapter_jobs_total\{job="visit.build",outcome="done"\} [1-9]/m);
    expect(answer.body).toMatch(/^adapter_rss_bytes [1-9]/m);
    expect(answer.body).not.toMatch(/asha|@sbx|OPD\//i);
  });

  it('/metrics shows jobs that wait and jobs that were given up', async () => {
    await hip.db.query(
      `SELECT graphile_worker.add_job('linking.notify', json_build_object('id', $1::text), run_at => now() + interval '1 day')`,
      [NOBODY],
    );
    const { body } = await hip.call('GET', '/metrics');
    expect(body).toMatch(/^adapter_jobs_waiting\{job="linking.notify"\} [1-9]/m);
    expect(body).toMatch(/^adapter_jobs_given_up\{job="linking.notify"\} 0/m);
  });

  it('/docs-json lists every path of the API', async () => {
    const { body } = await hip.call('GET', '/docs-json');
    const operations = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    for (const operation of [
      'POST /api/v1/visits',
      'GET /api/v1/visits',
      'POST /api/v1/visits/import',
      'GET /api/v1/visits/{id}',
      'POST /api/v1/visits/{id}/retry',
      'GET /health/live',
      'GET /health/ready',
    ]) {
      expect(operations).toContain(operation);
    }
    // What ABDM calls is not the hospital's API.
    expect(operations.filter((operation) => operation.includes('/api/v3'))).toEqual([]);
  });

  it('a path that does not exist is a problem like any other', async () => {
    expectProblem(await hip.call('GET', '/api/v1/nothing'), 404, 'not-found');
  });
});

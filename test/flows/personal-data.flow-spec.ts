import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openRecord } from '../../src/persistence/sealed-record.js';
import { PostgresSessionStore } from '../../src/exchange/session-store.js';
import { CONFIG, type Config } from '../../src/support/config.js';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { aRunningHip, HFR_ID, OTHER_HFR_ID, type Answer, type RunningHip } from '../setup/running-hip.js';

/** Invented people whose every particular can be told from anything else that is written anywhere. */
const PEOPLE = [
  {
    name: 'PHOOLMATI NETAMWALA',
    hindi: 'फूलमती नेतामवाला',
    relative: 'SUKHRAMDAS',
    village: 'Kumharrasgaon',
    mobile: '9798765431',
    abhaNumber: '91777700010017',
    abhaAddress: 'phoolmati.netam@sbx',
    uhid: 'BAS-2026-7770001',
    sex: 'F',
    complaint: 'पेट में मरोड़दार पीड़ा',
    drug: 'TAB ZINCOVITAMAX 20',
  },
  {
    name: 'DHANSINGH MARKAMJI',
    hindi: 'धनसिंह मरकामजी',
    relative: 'BUDHRAMLAL',
    village: 'Tokapalkheda',
    mobile: '8123498765',
    abhaNumber: '91777700020026',
    abhaAddress: 'dhansingh_m@sbx',
    uhid: 'BAS-2026-7770002',
    sex: 'M',
    complaint: 'severe jointache since harvest',
    drug: 'SYP KOFLETOLIN',
  },
  {
    name: 'LACHHMINBAI PODIYAM',
    hindi: 'लछमिनबाई पोडियम',
    relative: 'GANGARAMSINGH',
    village: 'Bhanpurikala',
    mobile: '7000123987',
    abhaNumber: '91777700030035',
    abhaAddress: 'lachhmin.podiyam77@sbx',
    uhid: 'BAS-2026-7770003',
    sex: 'F',
    complaint: 'आंखों से धुंधलापन',
    drug: 'CAP OMEPRAZOLEX',
  },
] as const;
type Person = (typeof PEOPLE)[number];

const AADHAAR = ['2345 6789 0124', '234567890124', '2345-6789-0124', '३४५६ ७८९० १२३५'];

/** ABHA numbers as they are written. */
const dashed = (number: string): string => number.replace(/^(\d\d)(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3-$4');

const visitOf = (person: Person, changes: Columns = {}): Columns => {
  const { PATIENT, ...rest } = changes;
  return aLegacyVisit({
    CC: person.complaint,
    ADVICE: `${AADHAAR[0] ?? ''} ${AADHAAR[3] ?? ''}`,
    RX: [{ DRUG: person.drug, DOSE: '1', FREQ: 'TDS', DAYS: '3', ROUTE: 'ORAL' }],
    PATIENT: {
      UHID: person.uhid,
      PAT_NAME: person.name,
      PAT_NAME_HI: person.hindi,
      SEX: person.sex,
      MOBILE: person.mobile,
      REL_NAME: person.relative,
      VILLAGE: person.village,
      ABHA_NO: dashed(person.abhaNumber),
      ABHA_ADDR: person.abhaAddress,
      ...(PATIENT as Columns | undefined),
    },
    ...rest,
  });
};

/** What of a person must be found nowhere: whole, and the parts that tell as much. */
const particularsOf = (person: Person): string[] => [
  person.name,
  ...person.name.split(' '),
  person.hindi,
  ...person.hindi.split(' '),
  person.relative,
  person.village,
  person.mobile,
  person.abhaNumber,
  dashed(person.abhaNumber),
  person.abhaAddress,
  person.abhaAddress.split('@')[0] ?? '',
  person.uhid,
  person.complaint,
  person.drug,
];

/** The forms in which bytes of a text lie about in a dump: as they are, escaped in JSON, in hex, in base64. */
function formsOf(secret: string): string[] {
  const escaped = JSON.stringify(secret)
    .slice(1, -1)
    .replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const bytes = Buffer.from(secret);
  // Base64 of a text inside a longer one depends on where it begins: the part that stays, for each of three beginnings.
  const base64 = [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    return encoded.slice(shift === 0 ? 0 : shift + 1, -1);
  });
  return [
    secret,
    escaped,
    encodeURIComponent(secret),
    bytes.toString('hex'),
    ...base64.filter((text) => text.length >= 8),
  ];
}

const foundIn = (haystack: string, secrets: readonly string[]): string[] => {
  const lower = haystack.toLowerCase();
  return secrets.filter((secret) => formsOf(secret).some((form) => lower.includes(form.toLowerCase())));
};

describe('Personal data and secrets', () => {
  let hip: RunningHip;
  let hiu: Server;
  let secrets: Record<string, string[]>;
  const pages: any[] = [];
  const refusals: Answer[] = [];
  const shared: string[] = [];

  /** A call of the hospital that goes wrong. Its answer is kept. */
  async function goesWrong(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<void> {
    const answer = await hip.call(method, path, body, headers);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    refusals.push(answer);
  }

  beforeAll(async () => {
    const [asha, dhan, lachhmin] = PEOPLE;
    hiu = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        pages.push(JSON.parse(Buffer.concat(chunks).toString()));
        // The second page is refused, with words of the HIU where its code should be.
        const isRefused = pages.length === 2;
        response.writeHead(isRefused ? 400 : 202, { 'content-type': 'application/json' });
        response.end(isRefused ? JSON.stringify({ error: { code: dhan.name, message: dhan.hindi } }) : '');
      });
    });
    await new Promise<void>((resolve) => hiu.listen(0, '127.0.0.1', resolve));
    const hiuUrl = `http://127.0.0.1:${(hiu.address() as { port: number }).port}`;
    hip = await aRunningHip({ PUSH_ALLOWED_ORIGINS: hiuUrl });
    for (const { abhaAddress, abhaNumber, name, sex } of PEOPLE) {
      await hip.abdm('POST', '/simulator/patients', { abhaAddress, abhaNumber, name, gender: sex, yearOfBirth: 1991 });
    }

    // All goes well for two; the third is not known to ABDM by the name the hospital has.
    const visits = [visitOf(asha), visitOf(asha, { CC: `${asha.complaint} ${AADHAAR[1] ?? ''}` }), visitOf(dhan)];
    for (const visit of visits) await hip.closes(visit, false);
    await hip.abdm('POST', '/simulator/faults', {
      path: '/api/hiecm/hip/v3/link/carecontext',
      status: 503,
      body: { error: { code: asha.name, message: `${asha.hindi} ${asha.mobile}` } },
      times: 1,
    });
    await hip.settle();
    await hip.later(60_000);
    await hip.abdm('POST', '/simulator/faults', {
      path: '/api/hiecm/v3/token/generate-token',
      status: 400,
      body: [{ error: { code: 'ABDM-1207', message: `${lachhmin.name} ${lachhmin.abhaNumber} does not match` } }],
    });
    const failing = await hip.closes(visitOf(lachhmin), false);
    await hip.settle();
    expect((await hip.visit(failing.id)).state).toBe('failed');
    await hip.call('POST', `/api/v1/visits/${failing.id}/retry`);
    await hip.settle();

    // Consents and transfers, to the simulator's HIU (not allowed here), to ours, refused, revoked.
    for (const person of [asha, dhan]) {
      const { consentId } = await hip.abdm('POST', '/simulator/consents', {
        abhaAddress: person.abhaAddress,
        hipId: HFR_ID,
      });
      await hip.settle();
      await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {
        dataPushUrl: `${hiuUrl}/${person.abhaAddress}`,
      });
      await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {
        dataPushUrl: `https://10.0.0.1/${person.name}`,
      });
      await hip.settle();
      await hip.abdm('POST', `/simulator/consents/${consentId}/revoke`);
      await hip.settle();
      await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {});
      await hip.settle();
    }

    // Rows that cannot be read, quarantined ones, conflicts.
    await goesWrong('POST', '/api/v1/visits', { ...visitOf(asha), OPD_NO: '' });
    await goesWrong('POST', '/api/v1/visits', { OPD_NO: asha.name, PATIENT: asha.hindi });
    await goesWrong('POST', '/api/v1/visits', { ...visitOf(dhan), FACILITY_HFR: OTHER_HFR_ID });
    await goesWrong('POST', '/api/v1/visits', { ...visits[0], CC: dhan.complaint });
    await goesWrong('POST', '/api/v1/visits', `{"PAT_NAME": "${asha.name}", ${asha.hindi}`);
    await goesWrong('POST', '/api/v1/visits', [visitOf(dhan)]);
    await goesWrong('POST', '/api/v1/visits', `"${asha.mobile}"`);
    await goesWrong('GET', `/api/v1/visits/${asha.abhaAddress}`);
    await goesWrong('GET', `/api/v1/visits?day=${asha.abhaNumber}&counter=${encodeURIComponent(asha.hindi)}`);
    await goesWrong('GET', `/api/v1/visits?cursor=${asha.uhid}&uhid=${dhan.uhid}`);
    await goesWrong('GET', `/nothing/here/${asha.mobile}`);
    await goesWrong('POST', '/api/v1/visits', visitOf(dhan), { 'x-api-key': `ehk_${dhan.abhaAddress}` });
    await goesWrong('POST', '/api/v1/visits', visitOf(dhan), { 'x-api-key': `${hip.key}x` });
    await goesWrong('POST', '/api/v1/visits', `PAT_NAME=${dhan.name}`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    for (const changes of [
      { REG_DT: asha.village },
      { PATIENT: { PAT_NAME: '' } },
      { PATIENT: { SEX: dhan.name, DOB: dhan.mobile } },
      { DIAG: asha.hindi, RX: dhan.drug, VITALS: { BP: asha.mobile } },
      { [`COL ${asha.name}`]: dhan.name, ROW_VER: 1 },
    ]) {
      const answer = await hip.call('POST', '/api/v1/visits', visitOf(asha, changes));
      refusals.push({ ...answer, body: { ...answer.body, remarks: undefined } });
    }
    const lines = [
      JSON.stringify(visitOf(dhan)),
      `not json ${asha.name}`,
      JSON.stringify({ OPD_NO: '', PATIENT: dhan.hindi }),
    ];
    refusals.push(
      await hip.call('POST', '/api/v1/visits/import', lines.join('\n'), { 'content-type': 'application/x-ndjson' }),
    );
    await hip.settle();

    // Attacks and strays at the callback door.
    const callback = async (wish: Columns): Promise<void> => {
      await hip.abdm('POST', '/simulator/callbacks', { clientId: 'SBX_000001', hipId: HFR_ID, ...wish });
    };
    const path = '/api/v3/consent/request/hip/notify';
    const body = {
      notification: { status: asha.name, consentId: dhan.mobile, consentDetail: { patient: asha.hindi } },
    };
    await callback({ path, body });
    await callback({ path, body, token: 'forged' });
    await callback({ path, body, hipId: asha.name });
    await callback({ path, body, requestId: asha.abhaAddress });
    await callback({
      path: `/api/v3/patients/${asha.abhaAddress}/status?mobile=${asha.mobile}`,
      body: { name: asha.name },
    });
    await callback({
      path: '/api/v3/link/on_carecontext',
      body: {
        response: { requestId: randomUUID() },
        error: { code: asha.name, message: dhan.hindi },
        abhaAddress: asha.abhaAddress,
      },
    });
    // A reply with words in place of a code, to a question that is open.
    const [asked] = await hip.db.query(`SELECT request_id FROM exchange WHERE name = 'care-context.link' LIMIT 1`);
    await hip.db.query(`UPDATE exchange SET state = 'sent' WHERE request_id = $1`, [asked.request_id]);
    await callback({
      path: '/api/v3/link/on_carecontext',
      body: { response: { requestId: asked.request_id }, error: { code: dhan.name, message: asha.hindi } },
    });
    await hip.settle();

    // A fault in a job: what it was about lies sealed, and does not open.
    await hip.db.query(`UPDATE visit SET state = 'received' WHERE id = $1`, [failing.id]);
    await hip.db.query(`UPDATE visit_version SET sealed_visit = '\\x00' WHERE visit_id = $1`, [failing.id]);
    await hip.db.query(
      `SELECT graphile_worker.add_job('visit.build', json_build_object('id', $1::text), max_attempts => 1)`,
      [failing.id],
    );
    await hip.settle();

    const messages: any[] = await hip.abdm('GET', '/simulator/messages');
    const config = hip.adapter.app.get<Config>(CONFIG);
    const session = await hip.adapter.app.get(PostgresSessionStore).read('SBX_000001');
    const linkTokens = messages.map(({ body: one }) => one?.linkToken).filter((one) => typeof one === 'string');
    const peers = messages.map(({ body: one }) => one?.hiRequest?.keyMaterial).filter((one) => one !== undefined);
    const own = pages.map(({ keyMaterial }) => keyMaterial);
    secrets = {
      'who they are and what they have': [...PEOPLE.flatMap(particularsOf), ...AADHAAR],
      'API keys': [hip.key, hip.otherKey, hip.key.split('.')[1] ?? '', hip.otherKey.split('.')[1] ?? ''],
      'the master key': [config.MASTER_KEY?.toString('base64') ?? '', config.MASTER_KEY?.toString('hex') ?? ''],
      'the client’s secret and access token': [config.ABDM_CLIENT_SECRET ?? '', session?.token ?? ''],
      'link tokens': linkTokens,
      'key material of transfers': [...peers, ...own].flatMap(({ dhPublicKey, nonce }) => [
        dhPublicKey.keyValue,
        nonce,
      ]),
      'where records were pushed': [hiuUrl],
    };
  });
  afterAll(async () => {
    await hip.stop();
    hiu.close();
  });

  it('were all there to be found: people were linked, records sent, and there is a secret of every kind', async () => {
    const links: unknown[] = await hip.abdm('GET', '/simulator/links');
    expect(links.length).toBeGreaterThanOrEqual(3);
    expect(pages.length).toBeGreaterThanOrEqual(4);
    for (const [kind, values] of Object.entries(secrets)) {
      expect([kind, values.length > 0, values.filter((value) => value.length < 4)]).toEqual([kind, true, []]);
    }
    expect(refusals.length).toBeGreaterThanOrEqual(20);
    const [visit] = await hip.db.query('SELECT id FROM visit LIMIT 1');
    const shown = JSON.stringify((await hip.visit(visit.id)).remarks);
    expect(foundIn(shown, secrets['who they are and what they have'] ?? []).length).toBeGreaterThan(0);
  });

  it('are not in any line of the log, at its most talkative', () => {
    const log = hip.logged();
    expect(log.split('\n').length).toBeGreaterThan(100);
    expect(log).toContain('"level":"debug"');
    for (const [kind, values] of Object.entries(secrets)) expect([kind, foundIn(log, values)]).toEqual([kind, []]);
    expect(log).not.toMatch(/eyJ[\w-]{5,}\.[\w-]/);
  });

  it('are not in any column of any table, the job engine’s among them', async () => {
    const tables: { name: string }[] = await hip.db.query(
      `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
    );
    const names = tables.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining(['graphile_worker._private_jobs', 'public.exchange', 'public.visit_event']),
    );
    let rowsSeen = 0;
    for (const name of names) {
      const rows: { t: string }[] = await hip.db.query(`SELECT t::text AS t FROM ${name} t`);
      rowsSeen += rows.length;
      const dump = rows.map(({ t }) => t).join('\n');
      for (const [kind, values] of Object.entries(secrets))
        expect([name, kind, foundIn(dump, values)]).toEqual([name, kind, []]);
    }
    expect(rowsSeen).toBeGreaterThan(100);
  });

  it('are not in any answer to a call that went wrong', () => {
    for (const { status, body } of refusals) {
      const text = JSON.stringify(body);
      for (const [kind, values] of Object.entries(secrets))
        expect([status, kind, foundIn(text, values)]).toEqual([status, kind, []]);
    }
  });

  it('are not in the metrics', async () => {
    const { body } = await hip.call('GET', '/metrics');
    for (const [kind, values] of Object.entries(secrets))
      expect([kind, foundIn(String(body), values)]).toEqual([kind, []]);
  });

  it('leave with the records they belong to, but for Aadhaar numbers, which are masked before anything is kept', async () => {
    const rows: { id: string; sealed_bundle: Buffer }[] = await hip.db.query(
      'SELECT id, sealed_bundle FROM health_record',
    );
    for (const { id, sealed_bundle } of rows) shared.push(openRecord(hip.sealer, id, sealed_bundle));
    expect(foundIn(shared.join('\n'), [PEOPLE[0].hindi, PEOPLE[0].drug])).toHaveLength(2);
    expect(foundIn(shared.join('\n'), AADHAAR)).toEqual([]);
    const versions: any[] = await hip.db.query('SELECT visit_id, row_version, sealed_row FROM visit_version');
    const kept = versions.map((one) =>
      hip.sealer.open(`visit_version.sealed_row:${one.visit_id}:${one.row_version}`, one.sealed_row),
    );
    expect(foundIn(kept.join('\n'), [PEOPLE[0].hindi])).toHaveLength(1);
    expect(foundIn(kept.join('\n'), AADHAAR)).toEqual([]);
  });
});

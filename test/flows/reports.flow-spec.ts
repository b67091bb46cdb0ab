import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { ApiKeys } from '../../src/persistence/api-keys.js';
import { saveFacility } from '../../src/persistence/facilities-file.js';
import { indiaDay } from '../../src/support/india-day.js';
import { aLegacyVisit } from '../makers/legacy-visit.js';
import { aCounter, aScan, aVerifiedAbha, aVerifiedSession, facilityIdOf } from '../makers/verified-abha.js';
import { aRunningHip, HFR_ID, OTHER_HFR_ID, type Answer, type RunningHip } from '../setup/running-hip.js';

const OPD = '/api/v1/reports/opd';
type Numbers = Readonly<Record<(typeof MEASURES)[number] | 'neither', number>>;
const MEASURES = ['registrations', 'scanAndShare', 'abhaLinked', 'abhaCreated', 'waitingForAbha'] as const;

let hip: RunningHip;
let districtKey: string;
let today: string;
beforeAll(async () => {
  hip = await aRunningHip({ SMS_DEEP_LINK: 'off' });
  const place = { district: 'Bastar', state: 'Chhattisgarh' };
  await saveFacility(hip.db, { hfrId: HFR_ID, serviceId: HFR_ID, name: 'District Hospital Bastar', ...place });
  await saveFacility(hip.db, { hfrId: OTHER_HFR_ID, serviceId: OTHER_HFR_ID, name: '=CHC Lohandiguda', ...place });
  await saveFacility(hip.db, {
    hfrId: 'IN1010000001',
    serviceId: 'IN1010000001',
    name: 'Elsewhere',
    district: 'Bastar',
    state: 'Bihar',
  });
  districtKey = await new ApiKeys(hip.db).makeForDistrict(place, 'collector');
  today = indiaDay(hip.clock.now());
});
afterAll(() => hip.stop());

const report = async (query = '', headers: Record<string, string> = {}): Promise<Answer> =>
  hip.call('GET', `${OPD}${query}`, undefined, headers);
const asDistrict = (query = ''): Promise<Answer> => report(query, { 'x-api-key': districtKey });
const todayAt = (time: string): string => `${today.slice(8)}/${today.slice(5, 7)}/${today.slice(0, 4)} ${time}`;

/** The last month that was over before `today`. */
const lastMonth = (): string =>
  indiaDay(new Date(Date.parse(`${today.slice(0, 7)}-01T00:00:00Z`) - 86_400_000)).slice(0, 7);

describe('The report of a day at the desk', () => {
  it('counts each way into the OPD once, and its numbers are those of the day', async () => {
    const now = todayAt('00:01');
    const noAbha = { ABHA_NO: '', ABHA_ADDR: '' };
    // Linked; waiting; by scan and share as the hospital says; withdrawn.
    await hip.closes(aLegacyVisit({ REG_DT: now, COUNTER: 'c1' }));
    await hip.closes(aLegacyVisit({ REG_DT: now, PATIENT: noAbha }), false);
    await hip.closes(aLegacyVisit({ REG_DT: now, SCAN_SHARE: 'Y', COUNTER: '', PATIENT: noAbha }), false);
    await hip.closes(aLegacyVisit({ REG_DT: now, DEL_FLAG: 'Y' }), false);
    // A scan, called after 12 minutes, registered twice and then seen: one.
    const scanned = aVerifiedAbha();
    const { sharedProfileId } = await aScan(hip, scanned, { counter: 'C2', calledAfterMinutes: 12 });
    const row = aLegacyVisit({ REG_DT: now, COUNTER: 'C2', PATIENT: noAbha });
    const { UHID: uhid } = row['PATIENT'] as { UHID: string };
    for (let time = 0; time < 2; time++) {
      const answer = await hip.call('POST', '/api/v1/registrations', {
        uhid,
        sharedProfileId,
        columns: { PATIENT: row['PATIENT'] },
      });
      expect(answer.body.state).toBe('registered');
    }
    await hip.closes(row, false);
    // An ABHA made at the desk, and registered there: no visit yet.
    await aCounter(hip, 'C3');
    const abhaSessionId = await aVerifiedSession(hip, aVerifiedAbha({ isNew: true }));
    await hip.call('POST', '/api/v1/registrations', { uhid: 'NEW-1', abhaSessionId, counter: 'C3' });
    await hip.settle();

    const { body } = await report('?by=counter');
    expect(body.rows.map(({ key, registrations }: any) => [key, registrations])).toEqual([
      ['C2', 1],
      ['C3', 1],
      // Not made here: only a visit names it.
      ['C1', 2],
      [null, 1],
    ]);
    expect(body).toMatchObject({ from: today, to: today, by: 'counter' });
    expect(body.total).toMatchObject({
      registrations: 5,
      scanAndShare: 2,
      scanAndSharePercent: 40,
      abhaCreated: 1,
      waitingForAbha: 2,
      medianMinutesToCall: 12,
    });
    expect(body.rows[0]).toMatchObject({ scanAndShare: 1, medianMinutesToCall: 12 });
    const { abhaLinked, waitingForAbha, neither, registrations }: Numbers = body.total;
    expect(abhaLinked).toBeGreaterThanOrEqual(2);
    expect(abhaLinked + waitingForAbha + neither).toBe(registrations);
  });

  it('counts every ABHA that was made, once, whatever became of the session and whoever was registered with it', async () => {
    const day = '2025-06-10';
    const counterId = await aCounter(hip, 'K1');
    const at = (time: string) => new Date(`2025-06-${time}Z`);
    const aNewAbha = async (verifiedAt: Date | null, createdAt: Date, ended = false): Promise<string> => {
      const id = await aVerifiedSession(hip, aVerifiedAbha({ isNew: true }));
      await hip.db.query(
        `UPDATE abha_session SET verified_at = $2, created_at = $3, counter_id = $4, channel = 'kiosk',
           sealed_profile = CASE WHEN $5 THEN NULL ELSE sealed_profile END, step = CASE WHEN $5 THEN 'ended' ELSE step END,
           ended_at = CASE WHEN $5 THEN $3::timestamptz END WHERE id = $1`,
        [id, verifiedAt, createdAt, counterId, ended],
      );
      return id;
    };
    // Midnight in India is 18:30 here: begun on the 9th and made on the 10th; logged out; by licence, not verified yet.
    await aNewAbha(at('09T18:31:00'), at('09T18:20:00'));
    await aNewAbha(at('10T08:00:00'), at('10T07:55:00'), true);
    await aNewAbha(null, at('10T09:00:00'));
    await aNewAbha(at('10T18:31:00'), at('10T18:20:00'));
    const registered = await aNewAbha(at('10T10:00:00'), at('10T09:55:00'));
    const { body: made } = await hip.call('POST', '/api/v1/registrations', {
      uhid: 'NEW-2',
      abhaSessionId: registered,
    });
    expect(made.registration.isAbhaCreated).toBe(true);
    await hip.db.query('UPDATE registration SET day = $2 WHERE id = $1', [made.registration.id, day]);

    const { body } = await report(`?from=${day}&to=${day}&by=counter`);
    expect(body.total).toMatchObject({ registrations: 1, abhaCreated: 4, abhaLinked: 1, neither: 0 });
    expect(body.rows.find(({ key }: any) => key === 'K1')).toMatchObject({ registrations: 1, abhaCreated: 4 });
  });

  it('gives a visit that names no counter the one where she was registered', async () => {
    const day = '2025-06-12';
    const row = aLegacyVisit({ REG_DT: '12/06/2025 09:00', COUNTER: '' });
    await hip.closes(row, false);
    await aCounter(hip, 'K2');
    const { UHID: uhid } = row['PATIENT'] as { UHID: string };
    const { body: made } = await hip.call('POST', '/api/v1/registrations', { uhid, counter: 'K2' });
    await hip.db.query('UPDATE registration SET day = $2 WHERE id = $1', [made.registration.id, day]);
    const { body } = await report(`?from=${day}&to=${day}&by=counter`);
    expect(body.rows.flatMap(({ key, registrations }: any) => (registrations > 0 ? [key] : []))).toEqual(['K2']);
  });

  it('is empty at another facility, and on another day', async () => {
    const other = await report('', { 'x-api-key': hip.otherKey });
    expect(other.body.total).toMatchObject({ registrations: 0, scanAndSharePercent: null, medianMinutesToCall: null });
    expect((await report('?from=2020-01-01&to=2020-01-02')).body.rows).toHaveLength(2);
  });

  it.each([
    '?from=2026-02-30',
    '?from=2026-02-02&to=2026-02-01',
    '?from=2025-01-01&to=2026-02-01',
    '?by=patient',
    '?format=xml',
    '?lang=ta',
    '?from=x',
    '?facility=IN1010000001',
  ])('is refused with %s', async (query) => {
    const answer = await report(query);
    expect([answer.status, answer.body.code]).toEqual([400, 'fields-wrong']);
  });

  it('comes as CSV by format or by Accept, in English or Hindi, harmless in a spreadsheet', async () => {
    for (const [query, headers] of [
      ['?by=facility&format=csv', {}],
      ['?by=facility', { accept: 'text/csv' }],
      ['?by=facility&format=csv&lang=hi', {}],
    ] as const) {
      const answer = await report(query, { 'x-api-key': hip.otherKey, ...headers });
      expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(answer.headers.get('content-disposition')).toContain(`opd-${today}-${today}-by-facility.csv`);
      const lines: string[][] = parse(answer.body, { bom: true });
      expect(lines[0]?.[2]).toBe(query.endsWith('hi') ? 'ओपीडी पंजीकरण' : 'OPD registrations');
      expect(lines[1]?.slice(0, 2)).toEqual([OTHER_HFR_ID, "'=CHC Lohandiguda"]);
      expect(lines).toHaveLength(3);
    }
    expect((await report('?format=json', { accept: 'text/csv' })).body.total).toBeDefined();
  });
});

interface Made {
  readonly day: string;
  readonly counter: string | null;
  readonly hfrId: string;
  readonly measures: Readonly<Record<(typeof MEASURES)[number], boolean>>;
}

/** A month of visits of two facilities, and registrations without a visit, written into the tables; and what they are. */
async function aMonth(month: string, perDay: (hfrId: string, day: number) => number): Promise<readonly Made[]> {
  const made: Made[] = [];
  const patients: unknown[] = [];
  const visits: unknown[] = [];
  const registrations: unknown[] = [];
  const sessions: unknown[] = [];
  let turn = 0;
  const every = (count: number): boolean => turn % count === 0;
  for (const hfrId of [HFR_ID, OTHER_HFR_ID]) {
    const facilityId = await facilityIdOf(hip, hfrId);
    const counterId = await aCounter(hip, 'G1', hfrId);
    for (let number = 1; number <= 28; number++) {
      const day = `${month}-${String(number).padStart(2, '0')}`;
      for (let index = 0; index < perDay(hfrId, number); index++) {
        turn += 1;
        const [patientId, hasVisit, hasRegistration] = [randomUUID(), !every(3), every(3) || every(5)];
        const state = hasVisit ? ['linked', 'waiting-for-abha', 'failed', 'linked', 'withdrawn'][turn % 5] : undefined;
        const [hasAbha, isCreated, saysScan] = [every(2), hasRegistration && every(9), every(4)];
        patients.push({ id: patientId, facility_id: facilityId, has_abha: hasAbha });
        if (hasVisit)
          visits.push({
            id: randomUUID(),
            facility_id: facilityId,
            opd_number: `G/${month}/${turn}`,
            patient_id: patientId,
            state,
            counter: every(7) ? null : 'g1',
            day,
            is_scan: saysScan,
          });
        if (hasRegistration)
          registrations.push({
            id: randomUUID(),
            facility_id: facilityId,
            patient_id: patientId,
            day,
            counter_id: counterId,
            is_created: isCreated,
          });
        if (isCreated) sessions.push({ id: randomUUID(), facility_id: facilityId, counter_id: counterId, day });
        const isSeen = hasVisit && state !== 'withdrawn';
        if (!isSeen && !hasRegistration) continue;
        made.push({
          day,
          hfrId,
          counter: isSeen && every(7) && !hasRegistration ? null : 'G1',
          measures: {
            registrations: true,
            scanAndShare: isSeen && saysScan,
            abhaLinked: isSeen ? state === 'linked' : hasAbha,
            abhaCreated: isCreated,
            waitingForAbha: isSeen ? state === 'waiting-for-abha' : !hasAbha,
          },
        });
      }
    }
  }
  await hip.db.query(
    `INSERT INTO patient (id, facility_id, uhid_hash, abha_address_hash, sealed_demographics)
     SELECT id, facility_id, sha256(id::text::bytea), CASE WHEN has_abha THEN sha256(id::text::bytea) END, '\\x00'
     FROM json_to_recordset($1) AS p (id uuid, facility_id uuid, has_abha boolean)`,
    [JSON.stringify(patients)],
  );
  await hip.db.query(
    `INSERT INTO visit (id, facility_id, opd_number, row_version, patient_id, state, counter, day, received_at, updated_at, is_scan_and_share)
     SELECT id, facility_id, opd_number, 1, patient_id, state, counter, day, now(), now(), is_scan FROM json_to_recordset($1)
       AS v (id uuid, facility_id uuid, opd_number text, patient_id uuid, state text, counter text, day date, is_scan boolean)`,
    [JSON.stringify(visits)],
  );
  await hip.db.query(
    `INSERT INTO registration (id, facility_id, patient_id, day, registered_at, source, counter_id, is_abha_created)
     SELECT id, facility_id, patient_id, day, now(), 'desk', counter_id, is_created FROM json_to_recordset($1)
       AS r (id uuid, facility_id uuid, patient_id uuid, day date, counter_id uuid, is_created boolean)`,
    [JSON.stringify(registrations)],
  );
  await hip.db.query(
    `INSERT INTO abha_session (id, facility_id, purpose, way, step, channel, operator, counter_id, is_new, verified_at,
       created_at, updated_at, expires_at, ended_at)
     SELECT id, facility_id, 'create', 'aadhaar-otp', 'ended', 'kiosk', 'kiosk', counter_id, true, day, day, day, day, day
     FROM json_to_recordset($1) AS s (id uuid, facility_id uuid, counter_id uuid, day timestamptz)`,
    [JSON.stringify(sessions)],
  );
  return made;
}

const count = (made: readonly Made[], measure: (typeof MEASURES)[number]): number =>
  made.filter(({ measures }) => measures[measure]).length;

describe('The report of a month', () => {
  const month = '2025-02';
  const period = `from=${month}-01&to=${month}-28`;
  let made: readonly Made[];
  beforeAll(async () => {
    made = await aMonth(month, (hfrId, day) => (hfrId === HFR_ID ? 12 + (day % 9) : day % 4));
  });

  it.each(['day', 'facility', 'counter'] as const)('by %s adds up, and is what was put in', async (by) => {
    const { body } = await report(`?${period}&by=${by}`);
    const own = made.filter(({ hfrId }) => hfrId === HFR_ID);
    for (const measure of MEASURES) {
      const rows: readonly Numbers[] = body.rows;
      expect(rows.reduce((sum, row) => sum + row[measure], 0)).toBe(body.total[measure]);
      expect(body.total[measure]).toBe(count(own, measure));
      for (const row of body.rows) {
        const keyOf = ({ day, hfrId, counter }: Made) => ({ day, facility: hfrId, counter })[by];
        expect(row[measure]).toBe(
          count(
            own.filter((each) => keyOf(each) === row.key),
            measure,
          ),
        );
      }
    }
    for (const row of [...body.rows, body.total] as Numbers[])
      expect(row.abhaLinked + row.waitingForAbha + row.neither).toBe(row.registrations);
  });

  it('of a district is over its facilities alone, and shows no count from 1 to 4', async () => {
    for (const by of ['day', 'facility'] as const) {
      const { status, body } = await asDistrict(`?${period}&by=${by}`);
      expect(status).toBe(200);
      expect(body.total.registrations).toBe(count(made, 'registrations'));
      if (by === 'facility') expect(body.rows.map(({ key }: any) => key)).toEqual([HFR_ID, OTHER_HFR_ID]);
      const keyOf = ({ day, hfrId }: Made) => ({ day, facility: hfrId })[by];
      for (const row of body.rows) {
        const these = made.filter((each) => keyOf(each) === row.key);
        for (const measure of MEASURES) {
          const value = count(these, measure);
          if (value > 0 && value < 5) expect(['<5', 'hidden']).toContain(row[measure]);
          else expect([value, 'hidden']).toContain(row[measure]);
        }
        if (typeof row.abhaLinked !== 'number') expect(row.abhaLinkedPercent).toBeNull();
        expect(row.neither).toBeNull();
      }
    }
  });

  it('of a district does not give a hidden count away by the total', async () => {
    const small = await aMonth('2025-03', (hfrId, day) => (hfrId === HFR_ID ? 9 : day === 5 ? 4 : 0));
    const there = small.filter(({ hfrId }) => hfrId === OTHER_HFR_ID);
    expect(count(there, 'registrations')).toBeGreaterThan(0);
    expect(count(there, 'registrations')).toBeLessThan(5);
    const { body } = await asDistrict('?from=2025-03-01&to=2025-03-31&by=facility');
    for (const measure of MEASURES) {
      const numbers = [...body.rows, body.total].map((row) => row[measure]);
      const isOneMissing = numbers.filter((value) => typeof value !== 'number').length === 1;
      const value = count(there, measure);
      if (value > 0) expect(isOneMissing).toBe(false);
    }
    const csv = await asDistrict('?from=2025-03-01&to=2025-03-31&by=facility&format=csv');
    const [, , line]: string[][] = parse(csv.body, { bom: true });
    expect(['<5', 'hidden']).toContain(line?.[2]);
  });

  it.each([`?from=${month}-01&to=${month}-27`, `?from=${month}-03&to=${month}-03`, `?from=2025-01-01&to=${month}-28`])(
    'of a district is of whole months, so that no two can be subtracted: %s',
    async (query) => {
      const answer = await asDistrict(query);
      expect([answer.status, answer.body.code]).toEqual([400, 'whole-month-only']);
    },
  );
});

describe('A district’s key', () => {
  it('sees the last month where nothing else is asked for, and no counters', async () => {
    const { body } = await asDistrict();
    expect([body.from, body.to.slice(0, 7)]).toEqual([`${lastMonth()}-01`, lastMonth()]);
    const answer = await asDistrict('?by=counter');
    expect([answer.status, answer.body.code]).toEqual([403, 'facility-only']);
  });

  it('does not see the month that runs: from one look to the next she who came between could be told', async () => {
    for (const query of [`?from=${today.slice(0, 8)}01`, '?from=2999-01-01']) {
      const answer = await asDistrict(query);
      expect([answer.status, answer.body.code]).toEqual([400, 'month-not-over']);
    }
  });

  it('opens nothing else of the API', async () => {
    const { body: description } = await hip.call('GET', '/docs-json');
    const opened: string[] = [];
    let asked = 0;
    for (const [path, methods] of Object.entries<object>(description.paths)) {
      if (!path.startsWith('/api/v1/')) continue;
      for (const method of Object.keys(methods)) {
        const address = path.replace(/\{[^}]+\}/g, randomUUID());
        const body = method === 'get' ? undefined : {};
        const answer = await hip.call(method.toUpperCase(), address, body, { 'x-api-key': districtKey });
        asked += 1;
        if (answer.status !== 403 || answer.body.code !== 'district-key')
          opened.push(`${method} ${path} ${answer.status}`);
      }
    }
    expect(asked).toBeGreaterThan(20);
    expect(opened).toEqual([`get ${OPD} 200`]);
  });

  it('that was revoked, or never was one, opens nothing', async () => {
    const keys = new ApiKeys(hip.db);
    const key = await keys.makeForDistrict({ district: 'Bastar', state: 'Chhattisgarh' }, 'gone');
    await keys.revoke(key.slice(4, 15));
    for (const wrong of [key, `ehk_${randomBytes(8).toString('base64url')}.${randomBytes(32).toString('base64url')}`])
      expect((await report('', { 'x-api-key': wrong })).status).toBe(401);
  });
});

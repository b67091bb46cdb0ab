import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { anotherVisitOf, DAY } from '../setup/linking-hip.js';
import { aRunningHip, HFR_ID, OTHER_HFR_ID, type Answer, type RunningHip } from '../setup/running-hip.js';

const NOTIFY = '/api/v3/consent/request/hip/notify';
const HIU = 'HIU-TEST';

let hip: RunningHip;
beforeAll(async () => {
  hip = await aRunningHip();
});
afterAll(() => hip.stop());

const asOther = (): Record<string, string> => ({ 'x-api-key': hip.otherKey });
const get = (path = '', headers = {}): Promise<Answer> =>
  hip.call('GET', `/api/v1/consents${path}`, undefined, headers);

function expectProblem(answer: Answer, status: number, code: string): void {
  expect([answer.status, answer.body.code]).toEqual([status, code]);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
}

const patientIn = (row: Columns) => row['PATIENT'] as { UHID: string; ABHA_ADDR: string };

async function aLinkedVisit(row = aLegacyVisit()): Promise<{ readonly row: Columns; readonly id: string }> {
  const { id } = await hip.closes(row);
  await hip.settle();
  return { row, id };
}

/** A consent that a patient grants in her app. */
async function aConsent(row: Columns, changes: Columns = {}): Promise<string> {
  const dataEraseAt = new Date(hip.clock.now().getTime() + 30 * DAY).toISOString();
  const grant = { abhaAddress: patientIn(row).ABHA_ADDR, hipId: HFR_ID, hiuId: HIU, dataEraseAt, ...changes };
  const { consentId } = await hip.abdm('POST', '/simulator/consents', grant);
  await hip.settle();
  return consentId;
}

async function revoke(consentId: string): Promise<void> {
  await hip.abdm('POST', `/simulator/consents/${consentId}/revoke`);
  await hip.settle();
}

const cursorOf = (at: string): string => Buffer.from(`${at} ${randomUUID()}`).toString('base64url');

/** A notice in the test's own words. */
async function tell(notification: Columns, hipId = HFR_ID): Promise<void> {
  await hip.abdm('POST', '/simulator/callbacks', {
    clientId: 'SBX_000001',
    path: NOTIFY,
    hipId,
    body: { notification },
  });
  await hip.settle();
}

describe('GET /api/v1/consents/{id}', () => {
  it('shows what the patient allowed, to whom, for which of our visits, and that nobody checked the signature', async () => {
    const { row, id: visitId } = await aLinkedVisit();
    const consentId = await aConsent(row, {
      hiTypes: ['Prescription'],
      frequency: { unit: 'DAY', value: 2, repeats: 3 },
    });
    const { status, body } = await get(`/${consentId}`);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: consentId,
      status: 'GRANTED',
      hiuId: HIU,
      purpose: 'CAREMGT',
      endedAt: null,
      signatureCheck: 'unverified',
      history: [{ status: 'GRANTED', at: body.grantedAt, reason: null }],
      acknowledgements: [{ said: 'OK', state: 'answered', sentAt: expect.stringMatching(/Z$/) }],
      terms: {
        hiuName: HIU,
        hiTypes: ['Prescription'],
        from: expect.stringMatching(/^\d{4}-/),
        to: expect.stringMatching(/^\d{4}-/),
        frequency: { unit: 'DAY', value: 2, repeats: 3 },
        careContexts: [
          {
            reference: row['OPD_NO'],
            visit: { id: visitId, opdNumber: row['OPD_NO'], day: '2025-08-12', state: 'linked' },
          },
        ],
      },
      use: { accepted: 0, refused: 0, lastAt: null },
    });
    expect(Date.parse(body.expiresAt)).toBeGreaterThan(hip.clock.now().getTime());
    expect(JSON.stringify(body)).not.toMatch(/"verified"/);
  });

  it('names the care contexts that are none of ours, without a visit', async () => {
    const { row } = await aLinkedVisit();
    const consentId = randomUUID();
    await tell({ status: 'GRANTED', consentId, consentDetail: aDetail(consentId, row, 'NOT/OURS'), signature: 'x' });
    expect((await get(`/${consentId}`)).body.terms.careContexts).toEqual([{ reference: 'NOT/OURS', visit: null }]);
  });

  it('counts how often it was used, and when last', async () => {
    const { row } = await aLinkedVisit();
    const consentId = await aConsent(row);
    for (let count = 0; count < 2; count++) {
      await hip.abdm('POST', `/simulator/consents/${consentId}/request`, { hiuId: HIU });
      await hip.settle();
    }
    await revoke(consentId);
    await hip.abdm('POST', `/simulator/consents/${consentId}/request`, { hiuId: HIU });
    await hip.settle();
    const { use } = (await get(`/${consentId}`)).body;
    expect(use).toEqual({ accepted: 2, refused: 1, lastAt: expect.stringMatching(/Z$/) });
  });

  it('after a revocation shows the stub that is kept, its history, and every acknowledgement', async () => {
    const { row } = await aLinkedVisit();
    const consentId = await aConsent(row);
    const { grantedAt } = (await get(`/${consentId}`)).body;
    await revoke(consentId);
    await tell({ status: 'REVOKED', consentId });
    const { body } = await get(`/${consentId}`);
    expect(body).toMatchObject({ status: 'REVOKED', hiuId: HIU, purpose: 'CAREMGT', terms: null });
    expect(body.history).toEqual([
      { status: 'GRANTED', at: grantedAt, reason: null },
      { status: 'REVOKED', at: body.endedAt, reason: null },
    ]);
    expect(body.acknowledgements.map(({ said }: any) => said)).toEqual(['OK', 'OK', 'OK']);
    const { PAT_NAME, ABHA_ADDR } = row['PATIENT'] as Record<string, string>;
    expect(JSON.stringify(body)).not.toContain(row['OPD_NO']);
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${PAT_NAME}|${ABHA_ADDR}`));
  });

  it('after its time has run out says so', async () => {
    const { row } = await aLinkedVisit();
    const consentId = await aConsent(row);
    await hip.later(31 * DAY);
    const { body } = await get(`/${consentId}`);
    expect(body).toMatchObject({ status: 'EXPIRED', terms: null });
    expect(body.history.map(({ status }: any) => status)).toEqual(['GRANTED', 'EXPIRED']);
  });

  it('shows the error we answered with, where an artefact was not taken and its end came all the same', async () => {
    const { row } = await aLinkedVisit();
    const consentId = randomUUID();
    const detail = { ...aDetail(consentId, row, 'X'), hip: { id: 'IN2210009999' } };
    await tell({ status: 'GRANTED', consentId, consentDetail: detail, signature: 'x' });
    expectProblem(await get(`/${consentId}`), 404, 'consent-unknown');
    await tell({ status: 'REVOKED', consentId });
    const { body } = await get(`/${consentId}`);
    expect(body.acknowledgements.map(({ said }: any) => said)).toEqual([expect.stringMatching(/^ABDM-/), 'OK']);
    expect(body).toMatchObject({ status: 'REVOKED', grantedAt: null, hiuId: null, terms: null });
  });

  it('is written to the audit, with the key that looked', async () => {
    const { row } = await aLinkedVisit();
    const consentId = await aConsent(row);
    await get(`/${consentId}`);
    const lines = await hip.db.query(
      `SELECT actor, outcome FROM audit WHERE action = 'consent.read' AND consent_id = $1`,
      [consentId],
    );
    expect(lines).toEqual([{ actor: `hospital:${hip.key.slice(4, 15)}`, outcome: 'shown' }]);
  });

  it('shows nothing to another facility, and writes nothing of it', async () => {
    const { row } = await aLinkedVisit();
    const consentId = await aConsent(row);
    expectProblem(await get(`/${consentId}`, asOther()), 404, 'consent-unknown');
    const lines: unknown[] = await hip.db.query(
      `SELECT 1 FROM audit WHERE action = 'consent.read' AND consent_id = $1`,
      [consentId],
    );
    expect(lines).toEqual([]);
  });

  it('is found by its id in capitals as well', async () => {
    const { row } = await aLinkedVisit();
    const consentId = await aConsent(row);
    const { status, body } = await get(`/${consentId.toUpperCase()}`);
    expect([status, body.id]).toEqual([200, consentId]);
    expect(body.terms).not.toBeNull();
  });

  it('knows nothing of what it never had', async () => {
    expectProblem(await get(`/${randomUUID()}`), 404, 'consent-unknown');
    expectProblem(await get('/OPD'), 404, 'consent-unknown');
  });
});

describe('GET /api/v1/consents', () => {
  const ids = async (query: string, headers = {}): Promise<string[]> => {
    const { status, body } = await get(query, headers);
    expect(status).toBe(200);
    return body.consents.map(({ id }: any) => id);
  };

  it('lists those of one patient by the hospital’s own number, newest first, and by status', async () => {
    const { row } = await aLinkedVisit();
    await aLinkedVisit(anotherVisitOf(row));
    const others = await aLinkedVisit();
    const [first, second, third] = [await aConsent(row), await aConsent(row), await aConsent(others.row)];
    await revoke(first);
    const uhid = encodeURIComponent(patientIn(row).UHID);
    expect(await ids(`?patientUhid=${uhid}`)).toEqual([second, first]);
    expect(await ids(`?patientUhid=${uhid}&status=REVOKED`)).toEqual([first]);
    expect(await ids(`?patientUhid=${uhid}&status=GRANTED`)).toEqual([second]);
    expect(await ids('?status=GRANTED')).toEqual(expect.arrayContaining([second, third]));
    expect(await ids('?patientUhid=NOBODY')).toEqual([]);
    const [line] = await hip.db.query(`SELECT outcome, patient_id IS NOT NULL AS "hasPatient" FROM audit
      WHERE action = 'consent.read' AND patient_id IS NOT NULL ORDER BY seq DESC LIMIT 1`);
    expect(line).toEqual({ outcome: 'listed', hasPatient: true });
  });

  it('goes on page by page, and misses none', async () => {
    const { row } = await aLinkedVisit();
    for (let count = 0; count < 3; count++) await aConsent(row);
    const all = await ids('?limit=200');
    const seen: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await get(`?limit=2${cursor}`);
      seen.push(...body.consents.map(({ id }: any) => id));
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(seen).toEqual(all);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('never shows another facility’s', async () => {
    const row = aLegacyVisit({ FACILITY_HFR: OTHER_HFR_ID });
    await hip.call('POST', '/api/v1/visits', row, asOther());
    const own = randomUUID();
    await tell(
      { status: 'GRANTED', consentId: own, consentDetail: aDetail(own, row, 'X', OTHER_HFR_ID), signature: 'x' },
      OTHER_HFR_ID,
    );
    expect(await ids('', asOther())).toEqual([own]);
    expect(await ids('?limit=200')).not.toContain(own);
    const uhid = encodeURIComponent(patientIn(row).UHID);
    expect(await ids(`?patientUhid=${uhid}`, asOther())).toEqual([own]);
    expect(await ids(`?patientUhid=${uhid}`)).toEqual([]);
  });

  it.each([
    ['a status there is not', '?status=OPEN', 'fields-wrong'],
    ['no patient number', '?patientUhid=', 'fields-wrong'],
    ['a page without end', '?limit=100000', 'fields-wrong'],
    ['a cursor of nobody', '?cursor=abcdefghij', 'cursor-wrong'],
    ['a field nobody knows', '?name=x', 'fields-wrong'],
    ['a control character', '?patientUhid=%00', 'fields-wrong'],
    ['a cursor of a day there is not', `?cursor=${cursorOf('2025-02-30T00:00:00.000Z')}`, 'cursor-wrong'],
    ['a cursor of the year 0', `?cursor=${cursorOf('0000-01-01T00:00:00.000Z')}`, 'cursor-wrong'],
  ])('refuses %s, in words that help', async (_what, query, code) => {
    const answer = await get(query);
    expectProblem(answer, 400, code);
    expect(answer.body.errors[0].detail).toMatch(/\w{3}/);
  });

  it('is nobody’s without a key', async () => {
    expectProblem(await get('', { 'x-api-key': '' }), 401, 'api-key-missing');
  });
});

function aDetail(consentId: string, row: Columns, careContextReference: string, hipId = HFR_ID): Columns {
  return {
    consentId,
    patient: { id: patientIn(row).ABHA_ADDR },
    careContexts: [{ patientReference: 'P-1', careContextReference }],
    purpose: { code: 'CAREMGT' },
    hip: { id: hipId },
    hiu: { id: HIU },
    hiTypes: ['OPConsultation'],
    permission: {
      dateRange: { from: '2020-01-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' },
      dataEraseAt: new Date(hip.clock.now().getTime() + 30 * DAY).toISOString(),
      frequency: { unit: 'HOUR', value: 1, repeats: 0 },
    },
  };
}

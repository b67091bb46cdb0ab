import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { appendAudit, firstBrokenAuditRow } from '../../src/persistence/audit.js';
import { abhaHolderOf, aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { corrected } from '../setup/linking-hip.js';
import { aRunningHip, HFR_ID, OTHER_HFR_ID, type Answer, type RunningHip } from '../setup/running-hip.js';

const HIU = 'HIU-TEST';

let hip: RunningHip;
beforeAll(async () => {
  hip = await aRunningHip();
});
afterAll(() => hip.stop());
afterEach(async () => {
  expect(await firstBrokenAuditRow(hip.db)).toBeUndefined();
});

const asOther = (): Record<string, string> => ({ 'x-api-key': hip.otherKey });
const get = (query = '', headers = {}): Promise<Answer> => hip.call('GET', `/api/v1/audit${query}`, undefined, headers);
const lines = async (query = '', headers = {}): Promise<any[]> => {
  const { status, body } = await get(query, headers);
  expect(status).toBe(200);
  return body.audit;
};

const patientIn = (row: Columns) => row['PATIENT'] as { UHID: string; ABHA_ADDR: string };

interface Shared {
  readonly row: Columns;
  readonly visitId: string;
  readonly opdNumber: string;
  readonly consentId: string;
}

/** A visit, linked, and its records taken by an HIU under a consent. */
async function aSharedVisit(): Promise<Shared> {
  const row = aLegacyVisit();
  const { id: visitId } = await hip.closes(row);
  await hip.settle();
  const { consentId } = await hip.abdm('POST', '/simulator/consents', {
    abhaAddress: patientIn(row).ABHA_ADDR,
    hipId: HFR_ID,
    hiuId: HIU,
  });
  await hip.settle();
  await hip.abdm('POST', `/simulator/consents/${consentId}/request`, { hiuId: HIU });
  await hip.settle();
  return { row, visitId, opdNumber: row['OPD_NO'] as string, consentId };
}

describe('GET /api/v1/audit', () => {
  it('says who has taken a visit’s records, when, and under which consent', async () => {
    const { visitId, opdNumber, consentId } = await aSharedVisit();
    const taken = await lines(`?visit=${visitId}&action=record.shared`);
    expect(taken).toHaveLength(2); // a consultation and a prescription
    expect(taken[0]).toEqual({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      actor: `hiu:${HIU}`,
      action: 'record.shared',
      outcome: 'taken',
      consentId,
      purpose: 'CAREMGT',
      visit: { id: visitId, opdNumber },
      visits: [{ id: visitId, opdNumber }],
      careContext: opdNumber,
      records: [{ hiType: expect.any(String), compositionId: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
    });
    const given = taken.flatMap(({ records }) => records);
    const kept = await hip.db.query(
      `SELECT hi_type AS "hiType", composition_id AS "compositionId" FROM health_record WHERE visit_id = $1`,
      [visitId],
    );
    expect(new Set(given)).toEqual(new Set(kept)); // each once
    expect(given.map(({ hiType }) => hiType).sort()).toEqual(['OPConsultation', 'Prescription']);
    expect(await lines(`?visit=${encodeURIComponent(opdNumber)}&action=record.shared`)).toEqual(taken);
  });

  it('tells the whole story of a visit, newest first, whether a line names the visit or its care context', async () => {
    const { visitId } = await aSharedVisit();
    await hip.visit(visitId);
    const actions = (await lines(`?visit=${visitId}`)).map(({ action }) => action);
    expect(actions).toEqual(['visit.read', 'record.shared', 'record.shared', 'visit.linked']);
  });

  it('tells what happened to a patient, by the hospital’s own number', async () => {
    const { row, visitId } = await aSharedVisit();
    await aSharedVisit();
    const story = await lines(`?patientUhid=${encodeURIComponent(patientIn(row).UHID)}`);
    expect(story.length).toBeGreaterThan(2);
    expect(new Set(story.map(({ visit }) => visit.id))).toEqual(new Set([visitId]));
    expect(await lines('?patientUhid=NOBODY')).toEqual([]);
  });

  it('tells what happened under a consent, a refusal too', async () => {
    const { consentId } = await aSharedVisit();
    await hip.abdm('POST', `/simulator/consents/${consentId}/revoke`);
    await hip.settle();
    await hip.abdm('POST', `/simulator/consents/${consentId}/request`, { hiuId: HIU });
    await hip.settle();
    const story = await lines(`?consent=${consentId}`);
    expect(story.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'record.withheld consent-revoked',
      'consent.ended REVOKED',
      'record.shared taken',
      'record.shared taken',
      'consent.granted GRANTED',
    ]);
  });

  it('says which document was held back, when two of one visit are in the same moment', async () => {
    const { visitId, consentId } = await aSharedVisit();
    // As a revocation between two pages leaves it: the lines were written by the push itself, at the pages' own moments.
    const at = hip.clock.now();
    await hip.db.transaction(async (tx) => {
      const [context] = await tx.query('SELECT id, facility_id, patient_id FROM care_context WHERE visit_id = $1', [
        visitId,
      ]);
      const [transfer] = await tx.query('SELECT id FROM transfer WHERE consent_id = $1', [consentId]);
      await tx.query('UPDATE transfer SET ended_at = $2 WHERE id = $1', [transfer.id, at]);
      await tx.query(
        `UPDATE transfer_page SET state = 'withheld', code = 'consent-revoked', ended_at = $2 WHERE transfer_id = $1`,
        [transfer.id, at],
      );
      for (let count = 0; count < 2; count++) {
        await appendAudit(tx, {
          at,
          actor: `hiu:${HIU}`,
          action: 'record.withheld',
          facilityId: context.facility_id,
          patientId: context.patient_id,
          subjectId: context.id,
          consentId,
          outcome: 'consent-revoked',
        });
      }
    });
    const held = await lines(`?visit=${visitId}&action=record.withheld`);
    expect(held.map(({ records }) => records.map(({ hiType }: any) => hiType)).sort()).toEqual([
      ['OPConsultation'],
      ['Prescription'],
    ]);
  });

  it('keeps to a period of days in India, or of times', async () => {
    const { visitId } = await aSharedVisit();
    const india = (ms: number): string => new Date(ms + 5.5 * 3_600_000).toISOString().slice(0, 10);
    const now = hip.clock.now().getTime();
    const [today, tomorrow] = [india(now), india(now + 86_400_000)];
    const all = await lines(`?visit=${visitId}`);
    expect(await lines(`?visit=${visitId}&from=${today}&to=${today}`)).toEqual(all);
    expect(await lines(`?visit=${visitId}&from=${tomorrow}`)).toEqual([]);
    expect(await lines(`?visit=${visitId}&to=${india(now - 86_400_000)}`)).toEqual([]);
    const linked = all.at(-1).at as string;
    expect(await lines(`?visit=${visitId}&to=${linked}`)).toEqual([]);
    expect(await lines(`?visit=${visitId}&from=${linked}`)).toEqual(all);
    expect(await lines(`?visit=${visitId}&from=${encodeURIComponent(linked.replace('Z', '+00:00'))}`)).toEqual(all);
  });

  it('goes on page by page to its end, though each look adds a line', async () => {
    await aSharedVisit();
    const all = await lines('?limit=200');
    const seen: any[] = [];
    for (let cursor = ''; ;) {
      const { body } = await get(`?limit=3${cursor}`);
      seen.push(...body.audit);
      if (body.next === null) break;
      cursor = `&cursor=${body.next}`;
    }
    expect(seen).toEqual([seen[0], ...all]);
    expect(seen[0].action).toBe('audit.read');
  });

  it('is itself written to the audit, with the patient that was asked for', async () => {
    const { row } = await aSharedVisit();
    await lines(`?patientUhid=${encodeURIComponent(patientIn(row).UHID)}`);
    const [last] = await hip.db.query('SELECT actor, action, patient_id FROM audit ORDER BY seq DESC LIMIT 1');
    expect(last).toEqual({
      actor: `hospital:${hip.key.slice(4, 15)}`,
      action: 'audit.read',
      patient_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('never shows another facility’s lines, whatever is asked for', async () => {
    const { row, visitId, opdNumber, consentId } = await aSharedVisit();
    const theirs = aLegacyVisit({ FACILITY_HFR: OTHER_HFR_ID });
    const { body } = await hip.call('POST', '/api/v1/visits', theirs, asOther());
    await hip.call('GET', body.links.self, undefined, asOther());
    const uhid = encodeURIComponent(patientIn(row).UHID);
    for (const query of [`visit=${visitId}`, `visit=${opdNumber}`, `consent=${consentId}`, `patientUhid=${uhid}`]) {
      expect(await lines(`?${query}`, asOther())).toEqual([]);
    }
    const seen = await lines('?limit=200', asOther());
    expect(seen.filter(({ action }) => action !== 'audit.read')).toMatchObject([
      { action: 'visit.read', visit: { id: body.id } },
    ]);
    expect(JSON.stringify(await lines('?limit=200'))).not.toContain(body.id);
  });

  it('holds nothing that could name a patient', async () => {
    const { row } = await aSharedVisit();
    const text = JSON.stringify(await lines('?limit=200')).toLowerCase();
    const patient = Object.values(row['PATIENT'] as Record<string, string>).filter((value) => value.length > 1); // `F`
    for (const value of patient) expect(text).not.toContain(value.toLowerCase());
  });

  it.each([
    ['a consent that is no id', '?consent=7', 'consent'],
    ['a day there is not', '?from=2026-02-30', 'from'],
    ['a time without its offset', '?to=2026-02-20T10:00:00', 'to'],
    ['a word for a day', '?from=yesterday', 'from'],
    ['an action that cannot be one', '?action=DROP', 'action'],
    ['an action nobody knows', '?action=record.taken', 'action'],
    ['a control character in a visit', '?visit=%00', 'visit'],
    ['a control character in a patient number', '?patientUhid=A%00', 'patientUhid'],
    ['no patient number', '?patientUhid=', 'patientUhid'],
    ['a page without end', '?limit=5000', 'limit'],
    ['a cursor of nobody', '?cursor=abcdefghij', 'cursor'],
  ])('refuses %s, with the field to mend', async (_what, query, field) => {
    const answer = await get(query);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body.errors.map((each: any) => each.field)).toContain(field);
  });
});

describe('The audit of a link that the patient begins', () => {
  let otpHip: RunningHip;
  beforeAll(async () => {
    otpHip = await aRunningHip({ OTP_SENDER: 'demo' });
  });
  afterAll(() => otpHip.stop());

  it('names the visits she chose, also when the code was wrong', async () => {
    const row = aLegacyVisit({ PATIENT: { MOBILE: '9000012345' } });
    const patient = row['PATIENT'] as Columns;
    const waiting: Columns = { ...row, PATIENT: { ...patient, ABHA_NO: '', ABHA_ADDR: '' } };
    await otpHip.abdm('POST', '/simulator/patients', { ...abhaHolderOf(row), mobile: '9000012345' });
    const rows = [waiting, { ...waiting, OPD_NO: aLegacyVisit()['OPD_NO'] }];
    const ids: string[] = [];
    for (const each of rows) ids.push((await otpHip.closes(each, false)).id);
    await otpHip.settle();
    const discover = `/simulator/patients/${patientIn(row).ABHA_ADDR}/discover`;
    const { transactionId } = await otpHip.abdm('POST', discover, { hipId: HFR_ID });
    await otpHip.settle();
    await otpHip.abdm('POST', `/simulator/discoveries/${transactionId}/init`, {});
    await otpHip.settle();
    await otpHip.abdm('POST', `/simulator/discoveries/${transactionId}/confirm`, { token: '000000' });
    await otpHip.settle();
    const visits = rows.map((each, index) => ({ id: ids[index], opdNumber: each['OPD_NO'] }));
    for (const id of ids) {
      const { body } = await otpHip.call('GET', `/api/v1/audit?visit=${id}`);
      expect(body.audit).toMatchObject([
        { action: 'link.confirmed', outcome: 'otp-wrong', visit: null, visits: expect.arrayContaining(visits) },
        { action: 'link.begun', outcome: 'otp', visit: null, visits: expect.arrayContaining(visits) },
      ]);
    }
  });
});

describe('A linked visit that the hospital takes back', () => {
  it('says in English and Hindi that its link cannot be undone', async () => {
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    expect((await hip.visit(id)).linkNotice).toBeNull();
    await hip.closes(corrected(row, { DEL_FLAG: 'Y' }));
    const { state, linkNotice } = await hip.visit(id);
    expect(state).toBe('withdrawn');
    expect(linkNotice).toEqual({
      code: 'link-stays',
      en: expect.stringMatching(/link cannot be undone/),
      hi: expect.stringMatching(/[\u0900-\u097f]/),
    });
  });

  it('says so too when its patient was changed after the link', async () => {
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.closes({ ...corrected(row), PATIENT: aLegacyVisit()['PATIENT'] });
    await hip.settle();
    const { state, reasons, linkNotice } = await hip.visit(id);
    expect([state, reasons[0].code]).toEqual(['quarantined', 'patient-changed-after-link']);
    expect(linkNotice.code).toBe('link-stays');
  });

  it('says nothing of a link when it never had one', async () => {
    const row = aLegacyVisit({ PATIENT: { ABHA_NO: '', ABHA_ADDR: '' } });
    const { id } = await hip.closes(row);
    await hip.closes(corrected(row, { DEL_FLAG: 'Y' }));
    expect((await hip.visit(id)).linkNotice).toBeNull();
  });
});

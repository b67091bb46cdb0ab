import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { firstBrokenAuditRow } from '../../src/persistence/audit.js';
import { Consents } from '../../src/persistence/consents.js';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { aRunningHip, HFR_ID, OTHER_HFR_ID, type RunningHip } from '../setup/running-hip.js';

const NOTIFY = '/api/v3/consent/request/hip/notify';
const ON_NOTIFY = '/api/hiecm/consent/v3/request/hip/on-notify';
const DAY_MS = 86_400_000;

interface Detail {
  readonly consentId: string;
  readonly [field: string]: unknown;
}

function aDetail(changes: Record<string, unknown> = {}): Detail {
  return {
    consentId: randomUUID(),
    patient: { id: 'asha.consent@sbx' },
    careContexts: [{ patientReference: 'P-1', careContextReference: 'OPD/1' }],
    purpose: { code: 'CAREMGT' },
    hip: { id: HFR_ID },
    hiu: { id: 'HIU-TEST' },
    hiTypes: ['OPConsultation'],
    permission: {
      dateRange: { from: '2020-01-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' },
      dataEraseAt: new Date(Date.now() + 30 * DAY_MS).toISOString(),
      frequency: { unit: 'HOUR', value: 1, repeats: 0 },
    },
    ...changes,
  };
}

describe('A consent notice to the hospital', () => {
  let hip: RunningHip;
  beforeAll(async () => {
    hip = await aRunningHip();
  });
  afterAll(() => hip.stop());
  afterEach(async () => {
    expect(await firstBrokenAuditRow(hip.db)).toBeUndefined();
  });

  /** Tells the HIP, by a genuine callback of its own. Returns the REQUEST-ID. */
  async function tell(notification: object, hipId: string = HFR_ID, requestId: string = randomUUID()): Promise<string> {
    const { statuses } = await hip.abdm('POST', '/simulator/callbacks', {
      clientId: 'SBX_000001',
      path: NOTIFY,
      hipId,
      requestId,
      body: { notification },
    });
    expect(statuses).toEqual([202]);
    await hip.settle();
    return requestId;
  }

  const grant = (detail: Detail, hipId?: string): Promise<string> =>
    tell({ status: 'GRANTED', consentId: detail.consentId, consentDetail: detail, signature: 'x' }, hipId);
  const end = (status: 'REVOKED' | 'EXPIRED', consentId: string, hipId?: string): Promise<string> =>
    tell({ status, consentId }, hipId);

  async function stored(consentId: string): Promise<any> {
    const [row] = await hip.db.query(
      `SELECT f.service_id AS hip, status, sealed_detail IS NOT NULL AS "hasDetail", hiu_id AS hiu, purpose,
         ended_at IS NOT NULL AS "hasEnded"
       FROM consent_artefact c JOIN facility f ON f.id = c.facility_id WHERE c.id = $1`,
      [consentId],
    );
    return row;
  }

  /** What the adapter answered to the callback of this REQUEST-ID. */
  async function answersTo(requestId: string): Promise<any[]> {
    const sent: any[] = await hip.abdm('GET', `/simulator/messages?path=${ON_NOTIFY}`);
    return sent.map(({ body }) => body).filter((body) => body?.response?.requestId === requestId);
  }

  async function audited(consentId: string): Promise<string[]> {
    const rows: { action: string; outcome: string; actor: string }[] = await hip.db.query(
      'SELECT action, outcome, actor FROM audit WHERE consent_id = $1 ORDER BY seq',
      [consentId],
    );
    return rows.map(({ action, outcome, actor }) => `${actor} ${action} ${outcome}`);
  }

  it('of a grant is stored with its artefact, sealed, and acknowledged by a call of its own', async () => {
    const detail = aDetail();
    const requestId = await grant(detail);
    expect(await stored(detail.consentId)).toEqual({
      hip: HFR_ID,
      status: 'GRANTED',
      hasDetail: true,
      hiu: 'HIU-TEST',
      purpose: 'CAREMGT',
      hasEnded: false,
    });
    expect((await new Consents(hip.sealer).find(hip.db.manager, detail.consentId))?.detail).toMatchObject(detail);
    expect(await answersTo(requestId)).toEqual([
      { acknowledgement: { status: 'OK', consentId: detail.consentId }, response: { requestId } },
    ]);
    expect(await audited(detail.consentId)).toEqual(['abdm consent.granted GRANTED']);
  });

  it.each(['REVOKED', 'EXPIRED'] as const)(
    'that it is %s erases the artefact, keeps a stub, and is acknowledged',
    async (status) => {
      const detail = aDetail();
      await grant(detail);
      const requestId = await end(status, detail.consentId);
      expect(await stored(detail.consentId)).toMatchObject({ status, hasDetail: false, hasEnded: true });
      expect(await answersTo(requestId)).toMatchObject([
        { acknowledgement: { status: 'OK', consentId: detail.consentId } },
      ]);
      expect(await audited(detail.consentId)).toEqual(['abdm consent.granted GRANTED', `abdm consent.ended ${status}`]);
    },
  );

  it('is acknowledged within a minute in the eyes of ABDM, grant and end', async () => {
    const visit = aLegacyVisit();
    await hip.closes(visit);
    await hip.settle();
    await hip.abdm('DELETE', '/simulator/violations');
    const { ABHA_ADDR } = visit['PATIENT'] as Columns;
    const { consentId } = await hip.abdm('POST', '/simulator/consents', { abhaAddress: ABHA_ADDR, hipId: HFR_ID });
    await hip.settle();
    await hip.abdm('POST', `/simulator/consents/${consentId}/revoke`);
    await hip.settle();
    const { acknowledgements } = await hip.abdm('GET', `/simulator/consents/${consentId}`);
    expect(acknowledgements).toMatchObject({ GRANTED: { outcome: 'OK' }, REVOKED: { outcome: 'OK' } });
    expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
  });

  it('that comes again under another REQUEST-ID is acknowledged again, and stored once', async () => {
    const detail = aDetail();
    const requestIds = [await grant(detail), await grant(detail), await grant(detail)];
    for (const requestId of requestIds) expect(await answersTo(requestId)).toHaveLength(1);
    expect(await audited(detail.consentId)).toHaveLength(1);
    const ends = [await end('REVOKED', detail.consentId), await end('REVOKED', detail.consentId)];
    for (const requestId of ends) expect(await answersTo(requestId)).toHaveLength(1);
    expect(await audited(detail.consentId)).toHaveLength(2);
  });

  it.each<[string, (detail: Detail) => Detail]>([
    ['more types', (detail) => ({ ...detail, hiTypes: ['OPConsultation', 'Prescription'] })],
    ['another HIU', (detail) => ({ ...detail, hiu: { id: 'HIU-GREEDY' } })],
    ['another patient', (detail) => ({ ...detail, patient: { id: 'someone.else@sbx' } })],
    [
      'other visits',
      (detail) => ({ ...detail, careContexts: [{ patientReference: 'P-1', careContextReference: 'X' }] }),
    ],
  ])('that comes again with %s ends the consent: one of the two is not the patient’s', async (_what, change) => {
    const detail = aDetail();
    await grant(detail);
    const requestId = await grant(change(detail));
    expect(await stored(detail.consentId)).toMatchObject({ status: 'REVOKED', hasDetail: false });
    expect(await answersTo(requestId)).toMatchObject([{ error: { code: 'ABDM-1006' } }]);
    expect(await audited(detail.consentId)).toHaveLength(2);
    await grant(detail);
    expect(await stored(detail.consentId)).toMatchObject({ status: 'REVOKED', hasDetail: false });
  });

  it('that comes again in another order, or with a name more, is a repeat', async () => {
    const detail = aDetail({ hiTypes: ['OPConsultation', 'Prescription'] });
    await grant(detail);
    await grant({ ...detail, hiTypes: ['Prescription', 'OPConsultation'], hiu: { id: 'HIU-TEST', name: 'A clinic' } });
    expect((await new Consents(hip.sealer).find(hip.db.manager, detail.consentId))?.detail).toMatchObject(detail);
    expect(await stored(detail.consentId)).toMatchObject({ status: 'GRANTED' });
  });

  it('whose id is spelled in capitals is the consent of that id', async () => {
    const consentId = randomUUID().toUpperCase();
    await grant(aDetail({ consentId }));
    const found = await new Consents(hip.sealer).find(hip.db.manager, consentId.toLowerCase());
    expect(found?.detail).toMatchObject({ consentId });
    expect((await hip.call('GET', `/api/v1/consents/${consentId}`)).status).toBe(200);
  });

  it('of a revocation wins, though it comes before the grant', async () => {
    const detail = aDetail();
    await end('REVOKED', detail.consentId);
    const requestId = await grant(detail);
    expect(await stored(detail.consentId)).toMatchObject({ status: 'REVOKED', hasDetail: false });
    expect(await answersTo(requestId)).toMatchObject([{ acknowledgement: { status: 'OK' } }]);
  });

  it('of a revocation is not undone by a grant that comes again', async () => {
    const detail = aDetail();
    await grant(detail);
    await end('REVOKED', detail.consentId);
    await grant(detail);
    await end('EXPIRED', detail.consentId);
    expect(await stored(detail.consentId)).toMatchObject({ status: 'REVOKED', hasDetail: false });
  });

  it.each<[string, (detail: Detail) => Detail]>([
    ['names another facility', (detail) => ({ ...detail, hip: { id: OTHER_HFR_ID } })],
    ['names a facility nobody knows', (detail) => ({ ...detail, hip: { id: 'IN9999999999' } })],
    ['has another id than its notice', (detail) => ({ ...detail, consentId: randomUUID() })],
    [
      'ends at a time that is none',
      (detail) => ({ ...detail, permission: { ...(detail['permission'] as object), dataEraseAt: 'some day' } }),
    ],
    [
      'ends after the end of all calendars',
      (detail) => ({
        ...detail,
        permission: { ...(detail['permission'] as object), dataEraseAt: '-200000-01-01T00:00:00Z' },
      }),
    ],
  ])('whose artefact %s is refused by an error, and nothing is stored', async (_name, spoil) => {
    const detail = aDetail();
    const consentDetail = spoil(detail);
    const requestId = await tell({ status: 'GRANTED', consentId: detail.consentId, consentDetail, signature: 'x' });
    expect(await answersTo(requestId)).toEqual([
      { error: { code: 'ABDM-1006', message: 'Bad Request, invalid request Body' }, response: { requestId } },
    ]);
    expect(await stored(detail.consentId)).toBeUndefined();
    expect(await stored(consentDetail.consentId)).toBeUndefined();
  });

  it.each(['REVOKED', 'EXPIRED'] as const)(
    'of the other facility (%s) does not end a consent of this one',
    async (status) => {
      const detail = aDetail();
      await grant(detail);
      await end(status, detail.consentId, OTHER_HFR_ID);
      expect(await stored(detail.consentId)).toMatchObject({ hip: HFR_ID, status: 'GRANTED', hasDetail: true });
    },
  );

  it('of the other facility does not keep this one from a grant that comes after it', async () => {
    const detail = aDetail();
    await end('REVOKED', detail.consentId, OTHER_HFR_ID);
    await grant(detail);
    expect(await stored(detail.consentId)).toMatchObject({
      hip: HFR_ID,
      status: 'GRANTED',
      hasDetail: true,
      hasEnded: false,
    });
  });

  it('of the other facility does not take over a consent of this one', async () => {
    const detail = aDetail();
    await grant(detail);
    const requestId = await grant({ ...detail, hip: { id: OTHER_HFR_ID } }, OTHER_HFR_ID);
    expect(await answersTo(requestId)).toMatchObject([{ error: { code: 'ABDM-1006' } }]);
    expect(await stored(detail.consentId)).toMatchObject({ hip: HFR_ID, status: 'REVOKED', hasDetail: false });
    await end('REVOKED', detail.consentId);
    await grant({ ...detail, hip: { id: OTHER_HFR_ID } }, OTHER_HFR_ID);
    expect(await stored(detail.consentId)).toMatchObject({ hip: HFR_ID, status: 'REVOKED', hasDetail: false });
  });

  it.each(['DENIED', 'REQUESTED'])(
    'with the status %s, never seen but in the contract, is acknowledged and stores nothing',
    async (status) => {
      const consentId = randomUUID();
      const requestId = await tell({ status, consentId });
      expect(await answersTo(requestId)).toMatchObject([{ acknowledgement: { status: 'OK', consentId } }]);
      expect(await stored(consentId)).toBeUndefined();
    },
  );

  it('without hiu and requester, as the patient’s own app asks, is stored', async () => {
    const detail = aDetail({ purpose: { code: 'PATRQT' }, hiu: undefined });
    await grant(detail);
    expect(await stored(detail.consentId)).toMatchObject({
      status: 'GRANTED',
      hiu: null,
      purpose: 'PATRQT',
    });
  });

  it('is not lost when ABDM is away for the acknowledgement', async () => {
    await hip.abdm('POST', '/simulator/faults', { path: ON_NOTIFY, status: 503, times: 2 });
    const detail = aDetail();
    const requestId = await grant(detail);
    await hip.later(10_000);
    await hip.later(20_000);
    const answers = await hip.db.query(`SELECT state, attempts FROM exchange WHERE reply_to = $1`, [requestId]);
    expect(answers).toMatchObject([{ attempts: 3 }]);
  });

  describe('when the end comes and nobody tells', () => {
    it('is ended by our own clock, and a request under it is refused as expired', async () => {
      const visit = aLegacyVisit();
      await hip.closes(visit);
      await hip.settle();
      const { ABHA_ADDR } = visit['PATIENT'] as Columns;
      const { consentId } = await hip.abdm('POST', '/simulator/consents', {
        abhaAddress: ABHA_ADDR,
        hipId: HFR_ID,
        dataEraseAt: new Date(hip.clock.now().getTime() + 2 * DAY_MS).toISOString(),
      });
      await hip.settle();
      await hip.later(DAY_MS);
      expect(await stored(consentId)).toMatchObject({ status: 'GRANTED', hasDetail: true });
      await hip.later(DAY_MS + 60_000);
      expect(await stored(consentId)).toMatchObject({ status: 'EXPIRED', hasDetail: false, hasEnded: true });
      expect(await audited(consentId)).toEqual(['abdm consent.granted GRANTED', 'abdm consent.ended EXPIRED']);

      const { transactionId } = await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {});
      await hip.settle();
      const transfer = await hip.abdm('GET', `/simulator/transfers/${transactionId}`);
      expect(transfer).toMatchObject({ state: 'refused', error: { code: 'ABDM-1061' }, pages: 0 });
    });
  });
});

describe('The audit', () => {
  let hip: RunningHip;
  beforeAll(async () => {
    hip = await aRunningHip();
    const visit = aLegacyVisit();
    const { id } = await hip.closes(visit);
    await hip.settle();
    await hip.visit(id);
    const { ABHA_ADDR } = visit['PATIENT'] as Columns;
    await hip.abdm('POST', `/simulator/patients/${ABHA_ADDR as string}/pull`, {});
    await hip.settle();
  });
  afterAll(() => hip.stop());

  it('has a row for every grant, every record that went out and every look, in a chain that holds', async () => {
    const rows: { action: string }[] = await hip.db.query('SELECT DISTINCT action FROM audit ORDER BY 1');
    expect(rows.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['consent.granted', 'record.shared', 'visit.read']),
    );
    expect(await firstBrokenAuditRow(hip.db)).toBeUndefined();
  });

  it('says of every record that went out whose it was, under which consent, to whom', async () => {
    const rows: any[] = await hip.db.query(`SELECT * FROM audit WHERE action = 'record.shared'`);
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row).toMatchObject({ actor: 'hiu:unknown', outcome: 'taken' });
      for (const id of [row.patient_id, row.subject_id, row.consent_id, row.facility_id]) expect(id).not.toBeNull();
    }
  });

  it.each([
    `UPDATE audit SET outcome = 'nothing happened' WHERE seq = 1`,
    'DELETE FROM audit WHERE seq = 1',
    'DELETE FROM audit',
    'TRUNCATE audit',
  ])('refuses: %s', async (change) => {
    await expect(hip.db.query(change)).rejects.toThrow('audit rows are never changed or removed');
  });

  it('keeps its chain whole when many write at the same moment', async () => {
    const details = Array.from({ length: 12 }, () => aDetail());
    for (const detail of details) {
      void hip.abdm('POST', '/simulator/callbacks', {
        clientId: 'SBX_000001',
        path: NOTIFY,
        hipId: HFR_ID,
        body: {
          notification: { status: 'GRANTED', consentId: detail.consentId, consentDetail: detail, signature: 'x' },
        },
      });
    }
    await hip.settle();
    const [row] = await hip.db.query('SELECT count(*)::int AS n, max(seq)::int AS last FROM audit');
    expect(row.n).toBe(row.last);
    expect(await firstBrokenAuditRow(hip.db)).toBeUndefined();
  });

  /** What only the database's owner can do: switch the guard off, change, switch it on again, look, and take it back. */
  async function afterTampering(change: string): Promise<string | undefined> {
    const runner = hip.db.createQueryRunner();
    await runner.connect();
    await runner.startTransaction();
    try {
      await runner.query('ALTER TABLE audit DISABLE TRIGGER USER');
      await runner.query(change);
      return await firstBrokenAuditRow({ query: (sql: string) => runner.query(sql) } as never);
    } finally {
      await runner.rollbackTransaction();
      await runner.release();
    }
  }

  it.each([
    ['a changed outcome', `UPDATE audit SET outcome = 'withheld' WHERE seq = 2`, '2'],
    ['a changed time', `UPDATE audit SET at = at + interval '1 microsecond' WHERE seq = 2`, '2'],
    ['a removed consent', `UPDATE audit SET consent_id = NULL WHERE action = 'consent.granted'`, expect.any(String)],
    ['a row taken out of the middle', 'DELETE FROM audit WHERE seq = 2', '3'],
    ['the first row taken away', 'DELETE FROM audit WHERE seq = 1', '2'],
    [
      'a row changed together with its own hash',
      `UPDATE audit SET outcome = 'x', hash = audit_hash(previous_hash, seq, at, ARRAY[actor, action, facility_id::text,
         patient_id::text, subject_id::text, consent_id::text, purpose, 'x']) WHERE seq = 2`,
      '3',
    ],
  ])('shows %s, though the guard was switched off', async (_what, change, row) => {
    expect(await afterTampering(change)).toEqual(row);
    expect(await firstBrokenAuditRow(hip.db)).toBeUndefined();
  });
});

import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Patients } from '../../src/persistence/patients.js';
import { abhaHolderOf, aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { HFR_ID, OTHER_HFR_ID } from '../setup/running-hip.js';
import { addressIn, aLinkingHip, anotherVisitOf, corrected, DAY, type LinkingHip } from '../setup/linking-hip.js';

const ON_DEACTIVATE = '/links/hip/on-deactivate';
const DEACTIVATED = { code: 'ABDM-1031', message: 'The abha address is deactivated.' };
const NUMBER_DEACTIVATED = {
  code: 'ABDM-1407',
  message: 'The ABHA Number associated with this ABHA Address is currently deactivated. Please reactivate it.',
};

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip();
});
afterEach(async () => {
  await hip.abdm('DELETE', '/simulator/faults');
  await hip.abdm('POST', '/simulator/settings', { pushAnswer: null });
});
afterAll(() => hip.stop());

interface Linked {
  readonly row: Columns;
  readonly id: string;
  readonly address: string;
}

async function aLinkedVisit(row: Columns = aLegacyVisit()): Promise<Linked> {
  const { id } = await hip.closes(row);
  await hip.settle();
  expect((await hip.visit(id)).state).toBe('linked');
  return { row, id, address: addressIn(row) };
}

const grant = async (abhaAddress: string): Promise<string> => {
  const { consentId } = await hip.abdm('POST', '/simulator/consents', { abhaAddress, hipId: HFR_ID });
  await hip.settle();
  return consentId;
};
const deactivate = (address: string, body: Columns = {}): Promise<any> =>
  hip.abdm('POST', `/simulator/patients/${address}/deactivate`, body);
const reactivate = (address: string): Promise<any> =>
  hip.abdm('POST', `/simulator/patients/${address}/reactivate`, { hipIds: [HFR_ID] });

const consentRow = async (id: string): Promise<any> =>
  (
    await hip.db.query(
      'SELECT status, sealed_detail IS NULL AS erased, end_reason AS reason FROM consent_artefact WHERE id = $1',
      [id],
    )
  )[0];
const patientOf = async (visitId: string): Promise<any> =>
  (
    await hip.db.query(
      `SELECT p.id, p.abha_address_hash IS NOT NULL AS has_address, p.abha_number_hash IS NOT NULL AS has_number
       FROM patient p JOIN visit v ON v.patient_id = p.id WHERE v.id = $1`,
      [visitId],
    )
  )[0];
const endingsOf = async (visitId: string): Promise<string[]> =>
  (await hip.steps(visitId)).filter((step) => step === 'abha-ended');
const isLaidOut = async (transactionId: string): Promise<boolean> =>
  (await hip.db.query(`SELECT 1 FROM transfer WHERE transaction_id = $1 AND state = 'accepted'`, [transactionId]))
    .length > 0;
const asks = async (consentId: string): Promise<any> => {
  const { transactionId } = await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {});
  await hip.settle();
  return hip.abdm('GET', `/simulator/transfers/${transactionId}`);
};

describe('A patient who leaves ABDM', () => {
  it.each(['DEACTIVATED', 'DELETED'])('(%s) loses her address and all her consents here', async (status) => {
    const { id, address } = await aLinkedVisit();
    const consents = [await grant(address), await grant(address)];
    const { told } = await deactivate(address, { status });
    await hip.settle();
    expect(told).toMatchObject([{ hipId: HFR_ID, status, delivered: 202 }]);
    expect(await patientOf(id)).toMatchObject({ has_address: false, has_number: false });
    for (const consentId of consents)
      expect(await consentRow(consentId)).toEqual({ status: 'REVOKED', erased: true, reason: status });
    const said = (await hip.visit(id)).timeline.at(-1);
    expect(said).toMatchObject({ step: 'abha-ended', mend: 'patient' });
    expect(said.en).toMatch(/no longer in use/);
    const audit: any[] = await hip.db.query(
      `SELECT action, outcome FROM audit WHERE patient_id = $1 AND action = 'abha.ended' OR consent_id = ANY($2)
         AND action = 'consent.ended' ORDER BY seq`,
      [(await patientOf(id)).id, consents],
    );
    expect(audit).toEqual(
      ['abha.ended', 'consent.ended', 'consent.ended'].map((action) => ({ action, outcome: status })),
    );
  });

  it('is answered to ABDM, under the REQUEST-ID of its notice', async () => {
    const { address } = await aLinkedVisit();
    await deactivate(address);
    await hip.settle();
    const [notice] = await hip.abdm('GET', `/simulator/patients/${address}/status-notices`);
    expect(notice.acknowledgedAt).toBeDefined();
    const answers: any[] = await hip.abdm('GET', `/simulator/messages?path=${ON_DEACTIVATE}`);
    expect(answers.map(({ body }) => body)).toContainEqual({ response: { requestId: notice.requestId } });
  });

  it('gets no record given out under her consents any more', async () => {
    const { address } = await aLinkedVisit();
    const consentId = await grant(address);
    expect((await asks(consentId)).entries.length).toBeGreaterThan(0);
    await deactivate(address);
    await hip.settle();
    expect(await asks(consentId)).toMatchObject({ state: 'refused', error: { code: 'ABDM-1062' }, entries: [] });
  });

  it('gets none given out under a consent that comes after the notice', async () => {
    const { address } = await aLinkedVisit();
    await deactivate(address);
    await hip.settle();
    expect(await asks(await grant(address))).toMatchObject({ state: 'refused', entries: [] });
  });

  it('while a transfer runs: it stops before the next page', async () => {
    const { address, row } = await aLinkedVisit();
    const consentId = await grant(address);
    await hip.abdm('POST', '/simulator/settings', { pushAnswer: { delayMs: 4_000, page: 1 } });
    const { transactionId } = await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {});
    for (let i = 0; i < 100 && !(await isLaidOut(transactionId)); i++) await pause(20);
    await pause(1_500); // the first page is on its way
    await deactivate(address);
    await hip.settle();
    const transfer = await hip.abdm('GET', `/simulator/transfers/${transactionId}`);
    expect(transfer).toMatchObject({ pageCount: 2, pages: 1 });
    expect(transfer.notify.statusNotification.statusResponses).toMatchObject([
      { careContextReference: row['OPD_NO'], hiStatus: 'ERRORED' },
    ]);
  });

  it('with new visits waits for ABHA again, and is not asked back by SMS', async () => {
    const { row, address } = await aLinkedVisit();
    await deactivate(address);
    await hip.settle();
    await hip.forget();
    const { id } = await hip.closes(anotherVisitOf(row, { REG_DT: today() }), false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('waiting-for-abha');
    expect(await hip.asked('token')).toEqual([]);
    expect(await hip.abdm('GET', '/simulator/messages?path=/sms/notify2')).toEqual([]);
  });

  it('has her linked visits corrected as before; ABDM is not told of it under the old address', async () => {
    const { row, id, address } = await aLinkedVisit();
    await hip.later(2_000);
    await deactivate(address);
    await hip.settle();
    await hip.forget();
    const { reasons } = await hip.closes(corrected(row, { ADVICE: 'Rest' }), false);
    await hip.settle();
    expect(reasons).toEqual([]);
    expect((await hip.visit(id)).state).toBe('linked');
    expect(await hip.asked('notify')).toEqual([]);
  });

  it('before a visit of hers came: the visit waits', async () => {
    const row = aLegacyVisit();
    await hip.abdm('POST', '/simulator/patients', abhaHolderOf(row));
    await deactivate(addressIn(row), { hipIds: [HFR_ID] });
    await hip.settle();
    const { id } = await hip.closes(row, false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('waiting-for-abha');
  });

  it('while a link token is awaited: the visit waits for ABHA again, also when the token comes', async () => {
    await hip.misbehaves('token', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await deactivate(addressIn(row), { hipIds: [HFR_ID] });
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('waiting-for-abha');
    const [question] = await hip.asked('token', addressIn(row));
    await hip.answers('token', question, { abhaAddress: addressIn(row), linkToken: 'invented.link.token' });
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('waiting-for-abha');
    expect(await hip.asked('link', addressIn(row))).toEqual([]);
  });

  it('and comes back is linked again by her next visit, with those that waited; the old consents stay ended', async () => {
    const { row, address } = await aLinkedVisit();
    const consentId = await grant(address);
    await deactivate(address);
    await hip.settle();
    const waiting = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    await reactivate(address);
    await hip.settle();
    const { id } = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    expect([(await hip.visit(id)).state, (await hip.visit(waiting.id)).state]).toEqual(['linked', 'linked']);
    expect(await consentRow(consentId)).toMatchObject({ status: 'REVOKED', erased: true });
    expect((await asks(await grant(address))).entries.length).toBeGreaterThan(0);
  });
});

describe('An address that its patient proves to be hers again', () => {
  it('is in use from then on, whatever we heard before', async () => {
    const { row, id, address } = await aLinkedVisit();
    await deactivate(address);
    await hip.settle();
    const patients = hip.adapter.app.get(Patients);
    const { id: patientId } = await patientOf(id);
    const [{ id: facilityId }] = await hip.db.query('SELECT id FROM facility WHERE service_id = $1', [HFR_ID]);
    const abha = { abhaAddress: address, abhaNumber: undefined };
    const isNew = await hip.db.transaction((tx) =>
      patients.learnAbha(tx, facilityId, patientId, abha, hip.clock.now()),
    );
    expect(isNew).toBe(true);
    const stillEnded: unknown[] = await hip.db.query('SELECT 1 FROM ended_abha WHERE abha_address_hash = $1', [
      hip.sealer.hash('abha-address', address),
    ]);
    expect(stillEnded).toEqual([]);
    // Without a notice to us, the simulator would hold it against us that we give records out again.
    await hip.abdm('POST', `/simulator/patients/${address}/reactivate`, { hipIds: [] });
    const next = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    expect((await hip.visit(next.id)).state).toBe('linked');
  });
});

describe('The notice of it', () => {
  it('changes nothing when it comes again', async () => {
    const { id, address } = await aLinkedVisit();
    for (let i = 0; i < 3; i++) {
      await deactivate(address);
      await hip.settle();
    }
    expect(await endingsOf(id)).toHaveLength(1);
  });

  it('to one facility leaves the patients of the other alone', async () => {
    const row = aLegacyVisit();
    const { id } = await aLinkedVisit(row);
    const there = anotherVisitOf(row, { FACILITY_HFR: OTHER_HFR_ID });
    const answer = await hip.call('POST', '/api/v1/visits', there, { 'x-api-key': hip.otherKey });
    expect(answer.status).toBe(202);
    await hip.settle();
    await deactivate(addressIn(row), { hipIds: [OTHER_HFR_ID] });
    await hip.settle();
    expect(await patientOf(id)).toMatchObject({ has_address: true });
    expect(await patientOf(answer.body.id)).toMatchObject({ has_address: false });
    expect(await endingsOf(id)).toEqual([]);
  });

  it('is taken on the path a setting names, and only when it comes from ABDM', async () => {
    const path = '/api/v3/hip/abha/status';
    const { id, address } = await aLinkedVisit();
    await hip.whileStopped(() => Promise.resolve(), { PATIENT_STATUS_PATH: path });
    const body = { notification: { status: 'DEACTIVATED', patient: { id: address } } };
    const headers = { 'request-id': randomUUID(), 'x-hip-id': HFR_ID, authorization: 'Bearer made.up.token' };
    expect((await hip.call('POST', path, body, headers)).status).toBe(401);
    expect(await patientOf(id)).toMatchObject({ has_address: true });
    await hip.abdm('POST', '/simulator/settings', { patientStatusPath: path });
    expect((await deactivate(address)).told).toMatchObject([{ delivered: 202 }]);
    await hip.settle();
    expect(await patientOf(id)).toMatchObject({ has_address: false });
    await hip.abdm('POST', '/simulator/settings', { patientStatusPath: '/api/v3/patients/status/notify' });
    await hip.whileStopped(() => Promise.resolve());
  });

  it('is refused when it names no patient, and acknowledged when its status is one nobody knows', async () => {
    const { id, address } = await aLinkedVisit();
    const path = '/api/v3/patients/status/notify';
    const says = async (notification: Columns): Promise<number[]> =>
      (
        await hip.abdm('POST', '/simulator/callbacks', {
          clientId: 'SBX_000001',
          path,
          hipId: HFR_ID,
          body: { notification },
        })
      ).statuses;
    expect(await says({ status: 'DEACTIVATED' })).toEqual([400]);
    expect(await says({ status: 'ON_HOLIDAY', patient: { id: address } })).toEqual([202]);
    await hip.settle();
    expect(await patientOf(id)).toMatchObject({ has_address: true });
    // The simulator knows nothing of a notice made by hand, so our answer to it is one to nothing.
    const [answer, ...others] = await hip.abdm('GET', '/simulator/violations');
    expect([answer, others]).toMatchObject([{ rule: 'answers-nothing', operationId: 'onPatientStatus' }, []]);
    await hip.abdm('DELETE', '/simulator/violations');
  });

  it('is seen to by the next process when the first one dies', async () => {
    const { id, address } = await aLinkedVisit();
    const consentId = await grant(address);
    // As after a crash: the notice is kept, its work was not done.
    const { sealer, db } = hip;
    await hip.whileStopped(async () => {
      const [{ id: facilityId }] = await db.query('SELECT id FROM facility WHERE service_id = $1', [HFR_ID]);
      const endedId = randomUUID();
      await db.query(
        `INSERT INTO ended_abha (id, facility_id, abha_address_hash, reason, heard_at) VALUES ($1, $2, $3, 'DELETED', now())`,
        [endedId, facilityId, sealer.hash('abha-address', address)],
      );
      await db.query(`SELECT graphile_worker.add_job('abha.ended', json_build_object('id', $1::text))`, [endedId]);
      await db.query(`SELECT graphile_worker.add_job('abha.ended', json_build_object('id', $1::text))`, [endedId]);
    });
    await hip.settle();
    expect(await consentRow(consentId)).toMatchObject({ status: 'REVOKED', reason: 'DELETED' });
    expect((await endingsOf(id)).length).toBeGreaterThan(0);
    expect(await patientOf(id)).toMatchObject({ has_address: false });
  });
});

describe('A call of ours that is refused because her ABHA is deactivated', () => {
  it.each([
    ['linking, at once (1031)', 'link', DEACTIVATED],
    ['linking, at once (1407)', 'link', NUMBER_DEACTIVATED],
    ['asking for a link token (1407)', 'token', NUMBER_DEACTIVATED],
  ] as const)('%s ends her address and consents here', async (_what, call, body) => {
    const row = aLegacyVisit();
    const first = await aLinkedVisit(row);
    const consentId = await grant(first.address);
    await hip.misbehaves(call, { status: 400, body });
    // Another spelling of her name needs a link token of its own.
    const { id } = await hip.closes(anotherVisitOf(row, { PATIENT: { PAT_NAME: 'SMT ASHA R KASHYAP' } }), false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('failed');
    expect((await hip.steps(id)).slice(-2)).toEqual([`failed ${body.code}`, 'abha-ended']);
    expect(await consentRow(consentId)).toEqual({ status: 'REVOKED', erased: true, reason: body.code });
    expect(await patientOf(id)).toMatchObject({ has_address: false });
    expect(await endingsOf(first.id)).toHaveLength(1);
  });

  it('is not made again for her next visits that day; the day after ABDM is asked again', async () => {
    const row = aLegacyVisit();
    await hip.misbehaves('link', { status: 400, body: DEACTIVATED });
    await hip.closes(row);
    await hip.settle();
    const next = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    expect((await hip.visit(next.id)).state).toBe('waiting-for-abha');
    await hip.later(DAY + 60_000);
    const later = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    expect([(await hip.visit(later.id)).state, (await hip.visit(next.id)).state]).toEqual(['linked', 'linked']);
  });

  it('is mended by "try again" once she has reactivated it', async () => {
    const row = aLegacyVisit();
    await hip.misbehaves('link', { status: 400, body: DEACTIVATED });
    const { id } = await hip.closes(row);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('failed');
    expect((await hip.call('POST', `/api/v1/visits/${id}/retry`)).status).toBe(202);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
  });

  it('does not let "try again" undo what ABDM told us itself', async () => {
    const row = aLegacyVisit();
    await hip.misbehaves('link', { status: 400, body: DEACTIVATED });
    const { id } = await hip.closes(row);
    await hip.settle();
    await deactivate(addressIn(row), { hipIds: [HFR_ID] });
    await hip.settle();
    await hip.call('POST', `/api/v1/visits/${id}/retry`);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('waiting-for-abha');
  });
});

it('In all of this no rule of ABDM was broken', async () => {
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
});

function today(): string {
  const [year, month, day] = new Date(Date.now() + 5.5 * 3_600_000).toISOString().slice(0, 10).split('-');
  return `${day}/${month}/${year} 00:10`;
}

import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CALLBACKS, CALLS, claimOf, linkBody, linkEntry, ScriptedHip } from '../testing/scripted-hip.js';

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start();
});
afterAll(() => hip.stop());

const ask = (claim: object) => hip.adapter.call('POST', CALLS.generateToken, claim);

describe('link tokens', () => {
  it('are refused with what is wrong with each field', async () => {
    const claim = claimOf(await hip.aPatient());
    const answer = await ask({ ...claim, gender: 'Female', yearOfBirth: '1980' });
    expect(answer).toMatchObject({ status: 400, body: [{ code: 'ABDM-9999: ' }, { code: 'ABDM-9999: ' }] });
    expect(answer.text).toMatch(/Gender.*Year of birth/);
    expect((await ask({ ...claim, abhaAddress: null })).body).toMatchObject({ code: 'ABDM-1125' });
    expect(await hip.brokenRules()).toEqual(['body-not-as-contract', 'body-not-as-contract']);
  });

  it('are refused to strangers at once, and again as a repeat inside the window', async () => {
    const stranger = { ...claimOf(await hip.aPatient()), abhaAddress: 'nobody.here@sbx' };
    expect((await ask(stranger)).body).toEqual({ code: 'ABDM-9999', message: 'User not found' });
    expect((await ask(stranger)).body).toMatchObject({ code: 'ABDM-1092' });
    await hip.adapter.control('POST', 'settings', { dedupeWindowMs: 0 });
    expect((await ask(stranger)).body).toMatchObject({ code: 'ABDM-9999' });
    await hip.adapter.control('POST', 'settings', { dedupeWindowMs: 69_000 });
  });

  it('are refused by callback when name, gender, year or number are another’s', async () => {
    const [patient, other] = [await hip.aPatient(), await hip.aPatient()];
    const changes = [{ name: 'Ramesh Kumar' }, { gender: 'M' }, { abhaNumber: other.abhaNumber }];
    for (const change of changes) {
      await ask({ ...claimOf(patient), ...change });
      const { body } = await hip.adapter.callback(CALLBACKS.token);
      expect(body).toMatchObject({ error: { code: 'ABDM-1207: ' } });
    }
  });

  it('are blocked after three a day', async () => {
    const patient = await hip.aPatient();
    const codes: unknown[] = [];
    for (const name of ['Asha Devi', 'Asha', 'Smt Asha Devi', 'Devi Asha']) {
      await ask({ ...claimOf(patient), name });
      codes.push((await hip.adapter.callback<any>(CALLBACKS.token)).body.error?.code);
    }
    expect(codes).toEqual([undefined, undefined, undefined, 'ABDM-1027: ']);
  });
});

describe('linking', () => {
  it('is refused with a token of another kind, address, number or HIP', async () => {
    const { patient, linkToken } = await hip.aLinkedVisit();
    const other = await hip.aPatient();
    const code = async (body: object, token = linkToken) => ((await hip.link(body, token)).body as any).code;
    expect(await code(linkBody(patient, 'OPD-2'), 'no.jwt.here')).toBe('ABDM-1066: ');
    expect(await code(linkBody(other, 'OPD-2'))).toBe('ABDM-1038');
    expect(await code({ ...linkBody(patient, 'OPD-2'), abhaNumber: patient.abhaNumber })).toBe('ABDM-1062');
    const headers = { 'x-link-token': linkToken, 'x-hip-id': 'IN0000000003' };
    const elsewhere = await hip.adapter.call('POST', CALLS.link, linkBody(patient, 'OPD-2'), headers);
    expect(elsewhere.body).toMatchObject({ code: 'ABDM-1063' });
    expect((await hip.link(linkBody(patient, 'OPD-2'), '')).text).toBe('Access Denied');
    await hip.brokenRules();
  });

  it('wants the ABHA number exactly when the token was made with it', async () => {
    const patient = await hip.aPatient();
    await ask({ ...claimOf(patient), abhaNumber: Number(patient.abhaNumber) });
    const { linkToken } = (await hip.adapter.callback<{ linkToken: string }>(CALLBACKS.token)).body;
    const body = linkBody(patient, 'OPD-N');
    expect((await hip.link(body, linkToken)).body).toMatchObject({ code: 'ABDM-1062' });
    expect((await hip.link({ ...body, abhaNumber: patient.abhaNumber }, linkToken)).status).toBe(202);
    await hip.adapter.callback(CALLBACKS.linked);
  });

  it('is refused with hiTypes, an array, an unknown hiType, a dashed number, no patient', async () => {
    const { patient, linkToken } = await hip.aLinkedVisit();
    const entry = linkEntry('OPD-3');
    const { hiType, ...untyped } = entry;
    const link = (changes: object) => hip.link({ ...linkBody(patient, 'OPD-3'), ...changes }, linkToken);
    const bad = { status: 400, body: { error: { code: 'ABDM-1006' } } };
    expect(await link({ patient: [{ ...untyped, hiTypes: hiType }] })).toMatchObject(bad);
    expect(await link({ patient: [{ ...entry, hiType: [hiType] }] })).toMatchObject(bad);
    const unknown = await link({ patient: [{ ...entry, hiType: 'OPConsult' }] });
    expect(unknown).toMatchObject({ body: [{ code: 'ABDM-9999: ' }] });
    expect(await link({ patient: [] })).toMatchObject({ body: { code: 'ABDM-1115' } });
    expect(await link({ abhaNumber: '91-0000-0000-0001' })).toMatchObject({ status: 400, text: '' });
    expect(await hip.brokenRules()).toEqual(Array(5).fill('body-not-as-contract'));
  });

  it('happens once: the same request again is 1090, the same care context in another is 1056', async () => {
    const { patient, linkToken, reference } = await hip.aLinkedVisit();
    expect((await hip.link(linkBody(patient, reference), linkToken)).body).toMatchObject({ code: 'ABDM-1090' });
    const renamed = { ...linkEntry(reference), display: 'Another display' };
    await hip.link({ ...linkBody(patient, reference), patient: [renamed] }, linkToken);
    expect((await hip.adapter.callback(CALLBACKS.linked)).body).toMatchObject({ error: { code: 'ABDM-1056' } });
    const miscounted = { ...linkEntry('OPD-4'), count: 2 };
    await hip.link({ ...linkBody(patient, 'OPD-4'), patient: [miscounted] }, linkToken);
    expect((await hip.adapter.callback(CALLBACKS.linked)).body).toMatchObject({ error: { code: 'ABDM-1037: ' } });
    const links = (await hip.adapter.control('GET', 'links')).body as any[];
    const link = links.find((one) => one.careContextReference === reference);
    expect(link).toMatchObject({ timesLinked: 1, timesAskedAgain: 2, hiTypes: ['OPConsultation'] });
  });
});

describe('a notice of new records', () => {
  it('fails when it comes too soon; after one in time the patient’s app pulls', async () => {
    await hip.adapter.control('POST', 'settings', { notifyTooSoonMs: 200, autoPull: true, autoPullDelayMs: [0, 0] });
    const { patient, reference } = await hip.aLinkedVisit();
    await hip.notify(patient, reference, 'OPConsultation');
    const soon = await hip.adapter.callback(CALLBACKS.notified);
    expect(soon.body).toMatchObject({ acknowledgement: { status: 'ERRORED' }, error: { code: 'ABDM-1006: ' } });
    await wait(220);
    await hip.notify(patient, reference, 'OPConsultation');
    const inTime = await hip.adapter.callback(CALLBACKS.notified);
    expect(inTime.body).toMatchObject({ acknowledgement: { status: 'SUCCESS' } });
    expect((await hip.acknowledge()).consentDetail.purpose.code).toBe('PATRQT');
    expect(await hip.nextRequest(reference)).toHaveProperty('dataPushUrl');
  });

  it('by SMS is accepted for a known facility only', async () => {
    const send = (id: string) => {
      const notification = { phoneNo: '9999999999', hip: { id, name: 'Test Hospital' } };
      return hip.adapter.call('POST', '/api/hiecm/hip/v3/link/patient/links/sms/notify2', { notification });
    };
    expect((await send('IN0000000099')).body).toMatchObject({ code: 'ABDM-1035: ' });
    expect((await send('IN0000000001')).status).toBe(202);
    const { body } = await hip.adapter.callback('/api/v3/patients/sms/on-notify');
    expect(body).toMatchObject({ acknowledgement: { status: 'SUCCESS' } });
  });
});

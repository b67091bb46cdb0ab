import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { theContract } from '../contract/contract.js';
import { ScriptedHip } from '../testing/scripted-hip.js';
import { anEntry, NOT_FOUND, ScriptedPatient, USER_CALLBACKS } from '../testing/scripted-patient.js';

let hip: ScriptedHip;
let patient: ScriptedPatient;
beforeAll(async () => {
  hip = await ScriptedHip.start({ discoveryMs: 400 });
});
beforeEach(async () => {
  patient = await ScriptedPatient.of(hip);
});
afterAll(() => hip.stop());

describe('a discovery', () => {
  it('asks with what ABDM has verified, and shows what was offered, by what, and how fast', async () => {
    const unverified = [{ type: 'MR', value: 'UHID-1' }];
    const question = await patient.discovers({ mobile: '9999999999', unverified });
    const { abhaAddress, abhaNumber, name, gender, yearOfBirth } = patient.person;
    expect(question.body['patient']).toEqual({
      id: abhaAddress,
      verifiedIdentifiers: [
        { type: 'MOBILE', value: '9999999999' },
        { type: 'ABHA_NUMBER', value: abhaNumber },
        { type: 'ABHA_ADDRESS', value: abhaAddress },
      ],
      unverifiedIdentifiers: unverified,
      name,
      gender,
      yearOfBirth,
    });
    const fits = theContract().callback('discover').body;
    expect([fits(question.body), fits.errors]).toEqual([true, null]);
    expect(await patient.sees(question)).toMatchObject({ state: 'waiting', delivered: 202, offered: [] });
    expect((await patient.offer(question, { matchedBy: ['MOBILE', 'MR'] })).status).toBe(202);
    const seen = await patient.sees(question);
    expect(seen).toMatchObject({ state: 'answered', matchedBy: ['MOBILE', 'MR'] });
    expect(seen.offered).toMatchObject([{ careContextReference: 'OPD-1' }, { careContextReference: 'OPD-2' }]);
    expect(seen.answerMs).toBeLessThan(400);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('takes a refusal, and lets the test lay other values over the profile', async () => {
    const question = await patient.discovers({ overrides: { name: 'Ramesh Kumar', verifiedIdentifiers: null } });
    expect(question.body['patient']).toMatchObject({ name: 'Ramesh Kumar', gender: 'F', verifiedIdentifiers: null });
    const answer = await patient.offer(question, { patient: undefined, matchedBy: undefined, error: NOT_FOUND });
    expect(answer.status).toBe(202);
    expect(await patient.sees(question)).toMatchObject({ state: 'refused', error: NOT_FOUND, offered: [] });
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('is not waited for longer than the patient waits', async () => {
    const question = await patient.discovers();
    await wait(500);
    expect(await patient.sees(question)).toMatchObject({ state: 'timed-out' });
    const late = await patient.offer(question);
    expect(late).toMatchObject({ status: 400, body: { code: 'ABDM-9999: ' } });
    expect(late.text).toContain('Transaction expired');
    expect(await patient.sees(question)).toMatchObject({ state: 'timed-out', offered: [] });
    expect(await hip.brokenRules()).toEqual(['answered-late']);
  });

  it('is answered once, also when it was delivered twice', async () => {
    const question = await patient.discovers({ times: 2 });
    await hip.adapter.callback(USER_CALLBACKS.discover);
    await patient.offer(question);
    expect((await patient.offer(question)).body).toMatchObject({ error: { code: 'ABDM-1106' } });
    expect(await hip.brokenRules()).toEqual(['answered-twice']);
  });

  it('is answered under its own ids', async () => {
    const question = await patient.discovers();
    const stranger = await patient.offer(question, { response: { requestId: randomUUID() } });
    expect(stranger).toMatchObject({ status: 400, body: { code: 'ABDM-1015: ' } });
    expect((await patient.offer(question, { transactionId: randomUUID() })).body).toMatchObject({
      code: 'ABDM-9999: ',
    });
    expect((await patient.offer(question)).status).toBe(202);
    expect(await hip.brokenRules()).toEqual(['answers-nothing', 'answers-nothing']);
  });

  it('is answered with records or an error, of the contract’s form, counted right', async () => {
    const question = await patient.discovers();
    const entry = anEntry('OPD-1');
    const careContexts = [{ referenceNumber: 'OPD-1', display: 'ओपीडी' }];
    const code = async (changes: object) => (await patient.offer(question, changes)).body;
    expect(await code({ error: NOT_FOUND })).toMatchObject({ error: { code: 'ABDM-1109' } });
    expect(await code({ patient: [{ ...entry, careContexts }] })).toMatchObject({ error: { code: 'ABDM-1109' } });
    expect(await code({ patient: [{ ...entry, careContexts: [] }] })).toMatchObject({ code: 'ABDM-9999: ' });
    expect(await code({ patient: [{ ...entry, hiType: 'OPD' }] })).toMatchObject({ code: 'ABDM-9999: ' });
    expect(await code({ patient: [{ ...entry, count: 3 }] })).toMatchObject({ code: 'ABDM-1059: ' });
    expect((await patient.offer(question)).status).toBe(202);
    expect(await hip.brokenRules()).toEqual(Array(5).fill('body-not-as-contract'));
  });

  it('offers nothing that is linked already', async () => {
    const { patient: person, reference } = await hip.aLinkedVisit();
    const holder = await ScriptedPatient.of(hip, person);
    await holder.offer(await holder.discovers(), { patient: [anEntry('OPD-1', reference)] });
    expect(await hip.brokenRules()).toEqual(['offers-linked']);
    await patient.offer(await patient.discovers(), { patient: [anEntry(reference)] });
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('tells nothing clinical, and names only identifiers that were sent', async () => {
    const careContexts = [{ referenceNumber: 'OPD-1', display: 'Cardiology visit' }];
    const entry = { ...anEntry('OPD-1'), careContexts };
    await patient.offer(await patient.discovers(), { patient: [entry], matchedBy: ['MOBILE', 'MR'] });
    expect(await hip.brokenRules()).toEqual(['matched-by-wrong', 'display-clinical']);
  });

  it('is of a known patient, and of the asked facility', async () => {
    const nobody = await hip.adapter.control('POST', 'patients/nobody.here@sbx/discover', { hipId: 'IN0000000001' });
    expect(nobody.status).toBe(404);
    const question = await patient.discovers();
    await hip.adapter.control('POST', 'facilities', { id: 'IN0000000005', name: 'Other', clientId: 'SBX_1' });
    const body = { transactionId: question.transactionId, error: NOT_FOUND, response: question.response };
    const path = '/api/hiecm/user-initiated-linking/v3/patient/care-context/on-discover';
    await hip.adapter.call('POST', path, body, { 'x-hip-id': 'IN0000000005' });
    expect(await hip.brokenRules()).toEqual(['hip-id-wrong']);
  });
});

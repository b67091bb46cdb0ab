import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { theContract } from '../contract/contract.js';
import { HIP, ScriptedHip } from '../testing/scripted-hip.js';
import { anEntry, NOT_FOUND, ScriptedPatient, USER_CALLS, WRONG_OTP } from '../testing/scripted-patient.js';

let hip: ScriptedHip;
let patient: ScriptedPatient;
beforeAll(async () => {
  hip = await ScriptedHip.start();
});
beforeEach(async () => {
  patient = await ScriptedPatient.of(hip);
});
afterAll(() => hip.stop());

describe('a patient who links her records herself', () => {
  it('chooses a part, mistypes the OTP, types it right, and has just what she chose', async () => {
    const discovery = await patient.discovers();
    await patient.offer(discovery);
    const init = await patient.chooses(discovery, { careContexts: ['OPD-2'] });
    expect(init.body).toEqual({
      transactionId: discovery.transactionId,
      abhaAddress: patient.person.abhaAddress,
      patient: [
        { referenceNumber: 'UHID-1', careContexts: [{ referenceNumber: 'OPD-2' }], hiType: 'OPConsultation', count: 1 },
      ],
    });
    const referenceNumber = randomUUID();
    expect((await patient.begin(init, {}, referenceNumber)).status).toBe(202);
    const hint = 'OTP to XXXXXX1234';
    expect(await patient.sees(init)).toMatchObject({
      init: { state: 'answered', linkRefNumber: referenceNumber, communication: { medium: 'MOBILE', hint } },
    });

    const wrong = await patient.types(init, '000000');
    expect(wrong.body).toEqual({ confirmation: { token: '000000', linkRefNumber: referenceNumber } });
    await patient.confirm(wrong, { error: WRONG_OTP });
    expect(await patient.sees(init)).toMatchObject({ confirm: { state: 'refused', error: WRONG_OTP } });
    expect(await patient.linkedReferences()).toEqual([]);

    const right = await patient.types(init, '123456');
    expect((await patient.confirm(right, { patient: [anEntry('OPD-2')] })).status).toBe(202);
    expect(await patient.sees(init)).toMatchObject({
      confirm: { state: 'answered', linked: [{ careContextReference: 'OPD-2' }] },
    });
    expect(await patient.linkedReferences()).toEqual(['OPD-2']);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('sends callbacks that fit the contract', async () => {
    const init = await patient.hasAnOtp();
    const confirm = await patient.types(init, '123456');
    const contract = theContract();
    expect(contract.callback('linkInit').body(init.body)).toBe(true);
    expect(contract.callback('linkConfirm').body(confirm.body)).toBe(true);
  });

  it('has nothing that she did not choose', async () => {
    const init = await patient.hasAnOtp({ careContexts: ['OPD-1'] });
    const confirm = await patient.types(init, '123456');
    await patient.confirm(confirm, { patient: [anEntry('OPD-1', 'OPD-2')] });
    expect(await patient.linkedReferences()).toEqual(['OPD-1']);
    expect(await hip.brokenRules()).toEqual(['links-not-asked']);
  });

  it('is answered once, in the contract’s form, under the right ids', async () => {
    const discovery = await patient.discovers();
    await patient.offer(discovery);
    const init = await patient.chooses(discovery);
    const blank = await patient.begin(init, { communicationHint: ' ' });
    expect(blank.body).toMatchObject({ code: 'ABDM-9999: ', message: 'Invalid communication hint' });
    expect((await patient.begin(init, { communicationHint: '' })).body).toMatchObject({ code: 'ABDM-9999: ' });
    expect((await patient.begin({ ...init, transactionId: randomUUID() })).text).toContain('Invalid Transaction Id');
    const toNothing = { ...init, response: { requestId: randomUUID() } };
    expect((await patient.begin(toNothing)).text).toContain('Invalid request ID');
    await patient.begin(init);
    expect((await patient.begin(init)).body).toMatchObject({ error: { code: 'ABDM-1107' } });

    const confirm = await patient.types(init, '123456');
    const outcome = { patient: [anEntry('OPD-1', 'OPD-2')] };
    const miscounted = { patient: [{ ...anEntry('OPD-1'), count: 2 }] };
    expect((await patient.confirm(confirm, { ...outcome, error: WRONG_OTP })).text).toContain('ABDM-1111');
    expect((await patient.confirm(confirm, miscounted)).body).toMatchObject({ code: 'ABDM-9999: ' });
    expect((await patient.confirm(toNothing, outcome)).body).toMatchObject({ code: 'ABDM-1015' });
    await patient.confirm(confirm, outcome);
    expect((await patient.confirm(confirm, outcome)).body).toMatchObject({ error: { code: 'ABDM-1108' } });
    expect(await hip.brokenRules()).toEqual([
      ...['body-not-as-contract', 'body-not-as-contract', 'answers-nothing', 'answers-nothing', 'answered-twice'],
      ...['body-not-as-contract', 'body-not-as-contract', 'answers-nothing', 'answered-twice'],
    ]);
  });

  it('is given an OTP that is still good, a hint that keeps her mobile, and a reference of its own', async () => {
    const referenceNumber = randomUUID();
    const discovery = await patient.discovers();
    await patient.offer(discovery);
    await patient.begin(await patient.chooses(discovery), {}, referenceNumber);
    const meta = { communicationHint: '+91 99999 99999', communicationExpiry: '2026-01-01T00:00:00.000Z' };
    await patient.begin(await patient.chooses(discovery), meta, referenceNumber);
    expect(await hip.brokenRules()).toEqual(['otp-expiry-wrong', 'hint-tells-mobile', 'link-reference-reused']);
  });

  it('cannot use one OTP twice', async () => {
    const init = await patient.hasAnOtp();
    for (const token of ['123456', '123456']) {
      await patient.confirm(await patient.types(init, token), { patient: [anEntry('OPD-1', 'OPD-2')] });
    }
    expect(await hip.brokenRules()).toEqual(['otp-used-twice']);
  });
});

describe('an attacker', () => {
  const others: [string, object][] = [
    [
      'a care context that was not offered',
      { careContexts: [{ patientReference: 'UHID-2', careContextReference: 'X' }] },
    ],
    ['another transaction', { overrides: { transactionId: randomUUID() } }],
    ['another patient', { overrides: { abhaAddress: 'someone.else@sbx' } }],
    ['another facility', { hipId: 'IN0000000005' }],
  ];
  it.each(others)('who begins a link to %s must be refused', async (_what, wishes) => {
    await hip.adapter.control('POST', 'facilities', { id: 'IN0000000005', name: 'Other', clientId: 'SBX_1' });
    const discovery = await patient.discovers();
    await patient.offer(discovery);
    const init = await patient.chooses(discovery, wishes);
    const told = { ...init, transactionId: String(init.body['transactionId']) };
    const headers = { 'x-hip-id': 'hipId' in wishes ? 'IN0000000005' : HIP };
    const refusal = { transactionId: told.transactionId, error: NOT_FOUND, response: told.response };
    expect((await hip.adapter.call('POST', USER_CALLS.onInit, refusal, headers)).status).toBe(202);
    expect(await hip.brokenRules()).toEqual([]);
    await patient.begin({ ...(await patient.chooses(discovery, wishes)), transactionId: told.transactionId });
    expect(await hip.brokenRules()).toContain('init-unchecked');
  });

  it('who guesses a link reference links nothing, whatever the HIP says', async () => {
    const init = await patient.hasAnOtp();
    const confirm = await patient.types(init, '123456', { linkRefNumber: randomUUID() });
    await patient.confirm(confirm, { patient: [anEntry('OPD-1')] });
    expect(await patient.linkedReferences()).toEqual([]);
    expect(await hip.brokenRules()).toEqual(['links-not-asked']);
  });

  it('is told what to mend when the wish itself makes no sense', async () => {
    const question = await patient.discovers();
    expect((await patient.control('POST', question, '/init', {})).status).toBe(400);
    expect((await patient.control('POST', question, '/init', { careContexts: ['X'] })).text).toContain('not offered');
    expect((await patient.control('POST', question, '/confirm', { token: '1' })).text).toContain('link reference');
    await patient.offer(question, { patient: undefined, matchedBy: undefined, error: NOT_FOUND });
  });
});

describe('ABDM itself', () => {
  it('can refuse an init, which nobody answers', async () => {
    const discovery = await patient.discovers();
    await patient.offer(discovery);
    const error = { code: 'ABDM-1056', message: 'This care context has already been linked' };
    const init = await patient.chooses(discovery, { overrides: { error } });
    expect(init.body).toEqual({ transactionId: discovery.transactionId, error });
    expect(await hip.brokenRules()).toEqual([]);
  });
});

import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPage, CALLBACKS, CALLS, HIP, ScriptedHip } from '../testing/scripted-hip.js';

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start({ consentAnswerMs: 300 });
});
afterAll(() => hip.stop());

describe('the consent manager', () => {
  it('asks for nothing under a consent that was not acknowledged', async () => {
    const { patient } = await hip.aLinkedVisit();
    const [pulled] = (await hip.adapter.control('POST', `patients/${patient.abhaAddress}/pull`)).body as any;
    await hip.adapter.callback(CALLBACKS.consent);
    expect(hip.adapter.countOf(CALLBACKS.request)).toBe(0);
    const message = 'HIP did not acknowledge the HIP consent notify';
    expect(await hip.transfer(pulled)).toMatchObject({ state: 'refused', error: { message } });
    await wait(100);
    expect(await hip.brokenRules()).toEqual(['answered-late']);
  });

  it('tells of a grant and its end, and when each was acknowledged', async () => {
    const { patient } = await hip.aLinkedVisit();
    const granted = await hip.adapter.control('POST', 'consents', { abhaAddress: patient.abhaAddress, hipId: HIP });
    const { consentId } = granted.body as any;
    await hip.acknowledge();
    await hip.adapter.control('POST', `consents/${consentId}/expire`);
    expect(await hip.acknowledge()).toEqual({ status: 'EXPIRED', consentId });
    const consent = await hip.adapter.control('GET', `consents/${consentId}`);
    const acknowledgements = { GRANTED: { outcome: 'OK' }, EXPIRED: { outcome: 'OK' } };
    expect(consent.body).toMatchObject({ status: 'EXPIRED', acknowledgements });
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('records answers to nothing and second answers', async () => {
    const asked = await hip.anOpenTransfer();
    const acknowledgement = { status: 'OK', consentId: asked.consentId };
    const onNotify = (requestId: string) =>
      hip.adapter.call('POST', CALLS.onNotify, { acknowledgement, response: { requestId } });
    expect((await onNotify(randomUUID())).body).toMatchObject({ code: 'ABDM-2500' });
    expect((await hip.accept(asked)).body).toMatchObject({ error: { code: 'ABDM-1113' } });
    const blank = [{ error: { code: 'ABDM-9999', message: 'RequestId cannot be NULL or Blank' } }];
    expect((await onNotify('')).body).toEqual(blank);
    expect(await hip.brokenRules()).toEqual(['answers-nothing', 'answered-twice', 'body-not-as-contract']);
    const path = `/api/hiecm/data-flow/v3/health-information/request/status/${asked.transactionId}`;
    const status = await hip.adapter.call('GET', path);
    expect(status.body).toEqual({ transactionId: asked.transactionId, status: 'ACKNOWLEDGED' });
  });

  it('does not blame a second answer when it lost its own', async () => {
    const { patient, reference } = await hip.aLinkedVisit();
    const pulling = hip.adapter.control('POST', `patients/${patient.abhaAddress}/pull`, {});
    await hip.acknowledge();
    const asked = await hip.nextRequest(reference);
    await pulling;
    await hip.adapter.control('POST', 'faults', { path: CALLS.onRequest, loseAnswer: true });
    await expect(hip.accept(asked)).rejects.toThrow();
    expect((await hip.accept(asked)).body).toMatchObject({ error: { code: 'ABDM-1113' } });
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('takes a refusal', async () => {
    const { patient, reference } = await hip.aLinkedVisit();
    const pulling = hip.adapter.control('POST', `patients/${patient.abhaAddress}/pull`, {});
    await hip.acknowledge();
    const asked = await hip.nextRequest(reference);
    await pulling;
    const error = { code: 'ABDM-1063', message: 'Date Range given is invalid' };
    await hip.adapter.call('POST', CALLS.onRequest, { error, response: asked.response }, { 'x-hip-id': '' });
    expect(await hip.transfer(asked)).toMatchObject({ state: 'refused', error });
    expect(await hip.brokenRules()).toEqual(['hip-id-missing']);
  });

  it('asks with a key as SubjectPublicKeyInfo when told to', async () => {
    const { patient, reference } = await hip.aLinkedVisit();
    const granted = await hip.adapter.control('POST', 'consents', { abhaAddress: patient.abhaAddress, hipId: HIP });
    await hip.acknowledge();
    await hip.adapter.control('POST', `consents/${(granted.body as any).consentId}/request`, { spki: true });
    const asked = await hip.nextRequest(reference);
    expect(Buffer.from(asked.keyMaterial.dhPublicKey.keyValue, 'base64')).toHaveLength(93);
    await hip.accept(asked);
    expect((await hip.push(asked, aPage(asked))).status).toBe(202);
    expect(await hip.brokenRules()).toEqual([]);
  });
});

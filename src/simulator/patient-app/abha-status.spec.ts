import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { theContract } from '../contract/contract.js';
import { aPage, HIP, linkBody, ScriptedHip } from '../testing/scripted-hip.js';

const STATUS = '/api/v3/patients/status/notify';
const ANSWER = '/api/hiecm/hip/v3/link/patient/links/hip/on-deactivate';

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start();
});
afterAll(() => hip.stop());

describe('an ABHA address that is deactivated', () => {
  it('is told of to the HIPs that hold its links, and is linked no more', async () => {
    const { patient, linkToken } = await hip.aLinkedVisit();
    const path = `patients/${patient.abhaAddress}`;
    const { body: answer } = await hip.adapter.control('POST', `${path}/deactivate`);
    expect(answer).toMatchObject({ told: [{ hipId: HIP, status: 'DEACTIVATED', delivered: 202 }] });
    const { body, headers } = await hip.adapter.callback(STATUS);
    expect(body).toEqual({ notification: { status: 'DEACTIVATED', patient: { id: patient.abhaAddress } } });
    expect(theContract().callback('patientStatus').body(body)).toBe(true);

    const response = { requestId: headers['request-id'] };
    const accepted = { acknowledgement: { status: 'OK' }, response };
    expect((await hip.adapter.call('POST', ANSWER, accepted)).status).toBe(202);
    expect((await hip.adapter.call('POST', ANSWER)).status).toBe(202);
    const notices = await hip.adapter.control('GET', `${path}/status-notices`);
    expect(notices.body).toMatchObject([{ acknowledgedAt: expect.any(String) }]);

    const refused = await hip.link(linkBody(patient, 'OPD-NEW'), linkToken);
    expect(refused.text).toContain('ABDM-1031');
    await hip.adapter.control('POST', `${path}/reactivate`, { hipIds: [] });
    expect((await hip.link(linkBody(patient, 'OPD-NEW'), linkToken)).status).toBe(202);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('ends its consents: a HIP that knows sends nothing more', async () => {
    const asked = await hip.anOpenTransfer();
    const { body } = await hip.adapter.control('GET', 'links');
    const links = body as { careContextReference: string; abhaAddress: string }[];
    const abhaAddress = links.find((one) => one.careContextReference === asked.reference)?.abhaAddress ?? '';
    await hip.adapter.control('POST', `patients/${abhaAddress}/deactivate`, { status: 'DELETED' });
    await wait(5);
    expect((await hip.push(asked, aPage(asked))).status).toBe(400);
    expect(await hip.brokenRules()).toEqual(['push-without-consent']);
  });

  it('is told of on the path the settings name, and nobody is blamed for not knowing it', async () => {
    const { patient } = await hip.aLinkedVisit();
    await hip.adapter.control('POST', 'settings', { patientStatusPath: '/api/v3/hip/patient/status' });
    hip.adapter.statuses.push(404, 404, 404);
    const { body } = await hip.adapter.control('POST', `patients/${patient.abhaAddress}/deactivate`);
    expect(body).toMatchObject({ told: [{ delivered: 404 }] });
    expect(hip.adapter.countOf('/api/v3/hip/patient/status')).toBe(3);
    await hip.adapter.control('POST', 'settings', { patientStatusPath: STATUS });
    expect(await hip.brokenRules()).toEqual([]);
  });
});

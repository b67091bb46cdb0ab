import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HIP, ScriptedHip } from '../testing/scripted-hip.js';

const NOTIFY = '/api/hiecm/hip/v3/link/patient/links/sms/notify2';
const ON_NOTIFY = '/api/v3/patients/sms/on-notify';

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start();
});
beforeEach(() => hip.adapter.control('DELETE', 'sms'));
afterAll(() => hip.stop());

const send = (phoneNo: string, id = HIP) =>
  hip.adapter.call('POST', NOTIFY, { notification: { phoneNo, hip: { id, name: 'Test Hospital' } } });
const sent = async () => (await hip.adapter.control('GET', 'sms')).body;

describe('an SMS with a deep link', () => {
  it('is kept, with whom it was for and what became of it', async () => {
    expect((await send('919999999999')).status).toBe(202);
    const { body } = await hip.adapter.callback(ON_NOTIFY);
    expect(body).toMatchObject({ acknowledgement: { status: 'SUCCESS' } });
    const sms = { phoneNo: '919999999999', hipId: HIP, hipName: 'Test Hospital', outcome: 'SUCCESS' };
    expect(await sent()).toMatchObject([sms]);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('can meet trouble, and be told of as the M2 document prints it', async () => {
    await hip.adapter.control('POST', 'settings', { smsError: 'ABDM-1004', smsFlat: true });
    await send('9999999999');
    const { body } = await hip.adapter.callback(ON_NOTIFY);
    expect(body).toMatchObject({ status: 'ERRORED', error: { code: 'ABDM-1004' }, resp: {} });
    expect(await sent()).toMatchObject([{ outcome: 'ABDM-1004' }]);
    await hip.adapter.control('POST', 'settings', { smsError: null, smsFlat: false });
  });

  it('goes to a mobile in the contract’s form, for the facility of the header', async () => {
    expect((await send('+91 99999 99999')).status).toBe(400);
    await hip.adapter.control('POST', 'facilities', { id: 'IN0000000005', name: 'Other', clientId: 'SBX_1' });
    await send('9999999999', 'IN0000000005');
    expect(await hip.brokenRules()).toEqual(['body-not-as-contract', 'hip-id-wrong']);
  });
});

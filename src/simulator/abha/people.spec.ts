import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ScriptedDesk, x } from '../../../test/setup/scripted-desk.js';
import { CALLBACKS, CALLS, claimOf, HIP, linkBody, ScriptedHip } from '../testing/scripted-hip.js';

let hip: ScriptedHip;
let desk: ScriptedDesk;
beforeAll(async () => {
  hip = await ScriptedHip.start();
  desk = await ScriptedDesk.of(hip.abdm, hip.adapter);
});
afterAll(() => hip.stop());

/** As linking knows her. */
async function persona(name: string) {
  const { accounts, mobile } = await desk.persona(name);
  const { abhaAddress, abhaNumber, name: fullName, gender, dateOfBirth } = accounts[0];
  const yearOfBirth = Number(dateOfBirth.slice(0, 4));
  const digits = (abhaNumber ?? '').replaceAll('-', '');
  return { abhaAddress, abhaNumber: digits, dashed: abhaNumber, name: fullName, gender, yearOfBirth, mobile };
}

/** The way of a visit into her app. */
async function linked(name: string): Promise<Awaited<ReturnType<typeof persona>>> {
  const person = await persona(name);
  await hip.adapter.call('POST', CALLS.generateToken, claimOf(person));
  const { body } = await hip.adapter.callback<{ linkToken: string }>(CALLBACKS.token);
  expect(body).toHaveProperty('linkToken');
  await hip.link(linkBody(person, `OPD-${name}`), body.linkToken);
  await hip.adapter.callback(CALLBACKS.linked);
  return person;
}

describe('a person of the ABHA service', () => {
  it('is the consent manager’s patient: her visits can be linked', async () => {
    const { abhaAddress } = await linked('one-abha');
    const contexts = await hip.adapter.control('GET', `patients/${abhaAddress}/care-contexts`);
    expect(contexts.body).toMatchObject([{ hipId: HIP, careContextReference: 'OPD-one-abha' }]);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('who de-activates her account is refused there, and the HIPs that hold her links hear of it', async () => {
    const { abhaAddress, dashed, mobile } = await linked('no-photo');
    const headers = x(await desk.xToken(dashed, mobile));
    const account = '/v3/profile/account';
    const scope = ['abha-profile', 'de-activate'];
    const loginId = await desk.encrypted(dashed);
    const asked = await desk.post(
      `${account}/request/otp`,
      { scope, loginHint: 'abha-number', loginId, otpSystem: 'abdm' },
      headers,
    );
    const { txnId } = asked.body;
    const authData = { authMethods: ['otp'], otp: { txnId, otpValue: await desk.encrypted(await desk.otp(mobile)) } };
    expect((await desk.post(`${account}/verify`, { scope, authData, reasons: ['x'] }, headers)).status).toBe(200);
    const notice = await hip.adapter.callback<any>('/api/v3/patients/status/notify');
    expect(notice.body.notification).toMatchObject({ status: 'DEACTIVATED', patient: { id: abhaAddress } });
    expect((await desk.login('abha-number', 'mobile-verify', dashed)).body.error.code).toBe('ABDM-1134');
    await hip.adapter.control('POST', `patients/${abhaAddress}/reactivate`, {});
    expect((await desk.login('abha-number', 'mobile-verify', dashed)).status).toBe(200);
  });

  it('with an address only has no number to be found by', async () => {
    const { abhaAddress } = await persona('address-only');
    const asking = desk.adapter.control('POST', `patients/${abhaAddress}/discover`, { hipId: HIP });
    const { body } = await hip.adapter.callback<any>('/api/v3/hip/patient/care-context/discover');
    const types = body.patient.verifiedIdentifiers.map((one: { type: string }) => one.type);
    expect(types).toEqual(['MOBILE', 'ABHA_ADDRESS']);
    await asking;
  });
});

describe('the list of people', () => {
  it('takes anybody a test invents, with a right Aadhaar number', async () => {
    const person = { name: 'Test Person', gender: 'O', dateOfBirth: '2000' };
    expect((await desk.control('POST', 'people', { ...person, aadhaar: '220000000000' })).status).toBe(400);
    expect((await desk.control('POST', 'people', { ...person, dateOfBirth: '1-1-2000' })).status).toBe(400);
    const account = { abhaAddress: 'test.person00', mobile: '9000000801' };
    const { body } = await desk.control('POST', 'people', [{ ...person, accounts: [account] }]);
    expect(body).toMatchObject([{ accounts: [{ abhaAddress: 'test.person00@sbx', status: 'ACTIVE' }] }]);
    const all = (await desk.control('GET', 'people')).body;
    expect(all).toContainEqual(expect.objectContaining({ abhaAddress: 'test.person00@sbx' }));
  });

  it('has ready-made ones, each there once', async () => {
    const names = (await desk.control('GET', 'personas')).body;
    const all = (await desk.control('POST', 'personas', {})).body;
    expect(all.map((one: { persona: string }) => one.persona)).toEqual(names);
    const count = async () => (await desk.control('GET', 'people')).body.length;
    const before = await count();
    await desk.control('POST', 'personas', {});
    expect(await count()).toBe(before);
    expect((await desk.control('POST', 'personas', { names: ['nobody'] })).status).toBe(404);
  });

  it('forgets OTPs and logins that were not finished', async () => {
    const { mobile } = await desk.persona('three-on-one-mobile');
    const ask = async () => (await desk.login('mobile', 'mobile-verify', mobile)).status;
    expect([await ask(), await ask()]).toEqual([200, 422]);
    await desk.control('DELETE', 'otps');
    expect((await desk.control('GET', 'otps')).body).toEqual([]);
    expect(await ask()).toBe(200);
  });
});

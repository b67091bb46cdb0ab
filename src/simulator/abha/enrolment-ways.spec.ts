import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONSENT, ScriptedDesk, x } from '../../../test/setup/scripted-desk.js';
import { withVerhoeff } from './numbers.js';
import { FACE_PNG } from './pictures.js';

let desk: ScriptedDesk;
beforeAll(async () => {
  desk = await ScriptedDesk.start();
});
afterAll(() => desk.stop());

const BY_AADHAAR = '/v3/enrollment/enrol/byAadhaar';
const pid = (text: string) => Buffer.from(text).toString('base64');

let invented = 0;
async function somebody(): Promise<{ aadhaar: string; mobile: string; name: string }> {
  invented += 1;
  const aadhaar = withVerhoeff(`44000000${String(invented).padStart(3, '0')}`);
  const mobile = `90000003${String(invented).padStart(2, '0')}`;
  const person = { aadhaar, mobile, name: 'Leela Pawar', gender: 'F', dateOfBirth: '1992-12-01' };
  await desk.control('POST', 'people', person);
  return person;
}

const by = (method: string, block: string, content: object, headers = {}) =>
  desk.post(BY_AADHAAR, { authData: { authMethods: [method], [block]: content }, consent: CONSENT }, headers);

describe('an enrolment by a registered device', () => {
  it.each([
    ['bio', 'fingerPrintAuthPid'],
    ['iris', 'pid'],
    ['face', 'rdPidData'],
  ])('takes %s that matches, once, and tells of a mismatch', async (method, field) => {
    const { aadhaar, mobile } = await somebody();
    const send = async (block: string) =>
      by(method, method, { aadhaar: await desk.encrypted(aadhaar), [field]: block, mobile });
    const uidai = (code: number) => ({
      status: 422,
      body: { error: { message: expect.stringContaining(`: ${code} :`) } },
    });
    expect(await send(pid('does-not-match'))).toMatchObject(uidai(300));
    expect(await send(pid('stale'))).toMatchObject(uidai(561));
    expect((await send('')).status).toBe(400);
    expect((await send(pid(`${method} of Leela`))).body).toMatchObject({
      isNew: true,
      ABHAProfile: { firstName: 'Leela' },
    });
    expect(await send(pid(`${method} of Leela`))).toMatchObject(uidai(563));
    expect(await desk.brokenRules()).toEqual([]);
  });

  it('lets the person show her face to her own phone, while the desk polls', async () => {
    const { aadhaar, mobile } = await somebody();
    const { txnId } = (await desk.post('/v3/enrollment/enrol/auth/init', { scope: ['abha-enrol', 'face-auth'] })).body;
    const state = async () => {
      const { body } = await desk.post('/v3/enrollment/enrol/capturePID', {
        scope: ['abha-enrol', 'face-verify'],
        txnId,
      });
      return body.status;
    };
    const enrol = async () => by('face_auth', 'face', { txnId, aadhaar: await desk.encrypted(aadhaar), mobile });
    expect(await state()).toBe('PENDING');
    await desk.control('POST', 'face', { txnId, state: 'VERIFIED' });
    expect(await state()).toBe('VERIFIED');
    expect(await enrol()).toMatchObject({ status: 400, body: { pid: 'Invalid Face Auth PID' } });
    await desk.control('POST', 'face', { txnId, state: 'COMPLETE' });
    expect(await state()).toBe('COMPLETE');
    expect((await enrol()).body).toMatchObject({ isNew: true, txnId });
    expect(await enrol()).toMatchObject({ status: 400, body: { txnId: 'Invalid Transaction Id' } });
    expect(await desk.brokenRules()).toEqual(['abha-transaction-reused']);
    expect((await desk.control('POST', 'face', { txnId: 'x', state: 'FAILED' })).status).toBe(404);
  });
});

describe('an enrolment by demographics', () => {
  const claimOf = async ({ aadhaar, mobile, name }: { aadhaar: string; mobile: string; name: string }) => ({
    aadhaarNumber: await desk.encrypted(aadhaar),
    ...{ name, mobile, dateOfBirth: '01-12-1992', gender: 'F', stateCode: '27', districtCode: '487' },
  });
  const benefit = { benefit_name: 'healthid api' };

  it('is for approved programmes only', async () => {
    const claim = await claimOf(await somebody());
    expect(await by('demo_auth', 'demo_auth', claim)).toMatchObject({ status: 401, body: { code: 'ABDM-1094' } });
    const unknown = await by('demo_auth', 'demo_auth', claim, { 'benefit-name': 'no such' });
    expect(unknown).toMatchObject({ status: 401, body: { message: 'Invalid Benefit Name' } });
  });

  it('answers in a shape of its own, and does not say which field differs', async () => {
    const claim = await claimOf(await somebody());
    const differs = { status: 422, body: { error: { code: 'ABDM-1207' } } };
    for (const wrong of [{ name: 'Lila Pawar' }, { gender: 'M' }, { dateOfBirth: '02-12-1992' }]) {
      expect(await by('demo_auth', 'demo_auth', { ...claim, ...wrong }, benefit)).toMatchObject(differs);
    }
    expect((await by('demo_auth', 'demo_auth', { ...claim, stateCode: 'MH' }, benefit)).status).toBe(400);
    const { body } = await by('demo_auth', 'demo_auth', claim, benefit);
    expect(body).toMatchObject({ new: true, name: 'Leela Pawar', status: 'ACTIVE', kycVerified: true });
    expect((await desk.get('/v3/profile/account', x(body.jwtResponse.token))).body.ABHANumber).toBe(
      body.healthIdNumber,
    );
    expect((await by('demo_auth', 'demo_auth', claim, benefit)).body.new).toBe(false);
  });
});

describe('an enrolment of a child', () => {
  const child = {
    ...{ name: 'Ravi Devi', gender: 'M', dayOfBirth: '28', monthOfBirth: '02', yearOfBirth: '2022' },
    parentConsent: 'true',
  };
  const benefit = { benefit_name: 'healthid api' };

  it('hangs on the parent’s token and number', async () => {
    const parent = await desk.persona('one-abha');
    const headers = { ...benefit, ...x(await desk.xToken(parent.accounts[0].abhaNumber, parent.mobile)) };
    expect((await by('child', 'child', child, benefit)).status).toBe(400);
    expect(await desk.brokenRules()).toEqual(['user-token-missing']);
    const { body } = await by('child', 'child', child, headers);
    expect(body).toMatchObject({ isNew: true, ABHAProfile: { abhaType: 'CHILD', dob: '28-02-2022' } });
    expect(body.ABHAProfile.photo).toBeUndefined();
    for (let i = 0; i < 3; i += 1) await by('child', 'child', child, headers);
    expect((await by('child', 'child', child, headers)).body.error.code).toBe('ABDM-1157');
    const list = await desk.get('/v3/enrollment/profile/children', headers);
    expect(list.body).toMatchObject({ childrenCount: 4, parentAbhaNumber: parent.accounts[0].abhaNumber });
  });
});

describe('an enrolment by driving licence', () => {
  it('gives an enrolment number once the mobile is proved', async () => {
    const scope = ['abha-enrol', 'mobile-verify', 'dl-flow'];
    const mobile = '9000000390';
    const { txnId } = (await desk.ask('/v3/enrollment/request/otp', scope, 'mobile', mobile)).body;
    const document = {
      ...{ txnId, documentType: 'DRIVING_LICENCE', documentId: 'MH0020000000000', firstName: 'Asha', lastName: 'Devi' },
      ...{ dob: '1990-02-05', gender: 'F', frontSidePhoto: FACE_PNG, backSidePhoto: FACE_PNG },
      ...{ address: '12 Example Road', state: 'Maharashtra', district: 'NASHIK', pinCode: '422003', consent: CONSENT },
    };
    const enrol = (more = {}) => desk.post('/v3/enrollment/enrol/byDocument', { ...document, ...more });
    expect((await enrol()).status).toBe(401);
    await desk.verify('/v3/enrollment/auth/byAbdm', scope, txnId, await desk.otp(mobile));
    expect(await enrol({ documentId: '?' })).toMatchObject({ status: 422, body: { error: { code: 'ABDM-1203' } } });
    expect((await enrol({ frontSidePhoto: 'eA==' })).status).toBe(400);
    expect((await enrol()).body).toMatchObject({ enrolProfile: { enrolmentState: 'PROVISIONAL', dob: '1990-2-5' } });
    const login = { scope: ['abha-login', 'mobile-verify', 'retrieval'], loginHint: 'mobile', otpSystem: 'abdm' };
    const found = await desk.post('/v3/profile/login/request/otp', { ...login, loginId: await desk.encrypted(mobile) });
    expect(found.status).toBe(200);
    const { body } = await desk.verify(
      '/v3/profile/login/verify',
      login.scope,
      found.body.txnId,
      await desk.otp(mobile),
    );
    expect(body.accounts).toMatchObject([{ enrolmentNumber: expect.any(String), verifiedStatus: 'PROVISIONAL' }]);
    expect((await desk.login('mobile', 'mobile-verify', mobile)).body.error.code).toBe('ABDM-1115');
  });
});

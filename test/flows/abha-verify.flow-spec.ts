import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { anAadhaar, anAbhaDesk, type AbhaDesk } from '../setup/abha-desk.js';

let desk: AbhaDesk;
beforeAll(async () => {
  desk = await anAbhaDesk();
});
afterEach(async () => {
  await desk.abdm('DELETE', '/simulator/faults');
  expect(await desk.leaks()).toEqual([]);
});
afterAll(async () => {
  expect(await desk.abdm('GET', '/simulator/violations')).toEqual([]);
  await desk.stop();
});

let handles = 0;
const aHandle = (): string => `budhri.netam${(handles += 1)}`;

/** Somebody with one ABHA, with a mobile of her own. */
async function aHolder(changes: Record<string, unknown> = {}) {
  const handle = aHandle();
  const person = await desk.person({ name: 'Budhri Netam', accounts: [{ abhaAddress: handle }], ...changes });
  const [account] = person.accounts;
  return { ...person, abhaNumber: account?.abhaNumber ?? '', abhaAddress: `${handle}@sbx` };
}

const RESULT = { name: 'Budhri Netam', gender: 'F', yearOfBirth: 1991, isNew: false };

describe('Verifying by ABHA number', () => {
  it.each(['aadhaar-otp', 'mobile-otp'])('by %s gives the profile, which fills the form', async (method) => {
    const { abhaNumber, mobile, abhaAddress } = await aHolder();
    const session = await desk.open('abha-number');
    expect(session.next).toMatchObject({ step: 'abha-number', needs: ['abhaNumber', 'method'] });
    const sent = await desk.step(session, 'abha-number', { abhaNumber: abhaNumber.replaceAll('-', ' '), method });
    expect(sent).toMatchObject({ next: { step: 'otp' }, warnings: [], otp: { resendNeeds: [] } });
    const done = await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    expect(done).toMatchObject({ state: 'done', result: { ...RESULT, abhaAddress, kycStatus: 'verified' } });
    expect(done.result.abhaNumber).toBe(abhaNumber);
    expect(await desk.audited(session)).toEqual(['abha-number', 'abha-number: otp', 'otp: profile', 'profile: done']);
  });

  it('only warns of a check digit that is not right: the service decides', async () => {
    const { abhaNumber } = await aHolder();
    const mistyped = abhaNumber.slice(0, -1) + String((Number(abhaNumber.at(-1)) + 1) % 10);
    const session = await desk.open('abha-number');
    const none = await desk.ask(session, 'abha-number', { abhaNumber: mistyped, method: 'mobile-otp' });
    expect([none.status, none.body.code]).toEqual([422, 'no-abha']);
    expect(none.body.warnings).toMatchObject([{ code: 'abha-number-check-digit', hi: expect.any(String) }]);
    expect(none.body.detail).toContain('compare it with the card');
    const short = await desk.ask(session, 'abha-number', { abhaNumber: '91-1234-5678-901', method: 'mobile-otp' });
    expect([short.status, short.body.code]).toEqual([400, 'abha-number-not-valid']);
    await desk.person({ name: 'Odd Digit', accounts: [{ abhaNumber: '91000000000001', abhaAddress: aHandle() }] });
    const sent = await desk.step(session, 'abha-number', { abhaNumber: '91000000000001', method: 'mobile-otp' });
    expect(sent.warnings).toMatchObject([{ code: 'abha-number-check-digit' }]);
  });

  it('tells a wrong code, an old one, and takes the right one after a resend', async () => {
    const { abhaNumber, mobile } = await aHolder();
    const session = await desk.open('abha-number');
    await desk.step(session, 'abha-number', { abhaNumber, method: 'mobile-otp' });
    const wrong = await desk.ask(session, 'otp', { otp: await desk.wrongCode(mobile) });
    expect([wrong.status, wrong.body.code, wrong.body.triesLeft]).toEqual([422, 'wrong-otp', 4]);
    const shape = await desk.ask(session, 'otp', { otp: '12345' });
    expect([shape.status, shape.body.code]).toEqual([400, 'otp-not-valid']);
    const old = await desk.code(mobile);
    await desk.passes(700);
    const expired = await desk.ask(session, 'otp', { otp: old });
    expect(expired.status).toBe(422);
    expect(['otp-expired', 'wrong-otp', 'transaction-over']).toContain(expired.body.code);
  });

  it('resends without asking for the number again', async () => {
    const { abhaNumber, mobile } = await aHolder();
    const session = await desk.open('abha-number');
    await desk.step(session, 'abha-number', { abhaNumber, method: 'mobile-otp' });
    await desk.passes(61);
    await desk.step(session, 'resend');
    expect((await desk.step(session, 'otp', { otp: await desk.code(mobile) })).state).toBe('done');
  });

  it('says plainly that a de-activated ABHA is de-activated', async () => {
    const { abhaNumber } = await aHolder({ accounts: [{ abhaAddress: aHandle(), status: 'DEACTIVATED' }] });
    const session = await desk.open('abha-number');
    const answer = await desk.ask(session, 'abha-number', { abhaNumber, method: 'aadhaar-otp' });
    expect([answer.status, answer.body.code]).toEqual([422, 'deactivated']);
    expect(answer.body.detail).toContain('Only the person herself');
  });

  it('never says that a person is wrong when the service is away', async () => {
    const { abhaNumber } = await aHolder();
    const session = await desk.open('abha-number');
    await desk.fault('loginRequestOtp', { status: 503 });
    const away = await desk.ask(session, 'abha-number', { abhaNumber, method: 'mobile-otp' });
    expect([away.status, away.body.code]).toEqual([503, 'temporary']);
    expect((await desk.ask(session, 'abha-number', { abhaNumber, method: 'mobile-otp' })).status).toBe(200);
  });

  it('waits at the profile when that does not come, and can be asked for it', async () => {
    const { abhaNumber, mobile } = await aHolder();
    const session = await desk.open('abha-number');
    await desk.step(session, 'abha-number', { abhaNumber, method: 'mobile-otp' });
    await desk.fault('getProfile', { status: 503, times: 2 });
    const verified = await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    expect(verified).toMatchObject({ state: 'open', next: { step: 'profile', needs: [] }, result: null });
    expect(await desk.step(session, 'profile')).toMatchObject({ state: 'done', result: RESULT });
  });
});

describe('Verifying by Aadhaar number', () => {
  it('gives the profile', async () => {
    const { aadhaar, mobile, abhaAddress } = await aHolder();
    const session = await desk.open('aadhaar');
    expect(session.next).toMatchObject({ step: 'aadhaar', needs: ['aadhaar'], optional: [] });
    await desk.step(session, 'aadhaar', { aadhaar });
    const done = await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    expect(done).toMatchObject({ state: 'done', result: { ...RESULT, abhaAddress } });
  });

  it('says that there is no ABHA, and that one can be made', async () => {
    const { aadhaar } = await desk.person();
    const session = await desk.open('aadhaar');
    const none = await desk.ask(session, 'aadhaar', { aadhaar });
    expect([none.status, none.body.code, none.body.next.step]).toEqual([422, 'no-abha', 'aadhaar']);
    expect(none.body.detail).toContain('make an ABHA number');
  });

  it('refuses a number that can not be right', async () => {
    const session = await desk.open('aadhaar');
    const aadhaar = `1${anAadhaar().slice(1)}`;
    expect((await desk.ask(session, 'aadhaar', { aadhaar })).body.code).toBe('aadhaar-not-valid');
    expect((await desk.ask(session, 'aadhaar', { aadhaar: { a: 1 } })).body.code).toBe('fields-wrong');
  });
});

describe('Verifying by mobile', () => {
  it('lets her choose among the ABHA numbers behind it; photos come once and are not kept', async () => {
    const photo = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('invented')]).toString('base64');
    const { mobile } = await desk.person({
      ...{ name: 'Budhri Netam', photo },
      accounts: [
        { abhaAddress: aHandle() },
        { abhaAddress: aHandle(), name: 'Ravi Netam', gender: 'M', isChild: true },
      ],
    });
    const session = await desk.open('mobile');
    await desk.step(session, 'mobile', { mobile: `+91 ${mobile}` });
    const asked = await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    expect(asked).toMatchObject({ next: { step: 'account' }, chooseInSeconds: 300 });
    expect(asked.accounts.map(({ name }: any) => name).sort()).toEqual(['Budhri Netam', 'Ravi Netam']);
    expect(asked.accounts.some((account: any) => account.photo === photo)).toBe(true);
    expect((await desk.session(session.id)).accounts.map((account: any) => account.photo)).toEqual([null, null]);
    const other = await desk.ask(session, 'account', { account: '7' });
    expect([other.status, other.body.code]).toEqual([400, 'account-not-offered']);
    expect(asked.next.also).toContain('back');
    const { account } = asked.accounts.find(({ name }: any) => name === 'Ravi Netam');
    const done = await desk.step(session, 'account', { account });
    expect(done).toMatchObject({ state: 'done', result: { name: 'Ravi Netam', mobile }, accounts: [] });
  });

  it('asks to choose also where there is one', async () => {
    const { mobile } = await aHolder();
    const session = await desk.open('mobile');
    await desk.step(session, 'mobile', { mobile });
    const asked = await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    expect(await desk.step(session, 'account', { account: asked.accounts[0].account })).toMatchObject({
      result: RESULT,
    });
  });

  it('begins again when she took longer than five minutes to choose', async () => {
    const { mobile } = await aHolder();
    const session = await desk.open('mobile');
    await desk.step(session, 'mobile', { mobile });
    const { accounts } = await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    await desk.passes(301);
    const late = await desk.ask(session, 'account', { account: accounts[0].account });
    expect([late.status, late.body.code, late.body.next.step]).toEqual([422, 'user-token', 'mobile']);
  });

  it('says that no ABHA is linked with it; and what is no mobile', async () => {
    const session = await desk.open('mobile');
    expect((await desk.ask(session, 'mobile', { mobile: '9700000001' })).body.code).toBe('no-abha');
    for (const mobile of ['1234567890', '98000', '', '9'.repeat(40)]) {
      const wrong = await desk.ask(session, 'mobile', { mobile });
      expect([wrong.status, wrong.body.detail]).toEqual([400, 'Please enter a valid mobile number.']);
      expect(wrong.body).toMatchObject({ detailHi: expect.any(String), next: { step: 'mobile' } });
    }
  });
});

describe('Verifying by ABHA address', () => {
  it.each(['aadhaar-otp', 'mobile-otp'])('by %s, of the ways the address allows', async (method) => {
    const { abhaAddress, mobile } = await aHolder();
    const session = await desk.open('abha-address');
    const found = await desk.step(session, 'abha-address', { abhaAddress: abhaAddress.toUpperCase() });
    expect(found).toMatchObject({ next: { step: 'method', needs: ['method'] } });
    expect(found.methods).toContain(method);
    await desk.step(session, 'method', { method });
    const done = await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    expect(done).toMatchObject({ state: 'done', result: { ...RESULT, abhaAddress } });
  });

  it('that has no number behind it registers on the address', async () => {
    const [{ mobile, accounts }] = await desk.abdm('POST', '/simulator/abha/personas', { names: ['address-only'] });
    const session = await desk.open('abha-address');
    const { abhaAddress } = accounts[0];
    const { methods } = await desk.step(session, 'abha-address', { abhaAddress });
    await desk.step(session, 'method', { method: methods[0] });
    const done = await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    expect(done.result).toMatchObject({ abhaNumber: null, abhaAddress });
    const change = await desk.ask(session, 'change', { change: 'mobile', value: '9700000009' });
    expect([change.status, change.body.code]).toEqual([422, 'way-not-allowed']);
  });

  it('is told that the address is unknown, or is none', async () => {
    const session = await desk.open('abha-address');
    expect((await desk.ask(session, 'abha-address', { abhaAddress: 'nobody.here@sbx' })).body.code).toBe('no-abha');
    const none = await desk.ask(session, 'abha-address', { abhaAddress: 'no body' });
    expect(none.body).toMatchObject({ code: 'abha-address-not-valid', detail: expect.stringContaining('name@sbx') });
  });

  it('may leave its suffix out; a service that stumbles at the look is asked once more', async () => {
    const { abhaAddress } = await aHolder();
    const session = await desk.open('abha-address');
    await desk.fault('addressSearch', { status: 503 });
    const found = await desk.step(session, 'abha-address', { abhaAddress: abhaAddress.replace('@sbx', '') });
    expect(found.next.step).toBe('method');
  });
});

describe('An ABHA card that is scanned', () => {
  it('fills the form, and is proved by a code', async () => {
    const { abhaNumber, abhaAddress, mobile } = await aHolder();
    const session = await desk.open('card-qr');
    const qr = JSON.stringify({
      ...{ hidn: abhaNumber, hid: abhaAddress, name: '<b>Budhri Netam</b>', gender: 'F', dob: '9/4/1991' },
      ...{ 'state name': 'CHHATTISGARH', 'dist name': '-', mobile, address: 'Ward 4' },
    });
    const scanned = await desk.step(session, 'card-qr', { qr });
    expect(scanned).toMatchObject({ state: 'open', next: { step: 'method' }, result: null });
    expect(scanned.card).toMatchObject({ yearOfBirth: 1991, monthOfBirth: 4, dayOfBirth: 9, district: null });
    expect(scanned.card.name).not.toMatch(/[<>]/);
    await desk.step(session, 'method', { method: 'mobile-otp' });
    expect(await desk.step(session, 'otp', { otp: await desk.code(mobile) })).toMatchObject({ result: RESULT });
  });

  it('that is something else is not read', async () => {
    const session = await desk.open('card-qr');
    for (const qr of ['https://example.org/', '{}', '[1]', '{"hidn": "12"}', 'null']) {
      const answer = await desk.ask(session, 'card-qr', { qr });
      expect([answer.status, answer.body.code]).toEqual([400, 'card-not-read']);
    }
  });
});

describe('Codes that are not right', () => {
  it('are tried ten times in half an hour, over all sessions; then none leaves', async () => {
    const { abhaNumber, mobile } = await aHolder();
    const body = { abhaNumber, method: 'mobile-otp' };
    for (let tried = 0; tried < 10;) {
      const session = await desk.open('abha-number');
      await desk.step(session, 'abha-number', body);
      for (let tries = 0; tries < 4 && tried < 10; tries++, tried++) {
        expect((await desk.ask(session, 'otp', { otp: await desk.wrongCode(mobile) })).body.code).toBe('wrong-otp');
      }
      if (tried === 10) {
        const locked = await desk.ask(session, 'otp', { otp: await desk.code(mobile) });
        expect([locked.status, locked.body.code]).toEqual([429, 'otp-locked']);
        expect(locked.body.retryInSeconds).toBeLessThanOrEqual(1_800);
      }
      await desk.passes(61);
    }
    const next = await desk.open('abha-number');
    expect((await desk.ask(next, 'abha-number', body)).body.code).toBe('otp-locked');
  });

  it('are sent once when two sessions ask for her at the same moment', async () => {
    const { abhaNumber, mobile } = await aHolder();
    const sessions = [await desk.open('abha-number'), await desk.open('abha-number')];
    const body = { abhaNumber, method: 'mobile-otp' };
    await desk.fault('loginRequestOtp', { delayMs: 200 });
    const answers = await Promise.all(sessions.map((session) => desk.ask(session, 'abha-number', body)));
    expect(answers.map(({ body: { code } }) => code ?? 'sent').sort()).toEqual(['resend-too-early', 'sent']);
    expect(await desk.abdm('GET', `/simulator/abha/otps?mobile=${mobile}`)).toHaveLength(1);
  });

  it('stay counted when she goes back', async () => {
    const { abhaNumber, mobile } = await aHolder();
    const session = await desk.open('abha-number');
    const body = { abhaNumber, method: 'mobile-otp' };
    await desk.step(session, 'abha-number', body);
    await desk.ask(session, 'otp', { otp: await desk.wrongCode(mobile) });
    await desk.step(session, 'back');
    await desk.passes(61);
    expect((await desk.step(session, 'abha-number', body)).otp).toMatchObject({ triesLeft: 4, resendsLeft: 1 });
  });

  it('do not follow who was right: the next of her family uses the same phone at once', async () => {
    const { mobile } = await aHolder();
    for (let person = 0; person < 7; person++) {
      const session = await desk.open('mobile');
      await desk.step(session, 'mobile', { mobile });
      await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    }
  });
});

describe('A new e-mail address', () => {
  it('is told from what is none before it leaves, and is shown, masked, as where the code went', async () => {
    const { abhaNumber, mobile } = await aHolder();
    const session = await desk.open('abha-number');
    await desk.step(session, 'abha-number', { abhaNumber, method: 'mobile-otp' });
    await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    for (const value of ['not-mail', 'a@b', '', 'a b@example.org']) {
      const none = await desk.ask(session, 'change', { change: 'email', value });
      expect([none.status, none.body.code]).toEqual([400, 'email-not-valid']);
    }
    const sent = await desk.step(session, 'change', { change: 'email', value: 'budhri@example.org' });
    expect(sent).toMatchObject({ next: { step: 'otp', en: expect.stringContaining('e-mail') } });
    expect(sent.otp.sentTo).toBe('b*****@example.org');
  });
});

describe('A forgotten ABHA number', () => {
  it('is found by mobile, masked, and verified when she knows it again', async () => {
    const { mobile, abhaAddress } = await aHolder();
    const session = await desk.open('find');
    const found = await desk.step(session, 'mobile', { mobile });
    expect(found).toMatchObject({ next: { step: 'found', needs: ['account', 'method'] } });
    expect(found.accounts[0].abhaNumber).toMatch(/x{2}/i);
    const { account } = found.accounts[0];
    await desk.step(session, 'found', { account, method: 'aadhaar-otp' });
    const done = await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    expect(done.result).toMatchObject({ ...RESULT, abhaAddress });
  });
});

describe('A session', () => {
  it('is seen, and gone on with, by its own facility only', async () => {
    const session = await desk.open('mobile');
    const other = { 'x-api-key': desk.otherKey };
    expect((await desk.call('GET', `/api/v1/abha/sessions/${session.id}`, undefined, other)).status).toBe(404);
    expect((await desk.ask(session, 'mobile', { mobile: '9700000001' }, other)).status).toBe(404);
    expect((await desk.ask(session, 'logout', undefined, other)).status).toBe(404);
    expect((await desk.call('GET', '/api/v1/abha/sessions/not-one')).status).toBe(404);
    expect((await desk.session(session.id)).state).toBe('open');
  });

  it('ends after 30 idle minutes, and nothing of hers is left', async () => {
    const { abhaNumber, mobile } = await aHolder();
    const session = await desk.open('abha-number');
    await desk.step(session, 'abha-number', { abhaNumber, method: 'mobile-otp' });
    await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    await desk.passes(31 * 60);
    expect(await desk.session(session.id)).toMatchObject({ state: 'ended', result: null, otp: null });
    const late = await desk.ask(session, 'profile');
    expect([late.status, late.body.code]).toEqual([410, 'session-over']);
    const [row] = await desk.db.query('SELECT * FROM abha_session WHERE id = $1', [session.id]);
    expect(row).toMatchObject({ sealed_state: null, sealed_profile: null, step: 'ended' });
    expect(row.verified_at).not.toBeNull();
  });

  it('that is over may be left again: nothing happens', async () => {
    const session = await desk.open('mobile');
    await desk.step(session, 'logout');
    expect(await desk.step(session, 'logout')).toMatchObject({ state: 'ended', next: { step: 'ended' } });
  });

  it('that is used goes on past 30 minutes', async () => {
    const session = await desk.open('mobile');
    await desk.passes(20 * 60);
    await desk.ask(session, 'mobile', { mobile: '9700000001' });
    await desk.passes(20 * 60);
    expect((await desk.session(session.id)).state).toBe('open');
  });

  it('in which the process dies during a login can simply go on', async () => {
    const { abhaNumber, mobile } = await aHolder();
    const session = await desk.open('abha-number');
    await desk.db.query(
      `UPDATE abha_session SET calling_step = 'abha-number', call_id = gen_random_uuid(), calling_until = $2 WHERE id = $1`,
      [session.id, new Date(desk.clock.now().getTime() + 12_000)],
    );
    const body = { abhaNumber, method: 'mobile-otp' };
    const busy = await desk.ask(session, 'abha-number', body);
    expect([busy.status, busy.body.code, Number(busy.headers.get('retry-after'))]).toEqual([409, 'step-running', 2]);
    await desk.passes(13);
    await desk.step(session, 'abha-number', body);
    expect((await desk.step(session, 'otp', { otp: await desk.code(mobile) })).state).toBe('done');
  });

  it('takes one of two steps at the same moment', async () => {
    const { abhaNumber } = await aHolder();
    const session = await desk.open('abha-number');
    await desk.fault('loginRequestOtp', { delayMs: 300 });
    const body = { abhaNumber, method: 'mobile-otp' };
    const answers = await Promise.all([desk.ask(session, 'abha-number', body), desk.ask(session, 'abha-number', body)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('is opened with a way that fits its purpose, and that is open here', async () => {
    const open = (body: object) =>
      desk.call('POST', '/api/v1/abha/sessions', { channel: 'desk', operator: 'x', ...body });
    expect((await open({ purpose: 'verify', way: 'aadhaar-otp' })).body.errors).toMatchObject([{ field: 'way' }]);
    for (const way of ['driving-licence', 'demographics']) {
      const shut = await open({ purpose: 'create', way });
      expect([shut.status, shut.body.code]).toEqual([403, 'way-off']);
    }
    const counter = await open({ purpose: 'verify', way: 'mobile', counter: 'NOWHERE' });
    expect([counter.status, counter.body.code]).toEqual([400, 'counter-unknown']);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { anAadhaar, anAbhaDesk, type AbhaDesk } from '../setup/abha-desk.js';

let desk: AbhaDesk;
beforeAll(async () => {
  desk = await anAbhaDesk({ ABHA_ACCOUNT_ENDINGS: 'on' });
});
afterEach(async () => {
  await desk.abdm('DELETE', '/simulator/faults');
  expect(await desk.leaks()).toEqual([]);
});
afterAll(async () => {
  expect(await desk.abdm('GET', '/simulator/violations')).toEqual([]);
  await desk.stop();
});

const KIOSK = { channel: 'kiosk', operator: 'kiosk-2' };
let handles = 0;

/** Somebody who has just been verified by her ABHA number. */
async function aVerified(at: Record<string, unknown> = KIOSK) {
  const accounts = [{ abhaAddress: `sukhmati.kunjam${(handles += 1)}` }];
  const person = await desk.person({ name: 'Sukhmati Kunjam', accounts });
  const session = await desk.open('abha-number', at);
  const abhaNumber = person.accounts[0]?.abhaNumber ?? '';
  await desk.step(session, 'abha-number', { abhaNumber, method: 'mobile-otp' });
  const done = await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
  return { person, session, done };
}

async function get(session: { id: string }, what: string): Promise<{ status: number; code: unknown }> {
  const { status, body } = await desk.call('GET', `/api/v1/abha/sessions/${session.id}/${what}`);
  return { status, code: body?.code };
}

const register = (session: { id: string }) =>
  desk.call('POST', '/api/v1/registrations', { uhid: `BAS-KIOSK-${String(handles)}`, abhaSessionId: session.id });

const rowOf = async (session: { id: string }): Promise<any> =>
  (await desk.db.query('SELECT * FROM abha_session WHERE id = $1', [session.id]))[0];

const ERASED = { sealed_state: null, sealed_profile: null, abha_address_hash: null, abha_number_hash: null };

describe('A session at a kiosk', () => {
  it('is over after 3 idle minutes, and nothing of the person is left', async () => {
    const { session } = await aVerified();
    await desk.passes(2 * 60);
    expect((await desk.session(session.id)).state).toBe('done');
    await desk.passes(61);
    expect(await desk.session(session.id)).toMatchObject({ state: 'ended', result: null });
    expect(await get(session, 'card')).toEqual({ status: 410, code: 'session-over' });
    expect(await rowOf(session)).toMatchObject({ ...ERASED, step: 'ended' });
  });

  it('is over after 15 minutes, however busy', async () => {
    const { session } = await aVerified();
    for (let minute = 2; minute < 15; minute += 2) {
      await desk.passes(2 * 60);
      expect((await desk.step(session, 'profile')).state).toBe('done');
    }
    await desk.passes(61);
    expect((await desk.session(session.id)).state).toBe('ended');
  });

  it.each(['mobile', 're-kyc', 'email', 'de-activate', 'delete'])(
    'does not change an account: %s is for the desk',
    async (change) => {
      const { session, done } = await aVerified();
      expect(done.next.also).toEqual(['profile', 'logout']);
      const value = change === 'email' ? 'taker@example.org' : '9700005555';
      const refused = await desk.ask(session, 'change', { change, value, reasons: ['Wanted'] });
      expect([refused.status, refused.body.code]).toEqual([403, 'change-at-desk']);
      expect([refused.body.detail, refused.body.detailHi]).toEqual([
        expect.stringMatching(/at the desk/),
        expect.stringMatching(/डेस्क/),
      ]);
      expect(await desk.abdm('GET', '/simulator/abha/otps?mobile=9700005555')).toEqual([]);
    },
  );

  it('shows nobody anything of a person who is registered', async () => {
    const { session } = await aVerified();
    expect((await get(session, 'card')).status).toBe(200);
    expect((await register(session)).body.state).toBe('registered');
    expect(await rowOf(session)).toMatchObject({ ...ERASED, step: 'ended', ended_at: expect.any(Date) });
    const gone = { status: 410, code: 'session-registered' };
    expect(await desk.session(session.id)).toMatchObject({ state: 'ended', result: null, next: { step: 'ended' } });
    for (const file of ['card', 'card-file', 'qr', 'photo']) expect(await get(session, file)).toEqual(gone);
    for (const step of ['profile', 'change']) {
      const { status, body } = await desk.ask(session, step, { change: 'mobile', value: '9700006666' });
      expect({ status, code: body.code }).toEqual(gone);
    }
    expect(await desk.step(session, 'logout')).toMatchObject({ state: 'ended', result: null });
    const again = await register(session);
    expect([again.status, again.body.state]).toEqual([200, 'registered']);
  });

  it('differs in that from one at a desk, which still prints the card', async () => {
    const { session } = await aVerified({});
    await register(session);
    expect((await get(session, 'card')).status).toBe(200);
    expect(await desk.session(session.id)).toMatchObject({ state: 'done' });
  });

  it('is for the counter whose code has the form of one', async () => {
    const body = { purpose: 'verify', way: 'mobile', ...KIOSK, counter: 'A\u0000' };
    const refused = await desk.call('POST', '/api/v1/abha/sessions', body);
    expect([refused.status, refused.body.errors[0].field]).toEqual([400, 'counter']);
  });
});

describe('What is typed at a kiosk', () => {
  it('goes nowhere as an ABHA address when it is an Aadhaar number, an ABHA number or a mobile', async () => {
    const person = await desk.person();
    const session = await desk.open('aadhaar-otp', KIOSK);
    await desk.consents(session);
    await desk.step(session, 'aadhaar', { aadhaar: person.aadhaar, mobile: person.mobile });
    await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
    for (const abhaAddress of [person.aadhaar, anAadhaar(), '91700000000011', '9700007777']) {
      const refused = await desk.ask(session, 'choose-address', { abhaAddress });
      expect([refused.status, refused.body.code]).toEqual([400, 'new-address-not-valid']);
    }
    expect((await desk.step(session, 'choose-address', { useDefault: true })).state).toBe('done');
  });

  it('goes nowhere as the ABHA address she has when it is an Aadhaar number', async () => {
    const { aadhaar } = await desk.person();
    const session = await desk.open('abha-address', KIOSK);
    for (const abhaAddress of [aadhaar, `${aadhaar}@sbx`]) {
      const refused = await desk.ask(session, 'abha-address', { abhaAddress });
      expect([refused.status, refused.body.code]).toEqual([400, 'abha-address-not-valid']);
    }
  });

  it('is not taken for her mobile because it ends like hers', async () => {
    const accounts = [{ abhaAddress: `sukhmati.alike${(handles += 1)}` }];
    const person = await desk.person({ accounts });
    const session = await desk.open('aadhaar-otp', KIOSK);
    await desk.consents(session);
    const other = `70000${person.mobile.slice(5)}`;
    await desk.step(session, 'aadhaar', { aadhaar: person.aadhaar, mobile: other });
    const { result } = await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
    expect(result.mobile).not.toBe(other);
    expect(result.maskedMobile).toBe(`******${person.mobile.slice(-4)}`);
  });
});

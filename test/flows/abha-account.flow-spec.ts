import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { anAbhaDesk, type AbhaDesk } from '../setup/abha-desk.js';

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

let handles = 0;

/** Somebody who has just been verified by her ABHA number. */
async function aVerified(changes: Record<string, unknown> = {}) {
  const accounts = [{ abhaAddress: `somari.kashyap${(handles += 1)}` }];
  const person = await desk.person({ name: 'Somari Kashyap', accounts, ...changes });
  const session = await desk.open('abha-number');
  const abhaNumber = person.accounts[0]?.abhaNumber ?? '';
  await desk.step(session, 'abha-number', { abhaNumber, method: 'mobile-otp' });
  await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
  return { ...person, abhaNumber, session };
}

const get = (session: { id: string }, what: string, headers?: Record<string, string>) =>
  fetch(`${desk.url}/api/v1/abha/sessions/${session.id}/${what}`, { headers: { 'x-api-key': desk.key, ...headers } });

describe('Card, QR and photo', () => {
  it.each(['card', 'card-file', 'qr'])('%s is passed on as it is served, and kept by nobody', async (what) => {
    const { session } = await aVerified();
    const answer = await get(session, what);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^(image\/(png|jpeg|svg\+xml)|application\/pdf)/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(20);
    expect((await desk.audited(session)).at(-1)).toBe(what);
  });

  it('the photo of somebody who has one', async () => {
    const photo = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('invented')]).toString('base64');
    const { session } = await aVerified({ photo });
    const answer = await get(session, 'photo');
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await answer.arrayBuffer()).toString('base64')).toBe(photo);
  });

  it('no photo of somebody without one', async () => {
    const { session } = await aVerified({ photo: null });
    const answer = await get(session, 'photo');
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'no-photo']);
  });

  it.each([
    ['empty', 'A'],
    ['a page', Buffer.from('<script>').toString('base64')],
    ['a document', Buffer.from('%PDF-1.7').toString('base64')],
  ])('no photo where what ABDM has for one is %s', async (_, photo) => {
    const { session } = await aVerified({ photo });
    const answer = await get(session, 'photo');
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'no-photo']);
  });

  it('are there once somebody is verified, and for her facility only', async () => {
    const { session } = await aVerified();
    expect((await get(session, 'card', { 'x-api-key': desk.otherKey })).status).toBe(404);
    const waiting = await desk.open('mobile');
    expect((await get(waiting, 'card')).status).toBe(409);
  });

  it('are shown after 29 minutes too: her session with ABDM is renewed', async () => {
    const { session } = await aVerified();
    await desk.passes(20 * 60);
    await desk.step(session, 'profile');
    await desk.passes(20 * 60);
    expect((await get(session, 'card')).status).toBe(200);
    expect((await desk.session(session.id)).state).toBe('done');
  });

  it('need a new verification once ABDM has ended her session', async () => {
    const { session } = await aVerified();
    await desk.abdm('DELETE', '/simulator/abha/sessions');
    const answer = await get(session, 'card');
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'user-token']);
  });
});

describe('Whoever looks at a session', () => {
  it('is written to the audit when it shows who she is, and not while nobody is verified', async () => {
    const waiting = await desk.open('mobile');
    await desk.session(waiting.id);
    expect(await desk.audited(waiting)).toEqual(['mobile']);
    const { session } = await aVerified();
    const before = await desk.audited(session);
    await desk.session(session.id);
    expect(await desk.audited(session)).toEqual([...before, 'result']);
    await desk.step(session, 'logout');
    await desk.session(session.id);
    expect((await desk.audited(session)).at(-1)).toBe('logout: ended');
  });
});

describe('Changes of an account', () => {
  it('her mobile, with a code to the new one', async () => {
    const { session } = await aVerified();
    const sent = await desk.step(session, 'change', { change: 'mobile', value: '9700001111' });
    expect(sent).toMatchObject({ next: { step: 'otp' }, result: { name: 'Somari Kashyap' } });
    expect((await desk.ask(session, 'otp', { otp: await desk.wrongCode('9700001111') })).body.code).toBe('wrong-otp');
    const done = await desk.step(session, 'otp', { otp: await desk.code('9700001111') });
    expect(done).toMatchObject({ state: 'done', notice: { code: 'changed' }, result: { mobile: '9700001111' } });
  });

  it('her e-mail address', async () => {
    const { session } = await aVerified();
    await desk.step(session, 'change', { change: 'email', value: 'somari@example.org' });
    const done = await desk.step(session, 'otp', { otp: await desk.code('somari@example.org') });
    expect(done.result.maskedEmail).toBe('s*****@example.org');
  });

  it('her KYC, with a code from Aadhaar', async () => {
    const { session, mobile } = await aVerified();
    await desk.step(session, 'change', { change: 're-kyc' });
    expect((await desk.step(session, 'otp', { otp: await desk.code(mobile) })).notice.code).toBe('changed');
  });

  it.each(['mobile', 'email', 're-kyc', 'de-activate'])(
    'are made within 10 minutes after she was verified: %s',
    async (change) => {
      const { session } = await aVerified();
      await desk.passes(10 * 60 + 1);
      const value = change === 'email' ? 'late@example.org' : '9700008888';
      const late = await desk.ask(session, 'change', { change, value, reasons: ['Wanted by the person'] });
      expect([late.status, late.body.code]).toEqual([403, 'verify-again']);
      expect((await desk.session(session.id)).state).toBe('done');
    },
  );

  it('is given up when she goes back, and she stays verified', async () => {
    const { session } = await aVerified();
    await desk.step(session, 'change', { change: 'mobile', value: '9700002222' });
    expect(await desk.step(session, 'back')).toMatchObject({ state: 'done', result: { name: 'Somari Kashyap' } });
  });

  it('whose answer was lost: the profile shows whether it was made', async () => {
    const { session } = await aVerified();
    await desk.step(session, 'change', { change: 'mobile', value: '9700003333' });
    await desk.fault('accountVerify', { loseAnswer: true });
    const unsure = await desk.ask(session, 'otp', { otp: await desk.code('9700003333') });
    expect([unsure.status, unsure.body.code, unsure.body.next.step]).toEqual([503, 'change-unsure', 'profile']);
    expect((await desk.step(session, 'profile')).result.maskedMobile).toBe('******3333');
  });

  it.each([
    ['de-activate', 'deactivated'],
    ['delete', 'no-abha'],
  ])('%s ends the session, and the ABHA can not be verified any more', async (change, code) => {
    const { session, mobile, abhaNumber } = await aVerified();
    await desk.step(session, 'change', { change, reasons: ['Wanted by the person'] });
    const ended = await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    expect(ended).toMatchObject({ state: 'ended', result: null });
    await desk.passes(61);
    const again = await desk.open('abha-number');
    const refused = await desk.ask(again, 'abha-number', { abhaNumber, method: 'mobile-otp' });
    expect(refused.body.code).toBe(code);
  });

  it('can not end an ABHA on which a benefit hangs', async () => {
    const accounts = [{ abhaAddress: 'somari.benefit', hasBenefit: true }];
    const { session, mobile } = await aVerified({ accounts });
    await desk.step(session, 'change', { change: 'delete', reasons: ['Wanted by the person'] });
    expect((await desk.ask(session, 'otp', { otp: await desk.code(mobile) })).body.code).toBe('benefit-linked');
  });
});

describe('Logging out', () => {
  it('ends her session at ABDM too, and erases everything here', async () => {
    const { session } = await aVerified();
    expect(await desk.step(session, 'logout')).toMatchObject({ state: 'ended', result: null });
    expect((await get(session, 'card')).status).toBe(410);
    const [row] = await desk.db.query('SELECT * FROM abha_session WHERE id = $1', [session.id]);
    const nothing = { sealed_state: null, sealed_profile: null, abha_address_hash: null, abha_number_hash: null };
    expect(row).toMatchObject(nothing);
    expect(await desk.step(session, 'logout')).toMatchObject({ state: 'ended', result: null });
  });

  it('waits for nobody: also while a call is under way', async () => {
    const session = await desk.open('mobile');
    await desk.fault('loginRequestOtp', { delayMs: 500, status: 404, code: 'ABDM-1115', message: 'No match.' });
    const asking = desk.ask(session, 'mobile', { mobile: '9700004444' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(await desk.step(session, 'logout')).toMatchObject({ state: 'ended' });
    const answer = await asking;
    expect([answer.status, answer.body.code]).toEqual([409, 'step-overtaken']);
    expect((await desk.session(session.id)).state).toBe('ended');
  });

  it('works at any step, and when ABDM does not answer', async () => {
    expect(await desk.step(await desk.open('aadhaar-otp'), 'logout')).toMatchObject({ state: 'ended' });
    const { session } = await aVerified();
    await desk.fault('logout', { status: 503, times: 2 });
    expect(await desk.step(session, 'logout')).toMatchObject({ state: 'ended' });
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { AbhaSessions } from '../../src/persistence/abha-sessions.js';
import { anAadhaar, anAbhaDesk, type AbhaDesk, type KnownPerson } from '../setup/abha-desk.js';

let desk: AbhaDesk;
beforeAll(async () => {
  desk = await anAbhaDesk({ ABHA_BENEFIT_NAME: 'healthid api', ABHA_LEGACY: 'on' });
});
afterEach(async () => {
  await desk.abdm('DELETE', '/simulator/faults');
  expect(await desk.leaks()).toEqual([]);
});
afterAll(async () => {
  expect(await desk.abdm('GET', '/simulator/violations')).toEqual([]);
  await desk.stop();
});

/** Consented, looked for and not found: the code of the enrolment is on her phone. */
async function atTheCode(person: KnownPerson, mobile = person.mobile): Promise<any> {
  const session = await desk.open('aadhaar-otp');
  await desk.consents(session);
  return desk.step(session, 'aadhaar', { aadhaar: person.aadhaar, mobile });
}

/** A picture of one point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** As if the process had died in the step's call: the claim stands, and nothing was written. */
async function diesIn(session: { id: string }, action: string): Promise<void> {
  await desk.db.query(
    'UPDATE abha_session SET calling_step = $2, call_id = gen_random_uuid(), calling_until = $3 WHERE id = $1',
    [session.id, action, new Date(desk.clock.now().getTime() + 12_000)],
  );
}

const accountsOf = async ({ name }: KnownPerson): Promise<any[]> =>
  (await desk.abdm('GET', '/simulator/abha/people')).filter((account: any) => account.name === name);

describe('Somebody without an ABHA', () => {
  it('gets one by Aadhaar OTP, with an address she chooses, after she has consented', async () => {
    const person = await desk.person();
    const session = await desk.open('aadhaar-otp');
    expect(session).toMatchObject({ state: 'open', next: { step: 'consent' } });
    const consented = await desk.consents(session);
    expect(consented.next).toMatchObject({ step: 'aadhaar', needs: ['aadhaar', 'mobile'] });
    expect(consented.next.en).toContain('mobile number');
    const sent = await desk.step(session, 'aadhaar', { aadhaar: person.aadhaar, mobile: person.mobile });
    expect(sent).toMatchObject({ next: { step: 'otp', needs: ['otp'] }, otp: { resendsLeft: 2, triesLeft: 5 } });
    expect(sent.otp.sentTo).toMatch(new RegExp(`^[*xX]+${person.mobile.slice(-4)}$`));
    const made = await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
    expect(made.next.step).toBe('choose-address');
    expect(made.suggestions.length).toBeGreaterThanOrEqual(3);
    const done = await desk.step(session, 'choose-address', { abhaAddress: made.suggestions[0] });
    expect(done).toMatchObject({ state: 'done', next: { step: 'done' } });
    expect(done.result).toMatchObject({
      abhaAddress: `${made.suggestions[0]}@sbx`,
      ...{ name: person.name, gender: 'F', yearOfBirth: 1991, monthOfBirth: 4, dayOfBirth: 9 },
      // The code went to the mobile of her Aadhaar, which is shown masked only: nobody says it is the one that was typed.
      ...{ mobile: null, maskedMobile: `******${person.mobile.slice(-4)}`, isNew: true },
    });
    expect(done.result.abhaNumber).toMatch(/^\d{2}(-\d{4}){3}$/);
    expect(await desk.session(session.id)).toEqual({ ...done, expiresAt: expect.any(String) });
  });

  it('is asked for nothing before she has consented to the text that was shown', async () => {
    const person = await desk.person();
    const session = await desk.open('aadhaar-otp');
    const early = await desk.ask(session, 'aadhaar', { aadhaar: person.aadhaar, mobile: person.mobile });
    expect([early.status, early.body.code, early.body.next.step]).toEqual([409, 'step-not-now', 'consent']);
    const old = await desk.ask(session, 'consent', { version: '0.9', language: 'hi', accepted: true });
    expect([old.status, old.body.code]).toEqual([409, 'consent-outdated']);
    const no = await desk.ask(session, 'consent', { version: '0.9', language: 'hi', accepted: false });
    expect([no.status, no.body.code]).toEqual([400, 'fields-wrong']);
    expect(await desk.abdm('GET', `/simulator/abha/otps?mobile=${person.mobile}`)).toEqual([]);
  });

  it('has her consent on record: which words, in which language, when, and who was there', async () => {
    const session = await desk.open('aadhaar-otp', { channel: 'kiosk', operator: 'kiosk-2' });
    await desk.consents(session);
    const { body: text } = await desk.call('GET', '/api/v1/abha/consent-text?lang=hi');
    expect(text).toMatchObject({ language: 'hi', languages: ['en', 'hi'] });
    const rows = await desk.db.query('SELECT * FROM abha_consent WHERE session_id = $1', [session.id]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      ...{ text_version: text.version, text_language: 'hi', text_hash: text.hash },
      ...{ operator: 'kiosk-2', channel: 'kiosk', given_at: expect.any(Date) },
    });
    await expect(desk.db.query('DELETE FROM abha_consent')).rejects.toThrow('stays as it was written');
    expect((await desk.call('GET', '/api/v1/abha/consent-text?lang=xx')).status).toBe(404);
  });

  it('is told when the Aadhaar number can not be right, and it does not leave the house', async () => {
    const session = await desk.open('aadhaar-otp');
    await desk.consents(session);
    const right = anAadhaar();
    const wrong = right.slice(0, 11) + String((Number(right.at(-1)) + 1) % 10);
    const answer = await desk.ask(session, 'aadhaar', { aadhaar: wrong, mobile: '9000000101' });
    expect([answer.status, answer.body.code]).toEqual([400, 'aadhaar-not-valid']);
    expect(answer.body).toMatchObject({ detail: expect.stringContaining('not valid'), detailHi: expect.any(String) });
    expect(answer.body.errors).toMatchObject([{ field: 'aadhaar' }]);
    expect(JSON.stringify(answer.body)).not.toContain(wrong);
    expect(desk.logged()).not.toContain(wrong);
  });

  it('tries a code that is not right five times, then begins afresh', async () => {
    const person = await desk.person({ name: 'Wrong Code' });
    const session = await atTheCode(person);
    for (let left = 4; left > 0; left--) {
      const wrong = await desk.ask(session, 'otp', { otp: await desk.wrongCode(person.mobile) });
      expect([wrong.status, wrong.body.code, wrong.body.triesLeft]).toEqual([422, 'wrong-otp', left]);
    }
    const last = await desk.ask(session, 'otp', { otp: await desk.wrongCode(person.mobile) });
    expect([last.status, last.body.code, last.body.next.step]).toEqual([422, 'otp-tries-used', 'aadhaar']);
    const { aadhaar, mobile } = person;
    const early = await desk.ask(session, 'aadhaar', { aadhaar, mobile });
    expect([early.status, early.body.code]).toEqual([429, 'resend-too-early']);
    expect(early.body.retryInSeconds).toBeLessThanOrEqual(60);
    expect((await desk.session(session.id)).lockedForSeconds).toBeNull();
    await desk.passes(61);
    expect((await desk.step(session, 'aadhaar', { aadhaar, mobile })).otp).toMatchObject({ triesLeft: 5 });
    expect(await accountsOf(person)).toEqual([]);
  });

  it('gets another code after 60 seconds, at most twice; her Aadhaar number is typed again', async () => {
    const person = await desk.person();
    const session = await atTheCode(person);
    const { aadhaar } = person;
    const early = await desk.ask(session, 'resend', { aadhaar });
    expect([early.status, early.body.code]).toEqual([429, 'resend-too-early']);
    expect(Number(early.headers.get('retry-after'))).toBe(early.body.retryInSeconds);
    expect(early.body.retryInSeconds).toBeGreaterThan(50);
    const first = await desk.code(person.mobile);
    await desk.passes(61);
    expect((await desk.session(session.id)).otp).toMatchObject({ resendInSeconds: 0, resendNeeds: ['aadhaar'] });
    expect((await desk.ask(session, 'resend')).body.code).toBe('aadhaar-missing');
    const other = await desk.ask(session, 'resend', { aadhaar: anAadhaar() });
    expect([other.status, other.body.code]).toEqual([400, 'aadhaar-other']);
    expect((await desk.step(session, 'resend', { aadhaar })).otp).toMatchObject({ resendsLeft: 1 });
    await desk.passes(61);
    expect((await desk.step(session, 'resend', { aadhaar })).otp).toMatchObject({ resendsLeft: 0 });
    await desk.passes(61);
    const third = await desk.ask(session, 'resend', { aadhaar });
    expect([third.status, third.body.code]).toEqual([409, 'resends-used']);
    const code = await desk.code(person.mobile);
    expect(code).not.toBe(first);
    expect((await desk.step(session, 'otp', { otp: code })).next.step).toBe('choose-address');
  });

  it('is locked out by ABDM and told for how long; nothing is asked of ABDM meanwhile', async () => {
    const person = await desk.person();
    const session = await atTheCode(person);
    await desk.fault('enrolByAadhaar', { status: 422, code: 'ABDM-1100', message: 'Please try again in 30 minutes.' });
    const locked = await desk.ask(session, 'otp', { otp: await desk.code(person.mobile) });
    expect([locked.status, locked.body.code, locked.body.next.step]).toEqual([429, 'otp-locked', 'aadhaar']);
    expect(locked.body.retryInSeconds).toBe(1_800);
    await desk.passes(600);
    const again = await desk.ask(session, 'aadhaar', { aadhaar: person.aadhaar, mobile: person.mobile });
    expect([again.status, again.body.code]).toEqual([429, 'otp-locked']);
    expect(Number(again.headers.get('retry-after'))).toBeLessThanOrEqual(1_200);
    expect((await desk.session(session.id)).lockedForSeconds).toBeLessThanOrEqual(1_200);
  });

  it('confirms a mobile of her own where Aadhaar knows another, wrong code first', async () => {
    const own = '9811122233';
    const person = await desk.person({ aadhaarMobile: '9844455566', mobile: undefined });
    const session = await atTheCode({ ...person, mobile: '9844455566' }, own);
    const made = await desk.step(session, 'otp', { otp: await desk.code('9844455566') });
    expect(made.next).toMatchObject({ step: 'communication-mobile', needs: ['mobile'], optional: ['skip'] });
    const sent = await desk.step(session, 'communication-mobile', { mobile: own });
    expect(sent).toMatchObject({ next: { step: 'otp' }, otp: { resendNeeds: [] } });
    expect((await desk.ask(session, 'otp', { otp: await desk.wrongCode(own) })).body.code).toBe('wrong-otp');
    const confirmed = await desk.step(session, 'otp', { otp: await desk.code(own) });
    expect(confirmed.next.step).toBe('choose-address');
    const done = await desk.step(session, 'choose-address', { useDefault: true });
    expect(done.result).toMatchObject({ mobile: own, isNew: true });
    expect(done.result.abhaAddress).toBe(`${done.result.abhaNumber.replaceAll('-', '')}@sbx`);
  });

  it('waits 60 seconds when she mistyped that mobile: ABDM counts both in one transaction', async () => {
    const [wrong, right] = ['9811122266', '9811122277'];
    const person = await desk.person({ aadhaarMobile: '9844455588', mobile: undefined });
    const session = await atTheCode(person, right);
    await desk.step(session, 'otp', { otp: await desk.code('9844455588') });
    await desk.step(session, 'communication-mobile', { mobile: wrong });
    await desk.step(session, 'back');
    const early = await desk.ask(session, 'communication-mobile', { mobile: right });
    expect([early.status, early.body.code]).toEqual([429, 'resend-too-early']);
    expect(early.body.retryInSeconds).toBeLessThanOrEqual(60);
    expect(await desk.abdm('GET', `/simulator/abha/otps?mobile=${right}`)).toEqual([]);
    await desk.passes(61);
    await desk.step(session, 'communication-mobile', { mobile: right });
    const confirmed = await desk.step(session, 'otp', { otp: await desk.code(right) });
    expect(confirmed.next.step).toBe('choose-address');
  });

  it('is sent no more codes by going back, nor by new sessions', async () => {
    const { aadhaar, mobile } = await desk.person();
    const received = async () => (await desk.abdm('GET', `/simulator/abha/otps?mobile=${mobile}`)).length;
    const session = await atTheCode({ aadhaar, mobile } as KnownPerson);
    await desk.step(session, 'back');
    const early = await desk.ask(session, 'aadhaar', { aadhaar, mobile });
    expect([early.status, early.body.code, await received()]).toEqual([429, 'resend-too-early', 1]);
    const elsewhere = await desk.open('aadhaar-otp');
    await desk.consents(elsewhere);
    expect((await desk.ask(elsewhere, 'aadhaar', { aadhaar, mobile })).body.code).toBe('resend-too-early');
    for (const resendsLeft of [1, 0]) {
      await desk.passes(61);
      expect((await desk.step(session, 'aadhaar', { aadhaar, mobile })).otp).toMatchObject({ resendsLeft });
      await desk.step(session, 'back');
    }
    await desk.passes(61);
    const fourth = await desk.ask(session, 'aadhaar', { aadhaar, mobile });
    expect([fourth.status, fourth.body.code, await received()]).toEqual([429, 'otp-locked', 3]);
    expect(fourth.body.retryInSeconds).toBeGreaterThan(1_500);
    for (let sends = 4; sends <= 6; sends++) {
      await desk.passes(61);
      await desk.step(elsewhere, 'aadhaar', { aadhaar, mobile });
      await desk.step(elsewhere, 'back');
    }
    await desk.passes(61);
    const third = await desk.open('aadhaar-otp');
    await desk.consents(third);
    expect((await desk.ask(third, 'aadhaar', { aadhaar, mobile })).body.code).toBe('otp-locked');
    expect(await received()).toBe(6);
    await desk.passes(1_800);
    const later = await desk.open('aadhaar-otp');
    await desk.consents(later);
    await desk.step(later, 'aadhaar', { aadhaar, mobile });
    const old = await desk.db.query(`SELECT id FROM abha_code_use WHERE at < $1`, [
      new Date(desk.clock.now().getTime() - 1_800_000),
    ]);
    expect(old).toEqual([]);
  });

  it('is looked for with her own Aadhaar number, whoever was looked for before', async () => {
    const nobody = await desk.person();
    const holder = await desk.person({ accounts: [{ abhaAddress: 'lachhmi.other91' }] });
    const session = await atTheCode(nobody);
    await desk.step(session, 'back');
    const sent = await desk.step(session, 'aadhaar', { aadhaar: holder.aadhaar, mobile: holder.mobile });
    expect(sent.notice.code).toBe('abha-exists');
  });

  it('is told which ways are left when Aadhaar knows no mobile of hers', async () => {
    const { aadhaar, mobile } = await desk.person();
    const session = await desk.open('aadhaar-otp');
    await desk.consents(session);
    const message = 'UIDAI Error code : 111 : Aadhaar number does not have mobile number.';
    await desk.fault('enrolRequestOtp', { status: 422, code: 'ABDM-1204', message });
    const none = await desk.ask(session, 'aadhaar', { aadhaar, mobile });
    expect([none.status, none.body.code, none.body.next.step]).toEqual([422, 'aadhaar-without-mobile', 'aadhaar']);
    expect(none.body.detail).toMatch(/fingerprint or face.*without an ABHA/);
  });

  it('gives another mobile where six ABHA numbers use hers', async () => {
    const person = await desk.person();
    const session = await atTheCode(person);
    await desk.fault('enrolByAadhaar', { status: 400, code: 'ABDM-1124', message: 'Mobile number is in use.' });
    const full = await desk.ask(session, 'otp', { otp: await desk.code(person.mobile) });
    expect([full.status, full.body.code, full.body.next.step]).toEqual([422, 'mobile-full', 'aadhaar']);
    expect(full.body.next.needs).toContain('mobile');
  });

  it('may leave that mobile out when her phone is not at hand', async () => {
    const person = await desk.person({ aadhaarMobile: '9844455577', mobile: undefined });
    const session = await atTheCode(person, '9811122244');
    await desk.step(session, 'otp', { otp: await desk.code('9844455577') });
    await desk.step(session, 'communication-mobile', { mobile: '9811122244' });
    await desk.step(session, 'back');
    expect((await desk.step(session, 'communication-mobile', { skip: true })).next.step).toBe('choose-address');
  });

  it('chooses another address when hers is taken, or breaks the rules', async () => {
    await desk.person({ name: 'Other Person', accounts: [{ abhaAddress: 'lachhmi.taken' }] });
    const person = await desk.person();
    const session = await atTheCode(person);
    const at = await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
    expect(at.addressRules).toMatchObject({ en: expect.stringContaining('8 to 18'), hi: expect.any(String) });
    const short = await desk.ask(session, 'choose-address', { abhaAddress: 'ab' });
    expect([short.status, short.body.code]).toEqual([400, 'new-address-not-valid']);
    const taken = await desk.ask(session, 'choose-address', { abhaAddress: 'lachhmi.taken' });
    expect([taken.status, taken.body.code, taken.body.next.step]).toEqual([422, 'address-taken', 'choose-address']);
    expect(at.next.optional).toContain('useDefault');
    const done = await desk.step(session, 'choose-address', { abhaAddress: `lachhmi${person.mobile.slice(-6)}@sbx` });
    expect(done.result.abhaAddress).toBe(`lachhmi${person.mobile.slice(-6)}@sbx`);
  });

  it('may still type an address, or keep the default, when there are no suggestions', async () => {
    const person = await desk.person();
    const session = await atTheCode(person);
    await desk.fault('suggestAbhaAddresses', { status: 503, times: 2 });
    const at = await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
    expect(at).toMatchObject({ next: { step: 'choose-address' }, suggestions: [], notice: { code: 'no-suggestions' } });
    expect((await desk.step(session, 'suggestions')).suggestions.length).toBeGreaterThanOrEqual(3);
  });

  it('is verified for a registration once she has chosen her address, and for the facility that asked only', async () => {
    const person = await desk.person();
    const session = await atTheCode(person);
    const sessions = desk.adapter.app.get(AbhaSessions);
    const facilities = await desk.db.query('SELECT id FROM facility ORDER BY (hfr_id <> $1)', ['IN2210000101']);
    const profile = (index: number) =>
      sessions.verifiedProfile(desk.db.manager, facilities[index].id, session.id, desk.clock.now());
    expect(await profile(0)).toBeUndefined();
    await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
    expect(await profile(0)).toBeUndefined();
    await desk.step(session, 'choose-address', { useDefault: true });
    expect(await profile(0)).toMatchObject({ name: person.name, gender: 'F', yearOfBirth: 1991, isNew: true });
    expect(await profile(1)).toBeUndefined();
  });
});

describe('Somebody who has an ABHA already', () => {
  it('is found by her Aadhaar number before anything is made, and verified', async () => {
    const person = await desk.person({ accounts: [{ abhaAddress: 'lachhmi.has91' }] });
    const sent = await atTheCode(person);
    expect(sent).toMatchObject({ next: { step: 'otp' }, notice: { code: 'abha-exists' } });
    const done = await desk.step(sent, 'otp', { otp: await desk.code(person.mobile) });
    expect(done).toMatchObject({ state: 'done', notice: { code: 'abha-exists' } });
    expect(done.result).toMatchObject({ isNew: false, abhaAddress: 'lachhmi.has91@sbx' });
  });

  it('is told so when the enrolment finds it', async () => {
    const person = await desk.person();
    await desk.fault('loginRequestOtp', { status: 404, code: 'ABDM-1114', message: 'User not found.' });
    await desk.person({
      aadhaar: person.aadhaar,
      name: 'Lachhmi Podiyam',
      accounts: [{ abhaAddress: 'lachhmi.late91' }],
    });
    const session = await atTheCode(person);
    const received = await desk.abdm('GET', '/simulator/abha/otps');
    const done = await desk.step(session, 'otp', { otp: await desk.code(received.at(-1).mobile) });
    expect(done).toMatchObject({ state: 'done', notice: { code: 'abha-exists' } });
    expect(done.result).toMatchObject({ isNew: false, abhaAddress: 'lachhmi.late91@sbx' });
  });
});

describe('When the service does not answer an enrolment', () => {
  it('does not enrol twice: the desk is told to verify by Aadhaar, and finds the number that was made', async () => {
    const person = await desk.person({ name: 'Unsure Netam' });
    const session = await atTheCode(person);
    await desk.fault('enrolByAadhaar', { loseAnswer: true });
    const unsure = await desk.ask(session, 'otp', { otp: await desk.code(person.mobile) });
    expect([unsure.status, unsure.body.code, unsure.body.next.step]).toEqual([503, 'enrolment-unsure', 'aadhaar']);
    expect(await desk.session(session.id)).toMatchObject({ notice: { code: 'enrolment-unsure' } });
    await desk.passes(61);
    const sent = await desk.step(session, 'aadhaar', { aadhaar: person.aadhaar, mobile: person.mobile });
    expect(sent.notice.code).toBe('abha-exists');
    const done = await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
    expect(done).toMatchObject({ state: 'done', result: { isNew: false, name: 'Unsure Netam' } });
    expect(await accountsOf(person)).toHaveLength(1);
  });

  it('enrols after all when the look finds nobody', async () => {
    const person = await desk.person({ name: 'Never Markam' });
    const session = await atTheCode(person);
    await desk.fault('enrolByAadhaar', { status: 503 });
    expect((await desk.ask(session, 'otp', { otp: await desk.code(person.mobile) })).body.code).toBe(
      'enrolment-unsure',
    );
    await desk.passes(61);
    await desk.step(session, 'aadhaar', { aadhaar: person.aadhaar, mobile: person.mobile });
    const made = await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
    expect(made).toMatchObject({ next: { step: 'choose-address' }, result: { isNew: true } });
  });

  it('and the process dies in it: the same, once nobody waits for the dead call any more', async () => {
    const person = await desk.person({ name: 'Dead Call' });
    const session = await atTheCode(person);
    const otp = await desk.code(person.mobile);
    await diesIn(session, 'otp');
    const busy = await desk.ask(session, 'otp', { otp });
    expect([busy.status, busy.body.code]).toEqual([409, 'step-running']);
    expect((await desk.session(session.id)).busyForSeconds).toBeGreaterThan(0);
    await desk.passes(61);
    expect(await desk.session(session.id)).toMatchObject({
      ...{ next: { step: 'aadhaar' }, notice: { code: 'enrolment-unsure' }, busyForSeconds: null, otp: null },
    });
    const sent = await desk.step(session, 'aadhaar', { aadhaar: person.aadhaar, mobile: person.mobile });
    expect(sent.next.step).toBe('otp');
  });

  it('and dies while an address was chosen: the profile tells which she has', async () => {
    const person = await desk.person();
    const session = await atTheCode(person);
    await desk.step(session, 'otp', { otp: await desk.code(person.mobile) });
    await diesIn(session, 'choose-address');
    await desk.passes(13);
    expect((await desk.session(session.id)).next.step).toBe('profile');
    expect(await desk.step(session, 'profile')).toMatchObject({ state: 'done', result: { isNew: true } });
  });
});

describe('The other ways to make an ABHA', () => {
  const pidOf = (what: string): string => Buffer.from(`<PidData>invented ${what}</PidData>`).toString('base64');

  it.each(['fingerprint', 'iris'])('by %s: the capture is passed on and kept nowhere', async (way) => {
    const person = await desk.person();
    const session = await desk.open(way);
    expect((await desk.consents(session)).next).toMatchObject({ step: way, needs: ['aadhaar', 'mobile', 'pid'] });
    const { aadhaar, mobile } = person;
    const made = await desk.step(session, way, { aadhaar, mobile, pid: pidOf(way) });
    expect(made).toMatchObject({ next: { step: 'choose-address' }, result: { isNew: true } });
    expect(desk.logged()).not.toContain(pidOf(way));
  });

  it('by face: a QR for the ABHA app, asked for until the face is there', async () => {
    const { aadhaar, mobile } = await desk.person();
    const session = await desk.open('face');
    await desk.consents(session);
    const { face } = await desk.step(session, 'face-qr');
    const txnId = new URL(face.qrContent).searchParams.get('txnId');
    expect(face.qrContent).toMatch(/^https:\/\/phrsbx\.abdm\.gov\.in\/face-auth\?txnId=/);
    expect((await desk.step(session, 'face-status')).face.status).toBe('waiting');
    await desk.abdm('POST', '/simulator/abha/face', { txnId, state: 'VERIFIED' });
    expect((await desk.step(session, 'face-status')).face.status).toBe('scanned');
    await desk.abdm('POST', '/simulator/abha/face', { txnId, state: 'COMPLETE' });
    expect((await desk.step(session, 'face-status')).next).toMatchObject({
      step: 'face',
      needs: ['aadhaar', 'mobile'],
    });
    expect(await desk.step(session, 'face', { aadhaar, mobile })).toMatchObject({ next: { step: 'choose-address' } });
  });

  it('by face that was not captured: another QR', async () => {
    const session = await desk.open('face');
    await desk.consents(session);
    const { face } = await desk.step(session, 'face-qr');
    const txnId = new URL(face.qrContent).searchParams.get('txnId');
    await desk.abdm('POST', '/simulator/abha/face', { txnId, state: 'FAILED' });
    expect(await desk.step(session, 'face-status')).toMatchObject({
      ...{ next: { step: 'face-qr' }, notice: { code: 'face-failed' }, face: null },
    });
  });

  it('by demographics: in one call, with the address made of the number', async () => {
    const { aadhaar, name, mobile } = await desk.person();
    const session = await desk.open('demographics');
    await desk.consents(session);
    const known = {
      aadhaar,
      name,
      mobile,
      gender: 'F',
      dateOfBirth: '09-04-1991',
      stateCode: '22',
      districtCode: '374',
    };
    const wrong = await desk.ask(session, 'demographics', { ...known, name: 'Someone Else' });
    expect([wrong.status, wrong.body.code]).toEqual([422, 'demographics-mismatch']);
    expect(await desk.step(session, 'demographics', known)).toMatchObject({ result: { isNew: true, name } });
    const done = await desk.step(session, 'choose-address', { useDefault: true });
    expect(done.result.abhaAddress).toBe(`${done.result.abhaNumber.replaceAll('-', '')}@sbx`);
  });

  it('by driving licence: looks behind the mobile first, and ends with a provisional number', async () => {
    const { mobile } = await desk.person({ name: 'Husband Podiyam', accounts: [{ abhaAddress: 'husband.p88' }] });
    const session = await desk.open('driving-licence');
    await desk.consents(session);
    const others = await desk.step(session, 'mobile', { mobile });
    expect(others).toMatchObject({ next: { step: 'mobile' }, notice: { code: 'others-on-this-mobile' } });
    expect(others.accounts).toHaveLength(1);
    expect(others.accounts[0].abhaNumber).toMatch(/x/i);
    await desk.step(session, 'mobile', { mobile, noneIsHers: true });
    await desk.step(session, 'otp', { otp: await desk.code(mobile) });
    const photo = PNG.toString('base64');
    const done = await desk.step(session, 'document', {
      ...{ documentNumber: 'CG1720200001234', firstName: 'Lachhmi', lastName: 'Podiyam', gender: 'F' },
      ...{ dateOfBirth: '1991-04-09', frontPhoto: photo, backPhoto: photo, address: 'Ward 4, Tokapal' },
      ...{ state: 'Chhattisgarh', district: 'Bastar', pincode: '494442' },
    });
    expect(done).toMatchObject({
      state: 'done',
      notice: { code: 'provisional' },
      result: { kycStatus: 'provisional' },
    });
    expect(done.enrolmentNumber).not.toBeNull();
  });
});

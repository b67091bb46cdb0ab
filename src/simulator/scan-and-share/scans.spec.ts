import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { theContract } from '../contract/contract.js';
import { COUNTER_CALLBACKS, ScriptedCounter } from '../testing/scripted-counter.js';
import { HIP, type Person, ScriptedHip } from '../testing/scripted-hip.js';

const REFUSED = {
  code: 'ABDM-9999',
  message: 'HIP is unable to generate a token at this time. Please try again later.',
};
const SILENT = { code: 'ABDM-1402', message: 'Acknowledgement is not received from HIP' };

let hip: ScriptedHip;
let counter: ScriptedCounter;
let person: Person;
let counters = 0;
beforeAll(async () => {
  hip = await ScriptedHip.start({ shareAnswerMs: 1000 });
});
beforeEach(async () => {
  counters += 1;
  counter = new ScriptedCounter(hip, `OPD${counters}`);
  person = await hip.aPatient();
});
afterAll(() => hip.stop());

describe('a scan at the counter', () => {
  it('shares the profile as the contract has it, and shows the token', async () => {
    const details = { monthOfBirth: 6, dayOfBirth: 5, mobile: '9999999999' };
    const address = { line: 'Ward 4', district: 'BASTAR', state: 'CHHATTISGARH', pincode: '494001' };
    await hip.adapter.control('POST', 'patients', { ...person, ...details, address });
    const scanned = await counter.isScannedBy(person);
    expect(scanned).toMatchObject({ delivered: 202, status: 'waiting' });
    const share = await counter.nextShare();
    expect(share.response.requestId).toBe(scanned.shareRequestId);
    expect(share.body).toEqual({
      intent: 'PROFILE_SHARE',
      metaData: { hipId: HIP, context: counter.counterId, hprId: null, latitude: '12.97', longitude: '77.71' },
      profile: {
        patient: {
          abhaNumber: person.abhaNumber,
          abhaAddress: person.abhaAddress,
          name: 'Asha Devi',
          gender: 'F',
          dayOfBirth: '5',
          monthOfBirth: '6',
          yearOfBirth: '1980',
          address,
          phoneNumber: '9999999999',
        },
      },
    });
    const fits = theContract().callback('patientShare').body;
    expect([fits(share.body), fits.errors]).toEqual([true, null]);
    expect((await counter.give(share, '1')).status).toBe(202);
    expect(await counter.tokensOf(person)).toEqual([
      {
        shareRequestId: scanned.shareRequestId,
        hipId: HIP,
        context: counter.counterId,
        status: 'answered',
        tokenNumber: '1',
        expirySeconds: 1800,
        answeredAfterMs: expect.any(Number),
        sharedAt: expect.any(String),
        receivedAt: expect.any(String),
      },
    ]);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('waits for the token when asked to', async () => {
    const scanning = counter.isScannedBy(person, { wait: true });
    await counter.give(await counter.nextShare(), '7');
    expect(await scanning).toMatchObject({ status: 'answered', token: { tokenNumber: '7', expirySeconds: 1800 } });
  });

  it('can be given up with Cancel: nothing is sent', async () => {
    expect(await counter.isScannedBy(person, { cancel: true })).toEqual({
      shareRequestId: null,
      delivered: null,
      status: 'cancelled',
    });
    expect(hip.adapter.countOf(COUNTER_CALLBACKS.share)).toBe(0);
    expect(await counter.tokensOf(person)).toEqual([]);
  });

  it('can share other values, other intents, and each as often as the test likes', async () => {
    const profile = { abhaNumber: null, monthOfBirth: 7, address: { pinCode: '494001' } };
    await counter.isScannedBy(person, { intent: 'profile_share', profile, metaData: { latitude: null } });
    const share = await counter.nextShare();
    expect(share.body).toMatchObject({
      intent: 'profile_share',
      metaData: { latitude: null },
      profile: { patient: profile },
    });
    await counter.give(share, '1');

    const { repeats = [] } = await counter.isScannedBy(person, { repeat: 3 });
    const answers = [];
    for (let i = 0; i < 3; i += 1) answers.push((await counter.give(await counter.nextShare(), '1')).status);
    expect([repeats.length, answers]).toEqual([2, [202, 202, 202]]);

    await counter.isScannedBy(person, { times: 3 });
    const ids = new Set<string>();
    for (let i = 0; i < 3; i += 1) {
      const repeated = await counter.nextShare();
      ids.add(repeated.response.requestId);
      if (i === 0) await counter.give(repeated, '1');
    }
    expect(ids.size).toBe(1);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it.each([{ profile: null }, { profile: 'x' }, { profile: { patient: null } }, { profile: { patient: 'x' } }])(
    'can share %j, and it is she who did',
    async (overrides) => {
      await counter.isScannedBy(person, { overrides });
      const { body, response } = await counter.nextShare();
      expect(body).toMatchObject(overrides);
      await counter.answer({ error: REFUSED, response });
      expect(await counter.tokensOf(person)).toMatchObject([{ status: 'refused' }]);
    },
  );

  it('refuses the QR no app reads, and a facility nobody knows', async () => {
    const wrong = await counter.scan(person, { qr: counter.qr.replace('hip-id', 'hipid') });
    expect(wrong).toMatchObject({ status: 400 });
    expect(wrong.text).toContain('hip-id and counter-id');
    expect((await counter.scan(person, {})).status).toBe(400);
    expect((await counter.scan(person, { hipId: 'IN9999999999', counterId: 'OPD1' })).status).toBe(404);
    expect((await counter.scan({ ...person, abhaAddress: 'nobody@sbx' }, { qr: counter.qr })).status).toBe(404);
  });

  it('takes a refusal', async () => {
    await counter.isScannedBy(person);
    const { response } = await counter.nextShare();
    expect((await counter.answer({ error: REFUSED, response })).status).toBe(202);
    expect(await counter.tokensOf(person)).toMatchObject([{ status: 'refused', tokenNumber: null, error: REFUSED }]);
    expect(await hip.brokenRules()).toEqual([]);
  });
});

describe('an answer that ABDM does not take', () => {
  it('is of no share', async () => {
    const answer = await counter.answer({ error: REFUSED, response: { requestId: randomUUID() } });
    expect(answer).toMatchObject({ status: 404, body: { error: { code: 'ABDM-1001' } } });
    expect(await hip.brokenRules()).toEqual(['answers-nothing']);
  });

  it('has not the contract’s form', async () => {
    await counter.isScannedBy(person);
    const share = await counter.nextShare();
    const refused = { status: 400, body: { error: { code: 'ABDM-1006' } } };
    expect(await counter.give(share, '1', { expiry: 'half an hour' })).toMatchObject(refused);
    expect(await counter.give(share, '')).toMatchObject(refused);
    expect(await counter.answer({ response: share.response })).toMatchObject(refused);
    expect((await counter.give(share, '1')).status).toBe(202);
    expect(await hip.brokenRules()).toEqual(Array(3).fill('body-not-as-contract'));
  });

  it('comes a second time', async () => {
    await counter.isScannedBy(person);
    const share = await counter.nextShare();
    await counter.give(share, '1');
    expect((await counter.give(share, '1')).status).toBe(404);
    expect(await hip.brokenRules()).toEqual(['answered-twice']);
  });

  it('comes when the person has stopped waiting, and is blamed once', async () => {
    await counter.isScannedBy(person);
    const share = await counter.nextShare();
    await counter.timePasses();
    expect(await counter.tokensOf(person)).toMatchObject([{ status: 'unanswered', error: SILENT }]);
    const late = { status: 408, body: { error: { code: 'ABDM-1007' } } };
    expect(await counter.give(share, '1')).toMatchObject(late);
    expect(await counter.give(share, '1')).toMatchObject(late);
    expect(await counter.tokensOf(person)).toMatchObject([{ status: 'late', tokenNumber: null, error: SILENT }]);
    expect(await hip.brokenRules()).toEqual(['answered-late']);
  });

  it('is not blamed for being late when ABDM was, 17 minutes', async () => {
    await counter.isScannedBy(person, { lateBySeconds: 1020 });
    expect(await counter.give(await counter.nextShare(), '1')).toMatchObject({
      status: 400,
      body: { code: 'ABDM-1015: ' },
    });
    expect(await counter.tokensOf(person)).toMatchObject([{ status: 'late' }]);
    await counter.timePasses();
    expect(await hip.brokenRules()).toEqual([]);
  });
});

describe('what became of all shares', () => {
  it('counts them, with the slowest, and those that were never answered', async () => {
    await hip.adapter.control('DELETE', 'shares');
    await counter.serves(person, '1');
    await counter.serves(await hip.aPatient(), '3');
    await counter.isScannedBy(person, { isLost: true });
    const forgotten = await counter.isScannedBy(person);
    await counter.nextShare();
    await counter.timePasses();
    const { body } = await hip.adapter.control('GET', `shares?hipId=${HIP}`);
    expect(body).toMatchObject({
      total: 4,
      byStatus: { answered: 2, lost: 1, unanswered: 1, waiting: 0 },
      counters: [{ hipId: HIP, context: counter.counterId, given: 2, highest: 3, missing: 1 }],
      facilities: [{ hipId: HIP, given: 2, highest: 3, missing: 1 }],
      unanswered: [{ shareRequestId: forgotten.shareRequestId }],
      slowestMs: expect.any(Number),
    });
    expect((await hip.adapter.control('GET', 'shares?hipId=IN0000000009')).body).toMatchObject({
      total: 0,
      p99Ms: null,
    });
    expect(await hip.brokenRules()).toEqual(['answered-late']);
  });

  it('lets many people scan at several counters, at the asked rate', async () => {
    const wish = { hipId: HIP, counterIds: ['DESK1', 'DESK2'], invented: 20, perSecond: 100, wait: true };
    const scanning = hip.adapter.control('POST', 'scans', wish);
    const given = new Map<string, number>();
    for (let i = 0; i < 20; i += 1) {
      const share = await counter.nextShare();
      const { context } = (share.body as unknown as { metaData: { context: string } }).metaData;
      given.set(context, (given.get(context) ?? 0) + 1);
      await counter.give({ ...share, context }, String(given.get(context)));
    }
    const { body } = await scanning;
    expect(body).toMatchObject({ summary: { total: 20, byStatus: { answered: 20 } } });
    const { summary, tookMs } = body as { summary: { counters: object[] }; tookMs: number };
    expect(summary.counters).toMatchObject([
      { given: 10, missing: 0 },
      { given: 10, missing: 0 },
    ]);
    expect(tookMs).toBeGreaterThanOrEqual(190);

    // A second crowd does not miss what the first has.
    const again = hip.adapter.control('POST', 'scans', { ...wish, counterIds: ['DESK1'], invented: 3 });
    for (const number of ['11', '12', '14'])
      await counter.give({ ...(await counter.nextShare()), context: 'DESK1' }, number);
    const { counters } = ((await again).body as { summary: { counters: object[] } }).summary;
    expect(counters).toMatchObject([{ given: 3, highest: 14, missing: 1 }]);
    expect((await hip.adapter.control('POST', 'scans', { hipId: HIP, counterIds: ['DESK1'] })).status).toBe(400);
    expect(await hip.brokenRules()).toEqual([]);
  });
});

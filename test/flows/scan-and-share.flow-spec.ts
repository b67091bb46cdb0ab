import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { firstBrokenAuditRow } from '../../src/persistence/audit.js';
import type { Columns } from '../makers/legacy-visit.js';
import { aLinkingHip, DAY, HOUR, MINUTE, SECOND, type LinkingHip } from '../setup/linking-hip.js';
import { HFR_ID, OTHER_HFR_ID } from '../setup/running-hip.js';

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip();
});
afterEach(async () => {
  await hip.abdm('DELETE', '/simulator/faults');
});
afterAll(() => hip.stop());

let made = 0;

/** A counter nobody has used yet. Returns its code. */
async function aCounter(changes: Columns = {}, key = hip.key): Promise<string> {
  made += 1;
  const code = `OPD${made}`;
  const answer = await hip.call(
    'POST',
    '/api/v1/counters',
    { code, name: `Window ${made}`, ...changes },
    { 'x-api-key': key },
  );
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return code;
}

/** An invented person whom ABDM knows. Returns her ABHA address. */
async function aPerson(changes: Columns = {}): Promise<string> {
  made += 1;
  const number = String(made).padStart(4, '0');
  const abhaAddress = `phulo${number}@sbx`;
  await hip.abdm('POST', '/simulator/patients', {
    abhaAddress,
    abhaNumber: `9156${number}001234`,
    name: 'Phulo Kashyap',
    gender: 'F',
    yearOfBirth: 1991,
    mobile: `900002${number}`,
    ...changes,
  });
  return abhaAddress;
}

const scan = (who: string, counterId: string, wishes: Columns = {}): Promise<any> =>
  hip.abdm('POST', `/simulator/patients/${who}/scan`, { hipId: HFR_ID, counterId, wait: true, ...wishes });

const numberOf = (share: any): number => Number(share.token?.tokenNumber);
const queueOf = async (counter: string): Promise<any[]> =>
  (await hip.call('GET', `/api/v1/queue?counter=${counter}`)).body.tokens;
const profile = (id: string, key = hip.key) =>
  hip.call('GET', `/api/v1/shared-profiles/${id}`, undefined, { 'x-api-key': key });
const audited = async (action: string): Promise<string[]> =>
  (await hip.db.query('SELECT outcome FROM audit WHERE action = $1 ORDER BY seq', [action])).map(
    (row: any) => row.outcome,
  );
const tokensIn = async (scope: string): Promise<number[]> =>
  (await hip.db.query('SELECT number FROM queue_token WHERE scope = $1 ORDER BY number', [scope])).map(
    (row: any) => row.number,
  );

/** Moves our clock, and the simulator's idea of it. */
let ahead = 0;
async function passes(milliseconds: number): Promise<void> {
  ahead += milliseconds;
  await hip.abdm('POST', '/simulator/settings', { clockAheadMs: ahead });
  await hip.later(milliseconds);
}

/** How long until it is midnight in India by our clock. */
const untilMidnight = (): number => {
  const ist = hip.clock.now().getTime() + 5.5 * HOUR;
  return DAY - (ist % DAY);
};

describe('A patient who scans a counter’s code', () => {
  it('is given 1, the next one 2, and the desk sees both in its queue', async () => {
    const counter = await aCounter();
    const [first, second] = [await scan(await aPerson(), counter), await scan(await aPerson(), counter)];
    expect([first, second].map((share) => share.token)).toEqual([
      { tokenNumber: '1', expirySeconds: 1800 },
      { tokenNumber: '2', expirySeconds: 1800 },
    ]);
    expect(await queueOf(counter)).toMatchObject([
      { number: 1, state: 'waiting', counter, scannedCounter: counter, isTold: true, calledAt: null },
      { number: 2, state: 'waiting' },
    ]);
  });

  it('fills the desk’s form, once she has shared, and each look is audited', async () => {
    const counter = await aCounter();
    const who = await aPerson();
    await scan(who, counter, { profile: { dayOfBirth: '06', address: { line: 'Ward 4', pinCode: '494 001' } } });
    const [{ sharedProfileId }] = (await queueOf(counter)) as [any];
    expect((await profile(sharedProfileId)).body).toMatchObject({
      abhaAddress: who,
      abhaNumber: expect.stringMatching(/^91-56\d{2}-\d{4}-1234$/),
      name: 'Phulo Kashyap',
      gender: 'F',
      yearOfBirth: 1991,
      monthOfBirth: null,
      dayOfBirth: 6,
      address: { line: 'Ward 4', district: null, state: null, pin: '494001' },
    });
    expect((await audited('profile.read')).at(-1)).toBe('shown');
    expect((await profile(sharedProfileId, hip.otherKey)).status).toBe(404);
    expect((await profile(randomUUID())).status).toBe(404);
    expect((await profile('1')).status).toBe(404);
  });

  it('is registered on her address when she has no ABHA number', async () => {
    const counter = await aCounter();
    const who = await aPerson();
    const share = await scan(who, counter, { profile: { abhaNumber: null, address: null, phoneNumber: null } });
    expect(share.status).toBe('answered');
    const [{ sharedProfileId }] = (await queueOf(counter)) as [any];
    expect((await profile(sharedProfileId)).body).toMatchObject({ abhaNumber: null, abhaAddress: who, mobile: null });
  });

  it.each([
    ['a number as a number', { abhaNumber: 91_560_000_001_234 }],
    [
      'a number with dashes, birth parts as numbers',
      { abhaNumber: '91-5600-0000-1234', dayOfBirth: 6, yearOfBirth: 1985 },
    ],
    [
      'nothing but nulls beside address and name',
      { gender: null, yearOfBirth: null, phoneNumber: null, address: null },
    ],
    ['an address in pieces of the wrong kind', { address: { line: 4, district: ['x'], state: {}, pincode: 494_001 } }],
  ])('is given a token whatever way the app spells it: %s', async (_, changes) => {
    expect(await scan(await aPerson(), await aCounter(), { profile: changes })).toMatchObject({
      status: 'answered',
      token: { tokenNumber: '1' },
    });
  });

  it('finds the counter in capital and small letters, and is told the one she scanned', async () => {
    const counter = await aCounter();
    expect(numberOf(await scan(await aPerson(), counter.toLowerCase()))).toBe(1);
    expect(numberOf(await scan(await aPerson(), counter))).toBe(2);
  });

  it('is told to the hospital by ids, without a word about her', async () => {
    const counter = await aCounter();
    const wish = { url: 'https://ehospital.example.org/abdm', events: ['profile.shared'] };
    expect((await hip.call('PUT', '/api/v1/webhooks', wish)).status).toBe(200);
    const who = await aPerson();
    await scan(who, counter);
    await scan(who, counter);
    const rows: { body: string }[] = await hip.db.query('SELECT body FROM webhook_delivery');
    expect(rows).toHaveLength(1);
    const [{ id, sharedProfileId }] = (await queueOf(counter)) as [any];
    expect(JSON.parse(rows[0]?.body ?? '')).toMatchObject({
      event: 'profile.shared',
      sharedProfileId,
      queueTokenId: id,
      tokenNumber: 1,
      counter,
    });
    expect(rows[0]?.body).not.toMatch(/phulo|kashyap|9156\d{10}/i);
    const [{ id: webhook }] = (await hip.call('GET', '/api/v1/webhooks')).body.webhooks;
    await hip.call('DELETE', `/api/v1/webhooks/${webhook}`);
  });
});

describe('A share that is refused', () => {
  it.each(['RECORD_SHARE', 'payment_share'])('%s is not a profile', async (intent) => {
    const counter = await aCounter();
    expect(await scan(await aPerson(), counter, { intent })).toMatchObject({
      status: 'refused',
      error: { code: 'ABDM-1149' },
    });
    expect(await queueOf(counter)).toEqual([]);
    expect((await audited('profile.shared')).at(-1)).toBe('intent-not-supported');
  });

  it('is a profile in small letters too', async () => {
    expect((await scan(await aPerson(), await aCounter(), { intent: 'profile_share' })).status).toBe('answered');
  });

  it('names a counter that is not there, or that is another facility’s', async () => {
    const theirs = await aCounter({}, hip.otherKey);
    for (const counterId of ['NOSUCH', theirs, 'ओपीडी', '  ', 'x'.repeat(200)]) {
      expect(await scan(await aPerson(), counterId)).toMatchObject({
        status: 'refused',
        error: { code: 'ABDM-1050' },
      });
    }
  });

  it('is for a counter that is closed, until it opens again', async () => {
    const counter = await aCounter({ isOpen: false });
    const who = await aPerson();
    expect((await scan(who, counter)).error.code).toBe('ABDM-9999');
    await hip.call('PATCH', `/api/v1/counters/${counter}`, { isOpen: true });
    expect(numberOf(await scan(who, counter))).toBe(1);
  });

  it('names another HIP in the body than in the header', async () => {
    const share = await scan(await aPerson(), await aCounter(), { metaData: { hipId: OTHER_HFR_ID } });
    expect(share.error.code).toBe('ABDM-1035');
  });

  it('does not say who shares', async () => {
    const counter = await aCounter();
    for (const changes of [
      { profile: { abhaAddress: null } },
      { profile: { abhaAddress: 'no address' } },
      { profile: { name: ' ' } },
      { overrides: { profile: { patient: [] } } },
    ]) {
      expect((await scan(await aPerson(), counter, changes)).error?.code).toBe('ABDM-1102');
    }
    expect(await queueOf(counter)).toEqual([]);
  });
});

describe('A share that comes again', () => {
  it('under one REQUEST-ID counts once', async () => {
    const counter = await aCounter();
    await scan(await aPerson(), counter, { times: 5 });
    await hip.settle();
    expect(await queueOf(counter)).toHaveLength(1);
    expect(await tokensIn(`counter:${counter}`)).toEqual([1]);
  });

  it('a thousand times, each with its own REQUEST-ID, is one place in the queue', async () => {
    const counter = await aCounter();
    const who = await aPerson();
    const first = await scan(who, counter);
    for (let round = 0; round < 10; round += 1) {
      const share = await scan(who, counter, { repeat: 100 });
      for (const each of [share, ...share.repeats]) expect(each.token?.tokenNumber).toBe(first.token.tokenNumber);
    }
    expect(await tokensIn(`counter:${counter}`)).toEqual([1]);
  });

  it('at once from nowhere known is one place too', async () => {
    const counter = await aCounter();
    const share = await scan(await aPerson(), counter, { repeat: 40 });
    expect([share, ...share.repeats].map(numberOf)).toEqual(Array.from({ length: 40 }, () => 1));
    expect(await tokensIn(`counter:${counter}`)).toEqual([1]);
  });

  it('within half an hour gives the same token, with what is left of its time', async () => {
    const counter = await aCounter();
    const who = await aPerson();
    await scan(who, counter);
    await passes(20 * MINUTE);
    const again = await scan(who, counter);
    expect(again.token.tokenNumber).toBe('1');
    expect(again.token.expirySeconds).toBeGreaterThan(9 * 60);
    expect(again.token.expirySeconds).toBeLessThanOrEqual(10 * 60);
  });

  it('after half an hour gives a new number, at the place she had, and the old one is not called', async () => {
    const counter = await aCounter();
    const who = await aPerson();
    await scan(who, counter);
    await scan(await aPerson(), counter);
    await passes(31 * MINUTE);
    expect(numberOf(await scan(who, counter))).toBe(3);
    const waiting = (await queueOf(counter)).filter(({ state }) => state === 'waiting');
    expect(waiting.map(({ number }) => number)).toEqual([3, 2]);
  });

  it.each(['done', 'left'])('after she is %s gives the same number, and she waits again, at the end', async (end) => {
    const [counter, elsewhere] = [await aCounter(), await aCounter()];
    const who = await aPerson();
    await scan(who, counter);
    await scan(await aPerson(), counter);
    const { token } = (await hip.call('POST', '/api/v1/queue/call-next', { counter })).body;
    // Wherever she was sent meanwhile: she is seen where she scans.
    await hip.call('POST', `/api/v1/queue/${token.id}/transfer`, { counter: elsewhere });
    await hip.call('POST', '/api/v1/queue/call-next', { counter: elsewhere });
    expect((await hip.call('POST', `/api/v1/queue/${token.id}/${end}`)).body).toMatchObject({ cameBackAt: null });
    await passes(10 * MINUTE);
    expect(numberOf(await scan(who, counter))).toBe(1);
    expect(await queueOf(counter)).toMatchObject([
      { number: 2, state: 'waiting', cameBackAt: null },
      { number: 1, id: token.id, state: 'waiting', cameBackAt: expect.any(String), endedAt: null },
    ]);
    const before = (await queueOf(counter))[1].cameBackAt;
    expect(numberOf(await scan(who, counter))).toBe(1);
    expect((await queueOf(counter))[1].cameBackAt).toBe(before);
    expect(await tokensIn(`counter:${counter}`)).toEqual([1, 2]);
  });

  it('after she was served, when her number has run out, gives a new one', async () => {
    const counter = await aCounter();
    const who = await aPerson();
    await scan(who, counter);
    const { token } = (await hip.call('POST', '/api/v1/queue/call-next', { counter })).body;
    await hip.call('POST', `/api/v1/queue/${token.id}/done`);
    await passes(31 * MINUTE);
    expect(numberOf(await scan(who, counter))).toBe(2);
  });

  it('at another counter is a token there', async () => {
    const [one, other] = [await aCounter(), await aCounter()];
    const who = await aPerson();
    expect(numberOf(await scan(who, one))).toBe(1);
    expect(numberOf(await scan(who, other))).toBe(1);
  });
});

describe('Token numbers', () => {
  it('have no gap and no double when hundreds scan at once and two processes do the work', async () => {
    const counters = [await aCounter(), await aCounter()];
    const second = await hip.another({ PORT: 0 });
    const { shares } = await hip.abdm('POST', '/simulator/scans', {
      hipId: HFR_ID,
      counterIds: counters,
      invented: 200,
      wait: true,
    });
    await second.stop();
    expect(shares.every(({ status }: any) => status === 'answered')).toBe(true);
    for (const counter of counters) {
      expect(await tokensIn(`counter:${counter}`)).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    }
  });

  it('begin again at 1 when it is midnight in India', async () => {
    const counter = await aCounter();
    const [early, late] = [await aPerson(), await aPerson()];
    await passes(untilMidnight() - 10 * MINUTE);
    expect(numberOf(await scan(early, counter))).toBe(1);
    expect(numberOf(await scan(late, counter))).toBe(2);
    await passes(11 * MINUTE);
    expect(numberOf(await scan(await aPerson(), counter))).toBe(1);
    // Hers of before midnight is valid still, and is called first.
    expect(numberOf(await scan(late, counter))).toBe(2);
    const { token } = (await hip.call('POST', '/api/v1/queue/call-next', { counter })).body;
    expect(token.number).toBe(1);
    expect((await queueOf(counter)).map(({ number, state }) => `${number} ${state}`)).toEqual([
      '1 called',
      '2 waiting',
      '1 waiting',
    ]);
  });

  it('are given back when the work dies in the middle', async () => {
    const counter = await aCounter();
    // Dies after the number was taken, before the answer is in the outbox: no number is lost by it.
    await hip.db.query(`CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN IF NEW.number = 2 AND random() < 2 THEN RAISE EXCEPTION 'died'; END IF; RETURN NEW; END $$`);
    await hip.db.query('CREATE TRIGGER die AFTER INSERT ON queue_token FOR EACH ROW EXECUTE FUNCTION die()');
    await scan(await aPerson(), counter);
    const second = scan(await aPerson(), counter);
    await new Promise((resolve) => setTimeout(resolve, 500));
    await hip.db.query('DROP TRIGGER die ON queue_token');
    await hip.db.query('DROP FUNCTION die');
    const third = await scan(await aPerson(), counter);
    await passes(2 * SECOND);
    expect([numberOf(third), numberOf(await second)].sort()).toEqual([2, 3]);
    expect(await tokensIn(`counter:${counter}`)).toEqual([1, 2, 3]);
  });
});

describe('An answer that is late', () => {
  it('is refused by ABDM, and the patient waits all the same', async () => {
    const counter = await aCounter();
    const share = await scan(await aPerson(), counter, { lateBySeconds: 1020 });
    expect(share.status).toBe('late');
    await hip.settle();
    expect(await queueOf(counter)).toMatchObject([{ number: 1, state: 'waiting', isTold: false }]);
  });

  it('becomes a “try later” when our own work hangs, and then there is no token', async () => {
    const counter = await aCounter();
    await scan(await aPerson(), counter);
    const blocker = hip.db.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('SELECT 1 FROM token_sequence WHERE scope = $1 FOR UPDATE', [`counter:${counter}`]);
    const stuck = scan(await aPerson(), counter);
    await new Promise((resolve) => setTimeout(resolve, 300));
    hip.clock.move(25 * SECOND);
    ahead += 25 * SECOND;
    expect(await stuck).toMatchObject({ status: 'refused', error: { code: 'ABDM-9999' } });
    await blocker.commitTransaction();
    await blocker.release();
    await hip.settle();
    expect(await tokensIn(`counter:${counter}`)).toEqual([1]);
  });
});

describe('When the day is over', () => {
  it('profiles are erased, the desk is told so, and tokens stay as numbers', async () => {
    const counter = await aCounter();
    await passes(untilMidnight() - 10 * MINUTE);
    await scan(await aPerson(), counter);
    const [{ sharedProfileId }] = (await queueOf(counter)) as [any];
    await passes(25 * MINUTE);
    expect((await profile(sharedProfileId)).status).toBe(200);
    await passes(20 * MINUTE);
    expect(await profile(sharedProfileId)).toMatchObject({ status: 410, body: { code: 'profile-erased' } });
    const [row] = await hip.db.query(
      `SELECT abha_address_hash, abha_number_hash, sealed_profile FROM shared_profile WHERE id = $1`,
      [sharedProfileId],
    );
    expect(row).toEqual({ abha_address_hash: null, abha_number_hash: null, sealed_profile: null });
    expect(
      await hip.db.query('SELECT number, state, abha_address_hash FROM queue_token WHERE shared_profile_id = $1', [
        sharedProfileId,
      ]),
    ).toEqual([{ number: 1, state: 'left', abha_address_hash: null }]);
    const kept = `SELECT direction FROM exchange WHERE name = 'patient.share' AND sealed_message IS NOT NULL
      AND created_at < $1`;
    expect(await hip.db.query(kept, [hip.clock.now()])).toEqual([]);
  });

  it('what was refused is erased too, on a day without a token', async () => {
    await passes(untilMidnight() + HOUR);
    const [counter, closed] = [await aCounter(), await aCounter({ isOpen: false })];
    const began = hip.clock.now();
    for (const [counterId, wishes] of [
      [counter, { intent: 'RECORD_SHARE' }],
      [closed, {}],
      ['NOSUCH', {}],
    ] as const) {
      expect((await scan(await aPerson(), counterId, wishes)).status).toBe('refused');
    }
    const kept = `SELECT count(*)::integer AS kept FROM exchange WHERE name = 'patient.share' AND sealed_message IS NOT NULL
      AND created_at >= $1`;
    expect((await hip.db.query(kept, [began]))[0].kept).toBeGreaterThan(0);
    await passes(untilMidnight() + 32 * MINUTE);
    await hip.settle();
    expect(await hip.db.query(kept, [began])).toEqual([{ kept: 0 }]);
  });

  it('profiles are erased too when nobody was there at midnight', async () => {
    const counter = await aCounter();
    await scan(await aPerson(), counter);
    const [{ sharedProfileId }] = (await queueOf(counter)) as [any];
    await hip.whileStopped(async () => {
      hip.clock.move(3 * DAY);
      ahead += 3 * DAY;
      await hip.abdm('POST', '/simulator/settings', { clockAheadMs: ahead });
    });
    await hip.settle();
    expect((await profile(sharedProfileId)).status).toBe(410);
  });
});

describe('Scan and share as a whole', () => {
  it('leaves an unbroken audit, nothing personal in the log, and no violation but those asked for', async () => {
    expect(await firstBrokenAuditRow(hip.db)).toBeUndefined();
    expect(hip.logged()).not.toMatch(/phulo|kashyap|9156\d{10}|900002/i);
    const violations: any[] = await hip.abdm('GET', '/simulator/violations');
    expect(violations).toEqual([]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { COUNTER_CALLBACKS, COUNTER_CALLS, ScriptedCounter } from '../testing/scripted-counter.js';
import { HIP, type Person, ScriptedHip } from '../testing/scripted-hip.js';

let hip: ScriptedHip;
let counter: ScriptedCounter;
let person: Person;
let counters = 0;
beforeAll(async () => {
  hip = await ScriptedHip.start();
});
beforeEach(async () => {
  counters += 1;
  counter = new ScriptedCounter(hip, `OPD${counters}`);
  person = await hip.aPatient();
  await hip.adapter.control('POST', 'settings', { tokenScope: 'counter', clockAheadMs: 0, shareAnswerMs: 30_000 });
});
afterAll(() => hip.stop());

const aShare = async (wishes: object = {}) => {
  await counter.isScannedBy(person, wishes);
  return counter.nextShare();
};

describe('a token', () => {
  it('is for the person who shared', async () => {
    await counter.give(await aShare(), '1', {}, { abhaAddress: 'somebody.else@sbx' });
    expect(await hip.brokenRules()).toEqual(['token-of-another']);
  });

  it('is of the counter that was scanned', async () => {
    await counter.give(await aShare(), '1', { context: 'ELSEWHERE' });
    expect(await hip.brokenRules()).toEqual(['token-context-wrong']);
  });

  it.each([1800, '0'])('does not say %p for its validity', async (expiry) => {
    await counter.give(await aShare(), '1', { expiry });
    expect(await hip.brokenRules()).toEqual(['token-expiry-wrong']);
  });

  it('is there when SUCCESS is said', async () => {
    await counter.give(await aShare(), '1', {}, { profile: undefined });
    expect(await hip.brokenRules()).toEqual(['token-missing']);
  });

  it('is kept while it is valid, at its own counter', async () => {
    const other = new ScriptedCounter(hip, `${counter.counterId}B`);
    await counter.serves(person, '1');
    await counter.serves(person, '1');
    await other.serves(person, '5');
    expect(await hip.brokenRules()).toEqual([]);
    await counter.serves(person, '2');
    expect(await hip.brokenRules()).toEqual(['token-not-kept']);
  });

  it('is replaced when its validity is over, by the adapter’s clock', async () => {
    await counter.serves(person, '1');
    await hip.adapter.control('POST', 'settings', { clockAheadMs: 31 * 60_000 });
    await counter.serves(person, '2');
    await hip.adapter.control('POST', 'settings', { clockAheadMs: 62 * 60_000 });
    await counter.serves(person, '2');
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('is nobody else’s at this counter today, and anybody’s tomorrow', async () => {
    await counter.serves(person, '1');
    await counter.serves(await hip.aPatient(), '1');
    expect(await hip.brokenRules()).toEqual(['token-given-twice']);
    await hip.adapter.control('POST', 'settings', { clockAheadMs: 24 * 3600_000 });
    await counter.serves(await hip.aPatient(), '1');
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('is kept over midnight, and leaves its number to somebody else of the new day', async () => {
    const sinceMidnight = (Date.now() + 5.5 * 3600_000) % (24 * 3600_000);
    const beforeMidnight = 24 * 3600_000 - sinceMidnight - 5 * 60_000;
    const clockAheadMs = beforeMidnight < 0 ? beforeMidnight + 24 * 3600_000 : beforeMidnight;
    await hip.adapter.control('POST', 'settings', { clockAheadMs });
    await counter.serves(person, '1');
    await hip.adapter.control('POST', 'settings', { clockAheadMs: clockAheadMs + 10 * 60_000 });
    await counter.serves(person, '1');
    await counter.serves(await hip.aPatient(), '1');
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('is nobody else’s in the facility, where numbers are given per facility', async () => {
    const other = new ScriptedCounter(hip, `${counter.counterId}B`);
    await counter.serves(person, '41');
    await other.serves(await hip.aPatient(), '41');
    expect(await hip.brokenRules()).toEqual([]);
    await hip.adapter.control('POST', 'settings', { tokenScope: 'facility' });
    await counter.serves(await hip.aPatient(), '42');
    await other.serves(await hip.aPatient(), '42');
    expect(await hip.brokenRules()).toEqual(['token-given-twice']);
  });

  it.each(['RECORD_SHARE', 'payment_share'])('is not given for a %s', async (intent) => {
    const share = await aShare({ intent });
    await counter.give(share, '1');
    const error = { code: 'ABDM-1149', message: 'Intent type is not supported at HIP end' };
    await counter.answer({ error, response: (await aShare({ intent })).response });
    expect(await hip.brokenRules()).toEqual(['share-intent-wrong']);
    await counter.answer({ error, response: (await aShare({ intent: 'profile_Share' })).response });
    expect(await hip.brokenRules()).toEqual(['share-intent-wrong']);
  });
});

describe('the running token', () => {
  const token = () => ({ hipId: HIP, context: counter.counterId, runningTokenNumber: '1' });

  it('comes to the phone', async () => {
    await counter.serves(person, '1');
    const seen = await counter.asksWhoseTurn(person, { token: token() });
    expect(seen).toMatchObject({ status: 'answered', delivered: 202, token: token() });
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('is refused where nobody has a token today', async () => {
    const error = { code: 'ABDM-1031', message: 'No tokens found for the abha address today' };
    expect(await counter.asksWhoseTurn(person, { error })).toMatchObject({ status: 'refused', error });
    expect(await hip.brokenRules()).toEqual([]);
    await counter.asksWhoseTurn(person, { token: token() });
    expect(await hip.brokenRules()).toEqual(['running-token-not-refused']);
  });

  it('is of the counter that was asked', async () => {
    await counter.serves(person, '1');
    await counter.asksWhoseTurn(person, { token: { ...token(), context: 'ELSEWHERE' } });
    expect(await hip.brokenRules()).toEqual(['token-context-wrong']);
  });

  it('is not waited for longer than a token', async () => {
    await hip.adapter.control('POST', 'settings', { shareAnswerMs: 300 });
    const path = `patients/${person.abhaAddress}/running-token`;
    const asking = hip.adapter.control('POST', path, { hipId: HIP, counterId: counter.counterId });
    const { headers } = await hip.adapter.callback(COUNTER_CALLBACKS.status);
    expect((await asking).body).toMatchObject({ status: 'unanswered' });
    const body = { token: token(), response: { requestId: String(headers['request-id']) } };
    const late = await hip.adapter.call('POST', COUNTER_CALLS.onStatus, body);
    expect(late).toMatchObject({ status: 408, body: { error: { code: 'ABDM-1015' } } });
    expect((await hip.adapter.call('POST', COUNTER_CALLS.onStatus, body)).status).toBe(408);
    expect(await hip.brokenRules()).toEqual(['answered-late']);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aRunningHip, HFR_ID, type RunningHip } from '../setup/running-hip.js';

const COUNTERS = ['OPD1', 'OPD2', 'OPD3', 'OPD4', 'OPD5', 'OPD6'];
const ASHA = {
  abhaAddress: 'asha.devi@sbx',
  abhaNumber: '91000000000015',
  name: 'Asha Devi',
  gender: 'F',
  yearOfBirth: 1980,
  monthOfBirth: 6,
  dayOfBirth: 5,
  mobile: '9876500001',
  address: { line: 'Ward 4', district: 'BASTAR', state: 'CHHATTISGARH', pincode: '494001' },
};

let hip: RunningHip;
beforeAll(async () => {
  hip = await aRunningHip();
  await hip.abdm('POST', '/simulator/patients', ASHA);
  for (const code of COUNTERS) {
    const made = await hip.call('POST', '/api/v1/counters', { code, name: `Counter ${code}` });
    expect(made.status).toBe(201);
  }
});
afterEach(async () => {
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
});
afterAll(() => hip.stop());

const scan = (counterId: string, wishes: object = {}): Promise<any> =>
  hip.abdm('POST', `/simulator/patients/${ASHA.abhaAddress}/scan`, { hipId: HFR_ID, counterId, wait: true, ...wishes });

describe('people with their phones at the counters', () => {
  it('get tokens without gap or double, 200 of them at six counters', async () => {
    const wish = { hipId: HFR_ID, counterIds: COUNTERS, invented: 200, perSecond: 50, wait: true };
    const { summary } = await hip.abdm('POST', '/simulator/scans', wish);
    expect(summary).toMatchObject({ total: 200, byStatus: { answered: 200, refused: 0, unanswered: 0, late: 0 } });
    expect(summary.counters).toHaveLength(6);
    for (const counter of summary.counters) expect(counter).toMatchObject({ given: counter.highest, missing: 0 });
    expect(summary.slowestMs).toBeLessThan(30_000);
  });

  it('keep the number when they scan again, or when ABDM repeats itself', async () => {
    const { token, repeats } = await scan('OPD1', { repeat: 5, times: 3 });
    const again = await scan('OPD1');
    const numbers = [...repeats, again].map((one: any) => one.token.tokenNumber);
    expect(new Set(numbers)).toEqual(new Set([token.tokenNumber]));
    const tokens = await hip.abdm('GET', `/simulator/patients/${ASHA.abhaAddress}/tokens`);
    expect(tokens).toHaveLength(6);
  });

  it.each([
    ['no ABHA number', { abhaNumber: null }],
    ['numbers for texts', { abhaNumber: 91000000000015, dayOfBirth: 5, monthOfBirth: 6, yearOfBirth: 1980 }],
    ['the older spelling of pinCode', { address: { pinCode: '494001' } }],
    ['a year of birth alone', { dayOfBirth: null, monthOfBirth: null }],
    ['no address', { address: null, phoneNumber: null }],
  ])('get a token with %s', async (_what, profile) => {
    expect(await scan('OPD2', { profile })).toMatchObject({ status: 'answered' });
  });

  it('get one for an intent in lower case, and none for another intent or counter', async () => {
    expect(await scan('OPD3', { intent: 'profile_share' })).toMatchObject({ status: 'answered' });
    for (const intent of ['RECORD_SHARE', 'payment_share']) {
      expect(await scan('OPD3', { intent })).toMatchObject({ status: 'refused', error: { code: 'ABDM-1149' } });
    }
    expect(await scan('NOWHERE')).toMatchObject({ status: 'refused', error: { code: expect.any(String) } });
  });

  it('are in the queue, though ABDM delivered 17 minutes late and took no answer', async () => {
    expect(await scan('OPD4', { lateBySeconds: 1020 })).toMatchObject({ status: 'late' });
    await hip.settle();
    const { body } = await hip.call('GET', '/api/v1/queue?counter=OPD4');
    expect(body.tokens.at(-1)).toMatchObject({ state: 'waiting', isTold: false });
  });

  it('see whose turn it is, where tokens were given today', async () => {
    const ask = (counterId: string) =>
      hip.abdm('POST', `/simulator/patients/${ASHA.abhaAddress}/running-token`, { hipId: HFR_ID, counterId });
    await hip.call('POST', '/api/v1/queue/call-next', { counter: 'OPD1' });
    expect(await ask('OPD1')).toMatchObject({
      status: 'answered',
      token: { context: 'OPD1', runningTokenNumber: '1' },
    });
    expect(await ask('NOWHERE')).toMatchObject({ status: 'refused', error: { code: 'ABDM-1031' } });
  });

  it('scan the very QR that hangs at the counter', async () => {
    const qr = (await hip.call('GET', '/api/v1/counters/OPD5')).body.scanUrl;
    const seen = await hip.abdm('POST', `/simulator/patients/${ASHA.abhaAddress}/scan`, { qr, wait: true });
    expect(seen).toMatchObject({ status: 'answered' });
  });

  it('get a new number when the half hour is over', async () => {
    const before = await scan('OPD6');
    await hip.later(31 * 60_000);
    await hip.abdm('POST', '/simulator/settings', { clockAheadMs: 31 * 60_000 });
    const after = await scan('OPD6');
    expect(Number(after.token.tokenNumber)).toBeGreaterThan(Number(before.token.tokenNumber));
  });
});

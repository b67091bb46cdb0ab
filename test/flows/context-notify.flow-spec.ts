import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { addressIn, aLinkingHip, corrected, HOUR, MINUTE, SECOND, type LinkingHip } from '../setup/linking-hip.js';

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip({ CONTEXT_NOTIFY_DELAYS: '5,15,60' });
});
afterEach(async () => {
  await hip.abdm('DELETE', '/simulator/faults');
  await hip.abdm('POST', '/simulator/settings', { notifyTooSoonMs: 0 });
});
afterAll(() => hip.stop());

async function aLinkedVisit(): Promise<{ id: string; row: Columns; address: string }> {
  const row = aLegacyVisit();
  const { id } = await hip.closes(row);
  await hip.settle();
  expect((await hip.visit(id)).state).toBe('linked');
  return { id, row, address: addressIn(row) };
}

const tooSoon = (ms: number): Promise<unknown> => hip.abdm('POST', '/simulator/settings', { notifyTooSoonMs: ms });

describe('After linking, ABDM is told of the records', () => {
  it('five seconds later, with the references the visit was linked under', async () => {
    const { id, row, address } = await aLinkedVisit();
    await hip.later(3 * SECOND);
    expect(await hip.asked('notify', address)).toEqual([]);
    await hip.later(3 * SECOND);
    const [{ body }] = await hip.asked('notify', address);
    const { UHID } = row['PATIENT'] as { UHID: string };
    expect(body.notification).toMatchObject({
      patient: { id: address },
      careContext: { patientReference: UHID, careContextReference: row['OPD_NO'] },
      hiTypes: ['OPConsultation', 'Prescription'],
      hip: { id: row['FACILITY_HFR'] },
    });
    expect(await hip.steps(id)).toContain('notified');
  });

  it('again 15 s and 60 s after each "not linked yet" (1006), and then no more', async () => {
    await tooSoon(HOUR);
    const { id, address } = await aLinkedVisit();
    const told = async (): Promise<number> => (await hip.asked('notify', address)).length;
    await hip.later(6 * SECOND);
    expect(await told()).toBe(1);
    await hip.later(13 * SECOND);
    expect(await told()).toBe(1);
    await hip.later(3 * SECOND);
    expect(await told()).toBe(2);
    await hip.later(57 * SECOND);
    expect(await told()).toBe(2);
    await hip.later(4 * SECOND);
    expect(await told()).toBe(3);
    expect(await hip.steps(id)).toContain('not-notified ABDM-1006');
    await hip.later(HOUR);
    expect(await told()).toBe(3);
    expect((await hip.visit(id)).state).toBe('linked');
  });

  it('and the third time is as good as the first', async () => {
    await tooSoon(HOUR);
    const { id } = await aLinkedVisit();
    await hip.later(6 * SECOND);
    await hip.later(16 * SECOND);
    await tooSoon(0);
    await hip.later(61 * SECOND);
    const steps = await hip.steps(id);
    expect(steps).toContain('notified');
    expect(steps.join()).not.toMatch(/not-notified/);
  });

  it('with a fresh REQUEST-ID each time', async () => {
    await tooSoon(HOUR);
    const { address } = await aLinkedVisit();
    for (const seconds of [6, 16, 61]) await hip.later(seconds * SECOND);
    const asked = await hip.asked('notify', address);
    expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(3);
  });
});

describe('A notice that fails', () => {
  it.each([
    ['by callback', { silent: true }, true],
    ['at once', { status: 400, body: { code: 'ABDM-1035: ', message: 'Invalid HIP ID' } }, false],
  ])('for another reason (%s) is not repeated, and the visit stays linked', async (_, fault, isByCallback) => {
    await hip.forget();
    await hip.misbehaves('notify', fault);
    const { id, address } = await aLinkedVisit();
    await hip.later(6 * SECOND);
    if (isByCallback) {
      const [question] = await hip.asked('notify', address);
      const error = { code: 'ABDM-1035', message: 'Invalid HIP ID' };
      await hip.answers('notify', question, { acknowledgement: { status: 'ERRORED' }, error });
      await hip.settle();
    }
    await hip.later(HOUR);
    expect(await hip.asked('notify')).toHaveLength(1);
    expect(await hip.steps(id)).toContain('not-notified ABDM-1035');
    expect((await hip.visit(id)).state).toBe('linked');
    const said = (await hip.visit(id)).timeline.at(-1);
    expect(said.en).toMatch(/linked all the same/);
  });

  it('because nobody answers is made again', async () => {
    await hip.misbehaves('notify', { silent: true });
    const { id, address } = await aLinkedVisit();
    await hip.later(6 * SECOND);
    await hip.later(6 * MINUTE);
    await hip.later(20 * SECOND);
    expect(await hip.asked('notify', address)).toHaveLength(2);
    expect(await hip.steps(id)).toContain('notified');
  });

  it('is forgotten when the visit is corrected: the new records get all three tries again', async () => {
    await tooSoon(HOUR);
    const { id, row, address } = await aLinkedVisit();
    for (const seconds of [6, 16, 61]) await hip.later(seconds * SECOND);
    expect(await hip.asked('notify', address)).toHaveLength(3);
    await hip.closes(corrected(row, { ADVICE: 'Rest' }), false);
    await hip.settle();
    await tooSoon(0);
    await hip.later(16 * SECOND);
    expect(await hip.asked('notify', address)).toHaveLength(5);
    expect((await hip.steps(id)).at(-1)).toBe('notified');
  });
});

describe('The answer to a notice', () => {
  it('changes nothing when it comes twice', async () => {
    await hip.misbehaves('notify', { duplicateCallback: true });
    const { id, address } = await aLinkedVisit();
    await hip.later(6 * SECOND);
    const [question] = await hip.asked('notify', address);
    await hip.answers('notify', question, {
      acknowledgement: { status: 'ERRORED' },
      error: { code: 'ABDM-1006: ', message: 'No care context linked with given reference number' },
    });
    await hip.settle();
    await hip.later(MINUTE);
    expect((await hip.steps(id)).filter((step) => /notified/.test(step))).toEqual(['notified']);
    expect(await hip.asked('notify', address)).toHaveLength(1);
  });

  it('is awaited over a restart: what was due is told by the next process', async () => {
    const { id, address } = await aLinkedVisit();
    await hip.whileStopped(() => Promise.resolve());
    expect(await hip.asked('notify', address)).toEqual([]);
    await hip.later(6 * SECOND);
    expect(await hip.steps(id)).toContain('notified');
  });
});

describe('A linked visit that is corrected', () => {
  it('is not linked again; ABDM is told, and the patient’s app gets the new records', async () => {
    const { id, row, address } = await aLinkedVisit();
    await hip.later(6 * SECOND);
    await hip.closes(corrected(row, { ADVICE: 'Drink boiled water only' }), false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    expect(await hip.asked('link', address)).toHaveLength(1);
    expect(await hip.asked('notify', address)).toHaveLength(2);
    const records = await pulled(address);
    expect(records).toHaveLength(2);
    expect(records.join()).toMatch(/Drink boiled water only/);
  });

  it('with a new kind of record says so in the notice', async () => {
    const row = aLegacyVisit({ RX: [] });
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.later(6 * SECOND);
    expect(await hip.asked('notify', addressIn(row))).toHaveLength(1);
    const drug = { DRUG: 'TAB PCM 500', DOSE: '1', FREQ: 'TDS', DAYS: '3', ROUTE: 'ORAL' };
    await hip.closes(corrected(row, { RX: [drug] }), false);
    await hip.settle();
    const notices = await hip.asked('notify', addressIn(row));
    expect(notices.at(-1).body.notification.hiTypes).toEqual(['OPConsultation', 'Prescription']);
    expect((await hip.visit(id)).records).toHaveLength(2);
  });

  it('is not told of when the correction takes it back', async () => {
    const { id, row, address } = await aLinkedVisit();
    await hip.closes(corrected(row, { DEL_FLAG: 'Y' }), false);
    await hip.later(6 * SECOND);
    expect(await hip.asked('notify', address)).toEqual([]);
    expect((await hip.visit(id)).state).toBe('withdrawn');
  });

  async function pulled(address: string): Promise<string[]> {
    const [{ transactionId }] = await hip.abdm('POST', `/simulator/patients/${address}/pull`, {});
    await hip.settle();
    const transfer = await hip.abdm('GET', `/simulator/transfers/${transactionId}`);
    return transfer.entries.map(({ plaintext }: any) => plaintext);
  }
});

it('In all of this no rule of ABDM was broken', async () => {
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLegacyVisit } from '../makers/legacy-visit.js';
import { aRunningHip, type RunningHip } from '../setup/running-hip.js';

describe('A visit, from the hospital to the patient’s app', () => {
  let hip: RunningHip;
  beforeAll(async () => {
    hip = await aRunningHip();
  });
  afterAll(() => hip.stop());

  it('is linked, and arrives in the app byte for byte as it was built', async () => {
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    const visit = await hip.visit(id);
    expect(visit.state).toBe('linked');
    const { ABHA_ADDR } = row['PATIENT'] as { ABHA_ADDR: string };
    const [pull] = await hip.abdm('POST', `/simulator/patients/${ABHA_ADDR}/pull`, {});
    await hip.settle();
    const transfer = await hip.abdm('GET', `/simulator/transfers/${pull.transactionId}`);
    expect(transfer.state).toBe('transferred');
    expect(transfer.entries).toHaveLength(2);
    expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
  });
});

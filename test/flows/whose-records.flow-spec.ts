import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { aRunningHip, HFR_ID, type RunningHip } from '../setup/running-hip.js';

const addressIn = (row: Columns): string => (row['PATIENT'] as { ABHA_ADDR: string }).ABHA_ADDR;

describe('Nobody gets another patient’s records', () => {
  let hip: RunningHip;
  beforeAll(async () => {
    hip = await aRunningHip();
  });
  afterAll(() => hip.stop());

  it('when a consent names a care context that is not the consenting patient’s', async () => {
    const [own, others] = [aLegacyVisit(), aLegacyVisit()];
    await hip.closes(own);
    await hip.closes(others);
    await hip.settle();
    const careContexts = [own, others].map((row) => ({
      patientReference: (row['PATIENT'] as { UHID: string }).UHID,
      careContextReference: String(row['OPD_NO']),
    }));
    const { consentId } = await hip.abdm('POST', '/simulator/consents', {
      abhaAddress: addressIn(own),
      hipId: HFR_ID,
      careContexts,
    });
    await hip.settle();
    const { transactionId } = await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {});
    await hip.settle();
    const transfer = await hip.abdm('GET', `/simulator/transfers/${transactionId}`);
    expect(new Set(transfer.entries.map((entry: any) => entry.careContextReference))).toEqual(new Set([own['OPD_NO']]));
    const answers = transfer.notify.statusNotification?.statusResponses ?? [];
    expect(answers).toContainEqual(
      expect.objectContaining({ careContextReference: others['OPD_NO'], hiStatus: 'ERRORED' }),
    );
  });

  it('when a linked visit is corrected to another patient: it is set aside, and its old records are no longer given', async () => {
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    const somebodyElse = aLegacyVisit()['PATIENT'] as Columns;
    const { state, reasons } = await hip.closes({ ...row, ROW_VER: 2, PATIENT: somebodyElse });
    expect(state).toBe('quarantined');
    expect(reasons[0]).toMatchObject({ code: 'patient-changed-after-link', field: 'PATIENT' });
    await hip.settle();
    expect((await hip.visit(id)).records).toEqual([]);
    const [pull] = await hip.abdm('POST', `/simulator/patients/${addressIn(row)}/pull`, {});
    await hip.settle();
    expect((await hip.abdm('GET', `/simulator/transfers/${pull.transactionId}`)).entries).toEqual([]);
  });

  it('when a linked visit is corrected to another ABHA address', async () => {
    const row = aLegacyVisit();
    await hip.closes(row);
    await hip.settle();
    const { ABHA_NO, ABHA_ADDR } = aLegacyVisit()['PATIENT'] as Columns;
    const patient = { ...(row['PATIENT'] as Columns), ABHA_NO, ABHA_ADDR };
    const { state, reasons } = await hip.closes({ ...row, ROW_VER: 2, PATIENT: patient });
    expect([state, reasons[0].code]).toEqual(['quarantined', 'patient-changed-after-link']);
  });

  it('when nobody can tell whether a visit was withdrawn: it is set aside, and stays so when ABDM’s answer comes late', async () => {
    const row = aLegacyVisit();
    await hip.abdm('POST', '/simulator/settings', { callbackDelayMs: [800, 800] });
    const { id } = await hip.closes(row);
    await new Promise((resolve) => setTimeout(resolve, 1_200)); // the token has come, the link is asked for
    await hip.closes({ ...row, ROW_VER: 2, DEL_FLAG: 'CANCELLED?' });
    await hip.settle();
    await hip.abdm('POST', '/simulator/settings', { callbackDelayMs: [0, 0] });
    await hip.settle();
    expect(await hip.visit(id)).toMatchObject({ state: 'quarantined', records: [] });
  });

  it('when a visit that waits for ABHA is corrected to another patient: it goes to her', async () => {
    const row = aLegacyVisit({ PATIENT: { ABHA_NO: '', ABHA_ADDR: '' } });
    const { id } = await hip.closes(row);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('waiting-for-abha');
    const right = aLegacyVisit();
    await hip.closes({ ...row, ROW_VER: 2, PATIENT: right['PATIENT'] });
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    const links = await hip.abdm('GET', `/simulator/patients/${addressIn(right)}/care-contexts`);
    expect(links.map((link: any) => link.careContextReference)).toEqual([row['OPD_NO']]);
  });
});

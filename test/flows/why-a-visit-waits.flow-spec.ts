import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DemoOtps } from '../../src/hospital/demo-otps.js';
import { OTP_SENDER } from '../../src/ports/otp-sender.port.js';
import { abhaHolderOf, aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { addressIn, aLinkingHip, anotherVisitOf, MINUTE, type LinkingHip } from '../setup/linking-hip.js';
import { HFR_ID, type Answer } from '../setup/running-hip.js';

const DEACTIVATED = { code: 'ABDM-1031', message: 'The abha address is deactivated.' };

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip({ OTP_SENDER: 'demo' });
});
afterEach(() => hip.abdm('DELETE', '/simulator/faults'));
afterAll(() => hip.stop());

async function closes(row: Columns, isKnown = true): Promise<string> {
  const { id } = await hip.closes(row, isKnown);
  await hip.settle();
  return id;
}

const tryAgain = async (id: string): Promise<Answer> => {
  const answer = await hip.call('POST', `/api/v1/visits/${id}/retry`);
  await hip.settle();
  return answer;
};
const stateOf = async (id: string): Promise<string> => (await hip.visit(id)).state;
const lastOf = async (id: string): Promise<any> => (await hip.visit(id)).timeline.at(-1);
const reasonOf = async (id: string): Promise<any> =>
  (await hip.visit(id)).timeline.filter(({ step }: any) => step === 'waiting-for-abha').at(-1);

describe('A visit that comes with a deactivated ABHA address', () => {
  it('says so, and not that there is none; "try again" links it once ABDM says that it is in use again', async () => {
    const row = aLegacyVisit();
    await closes(row);
    await hip.abdm('POST', `/simulator/patients/${addressIn(row)}/deactivate`, {});
    await hip.settle();
    const ids = [await closes(anotherVisitOf(row), false), await closes(anotherVisitOf(row), false)];
    const [id = ''] = ids;
    expect(await reasonOf(id)).toMatchObject({
      code: 'abha-not-in-use',
      en: expect.stringMatching(/deactivated or deleted.*reactivate.*"try again"/),
      hi: expect.stringMatching(/निष्क्रिय/),
      mend: 'patient',
    });
    const refused = await tryAgain(id);
    expect([refused.status, refused.body.code]).toEqual([409, 'abha-not-in-use']);
    expect(refused.body.detail).toMatch(/reactivate it in her app/);

    await hip.abdm('POST', `/simulator/patients/${addressIn(row)}/reactivate`, { hipIds: [HFR_ID] });
    await hip.settle();
    expect(await reasonOf(id)).toMatchObject({ code: 'abha-in-use-again', mend: 'hospital' });
    expect((await tryAgain(id)).status).toBe(202);
    expect(await Promise.all(ids.map(stateOf))).toEqual(['linked', 'linked']);
  });

  it('after ABDM refused it as deactivated waits too, and "try again" asks ABDM anew', async () => {
    const row = aLegacyVisit();
    await hip.misbehaves('link', { status: 400, body: DEACTIVATED });
    await closes(row);
    const id = await closes(anotherVisitOf(row), false);
    expect(await reasonOf(id)).toMatchObject({ code: 'abha-not-in-use' });
    expect((await tryAgain(id)).status).toBe(202);
    expect(await stateOf(id)).toBe('linked');
  });

  it('is nothing to try again when there was no address', async () => {
    const id = await closes(aLegacyVisit({ PATIENT: { ABHA_NO: '', ABHA_ADDR: '' } }));
    expect(await reasonOf(id)).toMatchObject({ code: null, en: expect.stringMatching(/no ABHA address yet/) });
    const refused = await tryAgain(id);
    expect([refused.status, refused.body.code]).toEqual([409, 'nothing-to-retry']);
  });
});

describe('A visit that the patient chose in her app', () => {
  /** Two visits of a patient whose ABHA the hospital was not told, and the first of them chosen. */
  async function chosen(): Promise<{ ids: string[]; transactionId: string; code: string }> {
    const mobile = `90000${String(Date.now()).slice(-5)}`;
    const known = aLegacyVisit({ PATIENT: { MOBILE: mobile } });
    await hip.abdm('POST', '/simulator/patients', { ...abhaHolderOf(known), mobile });
    const first = anotherVisitOf(known, { PATIENT: { ABHA_NO: '', ABHA_ADDR: '' } });
    const ids = [await closes(first, false), await closes(anotherVisitOf(first), false)];
    const discover = `/simulator/patients/${addressIn(known)}/discover`;
    const { transactionId } = await hip.abdm('POST', discover, { hipId: HFR_ID });
    await hip.settle();
    const careContexts = [first['OPD_NO']];
    await hip.abdm('POST', `/simulator/discoveries/${transactionId}/init`, { careContexts });
    await hip.settle();
    const [sent] = hip.adapter.app.get<DemoOtps>(OTP_SENDER).sentTo(mobile).slice(-1);
    return { ids, transactionId, code: /\d{6}/.exec(sent?.text.en ?? '')?.[0] ?? '' };
  }

  async function types(transactionId: string, token: string): Promise<void> {
    await hip.abdm('POST', `/simulator/discoveries/${transactionId}/confirm`, { token });
    await hip.settle();
  }

  it('says that the code was wrong, then that it was wrong too often', async () => {
    const { ids, transactionId } = await chosen();
    const [id = '', other = ''] = ids;
    await types(transactionId, '000000');
    expect(await lastOf(id)).toMatchObject({ step: 'code-not-confirmed', code: 'otp-wrong', mend: 'patient' });
    for (let count = 0; count < 4; count++) await types(transactionId, '000000');
    const said = await lastOf(id);
    expect(said).toMatchObject({ step: 'code-not-confirmed', code: 'too-many-tries' });
    expect(said.hi).toMatch(/कोड/);
    expect((await hip.visit(id)).timeline.filter(({ step }: any) => step === 'code-not-confirmed')).toHaveLength(1);
    expect((await lastOf(other)).step).not.toBe('code-not-confirmed');
  });

  it('says that the code was not typed in time', async () => {
    const { ids } = await chosen();
    await hip.later(20 * MINUTE);
    expect(await lastOf(ids[0] ?? '')).toMatchObject({ step: 'code-not-confirmed', code: 'otp-expired' });
  });

  it('is linked; the one she did not choose says why it waits, and "try again" links it', async () => {
    const { ids, transactionId, code } = await chosen();
    await types(transactionId, code);
    const [id = '', other = ''] = ids;
    expect(await Promise.all(ids.map(stateOf))).toEqual(['linked', 'waiting-for-abha']);
    expect((await hip.visit(id)).timeline.map(({ step }: any) => step)).not.toContain('code-not-confirmed');
    expect(await reasonOf(other)).toMatchObject({
      code: 'abha-known-since',
      en: expect.stringMatching(/she did not choose.*"try again"/),
      mend: 'hospital',
    });
    expect((await tryAgain(other)).status).toBe(202);
    expect(await stateOf(other)).toBe('linked');
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { addressIn, aLinkingHip, anotherVisitOf, corrected, MINUTE, type LinkingHip } from '../setup/linking-hip.js';

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip();
});
afterEach(() => hip.abdm('DELETE', '/simulator/faults'));
afterAll(() => hip.stop());

const send = (row: Columns): Promise<any> => hip.call('POST', '/api/v1/visits', row);

async function pulled(row: Columns): Promise<string> {
  const [pull] = await hip.abdm('POST', `/simulator/patients/${addressIn(row)}/pull`, {});
  await hip.settle();
  const transfer = await hip.abdm('GET', `/simulator/transfers/${pull.transactionId}`);
  return transfer.entries.map(({ plaintext }: any) => plaintext).join();
}

describe('The same visit, sent again', () => {
  it('changes nothing, and says so', async () => {
    const row = aLegacyVisit();
    const first = await hip.closes(row);
    await hip.settle();
    const steps = await hip.steps(first.id);
    const again = await hip.closes(row);
    await hip.settle();
    expect(again).toMatchObject({ id: first.id, outcome: 'unchanged', state: 'linked' });
    expect(await hip.steps(first.id)).toEqual(steps);
  });

  it('with its columns in another order is still the same', async () => {
    const row = aLegacyVisit();
    const first = await hip.closes(row);
    const turned = Object.fromEntries(Object.entries(row).reverse());
    expect(await hip.closes(turned)).toMatchObject({ id: first.id, outcome: 'unchanged' });
  });

  it('ten times at once is one visit, linked once', async () => {
    const row = aLegacyVisit();
    await hip.closes(anotherVisitOf(row, { OPD_NO: `${String(row['OPD_NO'])}-B` }));
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(row)));
    await hip.settle();
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(202));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.filter(({ body }) => body.outcome === 'received')).toHaveLength(1);
    expect(await hip.linksOf(addressIn(row))).toHaveLength(2);
  });

  it('under the same version with another content is refused, and the first stays', async () => {
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    const answer = await send({ ...row, ADVICE: 'Rest' });
    expect(answer.status).toBe(409);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({
      status: 409,
      code: 'same-version-other-content',
      errors: [{ field: 'ROW_VER', code: 'same-version-other-content' }],
    });
    await hip.settle();
    expect((await hip.visit(id)).rowVersion).toBe(1);
    expect(await pulled(row)).not.toMatch(/Rest/);
  });
});

describe('A correction', () => {
  it('with a higher version replaces the visit', async () => {
    const row = aLegacyVisit();
    const first = await hip.closes(row);
    await hip.settle();
    const second = await hip.closes(corrected(row, { ROW_VER: 5, ADVICE: 'Walk daily' }));
    await hip.settle();
    expect(second).toMatchObject({ id: first.id, outcome: 'corrected' });
    const visit = await hip.visit(first.id);
    expect(visit).toMatchObject({ rowVersion: 5, state: 'linked' });
    expect(visit.records).toHaveLength(2);
    expect(await pulled(row)).toMatch(/Walk daily/);
  });

  it('that is older than what is known changes nothing', async () => {
    const row = corrected(aLegacyVisit(), { ROW_VER: 3 });
    const first = await hip.closes(row);
    await hip.settle();
    const older = await hip.closes({ ...row, ROW_VER: 2, ADVICE: 'An older word' });
    await hip.settle();
    expect(older).toMatchObject({ id: first.id, outcome: 'older', state: 'linked' });
    expect((await hip.visit(first.id)).rowVersion).toBe(3);
    expect(await pulled(row)).not.toMatch(/An older word/);
  });

  it('in five versions at once, in whatever order, leaves the highest', async () => {
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    const versions = [4, 2, 6, 3, 5].map((version) => ({ ...row, ROW_VER: version, ADVICE: `Version ${version}` }));
    const answers = await Promise.all(versions.map(send));
    expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(202));
    await hip.settle();
    expect(await hip.visit(id)).toMatchObject({ rowVersion: 6, state: 'linked' });
    expect(await pulled(row)).toMatch(/Version 6/);
  });

  it('while ABDM is being asked to link does not link twice, and ABDM hears of it afterwards', async () => {
    await hip.misbehaves('link', { silent: true });
    const row = aLegacyVisit({ RX: [] });
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.closes(corrected(row, { RX: [{ DRUG: 'TAB PCM 500' }] }), false);
    await hip.settle();
    expect(await hip.asked('link', addressIn(row))).toHaveLength(1);
    const [question] = await hip.asked('link', addressIn(row));
    await hip.answers('link', question, { status: 'Successfully Linked care context' });
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    const [notice] = await hip.asked('notify', addressIn(row));
    expect(notice.body.notification.hiTypes).toEqual(['OPConsultation', 'Prescription']);
  });

  it('of a failed visit starts over', async () => {
    const row = aLegacyVisit({ PATIENT: { DOB: '' } });
    const { id } = await hip.closes(row);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('failed');
    await hip.closes(corrected(row, { PATIENT: { DOB: '04/03/1991' } }), false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
  });

  it('of a visit that could not be read lets it go on', async () => {
    const row = aLegacyVisit({ REG_DT: '45/13/2025' });
    const first = await hip.closes(row);
    expect(first.state).toBe('quarantined');
    await hip.closes(corrected(row, { REG_DT: '12/08/2025 09:41' }), false);
    await hip.settle();
    expect(await hip.visit(first.id)).toMatchObject({ state: 'linked', reasons: [], day: '2025-08-12' });
  });

  it('that cannot be read sets a linked visit aside; her records stay as they were', async () => {
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.closes(corrected(row, { REG_DT: '45/13/2025' }), false);
    await hip.settle();
    const visit = await hip.visit(id);
    expect(visit).toMatchObject({
      state: 'quarantined',
      reasons: [{ code: 'registration-impossible', field: 'REG_DT' }],
    });
    expect(visit.records).toHaveLength(2);
  });
});

describe('A visit the hospital takes back', () => {
  it('gives out no record any more, though it stays linked', async () => {
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    expect(await pulled(row)).not.toBe('');
    const answer = await hip.closes(corrected(row, { DEL_FLAG: 'Y' }));
    await hip.settle();
    expect(answer).toMatchObject({ id, outcome: 'withdrawn', state: 'withdrawn' });
    expect((await hip.visit(id)).records).toEqual([]);
    expect(await pulled(row)).toBe('');
  });

  it('while ABDM is being asked to link stays withdrawn when the link comes, and is not told of', async () => {
    await hip.misbehaves('link', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.closes(corrected(row, { DEL_FLAG: 'Y' }), false);
    const [question] = await hip.asked('link', addressIn(row));
    await hip.answers('link', question, { status: 'Successfully Linked care context' });
    await hip.settle();
    await hip.later(2 * MINUTE);
    expect((await hip.visit(id)).state).toBe('withdrawn');
    expect(await hip.asked('notify', addressIn(row))).toEqual([]);
  });

  it('cannot be tried again', async () => {
    const row = aLegacyVisit({ DEL_FLAG: 'Y' });
    const { id } = await hip.closes(row);
    const answer = await hip.call('POST', `/api/v1/visits/${id}/retry`);
    expect([answer.status, answer.body.code]).toEqual([409, 'nothing-to-retry']);
  });
});

it('In all of this no rule of ABDM was broken', async () => {
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
});

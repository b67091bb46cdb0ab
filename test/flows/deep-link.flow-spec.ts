import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { HFR_ID, OTHER_HFR_ID } from '../setup/running-hip.js';
import { aLinkingHip, anotherVisitOf, corrected, DAY, HOUR, MINUTE, type LinkingHip } from '../setup/linking-hip.js';

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip();
});
afterEach(async () => {
  await hip.abdm('DELETE', '/simulator/faults');
  await hip.abdm('POST', '/simulator/settings', { smsError: null, smsFlat: false });
});
afterAll(() => hip.stop());

let lastMobile = 9_812_310_000;
const aMobile = (): string => String(++lastMobile);

/** Day and time at the counter, so many days ago, in real time: a visit of tomorrow would not be understood. */
function registered(daysAgo: number): string {
  const at = new Date(Date.now() - daysAgo * DAY + 5.5 * HOUR).toISOString();
  const [year, month, day] = at.slice(0, 10).split('-');
  return `${day}/${month}/${year} ${at.slice(11, 16)}`;
}

/** A visit of somebody of whom only a mobile is known. */
const ofAMobile = (mobile: string, changes: Columns = {}): Columns => {
  const { PATIENT, ...rest } = changes;
  return aLegacyVisit({
    REG_DT: registered(0),
    ...rest,
    PATIENT: { MOBILE: mobile, ABHA_NO: '', ABHA_ADDR: '', ...(PATIENT as Columns | undefined) },
  });
};

const smsTo = async (mobile: string): Promise<any[]> =>
  ((await hip.abdm('GET', '/simulator/sms')) as any[]).filter(({ phoneNo }) => phoneNo === mobile);

async function closes(row: Columns): Promise<string> {
  const { id } = await hip.closes(row);
  await hip.settle();
  return id;
}

const misbehaves = (fault: Columns): Promise<unknown> =>
  hip.abdm('POST', '/simulator/faults', { operationId: 'notifyPatientBySms', ...fault });

describe('A patient of whom only a mobile is known', () => {
  it('gets an SMS from ABDM once her records are ready; it learns the mobile and the facility only', async () => {
    const mobile = aMobile();
    const id = await closes(ofAMobile(mobile));
    const [sms, ...more] = await smsTo(mobile);
    expect(sms).toMatchObject({
      phoneNo: mobile,
      hipId: HFR_ID,
      hipName: 'District Hospital Bastar',
      outcome: 'SUCCESS',
    });
    expect(more).toEqual([]);
    expect((await hip.visit(id)).state).toBe('waiting-for-abha');
    expect(await hip.steps(id)).toEqual(['received', 'built', 'waiting-for-abha', 'deep-link-asked', 'deep-link-sent']);
    const [{ body }] = await hip.abdm('GET', `/simulator/messages?path=/sms/notify2`);
    expect(Object.keys(body)).toEqual(['notification']);
  });

  it('is told so on the visit in words, also when the answer comes in the flat form of the M2 document', async () => {
    await hip.abdm('POST', '/simulator/settings', { smsFlat: true });
    const mobile = aMobile();
    const id = await closes(ofAMobile(mobile));
    const said = (await hip.visit(id)).timeline.at(-1);
    expect(said).toMatchObject({ step: 'deep-link-sent', mend: null });
    expect(said.en).toMatch(/SMS/);
    expect(said.hi).toMatch(/SMS/);
  });

  it('gets one a day, however many visits and corrections there are', async () => {
    const mobile = aMobile();
    const row = ofAMobile(mobile);
    await closes(row);
    await closes(corrected(row, { ADVICE: 'Rest' }));
    await closes(anotherVisitOf(row, { REG_DT: registered(0) }));
    expect(await smsTo(mobile)).toHaveLength(1);
    await hip.later(DAY);
    await closes(anotherVisitOf(row, { REG_DT: registered(0) }));
    expect(await smsTo(mobile)).toHaveLength(2);
  });

  it('gets one a day, also when she gives another mobile', async () => {
    const [first, second] = [aMobile(), aMobile()];
    const row = ofAMobile(first);
    await closes(row);
    await closes(anotherVisitOf(row, { REG_DT: registered(0), PATIENT: { MOBILE: second } }));
    expect([await smsTo(first), await smsTo(second)].map(({ length }) => length)).toEqual([1, 0]);
  });

  it('shares it with her family: the mobile gets one, whoever came', async () => {
    const mobile = aMobile();
    await Promise.all([1, 2, 3, 4].map(() => hip.closes(ofAMobile(mobile))));
    await hip.settle();
    expect(await smsTo(mobile)).toHaveLength(1);
  });

  it('gets one from each hospital, since neither knows of the other', async () => {
    const mobile = aMobile();
    await closes(ofAMobile(mobile));
    const answer = await hip.call('POST', '/api/v1/visits', ofAMobile(mobile, { FACILITY_HFR: OTHER_HFR_ID }), {
      'x-api-key': hip.otherKey,
    });
    expect(answer.status).toBe(202);
    await hip.settle();
    expect((await smsTo(mobile)).map(({ hipId }) => hipId)).toEqual([HFR_ID, OTHER_HFR_ID]);
  });

  it.each([
    ['no mobile', () => ofAMobile('')],
    ['a mobile that is a clerk’s placeholder', () => ofAMobile('9999999999')],
    ['a visit of last month', () => ofAMobile(aMobile(), { REG_DT: registered(31) })],
    ['a visit that was taken back', () => ofAMobile(aMobile(), { DEL_FLAG: 'Y' })],
    ['an ABHA address', () => aLegacyVisit({ REG_DT: registered(0), PATIENT: { MOBILE: aMobile() } })],
  ])('gets none with %s', async (_what, visit) => {
    const row = visit();
    const id = await closes(row);
    expect(await smsTo((row['PATIENT'] as { MOBILE: string }).MOBILE)).toEqual([]);
    expect((await hip.steps(id)).join()).not.toMatch(/deep-link/);
  });

  it('leaves her mobile nowhere but in sealed columns', async () => {
    const mobile = aMobile();
    await closes(ofAMobile(mobile));
    const tables: { name: string }[] = await hip.db.query(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace IN
         (SELECT oid FROM pg_namespace WHERE nspname IN ('public', 'graphile_worker'))`,
    );
    for (const { name } of tables) {
      const schema = name.startsWith('_private') ? 'graphile_worker' : 'public';
      const found: unknown[] = await hip.db.query(
        `SELECT 1 FROM ${schema}."${name}" AS t WHERE t::text LIKE '%' || $1 || '%'`,
        [mobile],
      );
      expect([name, found]).toEqual([name, []]);
    }
    expect(hip.logged()).not.toContain(mobile);
  });
});

describe('An SMS that cannot be sent', () => {
  it('because ABDM’s SMS gateway is down (1004) is asked for again, and then goes out', async () => {
    await hip.abdm('POST', '/simulator/settings', { smsError: 'ABDM-1004' });
    const mobile = aMobile();
    const id = await closes(ofAMobile(mobile));
    expect(await smsTo(mobile)).toHaveLength(1);
    await hip.abdm('POST', '/simulator/settings', { smsError: null });
    await hip.later(16 * MINUTE);
    expect((await smsTo(mobile)).map(({ outcome }) => outcome)).toEqual(['ABDM-1004', 'SUCCESS']);
    expect((await hip.steps(id)).at(-1)).toBe('deep-link-sent');
  });

  it('three times is given up, and the visit says why', async () => {
    await hip.abdm('POST', '/simulator/settings', { smsError: 'ABDM-1004' });
    const mobile = aMobile();
    const id = await closes(ofAMobile(mobile));
    await hip.later(16 * MINUTE);
    await hip.later(31 * MINUTE);
    await hip.later(2 * HOUR);
    expect(await smsTo(mobile)).toHaveLength(3);
    expect((await hip.steps(id)).at(-1)).toBe('deep-link-not-sent ABDM-1004');
    expect((await hip.visit(id)).state).toBe('waiting-for-abha');
  });

  it('is not asked for again when her ABHA address has become known meanwhile', async () => {
    await hip.abdm('POST', '/simulator/settings', { smsError: 'ABDM-1004' });
    const mobile = aMobile();
    const row = ofAMobile(mobile);
    const id = await closes(row);
    const { ABHA_NO, ABHA_ADDR } = aLegacyVisit()['PATIENT'] as Columns;
    await closes(anotherVisitOf(row, { REG_DT: registered(0), PATIENT: { ABHA_NO, ABHA_ADDR } }));
    await hip.later(16 * MINUTE);
    expect(await smsTo(mobile)).toHaveLength(1);
    expect((await hip.visit(id)).state).toBe('linked');
  });

  it('because SMS are switched off (1008) is not asked for again', async () => {
    await hip.abdm('POST', '/simulator/settings', { smsError: 'ABDM-1008' });
    const mobile = aMobile();
    const id = await closes(ofAMobile(mobile));
    await hip.later(2 * HOUR);
    expect(await smsTo(mobile)).toHaveLength(1);
    expect((await hip.steps(id)).at(-1)).toBe('deep-link-not-sent ABDM-1008');
  });

  it('because ABDM refuses at once is not asked for again', async () => {
    await misbehaves({ status: 400, body: { code: 'ABDM-1035: ', message: 'Invalid HIP ID' } });
    const id = await closes(ofAMobile(aMobile()));
    await hip.later(2 * HOUR);
    expect((await hip.steps(id)).at(-1)).toBe('deep-link-not-sent ABDM-1035');
  });

  it('because nobody answers is not asked for again: it may have gone out', async () => {
    await misbehaves({ silent: true });
    const mobile = aMobile();
    const id = await closes(ofAMobile(mobile));
    await hip.later(6 * MINUTE);
    expect((await hip.steps(id)).at(-1)).toBe('deep-link-not-sent no-reply');
    await hip.later(2 * HOUR);
    expect(await smsTo(mobile)).toHaveLength(1);
  });

  it('while ABDM is away goes out when it is back', async () => {
    await misbehaves({ status: 503, times: 2 });
    const mobile = aMobile();
    await closes(ofAMobile(mobile));
    await hip.later(MINUTE);
    await hip.later(MINUTE);
    expect(await smsTo(mobile)).toHaveLength(1);
  });
});

describe('The answer to an SMS', () => {
  it('changes nothing when it comes twice', async () => {
    await misbehaves({ duplicateCallback: true });
    const id = await closes(ofAMobile(aMobile()));
    expect((await hip.steps(id)).filter((step) => step.startsWith('deep-link'))).toEqual([
      'deep-link-asked',
      'deep-link-sent',
    ]);
  });

  it('is waited for over a restart, and what was to be sent is sent by the next process', async () => {
    const mobile = aMobile();
    await hip.abdm('POST', '/simulator/settings', { smsError: 'ABDM-1004' });
    await closes(ofAMobile(mobile));
    await hip.abdm('POST', '/simulator/settings', { smsError: null });
    await hip.whileStopped(() => Promise.resolve());
    await hip.later(16 * MINUTE);
    expect((await smsTo(mobile)).at(-1)).toMatchObject({ outcome: 'SUCCESS' });
  });
});

describe('Where SMS_DEEP_LINK is off', () => {
  it('nobody gets one', async () => {
    const mobile = aMobile();
    await hip.whileStopped(() => Promise.resolve(), { SMS_DEEP_LINK: 'off' });
    const id = await closes(ofAMobile(mobile));
    await hip.whileStopped(() => Promise.resolve());
    expect(await smsTo(mobile)).toEqual([]);
    expect((await hip.steps(id)).at(-1)).toBe('waiting-for-abha');
  });
});

it('In all of this no rule of ABDM was broken', async () => {
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
});

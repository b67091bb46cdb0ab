import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { abhaHolderOf, aLegacyVisit } from '../makers/legacy-visit.js';
import { OTHER_HFR_ID } from '../setup/running-hip.js';
import {
  addressIn,
  aLinkingHip,
  anotherVisitOf,
  corrected,
  DAY,
  HOUR,
  MINUTE,
  SECOND,
  type LinkingHip,
} from '../setup/linking-hip.js';

const A_DUPLICATE = { code: 'ABDM-1092', message: 'Duplicate Link token request' };
const BLOCKED = { code: 'ABDM-1027: ', message: 'You are blocked. Please try again after 24 hours.' };

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip();
});
afterEach(() => hip.abdm('DELETE', '/simulator/faults'));
afterAll(() => hip.stop());

const entry = async (id: string, step: string): Promise<any> =>
  (await hip.visit(id)).timeline.findLast((each: any) => each.step === step);

describe('The link token', () => {
  it('is asked for once, though two visits of one patient come', async () => {
    const row = aLegacyVisit();
    const first = await hip.closes(row);
    const second = await hip.closes(anotherVisitOf(row));
    await hip.settle();
    for (const { id } of [first, second]) expect((await hip.visit(id)).state).toBe('linked');
    expect(await hip.asked('token', addressIn(row))).toHaveLength(1);
    expect(await hip.linksOf(addressIn(row))).toHaveLength(2);
  });

  it('is asked for once, though ten visits of one patient come at once', async () => {
    const row = aLegacyVisit();
    await hip.abdm('POST', '/simulator/patients', abhaHolderOf(row));
    const rows = [row, ...Array.from({ length: 9 }, () => anotherVisitOf(row))];
    const taken = await Promise.all(rows.map((each) => hip.closes(each, false)));
    await hip.settle();
    for (const { id } of taken) expect((await hip.visit(id)).state).toBe('linked');
    expect(await hip.asked('token', addressIn(row))).toHaveLength(1);
    expect(await hip.linksOf(addressIn(row))).toHaveLength(10);
  });

  it('is used again weeks later', async () => {
    const row = aLegacyVisit();
    await hip.closes(row);
    await hip.settle();
    await hip.later(30 * DAY);
    const { id } = await hip.closes(anotherVisitOf(row));
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    expect(await hip.asked('token', addressIn(row))).toHaveLength(1);
  });

  it('is each facility’s own: two hospitals with one patient ask for one each', async () => {
    const row = aLegacyVisit();
    await hip.closes(row);
    const elsewhere = anotherVisitOf(row, { FACILITY_HFR: OTHER_HFR_ID });
    const answer = await hip.call('POST', '/api/v1/visits', elsewhere, { 'x-api-key': hip.otherKey });
    expect(answer.status).toBe(202);
    await hip.settle();
    expect((await hip.asked('token', addressIn(row))).map(({ hipId }) => hipId).sort()).toEqual([
      row['FACILITY_HFR'],
      OTHER_HFR_ID,
    ]);
    expect((await hip.linksOf(addressIn(row))).map(({ hipId }: any) => hipId).sort()).toEqual([
      row['FACILITY_HFR'],
      OTHER_HFR_ID,
    ]);
  });

  it('is asked for with the ABHA number, and then linking carries the number too', async () => {
    const row = aLegacyVisit();
    await hip.closes(row);
    await hip.settle();
    const { ABHA_NO } = row['PATIENT'] as { ABHA_NO: string };
    const [token] = await hip.asked('token', addressIn(row));
    const [link] = await hip.asked('link', addressIn(row));
    expect([token.body.abhaNumber, link.body.abhaNumber]).toEqual([ABHA_NO, ABHA_NO]);
  });

  it('is asked for without a number when the patient has only an address; a number that comes later stays out of linking', async () => {
    const row = aLegacyVisit();
    await hip.abdm('POST', '/simulator/patients', abhaHolderOf(row));
    const { id } = await hip.closes({ ...row, PATIENT: { ...(row['PATIENT'] as object), ABHA_NO: '' } }, false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    const { id: later } = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    expect((await hip.visit(later)).state).toBe('linked');
    const asked = [...(await hip.asked('token', addressIn(row))), ...(await hip.asked('link', addressIn(row)))];
    expect(asked).toHaveLength(3);
    for (const { body } of asked) expect(body).not.toHaveProperty('abhaNumber');
  });
});

describe('A link token that ABDM refuses', () => {
  it('because the person does not match (1207) is told on the visit in English and Hindi, with who mends it', async () => {
    const row = aLegacyVisit({ PATIENT: { PAT_NAME: 'KAMLA NETAM' } });
    const { id } = await hip.closes(row);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('failed');
    const failure = await entry(id, 'failed');
    expect(failure).toMatchObject({ code: 'ABDM-1207', mend: 'hospital' });
    expect(failure.en).toMatch(/Name, gender or year of birth differ/);
    expect(failure.hi).toMatch(/नाम, लिंग या जन्म वर्ष/);
    expect(await hip.asked('link', addressIn(row))).toEqual([]);
  });

  it('is not asked for with the same details again: the next visit fails at once, "try again" waits for ABDM’s window', async () => {
    const row = aLegacyVisit({ PATIENT: { PAT_NAME: 'KAMLA NETAM' } });
    const { id } = await hip.closes(row);
    await hip.settle();
    const { id: second } = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    expect(await entry(second, 'failed')).toMatchObject({ code: 'ABDM-1207', mend: 'hospital' });
    expect((await hip.call('POST', `/api/v1/visits/${id}/retry`)).status).toBe(202);
    await hip.settle();
    expect(await hip.asked('token', addressIn(row))).toHaveLength(1);
    await hip.later(80 * SECOND);
    expect(await hip.asked('token', addressIn(row))).toHaveLength(2);
    expect((await hip.visit(id)).state).toBe('failed');
  });

  it('is asked for with the corrected details, and links the visit', async () => {
    const row = aLegacyVisit({ PATIENT: { PAT_NAME: 'KAMLA NETAM' } });
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.closes(corrected(row, { PATIENT: { PAT_NAME: 'ASHA KASHYAP' } }), false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    expect((await hip.asked('token', addressIn(row))).map(({ body }) => body.name)).toEqual([
      'Kamla Netam',
      'Asha Kashyap',
    ]);
  });

  it('does not let another person’s visit in under the same ABHA address', async () => {
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    const other = anotherVisitOf(row, { PATIENT: { UHID: 'BAS-2026-OTHER', PAT_NAME: 'BUDHRAM NAG', SEX: 'M' } });
    const { id: strangers } = await hip.closes(other, false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    expect(await entry(strangers, 'failed')).toMatchObject({ code: 'ABDM-1207', mend: 'hospital' });
    expect(await hip.linksOf(addressIn(row))).toHaveLength(1);
  });

  it('because nobody has this ABHA (9999 at once) fails the visit, and says whose work it is', async () => {
    const { id } = await hip.closes(aLegacyVisit(), false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('failed');
    expect(await entry(id, 'failed')).toMatchObject({ code: 'unknown-patient', mend: 'hospital' });
  });

  it('as a duplicate (1092) is waited for, and then asked for again', async () => {
    await hip.forget();
    await hip.misbehaves('token', { status: 400, body: A_DUPLICATE });
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linking');
    expect(await entry(id, 'asked-for-link-token')).toMatchObject({ code: 'ABDM-1092', mend: 'abdm' });
    await hip.later(60 * SECOND);
    expect(await hip.asked('token')).toHaveLength(1);
    await hip.later(20 * SECOND);
    expect((await hip.visit(id)).state).toBe('linked');
    expect(await hip.asked('token')).toHaveLength(2);
  });

  it('for a day (1027) waits 24 hours for all visits of the patient, and says so on each', async () => {
    const row = aLegacyVisit();
    await hip.misbehaves('token', { silent: true });
    const { id } = await hip.closes(row);
    await hip.settle();
    const [question] = await hip.asked('token', addressIn(row));
    expect(await hip.answers('token', question, { abhaAddress: addressIn(row), error: BLOCKED })).toEqual([202]);
    await hip.settle();
    const { id: second } = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    for (const visit of [id, second]) {
      const said = await entry(visit, 'asked-for-link-token');
      expect(said).toMatchObject({ code: 'ABDM-1027', mend: 'abdm' });
      expect(said.en).toMatch(/24 hours/);
      expect(said.hi).toMatch(/24 घंटे/);
    }
    await hip.later(23 * HOUR);
    expect(await hip.asked('token', addressIn(row))).toHaveLength(1);
    await hip.later(70 * MINUTE);
    for (const visit of [id, second]) expect((await hip.visit(visit)).state).toBe('linked');
    expect(await hip.asked('token', addressIn(row))).toHaveLength(2);
  });

  it('because a service behind ABDM is down (1024) is asked for again by itself', async () => {
    const row = aLegacyVisit();
    await hip.misbehaves('token', { silent: true });
    const { id } = await hip.closes(row);
    await hip.settle();
    const [question] = await hip.asked('token', addressIn(row));
    const error = { code: 'ABDM-1024', message: 'Dependent service unavailable' };
    await hip.answers('token', question, { abhaAddress: addressIn(row), error });
    await hip.settle();
    const said = await entry(id, 'asked-for-link-token');
    expect(said).toMatchObject({ mend: 'abdm' });
    expect(said.en).not.toMatch(/try again"/);
    await hip.later(80 * SECOND);
    expect((await hip.visit(id)).state).toBe('linked');
  });
});

describe('A link token request on a bad line', () => {
  it('is sent again while the gateway answers 503, under a fresh REQUEST-ID each time', async () => {
    await hip.forget();
    await hip.misbehaves('token', { status: 503, times: 3 });
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    for (let pause = 0; pause < 3; pause++) await hip.later(20 * SECOND);
    expect((await hip.visit(id)).state).toBe('linked');
    const asked = await hip.asked('token');
    expect(asked).toHaveLength(4);
    expect(new Set(asked.map(({ requestId }) => requestId)).size).toBe(4);
  });

  it('is sent again when the connection is cut', async () => {
    await hip.misbehaves('token', { dropConnection: true });
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    await hip.later(10 * SECOND);
    expect((await hip.visit(id)).state).toBe('linked');
  });

  it('is good although its HTTP answer was lost: the callback is the answer', async () => {
    await hip.misbehaves('token', { loseAnswer: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    await hip.later(10 * MINUTE);
    expect(await hip.asked('token', addressIn(row))).toHaveLength(1);
  });

  it('whose repeat is refused as a duplicate still takes the callback to the first', async () => {
    await hip.abdm('POST', '/simulator/settings', { dedupeWindowMs: 69_000 });
    await hip.misbehaves('token', { loseAnswer: true, silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.later(10 * SECOND);
    const asked = await hip.asked('token', addressIn(row));
    expect(asked).toHaveLength(2);
    await hip.abdm('POST', '/simulator/settings', { dedupeWindowMs: 0 });
    // A token ABDM really gave: to another visit of hers, asked for by hand.
    await hip.answers('token', asked[0], { abhaAddress: addressIn(row), linkToken: 'late.but.good' });
    await hip.settle();
    expect(await hip.steps(id)).toContain('asked-to-link');
  });

  it('that is never answered fails the visit after the wait, and a late answer still links it', async () => {
    await hip.misbehaves('token', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.later(4 * MINUTE);
    expect((await hip.visit(id)).state).toBe('linking');
    await hip.later(2 * MINUTE);
    expect((await hip.visit(id)).state).toBe('failed');
    expect(await entry(id, 'failed')).toMatchObject({ code: 'no-reply', mend: 'operator' });
    const [question] = await hip.asked('token', addressIn(row));
    await hip.misbehaves('link', { status: 202 });
    await hip.forget();
    await hip.answers('token', question, { abhaAddress: addressIn(row), linkToken: 'late.but.good' });
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linking');
    const [link] = await hip.asked('link');
    await hip.answers('link', link, { abhaAddress: addressIn(row), status: 'Successfully Linked care context' });
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
  });

  it('that was never answered is made again when somebody presses "try again"', async () => {
    await hip.misbehaves('token', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.later(6 * MINUTE);
    expect((await hip.visit(id)).state).toBe('failed');
    const answer = await hip.call('POST', `/api/v1/visits/${id}/retry`);
    expect(answer.status).toBe(202);
    await hip.settle();
    await hip.later(80 * SECOND);
    expect((await hip.visit(id)).state).toBe('linked');
    expect(await hip.steps(id)).toContain('tried-again');
  });

  it('survives a stop of the adapter: the answer comes to the next process', async () => {
    await hip.misbehaves('token', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.whileStopped(async () => {
      expect(await hip.asked('token', addressIn(row))).toHaveLength(1);
    });
    const [question] = await hip.asked('token', addressIn(row));
    await hip.answers('token', question, { abhaAddress: addressIn(row), linkToken: 'good.to.link' });
    await hip.settle();
    expect(await hip.steps(id)).toContain('asked-to-link');
    expect(await hip.asked('token', addressIn(row))).not.toHaveLength(0);
  });

  it('is answered twice, and changes nothing the second time', async () => {
    await hip.misbehaves('token', { duplicateCallback: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    const [question] = await hip.asked('token', addressIn(row));
    const error = { code: 'ABDM-1207', message: 'Demographic details was invalid' };
    expect(await hip.answers('token', question, { error }, { times: 2 })).toEqual([202, 202]);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    expect(await hip.asked('link', addressIn(row))).toHaveLength(1);
  });
});

describe('A link token that ABDM no longer takes', () => {
  const REFUSALS = [
    { code: 'ABDM-1026', message: 'Invalid Link Token' },
    { code: 'ABDM-1066: ', message: 'Invalid JWT token' },
    { code: 'ABDM-1062', message: 'ABHA number mismatch with Link token' },
    { code: 'ABDM-1063', message: 'HIP Id mismatch with Link token' },
    { code: 'ABDM-1038', message: 'ABHA address mismatch with Link token' },
  ];
  it.each(REFUSALS)('($code) is replaced by a new one, and the visit is linked', async (body) => {
    const row = aLegacyVisit();
    await hip.misbehaves('link', { status: 400, body });
    const { id } = await hip.closes(row);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    expect(await hip.asked('token', addressIn(row))).toHaveLength(2);
    const said = await entry(id, 'asked-for-link-token');
    expect(said.en).not.toMatch(/refused/);
  });

  it('is not renewed without end: after some tries the visit fails', async () => {
    await hip.forget();
    await hip.abdm('POST', '/simulator/settings', { tokensPerDay: 50 });
    await hip.misbehaves('link', { status: 400, body: REFUSALS[0], times: 20 });
    const { id } = await hip.closes(aLegacyVisit());
    await hip.settle();
    await hip.abdm('POST', '/simulator/settings', { tokensPerDay: 3 });
    expect((await hip.visit(id)).state).toBe('failed');
    expect((await hip.asked('link')).length).toBeLessThan(10);
  });

  it('because its six months are over is asked for anew, before linking is tried with it', async () => {
    const row = aLegacyVisit();
    await hip.closes(row);
    await hip.settle();
    await hip.db.query(`UPDATE link_token SET expires_at = $1 WHERE state = 'usable'`, [hip.clock.now()]);
    await hip.later(SECOND);
    const { id } = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
    expect(await hip.asked('token', addressIn(row))).toHaveLength(2);
    expect(await hip.asked('link', addressIn(row))).toHaveLength(2);
  });
});

describe('A patient', () => {
  it('without an ABHA waits visibly; when a later visit brings it, both are linked', async () => {
    const row = aLegacyVisit();
    await hip.abdm('POST', '/simulator/patients', abhaHolderOf(row));
    const without = { ...(row['PATIENT'] as object), ABHA_NO: '', ABHA_ADDR: '' };
    const { id } = await hip.closes({ ...row, PATIENT: without });
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('waiting-for-abha');
    const said = await entry(id, 'waiting-for-abha');
    expect(said).toMatchObject({ mend: 'patient' });
    expect(said.en).toMatch(/no ABHA address yet/);
    const { id: later } = await hip.closes(anotherVisitOf(row), false);
    await hip.settle();
    for (const visit of [id, later]) expect((await hip.visit(visit)).state).toBe('linked');
    expect(await hip.asked('token', addressIn(row))).toHaveLength(1);
  });

  it('whose ABHA comes in the very moment her first visit is set aside is not forgotten', async () => {
    for (let round = 0; round < 8; round++) {
      const row = aLegacyVisit();
      await hip.abdm('POST', '/simulator/patients', abhaHolderOf(row));
      const without = { ...(row['PATIENT'] as object), ABHA_NO: '', ABHA_ADDR: '' };
      const first = await hip.closes({ ...row, PATIENT: without });
      const second = await hip.closes(anotherVisitOf(row), false);
      await hip.settle();
      for (const { id } of [first, second]) expect((await hip.visit(id)).state).toBe('linked');
    }
  });

  it.each([
    [
      'whose name is not in plain Latin letters',
      { PAT_NAME: 'ZOË TOPPO' },
      'name-not-latin',
      /English letters/,
      /अंग्रेज़ी/,
    ],
    ['whose year of birth is not known', { DOB: '' }, 'birth-year-missing', /date of birth is needed/, /जन्मतिथि चाहिए/],
  ])('%s is not asked about at ABDM; the visit says what is needed', async (_, changes, code, en, hi) => {
    const row = aLegacyVisit({ PATIENT: changes });
    const { id } = await hip.closes(row);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('failed');
    const said = await entry(id, 'failed');
    expect(said).toMatchObject({ code, mend: 'hospital' });
    expect(said.en).toMatch(en);
    expect(said.hi).toMatch(hi);
    expect(await hip.asked('token', addressIn(row))).toEqual([]);
    await hip.closes(corrected(row, { PATIENT: { PAT_NAME: 'ASHA KASHYAP', DOB: '04/03/1991' } }), false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
  });
});

describe('A withdrawn visit', () => {
  it('is not linked', async () => {
    const row = aLegacyVisit({ DEL_FLAG: 'Y' });
    const { id } = await hip.closes(row);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('withdrawn');
    expect(await hip.asked('token', addressIn(row))).toEqual([]);
  });

  it.each([
    ['when the link token then comes', (address: string) => ({ abhaAddress: address, linkToken: 'good.to.link' })],
    ['when it is then refused', () => ({ error: { code: 'ABDM-1207', message: 'Demographic details was invalid' } })],
  ])('is not linked if it was withdrawn while the token was asked for, and stays withdrawn %s', async (_, outcome) => {
    await hip.misbehaves('token', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.closes(corrected(row, { DEL_FLAG: 'Y' }), false);
    await hip.settle();
    const [question] = await hip.asked('token', addressIn(row));
    await hip.answers('token', question, outcome(addressIn(row)));
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('withdrawn');
    expect(await hip.asked('link', addressIn(row))).toEqual([]);
  });

  it('stays withdrawn, though ABDM never answers about its link token', async () => {
    await hip.misbehaves('token', { silent: true });
    const row = aLegacyVisit();
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.closes(corrected(row, { DEL_FLAG: 'Y' }), false);
    await hip.later(6 * MINUTE);
    expect((await hip.visit(id)).state).toBe('withdrawn');
  });

  it('is linked after all when the hospital takes the withdrawal back', async () => {
    const row = aLegacyVisit({ DEL_FLAG: 'Y' });
    const { id } = await hip.closes(row);
    await hip.settle();
    await hip.closes(corrected(row, { DEL_FLAG: 'N' }), false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
  });
});

it('In all of this no rule of ABDM was broken', async () => {
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
});

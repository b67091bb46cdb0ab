import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { abhaHolderOf, aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { OTHER_HFR_ID } from '../setup/running-hip.js';
import { addressIn, aLinkingHip, anotherVisitOf, corrected, type LinkingHip } from '../setup/linking-hip.js';

const PROPOSALS = '/api/v1/patients/merge-proposals';

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip();
});
afterEach(() => hip.abdm('DELETE', '/simulator/faults'));
afterAll(() => hip.stop());

const uhidIn = (row: Columns): string => (row['PATIENT'] as { UHID: string }).UHID;
const abhaIn = (row: Columns): Columns => {
  const { ABHA_NO, ABHA_ADDR } = row['PATIENT'] as Columns;
  return { ABHA_NO, ABHA_ADDR };
};

/** Another patient number, with the ABHA of the patient in `row`. */
const asAnotherPatient = (row: Columns, patient: Columns = {}): Columns =>
  anotherVisitOf(row, { PATIENT: { UHID: uhidIn(aLegacyVisit()), ...patient } });

async function closes(row: Columns, isKnown = true): Promise<string> {
  const { id } = await hip.closes(row, isKnown);
  await hip.settle();
  return id;
}

const stateOf = async (id: string): Promise<string> => (await hip.visit(id)).state;

const proposalsAbout = async (...rows: Columns[]): Promise<any[]> => {
  const uhids = new Set(rows.map(uhidIn));
  const { body } = await hip.call('GET', `${PROPOSALS}?limit=200`);
  return body.proposals.filter(({ patient, other }: any) => uhids.has(patient.uhid) || uhids.has(other.uhid));
};
const decide = (id: string, decision: 'accept' | 'reject', headers = {}): Promise<any> =>
  hip.call('POST', `${PROPOSALS}/${id}/${decision}`, undefined, headers);

async function proposed(): Promise<{ first: Columns; second: Columns; ids: string[]; proposal: any }> {
  const first = aLegacyVisit();
  const second = asAnotherPatient(first);
  const ids = [await closes(first), await closes(second, false)];
  const [proposal] = await proposalsAbout(first);
  return { first, second, ids, proposal };
}

const recordsUnder = async (address: string): Promise<any[]> => {
  const [{ transactionId }] = await hip.abdm('POST', `/simulator/patients/${address}/pull`, {});
  await hip.settle();
  return (await hip.abdm('GET', `/simulator/transfers/${transactionId}`)).entries;
};

describe('Two patients of a hospital with one ABHA', () => {
  it('are proposed to be one, with both numbers and the reason; both visits are linked when ABDM finds they fit', async () => {
    const { first, second, ids, proposal } = await proposed();
    expect(proposal).toMatchObject({
      reason: 'same-abha-address',
      state: 'open',
      patient: { uhid: uhidIn(first) },
      other: { uhid: uhidIn(second) },
      decidedAt: null,
    });
    expect(await Promise.all(ids.map(stateOf))).toEqual(['linked', 'linked']);
  });

  it('are proposed for the same ABHA number, too', async () => {
    const first = aLegacyVisit();
    const second = asAnotherPatient(first, { ABHA_ADDR: '' });
    await closes(first);
    const id = await closes(second, false);
    expect(await proposalsAbout(first)).toMatchObject([{ reason: 'same-abha-number', state: 'open' }]);
    expect(await stateOf(id)).toBe('waiting-for-abha');
  });

  it('whose details differ: the second visit is not linked, and says why', async () => {
    const first = aLegacyVisit();
    await closes(first);
    const id = await closes(
      asAnotherPatient(first, { PAT_NAME: 'SHRI RAMESH NETAM', SEX: 'M', DOB: '01/01/1960' }),
      false,
    );
    expect(await stateOf(id)).toBe('failed');
    expect((await hip.steps(id)).at(-1)).toBe('failed ABDM-1207');
    expect(await proposalsAbout(first)).toHaveLength(1);
  });

  it('are proposed once, however often they come, and whoever comes next', async () => {
    const { first, second } = await proposed();
    for (const row of [anotherVisitOf(first), anotherVisitOf(second), corrected(second, { ADVICE: 'Rest' })])
      await closes(row, false);
    expect(await proposalsAbout(first)).toHaveLength(1);
  });

  it('who come at the same moment are proposed once, and nothing fails', async () => {
    const first = aLegacyVisit();
    await hip.abdm('POST', '/simulator/patients', abhaHolderOf(first));
    const rows = [first, asAnotherPatient(first)];
    const answers = await Promise.all(rows.map((row) => hip.call('POST', '/api/v1/visits', row)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    await hip.settle();
    expect(await proposalsAbout(...rows)).toHaveLength(1);
  });

  it('at two hospitals are nobody’s concern', async () => {
    const first = aLegacyVisit();
    await closes(first);
    const there = asAnotherPatient(first, {});
    const answer = await hip.call(
      'POST',
      '/api/v1/visits',
      { ...there, FACILITY_HFR: OTHER_HFR_ID },
      { 'x-api-key': hip.otherKey },
    );
    expect(answer.status).toBe(202);
    await hip.settle();
    expect(await proposalsAbout(first, there)).toEqual([]);
  });

  it('are shown with their numbers and nothing else of them, and nothing of them is unsealed in the table', async () => {
    const { first, proposal } = await proposed();
    expect(Object.keys(proposal).sort()).toEqual(['decidedAt', 'id', 'madeAt', 'other', 'patient', 'reason', 'state']);
    const rows: { row: string }[] = await hip.db.query('SELECT m::text AS row FROM merge_proposal m');
    for (const { row } of rows) expect(row).not.toContain(uhidIn(first));
  });
});

describe('What the hospital says of a proposal', () => {
  it('"they are one" makes the ABHA of the one known of the other, and her waiting visits are linked', async () => {
    const first = aLegacyVisit();
    const second = asAnotherPatient(first, { ABHA_ADDR: '' });
    await closes(first);
    const id = await closes(second, false);
    const [{ id: proposalId }] = await proposalsAbout(first);
    const answer = await decide(proposalId, 'accept');
    expect([answer.status, answer.body.state]).toEqual([200, 'accepted']);
    await hip.settle();
    expect(await stateOf(id)).toBe('linked');
    const merged: any[] = await hip.db.query(
      `SELECT m.merged_into = p.id AS into_first FROM merge_proposal b
       JOIN patient p ON p.id = b.patient_id JOIN patient m ON m.id = b.other_patient_id WHERE b.id = $1`,
      [proposalId],
    );
    expect(merged).toEqual([{ into_first: true }]);
    expect(new Set((await recordsUnder(addressIn(first))).map((entry) => entry.careContextReference))).toEqual(
      new Set([first['OPD_NO'], second['OPD_NO']]),
    );
  });

  it('"they are one" lets an ABHA address that one of them brings later link the visits of both', async () => {
    const holder = aLegacyVisit();
    const first = anotherVisitOf(holder, { PATIENT: { ABHA_ADDR: '' } });
    const second = asAnotherPatient(first);
    const ids = [await closes(first, false), await closes(second, false)];
    const [{ id: proposalId }] = await proposalsAbout(first);
    await decide(proposalId, 'accept');
    await hip.settle();
    expect(await Promise.all(ids.map(stateOf))).toEqual(['waiting-for-abha', 'waiting-for-abha']);
    await closes(anotherVisitOf(second, { PATIENT: { ABHA_ADDR: addressIn(holder) } }));
    expect(await Promise.all(ids.map(stateOf))).toEqual(['linked', 'linked']);
  });

  it('"they are one" of three: all point at the one who had the ABHA first', async () => {
    const rows = [aLegacyVisit()];
    const [first] = rows as [Columns];
    rows.push(asAnotherPatient(first), asAnotherPatient(first));
    for (const row of rows) await closes(row);
    const about = await proposalsAbout(...rows);
    expect(about).toHaveLength(3);
    for (const { patient, id } of about) if (patient.uhid === uhidIn(first)) await decide(id, 'accept');
    expect((await proposalsAbout(...rows)).map(({ state }) => state)).toEqual(Array(3).fill('accepted'));
    for (const row of rows) await closes(anotherVisitOf(row), false);
    const people: any[] = await hip.db.query(
      `SELECT count(*) FILTER (WHERE merged_into IS NULL)::int AS roots, count(*)::int AS rows FROM patient
       WHERE abha_address_hash = $1`,
      [hip.sealer.hash('abha-address', addressIn(first))],
    );
    expect(people).toEqual([{ roots: 1, rows: 3 }]);
  });

  it.each([
    ['one, then two', ['accept', 'reject']],
    ['two, then one', ['reject', 'accept']],
  ] as const)('of three settles what follows from it (%s)', async (_order, [one, two]) => {
    const a = aLegacyVisit();
    const [b, c] = [asAnotherPatient(a), asAnotherPatient(a)];
    for (const row of [a, b, c]) await closes(row);
    const between = async (row: Columns, other: Columns): Promise<any> =>
      (await proposalsAbout(row)).find(({ patient, other: also }) =>
        [patient.uhid, also.uhid].every((uhid) => [uhidIn(row), uhidIn(other)].includes(uhid)),
      );
    // a = b is said by the one, a ≠ c by the other: so b ≠ c.
    const said = { accept: b, reject: c };
    for (const decision of [one, two]) await decide((await between(a, said[decision])).id, decision);
    const implied = await between(b, c);
    expect([implied.state, typeof implied.decidedAt]).toEqual(['rejected', 'string']);
    const { status, body } = await decide(implied.id, 'accept');
    expect([status, body.code]).toEqual([409, 'decided-otherwise']);
  });

  it('"they are two" is remembered: they are not proposed again', async () => {
    const { first, second, proposal } = await proposed();
    const answer = await decide(proposal.id, 'reject');
    expect([answer.status, answer.body.state]).toEqual([200, 'rejected']);
    await closes(anotherVisitOf(second), false);
    expect(await proposalsAbout(first)).toMatchObject([{ id: proposal.id, state: 'rejected' }]);
  });

  it('twice is said once; the other thing afterwards is refused', async () => {
    const { proposal } = await proposed();
    const [once, twice] = [await decide(proposal.id, 'accept'), await decide(proposal.id, 'accept')];
    expect([once.status, twice.status, twice.body]).toEqual([200, 200, once.body]);
    const other = await decide(proposal.id, 'reject');
    expect([other.status, other.body.code]).toEqual([409, 'decided-otherwise']);
    const audit: any[] = await hip.db.query(
      `SELECT action, actor LIKE 'hospital:%' AS by_key FROM audit WHERE subject_id = $1`,
      [proposal.id],
    );
    expect(audit).toEqual(Array(2).fill({ action: 'merge.accepted', by_key: true }));
  });

  it.each(['accept', 'reject'] as const)('is not another hospital’s to say (%s)', async (decision) => {
    const { proposal } = await proposed();
    const answer = await decide(proposal.id, decision, { 'x-api-key': hip.otherKey });
    expect([answer.status, answer.body.code]).toEqual([404, 'proposal-unknown']);
    const { body } = await hip.call('GET', PROPOSALS, undefined, { 'x-api-key': hip.otherKey });
    expect(body.proposals).toEqual([]);
    expect((await decide('not-an-id', decision)).status).toBe(404);
    expect((await hip.call('GET', `${PROPOSALS}?state=perhaps`)).status).toBe(400);
  });

  it('is found page by page, by state', async () => {
    const { proposal } = await proposed();
    await proposed();
    const seen: string[] = [];
    for (let after = ''; ;) {
      const { body } = await hip.call('GET', `${PROPOSALS}?state=open&limit=1${after}`);
      seen.push(...body.proposals.map(({ id }: any) => id));
      if (body.next === null) break;
      after = `&after=${body.next}`;
    }
    expect(seen).toContain(proposal.id);
    expect(new Set(seen).size).toBe(seen.length);
  });
});

describe('A patient whose ABHA address changes', () => {
  async function changed(): Promise<{ first: Columns; second: Columns; ids: string[] }> {
    const first = aLegacyVisit();
    const second = anotherVisitOf(first, { REG_DT: '14/08/2025 10:05', PATIENT: abhaIn(aLegacyVisit()) });
    const ids = [await closes(first), await closes(second)];
    return { first, second, ids };
  }

  it('has new visits linked under the new one; what was linked stays with the old one and is served under its consents', async () => {
    const { first, second, ids } = await changed();
    expect(await Promise.all(ids.map(stateOf))).toEqual(['linked', 'linked']);
    for (const row of [first, second]) {
      const links = await hip.linksOf(addressIn(row));
      expect(links.map(({ careContextReference }) => careContextReference)).toEqual([row['OPD_NO']]);
      const records = await recordsUnder(addressIn(row));
      expect(new Set(records.map((entry) => entry.careContextReference))).toEqual(new Set([row['OPD_NO']]));
    }
  });

  it('has an old visit corrected under the address it is linked with, and ABDM told of it under that one', async () => {
    const { first, ids } = await changed();
    await hip.later(3_000);
    await hip.forget();
    await closes(corrected(first, { ADVICE: 'Walk daily' }), false);
    expect(await stateOf(ids[0] ?? '')).toBe('linked');
    const notices = await hip.asked('notify');
    expect(notices.map(({ body }) => body.notification.patient.id)).toEqual([addressIn(first)]);
    expect((await recordsUnder(addressIn(first))).map((entry) => entry.plaintext).join()).toMatch(/Walk daily/);
  });

  it('does not get the old one back by the correction of an old visit', async () => {
    const { first, second } = await changed();
    await closes(corrected(first, { ADVICE: 'Rest' }), false);
    const id = await closes(anotherVisitOf(first, { PATIENT: { ABHA_NO: '', ABHA_ADDR: '' } }), false);
    expect(await stateOf(id)).toBe('linked');
    expect(await hip.linksOf(addressIn(second))).toHaveLength(2);
  });

  it('has records built anew without anything being set aside', async () => {
    const { ids } = await changed();
    for (const id of ids)
      await hip.db.query(`SELECT graphile_worker.add_job('visit.build', json_build_object('id', $1::text))`, [id]);
    await hip.settle();
    expect(await Promise.all(ids.map(stateOf))).toEqual(['linked', 'linked']);
  });

  it('and a linked visit that is corrected to the new address is set aside: a link cannot be moved', async () => {
    const first = aLegacyVisit();
    const id = await closes(first);
    const { state, reasons } = await hip.closes(corrected(first, { PATIENT: abhaIn(aLegacyVisit()) }), false);
    await hip.settle();
    expect([state, reasons[0].code]).toEqual(['quarantined', 'patient-changed-after-link']);
    expect(await stateOf(id)).toBe('quarantined');
    expect(await hip.linksOf(addressIn(first))).toHaveLength(1);
  });
});

it('In all of this no rule of ABDM was broken', async () => {
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
});

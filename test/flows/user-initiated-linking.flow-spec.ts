import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { DemoOtps } from '../../src/hospital/demo-otps.js';
import { firstBrokenAuditRow } from '../../src/persistence/audit.js';
import { OTP_SENDER } from '../../src/ports/otp-sender.port.js';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { aLinkingHip, anotherVisitOf, HOUR, MINUTE, SECOND, type LinkingHip } from '../setup/linking-hip.js';
import { HFR_ID, OTHER_HFR_ID } from '../setup/running-hip.js';

let hip: LinkingHip;
beforeAll(async () => {
  hip = await aLinkingHip({ OTP_SENDER: 'demo', CONTEXT_NOTIFY_DELAYS: '5,15,60' });
});
afterEach(() => hip.abdm('DELETE', '/simulator/faults'));
afterAll(() => hip.stop());

let people = 0;

interface Person {
  /** As her ABHA has her. */
  readonly abha: Columns & { readonly abhaAddress: string; readonly mobile: string };
  /** Columns of a visit of hers, made at a counter that did not ask for her ABHA. */
  readonly columns: Columns;
}

/** An invented woman whom ABDM knows, with a mobile of her own unless another is given. */
async function aPerson({ name = 'Sunita Netam', ...changes }: Columns = {}): Promise<Person> {
  people += 1;
  const number = String(people).padStart(4, '0');
  const mobile = `900001${number}`;
  const abha = {
    abhaAddress: `sunita${number}@sbx`,
    abhaNumber: `9155${number}001234`,
    name,
    gender: 'F',
    yearOfBirth: 1988,
    mobile,
    ...changes,
  } as Person['abha'];
  await hip.abdm('POST', '/simulator/patients', abha);
  const columns = {
    PAT_NAME: name,
    PAT_NAME_HI: '',
    SEX: 'F',
    DOB: '03/07/1988',
    MOBILE: abha.mobile,
    ABHA_NO: '',
    ABHA_ADDR: '',
  };
  return { abha, columns };
}

const visitOf = (person: Person, changes: Columns = {}): Columns => {
  const { PATIENT, ...rest } = changes;
  return aLegacyVisit({ ...rest, PATIENT: { ...person.columns, ...(PATIENT as Columns | undefined) } });
};

/** She has been here so often. Returns the rows and our ids of the visits. */
async function hasBeenHere(person: Person, times = 1, changes: Columns = {}): Promise<{ row: Columns; id: string }[]> {
  const first = visitOf(person, changes);
  const rows = [first, ...Array.from({ length: times - 1 }, () => anotherVisitOf(first))];
  const taken: { row: Columns; id: string }[] = [];
  for (const row of rows) taken.push({ row, id: (await hip.closes(row, false)).id });
  await hip.settle();
  return taken;
}

const seen = (transactionId: string): Promise<any> => hip.abdm('GET', `/simulator/discoveries/${transactionId}`);

async function discovers({ abha }: Person, wishes: Columns = {}): Promise<any> {
  const path = `/simulator/patients/${abha.abhaAddress}/discover`;
  const { transactionId } = await hip.abdm('POST', path, { hipId: HFR_ID, ...wishes });
  await hip.settle();
  return seen(transactionId);
}

async function chooses({ transactionId }: any, body: Columns = {}): Promise<any> {
  await hip.abdm('POST', `/simulator/discoveries/${transactionId}/init`, body);
  await hip.settle();
  return (await seen(transactionId)).init;
}

async function types({ transactionId }: any, token: string | number, more: Columns = {}): Promise<any> {
  await hip.abdm('POST', `/simulator/discoveries/${transactionId}/confirm`, { token, ...more });
  await hip.settle();
  return (await seen(transactionId)).confirm;
}

const messagesTo = (mobile: string) => hip.adapter.app.get<DemoOtps>(OTP_SENDER).sentTo(mobile);
const codeSentTo = ({ abha }: Person): string => /\d{6}/.exec(messagesTo(abha.mobile).at(-1)?.text.en ?? '')?.[0] ?? '';
const anotherThan = (code: string): string => (code === '123456' ? '654321' : '123456');
const referencesIn = (offered: any[]): string[] => [
  ...new Set(offered.map((one) => one.careContextReference as string)),
];

const audited = async (action: string): Promise<string[]> =>
  (await hip.db.query('SELECT outcome FROM audit WHERE action = $1 ORDER BY seq', [action])).map(
    (row: any) => row.outcome,
  );

const discoverRequests = async (transactionId: string): Promise<any[]> =>
  (await hip.abdm('GET', '/simulator/messages?path=/patient/care-context/discover'))
    .map(({ body }: any) => body)
    .filter((body: any) => body?.transactionId === transactionId);

const NOT_FOUND = { state: 'refused', error: { code: 'ABDM-1010' }, offered: [] };

describe('A patient who looks for her visits', () => {
  it('sees those that are not linked, by record type, and nothing of what was wrong with her', async () => {
    const person = await aPerson();
    const visits = await hasBeenHere(person, 2);
    const found = await discovers(person);
    expect(found).toMatchObject({ state: 'answered', matchedBy: ['MOBILE'] });
    expect(referencesIn(found.offered).sort()).toEqual(visits.map(({ row }) => row['OPD_NO']).sort());
    expect(found.offered).toHaveLength(4);
    for (const { display, patientReference } of found.offered) {
      expect(display).toBe('OPD visit on 12-Aug-2025');
      expect(patientReference).toBe((visits[0]?.row['PATIENT'] as Columns)['UHID']);
    }
    expect(found.answerMs).toBeLessThan(10_000);
    expect((await audited('patient.discovered')).at(-1)).toBe('offered');
  });

  it('is found by her hospital number and by her ABHA number, and both are named', async () => {
    const person = await aPerson();
    const [visit] = await hasBeenHere(person, 1, { PATIENT: { ABHA_NO: person.abha['abhaNumber'], MOBILE: '' } });
    const { UHID } = visit?.row['PATIENT'] as { UHID: string };
    const found = await discovers(person, { unverified: [{ type: 'MR', value: UHID.toLowerCase() }] });
    expect(found.matchedBy.sort()).toEqual(['ABHA_NUMBER', 'MR']);
  });

  it('is told that nothing is new when all is linked', async () => {
    const row = aLegacyVisit();
    await hip.closes(row);
    await hip.settle();
    const { ABHA_ADDR } = row['PATIENT'] as { ABHA_ADDR: string };
    const found = await discovers({ abha: { abhaAddress: ABHA_ADDR, mobile: '' }, columns: {} });
    expect(found).toMatchObject({ state: 'refused', error: { code: 'ABDM-1001' } });
    expect((await audited('patient.discovered')).at(-1)).toBe('nothing-new');
  });

  it('is not shown a visit that was withdrawn', async () => {
    const person = await aPerson();
    const [visit] = await hasBeenHere(person);
    await hip.closes({ ...visit?.row, ROW_VER: 2, DEL_FLAG: 'Y' }, false);
    expect(await discovers(person)).toMatchObject({ state: 'refused', error: { code: 'ABDM-1001' } });
  });

  it('gets the newest twenty when there are more', async () => {
    const person = await aPerson();
    await hasBeenHere(person, 22);
    const found = await discovers(person);
    expect(referencesIn(found.offered)).toHaveLength(20);
  });

  it('is found by nobody at a hospital she has not been to', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    expect(await discovers(person, { hipId: OTHER_HFR_ID })).toMatchObject(NOT_FOUND);
    expect((await audited('patient.discovered')).at(-1)).toBe('none');
  });
});

describe('Somebody else', () => {
  it('with the right mobile and the wrong name finds nothing', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    const stranger = await aPerson({ name: 'Kavita Yadav', mobile: person.abha.mobile });
    expect(await discovers(stranger)).toMatchObject(NOT_FOUND);
  });

  it.each([
    ['another gender', { gender: 'M' }],
    ['another year of birth', { yearOfBirth: 1995 }],
    ['no name at all', { name: '' }],
  ])('with the right mobile and %s finds nothing', async (_, overrides) => {
    const person = await aPerson();
    await hasBeenHere(person);
    expect(await discovers(person, { overrides })).toMatchObject(NOT_FOUND);
  });

  it('of the family, on the same mobile, finds her own visits only', async () => {
    const mother = await aPerson({ name: 'Phoolo Markam' });
    const daughter = await aPerson({ name: 'Rukmani Markam', mobile: mother.abha.mobile });
    const [hers] = await hasBeenHere(daughter);
    await hasBeenHere(mother);
    const found = await discovers(daughter);
    expect(referencesIn(found.offered)).toEqual([hers?.row['OPD_NO']]);
  });

  it('who cannot be told from another finds nothing: nobody is guessed', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    await hasBeenHere(person, 1, { PATIENT: { UHID: 'BAS-2026-NAMESAKE' } });
    expect(await discovers(person)).toMatchObject(NOT_FOUND);
    expect((await audited('patient.discovered')).at(-1)).toBe('several');
  });
});

describe('A discovery', () => {
  it('is answered once, though it was delivered three times', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    expect(await discovers(person, { times: 3 })).toMatchObject({ state: 'answered' });
    const [{ answers }] = await hip.db.query(
      `SELECT max(n)::int AS answers FROM (SELECT count(*) AS n FROM exchange WHERE reply_to IS NOT NULL GROUP BY reply_to) AS a`,
    );
    expect(answers).toBe(1);
  });

  it('is answered again by the same answer when the gateway was away for a moment', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    await hip.abdm('POST', '/simulator/faults', { operationId: 'onDiscover', status: 503, times: 1 });
    const found = await discovers(person);
    await hip.later(4 * SECOND);
    expect(await seen(found.transactionId)).toMatchObject({ state: 'answered' });
  });

  it('whose answer got through, though ABDM’s receipt was lost, is refused a second one (1106), and that is harmless', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    await hip.abdm('POST', '/simulator/faults', { operationId: 'onDiscover', loseAnswer: true, times: 1 });
    const found = await discovers(person);
    await hip.later(4 * SECOND);
    expect(await seen(found.transactionId)).toMatchObject({ state: 'answered' });
    const rows = await hip.db.query(`SELECT state, attempts FROM exchange
      WHERE name = 'care-context.discover' AND direction = 'out' ORDER BY created_at DESC LIMIT 1`);
    expect(rows).toEqual([{ state: 'answered', attempts: 2 }]);
  });

  it.each(['patient', 'audit'])(
    'is answered with an error when the database hangs (table %s), and leaves no trace',
    async (table) => {
      const person = await aPerson();
      await hasBeenHere(person);
      const before = await hip.db.query('SELECT count(*) FROM discovery');
      const [path, body] = [`/simulator/patients/${person.abha.abhaAddress}/discover`, { hipId: HFR_ID }];
      const held =
        table === 'audit' ? 'SELECT pg_advisory_xact_lock(7262001)' : `LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`;
      let transactionId = '';
      await whileHeld(held, async () => {
        transactionId = (await hip.abdm('POST', path, body)).transactionId;
        hip.clock.move(8 * SECOND); // instead of waiting so long
        await until(async () => (await seen(transactionId)).state !== 'waiting');
        expect(await seen(transactionId)).toMatchObject({ state: 'refused', error: { code: 'ABDM-9999' } });
      });
      await hip.settle();
      expect(await seen(transactionId)).toMatchObject({ state: 'refused', offered: [] });
      expect(await hip.db.query('SELECT count(*) FROM discovery')).toEqual(before);
      expect((await audited('patient.discovered')).at(-1)).toBe('not-in-time');
      expect(await hip.db.query(`SELECT 1 FROM exchange WHERE state = 'received'`)).toEqual([]);
    },
  );

  it('is answered within ten seconds even when her question cannot be stored', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    await discovers(await aPerson()); // a session with the gateway is open
    let transactionId = '';
    await whileHeld('LOCK TABLE exchange IN ACCESS EXCLUSIVE MODE', async () => {
      const path = `/simulator/patients/${person.abha.abhaAddress}/discover`;
      void hip.abdm('POST', path, { hipId: HFR_ID }).then((asked) => (transactionId = asked.transactionId));
      await until(async () => transactionId !== '' && (await seen(transactionId)).state !== 'waiting', 10);
      expect(await seen(transactionId)).toMatchObject({ state: 'refused', error: { code: 'ABDM-9999' } });
    });
    await hip.settle();
    expect(await seen(transactionId)).toMatchObject({ state: 'refused', offered: [] });
    expect(await hip.db.query(`SELECT 1 FROM exchange WHERE state = 'received'`)).toEqual([]);
    const rules = ((await hip.abdm('GET', '/simulator/violations')) as any[]).map(({ rule }) => rule);
    expect(rules).toEqual(['callback-slow']); // storing was slow; her answer was not
    await hip.abdm('DELETE', '/simulator/violations');
  });

  it('is one of 200 at once, and all are answered within ten seconds', async () => {
    const persons = await Promise.all(Array.from({ length: 200 }, () => aPerson()));
    await Promise.all(persons.map((person) => hip.closes(visitOf(person), false)));
    await hip.settle();
    const asked = await Promise.all(
      persons.map(({ abha }) =>
        hip.abdm('POST', `/simulator/patients/${abha.abhaAddress}/discover`, { hipId: HFR_ID }),
      ),
    );
    await hip.settle();
    const found = await Promise.all(asked.map(({ transactionId }) => seen(transactionId)));
    expect(found.map(({ state, offered }) => [state, referencesIn(offered).length])).toEqual(
      found.map(() => ['answered', 1]),
    );
    const slowest = Math.max(...found.map(({ answerMs }) => answerMs));
    process.stdout.write(`200 discoveries at once: the slowest was answered after ${slowest} ms\n`);
    expect(slowest).toBeLessThan(10_000);
  });
});

describe('A patient who has chosen', () => {
  it('is sent a code to the mobile the hospital has, and told where to look and until when', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    const elsewhere = '9111100099';
    const found = await discovers(person, { unverified: [{ type: 'MOBILE', value: elsewhere }] });
    const init = await chooses(found);
    expect(init).toMatchObject({
      state: 'answered',
      communication: { medium: 'MOBILE', hint: `XXXXXX${person.abha.mobile.slice(-4)}` },
    });
    expect(Date.parse(init.communication.expiry) - hip.clock.now().getTime()).toBeLessThanOrEqual(10 * MINUTE);
    expect(messagesTo(elsewhere)).toEqual([]);
    const [message] = messagesTo(person.abha.mobile);
    expect(message?.text.en).toMatch(/^[1-9]\d{5} is your code .* District Hospital Bastar/);
    expect(message?.text.hi).toMatch(/^[1-9]\d{5} आपका कोड/);
  });

  it('links by it exactly what she chose, and her hospital learns her ABHA address', async () => {
    const person = await aPerson();
    const [one, two] = await hasBeenHere(person, 2);
    const found = await discovers(person);
    await chooses(found, { careContexts: [one?.row['OPD_NO']] });
    const confirm = await types(found, codeSentTo(person));
    expect(confirm).toMatchObject({ state: 'answered' });
    expect(referencesIn(confirm.linked)).toEqual([one?.row['OPD_NO']]);
    expect((await hip.visit(one?.id ?? '')).state).toBe('linked');
    expect(await hip.steps(one?.id ?? '')).toEqual(expect.arrayContaining(['chosen-by-patient', 'linked-by-patient']));
    expect((await hip.visit(two?.id ?? '')).state).toBe('waiting-for-abha');
    expect(referencesIn((await discovers(person)).offered)).toEqual([two?.row['OPD_NO']]);
    expect((await audited('link.confirmed')).at(-1)).toBe('linked');
    // Her next visit is linked without her doing anything.
    const [third] = [anotherVisitOf(one?.row ?? {})];
    const { id } = await hip.closes(third, false);
    await hip.settle();
    expect((await hip.visit(id)).state).toBe('linked');
  });

  it('may type it as a number, and ABDM is told of her records, which her app then opens', async () => {
    const person = await aPerson();
    const [visit] = await hasBeenHere(person);
    const found = await discovers(person);
    await chooses(found);
    await types(found, Number(codeSentTo(person)));
    expect(await hip.asked('notify', person.abha.abhaAddress)).toEqual([]);
    await hip.later(6 * SECOND);
    expect(await hip.asked('notify', person.abha.abhaAddress)).toHaveLength(1);
    expect(await hip.steps(visit?.id ?? '')).toContain('notified');
    const [{ transactionId }] = await hip.abdm('POST', `/simulator/patients/${person.abha.abhaAddress}/pull`, {});
    await hip.settle();
    const { entries } = await hip.abdm('GET', `/simulator/transfers/${transactionId}`);
    expect(entries).toHaveLength(2);
    for (const { plaintext } of entries) expect(plaintext).toContain(person.abha.abhaAddress);
  });

  it('of one visit only one record type has the visit linked with that', async () => {
    const person = await aPerson();
    const [visit] = await hasBeenHere(person);
    const found = await discovers(person);
    const { patientReference, careContextReference } = found.offered[0];
    await chooses(found, { careContexts: [{ patientReference, careContextReference, hiType: 'Prescription' }] });
    const confirm = await types(found, codeSentTo(person));
    expect(confirm.linked.map(({ hiType }: any) => hiType)).toEqual(['Prescription']);
    expect((await hip.visit(visit?.id ?? '')).state).toBe('linked');
  });

  it('and has two numbers at the hospital, which said that they are one person, links the visits of both', async () => {
    const person = await aPerson();
    const [one] = await hasBeenHere(person);
    const [two] = await hasBeenHere(person, 1, { PATIENT: { UHID: `${person.abha['abhaNumber'] as string}-B` } });
    expect(await discovers(person)).toMatchObject(NOT_FOUND);
    await hip.db.query(
      `UPDATE patient SET merged_into = (SELECT patient_id FROM visit WHERE id = $1)
       WHERE id = (SELECT patient_id FROM visit WHERE id = $2)`,
      [one?.id, two?.id],
    );
    const found = await discovers(person);
    expect(new Set(found.offered.map(({ patientReference }: any) => patientReference)).size).toBe(2);
    await chooses(found);
    expect(await types(found, codeSentTo(person))).toMatchObject({ state: 'answered' });
    await hip.later(6 * SECOND);
    for (const visit of [one, two]) expect(await hip.steps(visit?.id ?? '')).toContain('notified');
  });

  it('under another ABHA address than the hospital has of her links the visits to that one, and hers stays as it was', async () => {
    const row = aLegacyVisit();
    const { ABHA_ADDR, ABHA_NO, UHID } = row['PATIENT'] as Record<string, string>;
    const other = await aPerson({ abhaNumber: ABHA_NO, name: 'Asha Kashyap', yearOfBirth: 1991, mobile: '9812300045' });
    await hip.closes(row, false); // her old address is not known to ABDM any more
    await hip.settle();
    const found = await discovers(other);
    expect(found).toMatchObject({ state: 'answered' });
    await chooses(found);
    expect(await types(found, codeSentTo(other))).toMatchObject({ state: 'answered' });
    await hip.later(6 * SECOND);
    const patient = await hip.db.query('SELECT abha_address_hash FROM patient WHERE uhid_hash = $1', [
      hip.sealer.hash('uhid', UHID ?? ''),
    ]);
    expect(patient).toEqual([{ abha_address_hash: hip.sealer.hash('abha-address', ABHA_ADDR ?? '') }]);
    expect(await hip.linksOf(other.abha.abhaAddress)).not.toEqual([]);
    expect(await hip.asked('notify', other.abha.abhaAddress)).toHaveLength(1);
  });
});

describe('A choice', () => {
  it.each([
    [
      'of what was not offered',
      { careContexts: [{ patientReference: 'UHID', careContextReference: 'OPD/26/OTHER' }] },
      'ABDM-1057',
    ],
    [
      'under another patient number',
      { careContexts: [{ patientReference: 'SOMEBODY', careContextReference: 'OPD' }] },
      'ABDM-1060',
    ],
    ['by another ABHA address', { overrides: { abhaAddress: 'somebody.else@sbx' } }, 'ABDM-1170'],
    ['of nothing', { overrides: { patient: [] } }, 'ABDM-1057'],
    [
      'in a transaction nobody knows',
      { overrides: { transactionId: 'b5e7f1d4-2a0c-4a55-9f0b-0d5e7b1c9a11' } },
      'ABDM-1017',
    ],
    ['at another hospital of ours', { hipId: OTHER_HFR_ID }, 'ABDM-1017'],
  ])('%s is refused, and no code is made', async (_, body: any, code) => {
    const person = await aPerson();
    await hasBeenHere(person);
    const found = await discovers(person);
    const [{ patientReference }] = found.offered;
    const careContexts = body.careContexts?.map((one: any) => ({
      ...one,
      patientReference: one.patientReference === 'UHID' ? patientReference : one.patientReference,
    }));
    expect(await chooses(found, careContexts ? { careContexts } : body)).toMatchObject({
      state: 'refused',
      error: { code },
    });
    expect(messagesTo(person.abha.mobile)).toEqual([]);
    expect((await audited('link.begun')).at(-1)).not.toBe('otp');
  });

  it('that comes too late is refused', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    const found = await discovers(person);
    await hip.later(31 * MINUTE);
    expect(await chooses(found)).toMatchObject({ state: 'refused', error: { code: 'ABDM-1017' } });
  });

  it('of what was linked meanwhile is refused', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    const [first, second] = [await discovers(person), await discovers(person)];
    await chooses(first);
    await types(first, codeSentTo(person));
    expect(await chooses(second)).toMatchObject({ state: 'refused', error: { code: 'ABDM-1056' } });
  });

  it('of a patient without a mobile is refused, and says so', async () => {
    const person = await aPerson();
    await hasBeenHere(person, 1, { PATIENT: { ABHA_NO: person.abha['abhaNumber'], MOBILE: '' } });
    const found = await discovers(person);
    expect(await chooses(found)).toMatchObject({
      state: 'refused',
      error: { code: 'ABDM-1111', message: 'Mobile number not found.' },
    });
  });

  it('that ABDM itself refuses is answered by nobody', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    const found = await discovers(person);
    const error = { code: 'ABDM-1056', message: 'This care context has already been linked' };
    expect(await chooses(found, { overrides: { error } })).toMatchObject({ state: 'waiting' });
    hip.clock.move(20 * SECOND);
    await pause(1_200);
    expect((await seen(found.transactionId)).init).toMatchObject({ state: 'waiting' });
  });

  it('made again and again is a sixth code in an hour, which is not sent', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    const found = await discovers(person);
    for (let i = 0; i < 5; i += 1) expect(await chooses(found)).toMatchObject({ state: 'answered' });
    expect(await chooses(found)).toMatchObject({ state: 'refused', error: { code: 'ABDM-1100' } });
    expect(messagesTo(person.abha.mobile)).toHaveLength(5);
    await hip.later(HOUR + MINUTE);
    expect(await chooses(await discovers(person))).toMatchObject({ state: 'answered' });
  });

  it('made all day long is an eleventh code in a day, which is not sent', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    for (let hour = 0; hour < 2; hour += 1) {
      const found = await discovers(person);
      for (let i = 0; i < 5; i += 1) expect(await chooses(found)).toMatchObject({ state: 'answered' });
      await hip.later(HOUR + MINUTE);
    }
    expect(await chooses(await discovers(person))).toMatchObject({ state: 'refused', error: { code: 'ABDM-1100' } });
    await hip.later(24 * HOUR);
    expect(await chooses(await discovers(person))).toMatchObject({ state: 'answered' });
  });

  it('delivered twice is one code', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    expect(await chooses(await discovers(person), { times: 2 })).toMatchObject({ state: 'answered' });
    expect(messagesTo(person.abha.mobile)).toHaveLength(1);
  });
});

describe('A code', () => {
  async function aLinkBegun(visits = 1): Promise<{ person: Person; found: any; ids: string[]; code: string }> {
    const person = await aPerson();
    const taken = await hasBeenHere(person, visits);
    const found = await discovers(person);
    await chooses(found);
    return { person, found, ids: taken.map(({ id }) => id), code: codeSentTo(person) };
  }
  const isLinked = async (id: string | undefined): Promise<boolean> => (await hip.visit(id ?? '')).state === 'linked';

  it('that is wrong links nothing, and the right one may follow', async () => {
    const { found, ids, code } = await aLinkBegun();
    expect(await types(found, anotherThan(code))).toMatchObject({ state: 'refused', error: { code: 'ABDM-1035' } });
    expect(await isLinked(ids[0])).toBe(false);
    expect(await types(found, code)).toMatchObject({ state: 'answered' });
    expect(await isLinked(ids[0])).toBe(true);
  });

  it('that is no number at all is wrong, and is answered', async () => {
    const { found } = await aLinkBegun();
    expect(await types(found, 'six five four')).toMatchObject({ state: 'refused', error: { code: 'ABDM-1035' } });
  });

  it('links to her address only, though somebody else asks under the same transaction meanwhile', async () => {
    const { person, found, ids, code } = await aLinkBegun();
    const other = await aPerson();
    await hasBeenHere(other);
    const [asked] = await discoverRequests(found.transactionId);
    const body = { ...asked, patient: { ...asked.patient, id: other.abha.abhaAddress } };
    const verified = [{ type: 'MOBILE', value: other.abha.mobile }];
    await hip.abdm('POST', '/simulator/callbacks', {
      clientId: 'SBX_000001',
      path: '/api/v3/hip/patient/care-context/discover',
      hipId: HFR_ID,
      body: { ...body, patient: { ...body.patient, verifiedIdentifiers: verified } },
    });
    await hip.settle();
    expect(await types(found, code)).toMatchObject({ state: 'answered' });
    expect(await isLinked(ids[0])).toBe(true);
    const [context] = await hip.db.query('SELECT linked_abha_hash AS hash FROM care_context WHERE visit_id = $1', [
      ids[0],
    ]);
    expect(context.hash).toEqual(hip.sealer.hash('abha-address', person.abha.abhaAddress));
  });

  it('is worth nothing after five wrong ones', async () => {
    const { found, ids, code } = await aLinkBegun();
    for (let i = 0; i < 5; i += 1)
      expect(await types(found, anotherThan(code))).toMatchObject({ error: { code: 'ABDM-1035' } });
    expect(await types(found, code)).toMatchObject({ state: 'refused', error: { code: 'ABDM-1100' } });
    expect(await isLinked(ids[0])).toBe(false);
  });

  it('is tried five times at most, also when ten come at once', async () => {
    const { found, code } = await aLinkBegun();
    await Promise.all(
      Array.from({ length: 10 }, () =>
        hip.abdm('POST', `/simulator/discoveries/${found.transactionId}/confirm`, { token: anotherThan(code) }),
      ),
    );
    await hip.settle();
    const outcomes = (await audited('link.confirmed')).slice(-10);
    expect(outcomes.filter((outcome) => outcome === 'otp-wrong')).toHaveLength(5);
    expect(outcomes.filter((outcome) => outcome === 'too-many-tries')).toHaveLength(5);
  });

  it('that comes too late is told so', async () => {
    const { found, ids, code } = await aLinkBegun();
    await hip.later(11 * MINUTE);
    expect(await types(found, code)).toMatchObject({ state: 'refused', error: { code: 'ABDM-1048' } });
    expect(await isLinked(ids[0])).toBe(false);
  });

  it('counts once', async () => {
    const { found, ids, code } = await aLinkBegun();
    expect(await types(found, code, { times: 2 })).toMatchObject({ state: 'answered' });
    expect(await types(found, code)).toMatchObject({ state: 'refused', error: { code: 'ABDM-1056' } });
    expect(await isLinked(ids[0])).toBe(true);
  });

  it.each([
    ['a reference nobody gave out', 'b5e7f1d4-2a0c-4a55-9f0b-0d5e7b1c9a11'],
    ['a reference of no form', 'LINK-1'],
  ])('under %s is answered', async (_, linkRefNumber) => {
    const { found, code } = await aLinkBegun();
    expect(await types(found, code, { linkRefNumber })).toMatchObject({
      state: 'refused',
      error: { code: 'ABDM-1056' },
    });
  });

  it('is of the hospital that sent it', async () => {
    const { found, ids, code } = await aLinkBegun();
    expect(await types(found, code, { hipId: OTHER_HFR_ID })).toMatchObject({ error: { code: 'ABDM-1056' } });
    expect(await isLinked(ids[0])).toBe(false);
  });

  it('is taken also when confirm names the hospital under X-HIU-ID, as the M2 document has it', async () => {
    const { found, code } = await aLinkBegun();
    const { linkRefNumber } = (await seen(found.transactionId)).init;
    const path = '/api/v3/hip/link/care-context/confirm';
    const body = { confirmation: { token: code, linkRefNumber } };
    const headers = { authorization: await aGenuineToken(), 'request-id': randomUUID() };
    expect((await hip.call('POST', path, body, headers)).status).toBe(400);
    expect((await hip.call('POST', path, body, { ...headers, 'x-hiu-id': HFR_ID })).status).toBe(202);
    await hip.settle();
    const [row] = await hip.db.query('SELECT state FROM user_link WHERE id = $1', [linkRefNumber]);
    expect(row.state).toBe('undone'); // linked, and the answer to a question ABDM never asked was not taken
    await hip.abdm('DELETE', '/simulator/violations');
  });

  it('of another link does not open this one', async () => {
    const [mine, theirs] = [await aLinkBegun(), await aLinkBegun()];
    expect(await types(mine.found, theirs.code === mine.code ? '000000' : theirs.code)).toMatchObject({
      error: { code: 'ABDM-1035' },
    });
  });

  it('leaves out a visit that was withdrawn meanwhile', async () => {
    const person = await aPerson();
    const [one, two] = await hasBeenHere(person, 2);
    const found = await discovers(person);
    await chooses(found);
    await hip.closes({ ...one?.row, ROW_VER: 2, DEL_FLAG: 'Y' }, false);
    const confirm = await types(found, codeSentTo(person));
    expect(referencesIn(confirm.linked)).toEqual([two?.row['OPD_NO']]);
    expect((await hip.visit(one?.id ?? '')).state).toBe('withdrawn');
  });

  it('whose answer ABDM does not take leaves nothing linked, and the visit can be linked again', async () => {
    const { person, found, ids, code } = await aLinkBegun();
    await hip.abdm('POST', '/simulator/faults', {
      operationId: 'onLinkConfirm',
      status: 400,
      body: { error: { code: 'ABDM-1111', message: 'Invalid On confirm response' } },
    });
    await types(found, code);
    expect(await hip.steps(ids[0] ?? '')).toContain('failed ABDM-1111');
    // ABDM has not agreed that the address is hers: it is not kept, and the visit is not linked to it.
    expect(await isLinked(ids[0])).toBe(false);
    const known = `SELECT abha_address_hash AS hash FROM patient p JOIN visit v ON v.patient_id = p.id WHERE v.id = $1`;
    expect(await hip.db.query(known, [ids[0]])).toEqual([{ hash: null }]);
    const again = await discovers(person);
    await chooses(again);
    expect(await types(again, codeSentTo(person))).toMatchObject({ state: 'answered' });
    expect(await isLinked(ids[0])).toBe(true);
  });

  it('is answered late, and nothing is linked, when the database hangs', async () => {
    const { found, ids, code } = await aLinkBegun();
    await whileHeld(`SELECT 1 FROM visit WHERE id = '${ids[0] ?? ''}' FOR UPDATE`, async () => {
      await hip.abdm('POST', `/simulator/discoveries/${found.transactionId}/confirm`, { token: code });
      hip.clock.move(8 * SECOND);
      await until(async () => (await seen(found.transactionId)).confirm.state !== 'waiting');
    });
    await hip.settle();
    expect((await seen(found.transactionId)).confirm).toMatchObject({ state: 'refused', error: { code: 'ABDM-9999' } });
    expect(await isLinked(ids[0])).toBe(false);
    expect(await types(found, code)).toMatchObject({ state: 'answered' });
    expect(await isLinked(ids[0])).toBe(true);
  });

  it('is neither in the database nor in a log, nor is the mobile it went to', async () => {
    const { person, found, code } = await aLinkBegun();
    await types(found, anotherThan(code));
    await types(found, code);
    const tables: { name: string }[] = await hip.db.query(
      `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
       WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'graphile_worker')`,
    );
    for (const { name } of tables) {
      const rows: { row: string }[] = await hip.db.query(`SELECT t::text AS row FROM ${name} AS t`);
      const telling = rows.filter(({ row }) => new RegExp(`\\b(${code}|${person.abha.mobile})\\b`).test(row));
      expect([name, telling.length]).toEqual([name, 0]);
    }
    expect(hip.logged()).not.toMatch(new RegExp(`\\b(${code}|${person.abha.mobile})\\b`));
  });
});

describe('A hospital with an SMS gateway', () => {
  const before = hipOnce();
  const statuses = [500, 202];
  const messages: { status: number; body: any; signature: string }[] = [];
  let gateway: Server;
  beforeAll(async () => {
    gateway = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        const status = statuses.shift() ?? 202;
        messages.push({ status, body: JSON.parse(body), signature: String(request.headers['x-adapter-signature']) });
        response.writeHead(status).end('not for the log: 9876543210');
      });
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}/sms`;
    await before.uses({ OTP_WEBHOOK_URL: url, OTP_WEBHOOK_SECRET: 'invented-secret' });
  });
  afterAll(async () => {
    await before.comesBack();
    gateway.close();
  });

  it('is asked again when it stumbles, and the patient links her visit with what it was given', async () => {
    const person = await aPerson();
    const [visit] = await hasBeenHere(person);
    const found = await discovers(person);
    expect(await chooses(found)).toMatchObject({ state: 'answered' });
    await hip.later(5 * SECOND);
    expect(messages.map(({ status }) => status)).toEqual([500, 202]);
    const { body, signature } = messages[1] ?? { body: {}, signature: '' };
    expect([body.mobile, signature]).toEqual([person.abha.mobile, expect.stringMatching(/^t=\d+,v1=[0-9a-f]{64}$/)]);
    const code = /\d{6}/.exec(body.text.hi)?.[0] ?? '';
    expect(await types(found, code)).toMatchObject({ state: 'answered' });
    expect((await hip.visit(visit?.id ?? '')).state).toBe('linked');
    expect(hip.logged()).not.toMatch(new RegExp(`${code}|${person.abha.mobile}|9876543210`));
    expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
  });
});

describe('A hospital without an SMS gateway', () => {
  const before = hipOnce();
  beforeAll(() => before.uses({}));
  afterAll(() => before.comesBack());

  it('shows a patient her visits, but cannot send her a code, and says so', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    const found = await discovers(person);
    expect(found).toMatchObject({ state: 'answered' });
    expect(await chooses(found)).toMatchObject({ state: 'refused', error: { code: 'ABDM-1008' } });
  });
});

// Codes are kept in the memory of the first process, which is gone after these.
describe('A process', () => {
  it('that is only a door answers with an error when no worker is free to look for the patient', async () => {
    const person = await aPerson();
    const [path, body] = [`/simulator/patients/${person.abha.abhaAddress}/discover`, { hipId: HFR_ID }];
    let transactionId = '';
    await hip.whileStopped(async () => {
      const door = await hip.another({ ROLE: 'http' });
      transactionId = (await hip.abdm('POST', path, body)).transactionId;
      hip.clock.move(8 * SECOND);
      await until(async () => (await seen(transactionId)).state !== 'waiting');
      await door.stop();
    });
    await hip.settle();
    expect(await seen(transactionId)).toMatchObject({ state: 'refused', error: { code: 'ABDM-9999' } });
  });

  it('that died with a discovery stored leaves it to the next one, which answers', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    const [path, body] = [`/simulator/patients/${person.abha.abhaAddress}/discover`, { hipId: HFR_ID }];
    let transactionId = '';
    await hip.whileStopped(async () => {
      const door = await hip.another({ ROLE: 'http' });
      transactionId = (await hip.abdm('POST', path, body)).transactionId;
      await door.stop();
    });
    await hip.settle();
    expect(await seen(transactionId)).toMatchObject({ state: 'answered' });
  });

  it('that died before it sent a code leaves that to the next one', async () => {
    const person = await aPerson();
    await hasBeenHere(person);
    const found = await discovers(person);
    await hip.whileStopped(async () => {
      const door = await hip.another({ ROLE: 'http' });
      await hip.abdm('POST', `/simulator/discoveries/${found.transactionId}/init`, {});
      await door.stop();
    });
    await hip.settle();
    expect((await seen(found.transactionId)).init).toMatchObject({ state: 'answered' });
    const [{ unsent }] = await hip.db.query(
      'SELECT count(*)::int AS unsent FROM user_link WHERE sealed_otp IS NOT NULL',
    );
    expect(unsent).toBe(0);
  });
});

it('In all of this no rule of ABDM was broken, and the audit is whole', async () => {
  expect(await hip.abdm('GET', '/simulator/violations')).toEqual([]);
  expect(await firstBrokenAuditRow(hip.db)).toBeUndefined();
});

/** Another hospital for a while. */
function hipOnce() {
  let usual: LinkingHip;
  return {
    async uses(settings: Parameters<typeof aLinkingHip>[0]): Promise<void> {
      usual = hip;
      hip = await aLinkingHip(settings);
    },
    async comesBack(): Promise<void> {
      await hip.stop();
      hip = usual;
    },
  };
}

/** Of the gateway's, caught on its way. */
async function aGenuineToken(): Promise<string> {
  let authorization = '';
  const catcher = createServer((request, response) => {
    authorization = request.headers.authorization ?? '';
    response.writeHead(202).end();
  });
  await new Promise<void>((resolve) => catcher.listen(0, '127.0.0.1', resolve));
  const { port } = catcher.address() as AddressInfo;
  await hip.abdm('POST', '/simulator/callbacks', { url: `http://127.0.0.1:${port}`, path: '/x', body: {} });
  catcher.closeAllConnections();
  catcher.close();
  return authorization;
}

/** Something is locked in the database by somebody who does not come to an end. */
async function whileHeld(lock: string, work: () => Promise<void>): Promise<void> {
  const blocker = hip.db.createQueryRunner();
  await blocker.startTransaction();
  try {
    await blocker.query(lock);
    await work();
  } finally {
    await blocker.rollbackTransaction();
    await blocker.release();
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function until(holds: () => Promise<boolean>, seconds = 5): Promise<void> {
  for (let i = 0; i < 20 * seconds; i += 1) {
    if (await holds()) return;
    await pause(50);
  }
  throw new Error(`It did not happen within ${seconds} seconds`);
}

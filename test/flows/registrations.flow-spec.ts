import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { SharedProfiles } from '../../src/persistence/shared-profiles.js';
import { indiaDay } from '../../src/support/india-day.js';
import { aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { aCounter, aScan, aVerifiedAbha, aVerifiedSession, facilityIdOf } from '../makers/verified-abha.js';
import { aRunningHip, type Answer, type RunningHip } from '../setup/running-hip.js';

const REGISTRATIONS = '/api/v1/registrations';

let hip: RunningHip;
beforeAll(async () => {
  hip = await aRunningHip({ SMS_DEEP_LINK: 'off' });
});
afterAll(() => hip.stop());

const register = (body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  hip.call('POST', REGISTRATIONS, body, headers);

const columnsOf = (row: Columns): Columns => row['PATIENT'] as Columns;
const uhidIn = (row: Columns): string => columnsOf(row)['UHID'] as string;
const aUhid = (): string => uhidIn(aLegacyVisit());

/** A visit of a patient who gave no ABHA, and the ABHA she has after all, known to ABDM. */
async function aWaitingVisit(changes: Columns = {}) {
  const row = aLegacyVisit({ PATIENT: { ABHA_NO: '', ABHA_ADDR: '', ...changes } });
  const { id } = await hip.closes(row);
  await hip.settle();
  const abha = aVerifiedAbha();
  await hip.abdm('POST', '/simulator/patients', {
    abhaAddress: abha.abhaAddress,
    abhaNumber: (abha.abhaNumber ?? '').replace(/\D/g, ''),
    name: abha.name,
    gender: abha.gender,
    yearOfBirth: abha.yearOfBirth,
  });
  return { row, visitId: id as string, uhid: uhidIn(row), abha };
}

const rowsOf = async (table: string): Promise<number> => {
  const [row]: { count: number }[] = await hip.db.query(`SELECT count(*)::int AS count FROM ${table}`);
  return row?.count ?? 0;
};
const auditOf = async (subjectId: string): Promise<string[]> => {
  const rows: { line: string }[] = await hip.db.query(
    `SELECT action || ' ' || outcome AS line FROM audit WHERE subject_id = $1 ORDER BY seq`,
    [subjectId],
  );
  return rows.map(({ line }) => line);
};

describe('A registration with a verified ABHA', () => {
  it('makes the ABHA the patient’s, and links the visit that waited for it', async () => {
    const { visitId, uhid, abha } = await aWaitingVisit();
    expect((await hip.visit(visitId)).state).toBe('waiting-for-abha');
    const abhaSessionId = await aVerifiedSession(hip, abha);
    const answer = await register({ uhid, abhaSessionId });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      state: 'registered',
      message: null,
      registration: {
        patient: { uhid, abhaAddress: abha.abhaAddress },
        source: 'abha-session',
        day: indiaDay(hip.clock.now()),
        abhaSessionId,
        isAbhaCreated: false,
      },
    });
    await hip.settle();
    expect((await hip.visit(visitId)).state).toBe('linked');
    expect(await auditOf(answer.body.registration.id)).toEqual(['registration.made abha-session']);
  });

  it('of a patient the hospital sends for the first time takes her columns', async () => {
    const row = aLegacyVisit();
    const abha = aVerifiedAbha({ isNew: true });
    const columns = { ...columnsOf(row), ABHA_NO: '', ABHA_ADDR: '', UHID: undefined };
    const uhid = uhidIn(row);
    const abhaSessionId = await aVerifiedSession(hip, abha);
    const answer = await register({ uhid, abhaSessionId, columns: { PATIENT: columns } });
    expect([answer.status, answer.body.registration.isAbhaCreated]).toEqual([201, true]);
    const found = await hip.call('GET', `${REGISTRATIONS}/${answer.body.registration.id}`);
    expect(found.body).toEqual(answer.body.registration);
  });

  it('of a patient of whom only the number is sent takes what ABDM says of her', async () => {
    const abha = aVerifiedAbha({ monthOfBirth: undefined, dayOfBirth: undefined });
    const answer = await register({ uhid: aUhid(), abhaSessionId: await aVerifiedSession(hip, abha) });
    expect([answer.status, answer.body.registration.patient.abhaAddress]).toEqual([201, abha.abhaAddress]);
  });

  it('twice is one registration, also after the session has expired', async () => {
    const abhaSessionId = await aVerifiedSession(hip, aVerifiedAbha());
    const uhid = aUhid();
    const [first, ...others] = await Promise.all([1, 2, 3].map(() => register({ uhid, abhaSessionId })));
    const answers = [first, ...others];
    expect(answers.map((answer) => answer?.status).sort()).toEqual([200, 200, 201]);
    expect(new Set(answers.map((answer) => answer?.body.registration.id)).size).toBe(1);
    await hip.db.query('UPDATE abha_session SET expires_at = $2, sealed_profile = NULL WHERE id = $1', [
      abhaSessionId,
      new Date(0),
    ]);
    const later = await register({ uhid, abhaSessionId });
    expect([later.status, later.body.registration.id]).toEqual([200, first?.body.registration.id]);
    const otherwise = await register({ uhid: aUhid(), abhaSessionId });
    expect([otherwise.status, otherwise.body.code]).toEqual([409, 'registered-otherwise']);
  });

  it('names the number with dashes, as it stands on the card', async () => {
    const abha = aVerifiedAbha();
    const uhid = aUhid();
    const answer = await register({ uhid, abhaSessionId: await aVerifiedSession(hip, abha) });
    expect(answer.body.registration.patient.abhaNumber).toMatch(/^91-7777-\d{4}-1234$/);
    const other = aVerifiedAbha();
    const differs = await register({ uhid, abhaSessionId: await aVerifiedSession(hip, other) });
    expect(differs.body.differences).toContainEqual({
      field: 'abhaNumber',
      hospital: abha.abhaNumber,
      abha: other.abhaNumber,
    });
  });

  it('at a kiosk ends the session with it: whoever steps up next finds nothing of hers', async () => {
    const sessions = [await aVerifiedSession(hip, aVerifiedAbha()), await aVerifiedSession(hip, aVerifiedAbha())];
    const [kiosk, desk] = sessions;
    await hip.db.query(`UPDATE abha_session SET channel = 'kiosk', sealed_state = '\\x00' WHERE id = $1`, [kiosk]);
    const uhid = aUhid();
    const first = await register({ uhid, abhaSessionId: kiosk });
    await register({ uhid: aUhid(), abhaSessionId: desk });
    const rows: object[] = await hip.db.query(
      `SELECT step, sealed_profile IS NULL AND sealed_state IS NULL AS "isErased" FROM abha_session
       WHERE id = ANY ($1) ORDER BY channel DESC`,
      [sessions],
    );
    expect(rows).toEqual([
      { step: 'ended', isErased: true },
      { step: 'done', isErased: false },
    ]);
    const again = await register({ uhid, abhaSessionId: kiosk });
    expect([again.status, again.body.registration.id]).toEqual([200, first.body.registration.id]);
  });

  it('at a kiosk goes on while the clerk still has to decide', async () => {
    const { uhid, abha } = await aWaitingVisit({ PAT_NAME: 'SHRI RAMESH NETAM', PAT_NAME_HI: '', SEX: 'M' });
    const abhaSessionId = await aVerifiedSession(hip, abha);
    await hip.db.query(`UPDATE abha_session SET channel = 'kiosk' WHERE id = $1`, [abhaSessionId]);
    expect((await register({ uhid, abhaSessionId })).body.state).toBe('needs-decision');
    expect((await register({ uhid, abhaSessionId, decision: 'other-person' })).status).toBe(201);
    expect((await register({ uhid: aUhid(), abhaSessionId })).status).toBe(201);
  });

  it('is refused when the session has expired, is another facility’s, or is none', async () => {
    const expired = await aVerifiedSession(hip, aVerifiedAbha(), { minutesLeft: -1 });
    const good = await aVerifiedSession(hip, aVerifiedAbha());
    const before = await rowsOf('patient');
    for (const [abhaSessionId, headers] of [
      [expired, {}],
      [randomUUID(), {}],
      [good, { 'x-api-key': hip.otherKey }],
    ] as const) {
      const answer = await register({ uhid: aUhid(), abhaSessionId }, headers);
      expect([answer.status, answer.body.code]).toEqual([409, 'session-unusable']);
    }
    expect(await rowsOf('patient')).toBe(before);
  });
});

describe('A patient of whom ABDM tells a masked mobile only', () => {
  const mobileOf = (mobile: string): Columns => ({ PATIENT: { MOBILE: mobile } });
  async function whoWasHereBefore(mobile: string): Promise<string> {
    const row = aLegacyVisit({ PATIENT: { MOBILE: mobile, ABHA_NO: '', ABHA_ADDR: '' } });
    const brother = aLegacyVisit({ PATIENT: { MOBILE: mobile, PAT_NAME: 'RAMESH NETAM', PAT_NAME_HI: '', SEX: 'M' } });
    for (const each of [row, brother]) await hip.closes(each, false);
    return uhidIn(row);
  }
  const aSession = () => aVerifiedSession(hip, aVerifiedAbha({ mobile: undefined }));

  it('is found by the mobile that the clerk asks her for', async () => {
    const before = await whoWasHereBefore('9812388002');
    const abhaSessionId = await aSession();
    const asked = await register({ abhaSessionId });
    expect([asked.status, asked.body.state, asked.body.candidates]).toEqual([202, 'needs-uhid', []]);
    expect(asked.body.message.en).toMatch(/mobile.*columns/);
    const found = await register({ abhaSessionId, columns: mobileOf('98123 88002') });
    expect([found.status, found.body.state]).toEqual([202, 'needs-uhid']);
    expect(found.body.candidates.map(({ uhid }: any) => uhid)).toEqual([before]);
    expect(found.body.message.en).toContain('one of those shown');
  });

  it('and registered with a new number is told to be like one who was here', async () => {
    const before = await whoWasHereBefore('9812388003');
    const columns = { ...columnsOf(aLegacyVisit()), MOBILE: '9812388003', ABHA_NO: '', ABHA_ADDR: '', UHID: undefined };
    const answer = await register({ abhaSessionId: await aSession(), uhid: aUhid(), columns: { PATIENT: columns } });
    expect([answer.status, answer.body.alike]).toEqual([201, [before]]);
  });

  it('is looked for by both mobiles where the clerk’s is another than ABDM’s', async () => {
    const both = [await whoWasHereBefore('9812388004'), await whoWasHereBefore('9812388005')];
    const abhaSessionId = await aVerifiedSession(hip, aVerifiedAbha({ mobile: '9812388004' }));
    const { body } = await register({ abhaSessionId, columns: mobileOf('9812388005') });
    expect(body.candidates.map(({ uhid }: any) => uhid).sort()).toEqual([...both].sort());
  });

  it('and of whom nobody is found is not said to be among those shown', async () => {
    for (const columns of [{}, mobileOf('9812388999')]) {
      const { body } = await register({ abhaSessionId: await aSession(), columns });
      expect([body.state, body.candidates]).toEqual(['needs-uhid', []]);
      expect(body.message.en).not.toContain('those shown');
      expect(body.message.hi).not.toContain('दिखाए गए');
    }
  });
});

describe('A scan that becomes a registration', () => {
  it('ties the token to it, and counts for the counter where she waits', async () => {
    const scan = await aScan(hip, aVerifiedAbha(), { counter: 'C7' });
    const answer = await register({ uhid: aUhid(), sharedProfileId: scan.sharedProfileId });
    expect(answer.status).toBe(201);
    expect(answer.body.registration).toMatchObject({
      source: 'scan-and-share',
      sharedProfileId: scan.sharedProfileId,
      token: { id: scan.tokenId, number: scan.number },
      counter: 'C7',
    });
    expect((await register({ sharedProfileId: scan.sharedProfileId })).status).toBe(200);
  });

  it('of a patient who was here before needs no patient number: her ABHA names her', async () => {
    const abha = aVerifiedAbha();
    const uhid = aUhid();
    await register({ uhid, abhaSessionId: await aVerifiedSession(hip, abha) });
    const { sharedProfileId } = await aScan(hip, abha);
    const answer = await register({ sharedProfileId });
    expect([answer.status, answer.body.registration.patient.uhid]).toEqual([201, uhid]);
  });

  it('of a patient whose ABHA is not known here yet shows who of the hospital’s patients she may be, and guesses nobody', async () => {
    const mobile = '9812388001';
    const row = aLegacyVisit({ PATIENT: { MOBILE: mobile, ABHA_NO: '', ABHA_ADDR: '' } });
    const brother = aLegacyVisit({ PATIENT: { MOBILE: mobile, PAT_NAME: 'RAMESH NETAM', PAT_NAME_HI: '', SEX: 'M' } });
    for (const each of [row, brother]) await hip.closes(each, false);
    const { sharedProfileId } = await aScan(hip, aVerifiedAbha({ mobile }));
    const asked = await register({ sharedProfileId });
    expect([asked.status, asked.body.state]).toEqual([202, 'needs-uhid']);
    expect(asked.body.candidates.map(({ uhid }: any) => uhid)).toEqual([uhidIn(row)]);
    const asNew = await register({ sharedProfileId, uhid: aUhid() });
    expect([asNew.status, asNew.body.alike]).toEqual([201, [uhidIn(row)]]);
  });

  it('after the day is refused: the profile is erased', async () => {
    const { sharedProfileId } = await aScan(hip, aVerifiedAbha());
    const profiles = hip.adapter.app.get(SharedProfiles);
    await profiles.eraseOld(hip.db, await facilityIdOf(hip), {
      today: '2999-01-01',
      unlessSharedSince: new Date('2999-01-01'),
      now: hip.clock.now(),
    });
    const answer = await register({ uhid: aUhid(), sharedProfileId });
    expect([answer.status, answer.body.code]).toEqual([410, 'profile-erased']);
    expect((await register({ uhid: aUhid(), sharedProfileId: randomUUID() })).status).toBe(404);
  });

  it('is not another facility’s to register', async () => {
    const { sharedProfileId } = await aScan(hip, aVerifiedAbha());
    const answer = await register({ uhid: aUhid(), sharedProfileId }, { 'x-api-key': hip.otherKey });
    expect([answer.status, answer.body.code]).toEqual([404, 'profile-unknown']);
  });
});

describe('An ABHA that does not fit the hospital’s record', () => {
  async function differing() {
    const { uhid, visitId, abha } = await aWaitingVisit({
      PAT_NAME: 'SHRI RAMESH NETAM',
      PAT_NAME_HI: '',
      SEX: 'M',
      DOB: '01/01/1960',
    });
    return { uhid, visitId, abha, abhaSessionId: await aVerifiedSession(hip, abha) };
  }

  it('is shown to the clerk with both values, and nothing is changed', async () => {
    const { uhid, visitId, abhaSessionId } = await differing();
    const before = [await rowsOf('registration'), await rowsOf('patient')];
    const answer = await register({ uhid, abhaSessionId });
    expect([answer.status, answer.body.state]).toEqual([202, 'needs-decision']);
    expect(answer.body.differences).toEqual([
      { field: 'name', hospital: expect.stringMatching(/ramesh netam/i), abha: 'Asha Kashyap' },
      { field: 'gender', hospital: 'male', abha: 'female' },
      { field: 'birthYear', hospital: '1960', abha: '1991' },
    ]);
    expect(answer.body.message).toMatchObject({ en: expect.any(String), hi: expect.stringMatching(/[ऀ-ॿ]/u) });
    await hip.settle();
    expect([await rowsOf('registration'), await rowsOf('patient')]).toEqual(before);
    expect((await hip.visit(visitId)).state).toBe('waiting-for-abha');
  });

  it('of the same person is hers once the clerk says so', async () => {
    const { uhid, abha, abhaSessionId } = await differing();
    const answer = await register({ uhid, abhaSessionId, decision: 'same-person' });
    expect([answer.status, answer.body.registration.patient.abhaAddress]).toEqual([201, abha.abhaAddress]);
    expect(await auditOf(answer.body.registration.id)).toEqual([
      'registration.decided same-person',
      'registration.made abha-session',
    ]);
  });

  it('of another person is not hers: she is registered without, and the session stays good for whose it is', async () => {
    const { uhid, abhaSessionId } = await differing();
    const answer = await register({ uhid, abhaSessionId, decision: 'other-person' });
    expect([answer.status, answer.body.registration.source]).toEqual([201, 'desk']);
    expect(answer.body.registration.patient.abhaAddress).toBeNull();
    expect(await auditOf(answer.body.registration.id)).toContain('registration.decided other-person');
    expect((await register({ uhid: aUhid(), abhaSessionId })).status).toBe(201);
  });

  it('is refused when another patient has it, saying who, and nothing is changed', async () => {
    const { uhid, visitId, abha } = await aWaitingVisit();
    const holder = aUhid();
    await register({ uhid: holder, abhaSessionId: await aVerifiedSession(hip, abha) });
    const before = [await rowsOf('registration'), await rowsOf('patient'), await rowsOf('merge_proposal')];
    for (const profile of [
      abha,
      aVerifiedAbha({ abhaNumber: abha.abhaNumber }),
      aVerifiedAbha({ abhaNumber: undefined, abhaAddress: abha.abhaAddress }),
    ]) {
      const answer = await register({ uhid, abhaSessionId: await aVerifiedSession(hip, profile) });
      expect([answer.status, answer.body.state, answer.body.heldBy]).toEqual([
        202,
        'abha-of-another-patient',
        { uhid: holder },
      ]);
    }
    await hip.settle();
    expect([await rowsOf('registration'), await rowsOf('patient'), await rowsOf('merge_proposal')]).toEqual(before);
    expect((await hip.visit(visitId)).state).toBe('waiting-for-abha');
  });

  it('given to two patients by two desks at once becomes one’s only', async () => {
    const abha = aVerifiedAbha();
    const sessions = [await aVerifiedSession(hip, abha), await aVerifiedSession(hip, abha)];
    const answers = await Promise.all(sessions.map((abhaSessionId) => register({ uhid: aUhid(), abhaSessionId })));
    expect(answers.map(({ body }) => body.state).sort()).toEqual(['abha-of-another-patient', 'registered']);
  });
});

describe('A registration without an ABHA', () => {
  it('is taken: nobody needs one to be treated; twice a day it is one', async () => {
    const row = aLegacyVisit({ PATIENT: { ABHA_NO: '', ABHA_ADDR: '' } });
    await aCounter(hip, 'D2');
    const body = { uhid: uhidIn(row), columns: { PATIENT: columnsOf(row) }, counter: 'd2' };
    const [first, second] = [await register(body), await register(body)];
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(first.body.registration).toMatchObject({ source: 'desk', counter: 'D2', token: null });
    expect(second.body.registration.id).toBe(first.body.registration.id);
  });

  it.each([
    ['no number at all', {}, 'uhid-missing'],
    ['a number of which nothing is known', { uhid: 'NOBODY-1' }, 'patient-unknown'],
    ['a number that looks like an Aadhaar number', { uhid: '2345 6789 0124' }, 'uhid-unusable'],
    ['columns without a name', { uhid: 'X-1', columns: { PATIENT: { SEX: 'F' } } }, 'patient-unreadable'],
    [
      'columns of another number',
      { uhid: 'X-1', columns: { PATIENT: { UHID: 'X-2', PAT_NAME: 'ASHA' } } },
      'uhid-differs',
    ],
    ['both a session and a profile', { abhaSessionId: randomUUID(), sharedProfileId: randomUUID() }, 'two-sources'],
    ['a field it does not know', { uhid: 'X-1', name: 'Asha' }, 'fields-wrong'],
  ])('is refused with %s', async (_, body, code) => {
    const answer = await register(body);
    expect([answer.status, answer.body.code]).toEqual([400, code]);
    expect(JSON.stringify(answer.body)).not.toMatch(/NOBODY|2345|X-1/);
  });

  it('at a counter the facility has not is refused', async () => {
    expect((await register({ uhid: aUhid(), counter: 'NONE' })).body.code).toBe('counter-unknown');
  });

  it('is its own facility’s only', async () => {
    const made = await register({ uhid: aUhid(), abhaSessionId: await aVerifiedSession(hip, aVerifiedAbha()) });
    const { id } = made.body.registration;
    const other = await hip.call('GET', `${REGISTRATIONS}/${id}`, undefined, { 'x-api-key': hip.otherKey });
    expect([other.status, other.body.code]).toEqual([404, 'registration-unknown']);
    expect((await hip.call('GET', `${REGISTRATIONS}/nonsense`)).status).toBe(404);
    expect((await register({}, { 'x-api-key': '' })).status).toBe(401);
  });
});

it('a process that dies in the middle has done nothing; the same request afterwards does all of it', async () => {
  const { uhid, visitId, abha } = await aWaitingVisit();
  const abhaSessionId = await aVerifiedSession(hip, abha);
  // It dies at the last statement: what came before is in the transaction.
  await hip.db.query(`
    CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
    CREATE TRIGGER die BEFORE INSERT ON audit FOR EACH ROW WHEN (NEW.action = 'registration.made') EXECUTE FUNCTION die()`);
  expect((await register({ uhid, abhaSessionId })).status).toBeGreaterThanOrEqual(500);
  await hip.db.query('DROP TRIGGER die ON audit; DROP FUNCTION die');
  await hip.settle();
  expect((await hip.visit(visitId)).state).toBe('waiting-for-abha');
  expect((await register({ uhid, abhaSessionId })).status).toBe(201);
  await hip.settle();
  expect((await hip.visit(visitId)).state).toBe('linked');
});

it('nothing of the patients stands unsealed in the table of registrations, in the log or in a job', async () => {
  const rows: { row: string }[] = await hip.db.query('SELECT r::text AS row FROM registration r');
  const everything = rows.map(({ row }) => row).join('\n') + hip.logged();
  for (const personal of ['BAS-2026', 'asha.k', '91-7777', '917777', 'Kashyap', 'NETAM'])
    expect(everything).not.toContain(personal);
});

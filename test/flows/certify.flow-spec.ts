import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Abdm } from '../../src/commands/certify/abdm.js';
import { Hospital } from '../../src/commands/certify/hospital.js';
import { LEFT_OUT_M1 } from '../../src/commands/certify/left-out-m1.js';
import { readOptions } from '../../src/commands/certify/options.js';
import { reportOf, verdictTable, writeReport } from '../../src/commands/certify/report.js';
import { play } from '../../src/commands/certify/runner.js';
import type { Scene, Theatre } from '../../src/commands/certify/scene.js';
import { consentExpired, consentGranted, consentRevoked } from '../../src/commands/certify/scenes/consents.js';
import { SCENES, scenesOf } from '../../src/commands/certify/scenes/index.js';
import { scanAndShare } from '../../src/commands/certify/scenes/scan-and-share.js';
import { creation } from '../../src/commands/certify/scenes/abha-create.js';
import { forgotten } from '../../src/commands/certify/scenes/abha-find.js';
import { demographicLinking } from '../../src/commands/certify/scenes/linking.js';
import { requestsOutsideConsent } from '../../src/commands/certify/scenes/transfers.js';
import { userLinking } from '../../src/commands/certify/scenes/user-linking.js';
import { SmsGateway } from '../../src/commands/certify/sms-gateway.js';
import { ALL_CASES, BOTH_MILESTONES, milestoneOf } from '../../src/commands/certify/sheets.js';
import { M1_CASES } from '../../src/commands/certify/test-cases-m1.js';
import { isMandatory, TEST_CASES } from '../../src/commands/certify/test-cases.js';
import { consentsIn, recordsIn } from '../../src/commands/certify/theatre.js';
import { LEFT_OUT, type CaseResult, type Report } from '../../src/commands/certify/verdict.js';
import { aPatient } from '../../src/commands/certify/visits.js';
import { ScriptedAdapter } from '../../src/simulator/testing/scripted-adapter.js';
import { CALLBACKS, CALLS, claimOf, linkBody } from '../../src/simulator/testing/scripted-hip.js';
import { aRunningHip, HFR_ID, type RunningHip } from '../setup/running-hip.js';

const IMPATIENT_MS = 400;
const silent = (): void => undefined;

/** On the clocks, here and at the ABHA service. */
async function passes(seconds: number): Promise<void> {
  await hip.abdm('POST', '/simulator/abha/clock', { forwardSeconds: seconds });
  await hip.later(seconds * 1_000);
}

let hip: RunningHip;
let smsGateway: SmsGateway;
let theatre: Theatre;
beforeAll(async () => {
  smsGateway = await SmsGateway.start();
  hip = await aRunningHip({
    OTP_WEBHOOK_URL: smsGateway.url,
    OTP_WEBHOOK_SECRET: smsGateway.secret,
    ABHA_BENEFIT_NAME: 'healthid api',
    ABHA_LEGACY: 'on',
    ABHA_ACCOUNT_ENDINGS: 'on',
  });
  await hip.abdm('POST', '/simulator/abha/settings', { keyBits: 2048 });
  theatre = {
    abdm: new Abdm(hip.simulatorUrl, HFR_ID, 10_000),
    hospital: new Hospital({
      adapterUrl: hip.url,
      apiKey: hip.key,
      hfrId: HFR_ID,
      smsGateway,
      builtRecords: recordsIn(hip),
      consentsOf: consentsIn(hip),
    }),
    given: undefined,
    passes,
  };
});
afterAll(async () => {
  smsGateway.stop();
  await hip.stop();
});

const verdictsOf = (cases: readonly CaseResult[], ...scenes: readonly Scene[]): Record<string, string> =>
  Object.fromEntries(scenes.flatMap((scene) => Object.keys(scene.cases)).map((id) => [id, result(cases, id).verdict]));

function result(cases: readonly CaseResult[], id: string): CaseResult {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No case ${id}`);
  return found;
}

const ALL_LEFT_OUT = { ...LEFT_OUT_M1, ...LEFT_OUT };

describe('The test sheets', () => {
  it.each([
    ['Milestone 1', M1_CASES, 114],
    ['Milestone 2', TEST_CASES, 59],
  ])('of %s is there from the first case to the last', (_milestone, cases, count) => {
    expect(cases.map(({ number }) => number)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  it('have each case played by one scene, or left out with a reason', () => {
    const played = SCENES.flatMap((scene) => Object.keys(scene.cases));
    expect([...played, ...Object.keys(ALL_LEFT_OUT)].sort()).toEqual(ALL_CASES.map(({ id }) => id as string).sort());
  });

  it('are played each by itself, too: no scene plays cases of both', () => {
    const ofOne = BOTH_MILESTONES.map((milestone) => scenesOf([milestone]));
    expect(ofOne.flat()).toHaveLength(SCENES.length);
    expect(scenesOf([1])).toContain(scanAndShare);
    expect(milestoneOf({ section: 'E' })).toBe(1);
  });
});

describe('A certification run', () => {
  it('passes every case that this adapter can play, and shows the messages it is proved by', async () => {
    const cases = await play(theatre, SCENES, silent);
    expect(cases).toHaveLength(173);
    const notPassed = cases.filter(({ id, verdict }) => !(id in ALL_LEFT_OUT) && verdict !== 'passed');
    expect(notPassed.map(({ id, why }) => ({ id, why }))).toEqual([]);
    const { messages, facts } = result(cases, 'HIP_INTI_LINK_505');
    expect(messages[0]).toMatchObject({ from: 'HIP', operation: 'linkCareContexts', httpStatus: 202 });
    expect(messages.map(({ operation }) => operation)).toContain('onCareContextLinked');
    for (const { requestId } of messages) expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(facts.length).toBeGreaterThan(2);
    expect(result(cases, 'HIP_INTI_LINK_201')).toMatchObject({ verdict: 'not applicable', facts: [] });
    const enrolled = result(cases, 'B1').messages.find(({ operation }) => operation === 'enrolByAadhaar');
    expect(enrolled).toMatchObject({ from: 'HIP', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(result(cases, 'RESCAN').messages.map(({ operation }) => operation)).toEqual(
      expect.arrayContaining(['patientShare', 'onShare']),
    );
    // Personal data stays out of the report: not even those of the invented patients are in it.
    expect(JSON.stringify(cases)).not.toMatch(/@sbx|netam|markam|kashyap|khatoon/i);
  });

  it('says of what it did not get to that it was not played', async () => {
    const cases = await play(theatre, [], silent);
    expect(result(cases, 'DAT_03')).toMatchObject({ verdict: 'not played', messages: [] });
  });

  it('fails an adapter that sends records after the revocation', async () => {
    // The database forgets the revocation: the adapter goes on as if it were not.
    await hip.db.query(`CREATE FUNCTION stay_granted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'`);
    await hip.db.query(`CREATE TRIGGER stay_granted BEFORE UPDATE ON consent_artefact FOR EACH ROW
      WHEN (NEW.status = 'REVOKED') EXECUTE FUNCTION stay_granted()`);
    // Its push is refused by the simulator, and tried again: nobody waits for the end of that.
    const impatient = { ...theatre, abdm: new Abdm(hip.simulatorUrl, HFR_ID, 3_000) };
    const cases = await play(impatient, [consentRevoked], silent);
    await hip.db.query('DROP TRIGGER stay_granted ON consent_artefact');
    const { verdict, why } = result(cases, 'HIP_INIT_REVOKE_CONSENT');
    expect(verdict).toBe('failed');
    expect(why).toContain('After it a request was refused');
    expect(why).toContain('push-without-consent');
    const report = reportOf(cases, 'this adapter', new Date(), new Date());
    expect(report.failedMandatory).toEqual(['HIP_INIT_REVOKE_CONSENT']);
    expect(verdictTable(report)).toContain('failed: HIP_INIT_REVOKE_CONSENT');
  });
});

describe('A consent for one request an hour', () => {
  const said = ({ facts }: CaseResult): readonly string[] =>
    facts.filter(({ isSo, says }) => !isSo && says.startsWith('A frequency')).map(({ says }) => says);

  it('is played, and an adapter that does not count its requests fails', async () => {
    // In the database every request is of long ago, so that none is counted.
    await hip.db.query(`CREATE FUNCTION long_ago() RETURNS trigger LANGUAGE plpgsql
      AS $$BEGIN NEW.accepted_at := '2000-01-01'; RETURN NEW; END$$`);
    await hip.db.query('CREATE TRIGGER long_ago BEFORE INSERT ON transfer FOR EACH ROW EXECUTE FUNCTION long_ago()');
    const cases = await play(theatre, [requestsOutsideConsent], silent);
    await hip.db.query('DROP TRIGGER long_ago ON transfer');
    expect(result(cases, 'DAT_02').verdict).toBe('failed');
    expect(said(result(cases, 'DAT_02'))).toEqual([
      'A frequency that is used up: refused, and nothing was sent',
      'A frequency that is used up: answered with ABDM-1022 or ABDM-2429 (came: none)',
    ]);
  });
});

/** While it is played, a trigger before each insert into the table does that. */
async function withTrigger<T>(table: string, does: string, played: () => Promise<T>): Promise<T> {
  await hip.db.query(`CREATE FUNCTION breaks() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN ${does} END'`);
  await hip.db.query(`CREATE TRIGGER breaks BEFORE INSERT ON ${table} FOR EACH ROW EXECUTE FUNCTION breaks()`);
  try {
    return await played();
  } finally {
    await hip.db.query(`DROP TRIGGER breaks ON ${table}`);
    await hip.db.query('DROP FUNCTION breaks');
  }
}

describe('Of Milestone 1', () => {
  it('fails an adapter that loses the consent before an ABHA is made', async () => {
    const cases = await withTrigger('abha_consent', 'RETURN NULL;', () => play(theatre, [creation], silent));
    expect(result(cases, 'CRT_ABHA_102').why).toContain('Consent is on record');
    expect(result(cases, 'CRT_ABHA_104').verdict).toBe('passed');
    expect(reportOf(cases, 'this adapter', new Date(), new Date()).failedMandatory).toEqual(['CRT_ABHA_102']);
  });

  it('fails an adapter that gives another number to whoever scans again', async () => {
    const cases = await withTrigger('queue_token', 'NEW.valid_until := NEW.issued_at; RETURN NEW;', () =>
      play(theatre, [scanAndShare], silent),
    );
    const { verdict, why } = result(cases, 'RESCAN');
    expect(verdict).toBe('failed');
    expect(why).toContain('The second scan gave the same number');
  });

  it('fails the cases of a scene that can not go on, and says where it ended', async () => {
    await hip.abdm('POST', '/simulator/abha/faults', { operationId: 'abhaSearch', status: 503, times: 9 });
    const cases = await play(theatre, [forgotten], silent);
    await hip.abdm('DELETE', '/simulator/faults');
    expect(result(cases, 'FND_MOBILE_802')).toMatchObject({
      verdict: 'failed',
      why: expect.stringContaining('The step mobile was answered 503 temporary'),
    });
  });
});

describe('Another HIP', () => {
  let adapter: ScriptedAdapter;
  let other: Theatre;
  const holder = aPatient();
  const OTHER_ID = 'IN0000000009';

  beforeAll(async () => {
    // It takes every callback and never answers one.
    adapter = new ScriptedAdapter(hip.simulatorUrl, OTHER_ID);
    const bridgeUrl = await adapter.start();
    const abdm = new Abdm(hip.simulatorUrl, OTHER_ID, IMPATIENT_MS);
    await abdm.call('POST', 'clients', { clientId: 'SBX_OTHER', clientSecret: 'invented', bridgeUrl });
    await abdm.call('POST', 'facilities', { id: OTHER_ID, name: 'Another Hospital', clientId: 'SBX_OTHER' });
    const careContexts = [{ patientReference: 'UHID-1', careContextReference: 'V-1' }];
    other = { abdm, hospital: undefined, given: { holder, careContexts }, passes };
  });
  afterAll(() => adapter.stop());

  /** It links a visit of the patient, of its own accord. */
  async function links(careContextReference: string): Promise<void> {
    await other.abdm.knows(holder);
    await adapter.openSession('SBX_OTHER', 'invented');
    await adapter.call('POST', CALLS.generateToken, claimOf(holder));
    const { linkToken } = (await adapter.callback<{ linkToken: string }>(CALLBACKS.token)).body;
    await adapter.call('POST', CALLS.link, linkBody(holder, careContextReference), { 'x-link-token': linkToken });
    await adapter.callback(CALLBACKS.linked);
  }

  it('whose visit is not linked at ABDM is asked for nothing that needs it, and the reason is told', async () => {
    const cases = await play(other, SCENES, silent);
    const needsIt = ['DAT_01', 'HIP_INIT_GRANT_CONSENT_', 'HIP_INIT_REVOKE_CONSENT', 'HIP_INIT_EXPIRE_CONSENT'];
    for (const id of [...needsIt, 'HIP_INIT_SHARE_CARECONTEXT', 'DAT_02', 'DAT_03', 'DAT_05']) {
      expect(result(cases, id)).toMatchObject({ verdict: 'not played', facts: [], messages: [] });
      expect(result(cases, id).why).toContain('does not know the given --care-context as linked');
    }
    expect(result(cases, 'USER_INIT_LINK_603').verdict).toBe('failed');
  });

  it('that takes everything and answers nothing fails what it was asked; what needs its hospital is not played', async () => {
    await links('V-1');
    const scenes = [demographicLinking, userLinking, consentGranted, consentExpired];
    const cases = await play(other, scenes, silent);
    expect(verdictsOf(cases, demographicLinking)).toMatchObject({ HIP_INTI_LINK_502: 'not played' });
    expect(verdictsOf(cases, userLinking, consentGranted, consentExpired)).toEqual({
      USER_INIT_LINK_603: 'failed',
      USER_INIT_LINK_604: 'failed',
      DSC_01: 'failed',
      USER_INIT_LINK_605: 'not played',
      USER_INIT_LINK_606: 'not played',
      USER_INIT_LINK_607: 'not played',
      HIP_INIT_GRANT_CONSENT_: 'failed',
      HIP_INIT_EXPIRE_CONSENT: 'failed',
    });
    expect(result(cases, 'HIP_INIT_GRANT_CONSENT_').why).toContain('acknowledged');
  });

  it('has a desk and counters of its own, so that nothing of Milestone 1 is played there', async () => {
    const cases = await play(other, scenesOf([1]), silent, [1]);
    expect(cases).toHaveLength(126);
    expect(new Set(cases.map(({ verdict }) => verdict))).toEqual(
      new Set(['not played', 'not applicable', 'not built yet']),
    );
  });

  it('of which no care context was given is asked for those it has linked; without any it is not played', async () => {
    const played = await play({ ...other, given: { holder, careContexts: [] } }, [consentGranted], silent);
    expect(result(played, 'HIP_INIT_GRANT_CONSENT_')).toMatchObject({ verdict: 'failed' });
    const given = { holder: aPatient(), careContexts: [] };
    const absent = await play({ ...other, given }, [consentGranted], silent);
    const { verdict, why } = result(absent, 'HIP_INIT_GRANT_CONSENT_');
    expect(verdict).toBe('not played');
    expect(why).toContain('No care context of the patient was given');
  });
});

describe('The report', () => {
  const MARKUP = `<script>alert("1")</script>'&`;
  const told: CaseResult = {
    ...TEST_CASES[0],
    verdict: 'failed',
    why: MARKUP,
    startedAt: new Date(0).toISOString(),
    milliseconds: 1,
    facts: [{ says: MARKUP, isSo: false }],
    messages: [
      { at: MARKUP, from: 'HIP', operation: MARKUP, path: MARKUP, httpStatus: 202, milliseconds: 1, requestId: MARKUP },
    ],
  };

  it('is written as JSON and as a page of its own, in which nothing that came from outside becomes markup', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'certify-'));
    const report = reportOf([told], MARKUP, new Date(0), new Date(1_000));
    const [htmlFile = '', jsonFile = ''] = await writeReport(join(folder, 'new'), report);
    const [html, json] = [await readFile(htmlFile, 'utf8'), await readFile(jsonFile, 'utf8')];
    await rm(folder, { recursive: true });
    expect(JSON.parse(json) as Report).toEqual(report);
    expect(html).not.toContain('<script');
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;');
    expect(html).toContain('Health_RECORD_CREATION_101');
    expect(html).toMatch(/class="verdict failed">failed</);
    expect(html).not.toMatch(/\b(src|href)=/);
  });

  it('is by milestone, and of an optional case that failed does not stand in the way of handing in', () => {
    const optional = ALL_CASES.filter((one) => !isMandatory(one)).map((one) => ({ ...told, ...one }));
    const report = reportOf([...optional, told], '', new Date(), new Date());
    expect(report.milestones.map(({ milestone, counts }) => [milestone, counts.failed > 0])).toEqual([
      [1, true],
      [2, true],
    ]);
    expect(report.failedMandatory).toEqual([told.id]);
    expect(verdictTable(report)).toContain('No mandatory case of Milestone 1 failed.\n');
  });

  it('names what is mandatory and not built', () => {
    const missing = { ...told, ...M1_CASES[0], verdict: 'not built yet' } as const;
    const report = reportOf([missing], '', new Date(), new Date());
    expect(report.failedMandatory).toEqual([]);
    expect(verdictTable(report)).toContain('Mandatory and not built yet: CRT_ABHA_101');
  });
});

describe('The options of a run', () => {
  const NOBODY = { id: undefined, secret: undefined };
  const HER = ['--abha', 'a@sbx', '--abha-number', '91000000000001', '--name', 'A B', '--gender', 'F'];
  const OTHER = ['--against', 'https://hip.example.org/', '--hip', 'IN1', ...HER, '--year-of-birth', '1988'];

  it('name another HIP, its client and a patient of its', () => {
    const options = readOptions([...OTHER, '--client-id', 'SBX_1', '--care-context', 'P1=V/1'], NOBODY);
    expect(options).toMatchObject({
      against: {
        hipUrl: 'https://hip.example.org',
        clientId: 'SBX_1',
        port: 4100,
        patient: {
          holder: { abhaAddress: 'a@sbx', yearOfBirth: 1988 },
          careContexts: [{ patientReference: 'P1', careContextReference: 'V/1' }],
        },
      },
    });
  });

  it('name one milestone, or mean both', () => {
    expect(readOptions([], NOBODY)).toMatchObject({ milestones: [1, 2] });
    expect(readOptions(['--milestone', '1'], NOBODY)).toMatchObject({ milestones: [1], against: undefined });
    expect(() => readOptions(['--milestone', '3'], NOBODY)).toThrow(/1 or 2 is expected/);
  });

  it.each([
    ['no HIP id', ['--against', 'https://hip.example.org'], /--hip is needed/],
    ['no URL', ['--against', 'hip'], /a URL with/],
    ['a care context without a patient', [...OTHER, '--client-id', 'S', '--care-context', 'V1'], /PATIENT=CARECONTEXT/],
    ['a patient without another HIP', ['--abha', 'a@sbx'], /only with --against/],
    ['no client id anywhere', OTHER, /--client-id is needed/],
  ])('with %s are refused in a sentence', (_what, args, sentence) => {
    expect(() => readOptions(args, NOBODY)).toThrow(sentence);
  });

  it('that are not known are answered with what there is', async () => {
    const project = fileURLToPath(new URL('../../', import.meta.url));
    if (!existsSync(`${project}dist/commands/certify.js`)) throw new Error('Run "npm run build" first: npm test does');
    const child = spawn(process.execPath, ['dist/commands/certify.js', '--nonsense'], { cwd: project, env: {} });
    let printed = '';
    child.stderr.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    const code = await new Promise((resolve) => child.once('exit', resolve));
    expect(code).toBe(1);
    expect(printed).toContain('--against URL');
  });
});

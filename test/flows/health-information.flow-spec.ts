import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { makeKeyMaterial } from '../../src/crypto/key-material.js';
import { openRecord } from '../../src/persistence/sealed-record.js';
import { DATABASE_URL } from '../../src/persistence/tokens.js';
import { HOSPITAL_PORT } from '../../src/ports/hospital.port.js';
import { startAdapter } from '../../src/start.js';
import { CONFIG } from '../../src/support/config.js';
import { LOGGER } from '../../src/support/logger.js';
import { abhaHolderOf, aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { AnHiu, status, taken, type HiuAnswer } from '../setup/an-hiu.js';
import { aRunningHip, HFR_ID, OTHER_HFR_ID, type RunningHip } from '../setup/running-hip.js';

const REQUEST = '/api/v3/hip/health-information/request';
const ON_REQUEST = '/api/hiecm/data-flow/v3/health-information/hip/on-request';
const NOTIFY = '/api/hiecm/data-flow/v3/health-information/notify';
const PUSH = '/hiu/push';
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

async function aFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface LinkedPatient {
  readonly abhaAddress: string;
  readonly references: readonly string[];
  readonly rows: readonly Columns[];
}

interface World {
  readonly hip: RunningHip;
  readonly hiu: AnHiu;
}

async function aWorld(): Promise<World> {
  const hiu = new AnHiu();
  await hiu.listen();
  const port = await aFreePort();
  const settings = { PUSH_ALLOWED_ORIGINS: `http://127.0.0.1:${port},${hiu.url}`, ABDM_TIMEOUT_MS: '1500' };
  return { hip: await aRunningHip(settings, { port }), hiu };
}

/** One patient with a linked visit for each of these days (DD/MM/YYYY). */
async function aLinkedPatient(hip: RunningHip, ...days: string[]): Promise<LinkedPatient> {
  const first = aLegacyVisit({ REG_DT: `${days[0] ?? '12/08/2025'} 09:41` });
  const rows = [
    first,
    ...days.slice(1).map((day) => aLegacyVisit({ REG_DT: `${day} 09:41`, PATIENT: first['PATIENT'] })),
  ];
  await hip.abdm('POST', '/simulator/patients', abhaHolderOf(first));
  for (const row of rows) await hip.closes(row, false);
  await hip.settle();
  const abhaAddress = (first['PATIENT'] as { ABHA_ADDR: string }).ABHA_ADDR;
  const linked: unknown[] = await hip.abdm('GET', `/simulator/patients/${abhaAddress}/care-contexts`);
  expect(linked).toHaveLength(rows.length);
  return { abhaAddress, references: rows.map((row) => row['OPD_NO'] as string), rows };
}

describe('Health information', () => {
  let hip: RunningHip;
  let hiu: AnHiu;
  beforeAll(async () => {
    ({ hip, hiu } = await aWorld());
  });
  afterAll(async () => {
    await hip.stop();
    hiu.close();
  });
  beforeEach(async () => {
    hiu.expects();
    await hip.abdm('DELETE', '/simulator/violations');
    await hip.abdm('DELETE', '/simulator/messages');
    await hip.abdm('DELETE', '/simulator/faults');
    await hip.abdm('POST', '/simulator/settings', { pushAnswer: null });
  });

  async function consent(patient: LinkedPatient, changes: Columns = {}): Promise<string> {
    const grant = { abhaAddress: patient.abhaAddress, hipId: HFR_ID, ...changes };
    const { consentId } = await hip.abdm('POST', '/simulator/consents', grant);
    await hip.settle();
    return consentId;
  }

  /** Asks under a consent and waits until all is done that is due. Returns the transfer as the HIU sees it. */
  async function ask(consentId: string, wishes: Columns = {}): Promise<any> {
    const { transactionId } = await hip.abdm('POST', `/simulator/consents/${consentId}/request`, wishes);
    await hip.settle();
    return transfer(transactionId);
  }

  const transfer = (transactionId: string): Promise<any> => hip.abdm('GET', `/simulator/transfers/${transactionId}`);

  /** Moves the clock; what is due by it then runs, also when it was moved before. */
  async function after(milliseconds: number): Promise<void> {
    await hip.db.query(
      'UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now() AND run_at <= $1',
      [new Date(hip.clock.now().getTime() + milliseconds)],
    );
    await hip.later(milliseconds);
  }

  async function brokenRules(): Promise<string[]> {
    const violations: { rule: string }[] = await hip.abdm('GET', '/simulator/violations');
    return violations.map(({ rule }) => rule);
  }

  async function calls(path: string): Promise<any[]> {
    return (await hip.abdm('GET', `/simulator/messages?path=${path}`)).filter((one: any) => one.direction === 'in');
  }

  function statusesIn(notify: any): Record<string, string> {
    const responses: any[] = notify.statusNotification.statusResponses;
    return Object.fromEntries(responses.map((one) => [one.careContextReference, one.hiStatus]));
  }

  async function pageStates(transactionId: string): Promise<string[]> {
    const rows: { state: string; code: string | null }[] = await hip.db.query(
      `SELECT p.state, p.code FROM transfer_page p JOIN transfer t ON t.id = p.transfer_id
       WHERE t.transaction_id = $1 ORDER BY number`,
      [transactionId],
    );
    return rows.map(({ state, code }) => (code === null ? state : `${state}: ${code}`));
  }

  /** A request as a callback of its own, for what the simulator would not ask. */
  async function askByHand(
    changes: { hipId?: string; transactionId?: string; consentId: string } & Columns,
  ): Promise<string> {
    const { hipId = HFR_ID, transactionId = randomUUID(), consentId, ...hiRequest } = changes;
    const own = makeKeyMaterial();
    const { statuses } = await hip.abdm('POST', '/simulator/callbacks', {
      clientId: 'SBX_000001',
      path: REQUEST,
      hipId,
      body: {
        transactionId,
        requestId: '',
        timestamp: '',
        hiRequest: {
          consent: { id: consentId },
          dateRange: { from: '2025-08-01T00:00:00.000Z', to: '2025-08-31T00:00:00.000Z' },
          dataPushUrl: `${hiu.url}/push`,
          keyMaterial: {
            cryptoAlg: 'ECDH',
            curve: 'curve25519',
            dhPublicKey: { expiry: '2099-01-01T00:00:00Z', parameters: 'x', keyValue: own.keyPair.publicKeyBase64 },
            nonce: Buffer.from(own.nonce).toString('base64'),
          },
          ...hiRequest,
        },
      },
    });
    expect(statuses).toEqual([202]);
    await hip.settle();
    return transactionId;
  }

  /** Refused: told so with this code, nothing pushed, closed as FAILED, and audited. */
  async function expectRefused(transactionId: string, code: string): Promise<void> {
    const answers = (await calls(ON_REQUEST)).map(({ body }) => body);
    expect(answers).toMatchObject([{ error: { code } }]);
    expect(answers[0]).not.toHaveProperty('hiRequest');
    expect([...(await calls(PUSH)), ...hiu.pages]).toEqual([]);
    const notices = (await calls(NOTIFY)).map(({ body }) => body.notification);
    expect(notices).toMatchObject([{ transactionId, statusNotification: { sessionStatus: 'FAILED' } }]);
    expect(Object.values(statusesIn(notices[0])).filter((one) => one !== 'ERRORED')).toEqual([]);
    const [kept] = await hip.db.query('SELECT id, state, sealed_request FROM transfer WHERE transaction_id = $1', [
      transactionId,
    ]);
    expect(kept).toMatchObject({ state: 'refused', sealed_request: null });
    expect(await hip.db.query('SELECT action FROM audit WHERE subject_id = $1', [kept.id])).toEqual([
      { action: 'record.withheld' },
    ]);
  }

  describe('that a consent covers', () => {
    it('arrives byte for byte as it was built and validated, and the transfer is closed', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025', '13/08/2025');
      const done = await ask(await consent(patient));
      const built: any[] = await hip.db.query(
        `SELECT r.id, r.sealed_bundle, c.reference FROM health_record r JOIN care_context c ON c.id = r.care_context_id
         WHERE c.reference = ANY($1) AND r.superseded_at IS NULL`,
        [patient.references],
      );
      const expected = built.map((row) => `${row.reference} ${openRecord(hip.sealer, row.id, row.sealed_bundle)}`);
      expect(done.entries.map((one: any) => `${one.careContextReference} ${one.plaintext}`).sort()).toEqual(
        expected.sort(),
      );
      expect(done.entries.every((one: any) => one.checksumMatches)).toBe(true);
      expect(done).toMatchObject({ state: 'transferred', pages: 4, pageCount: 4 });
      expect(statusesIn(done.notify)).toEqual(Object.fromEntries(patient.references.map((one) => [one, 'DELIVERED'])));
      expect(await brokenRules()).toEqual([]);
    });

    it('is of its health-information types only', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      const done = await ask(await consent(patient, { hiTypes: ['Prescription'] }));
      expect(done.entries).toHaveLength(1);
      expect(done.entries[0].plaintext).toContain('StructureDefinition/PrescriptionRecord');
      expect(await brokenRules()).toEqual([]);
    });

    it('is of its care contexts only', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025', '13/08/2025', '14/08/2025');
      const [first, , third] = patient.references;
      const done = await ask(await consent(patient, { careContexts: [first, third] }));
      expect(new Set(done.entries.map((one: any) => one.careContextReference))).toEqual(new Set([first, third]));
      expect(statusesIn(done.notify)).toEqual({ [first!]: 'DELIVERED', [third!]: 'DELIVERED' });
      expect(await brokenRules()).toEqual([]);
    });

    it('is of visits in the range asked for only; the others are told of as not sent', async () => {
      const patient = await aLinkedPatient(hip, '01/07/2025', '12/08/2025', '30/09/2025');
      const [july, august, september] = patient.references;
      const dateRange = { from: '2025-08-01T00:00:00.000Z', to: '2025-08-31T00:00:00.000Z' };
      const done = await ask(await consent(patient), { dateRange });
      expect(new Set(done.entries.map((one: any) => one.careContextReference))).toEqual(new Set([august]));
      expect(statusesIn(done.notify)).toEqual({ [july!]: 'ERRORED', [august!]: 'DELIVERED', [september!]: 'ERRORED' });
      expect(await brokenRules()).toEqual([]);
    });

    it('is of visits in the range of the consent only', async () => {
      const patient = await aLinkedPatient(hip, '01/07/2025', '12/08/2025');
      const dateRange = { from: '2025-08-01T00:00:00.000Z', to: '2025-08-31T00:00:00.000Z' };
      const done = await ask(await consent(patient, { dateRange }));
      expect(new Set(done.entries.map((one: any) => one.careContextReference))).toEqual(
        new Set([patient.references[1]]),
      );
      expect(await brokenRules()).toEqual([]);
    });

    it('is the corrected record, once the hospital has corrected the visit', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      const consentId = await consent(patient);
      await hip.closes({ ...patient.rows[0], ADVICE: 'Drink more water', ROW_VER: 2 }, false);
      await hip.settle();
      const done = await ask(consentId);
      expect(done.entries).toHaveLength(2);
      expect(done.entries.some((one: any) => one.plaintext.includes('Drink more water'))).toBe(true);
      expect(await brokenRules()).toEqual([]);
    });

    it('goes to a key sent as SubjectPublicKeyInfo as well', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      expect(await ask(await consent(patient), { spki: true })).toMatchObject({ state: 'transferred', pages: 2 });
      expect(await brokenRules()).toEqual([]);
    });

    it('goes to the HIU the artefact names, when the caller says it is that one', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      const done = await ask(await consent(patient, { hiuId: 'HIU-A' }), { hiuId: 'HIU-A' });
      expect(done.state).toBe('transferred');
      const shared = await hip.db.query(
        `SELECT DISTINCT actor FROM audit WHERE consent_id = $1 AND action = 'record.shared'`,
        [done.consentId],
      );
      expect(shared).toEqual([{ actor: 'hiu:HIU-A' }]);
    });

    it('has key and nonce of its own on every page, also when a page is sent again', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025', '13/08/2025', '14/08/2025');
      hiu.expects(taken, status(503), taken);
      await ask(await consent(patient), { dataPushUrl: `${hiu.url}/push` });
      await after(5_000);
      expect(hiu.pages.map((page) => page.pageNumber)).toEqual([1, 2, 2, 3, 4, 5, 6]);
      const materials = hiu.pages.map(({ keyMaterial }) => keyMaterial);
      expect(new Set(materials.map(({ dhPublicKey }) => dhPublicKey.keyValue)).size).toBe(7);
      expect(new Set(materials.map(({ nonce }) => nonce)).size).toBe(7);
      for (const page of hiu.pages) expect(page.entries).toHaveLength(1);
    });

    it('goes out in one transfer, though it is of 60 care contexts', async () => {
      const days = Array.from(
        { length: 60 },
        (_, i) => `${String(1 + (i % 28)).padStart(2, '0')}/0${1 + Math.floor(i / 28)}/2025`,
      );
      const patient = await aLinkedPatient(hip, ...days);
      const done = await ask(await consent(patient));
      expect(done).toMatchObject({ state: 'transferred', pages: 120, pageCount: 120 });
      expect(Object.values(statusesIn(done.notify))).toEqual(Array.from({ length: 60 }, () => 'DELIVERED'));
      expect(await brokenRules()).toEqual([]);
    });
  });

  describe('is refused, with nothing pushed and the transfer closed as FAILED,', () => {
    let patient: LinkedPatient;
    beforeAll(async () => {
      patient = await aLinkedPatient(hip, '12/08/2025', '13/08/2025');
    });

    it('after a revocation (1062)', async () => {
      const consentId = await consent(patient);
      await hip.abdm('POST', `/simulator/consents/${consentId}/revoke`);
      await hip.settle();
      const done = await ask(consentId);
      expect(done).toMatchObject({ state: 'refused', error: { code: 'ABDM-1062' } });
      await expectRefused(done.transactionId, 'ABDM-1062');
      expect(await brokenRules()).toEqual([]);
    });

    it('after the end ABDM told of (1061)', async () => {
      const consentId = await consent(patient);
      await hip.abdm('POST', `/simulator/consents/${consentId}/expire`);
      await hip.settle();
      await expectRefused((await ask(consentId)).transactionId, 'ABDM-1061');
      expect(await brokenRules()).toEqual([]);
    });

    it('under a consent nobody told of (1062)', async () => {
      await expectRefused(await askByHand({ consentId: randomUUID() }), 'ABDM-1062');
    });

    it.each([
      ['earlier', '2019-12-31T23:59:59.999Z', '2025-12-31T00:00:00.000Z'],
      ['later', '2020-01-01T00:00:00.000Z', '2025-12-31T00:00:00.001Z'],
      ['inverted', '2025-12-31T00:00:00.000Z', '2020-01-01T00:00:00.000Z'],
      ['no date', 'x', '2025-12-31T00:00:00.000Z'],
    ])('for a range that is %s than the artefact’s: refused, not trimmed (1063)', async (_what, from, to) => {
      const granted = { from: '2020-01-01T00:00:00.000Z', to: '2025-12-31T00:00:00.000Z' };
      const done = await ask(await consent(patient, { dateRange: granted }), { dateRange: { from, to } });
      await expectRefused(done.transactionId, 'ABDM-1063');
    });

    it('for another HIU than the artefact names (1062)', async () => {
      const done = await ask(await consent(patient, { hiuId: 'HIU-A' }), { hiuId: 'HIU-B' });
      await expectRefused(done.transactionId, 'ABDM-1062');
    });

    it('through the other facility, without telling it of the care contexts (1062)', async () => {
      const consentId = await consent(patient);
      await hip.abdm('DELETE', '/simulator/messages');
      await expectRefused(await askByHand({ hipId: OTHER_HFR_ID, consentId }), 'ABDM-1062');
      const [notice] = await calls(NOTIFY);
      expect(notice).toMatchObject({ hipId: OTHER_HFR_ID });
      expect(notice.body.notification.statusNotification.statusResponses).toEqual([]);
    });

    it.each([
      ['a private address', 'https://10.0.0.1/push'],
      ['the cloud’s metadata', 'https://169.254.169.254/latest'],
      ['http', 'http://hiu.example.org/push'],
      ['loopback in disguise', 'https://[::ffff:7f00:1]/push'],
      ['a file', 'file:///etc/passwd'],
      ['no URL', 'push'],
    ])('when records would go to %s (1031)', async (_what, dataPushUrl) => {
      await expectRefused((await ask(await consent(patient), { dataPushUrl })).transactionId, 'ABDM-1031');
    });

    const point = (fill: number): string =>
      Buffer.concat([Buffer.from([4]), Buffer.alloc(64, fill)]).toString('base64');
    it.each([
      ['a point off the curve', point(7), undefined],
      ['the point at zero', point(0), undefined],
      ['too short', Buffer.alloc(32, 9).toString('base64'), undefined],
      ['no base64', '§§§§', undefined],
      ['good, and the nonce too short', undefined, Buffer.alloc(16).toString('base64')],
      ['good, and the nonce a UUID', undefined, randomUUID()],
    ])('when the key is %s (1031)', async (_what, keyValue, nonce) => {
      const own = makeKeyMaterial();
      const keyMaterial = {
        dhPublicKey: { keyValue: keyValue ?? own.keyPair.publicKeyBase64 },
        nonce: nonce ?? Buffer.from(own.nonce).toString('base64'),
      };
      await expectRefused(await askByHand({ consentId: await consent(patient), keyMaterial }), 'ABDM-1031');
    });

    it('more often than the artefact allows (1022), and served again when its time has passed', async () => {
      const consentId = await consent(patient, { frequency: { unit: 'DAY', value: 1, repeats: 2 } });
      expect((await ask(consentId)).state).toBe('transferred');
      expect((await ask(consentId)).state).toBe('transferred');
      await hip.abdm('DELETE', '/simulator/messages');
      await expectRefused((await ask(consentId)).transactionId, 'ABDM-1022');
      await after(DAY_MS + 1_000);
      expect((await ask(consentId)).state).toBe('transferred');
    });

    it('but not because of a request that brought nothing', async () => {
      const consentId = await consent(patient, { frequency: { unit: 'DAY', value: 1, repeats: 1 } });
      const pushAnswers = [{ status: 400, times: 99 }];
      expect((await ask(consentId, { pushAnswers })).state).toBe('failed');
      expect((await ask(consentId)).state).toBe('transferred');
      await hip.abdm('DELETE', '/simulator/messages');
      await expectRefused((await ask(consentId)).transactionId, 'ABDM-1022');
    });

    it('also when two ask at the same moment and only one may', async () => {
      const consentId = await consent(patient, { frequency: { unit: 'MONTH', value: 1, repeats: 1 } });
      const asked = await Promise.all(
        Array.from({ length: 5 }, () => hip.abdm('POST', `/simulator/consents/${consentId}/request`, {})),
      );
      await hip.settle();
      const states = await Promise.all(asked.map(async ({ transactionId }) => (await transfer(transactionId)).state));
      expect(states.sort()).toEqual(['refused', 'refused', 'refused', 'refused', 'transferred']);
    });
  });

  describe('on its way', () => {
    it('stops at a revocation between two pages, and is reported care context by care context', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025', '13/08/2025');
      const [first, second] = patient.references;
      const unknown = { patientReference: 'P', careContextReference: 'OPD/NEVER-HERE' };
      const consentId = await consent(patient, { hiTypes: ['OPConsultation'], careContexts: [first, second, unknown] });
      hiu.expects(async (_page, response) => {
        await hip.abdm('POST', `/simulator/consents/${consentId}/revoke`);
        for (let i = 0; i < 100 && (await consentStatus(consentId)) !== 'REVOKED'; i++) await pause(20);
        response.writeHead(202).end();
      });
      const done = await ask(consentId, { dataPushUrl: `${hiu.url}/push` });
      expect(hiu.pages).toHaveLength(1);
      expect(await pageStates(done.transactionId)).toEqual(['taken', 'withheld: consent-revoked']);
      expect(statusesIn(done.notify)).toEqual({
        [first!]: 'DELIVERED',
        [second!]: 'ERRORED',
        'OPD/NEVER-HERE': 'ERRORED',
      });
      const audit = await hip.db.query(
        `SELECT action, outcome FROM audit WHERE consent_id = $1 AND action LIKE 'record%' ORDER BY seq`,
        [consentId],
      );
      expect(audit).toEqual([
        { action: 'record.shared', outcome: 'taken' },
        { action: 'record.withheld', outcome: 'consent-revoked' },
      ]);
    });

    it('stops at a withdrawal of the visit between two pages', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025', '13/08/2025');
      const consentId = await consent(patient, { hiTypes: ['OPConsultation'] });
      hiu.expects(async (_page, response) => {
        await hip.closes({ ...patient.rows[1], ROW_VER: 2, DEL_FLAG: 'Y' }, false);
        response.writeHead(202).end();
      });
      const done = await ask(consentId, { dataPushUrl: `${hiu.url}/push` });
      expect(hiu.pages).toHaveLength(1);
      expect(await pageStates(done.transactionId)).toEqual(['taken', 'withheld: no-longer-there']);
    });

    it('of a visit withdrawn before the request is not sent, and told of as not sent', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      const consentId = await consent(patient);
      await hip.closes({ ...patient.rows[0], ROW_VER: 2, DEL_FLAG: 'Y' }, false);
      await hip.settle();
      const done = await ask(consentId);
      expect(done).toMatchObject({ state: 'failed', pages: 0 });
      expect(statusesIn(done.notify)).toEqual({ [patient.references[0]!]: 'ERRORED' });
      expect(await brokenRules()).toEqual([]);
    });

    it('is sent again when the HIU answers 500, and delivered', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      const consentId = await consent(patient);
      await hip.abdm('POST', '/simulator/settings', { pushAnswer: { status: 500, times: 1 } });
      const waiting = await ask(consentId);
      expect(waiting).toMatchObject({ state: 'acknowledged', pages: 0 });
      await after(5_000);
      expect(await transfer(waiting.transactionId)).toMatchObject({ state: 'transferred', pages: 2 });
      expect(await calls(PUSH)).toHaveLength(3);
      expect(await brokenRules()).toEqual([]);
    });

    it('is sent again when the connection is cut', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      hiu.expects((_page, response) => void response.destroy());
      const waiting = await ask(await consent(patient), { dataPushUrl: `${hiu.url}/push` });
      await after(5_000);
      expect(hiu.pages.map((page) => page.pageNumber)).toEqual([1, 1, 2]);
      expect(await pageStates(waiting.transactionId)).toEqual(['taken', 'taken']);
    });

    it('goes on with the other pages when the HIU refuses one (400)', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025', '13/08/2025');
      const [first, second] = patient.references;
      hiu.expects(status(400));
      const done = await ask(await consent(patient, { hiTypes: ['OPConsultation'] }), {
        dataPushUrl: `${hiu.url}/push`,
      });
      expect(hiu.pages).toHaveLength(2);
      expect(await pageStates(done.transactionId)).toEqual(['failed: 4500', 'taken']);
      expect(statusesIn(done.notify)).toEqual({ [first!]: 'ERRORED', [second!]: 'DELIVERED' });
      expect(done.notify.statusNotification.sessionStatus).toBe('TRANSFERRED');
    });

    it('does not follow a redirect: the token and the records stay with who was asked', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      const elsewhere = new AnHiu();
      await elsewhere.listen();
      const away: HiuAnswer = (_page, response) =>
        void response.writeHead(307, { location: `${elsewhere.url}/x` }).end();
      hiu.expects(away, away);
      const done = await ask(await consent(patient), { dataPushUrl: `${hiu.url}/push` });
      elsewhere.close();
      expect(elsewhere.pages).toEqual([]);
      expect(await pageStates(done.transactionId)).toEqual(['failed: refused-by-hiu', 'failed: refused-by-hiu']);
      expect(done.notify.statusNotification.sessionStatus).toBe('FAILED');
    });

    it('is closed as FAILED by our clock before the 20 minutes are over, when the HIU never answers', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      hiu.expects(...Array.from({ length: 50 }, (): HiuAnswer => () => undefined));
      const waiting = await ask(await consent(patient), { dataPushUrl: `${hiu.url}/push` });
      await after(10 * MINUTE_MS);
      expect(await transfer(waiting.transactionId)).toMatchObject({ state: 'acknowledged' });
      await after(9 * MINUTE_MS);
      const done = await transfer(waiting.transactionId);
      expect(done.notify.statusNotification.sessionStatus).toBe('FAILED');
      expect(await pageStates(waiting.transactionId)).toEqual(['failed: too-late', 'failed: too-late']);
      const [kept] = await hip.db.query('SELECT state, sealed_request FROM transfer WHERE transaction_id = $1', [
        waiting.transactionId,
      ]);
      expect(kept).toEqual({ state: 'failed', sealed_request: null });
    });

    it('goes out once, though the request comes twice under one transaction', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      const consentId = await consent(patient);
      const { transactionId } = await ask(consentId, { dataPushUrl: `${hiu.url}/push` });
      const asked: any[] = await hip.abdm('GET', `/simulator/messages?path=${REQUEST}`);
      const again = { clientId: 'SBX_000001', path: REQUEST, hipId: HFR_ID, body: asked[0].body };
      expect(await hip.abdm('POST', '/simulator/callbacks', again)).toEqual({ statuses: [202] });
      await hip.settle();
      expect(hiu.pages).toHaveLength(2);
      expect(await hip.db.query('SELECT state FROM transfer WHERE transaction_id = $1', [transactionId])).toEqual([
        { state: 'done' },
      ]);
    });

    it('goes out although our acknowledgement is refused as given before (1113)', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      const consentId = await consent(patient);
      await hip.abdm('POST', '/simulator/faults', { path: ON_REQUEST, loseAnswer: true });
      const waiting = await ask(consentId);
      expect(waiting.pages).toBe(0);
      await after(10_000);
      expect((await calls(ON_REQUEST)).map((one) => one.status)).toEqual([0, expect.any(Number)]);
      expect(await transfer(waiting.transactionId)).toMatchObject({ state: 'transferred', pages: 2 });
      expect(await brokenRules()).toEqual([]);
    });

    it('that ABDM does not let us acknowledge is not sent, and closed as FAILED at its deadline', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      const transactionId = await askByHand({ consentId: await consent(patient) });
      expect((await calls(ON_REQUEST)).map((one) => one.status)).toEqual([400]);
      await after(19 * MINUTE_MS);
      expect(hiu.pages).toEqual([]);
      expect((await calls(NOTIFY)).map(({ body }) => body.notification)).toMatchObject([
        { transactionId, statusNotification: { sessionStatus: 'FAILED' } },
      ]);
      const [kept] = await hip.db.query('SELECT state, sealed_request FROM transfer WHERE transaction_id = $1', [
        transactionId,
      ]);
      expect(kept).toEqual({ state: 'failed', sealed_request: null });
    });

    it('goes out with a new session when ABDM has ended ours', async () => {
      const patient = await aLinkedPatient(hip, '12/08/2025');
      const consentId = await consent(patient);
      await hip.abdm('DELETE', '/simulator/sessions');
      expect(await ask(consentId)).toMatchObject({ state: 'transferred', pages: 2 });
    });
  });

  const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

  async function consentStatus(consentId: string): Promise<string | undefined> {
    const [row] = await hip.db.query('SELECT status FROM consent_artefact WHERE id = $1', [consentId]);
    return row?.status;
  }
});

describe('A transfer during which the adapter is stopped', () => {
  let hip: RunningHip;
  let hiu: AnHiu;
  beforeAll(async () => {
    ({ hip, hiu } = await aWorld());
  });
  afterAll(async () => {
    await hip.stop();
    hiu.close();
  });

  it('is finished by the next one on the same database, which sends no page again that was taken', async () => {
    const patient = await aLinkedPatient(hip, '12/08/2025', '13/08/2025');
    const { consentId } = await hip.abdm('POST', '/simulator/consents', {
      abhaAddress: patient.abhaAddress,
      hipId: HFR_ID,
    });
    await hip.settle();
    hiu.expects(taken, status(503));
    const { transactionId } = await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {
      dataPushUrl: `${hiu.url}/push`,
    });
    await hip.settle();
    expect(hiu.pages.map((page) => page.pageNumber)).toEqual([1, 2]);

    const { app } = hip.adapter;
    const surroundings = {
      config: app.get(CONFIG),
      database: { url: app.get<string>(DATABASE_URL), db: hip.db, sealer: hip.sealer },
      hospital: app.get(HOSPITAL_PORT),
      clock: hip.clock,
      log: app.get(LOGGER),
    };
    await hip.adapter.stop();
    const soon = new Date(Date.now() + MINUTE_MS);
    await hip.db.query('UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at < $1', [soon]);
    expect(hiu.pages).toHaveLength(2);

    const next = await startAdapter(surroundings);
    await hip.settle();
    await next.stop();
    expect(hiu.pages.map((page) => page.pageNumber)).toEqual([1, 2, 2, 3, 4]);
    const { notify } = await hip.abdm('GET', `/simulator/transfers/${transactionId}`);
    expect(notify.statusNotification.sessionStatus).toBe('TRANSFERRED');
  });
});

import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aLegacyVisit } from '../makers/legacy-visit.js';
import { aRunningHip, HFR_ID, OTHER_HFR_ID, type RunningHip } from '../setup/running-hip.js';

const CONSENT = '/api/v3/consent/request/hip/notify';
const LINKED = '/api/v3/link/on_carecontext';
const REQUEST = '/api/v3/hip/health-information/request';
const CERTS = '/api/hiecm/gateway/v3/certs';
const ISSUER = 'https://gateway.example.org/realms/central-registry';

const anEnd = (consentId: string = randomUUID()): object => ({ notification: { status: 'REVOKED', consentId } });

/** A grant as it comes, deep enough to be wrong in many places. */
function aGrant(hipId: string = HFR_ID): any {
  const consentId = randomUUID();
  return {
    notification: {
      status: 'GRANTED',
      consentId,
      consentDetail: {
        consentId,
        patient: { id: 'asha.door@sbx' },
        careContexts: [{ patientReference: 'P-1', careContextReference: 'OPD/1' }],
        purpose: { code: 'PATRQT' },
        hip: { id: hipId },
        hiTypes: ['OPConsultation'],
        permission: {
          accessMode: 'VIEW',
          dateRange: { from: '2020-01-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' },
          dataEraseAt: '2099-01-01T00:00:00.000Z',
          frequency: { unit: 'HOUR', value: 1, repeats: 0 },
        },
      },
      signature: 'c2lnbmF0dXJl',
    },
  };
}

describe('The callback door', () => {
  let hip: RunningHip;
  let before: string;
  beforeAll(async () => {
    hip = await aRunningHip({ ABDM_CALLBACK_ISSUER: ISSUER, ABDM_CALLBACK_CLIENT: 'gateway' }, { issuer: ISSUER });
    // Something to protect: a linked visit and a consent.
    const visit = aLegacyVisit();
    await hip.closes(visit);
    await hip.settle();
    const { ABHA_ADDR } = visit['PATIENT'] as { ABHA_ADDR: string };
    await hip.abdm('POST', '/simulator/consents', { abhaAddress: ABHA_ADDR, hipId: HFR_ID });
    await hip.settle();
  });
  afterAll(() => hip.stop());
  beforeEach(async () => {
    before = await everything();
  });

  /** What an attack could change, as it is. */
  async function everything(): Promise<string> {
    const tables = [
      'exchange',
      'consent_artefact',
      'linking',
      'link_token',
      'transfer',
      'care_context',
      'visit',
      'audit',
    ];
    const contents = tables.map((table) => hip.db.query(`SELECT t::text AS row FROM ${table} t ORDER BY 1`));
    return JSON.stringify(await Promise.all(contents));
  }

  async function nothingChanged(): Promise<void> {
    await hip.settle();
    expect(await everything()).toBe(before);
  }

  async function rows(table: string): Promise<number> {
    const [row]: { n: string }[] = await hip.db.query(`SELECT count(*) AS n FROM ${table}`);
    return Number(row?.n);
  }

  /** A callback through the simulator, which signs it. Returns the HTTP statuses. */
  async function callback(wish: Record<string, unknown>): Promise<number[]> {
    const about = { clientId: 'SBX_000001', path: CONSENT, hipId: HFR_ID, body: anEnd() };
    return (await hip.abdm('POST', '/simulator/callbacks', { ...about, ...wish })).statuses;
  }

  /** The genuine token, caught on its way, so that a test can look at what the door answers. */
  async function genuineHeaders(): Promise<Record<string, string>> {
    const { createServer } = await import('node:http');
    let authorization = '';
    const catcher = createServer((request, response) => {
      authorization = request.headers.authorization ?? '';
      response.writeHead(202).end();
    });
    await new Promise<void>((resolve) => catcher.listen(0, '127.0.0.1', resolve));
    const { port } = catcher.address() as { port: number };
    await hip.abdm('POST', '/simulator/callbacks', { url: `http://127.0.0.1:${port}`, path: '/x', body: {} });
    catcher.closeAllConnections();
    catcher.close();
    return { authorization, 'request-id': randomUUID(), 'x-hip-id': HFR_ID };
  }

  describe('asks for a token of ABDM, and refuses', () => {
    it.each([
      'none',
      'forged',
      'unknown-key',
      'expired',
      'other-issuer',
      'none-algorithm',
      'hmac-with-public-key',
      'session-of-this-bridge',
      'session-of-another-bridge',
    ])('a callback with the token “%s”, on every path, changing nothing', async (token) => {
      expect(await callback({ token })).toEqual([401]);
      expect(await callback({ token, path: LINKED, body: { response: { requestId: randomUUID() } } })).toEqual([401]);
      expect(await callback({ token, path: REQUEST, body: {} })).toEqual([401]);
      expect(await callback({ token, path: '/api/v3/not/published' })).toEqual([401]);
      await nothingChanged();
    });

    it('a token that is no JWT, or of another scheme', async () => {
      for (const authorization of [
        'Bearer',
        'Bearer ',
        'Bearer x.y.z',
        'Basic dXNlcjpwYXNz',
        `Bearer ${'a'.repeat(10_000)}`,
      ]) {
        const answer = await hip.call('POST', CONSENT, anEnd(), {
          authorization,
          'request-id': randomUUID(),
          'x-hip-id': HFR_ID,
        });
        expect(answer.status).toBe(401);
        expect(answer.body).toEqual({ error: { code: '900901', message: 'Invalid Credentials' } });
      }
      await nothingChanged();
    });

    it('the hospital’s API key in place of a token', async () => {
      const answer = await hip.call('POST', CONSENT, anEnd(), { 'request-id': randomUUID(), 'x-hip-id': HFR_ID });
      expect(answer.status).toBe(401);
      await nothingChanged();
    });
  });

  it('takes a token that has ended a short while ago: a redelivery comes 16 minutes late with the first one', async () => {
    expect(await callback({ token: 'expired-within-leeway' })).toEqual([202]);
    await hip.settle();
  });

  it.each(['', 'not-a-uuid', '12345', '{00000000-0000-0000-0000-000000000000}'])(
    'refuses the REQUEST-ID “%s”, changing nothing',
    async (requestId) => {
      expect(await callback({ requestId })).toEqual([400]);
      await nothingChanged();
    },
  );

  it.each(['', 'IN9999999999', 'in2210000101', `${HFR_ID}' OR '1'='1`])(
    'refuses what ABDM starts for the facility “%s”, changing nothing',
    async (hipId) => {
      expect(await callback({ hipId })).toEqual([400]);
      expect(await callback({ hipId, body: aGrant() })).toEqual([400]);
      await nothingChanged();
    },
  );

  it('refuses a reply that comes for the other facility than the one that asked, changing nothing', async () => {
    const [asked]: { request_id: string }[] = await hip.db.query(
      `SELECT request_id FROM exchange WHERE name = 'care-context.link' AND direction = 'out'`,
    );
    const body = {
      response: { requestId: asked?.request_id },
      error: { code: 'ABDM-1026', message: 'Invalid Link Token' },
    };
    expect(await callback({ path: LINKED, hipId: OTHER_HFR_ID, body })).toEqual([400]);
    await nothingChanged();
  });

  it('keeps a second reply to one question, and ignores what it says', async () => {
    const [asked]: { request_id: string }[] = await hip.db.query(
      `SELECT request_id FROM exchange WHERE name = 'care-context.link' AND direction = 'out'`,
    );
    const body = {
      response: { requestId: asked?.request_id },
      error: { code: 'ABDM-1026', message: 'Invalid Link Token' },
    };
    const requestId = randomUUID();
    expect(await callback({ path: LINKED, body, requestId })).toEqual([202]);
    await hip.settle();
    expect(await hip.db.query('SELECT state FROM linking')).toEqual([{ state: 'linked' }]);
    expect(await hip.db.query('SELECT state FROM exchange WHERE request_id = $1', [requestId])).toEqual([
      { state: 'ignored' },
    ]);
  });

  it('keeps a reply to nothing we asked as ignored, answers 202 and warns', async () => {
    const linkings = await hip.db.query('SELECT t::text FROM linking t');
    const requestId = randomUUID();
    expect(await callback({ path: LINKED, requestId, body: { response: { requestId: randomUUID() } } })).toEqual([202]);
    await hip.settle();
    const kept = await hip.db.query('SELECT name, state, direction FROM exchange WHERE request_id = $1', [requestId]);
    expect(kept).toEqual([{ name: 'care-context.link', state: 'ignored', direction: 'in' }]);
    expect(await hip.db.query('SELECT t::text FROM linking t')).toEqual(linkings);
    expect(hip.logged()).toMatch(
      new RegExp(`"level":"warn".*${requestId}.*a reply to nothing we asked was kept and ignored`),
    );
  });

  it('does not take an answer to one question for the answer to another', async () => {
    const [asked]: { request_id: string }[] = await hip.db.query(
      `SELECT request_id FROM exchange WHERE name = 'link-token' AND direction = 'out'`,
    );
    const requestId = randomUUID();
    expect(await callback({ path: LINKED, requestId, body: { response: { requestId: asked?.request_id } } })).toEqual([
      202,
    ]);
    await hip.settle();
    expect(await hip.db.query('SELECT state FROM exchange WHERE request_id = $1', [requestId])).toEqual([
      { state: 'ignored' },
    ]);
  });

  it('handles a callback once, though it comes five times', async () => {
    const [exchanges, consents] = [await rows('exchange'), await rows('consent_artefact')];
    expect(await callback({ requestId: randomUUID(), times: 5, body: aGrant() })).toEqual([202, 202, 202, 202, 202]);
    await hip.settle();
    expect(await rows('consent_artefact')).toBe(consents + 1);
    expect(await rows('exchange')).toBe(exchanges + 2); // the notice, and one acknowledgement
  });

  it('handles a callback once, though it comes ten times at the same moment', async () => {
    const exchanges = await rows('exchange');
    const headers = await genuineHeaders();
    const body = aGrant();
    const answers = await Promise.all(Array.from({ length: 10 }, () => hip.call('POST', CONSENT, body, headers)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 202));
    await hip.settle();
    expect(await rows('exchange')).toBe(exchanges + 2);
  });

  describe('does not store what is no message', () => {
    it.each([
      ['not JSON', 'this is not JSON', 400],
      ['half of a JSON', '{"notification":', 400],
      ['nothing', '', 400],
      ['a list', '[]', 400],
      ['null', 'null', 400],
      ['a text', '"REVOKED"', 400],
      ['a number', '1', 400],
      ['a prototype', '{"__proto__":{"status":"GRANTED"},"notification":{}}', 400],
      ['a list a hundred thousand deep', `{"notification":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
      ['an object a hundred thousand deep', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`, 400],
      ['a megabyte of junk', 'x'.repeat(1024 * 1024 + 1), 413],
      ['a megabyte and more of JSON', JSON.stringify({ notification: {}, junk: 'x'.repeat(1024 * 1024) }), 413],
    ])('%s', async (_what, body, status) => {
      const answer = await hip.call('POST', CONSENT, body, {
        ...(await genuineHeaders()),
        'content-type': 'application/json',
      });
      expect(answer.status).toBe(status);
      await nothingChanged();
    });

    it.each([
      ['notification', (body: any) => (body.notification = 'SECRET-VALUE')],
      ['notification.status', (body: any) => (body.notification.status = 'SECRET-VALUE')],
      ['notification.consentId', (body: any) => (body.notification.consentId = 'SECRET-VALUE')],
      ['notification.consentDetail', (body: any) => delete body.notification.consentDetail],
      ['notification.consentDetail.patient.id', (body: any) => (body.notification.consentDetail.patient.id = 91_000)],
      [
        'notification.consentDetail.careContexts',
        (body: any) => (body.notification.consentDetail.careContexts = 'SECRET-VALUE'),
      ],
      [
        'notification.consentDetail.careContexts.0.careContextReference',
        (body: any) => (body.notification.consentDetail.careContexts[0].careContextReference = { $ne: 'SECRET-VALUE' }),
      ],
      [
        'notification.consentDetail.hiTypes',
        (body: any) => (body.notification.consentDetail.hiTypes = [1, 'SECRET-VALUE']),
      ],
      [
        'notification.consentDetail.hiu.id',
        (body: any) => (body.notification.consentDetail.hiu = { id: 'SECRET\u0000VALUE' }),
      ],
      [
        'notification.consentDetail.permission.dateRange.from',
        (body: any) => (body.notification.consentDetail.permission.dateRange.from = ['SECRET-VALUE']),
      ],
      [
        'notification.consentDetail.permission.frequency.unit',
        (body: any) => (body.notification.consentDetail.permission.frequency.unit = 'SECRET-VALUE'),
      ],
      [
        'notification.consentDetail.purpose.code',
        (body: any) => (body.notification.consentDetail.purpose.code = 'SECRET\u0000VALUE'),
      ],
    ])('a wrong %s, and names the field, never the value', async (path, spoil) => {
      const body = aGrant();
      spoil(body);
      const answer = await hip.call('POST', CONSENT, body, await genuineHeaders());
      expect(answer.status).toBe(400);
      expect(answer.body.error).toMatchObject({ code: 'ABDM-1006', fields: [path] });
      expect(JSON.stringify(answer.body)).not.toMatch(/SECRET|91000/);
      await nothingChanged();
    });
  });

  it('takes fields it does not know: ABDM adds some without saying', async () => {
    const body = aGrant();
    body.novelty = { deep: [1, 2, 3] };
    body.notification.novelty = 'x';
    body.notification.consentDetail.novelty = null;
    body.notification.consentDetail.hiu = null;
    expect((await hip.call('POST', CONSENT, body, await genuineHeaders())).status).toBe(202);
    await hip.settle();
    const stored = await hip.db.query('SELECT status FROM consent_artefact WHERE id = $1', [
      body.notification.consentId,
    ]);
    expect(stored).toEqual([{ status: 'GRANTED' }]);
  });

  it('keeps a callback on a path that is published nowhere, sealed, and warns', async () => {
    const requestId = randomUUID();
    const body = { abhaAddress: 'asha.somewhere@sbx' };
    expect(await callback({ path: '/api/v3/patients/somewhere/new', requestId, body })).toEqual([202]);
    const [kept]: any[] = await hip.db.query('SELECT name, state, sealed_message FROM exchange WHERE request_id = $1', [
      requestId,
    ]);
    expect(kept).toMatchObject({ name: 'unknown', state: 'ignored' });
    expect(kept.sealed_message.includes('asha.somewhere')).toBe(false);
    expect(hip.logged()).toContain('a callback on a path we do not know was kept');
    expect(hip.logged()).not.toContain('asha.somewhere');
  });

  it('does not keep an unknown callback of a hundred thousand brackets', async () => {
    const body = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect((await hip.call('POST', '/api/v3/some/thing', body, await genuineHeaders())).status).toBe(400);
    await nothingChanged();
  });

  it('does not ask ABDM for its keys each time a stranger names an unknown one', async () => {
    const certsAsked = async (): Promise<number> => (await hip.abdm('GET', `/simulator/messages?path=${CERTS}`)).length;
    const asked = await certsAsked();
    expect(await callback({ token: 'unknown-key', times: 100 })).toEqual(Array.from({ length: 100 }, () => 401));
    expect((await certsAsked()) - asked).toBeLessThanOrEqual(1);
    await nothingChanged();
  });
});

describe('The callback door, when ABDM does not give its keys', () => {
  let hip: RunningHip;
  beforeAll(async () => {
    hip = await aRunningHip();
  });
  afterAll(() => hip.stop());
  afterEach(() => hip.abdm('DELETE', '/simulator/faults'));

  const callback = async (): Promise<number[]> =>
    (
      await hip.abdm('POST', '/simulator/callbacks', {
        clientId: 'SBX_000001',
        path: CONSENT,
        hipId: HFR_ID,
        body: aGrant(),
      })
    ).statuses;

  it('asks ABDM to come again (503), stores nothing, and works once the keys are there', async () => {
    await hip.abdm('POST', '/simulator/faults', { path: CERTS, status: 503, times: 3 });
    expect(await callback()).toEqual([503]);
    expect(await callback()).toEqual([503]);
    expect(await hip.db.query('SELECT 1 FROM exchange')).toEqual([]);
    await hip.abdm('DELETE', '/simulator/faults');
    expect(await callback()).toEqual([202]);
    await hip.settle();
    expect(await hip.db.query('SELECT status FROM consent_artefact')).toEqual([{ status: 'GRANTED' }]);
  });

  it('goes on with the keys it has, and opens a new session when ABDM has ended the old one', async () => {
    await hip.abdm('DELETE', '/simulator/sessions');
    await hip.abdm('POST', '/simulator/faults', { path: CERTS, status: 503, times: 3 });
    expect(await callback()).toEqual([202]);
  });
});

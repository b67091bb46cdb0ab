import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { HospitalEvents } from '../../src/persistence/hospital-events.js';
import { aFullVisit, aLegacyVisit, type Columns } from '../makers/legacy-visit.js';
import { aLinkingHip, DAY, HOUR, MINUTE, type LinkingHip } from '../setup/linking-hip.js';
import { HFR_ID, type Answer } from '../setup/running-hip.js';
import { isSignedWith, silence, status, trickle, WebhookReceiver } from '../setup/webhook-receiver.js';

const ALL = ['visit.linked', 'visit.failed', 'consent.granted', 'consent.revoked', 'records.shared'];

let hip: LinkingHip;
let hospital: WebhookReceiver;
let elsewhere: WebhookReceiver;
beforeAll(async () => {
  [hospital, elsewhere] = [await new WebhookReceiver().listen(), await new WebhookReceiver().listen()];
  const allowed = `${hospital.url},${elsewhere.url}`;
  hip = await aLinkingHip({ WEBHOOK_ALLOWED_ORIGINS: allowed, WEBHOOK_TIMEOUT_MS: '500' });
});
afterAll(async () => {
  await hip.stop();
  hospital.close();
  elsewhere.close();
});
beforeEach(() => {
  hospital.expects();
  elsewhere.expects();
});
afterEach(async () => {
  await hip.settle();
  await hip.db.query('DELETE FROM webhook_endpoint');
});

const asOther = (): Record<string, string> => ({ 'x-api-key': hip.otherKey });

async function webhook(events: readonly string[] = ALL, more: Columns = {}, headers = {}): Promise<any> {
  const answer = await hip.call('PUT', '/api/v1/webhooks', { url: `${hospital.url}/events`, events, ...more }, headers);
  expect(answer.status).toBe(200);
  return answer.body;
}

/** A visit of a patient ABDM knows, linked; or of one it does not know, failed. */
async function aVisit(isKnownToAbdm = true): Promise<Columns & { id: string }> {
  const row = aLegacyVisit();
  const { id } = await hip.closes(row, isKnownToAbdm);
  await hip.settle();
  return { ...row, id };
}

/** A linked visit the hospital has heard of, and where it was. */
async function aToldVisit(): Promise<{ readonly facilityId: string; readonly visitId: string }> {
  const { id: visitId } = await aVisit();
  hospital.expects();
  const [{ facility_id: facilityId }] = await hip.db.query('SELECT facility_id FROM visit WHERE id = $1', [visitId]);
  return { facilityId, visitId };
}

async function aConsent(row: Columns): Promise<string> {
  const { ABHA_ADDR: abhaAddress } = row['PATIENT'] as { ABHA_ADDR: string };
  const { consentId } = await hip.abdm('POST', '/simulator/consents', {
    abhaAddress,
    hipId: HFR_ID,
    hiuId: 'IN0000000002',
    dataEraseAt: new Date(hip.clock.now().getTime() + 30 * DAY).toISOString(),
  });
  await hip.settle();
  return consentId;
}

const received = (event: string): any[] =>
  hospital.received.filter(({ headers }) => headers['x-adapter-event'] === event).map(({ body }) => body);

const deliveries = async (query = '', headers = {}): Promise<any[]> =>
  (await hip.call('GET', `/api/v1/webhooks/deliveries${query}`, undefined, headers)).body.deliveries;

const resend = (id: string, headers = {}): Promise<Answer> =>
  hip.call('POST', `/api/v1/webhooks/deliveries/${id}/resend`, undefined, headers);

const rows = async (): Promise<number> => (await hip.db.query('SELECT count(*)::int AS n FROM webhook_delivery'))[0].n;

function expectProblem(answer: Answer, code: number, name: string): void {
  expect([answer.status, answer.body.code]).toEqual([code, name]);
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  expect(answer.body.detail).toMatch(/\w{3}/);
}

describe('The hospital is told', () => {
  it('of a linked visit, in a signed message that its server can check by itself', async () => {
    const { secret } = await webhook();
    const visit = await aVisit();
    expect(hospital.received).toHaveLength(1);
    const [message] = hospital.received;
    expect(message?.body).toEqual({
      id: message?.headers['x-adapter-delivery'],
      event: 'visit.linked',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      facility: HFR_ID,
      visit: { id: visit.id, opdNumber: visit['OPD_NO'] },
    });
    expect(message?.path).toBe('/events');
    expect(message?.headers['content-type']).toBe('application/json');
    expect(message && isSignedWith(secret, message)).toBe(true);
    expect(message && isSignedWith(`${secret}x`, message)).toBe(false);
    expect(message && isSignedWith(secret, { ...message, text: `${message.text} ` })).toBe(false);
  });

  it('of a visit that could not be linked, with the code its timeline shows', async () => {
    await webhook();
    const visit = await aVisit(false);
    const code = (await hip.visit(visit.id)).timeline.at(-1).code;
    expect(code).toMatch(/\w/);
    expect(received('visit.failed')).toMatchObject([{ visit: { id: visit.id, opdNumber: visit['OPD_NO'] }, code }]);
  });

  it('of a consent granted, of records taken under it, and of its revocation, each once', async () => {
    const visit = await aVisit();
    await webhook();
    const consentId = await aConsent(visit);
    const consent = {
      id: consentId,
      hiuId: 'IN0000000002',
      purpose: 'CAREMGT',
      expiresAt: expect.any(String),
    };
    expect(received('consent.granted')).toMatchObject([{ consent }]);

    const { transactionId } = await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {});
    await hip.settle();
    const visits = [{ id: visit.id, opdNumber: visit['OPD_NO'] }];
    expect(received('records.shared')).toMatchObject([{ consent, transactionId, visitCount: 1, visits }]);

    await hip.abdm('POST', `/simulator/consents/${consentId}/revoke`);
    await hip.settle();
    expect(received('consent.revoked')).toMatchObject([{ consent, reason: 'REVOKED' }]);
    expect(hospital.received).toHaveLength(3);
  });

  it('of nothing shared, when a request for records was refused', async () => {
    const visit = await aVisit();
    const consentId = await aConsent(visit);
    await hip.abdm('POST', `/simulator/consents/${consentId}/revoke`);
    await hip.settle();
    await webhook();
    await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {});
    await hip.settle();
    expect(hospital.received).toEqual([]);
  });

  it('only of what it asked for', async () => {
    await webhook(['visit.failed']);
    await aVisit();
    expect(hospital.received).toEqual([]);
    expect(await rows()).toBe(0);
  });

  it('at each of its endpoints, each under a secret of its own', async () => {
    const [one, two] = [
      await webhook(['visit.linked']),
      await webhook(['visit.linked'], { url: `${elsewhere.url}/x` }),
    ];
    await aVisit();
    const [first, second] = [hospital.received[0], elsewhere.received[0]];
    expect(first && isSignedWith(one.secret, first)).toBe(true);
    expect(second && isSignedWith(two.secret, second)).toBe(true);
    expect(first?.body.id).not.toBe(second?.body.id);
  });

  it('nothing that could name a patient or tell what she has', async () => {
    await webhook();
    const row = aFullVisit();
    await hip.closes(row);
    await hip.settle();
    const consentId = await aConsent(row);
    await hip.abdm('POST', `/simulator/consents/${consentId}/request`, {});
    await hip.settle();
    await hip.abdm('POST', `/simulator/consents/${consentId}/revoke`);
    await hip.settle();
    expect(hospital.received.map(({ body }) => body.event).sort()).toEqual(
      ['consent.granted', 'consent.revoked', 'records.shared', 'visit.linked'].sort(),
    );
    const said = hospital.received
      .map(({ text, headers }) => text + JSON.stringify(headers))
      .join('\n')
      .toLowerCase();
    const patient = row['PATIENT'] as Record<string, string>;
    const personal = [
      ...Object.values(patient),
      'asha',
      'kashyap',
      'ramesh',
      'बुखार',
      'urti',
      'pcm',
      'Hb',
      'OPConsultation',
    ];
    const tooShort = (value: string): boolean => value.length < 3; // `F`
    for (const value of personal.filter((each) => !tooShort(each))) expect(said).not.toContain(value.toLowerCase());
  });

  it('of nothing, and no rows and no jobs pile up, while it has no endpoint', async () => {
    const jobs = (): Promise<unknown[]> =>
      hip.db.query(
        `SELECT 1 FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
         WHERE t.identifier = 'webhook.send'`,
      );
    const visit = await aVisit();
    await aConsent(visit);
    expect([await rows(), (await jobs()).length]).toEqual([0, 0]);
  });

  it('how many visits a large transfer was about, and which the first hundred were', async () => {
    await webhook(['records.shared']);
    const { facilityId, visitId } = await aToldVisit();
    const visitIds = [visitId, ...Array.from({ length: 149 }, () => randomUUID())];
    const subject = { consentId: randomUUID(), transactionId: randomUUID(), visitIds };
    await hip.db.transaction((tx) => new HospitalEvents(hip.clock).tell(tx, facilityId, 'records.shared', subject));
    await hip.settle();
    expect(received('records.shared')).toMatchObject([{ visitCount: 150, visits: [{ id: visitId }] }]);
  });

  it('of a consent that ran out, and why', async () => {
    const visit = await aVisit();
    const consentId = await aConsent(visit);
    const [{ expires_at: expiresAt }] = await hip.db.query('SELECT expires_at FROM consent_artefact WHERE id = $1', [
      consentId,
    ]);
    await webhook();
    await hip.later(expiresAt.getTime() - hip.clock.now().getTime() + MINUTE);
    expect(received('consent.revoked').filter(({ consent }) => consent.id === consentId)).toMatchObject([
      { reason: 'EXPIRED' },
    ]);
  });
});

describe('A delivery', () => {
  it.each([
    ['answered with an error', status(500), 'server-error', 500],
    ['refused', status(404), 'refused', 404],
    ['not answered in time', silence, 'timeout', null],
    ['answered with hints and no answer', trickle, 'timeout', null],
  ] as const)(
    'that is %s comes again, with the same id and the same bytes',
    async (_what, answer, code, httpStatus) => {
      const { secret } = await webhook(['visit.linked']);
      hospital.expects(answer);
      await aVisit();
      const [waiting] = await deliveries('?state=waiting');
      expect(waiting).toMatchObject({ attempts: 1, httpStatus, failure: { code }, endedAt: null });
      expect(waiting.failure.hi).toMatch(/[\u0900-\u097f]/);
      expect(Date.parse(waiting.nextAttemptAt)).toBeGreaterThan(hip.clock.now().getTime());
      await hip.later(MINUTE + 1_000);
      const [first, second] = hospital.received;
      expect(hospital.received).toHaveLength(2);
      expect(second?.text).toBe(first?.text);
      expect(second?.headers['x-adapter-delivery']).toBe(waiting.id);
      expect(second?.headers['x-adapter-signature']).not.toBe(first?.headers['x-adapter-signature']);
      expect(second && isSignedWith(secret, second)).toBe(true);
      expect(await deliveries()).toMatchObject([{ id: waiting.id, state: 'delivered', attempts: 2, failure: null }]);
    },
  );

  it('does not follow a redirect', async () => {
    await webhook(['visit.linked']);
    hospital.expects(status(307, { location: `${elsewhere.url}/taken` }));
    await aVisit();
    expect(elsewhere.received).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'waiting', failure: { code: 'redirect' }, httpStatus: 307 }]);
  });

  it('to a server that is away leaves the others waiting, untried, so that no worker is held up', async () => {
    await webhook(['visit.linked']);
    hospital.expects(...Array.from({ length: 8 }, () => silence));
    for (let count = 0; count < 3; count++) await aVisit();
    expect(hospital.received).toHaveLength(1);
    expect(await deliveries('?state=waiting')).toHaveLength(3);
    hospital.expects();
    await hip.later(MINUTE + 1_000);
    expect(await deliveries('?state=delivered')).toHaveLength(3);
    expect(new Set(hospital.received.map(({ body }) => body.id)).size).toBe(3);
  });

  it('is given up after a day, stays listed, and goes out again when somebody asks', async () => {
    await webhook(['visit.linked']);
    hospital.expects(...Array.from({ length: 40 }, () => status(503)));
    await aVisit();
    for (let hours = 0; hours < 25; hours++) await hip.later(HOUR);
    const [givenUp] = await deliveries('?state=given-up');
    expect(givenUp).toMatchObject({ failure: { code: 'server-error' }, httpStatus: 503, nextAttemptAt: null });
    expect(givenUp.attempts).toBeGreaterThan(5);
    expect(givenUp.attempts).toBeLessThan(20);
    await hip.later(DAY);
    const triedSoFar = hospital.received.length;
    expect(triedSoFar).toBe(givenUp.attempts);
    const { text } = hospital.received[0] ?? {};

    hospital.expects();
    await hip.later(2 * MINUTE);
    const answer = await resend(givenUp.id);
    expect([answer.status, answer.body.state]).toEqual([202, 'waiting']);
    await hip.settle();
    expect(hospital.received.map((each) => each.text)).toEqual([text]);
    expect(await deliveries()).toMatchObject([{ id: givenUp.id, state: 'delivered', attempts: 1 }]);
  });

  it('that was taken can be sent again', async () => {
    await webhook(['visit.linked']);
    await aVisit();
    const [{ id }] = await deliveries();
    expect((await resend(id)).status).toBe(202);
    await hip.settle();
    expect(hospital.received.map(({ body }) => body.id)).toEqual([id, id]);
  });

  it('that waits for its next try is sent now, with a new day of tries, also when its server was away', async () => {
    await webhook(['visit.linked']);
    hospital.expects(silence);
    await aVisit();
    const [waiting] = await deliveries('?state=waiting');
    expect(waiting).toMatchObject({ attempts: 1, failure: { code: 'timeout' } });
    const answer = await resend(waiting.id);
    expect([answer.status, answer.body.state, answer.body.attempts]).toEqual([202, 'waiting', 0]);
    await hip.settle();
    expect(hospital.received.map(({ body }) => body.id)).toEqual([waiting.id, waiting.id]);
    expect(await deliveries()).toMatchObject([{ id: waiting.id, state: 'delivered', attempts: 1 }]);
    await hip.later(DAY);
    expect(hospital.received).toHaveLength(2);
  });

  it('that is being sent in this moment is not sent beside it', async () => {
    await webhook(['visit.linked']);
    hospital.expects(silence);
    await hip.closes(aLegacyVisit());
    for (let tries = 0; hospital.received.length === 0 && tries < 200; tries++) await pause(20);
    const [{ id }] = await deliveries();
    expectProblem(await resend(id), 409, 'delivery-in-flight');
    await hip.settle();
    expect(hospital.received).toHaveLength(1);
  });

  it('written by a process that died before it was sent is sent by the next one', async () => {
    await webhook(['visit.linked']);
    const { facilityId, visitId } = await aToldVisit();
    await hip.whileStopped(async () => {
      const events = new HospitalEvents(hip.clock);
      await hip.db.transaction((tx) => events.tell(tx, facilityId, 'visit.linked', { visitId }));
    });
    await hip.settle();
    expect(received('visit.linked')).toMatchObject([{ visit: { id: visitId } }]);
  });

  it('is not there when the change it tells of was rolled back', async () => {
    await webhook(['visit.linked']);
    const { facilityId, visitId } = await aToldVisit();
    const before = await rows();
    const events = new HospitalEvents(hip.clock);
    await expect(
      hip.db.transaction(async (tx) => {
        await events.tell(tx, facilityId, 'visit.linked', { visitId });
        throw new Error('the change is rolled back');
      }),
    ).rejects.toThrow('rolled back');
    await hip.settle();
    expect([await rows(), hospital.received.length]).toEqual([before, 0]);
  });

  it('that was taken a moment before we died arrives twice, as the same delivery', async () => {
    await webhook(['visit.linked']);
    await aVisit();
    const [{ id }] = await deliveries();
    await hip.db.query(`UPDATE webhook_delivery SET state = 'waiting', ended_at = NULL WHERE id = $1`, [id]);
    await hip.db.query(`SELECT graphile_worker.add_job('webhook.send', json_build_object('id', $1::text))`, [id]);
    await hip.settle();
    expect(hospital.received).toHaveLength(2);
    expect(hospital.received[1]?.text).toBe(hospital.received[0]?.text);
  });

  it('is kept for a month after its end', async () => {
    await webhook(['visit.linked']);
    await aVisit();
    const [{ id }] = await deliveries();
    await hip.later(29 * DAY);
    await aVisit();
    expect((await deliveries()).map((each) => each.id)).toContain(id);
    await hip.later(2 * DAY);
    await aVisit();
    expect((await deliveries()).map((each) => each.id)).not.toContain(id);
  });

  it('is listed newest first, page by page, by its state', async () => {
    await webhook(['visit.linked']);
    for (let count = 0; count < 3; count++) await aVisit();
    const all = await deliveries();
    const first = (await hip.call('GET', '/api/v1/webhooks/deliveries?limit=2')).body;
    const rest = (await hip.call('GET', `/api/v1/webhooks/deliveries?limit=2&cursor=${first.next}`)).body;
    expect([...first.deliveries, ...rest.deliveries]).toEqual(all);
    expect(rest.next).toBeNull();
    expect(all.map(({ happenedAt }) => happenedAt)).toEqual(
      all
        .map(({ happenedAt }) => happenedAt)
        .sort()
        .reverse(),
    );
    expect(await deliveries('?state=given-up')).toEqual([]);
    expect(all[0]).toMatchObject({
      event: 'visit.linked',
      body: { event: 'visit.linked' },
      url: `${hospital.url}/events`,
    });
  });
});

describe('A webhook', () => {
  it('has a secret that is shown once, and sealed where it lies', async () => {
    const made = await webhook();
    expect(made.secret).toMatch(/^whs_[A-Za-z0-9_-]{43}$/);
    const again = await webhook(['visit.linked']);
    expect(again).toMatchObject({ id: made.id, secret: null, events: ['visit.linked'] });
    const { body } = await hip.call('GET', '/api/v1/webhooks');
    expect(body.webhooks).toMatchObject([{ id: made.id, url: `${hospital.url}/events`, enabled: true }]);
    expect(JSON.stringify(body)).not.toContain('whs_');
    const [stored] = await hip.db.query('SELECT sealed_secret FROM webhook_endpoint');
    expect(stored.sealed_secret.includes(made.secret)).toBe(false);
    expect(hip.logged()).not.toContain(made.secret);
  });

  it('gets another secret on demand, and signs with it from then on', async () => {
    const old = await webhook(['visit.linked']);
    const fresh = await webhook(['visit.linked'], { newSecret: true });
    expect(fresh.secret).not.toBe(old.secret);
    await aVisit();
    const [message] = hospital.received;
    expect(message && isSignedWith(fresh.secret, message)).toBe(true);
    expect(message && isSignedWith(old.secret, message)).toBe(false);
  });

  it('that is switched off gets nothing, keeps nothing for later, and gives up what was waiting', async () => {
    await webhook(['visit.linked']);
    hospital.expects(status(500));
    await aVisit();
    await webhook(['visit.linked'], { enabled: false });
    await aVisit();
    await hip.later(MINUTE + 1_000);
    expect(hospital.received).toHaveLength(1);
    const all = await deliveries();
    expect(all).toMatchObject([{ state: 'given-up', failure: { code: 'endpoint-disabled' } }]);
    expectProblem(await resend(all[0].id), 409, 'webhook-disabled');
    await webhook(['visit.linked']);
    await resend(all[0].id);
    await hip.settle();
    expect(hospital.received).toHaveLength(2);
  });

  it('that is removed takes its deliveries along, and is told nothing more', async () => {
    const { id } = await webhook(['visit.linked']);
    hospital.expects(status(500));
    await aVisit();
    expect((await hip.call('DELETE', `/api/v1/webhooks/${id}`)).status).toBe(204);
    await hip.later(MINUTE + 1_000);
    expect([hospital.received.length, await rows()]).toEqual([1, 0]);
    expectProblem(await hip.call('DELETE', `/api/v1/webhooks/${id}`), 404, 'webhook-unknown');
  });

  it('that is removed while a change is being told does not make that change fail', async () => {
    const { id } = await webhook(['visit.linked']);
    const { facilityId, visitId } = await aToldVisit();
    let removal: Promise<Answer> | undefined;
    await hip.db.transaction(async (tx) => {
      await new HospitalEvents(hip.clock).tell(tx, facilityId, 'visit.linked', { visitId });
      removal = hip.call('DELETE', `/api/v1/webhooks/${id}`);
      await new Promise((resolve) => setTimeout(resolve, 200));
    });
    expect((await removal)?.status).toBe(204);
    expect(await rows()).toBe(0);
  });

  it('is written to the audit when it is made, changed or removed', async () => {
    const { id } = await webhook();
    await webhook();
    await hip.call('DELETE', `/api/v1/webhooks/${id}`);
    const lines = await hip.db.query(
      `SELECT outcome FROM audit WHERE action = 'webhook.changed' AND subject_id = $1 ORDER BY seq`,
      [id],
    );
    expect(lines.map(({ outcome }: any) => outcome)).toEqual(['made', 'changed', 'removed']);
  });

  it('of another facility is neither told, nor seen, nor touched', async () => {
    const other = await webhook(ALL, { url: `${elsewhere.url}/other` }, asOther());
    const own = await webhook(['visit.linked']);
    await aVisit();
    expect([hospital.received.length, elsewhere.received.length]).toEqual([1, 0]);
    const [{ id }] = await deliveries();
    expect(await deliveries('', asOther())).toEqual([]);
    expectProblem(await resend(id, asOther()), 404, 'delivery-unknown');
    expectProblem(await hip.call('DELETE', `/api/v1/webhooks/${own.id}`, undefined, asOther()), 404, 'webhook-unknown');
    const seen = async (headers = {}): Promise<string[]> =>
      (await hip.call('GET', '/api/v1/webhooks', undefined, headers)).body.webhooks.map((each: any) => each.id);
    expect([await seen(), await seen(asOther())]).toEqual([[own.id], [other.id]]);
  });

  it('at a URL that another facility uses too is another webhook', async () => {
    const own = await webhook(['visit.linked']);
    const other = await webhook(['visit.linked'], {}, asOther());
    expect(other.id).not.toBe(own.id);
    expect(other.secret).not.toBe(own.secret);
    await aVisit();
    expect(hospital.received).toHaveLength(1);
  });

  it.each([
    ['http', 'http://hospital.example.org/x'],
    ['a private network', 'https://10.0.0.4/x'],
    ['cloud metadata', 'https://169.254.169.254/x'],
    ['loopback', 'https://127.0.0.1/x'],
    ['an origin that is nearly an allowed one', 'http://127.0.0.1:1/x'],
    ['a password in it', 'https://user:pass@hospital.example.org/x'],
    ['no URL', 'our-own-server'],
    ['a file', 'file:///etc/passwd'],
  ])('cannot be at %s', async (_what, url) => {
    const answer = await hip.call('PUT', '/api/v1/webhooks', { url, events: ALL });
    expectProblem(answer, 400, 'webhook-url-not-allowed');
    expect(answer.body.errors).toMatchObject([{ field: 'url' }]);
    expect(JSON.stringify(answer.body)).not.toContain(url);
  });

  it('whose name leads to an address inside gets nothing, though the name looks well', async () => {
    await webhook(['visit.linked'], { url: `https://localhost:${hospital.port}/x` });
    await aVisit();
    expect(hospital.received).toEqual([]);
    expect(await deliveries()).toMatchObject([{ state: 'waiting', failure: { code: 'address-not-allowed' } }]);
  });

  it.each([
    ['without a URL', { url: undefined }, 'url'],
    ['with a URL that is no text', { url: 7 }, 'url'],
    ['with an endless URL', { url: `https://hospital.example.org/${'x'.repeat(500)}` }, 'url'],
    ['without events', { events: [] }, 'events'],
    ['with an event that does not exist', { events: ['visit.seen'] }, 'events'],
    ['with an event twice', { events: ['visit.linked', 'visit.linked'] }, 'events'],
    ['with events that are no list', { events: 'visit.linked' }, 'events'],
    ['with a switch that is no switch', { enabled: 'yes' }, 'enabled'],
    ['with a field nobody knows', { secret: 'mine' }, 'secret'],
  ])('%s is refused, with the field to mend', async (_what, change, field) => {
    const wish = { url: `${hospital.url}/events`, events: ALL, ...change };
    const answer = await hip.call('PUT', '/api/v1/webhooks', wish);
    expectProblem(answer, 400, 'fields-wrong');
    expect(answer.body.errors.map((each: any) => each.field)).toContain(field);
  });

  it('is one of five at most', async () => {
    for (let count = 0; count < 5; count++) await webhook(ALL, { url: `${hospital.url}/${count}` });
    const wish = { url: `${hospital.url}/one-too-many`, events: ALL };
    expectProblem(await hip.call('PUT', '/api/v1/webhooks', wish), 409, 'too-many-webhooks');
    await webhook(['visit.linked'], { url: `${hospital.url}/4` });
  });

  it('is nobody’s without a key; what is not there is not there', async () => {
    expectProblem(await hip.call('GET', '/api/v1/webhooks', undefined, { 'x-api-key': '' }), 401, 'api-key-missing');
    expectProblem(await resend(randomUUID()), 404, 'delivery-unknown');
    expectProblem(await resend('x'), 404, 'delivery-unknown');
    expectProblem(await hip.call('DELETE', '/api/v1/webhooks/x'), 404, 'webhook-unknown');
    expectProblem(await hip.call('GET', '/api/v1/webhooks/deliveries?cursor=abcdefghij'), 400, 'cursor-wrong');
    expectProblem(await hip.call('GET', '/api/v1/webhooks/deliveries?state=lost'), 400, 'fields-wrong');
  });
});

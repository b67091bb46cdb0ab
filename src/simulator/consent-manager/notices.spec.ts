import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { aPage, type Asked, CALLBACKS, HIP, ScriptedHip } from '../testing/scripted-hip.js';

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start();
});
afterEach(() => hip.adapter.control('DELETE', 'violations'));
afterAll(() => hip.stop());

async function aConsent(wishes: object = {}): Promise<{ consentId: string; reference: string }> {
  const { patient, reference } = await hip.aLinkedVisit();
  const grant = { abhaAddress: patient.abhaAddress, hipId: HIP, ...wishes };
  const { body } = await hip.adapter.control('POST', 'consents', grant);
  return { consentId: (body as { consentId: string }).consentId, reference };
}

const notice = async () => {
  const { body, headers } = await hip.adapter.callback<any>(CALLBACKS.consent);
  return { ...body.notification, headers };
};
const tell = (consentId: string, wishes: object) =>
  hip.adapter.control('POST', `consents/${consentId}/notices`, wishes);

/** Asks under the consent and says yes to it, whatever it is. */
async function served(consentId: string, reference: string, wishes: object): Promise<Asked> {
  await hip.adapter.control('POST', `consents/${consentId}/request`, { force: true, ...wishes });
  const asked = await hip.nextRequest(reference);
  await hip.accept(asked);
  return asked;
}

describe('a consent notice', () => {
  it('can come again as it was, or anew', async () => {
    const { consentId } = await aConsent();
    const first = await hip.adapter.callback<any>(CALLBACKS.consent);
    const requestId = first.headers['request-id'];
    expect((await tell(consentId, { repeat: true, times: 2 })).body).toEqual({ requestId, delivered: 202 });
    for (let i = 0; i < 2; i += 1) {
      const again = await hip.adapter.callback<any>(CALLBACKS.consent);
      expect([again.headers['request-id'], again.body]).toEqual([requestId, first.body]);
    }
    await tell(consentId, {});
    const anew = await notice();
    expect([anew.status, anew.consentId]).toEqual(['GRANTED', consentId]);
    expect(anew.headers['request-id']).not.toBe(requestId);
    const { body } = await hip.adapter.control('GET', `consents/${consentId}`);
    expect((body as any).notices).toMatchObject([{ requestId }, { requestId: anew.headers['request-id'] }]);
  });

  it('can come late: after the revocation, which counts', async () => {
    const { consentId, reference } = await aConsent({ silent: true });
    await hip.adapter.control('POST', `consents/${consentId}/revoke`);
    expect((await hip.acknowledge()) as unknown).toEqual({ status: 'REVOKED', consentId });
    await tell(consentId, { status: 'GRANTED' });
    expect((await hip.acknowledge()).consentId).toBe(consentId);
    const asked = await served(consentId, reference, {});
    expect((await hip.push(asked, aPage(asked))).status).toBe(400);
    expect(await hip.brokenRules()).toEqual(['push-without-consent']);
  });

  it('can go astray to a facility that is not the HIP’s, which may refuse it', async () => {
    const { consentId } = await aConsent({ silent: true });
    hip.adapter.statuses.push(404, 404, 404);
    const { body } = await tell(consentId, { addressedTo: 'IN0000000099' });
    expect(body).toMatchObject({ delivered: 404 });
    for (let i = 0; i < 3; i += 1) expect((await notice()).headers['x-hip-id']).toBe('IN0000000099');
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('can lie: another HIP, no HIU, another signature, any other field', async () => {
    const lies = { artefactHipId: 'IN0000000099', withoutHiu: true, signature: 'Rk9SR0VE' };
    await aConsent({ hiuId: 'IN0000000002', ...lies, overrides: { hiTypes: ['Invoice'] } });
    const { consentDetail, signature } = await notice();
    expect(consentDetail).toMatchObject({ hip: { id: 'IN0000000099' }, hiTypes: ['Invoice'] });
    expect(consentDetail).not.toHaveProperty('hiu');
    expect(signature).toBe('Rk9SR0VE');
  });
});

describe('a request the artefact does not allow', () => {
  const later = { from: '2020-01-01T00:00:00.000Z', to: '2090-01-01T00:00:00.000Z' };
  const inverted = { from: '2021-01-01T00:00:00.000Z', to: '2020-01-01T00:00:00.000Z' };
  it.each<[string, object, object]>([
    ['of wider dates', {}, { dateRange: later }],
    ['of dates that run backwards', {}, { dateRange: inverted }],
    ['from another HIU', { hiuId: 'HIU-A' }, { hiuId: 'HIU-B' }],
    ['under an unknown consent', {}, { consentId: randomUUID() }],
    ['under an artefact of another HIP', { artefactHipId: 'IN0000000099' }, {}],
  ])('%s gets no records', async (_what, grant, wishes) => {
    const { consentId, reference } = await aConsent(grant);
    await hip.acknowledge();
    const asked = await served(consentId, reference, wishes);
    expect((await hip.push(asked, aPage(asked))).status).toBe(400);
    expect(await hip.brokenRules()).toEqual(['push-not-allowed']);
    const { body } = await hip.adapter.control('GET', `consents/${consentId}`);
    expect((body as any).transfers).toMatchObject([{ transactionId: asked.transactionId }]);
  });

  it('through another facility gets none, nor an answer in another’s name', async () => {
    const { consentId, reference } = await aConsent();
    await hip.acknowledge();
    const asked = await served(consentId, reference, { addressedTo: 'IN0000000098' });
    expect((await hip.push(asked, aPage(asked))).status).toBe(400);
    expect(await hip.brokenRules()).toEqual(['hip-id-wrong', 'push-not-allowed']);
  });

  it('is none when it asks for less, from the HIU that may', async () => {
    const { consentId, reference } = await aConsent({ hiuId: 'HIU-A' });
    await hip.acknowledge();
    const dateRange = { from: '2020-01-01T00:00:00.000Z', to: '2021-01-01T00:00:00.000Z' };
    const asked = await served(consentId, reference, { dateRange, hiuId: 'HIU-A' });
    expect((await hip.push(asked, aPage(asked))).status).toBe(202);
    expect(await hip.brokenRules()).toEqual([]);
  });
});

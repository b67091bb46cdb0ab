import { createPublicKey, verify } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { theContract } from './contract/contract.js';
import { aPage, CALLBACKS, HIP, ScriptedHip } from './testing/scripted-hip.js';

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start({ consentAnswerMs: 300 });
});
afterAll(() => hip.stop());

describe('the whole way, from session to records', () => {
  it('links a visit, tells of it, and receives its record', async () => {
    const { patient, reference } = await hip.aLinkedVisit();
    await hip.notify(patient, reference, 'Prescription');
    const { body } = await hip.adapter.callback(CALLBACKS.notified);
    expect(body).toMatchObject({ acknowledgement: { status: 'SUCCESS' } });

    const seen = await hip.adapter.control('GET', `patients/${patient.abhaAddress}/care-contexts`);
    const hiTypes = ['OPConsultation', 'Prescription'];
    expect(seen.body).toMatchObject([{ hipId: HIP, careContextReference: reference, hiTypes }]);

    const pulling = hip.adapter.control('POST', `patients/${patient.abhaAddress}/pull`, {});
    await hip.acknowledge();
    const asked = await hip.nextRequest(reference);
    expect((await pulling).body).toEqual([
      { consentId: asked.consentId, transactionId: asked.transactionId, hipId: HIP },
    ]);
    expect((await hip.accept(asked)).status).toBe(200);
    expect((await hip.push(asked, aPage(asked, '{"text":"बुखार"}'))).status).toBe(202);
    expect((await hip.close(asked)).status).toBe(202);
    expect(await hip.transfer(asked)).toMatchObject({
      state: 'transferred',
      entries: [{ careContextReference: reference, plaintext: '{"text":"बुखार"}', checksumMatches: true }],
    });
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('sends callbacks that fit the contract, signed by the published key of their kid', async () => {
    const { patient, reference } = await hip.aLinkedVisit();
    const wish = { abhaAddress: patient.abhaAddress, hipId: HIP, hiuId: 'IN0000000002' };
    const granted = hip.adapter.control('POST', 'consents', wish);
    const notice = await hip.adapter.callback<any>(CALLBACKS.consent);
    const fits = theContract().callback('consentHipNotify').body;
    expect([fits(notice.body), fits.errors]).toEqual([true, null]);
    const { consentId, consentDetail, signature } = notice.body.notification;
    expect((await granted).body).toEqual({ consentId });
    expect(consentDetail).toMatchObject({
      hiu: { id: 'IN0000000002' },
      careContexts: [{ careContextReference: reference }],
    });

    const certs = await hip.adapter.call('GET', '/api/hiecm/gateway/v3/certs');
    const { keys } = certs.body as { keys: any[] };
    expect(keys.map((one) => one.alg)).toEqual(['RS512', 'RS256']);
    const [head, claims, seal] = String(notice.headers.authorization).replace('Bearer ', '').split('.');
    const { kid } = JSON.parse(Buffer.from(head!, 'base64url').toString());
    const key = createPublicKey({ format: 'jwk', key: keys.find((one) => one.kid === kid) });
    const isSigned = (text: string, by: Buffer) => verify('RSA-SHA256', Buffer.from(text), key, by);
    expect(isSigned(`${head}.${claims}`, Buffer.from(seal!, 'base64url'))).toBe(true);
    expect(isSigned(JSON.stringify(consentDetail), Buffer.from(signature, 'base64'))).toBe(true);
    const { iss, exp } = JSON.parse(Buffer.from(claims!, 'base64url').toString());
    expect(iss).toBe(`${hip.abdm.url}/realms/central-registry`);
    expect(exp * 1000 - Date.now()).toBeGreaterThan(15 * 60_000);

    await wait(400);
    expect(await hip.brokenRules()).toEqual(['answered-late']);
  });
});

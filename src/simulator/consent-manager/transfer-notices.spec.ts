import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPage, type Asked, CALLS, HIP, ScriptedHip } from '../testing/scripted-hip.js';

const OTHER_HIP = 'IN0000000002';
const CONSULTATION = documentOf('OPConsultRecord');

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start();
  await hip.adapter.control('POST', 'facilities', { id: OTHER_HIP, name: 'Another Hospital', clientId: 'SBX_1' });
});
afterAll(() => hip.stop());

function documentOf(profile: string): string {
  const url = `https://nrces.in/ndhm/fhir/r4/StructureDefinition/${profile}`;
  return JSON.stringify({ entry: [{ resource: { meta: { profile: [url] } } }] });
}

/** A request under an acknowledged consent for one linked visit. */
async function requested(wishes: object): Promise<Asked> {
  const { patient, reference } = await hip.aLinkedVisit();
  const { body } = await hip.adapter.control('POST', 'consents', { abhaAddress: patient.abhaAddress, hipId: HIP });
  await hip.acknowledge();
  const { consentId } = body as { consentId: string };
  await hip.adapter.control('POST', `consents/${consentId}/request`, { force: true, ...wishes });
  return hip.nextRequest(reference);
}

/** Three pages, once each; the HIU answers as told. @returns the statuses, 0 for none */
async function pushesThree(asked: Asked, plaintext = CONSULTATION): Promise<number[]> {
  const statuses: number[] = [];
  for (const pageNumber of [1, 2, 3]) {
    const page = { ...aPage(asked, plaintext), pageNumber, pageCount: 3 };
    statuses.push(
      await hip.push(asked, page).then(
        ({ status }) => status,
        () => 0,
      ),
    );
  }
  return statuses;
}

const closes = (asked: Asked, account: { sessionStatus?: string; hiStatus?: string; hipId?: string } = {}) => {
  const { sessionStatus = 'TRANSFERRED', hiStatus, hipId = HIP } = account;
  const careContext = { careContextReference: asked.reference, hiStatus, description: 'As it went' };
  const notification = {
    consentId: asked.consentId,
    transactionId: asked.transactionId,
    doneAt: new Date().toISOString(),
    notifier: { type: 'HIP', id: hipId },
    statusNotification: { sessionStatus, hipId, statusResponses: hiStatus === undefined ? [] : [careContext] },
  };
  return hip.adapter.call('POST', CALLS.transferred, { notification }, { 'x-hip-id': hipId });
};

async function refuses(asked: Asked, code: string, hipId = HIP): Promise<void> {
  const error = { code, message: 'Consent Not granted' };
  await hip.adapter.call('POST', CALLS.onRequest, { error, response: asked.response }, { 'x-hip-id': hipId });
}

describe('the account of a transfer', () => {
  it.each([
    ['refused', { page: 2, status: 400 }, [202, 400, 202]],
    ['cut off', { page: 2, dropConnection: true }, [202, 0, 202]],
    ['taken, its answer lost', { page: 2, loseAnswer: true }, [202, 0, 202]],
  ])('says ERRORED of a care context of which a page was %s', async (_what, pushAnswer, statuses) => {
    const asked = await requested({ pushAnswers: [pushAnswer] });
    await hip.accept(asked);
    expect(await pushesThree(asked)).toEqual(statuses);
    expect((await closes(asked, { hiStatus: 'ERRORED' })).status).toBe(202);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('says ERRORED of one whose record of a linked type was never sent', async () => {
    const asked = await requested({});
    await hip.accept(asked);
    await pushesThree(asked, documentOf('PrescriptionRecord'));
    await hip.brokenRules(); // it was not linked with that type, which is another matter
    await closes(asked, { hiStatus: 'ERRORED' });
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('must not say DELIVERED of a part, nor ERRORED of the whole', async () => {
    const part = await requested({ pushAnswers: [{ page: 2, status: 400 }] });
    await hip.accept(part);
    await pushesThree(part);
    await closes(part, { hiStatus: 'DELIVERED' });
    expect(await hip.brokenRules()).toEqual(['transfer-incomplete', 'transfer-notice-wrong']);
    const whole = await requested({ pushAnswers: [{ page: 2, status: 503, times: 1 }] });
    await hip.accept(whole);
    expect(await pushesThree(whole)).toEqual([202, 503, 202]);
    expect((await hip.push(whole, { ...aPage(whole, CONSULTATION), pageNumber: 2, pageCount: 3 })).status).toBe(202);
    await closes(whole, { hiStatus: 'ERRORED' });
    expect(await hip.brokenRules()).toEqual(['transfer-notice-wrong']);
  });
});

describe('a refused request is closed with FAILED', () => {
  it('under the consent it named, though nobody knows that one', async () => {
    const asked = await requested({ consentId: randomUUID() });
    await refuses(asked, 'ABDM-1062');
    expect((await closes(asked, { sessionStatus: 'FAILED' })).status).toBe(202);
    expect(await hip.transfer(asked)).toMatchObject({ state: 'refused', notify: { consentId: asked.consentId } });
    expect(await hip.brokenRules()).toEqual([]);
    const elsewhere = await requested({});
    await refuses(elsewhere, 'ABDM-1062');
    expect((await closes({ ...elsewhere, consentId: asked.consentId }, { sessionStatus: 'FAILED' })).status).toBe(404);
    expect(await hip.brokenRules()).toEqual(['transfer-notice-wrong']);
  });

  it('by the facility it was addressed to, and in no other’s name', async () => {
    const asked = await requested({ addressedTo: OTHER_HIP });
    await refuses(asked, 'ABDM-1062', OTHER_HIP);
    await closes(asked, { sessionStatus: 'FAILED', hipId: OTHER_HIP });
    expect(await hip.brokenRules()).toEqual([]);
    const wrong = await requested({ addressedTo: OTHER_HIP });
    await refuses(wrong, 'ABDM-1062', OTHER_HIP);
    await closes(wrong, { sessionStatus: 'FAILED' });
    expect(await hip.brokenRules()).toEqual(['transfer-notice-wrong']);
  });

  it('with no care context, when its consent has ended and the artefact is erased', async () => {
    const asked = await requested({});
    await hip.adapter.control('POST', `consents/${asked.consentId}/revoke`);
    await hip.acknowledge();
    await refuses(asked, 'ABDM-1062');
    expect((await closes(asked, { sessionStatus: 'FAILED' })).status).toBe(202);
    expect(await hip.brokenRules()).toEqual([]);
  });
});

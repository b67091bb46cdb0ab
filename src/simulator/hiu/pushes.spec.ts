import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPage, ScriptedHip } from '../testing/scripted-hip.js';

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start();
});
afterAll(() => hip.stop());

describe('the HIU judges pages', () => {
  it('sent after a revocation the HIP has heard of', async () => {
    const asked = await hip.anOpenTransfer();
    await hip.adapter.control('POST', `consents/${asked.consentId}/revoke`);
    await hip.acknowledge();
    await wait(5);
    expect((await hip.push(asked, aPage(asked))).status).toBe(400);
    expect(await hip.brokenRules()).toEqual(['push-without-consent']);
  });

  it('sent after the transfer was closed, and the account given of it', async () => {
    const asked = await hip.anOpenTransfer();
    await hip.close(asked);
    expect((await hip.push(asked, aPage(asked))).status).toBe(400);
    expect(await hip.brokenRules()).toEqual(['transfer-incomplete', 'transfer-notice-wrong', 'push-after-close']);
  });

  it('of another care context or hiType than the artefact names', async () => {
    const asked = await hip.anOpenTransfer();
    expect((await hip.push(asked, aPage(asked, '{}', 'OPD-9'))).status).toBe(400);
    const profile = ['https://nrces.in/ndhm/fhir/r4/StructureDefinition/InvoiceRecord'];
    await hip.push(asked, aPage(asked, JSON.stringify({ entry: [{ resource: { meta: { profile } } }] })));
    expect(await hip.brokenRules()).toEqual(['push-outside-artefact', 'push-outside-artefact']);
  });

  it('with one key and nonce for two entries', async () => {
    const asked = await hip.anOpenTransfer();
    const page = aPage(asked);
    await hip.push(asked, { ...page, entries: [page.entries[0], page.entries[0]] });
    const { entries } = aPage(asked, 'another');
    await hip.push(asked, { ...page, pageNumber: 0, entries });
    const twice = ['key-and-nonce-reused', 'key-and-nonce-reused', 'push-undecryptable'];
    expect(await hip.brokenRules()).toEqual(twice);
  });

  it('with a wrong checksum, without a token, not as the contract has it, to a guessed URL', async () => {
    const asked = await hip.anOpenTransfer();
    const wrong = aPage(asked);
    wrong.entries[0].checksum = '0'.repeat(32);
    await hip.push(asked, wrong);
    const bare = await hip.adapter.call('POST', asked.dataPushUrl, aPage(asked), { authorization: '' });
    expect(bare.status).toBe(401);
    expect((await hip.push(asked, { ...aPage(asked), stray: 1 })).status).toBe(400);
    const guess = { ...asked, dataPushUrl: `${hip.abdm.url}/hiu/push/guess` };
    expect((await hip.push(guess, aPage(asked))).status).toBe(400);
    const rules = ['checksum-wrong', 'push-without-session', 'push-malformed', 'push-unknown'];
    expect(await hip.brokenRules()).toEqual(rules);
  });

  it('and blames nobody when one page comes twice, or the HIU itself is unwilling', async () => {
    const asked = await hip.anOpenTransfer();
    await hip.adapter.control('POST', 'settings', { pushAnswer: { status: 503, times: 1 } });
    const page = aPage(asked);
    expect((await hip.push(asked, page)).status).toBe(503);
    expect((await hip.push(asked, page)).status).toBe(202);
    expect((await hip.push(asked, page)).status).toBe(202);
    await hip.close(asked);
    expect(await hip.brokenRules()).toEqual([]);
    expect(await hip.transfer(asked)).toMatchObject({ state: 'transferred', pages: 1 });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aPage, type Asked, HIP, ScriptedHip } from '../testing/scripted-hip.js';

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start();
});
afterAll(() => hip.stop());

/** An accepted request of an HIU that answers pushes so. */
async function anAwkwardHiu(...pushAnswers: object[]): Promise<Asked> {
  const { patient, reference } = await hip.aLinkedVisit();
  const grant = { abhaAddress: patient.abhaAddress, hipId: HIP };
  const { body } = await hip.adapter.control('POST', 'consents', grant);
  await hip.acknowledge();
  await hip.adapter.control('POST', `consents/${(body as any).consentId}/request`, { pushAnswers });
  const asked = await hip.nextRequest(reference);
  await hip.accept(asked);
  return asked;
}

const pagesOf = async (asked: Asked) => ((await hip.transfer(asked)) as { pages: number }).pages;

describe('an HIU on request', () => {
  it('answers 500 so many times, then is slow, then takes pages', async () => {
    const asked = await anAwkwardHiu({ status: 500, times: 2 }, { delayMs: 80, times: 1 });
    const page = aPage(asked);
    const statuses = [await hip.push(asked, page), await hip.push(asked, page)].map((one) => one.status);
    expect(statuses).toEqual([500, 500]);
    const started = Date.now();
    expect((await hip.push(asked, page)).status).toBe(202);
    expect(Date.now() - started).toBeGreaterThanOrEqual(79);
    expect(await pagesOf(asked)).toBe(1);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('refuses one page and takes the others; another transfer is not concerned', async () => {
    const [asked, other] = [await anAwkwardHiu({ status: 400, page: 2 }), await hip.anOpenTransfer()];
    const page = (pageNumber: number) => ({ ...aPage(asked), pageNumber, pageCount: 2 });
    const statuses: number[] = [];
    for (const pageNumber of [2, 1, 2]) statuses.push((await hip.push(asked, page(pageNumber))).status);
    expect(statuses).toEqual([400, 202, 400]);
    expect((await hip.push(other, { ...aPage(other), pageNumber: 2, pageCount: 2 })).status).toBe(202);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('cuts the connection before it reads, or after it took the page', async () => {
    const asked = await anAwkwardHiu({ dropConnection: true, times: 1 }, { loseAnswer: true, times: 1 });
    const page = aPage(asked);
    await expect(hip.push(asked, page)).rejects.toThrow();
    expect(await pagesOf(asked)).toBe(0);
    await expect(hip.push(asked, page)).rejects.toThrow();
    expect(await pagesOf(asked)).toBe(1);
    expect((await hip.push(asked, page)).status).toBe(202);
    expect(await hip.brokenRules()).toEqual([]);
  });

  it('never answers', async () => {
    const asked = await anAwkwardHiu({ hang: true, times: 1 });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const cut = fetch(asked.dataPushUrl, { ...init, signal: AbortSignal.timeout(80) });
    await expect(cut).rejects.toThrow(/timeout/i);
    expect((await hip.push(asked, aPage(asked))).status).toBe(202);
  });

  it('redirects, and notices who follows', async () => {
    const asked = await anAwkwardHiu({ redirectTo: '/hiu/elsewhere', times: 2 });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    const stays = await fetch(asked.dataPushUrl, { ...init, redirect: 'manual' });
    expect([stays.status, stays.headers.get('location')]).toEqual([302, '/hiu/elsewhere']);
    expect(await hip.brokenRules()).toEqual([]);
    await fetch(asked.dataPushUrl, init);
    expect(await hip.brokenRules()).toEqual(['push-redirect-followed']);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { ScriptedHip } from '../testing/scripted-hip.js';

const SECRET = 'invented-secret';
const SMS = { mobile: '9812300045', text: { en: '123456 is your code', hi: '123456 आपका कोड है' } };

let hip: ScriptedHip;
beforeAll(async () => {
  hip = await ScriptedHip.start({ smsGatewaySecret: SECRET });
});
afterAll(() => hip.stop());

/** As the adapter posts a code to the hospital's SMS gateway. */
async function posted(
  abdm: string,
  wishes: { secret?: string; seconds?: number; sent?: string } = {},
): Promise<number> {
  const body = JSON.stringify({ ...SMS, expiresAt: '2026-11-22T04:40:00.000Z' }, undefined, 1);
  const { secret = SECRET, seconds = Math.floor(Date.now() / 1000), sent = body } = wishes;
  const hmac = createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex');
  const headers = { 'content-type': 'application/json', 'x-adapter-signature': `t=${seconds},v1=${hmac}` };
  return (await fetch(`${abdm}/simulator/sms-gateway`, { method: 'POST', headers, body: sent })).status;
}

const messagesOn = async (mobile: string) =>
  (await hip.adapter.control('GET', `phones/${encodeURIComponent(mobile)}/messages`)).body;

describe('the hospital’s SMS gateway', () => {
  it('brings a signed message to the phone, however its number is written', async () => {
    expect(await posted(hip.abdm.url)).toBe(202);
    expect(await messagesOn('+91 98123 00045')).toMatchObject([{ text: SMS.text, at: expect.any(String) }]);
    expect(await messagesOn('9812300046')).toEqual([]);
  });

  it('refuses what is signed by another, for another text or long ago, or is no message', async () => {
    const before = await messagesOn(SMS.mobile);
    const seconds = Math.floor(Date.now() / 1000);
    expect(await posted(hip.abdm.url, { secret: 'another' })).toBe(401);
    expect(await posted(hip.abdm.url, { seconds: seconds - 3600 })).toBe(401);
    const other = JSON.stringify({ ...SMS, mobile: '9812300046', expiresAt: '2026-11-22T04:40:00.000Z' });
    expect(await posted(hip.abdm.url, { sent: other })).toBe(401);
    expect(await posted(hip.abdm.url, { sent: '{"mobile":""}' })).toBe(400);
    const bare = await hip.adapter.control('POST', 'sms-gateway', JSON.parse(other));
    expect(bare.status).toBe(401);
    expect(await messagesOn(SMS.mobile)).toEqual(before);
  });

  it('shows its secret to nobody, and is none without one', async () => {
    expect((await hip.adapter.control('GET', 'settings')).text).not.toContain(SECRET);
    const bare = await ScriptedHip.start();
    expect(await posted(bare.abdm.url)).toBe(404);
    await bare.stop();
  });
});

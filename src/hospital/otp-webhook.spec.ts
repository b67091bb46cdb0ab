import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OtpNotTaken, OtpWebhook } from './otp-webhook.js';

const SECRET = 'invented-secret';
const NOW = new Date('2026-11-22T04:30:00.000Z');
const message = {
  mobile: '9812300045',
  text: { en: '123456 is your code', hi: '123456 आपका कोड है' },
  expiresAt: new Date('2026-11-22T04:40:00.000Z'),
};

let gateway: Server;
let url: string;
const received: { request: IncomingMessage; body: string }[] = [];
beforeAll(async () => {
  gateway = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      received.push({ request, body });
      const status = Number(request.url?.slice(1));
      response.writeHead(status, status === 302 ? { location: '/200' } : {}).end();
    });
  });
  await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`;
});
afterAll(() => {
  gateway.close();
});

const sender = (path: string, secret: string | undefined = SECRET): OtpWebhook =>
  new OtpWebhook({ url: `${url}${path}`, secret, now: () => NOW });

describe('The hospital’s SMS gateway', () => {
  it('gets the mobile, the text in both languages, and until when, under a signature it can check', async () => {
    await sender('/202').send(message);
    const { request, body } = received.at(-1) ?? {};
    expect(request?.method).toBe('POST');
    expect(JSON.parse(body ?? '')).toEqual({
      mobile: '9812300045',
      text: message.text,
      expiresAt: '2026-11-22T04:40:00.000Z',
    });
    const [, seconds, hmac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request?.headers['x-adapter-signature'])) ?? [];
    expect(seconds).toBe(String(NOW.getTime() / 1000));
    expect(hmac).toBe(createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex'));
  });

  it.each([400, 500, 302])(
    'that answers %d has not taken it, and the error tells nothing of the message',
    async (status) => {
      const before = received.length;
      const error: unknown = await sender(`/${status}`)
        .send(message)
        .catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(OtpNotTaken);
      expect(error).toMatchObject({ status, message: 'The SMS gateway did not take the message' });
      expect(JSON.stringify(error)).not.toMatch(/123456|9812300045/);
      expect(received).toHaveLength(before + 1);
    },
  );

  it('that is not there has not taken it', async () => {
    const nowhere = new OtpWebhook({ url: 'http://127.0.0.1:9', secret: SECRET, now: () => NOW });
    await expect(nowhere.send(message)).rejects.toMatchObject({ status: undefined });
  });

  it('is used only when address and secret are known', async () => {
    expect(sender('/200').isReady).toBe(true);
    const unset = new OtpWebhook({ url: undefined, secret: undefined, now: () => NOW });
    expect(unset.isReady).toBe(false);
    await expect(unset.send(message)).rejects.toBeInstanceOf(OtpNotTaken);
  });
});

import { createServer, request, type Server } from 'node:http';
import { createServer as createPlainServer, type AddressInfo, type Server as PlainServer } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { GatewayError } from '../../abdm/client/gateway-error.js';
import { UnusablePushUrl } from './push-address.js';
import { PushConnection } from './push-connection.js';

const servers: PlainServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listening<S extends PlainServer>(server: S): Promise<{ server: S; port: number }> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** A receiver, and how many connections and requests it has seen. */
async function aReceiver(): Promise<{ url: string; seen: { connections: number; requests: number } }> {
  const seen = { connections: 0, requests: 0 };
  const http: Server = createServer((_request, response) => {
    seen.requests++;
    response.writeHead(202).end();
  });
  http.on('connection', () => seen.connections++);
  return { url: `http://127.0.0.1:${(await listening(http)).port}`, seen };
}

const to = (url: string): Promise<PushConnection> => PushConnection.to(url, [new URL(url).origin], 300);

const post = (url: string, connection: PushConnection, leave: () => Promise<void>): Promise<number> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent: connection.agents(leave).httpAgent }, (answer) => {
      resolve(answer.resume().statusCode ?? 0);
    });
    outgoing.on('error', reject).end('{}');
  });

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('A connection to a receiver', () => {
  it('is there before leave is asked for, and says nothing until it is given', async () => {
    const { url, seen } = await aReceiver();
    const connection = await to(url);
    await pause(20);
    expect(seen).toEqual({ connections: 1, requests: 0 });
    let give = (): void => undefined;
    const answer = post(url, connection, () => new Promise((resolve) => (give = resolve)));
    await pause(50);
    expect(seen.requests).toBe(0);
    give();
    expect(await answer).toBe(202);
    expect(seen).toEqual({ connections: 1, requests: 1 });
    connection.close();
  });

  it('says nothing at all when leave is not given', async () => {
    const { url, seen } = await aReceiver();
    const connection = await to(url);
    await expect(post(url, connection, () => Promise.reject(new Error('revoked')))).rejects.toThrow('revoked');
    connection.close();
    expect(seen.requests).toBe(0);
  });

  it('that nobody takes, or that never gets as far as TLS, may come about later', async () => {
    const { server, port } = await listening(
      createPlainServer((socket) => socket.on('error', () => undefined).resume()),
    );
    const silent = to(`https://127.0.0.1:${port}/push`);
    await expect(silent).rejects.toBeInstanceOf(GatewayError);
    await expect(silent).rejects.toMatchObject({ retryable: true });
    await new Promise((resolve) => server.close(resolve));
    await expect(to(`http://127.0.0.1:${port}/push`)).rejects.toMatchObject({ retryable: true });
  });

  it('is not made where records may not go', async () => {
    await expect(PushConnection.to('https://127.0.0.1/push', [], 300)).rejects.toBeInstanceOf(UnusablePushUrl);
  });
});

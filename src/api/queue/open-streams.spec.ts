import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endSoon, OpenStreams, writeTo } from './open-streams.js';

let server: Server;
let arrived: (response: ServerResponse) => void;
beforeAll(async () => {
  server = createServer((_, response) => arrived(response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

/** Somebody who asks and does not read. */
async function aBoard(): Promise<{ response: ServerResponse; socket: Socket }> {
  const response = new Promise<ServerResponse>((resolve) => (arrived = resolve));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  return { response: await response, socket };
}

const closed = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => (response.destroyed ? resolve() : response.once('close', resolve)));

describe('A stream', () => {
  it('is not opened for who has gone away', async () => {
    const streams = new OpenStreams();
    const { response, socket } = await aBoard();
    socket.destroy();
    await closed(response);
    expect(streams.open('key', response)).toBe(false);
  });

  it('is the 51st of a key only when another has ended', async () => {
    const streams = new OpenStreams();
    const [first, last] = [await aBoard(), await aBoard()];
    const all = [first];
    while (all.length < 50) all.push(await aBoard());
    for (const { response } of all) expect(streams.open('key', response)).toBe(true);
    expect(() => streams.open('key', last.response)).toThrow(expect.objectContaining({ status: 429 }));
    first.socket.destroy();
    await closed(first.response);
    expect(streams.open('key', last.response)).toBe(true);
    for (const { socket } of [...all, last]) socket.destroy();
  });

  it('ends for a board that has stopped reading, too', async () => {
    const { response, socket } = await aBoard();
    response.writeHead(200);
    // More than the network keeps on its way.
    response.write('x'.repeat(20_000_000));
    endSoon(response, 100);
    await closed(response);
    expect(socket.bytesRead).toBeLessThan(20_000_000);
    socket.destroy();
  });

  it('is given up when too much of it is unread', async () => {
    const { response, socket } = await aBoard();
    response.writeHead(200);
    response.write('x'.repeat(20_000_000));
    writeTo(response, 'more');
    expect(response.destroyed).toBe(true);
    socket.destroy();
  });
});

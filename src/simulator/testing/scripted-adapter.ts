import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface ReceivedCallback<Body = Record<string, unknown>> {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Body;
}

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** Undefined when the body is no JSON. */
  readonly body: unknown;
}

/** The least a HIP bridge can be, for the simulator's own tests: plain calls out, a list of callbacks in. */
export class ScriptedAdapter {
  private readonly received: ReceivedCallback[] = [];
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
      this.received.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(this.statuses.shift() ?? 202).end();
    });
  });
  private accessToken = '';
  /** How the next callbacks are answered; 202 when empty. */
  readonly statuses: number[] = [];

  constructor(
    readonly abdm: string,
    readonly hipId: string,
  ) {}

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  async openSession(clientId: string, clientSecret: string): Promise<Answer> {
    const body = { clientId, clientSecret, grantType: 'client_credentials' };
    const answer = await this.call('POST', '/api/hiecm/gateway/v3/sessions', body, { authorization: '' });
    if (answer.status === 202) this.accessToken = (answer.body as { accessToken: string }).accessToken;
    return answer;
  }

  /** The headers ABDM wants, fresh for one call. */
  headers(): Record<string, string> {
    return {
      authorization: `Bearer ${this.accessToken}`,
      'request-id': randomUUID(),
      timestamp: new Date().toISOString(),
      'x-cm-id': 'sbx',
      'x-hip-id': this.hipId,
    };
  }

  /** With the headers ABDM wants; `headers` overrides them, an empty string leaves one out. */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const all = {
      ...this.headers(),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
    const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    return answerOf(await fetch(new URL(path, this.abdm), { method, headers: sent, ...(text ? { body: text } : {}) }));
  }

  async control(method: string, path: string, body?: unknown): Promise<Answer> {
    const init =
      body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return answerOf(await fetch(new URL(`/simulator/${path}`, this.abdm), { method, ...init }));
  }

  /** Takes the next callback of this path off the list, waiting for it. */
  async callback<Body = Record<string, unknown>>(path: string, withinMs = 15_000): Promise<ReceivedCallback<Body>> {
    const until = Date.now() + withinMs;
    while (Date.now() < until) {
      const index = this.received.findIndex((one) => one.path === path);
      if (index >= 0) return this.received.splice(index, 1)[0] as unknown as ReceivedCallback<Body>;
      await wait(5);
    }
    throw new Error(`No callback came to ${path}.`);
  }

  countOf(path: string): number {
    return this.received.filter((one) => one.path === path).length;
  }
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

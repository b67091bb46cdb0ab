import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';

/** One delivery, as the hospital's server got it. */
export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly body: any;
}

type Answer = (response: ServerResponse) => void;

export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end();

/** Never answers. */
export const silence: Answer = () => undefined;

/** Says something every 100 ms, and never comes to the point. */
export const trickle: Answer = (response) => {
  const timer = setInterval(() => response.writeProcessing(), 100);
  response.once('close', () => clearInterval(timer));
};

/** The hospital's server, on real HTTP: answers as a test wants, one after another; what is beyond the list is taken. */
export class WebhookReceiver {
  received: Received[] = [];
  private answers: Answer[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      this.received.push({ path: request.url ?? '', headers: request.headers, text, body: JSON.parse(text || 'null') });
      (this.answers.shift() ?? status(204))(response);
    });
  });

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get port(): number {
    return (this.server.address() as { port: number }).port;
  }

  /** Forgets what came, and answers so from now on. */
  expects(...answers: Answer[]): void {
    this.received = [];
    this.answers = answers;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** As somebody would check it who has only read the documentation. */
export function isSignedWith(secret: string, { headers, text }: Pick<Received, 'headers' | 'text'>): boolean {
  const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['x-adapter-signature'])) ?? [];
  return (
    v1 !== undefined &&
    createHmac('sha256', Buffer.from(secret))
      .update(Buffer.from(`${t}.${text}`))
      .digest('hex') === v1
  );
}

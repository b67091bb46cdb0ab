import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

const LARGEST = 10_000;

/** The hospital's SMS gateway, as far as codes need one: takes them and remembers the last of each mobile. */
export class SmsGateway {
  readonly secret = randomBytes(24).toString('base64url');
  private readonly codes = new Map<string, string>();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<SmsGateway> {
    const server = createServer();
    const gateway = new SmsGateway(server);
    server.on('request', (request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => {
        text = (text + chunk.toString()).slice(0, LARGEST);
      });
      request.on('end', () => {
        response.writeHead(gateway.takes(text) ? 204 : 400).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/codes`;
  }

  lastCodeTo(mobile: string): string | undefined {
    return this.codes.get(mobile);
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private takes(body: string): boolean {
    try {
      const { mobile, text } = JSON.parse(body) as { mobile: string; text: { en: string } };
      const code = /\d{6}/.exec(text.en)?.[0];
      if (code !== undefined) this.codes.set(mobile, code);
      return code !== undefined;
    } catch {
      return false;
    }
  }
}

import { createServer, type Server, type ServerResponse } from 'node:http';

export type HiuAnswer = (page: any, response: ServerResponse) => void | Promise<void>;
export const taken: HiuAnswer = (_page, response) => void response.writeHead(202).end();
export const status =
  (code: number): HiuAnswer =>
  (_page, response) =>
    void response
      .writeHead(code, { 'content-type': 'application/json' })
      .end('{"error":{"code":"4500","message":"no"}}');

/** An HIU that answers as a test wants, page by page; what is beyond the list is taken. */
export class AnHiu {
  pages: any[] = [];
  /** The most it was asked at the same time. */
  mostAtOnce = 0;
  private atOnce = 0;
  private answers: HiuAnswer[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const page: unknown = JSON.parse(Buffer.concat(chunks).toString() || 'null');
      this.pages.push(page);
      this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce);
      response.once('close', () => this.atOnce--);
      void (this.answers.shift() ?? taken)(page, response);
    });
  });

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  expects(...answers: HiuAnswer[]): void {
    this.pages = [];
    this.mostAtOnce = 0;
    this.answers = answers;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

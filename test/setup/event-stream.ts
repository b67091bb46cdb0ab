/** One server-sent event, read. */
export interface StreamEvent {
  readonly event: string;
  readonly data: any;
}

/** Reads a stream of server-sent events as a board does. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  /** Comments, which keep the connection open. */
  readonly comments: string[] = [];
  isEnded = false;
  private readonly abort = new AbortController();

  /** @throws Error with the answer when it is no stream */
  static async open(url: string, key: string): Promise<EventStream> {
    const stream = new EventStream();
    const answer = await fetch(url, { headers: { 'x-api-key': key }, signal: stream.abort.signal });
    if (answer.status !== 200 || answer.body === null) throw new Error(`${answer.status} ${await answer.text()}`);
    void stream.read(answer.body).catch(() => undefined);
    return stream;
  }

  /** Waits until what has come so far looks like that. */
  async until(isThere: (events: readonly StreamEvent[]) => boolean, withinMs = 10_000): Promise<StreamEvent[]> {
    const last = Date.now() + withinMs;
    while (!isThere(this.events)) {
      if (Date.now() > last)
        throw new Error(`It did not come; what came: ${JSON.stringify(this.events).slice(0, 2_000)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return this.events;
  }

  close(): void {
    this.abort.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of body) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } finally {
      this.isEnded = true;
    }
  }

  private take(block: string): void {
    if (block.startsWith(':')) return void this.comments.push(block);
    const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
    const event = fields.get('event');
    if (event !== undefined) this.events.push({ event, data: JSON.parse(fields.get('data') ?? 'null') });
  }
}

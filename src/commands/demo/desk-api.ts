/** The adapter's own API, as a clerk's screen calls it. */
export class DeskApi {
  constructor(
    private readonly adapterUrl: string,
    private readonly key: string,
  ) {}

  get(path: string): Promise<unknown> {
    return this.call('GET', path);
  }

  post(path: string, body: object): Promise<unknown> {
    return this.call('POST', path, body);
  }

  private async call(method: string, path: string, body?: object): Promise<unknown> {
    const answer = await fetch(this.adapterUrl + path, {
      method,
      headers: { 'x-api-key': this.key, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) {
      const problem = (await answer.json().catch(() => ({}))) as { code?: string };
      throw new Error(
        `The adapter answered ${answer.status} ${problem.code ?? ''} to ${method} ${path.split('?', 1)[0]}`,
      );
    }
    return answer.json();
  }
}

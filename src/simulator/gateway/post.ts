import http from 'node:http';
import https from 'node:https';

const agents = {
  'http:': new http.Agent({ keepAlive: true, maxSockets: 64, scheduling: 'fifo' }),
  'https:': new https.Agent({ keepAlive: true, maxSockets: 64 }),
};

/**
 * Posts JSON and gives the status; the body of the answer is thrown away. Never throws: 0 stands for no answer.
 * node:http rather than fetch: half the CPU per request, which the load tests of the adapter share a machine with.
 */
export async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
): Promise<number> {
  const first = await attempt(url, headers, body, timeoutMs);
  // The other side closed a kept-alive connection just as it was taken up again: not an answer, so ask once more.
  return first === 'stale' ? numeric(await attempt(url, headers, body, timeoutMs)) : first;
}

function attempt(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
  timeoutMs: number,
): Promise<number | 'stale'> {
  return new Promise((resolve) => {
    const target = new URL(url);
    const isSecure = target.protocol === 'https:';
    const request = (isSecure ? https : http).request(target, {
      method: 'POST',
      agent: agents[isSecure ? 'https:' : 'http:'],
      timeout: timeoutMs,
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve(0));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', (error: NodeJS.ErrnoException) => {
      resolve(request.reusedSocket && error.code === 'ECONNRESET' ? 'stale' : 0);
    });
    request.end(body);
  });
}

const numeric = (status: number | 'stale'): number => (status === 'stale' ? 0 : status);

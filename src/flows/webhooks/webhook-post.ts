import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { agentsPinnedTo, AddressUnknown, UnusableAddress } from '../../support/outside-address.js';

/** How an attempt can fail. Words for people: `api/texts/webhooks.*.ts`. */
export type WebhookFailure =
  | 'timeout'
  | 'no-connection'
  | 'address-not-allowed'
  | 'redirect'
  | 'refused'
  | 'server-error'
  | 'endpoint-disabled'
  | 'own-fault';

export type WebhookAnswer =
  | { readonly taken: true; readonly status: number }
  | { readonly taken: false; readonly failure: WebhookFailure; readonly status?: number };

export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs: number;
  readonly allowedOrigins: readonly string[];
}

/**
 * One attempt. The address is checked and pinned as it is for records; a redirect is not followed, for it could lead
 * anywhere; of the answer only the status is read. The time limit is for all of it: name, connection, answer.
 */
export async function postWebhook(post: WebhookPost): Promise<WebhookAnswer> {
  const signal = AbortSignal.timeout(post.timeoutMs);
  try {
    return answerOf(await statusOf(post, signal));
  } catch (error) {
    if (error instanceof UnusableAddress) return { taken: false, failure: 'address-not-allowed' };
    if (signal.aborted) return { taken: false, failure: 'timeout' };
    return { taken: false, failure: 'no-connection' };
  }
}

async function statusOf({ url, headers, body, allowedOrigins }: WebhookPost, signal: AbortSignal): Promise<number> {
  const agents = await orTimeout(agentsPinnedTo(url, allowedOrigins), signal);
  const isHttps = new URL(url).protocol === 'https:';
  const options = {
    method: 'POST',
    headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
    signal,
    // No connection is kept: an endpoint is called seldom, and what was checked holds for this one call.
    agent: (isHttps ? agents?.httpsAgent : agents?.httpAgent) ?? false,
  };
  return new Promise((resolve, reject) => {
    const outgoing = isHttps ? httpsRequest(url, options) : httpRequest(url, options);
    outgoing.on('error', reject);
    outgoing.once('response', (answer) => {
      resolve(answer.statusCode ?? 0);
      answer.on('error', () => undefined); // its end is of no interest
      answer.destroy();
    });
    outgoing.end(body);
  });
}

/** A name server that is silent must not hold a worker for longer than the endpoint itself may. */
function orTimeout<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new AddressUnknown()), { once: true });
    work.then(resolve, reject);
  });
}

function answerOf(status: number): WebhookAnswer {
  if (status >= 200 && status < 300) return { taken: true, status };
  if (status >= 300 && status < 400) return { taken: false, failure: 'redirect', status };
  return { taken: false, failure: status >= 500 ? 'server-error' : 'refused', status };
}

import { GatewayError } from '../../abdm/client/gateway-error.js';
import {
  AddressUnknown,
  agentsPinnedTo,
  checkOutsideUrl,
  UnusableAddress,
  type PinnedAgents,
  type ResolveHost,
} from '../../support/outside-address.js';

/** The URL is not one that records may be sent to. */
export class UnusablePushUrl extends Error {
  constructor({ reason }: UnusableAddress) {
    super(`Records cannot be pushed there: ${reason}`);
    this.name = 'UnusablePushUrl';
  }
}

/** Form only, without asking the network: what can be said while a request is being answered. @throws UnusablePushUrl */
export function checkPushUrl(url: string, allowedOrigins: readonly string[]): URL {
  try {
    return checkOutsideUrl(url, allowedOrigins);
  } catch (error) {
    throw asPushProblem(error);
  }
}

/**
 * The address behind a push URL, checked and pinned for the connection. Undefined: the origin is one the deployer allowed.
 * @throws UnusablePushUrl
 * @throws GatewayError when the name server does not answer: later it may
 */
export async function pinnedAgents(
  url: string,
  allowedOrigins: readonly string[],
  resolve?: ResolveHost,
): Promise<PinnedAgents | undefined> {
  try {
    return await agentsPinnedTo(url, allowedOrigins, resolve);
  } catch (error) {
    throw asPushProblem(error);
  }
}

function asPushProblem(error: unknown): unknown {
  if (error instanceof UnusableAddress) return new UnusablePushUrl(error);
  return error instanceof AddressUnknown ? new GatewayError({ retryable: true, cause: error.cause }) : error;
}

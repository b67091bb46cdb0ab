import { lookup } from 'node:dns/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { BlockList, isIP } from 'node:net';
import { GatewayError } from '../../abdm/client/gateway-error.js';

/** The URL is not one that records may be sent to. */
export class UnusablePushUrl extends Error {
  constructor(reason: string) {
    super(`Records cannot be pushed there: ${reason}`);
    this.name = 'UnusablePushUrl';
  }
}

/**
 * Loopback, private, link-local (cloud metadata), carrier, documentation, multicast and reserved addresses, and tunnels
 * (NAT64, 6to4, Teredo) that carry an IPv4 address inside.
 */
const NOT_PUBLIC = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  NOT_PUBLIC.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  NOT_PUBLIC.addSubnet(net, bits, 'ipv6');
}

const isPublic = (address: string): boolean => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return !NOT_PUBLIC.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
};

/** Form only, without asking the network: what can be said while a request is being answered. @throws UnusablePushUrl */
export function checkPushUrl(url: string, allowedOrigins: readonly string[]): URL {
  if (!URL.canParse(url)) throw new UnusablePushUrl('it is not a URL');
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '') throw new UnusablePushUrl('it carries a password');
  if (allowedOrigins.includes(parsed.origin)) return parsed;
  if (parsed.protocol !== 'https:') throw new UnusablePushUrl('it is not https');
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublic(host)) throw new UnusablePushUrl('its address is not public');
  return parsed;
}

/**
 * The address behind a push URL, checked, and pinned for the connection: a name that answers with another address a moment
 * later does not get the records. Undefined agents: the origin is one the deployer allowed.
 * @throws UnusablePushUrl
 * @throws GatewayError when the name server does not answer: later it may
 */
export async function pinnedAgents(
  url: string,
  allowedOrigins: readonly string[],
  resolve: (host: string) => Promise<readonly { address: string; family: number }[]> = (host) =>
    lookup(host, { all: true }),
): Promise<{ httpAgent: HttpAgent; httpsAgent: HttpsAgent } | undefined> {
  const { hostname, origin } = checkPushUrl(url, allowedOrigins);
  if (allowedOrigins.includes(origin)) return undefined;
  const addresses = await resolve(hostname.replace(/^\[|\]$/g, '')).catch((cause: unknown) => {
    throw new GatewayError({ retryable: true, cause });
  });
  const first = addresses[0];
  if (first === undefined || !addresses.every(({ address }) => isPublic(address))) {
    throw new UnusablePushUrl('its address is not public');
  }
  const pinned = {
    lookup: ((host: string, options: { all?: boolean }, done: (...args: unknown[]) => void): void => {
      if (options.all === true) done(null, [first]);
      else done(null, first.address, first.family);
    }) as never,
  };
  return { httpAgent: new HttpAgent(pinned), httpsAgent: new HttpsAgent(pinned) };
}

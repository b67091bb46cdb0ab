import { lookup } from 'node:dns/promises';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { BlockList, isIP } from 'node:net';

/** The URL is not one that anything may be sent to. `reason` fits after "because", and says nothing of the URL itself. */
export class UnusableAddress extends Error {
  constructor(readonly reason: string) {
    super(`Nothing is sent there: ${reason}`);
    this.name = 'UnusableAddress';
  }
}

/** The name server did not answer: later it may. */
export class AddressUnknown extends Error {
  constructor(options?: ErrorOptions) {
    super('The name of the receiver could not be resolved', options);
    this.name = 'AddressUnknown';
  }
}

/**
 * Loopback, private, link-local (cloud metadata), carrier, documentation, multicast and reserved addresses, and tunnels
 * (NAT64, SIIT, 6to4, Teredo) that carry an IPv4 address inside.
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
  ['192.88.99.0', 24],
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
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['5f00::', 16],
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

/**
 * Form only, without asking the network: what can be said while a request is being answered. An origin of the allow-list
 * may be http and private.
 * @throws UnusableAddress
 */
export function checkOutsideUrl(url: string, allowedOrigins: readonly string[]): URL {
  if (!URL.canParse(url)) throw new UnusableAddress('it is not a URL');
  const parsed = new URL(url);
  if (parsed.username !== '' || parsed.password !== '') throw new UnusableAddress('it carries a password');
  if (allowedOrigins.includes(parsed.origin)) return parsed;
  if (parsed.protocol !== 'https:') throw new UnusableAddress('it is not https');
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublic(host)) throw new UnusableAddress('its address is not public');
  return parsed;
}

export type ResolveHost = (host: string) => Promise<readonly { address: string; family: number }[]>;

export interface PinnedAgents {
  readonly httpAgent: HttpAgent;
  readonly httpsAgent: HttpsAgent;
}

/**
 * The address behind a URL somebody else gave us, checked, and pinned for the connection: a name that answers with another
 * address a moment later gets nothing. Undefined agents: the origin is one the deployer allowed.
 * @throws UnusableAddress
 * @throws AddressUnknown when the name server does not answer
 */
export async function agentsPinnedTo(
  url: string,
  allowedOrigins: readonly string[],
  resolve: ResolveHost = (host) => lookup(host, { all: true }),
): Promise<PinnedAgents | undefined> {
  const { hostname, origin } = checkOutsideUrl(url, allowedOrigins);
  if (allowedOrigins.includes(origin)) return undefined;
  const addresses = await resolve(hostname.replace(/^\[|\]$/g, '')).catch((cause: unknown) => {
    throw new AddressUnknown({ cause });
  });
  const first = addresses[0];
  if (first === undefined || !addresses.every(({ address }) => isPublic(address))) {
    throw new UnusableAddress('its address is not public');
  }
  const pinned = {
    lookup: ((host: string, options: { all?: boolean }, done: (...args: unknown[]) => void): void => {
      if (options.all === true) done(null, [first]);
      else done(null, first.address, first.family);
    }) as never,
  };
  return { httpAgent: new HttpAgent(pinned), httpsAgent: new HttpsAgent(pinned) };
}

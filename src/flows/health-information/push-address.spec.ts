import { describe, expect, it } from '@jest/globals';
import { checkPushUrl, pinnedAgents, UnusablePushUrl } from './push-address.js';

const answering =
  (...addresses: string[]) =>
  (): Promise<{ address: string; family: number }[]> =>
    Promise.resolve(addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));

/** What the agents would connect to, in both forms Node asks. */
async function connectsTo(agents: Awaited<ReturnType<typeof pinnedAgents>>): Promise<unknown[]> {
  const { lookup } = (agents?.httpsAgent.options ?? {}) as { lookup?: (...args: unknown[]) => void };
  const ask = (options: object) =>
    new Promise((resolve) =>
      lookup?.('hiu.example.org', options, (_error: unknown, answer: unknown) => resolve(answer)),
    );
  return [await ask({}), await ask({ all: true })];
}

describe('Where records may be pushed', () => {
  it.each([
    'https://hiu.example.org/data/push',
    'https://hiu.example.org:8443/data/push?x=1#y',
    'https://8.8.8.8/push',
    'https://[2606:4700:4700::1111]/push',
    'https://172.15.255.255/push',
    'https://172.32.0.1/push',
    'https://100.63.255.255/push',
    'https://223.255.255.254/push',
  ])('%s is fine', (url) => {
    expect(checkPushUrl(url, []).href).toBe(new URL(url).href);
  });

  it.each([
    ['no URL', 'hiu.example.org/push'],
    ['an empty text', ''],
    ['http', 'http://hiu.example.org/push'],
    ['a file', 'file:///etc/passwd'],
    ['ftp', 'ftp://hiu.example.org/push'],
    ['data', 'data:text/plain,x'],
    ['javascript', 'javascript:alert(1)'],
    ['a user', 'https://user@hiu.example.org/push'],
    ['a user and a password', 'https://user:pass@hiu.example.org/push'],
    ['a name that only looks right', 'https://hiu.example.org@127.0.0.1/push'],
    ['loopback', 'https://127.0.0.1/push'],
    ['loopback further on', 'https://127.255.255.254/push'],
    ['this network', 'https://0.0.0.0/push'],
    ['a private network, 10', 'https://10.1.2.3/push'],
    ['a private network, 172', 'https://172.16.0.1/push'],
    ['a private network, 172 at its end', 'https://172.31.255.255/push'],
    ['a private network, 192', 'https://192.168.1.1/push'],
    ['a carrier’s network', 'https://100.64.0.1/push'],
    ['cloud metadata', 'https://169.254.169.254/latest/meta-data'],
    ['protocol assignments', 'https://192.0.0.192/push'],
    ['documentation addresses', 'https://192.0.2.1/push'],
    ['documentation addresses, second', 'https://198.51.100.7/push'],
    ['documentation addresses, third', 'https://203.0.113.7/push'],
    ['benchmark addresses', 'https://198.19.0.1/push'],
    ['multicast', 'https://224.0.0.1/push'],
    ['reserved addresses', 'https://240.0.0.1/push'],
    ['broadcast', 'https://255.255.255.255/push'],
    ['a decimal address', 'https://2130706433/push'],
    ['a hexadecimal address', 'https://0x7f000001/push'],
    ['an octal address', 'https://0177.0.0.1/push'],
    ['a short address', 'https://127.1/push'],
    ['a mixed address', 'https://0xA9.254.0251.254/push'],
    ['wide digits', 'https://１２７.0.0.1/push'],
    ['an address with a dot at its end', 'https://127.0.0.1./push'],
    ['IPv6 loopback', 'https://[::1]/push'],
    ['IPv6 of nobody', 'https://[::]/push'],
    ['IPv6 of this link', 'https://[fe80::1]/push'],
    ['IPv6 of this site', 'https://[fec0::1]/push'],
    ['IPv6 of this house', 'https://[fd12:3456::1]/push'],
    ['IPv6 multicast', 'https://[ff02::1]/push'],
    ['IPv6 documentation', 'https://[2001:db8::1]/push'],
    ['IPv6 metadata', 'https://[fd00:ec2::254]/push'],
    ['IPv4 mapped into IPv6', 'https://[::ffff:127.0.0.1]/push'],
    ['IPv4 mapped into IPv6, in hexadecimal', 'https://[::ffff:a9fe:a9fe]/push'],
    ['IPv4 mapped into IPv6, written out', 'https://[0:0:0:0:0:ffff:0a00:0001]/push'],
    ['IPv4-compatible IPv6', 'https://[::127.0.0.1]/push'],
    ['IPv4 translated into IPv6 (NAT64)', 'https://[64:ff9b::7f00:1]/push'],
    ['IPv4 translated into IPv6 by a local prefix', 'https://[64:ff9b:1::a00:1]/push'],
    ['IPv4 in a 6to4 tunnel', 'https://[2002:7f00:1::]/push'],
    ['IPv4 in a Teredo tunnel', 'https://[2001:0:7f00:1::]/push'],
  ])('not to %s', (_what, url) => {
    expect(() => checkPushUrl(url, [])).toThrow(UnusablePushUrl);
  });

  it('does not tell the URL in its error', () => {
    expect(() => checkPushUrl('https://10.0.0.7/push?patient=asha', [])).toThrow(
      /^Records cannot be pushed there: its address is not public$/,
    );
  });

  describe('when the deployer allows an origin', () => {
    const allowed = ['http://127.0.0.1:8090'];

    it.each(['http://127.0.0.1:8090/push', 'http://127.0.0.1:8090', 'http://2130706433:8090/push'])(
      'takes %s',
      (url) => {
        expect(() => checkPushUrl(url, allowed)).not.toThrow();
      },
    );

    it.each([
      'http://127.0.0.1:8091/push',
      'http://127.0.0.1/push',
      'https://127.0.0.1:8090/push',
      'http://127.0.0.2:8090/push',
      'http://localhost:8090/push',
      'http://127.0.0.1:8090.example.org/push',
      'http://127.0.0.1:8090@example.org/push',
      'http://user:pass@127.0.0.1:8090/push',
    ])('and takes it exactly: not %s', (url) => {
      expect(() => checkPushUrl(url, allowed)).toThrow(UnusablePushUrl);
    });

    it('connects there without looking further', async () => {
      expect(await pinnedAgents('http://127.0.0.1:8090/push', allowed, answering())).toBeUndefined();
    });
  });
});

describe('The address behind a name', () => {
  const url = 'https://hiu.example.org/push';

  it.each([
    ['a public one', ['8.8.8.8']],
    ['several public ones', ['8.8.8.8', '2606:4700:4700::1111']],
  ])('is used when it is %s', async (_what, addresses) => {
    await expect(pinnedAgents(url, [], answering(...addresses))).resolves.toBeDefined();
  });

  it.each([
    ['loopback', ['127.0.0.1']],
    ['private', ['10.0.0.1']],
    ['metadata', ['169.254.169.254']],
    ['IPv6 loopback', ['::1']],
    ['mapped', ['::ffff:10.0.0.1']],
    ['mapped in hexadecimal', ['::ffff:a00:1']],
    ['one public and one private', ['8.8.8.8', '192.168.0.1']],
    ['one private and one public', ['fd00::1', '8.8.8.8']],
    ['none at all', []],
  ])('is refused when it is %s', async (_what, addresses) => {
    await expect(pinnedAgents(url, [], answering(...addresses))).rejects.toThrow(UnusablePushUrl);
  });

  it('is pinned: a name that answers with another address a moment later is not asked again', async () => {
    let asked = 0;
    const rebinding = (): Promise<{ address: string; family: number }[]> =>
      Promise.resolve([{ address: asked++ === 0 ? '8.8.8.8' : '127.0.0.1', family: 4 }]);
    const agents = await pinnedAgents(url, [], rebinding);
    expect(await connectsTo(agents)).toEqual(['8.8.8.8', [{ address: '8.8.8.8', family: 4 }]]);
    expect(asked).toBe(1);
  });

  it('is tried again later when the name server does not answer', async () => {
    const away = (): Promise<never> => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'EAI_AGAIN' }));
    await expect(pinnedAgents(url, [], away)).rejects.toMatchObject({ name: 'GatewayError', retryable: true });
  });
});

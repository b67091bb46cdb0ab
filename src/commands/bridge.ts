import { isIP } from 'node:net';
import { HttpService } from '@nestjs/axios';
import { GatewayError } from '../abdm/client/gateway-error.js';
import { GatewayClient } from '../abdm/client/gateway.client.js';
import { HttpClient } from '../abdm/client/http-client.js';
import { Session } from '../abdm/client/session.js';
import { PostgresSessionStore } from '../exchange/session-store.js';
import { databaseCommand, type Work } from './database-command.js';

const USAGE = `Tells ABDM where to call the adapter back. First: npm run build

  npm run bridge -- register https://adapter.example.org [--anyway]

The URL is a domain name only: ABDM appends /api/v3/… itself, and calls neither addresses nor other ports.
  --anyway   send it although it is not of that form (simulators)

The last registration counts for the whole client id: whoever shares it loses their callbacks to this URL. In production
the URL is set when going live, and changed by ABDM's support. ABDM_CLIENT_ID and ABDM_CLIENT_SECRET must be set.`;

process.exitCode = await databaseCommand(
  USAGE,
  { flags: ['anyway'] },
  ({ words: [verb, url, ...more], flags }): Work | undefined => {
    if (verb !== 'register' || url === undefined || more.length > 0) return undefined;
    return register(url, flags.has('anyway') ? [] : problemsOf(url));
  },
);

function register(given: string, problems: readonly string[]): Work {
  if (!/^https?:$/.test(parsed(given)?.protocol ?? ''))
    throw new Error('A URL is expected: https://adapter.example.org');
  if (problems.length > 0) {
    const all = problems.map((problem) => `\n  - ${problem}`).join('');
    throw new Error(`ABDM would not reach this URL:${all}\nMend it, or add --anyway for a simulator.`);
  }
  return async ({ db, sealer }, config) => {
    const http = new HttpClient(new HttpService(), config);
    const gateway = new GatewayClient(http, new Session(http, new PostgresSessionStore(db, sealer), config), config);
    try {
      await gateway.registerBridge(given.replace(/\/+$/, ''));
    } catch (error) {
      throw error instanceof GatewayError ? new Error(nextStep(error)) : error;
    } finally {
      http.onModuleDestroy();
    }
    console.log(`ABDM took the URL for client id ${config.ABDM_CLIENT_ID ?? ''}.`);
    console.log('That is no proof that it can reach it: link a test visit and see its callbacks arrive.');
  };
}

function problemsOf(given: string): readonly string[] {
  const url = parsed(given);
  if (url === undefined) return [];
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return [
    ...(url.protocol === 'https:' ? [] : ['https:// is expected: callbacks are about patients']),
    ...(isIP(host) === 0 ? [] : ['a domain name is expected, not an IP address']),
    ...(isIP(host) !== 0 || host.includes('.') ? [] : ['a name that is known in the whole Internet is expected']),
    ...(url.port === '' ? [] : ['no port is expected']),
    ...(/^\/*$/.test(url.pathname) ? [] : ['no path is expected: ABDM appends its own, and this one would be doubled']),
    ...(url.search === '' && url.hash === '' && url.username === '' ? [] : ['nothing but the name is expected']),
  ];
}

function parsed(url: string): URL | undefined {
  return URL.canParse(url) ? new URL(url) : undefined;
}

function nextStep({ status, code, message }: GatewayError): string {
  const said = [message, code].filter((part) => part !== '').join(', ');
  if (status === undefined) return `${said}. Check ABDM_BASE_URL and the way out of this network, and try again.`;
  if (status === 401) return `${said}. Check ABDM_CLIENT_ID and ABDM_CLIENT_SECRET: they belong to one ABDM_BASE_URL.`;
  return `${said}. The URL was not taken.`;
}

import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { HttpService } from '@nestjs/axios';
import { AbhaAccount } from '../../src/abdm/abha/account.js';
import { AbhaAddressAccount } from '../../src/abdm/abha/address-account.js';
import { AbhaAddressLogin } from '../../src/abdm/abha/address-login.js';
import { AbhaCaller } from '../../src/abdm/abha/abha-caller.js';
import { AbhaHttp } from '../../src/abdm/abha/abha-http.js';
import { AbhaKey } from '../../src/abdm/abha/abha-key.js';
import { AbhaService } from '../../src/abdm/abha/abha-service.js';
import { AbhaEnrolment } from '../../src/abdm/abha/enrolment.js';
import { AbhaFind } from '../../src/abdm/abha/find.js';
import { AbhaLogin } from '../../src/abdm/abha/login.js';
import { HttpClient } from '../../src/abdm/client/http-client.js';
import { Session, type SessionStore } from '../../src/abdm/client/session.js';
import { readConfig, type Config } from '../../src/support/config.js';
import { createLogger } from '../../src/support/logger.js';
import { MovableClock } from './clock.js';

const SESSION = 'POST /api/hiecm/gateway/v3/sessions';
const CERTIFICATE = 'GET /abha/api/v3/profile/public/certificate';

/** What the server says to one call. `body`: JSON, or bytes as they are. `isCutOff`: the connection ends without a word. */
export interface Said {
  readonly status?: number;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly retryAfter?: string;
  readonly isCutOff?: boolean;
}

export interface Heard {
  /** `POST /abha/api/v3/…` */
  readonly call: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: any;
}

export interface RecordedAbhaService {
  readonly abha: AbhaService;
  readonly clock: MovableClock;
  /** Every call but those for session and certificate. */
  readonly heard: Heard[];
  /** Every line that was logged. */
  logged(): string;
  /** How often session and certificate were asked for. */
  readonly asked: { sessions: number; certificates: number };
  /** What the next call says; the last one goes on being said. */
  says(...answers: readonly Said[]): void;
  certificateSays(said: Said | undefined): void;
  sessionSays(said: Said | undefined): void;
  /** From now on another key pair. */
  rotateKey(): void;
  decrypt(ciphertext: string): string;
  close(): Promise<void>;
}

const keyPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** The client, whole and real, over HTTP to a server that says what a test tells it to. `{url}` in a setting is its address. */
export async function aRecordedAbhaService(
  settings: Partial<Record<keyof Config, string>> = {},
): Promise<RecordedAbhaService> {
  let keys = keyPair();
  let answers: Said[] = [];
  let [certificate, session]: (Said | undefined)[] = [];
  const heard: Heard[] = [];
  const asked = { sessions: 0, certificates: 0 };

  const say = (call: string, headers: IncomingMessage['headers'], body: unknown): Said => {
    if (call === SESSION) {
      asked.sessions++;
      return session ?? { body: { accessToken: `gateway-${asked.sessions}`, expiresIn: 1200, tokenType: 'bearer' } };
    }
    if (call === CERTIFICATE) {
      asked.certificates++;
      const publicKey = keys.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
      return certificate ?? { body: { publicKey, encryptionAlgorithm: 'RSA/ECB/OAEPWithSHA-1AndMGF1Padding' } };
    }
    heard.push({ call, headers, body });
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 404 };
  };

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const call = `${request.method ?? ''} ${request.url ?? ''}`;
      const said = say(call, request.headers, text === '' ? undefined : JSON.parse(text));
      if (said.isCutOff === true) return void request.socket.destroy();
      const isFile = Buffer.isBuffer(said.body);
      response.writeHead(said.status ?? 200, {
        'content-type': said.contentType ?? (isFile ? 'application/octet-stream' : 'application/json'),
        ...(said.retryAfter === undefined ? {} : { 'retry-after': said.retryAfter }),
      });
      response.end(isFile ? said.body : said.body === undefined ? '' : JSON.stringify(said.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const url = `http://127.0.0.1:${port}`;

  const config = readConfig({
    ABDM_BASE_URL: url,
    ABHA_BASE_URL: `${url}/abha/api`,
    ABDM_CLIENT_ID: 'SBX_000001',
    ABDM_CLIENT_SECRET: 'invented-secret',
    ABDM_TIMEOUT_MS: '2000',
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, value.replace('{url}', url)])),
  });
  const clock = new MovableClock();
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const log = createLogger({ name: 'adapter', level: 'debug', destination });
  const client = new HttpClient(new HttpService(), config);
  const http = new AbhaHttp(client, new Session(client, anEmptyStore(), config), config, log);
  const caller = new AbhaCaller(http, new AbhaKey(http, clock));

  return {
    abha: new AbhaService(
      new AbhaEnrolment(caller, config),
      new AbhaLogin(caller),
      new AbhaFind(caller),
      new AbhaAddressLogin(caller),
      new AbhaAccount(caller, config),
      new AbhaAddressAccount(caller),
    ),
    clock,
    heard,
    logged: () => lines.join(''),
    asked,
    says: (...next) => (answers = [...next]),
    certificateSays: (said) => (certificate = said),
    sessionSays: (said) => (session = said),
    rotateKey: () => (keys = keyPair()),
    decrypt: (ciphertext) =>
      privateDecrypt(
        { key: keys.privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
        Buffer.from(ciphertext, 'base64'),
      ).toString(),
    async close() {
      client.onModuleDestroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One process, no database: a token is kept until it is dropped. */
function anEmptyStore(): SessionStore {
  let kept: { token: string; expiresAt: Date } | undefined;
  return {
    read: () => Promise.resolve(kept),
    claim: () => Promise.resolve(true),
    write: (_clientId, token, expiresAt) => Promise.resolve(void (kept = { token, expiresAt })),
    release: () => Promise.resolve(),
    drop: (_clientId, token) => Promise.resolve(void (kept = kept?.token === token ? undefined : kept)),
  };
}

/**
 * Every setting of the adapter, documented where it is declared, read once, refused at start with all problems listed.
 * Nobody else reads `process.env`.
 */
type Environment = Readonly<Record<string, string | undefined>>;

interface Setting<T> {
  readonly about: string;
  /** Shown in the README and in `.env.example`. Undefined: not set. */
  readonly byDefault: string | undefined;
  /** @throws Error with a sentence that says what is expected */
  readonly read: (text: string) => T;
}

function setting<T>(about: string, byDefault: string | undefined, read: (text: string) => T): Setting<T> {
  return { about, byDefault, read };
}

const text = (value: string): string => value;

const wholeNumber = (from: number, to: number) => (value: string) => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < from || number > to) {
    throw new Error(`a whole number from ${from} to ${to} is expected`);
  }
  return number;
};

const oneOf = <const T extends string>(...allowed: readonly T[]) => {
  return (value: string): T => {
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw new Error(`one of ${allowed.join(', ')} is expected`);
    return found;
  };
};

const httpUrl = (value: string): string => {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new Error('a URL with http:// or https:// is expected');
  return value.replace(/\/+$/, '');
};

/** The door keeps whatever arrives below a `v3`: only there can a path be listened to. */
const callbackPath = (value: string): string => {
  if (!/^(\/[\w.-]+){0,3}\/v3(\/[\w.-]+)+$/.test(value)) throw new Error('a path with /v3/ in it is expected');
  return value;
};

const list = (value: string): readonly string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const secondsList = (value: string): readonly number[] => list(value).map(wholeNumber(0, 86_400));

const key32 = (value: string): Buffer => {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== 32) {
    throw new Error('32 bytes in base64 are expected; make one with: openssl rand -base64 32');
  }
  return bytes;
};

// prettier-ignore
export const SETTINGS = {
  ROLE: setting('http: answers the hospital and ABDM; worker: does the jobs; all: both', 'all', oneOf('all', 'http', 'worker')),
  HOST: setting('address to listen on', '127.0.0.1', text),
  PORT: setting('port to listen on', '3000', wholeNumber(0, 65_535)),
  LOG_LEVEL: setting('debug, info, warn or error', 'info', oneOf('debug', 'info', 'warn', 'error', 'silent')),
  DATA_DIR: setting('where the built-in PostgreSQL and its master key live when DATABASE_URL is not set', '.data', text),
  DATABASE_URL: setting('PostgreSQL 15 or later; without it a built-in one is started', undefined, text),
  DATABASE_POOL: setting('connections per process', '20', wholeNumber(2, 200)),
  MASTER_KEY: setting('wraps the key that seals personal data; required with DATABASE_URL', undefined, key32),
  WORKER_CONCURRENCY: setting('jobs at once per process', '10', wholeNumber(1, 100)),
  OUTSIDE_CONCURRENCY: setting('and besides them so many that call HIUs, webhooks and the SMS gateway, whose answer may take long', '10', wholeNumber(1, 100)),
  EHOSPITAL_MAPPING: setting('which column of the hospital means what', 'config/ehospital.yaml', text),
  TERMINOLOGY_DIR: setting('tables of codes for the hospital’s words', 'config/terminology', text),
  NRCES_PACKAGE_DIR: setting('folder of the official NRCeS package (ndhm.in 6.5.0); records are then checked against it', undefined, text),
  FACILITIES_FILE: setting('facilities made or renamed at start', 'config/facilities.yaml', text),
  ABDM_BASE_URL: setting('the gateway: https://dev.abdm.gov.in (sandbox) or https://apis.abdm.gov.in', 'https://dev.abdm.gov.in', httpUrl),
  ABDM_CM_ID: setting('consent manager: sbx (sandbox) or abdm (production)', 'sbx', oneOf('sbx', 'abdm')),
  ABDM_CLIENT_ID: setting('client id of the bridge', undefined, text),
  ABDM_CLIENT_SECRET: setting('client secret of the bridge', undefined, text),
  ABDM_TIMEOUT_MS: setting('how long a call to ABDM or to an HIU may take', '15000', wholeNumber(100, 120_000)),
  ABDM_CALLBACK_ISSUER: setting('issuer a callback token must name; several with commas; empty: any issuer with a known key', undefined, list),
  ABDM_CALLBACK_CLIENT: setting('client (azp, clientId) a callback token must be made for; several with commas; empty: any but our own', undefined, list),
  ABDM_CALLBACK_LEEWAY_SECONDS: setting('how long after its expiry a callback token is taken; a redelivery comes about 16 minutes late', '3600', wholeNumber(0, 86_400)),
  CONTEXT_NOTIFY_DELAYS: setting('seconds after linking at which ABDM is told of the records; the later ones only when it answers "too early"', '5,15,60', secondsList),
  DISCOVERY_BIRTH_YEAR_TOLERANCE: setting('by how many years a patient’s year of birth may differ from ABDM’s when she looks for her visits', '5', wholeNumber(0, 10)),
  DISCOVERY_VALID_MINUTES: setting('how long a patient may choose among the visits she was shown', '30', wholeNumber(1, 1_440)),
  OTP_SENDER: setting('webhook: codes go to the hospital’s SMS gateway; demo: they stay in memory and reach nobody', 'webhook', oneOf('webhook', 'demo')),
  OTP_WEBHOOK_URL: setting('the hospital’s SMS gateway; without it patients cannot link visits by themselves', undefined, httpUrl),
  OTP_WEBHOOK_SECRET: setting('signs what goes to the SMS gateway; required with OTP_WEBHOOK_URL', undefined, text),
  OTP_VALID_MINUTES: setting('how long a code is good', '10', wholeNumber(1, 60)),
  OTP_PER_HOUR: setting('codes for one patient in an hour', '5', wholeNumber(1, 100)),
  OTP_PER_DAY: setting('codes for one patient in a day; each may be guessed at five times', '10', wholeNumber(1, 500)),
  SMS_DEEP_LINK: setting('on: a patient who gave a mobile and no ABHA address gets an SMS from ABDM with a link, one a day at most', 'on', oneOf('on', 'off')),
  PATIENT_STATUS_PATH: setting('where ABDM tells that an ABHA address was deactivated; V3 does not publish it, so look at the callbacks kept as unknown', '/api/v3/patients/status/notify', callbackPath),
  ENTRIES_PER_PAGE: setting('records in one encrypted page; more than 1 reuses a key and nonce, which lets records be forged', '1', wholeNumber(1, 100)),
  PUSHES_PER_HIU: setting('transfers to one HIU at once, over all processes; the others take turns, so that a slow HIU holds no more workers', '2', wholeNumber(1, 50)),
  TRANSFERS_PER_CONSENT: setting('transfers under one consent that may be under way; a request above that is refused as “too many”', '5', wholeNumber(1, 1_000)),
  PUSH_ALLOWED_ORIGINS: setting('origins (https://host:port, commas) to which records may go although they are not https or not public; for simulators', '', list),
  WEBHOOK_ALLOWED_ORIGINS: setting('origins (https://host:port, commas) to which a hospital’s webhooks may go although they are not https or not public; for hospital servers on an inside network', '', list),
  WEBHOOK_TIMEOUT_MS: setting('how long a hospital’s endpoint may take to answer a webhook', '5000', wholeNumber(100, 30_000)),
  ABHA_BASE_URL: setting('the ABHA service: https://abhasbx.abdm.gov.in/abha/api (sandbox) or https://abha.abdm.gov.in/api/abha', 'https://abhasbx.abdm.gov.in/abha/api', httpUrl),
  ABHA_PHR_BASE_URL: setting('where ABHA addresses are verified, https://phr.abdm.gov.in/api/phr/web/v3 in production; without it ABHA_BASE_URL with /v3/phr/web', undefined, httpUrl),
  ABHA_BENEFIT_NAME: setting('name of the benefit programme NHA registered for this client; demographic and child enrolment need it', undefined, text),
  ABHA_BENEFIT_HEADER: setting('how the header with the benefit programme’s name is spelled; NHA publishes both', 'BENEFIT_NAME', oneOf('BENEFIT_NAME', 'Benefit-Name')),
  ABHA_LEGACY: setting('on: enrolment by driving licence, which NHA’s newest specification leaves out', 'off', oneOf('on', 'off')),
  ABHA_ACCOUNT_ENDINGS: setting('on: an ABHA can be de-activated and deleted from here', 'off', oneOf('on', 'off')),
  ABHA_CONSENT_DIR: setting('folder of the consent texts shown before an ABHA is made, a file a language; put NHA’s current text here at go-live', 'config/abha-consent', text),
  SHARE_PROFILE_URL: setting('what the QR code of a counter opens; production has a host of its own, not published', 'https://phrsbx.abdm.gov.in/share-profile', httpUrl),
  TOKEN_PER: setting('token numbers run from 1 every day, for each counter, department or facility', 'counter', oneOf('counter', 'department', 'facility')),
  TOKEN_VALID_MINUTES: setting('how long a scan of the same code gives the same token; shown in the patient’s app', '30', wholeNumber(1, 1_440)),
} as const satisfies Record<string, Setting<unknown>>;

type Settings = typeof SETTINGS;
type Optional =
  | 'DATABASE_URL'
  | 'MASTER_KEY'
  | 'NRCES_PACKAGE_DIR'
  | 'ABDM_CLIENT_ID'
  | 'ABDM_CLIENT_SECRET'
  | 'ABDM_CALLBACK_ISSUER'
  | 'ABDM_CALLBACK_CLIENT'
  | 'OTP_WEBHOOK_URL'
  | 'ABHA_PHR_BASE_URL'
  | 'ABHA_BENEFIT_NAME'
  | 'OTP_WEBHOOK_SECRET';
type Read<K extends keyof Settings> = ReturnType<Settings[K]['read']>;

/** The parsed settings. */
export type Config = { readonly [K in keyof Settings]: K extends Optional ? Read<K> | undefined : Read<K> };

export const CONFIG = Symbol('Config');

/** Names every problem at once, never a value. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The settings are not right:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** @throws ConfigError listing every variable that is not right */
export function readConfig(environment: Environment): Config {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { read, byDefault }] of Object.entries(SETTINGS) as [string, Setting<unknown>][]) {
    const given = environment[name]?.trim();
    const value = given === undefined || given === '' ? byDefault : given;
    if (value === undefined) continue;
    try {
      values[name] = read(value);
    } catch (error) {
      problems.push(`${name}: ${error instanceof Error ? error.message : 'not understood'}`);
    }
  }
  if (values['DATABASE_URL'] !== undefined && values['MASTER_KEY'] === undefined && !problems.some(isAboutMasterKey)) {
    problems.push('MASTER_KEY: required with DATABASE_URL; make one with: openssl rand -base64 32, and keep it safe');
  }
  if (values['OTP_WEBHOOK_URL'] !== undefined && values['OTP_WEBHOOK_SECRET'] === undefined) {
    problems.push('OTP_WEBHOOK_SECRET: required with OTP_WEBHOOK_URL');
  }
  if (values['OTP_SENDER'] === 'demo' && values['ABDM_CM_ID'] === 'abdm') {
    problems.push('OTP_SENDER: demo reaches nobody, and is not for production (ABDM_CM_ID=abdm)');
  }
  if (values['ABDM_CM_ID'] === 'abdm' && String(values['ABHA_BASE_URL']).includes('//abhasbx.')) {
    problems.push('ABHA_BASE_URL: is the sandbox’s, to which no real Aadhaar number may go (ABDM_CM_ID=abdm)');
  }
  if (problems.length > 0) throw new ConfigError(problems);
  // Every key of SETTINGS was read by its own reader just above.
  return values as unknown as Config;
}

const isAboutMasterKey = (problem: string): boolean => problem.startsWith('MASTER_KEY');

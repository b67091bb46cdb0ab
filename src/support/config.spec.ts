import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { ConfigError, readConfig, SETTINGS } from './config.js';

const MASTER_KEY = randomBytes(32).toString('base64');
const DATABASE_URL = 'postgres://adapter:invented-password@db.example.org/adapter';

function refusal(environment: Record<string, string>): ConfigError {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('These settings were taken');
}

describe('The settings', () => {
  it('refuse the sandbox’s ABHA service in production', () => {
    expect(() => readConfig({ ABDM_CM_ID: 'abdm' })).toThrow('ABHA_BASE_URL');
    const ABHA_BASE_URL = 'https://abha.abdm.gov.in/api/abha';
    expect(readConfig({ ABDM_CM_ID: 'abdm', ABHA_BASE_URL }).ABHA_BASE_URL).toBe(ABHA_BASE_URL);
  });

  it('need none to start on this machine', () => {
    expect(readConfig({})).toEqual({
      ROLE: 'all',
      HOST: '127.0.0.1',
      PORT: 3000,
      LOG_LEVEL: 'info',
      DATA_DIR: '.data',
      DATABASE_POOL: 20,
      WORKER_CONCURRENCY: 10,
      OUTSIDE_CONCURRENCY: 10,
      EHOSPITAL_MAPPING: 'config/ehospital.yaml',
      TERMINOLOGY_DIR: 'config/terminology',
      FACILITIES_FILE: 'config/facilities.yaml',
      ABDM_BASE_URL: 'https://dev.abdm.gov.in',
      ABDM_CM_ID: 'sbx',
      ABDM_TIMEOUT_MS: 15_000,
      ABDM_CALLBACK_LEEWAY_SECONDS: 3600,
      CONTEXT_NOTIFY_DELAYS: [5, 15, 60],
      SMS_DEEP_LINK: 'on',
      PATIENT_STATUS_PATH: '/api/v3/patients/status/notify',
      DISCOVERY_BIRTH_YEAR_TOLERANCE: 5,
      DISCOVERY_VALID_MINUTES: 30,
      OTP_SENDER: 'webhook',
      OTP_VALID_MINUTES: 10,
      OTP_PER_HOUR: 5,
      OTP_PER_DAY: 10,
      ENTRIES_PER_PAGE: 1,
      PUSHES_PER_HIU: 2,
      TRANSFERS_PER_CONSENT: 5,
      PUSH_ALLOWED_ORIGINS: [],
      WEBHOOK_ALLOWED_ORIGINS: [],
      WEBHOOK_TIMEOUT_MS: 5000,
      ABHA_BASE_URL: 'https://abhasbx.abdm.gov.in/abha/api',
      ABHA_BENEFIT_HEADER: 'BENEFIT_NAME',
      ABHA_LEGACY: 'off',
      ABHA_ACCOUNT_ENDINGS: 'off',
      ABHA_CONSENT_DIR: 'config/abha-consent',
      SHARE_PROFILE_URL: 'https://phrsbx.abdm.gov.in/share-profile',
      TOKEN_PER: 'counter',
      TOKEN_VALID_MINUTES: 30,
    });
  });

  it('are numbers, lists, keys and URLs once they are read', () => {
    const config = readConfig({
      PORT: ' 8080 ',
      ABDM_BASE_URL: 'https://apis.abdm.gov.in/',
      ABDM_CALLBACK_ISSUER: 'https://one.example.org, https://two.example.org,',
      CONTEXT_NOTIFY_DELAYS: '1,2',
      DATABASE_URL,
      MASTER_KEY,
    });
    expect(config).toMatchObject({
      PORT: 8080,
      ABDM_BASE_URL: 'https://apis.abdm.gov.in',
      ABDM_CALLBACK_ISSUER: ['https://one.example.org', 'https://two.example.org'],
      CONTEXT_NOTIFY_DELAYS: [1, 2],
      MASTER_KEY: Buffer.from(MASTER_KEY, 'base64'),
    });
  });

  it('that are empty count as not set', () => {
    expect(readConfig({ PORT: '', ABDM_CLIENT_ID: '  ', DATABASE_URL: '' })).toEqual(readConfig({}));
  });

  it('are refused with all problems at once', () => {
    const { problems } = refusal({
      ROLE: 'both',
      PORT: '70000',
      DATABASE_POOL: '2.5',
      ABDM_BASE_URL: 'dev.abdm.gov.in',
      CONTEXT_NOTIFY_DELAYS: '5,soon',
      DATABASE_URL,
    });
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'ROLE',
      'PORT',
      'DATABASE_POOL',
      'ABDM_BASE_URL',
      'CONTEXT_NOTIFY_DELAYS',
      'MASTER_KEY',
    ]);
  });

  it('are refused without repeating a value', () => {
    const wrong = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, `INVENTED\u0000${name}`]));
    const { message } = refusal(wrong);
    expect(message).toMatch(/MASTER_KEY/);
    expect(message).not.toMatch(/INVENTED/);
  });

  it('want a MASTER_KEY with DATABASE_URL, and say how to make one', () => {
    expect(refusal({ DATABASE_URL }).message).toMatch(
      /MASTER_KEY: required with DATABASE_URL.*openssl rand -base64 32/,
    );
  });

  it('want a secret with the SMS gateway’s address, and a real way for codes in production', () => {
    expect(refusal({ OTP_WEBHOOK_URL: 'https://sms.example.org/send' }).problems).toEqual([
      'OTP_WEBHOOK_SECRET: required with OTP_WEBHOOK_URL',
    ]);
    const production = { ABDM_CM_ID: 'abdm', ABHA_BASE_URL: 'https://abha.abdm.gov.in/api/abha' };
    expect(refusal({ OTP_SENDER: 'demo', ...production }).problems).toEqual([
      expect.stringMatching(/^OTP_SENDER: demo reaches nobody/),
    ]);
    expect(readConfig({ OTP_SENDER: 'demo' }).OTP_SENDER).toBe('demo');
  });

  it.each([16, 31, 33])('do not take a MASTER_KEY of %d bytes, with or without DATABASE_URL', (bytes) => {
    const key = randomBytes(bytes).toString('base64');
    expect(refusal({ MASTER_KEY: key }).problems).toEqual([expect.stringMatching(/^MASTER_KEY: 32 bytes/)]);
    expect(refusal({ MASTER_KEY: key, DATABASE_URL }).problems).toHaveLength(1);
  });
});

describe('The examples in config/', () => {
  const example = (name: string): Promise<string> =>
    readFile(new URL(`../../config/${name}.env.example`, import.meta.url), 'utf8');
  const lines = async (name: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      [...(await example(name)).matchAll(/^(?:# ?)?([A-Z][A-Z_]+)=(.*)$/gm)].map(([, key = '', value = '']) => [
        key,
        value,
      ]),
    );

  it('name every setting for the sandbox, with what it is for', async () => {
    expect(Object.keys(await lines('sandbox')).sort()).toEqual(Object.keys(SETTINGS).sort());
    const text = (await example('sandbox')).replaceAll(/\n# (?! )/g, ' ');
    for (const { about } of Object.values(SETTINGS)) expect(text).toContain(about);
  });

  it.each(['sandbox', 'production'])('name no setting for %s that does not exist', async (name) => {
    const known = Object.keys(SETTINGS);
    for (const setting of Object.keys(await lines(name))) expect(known).toContain(setting);
  });

  it.each(['sandbox', 'production'])('are right for %s once its secrets are filled in, and hold none', async (name) => {
    const set = Object.fromEntries(
      [...(await example(name)).matchAll(/^([A-Z][A-Z_]+)=(.*)$/gm)].map(([, key = '', value = '']) => [key, value]),
    );
    for (const secret of ['MASTER_KEY', 'ABDM_CLIENT_SECRET']) expect(set[secret] ?? '').toBe('');
    const config = readConfig({ ...set, DATABASE_URL, MASTER_KEY });
    expect(config.ABDM_CM_ID).toBe(name === 'production' ? 'abdm' : 'sbx');
    expect(config.ENTRIES_PER_PAGE).toBe(1);
  });
});

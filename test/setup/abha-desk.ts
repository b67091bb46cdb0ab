import { randomInt } from 'node:crypto';
import { isVerhoeffValid } from '../../src/support/verhoeff.js';
import type { Config } from '../../src/support/config.js';
import { aRunningHip, type Answer, type RunningHip } from './running-hip.js';

/** An invented person as the ABHA service and UIDAI know her. */
export interface KnownPerson {
  readonly aadhaar: string;
  readonly name: string;
  readonly mobile: string;
  readonly accounts: readonly { abhaNumber: string; abhaAddress: string; name: string }[];
}

export interface AbhaDesk extends RunningHip {
  /** Makes an invented person; an ABHA only when `accounts` names one. */
  person(changes?: Record<string, unknown>): Promise<KnownPerson>;
  open(way: string, more?: Record<string, unknown>): Promise<any>;
  /** A step that is expected to go on; its answer. */
  step(session: { id: string }, step: string, body?: unknown): Promise<any>;
  /** Any step. */
  ask(session: { id: string }, step: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Consents and comes to the step after it. */
  consents(session: { id: string }): Promise<any>;
  session(id: string): Promise<any>;
  /** The newest code a phone received. */
  code(mobile: string): Promise<string>;
  wrongCode(mobile: string): Promise<string>;
  /** Time passes here and at the ABHA service. */
  passes(seconds: number): Promise<void>;
  fault(operationId: string, more?: Record<string, unknown>): Promise<void>;
  /** What of them lies about: in any column of any table, in a log line, or in an answer that was an error. */
  leaks(): Promise<string[]>;
  audited(session: { id: string }): Promise<string[]>;
}

let people = 0;

/** The running program with the ABHA service of the simulator. */
export async function anAbhaDesk(settings: Partial<Record<keyof Config, string>> = {}): Promise<AbhaDesk> {
  const hip = await aRunningHip(settings);
  await hip.abdm('POST', '/simulator/abha/settings', { keyBits: 2048 });
  const secrets = new Set<string>();
  const errors: string[] = [];

  const ask: AbhaDesk['ask'] = async ({ id }, step, body, headers) => {
    const answer = await hip.call('POST', `/api/v1/abha/sessions/${id}/${step}`, body, headers);
    if (answer.status >= 400) errors.push(JSON.stringify(answer.body));
    return answer;
  };
  const step: AbhaDesk['step'] = async (session, name, body) => {
    const answer = await ask(session, name, body);
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const code: AbhaDesk['code'] = async (mobile) => {
    const received: { otp: string }[] = await hip.abdm('GET', `/simulator/abha/otps?mobile=${mobile}`);
    const { otp } = received.at(-1) ?? { otp: '' };
    secrets.add(otp);
    return otp;
  };

  return {
    ...hip,
    ask,
    step,
    code,
    async wrongCode(mobile) {
      const wrong = (await code(mobile)) === '735195' ? '735196' : '735195';
      secrets.add(wrong);
      return wrong;
    },
    async person(changes = {}) {
      people += 1;
      const aadhaar = anAadhaar();
      secrets.add(aadhaar);
      const mobile = `98${String(people).padStart(3, '0')}${randomInt(10_000, 99_999)}`;
      const [person] = await hip.abdm('POST', '/simulator/abha/people', {
        aadhaar,
        name: 'Lachhmi Podiyam',
        gender: 'F',
        dateOfBirth: '1991-04-09',
        aadhaarMobile: mobile,
        mobile,
        address: 'Ward 4, Tokapal',
        ...changes,
      });
      return person;
    },
    async open(way, more = {}) {
      const purpose = CREATES.includes(way) ? 'create' : 'verify';
      const body = { purpose, way, channel: 'desk', operator: 'desk-3/clerk-17', ...more };
      const answer = await hip.call('POST', '/api/v1/abha/sessions', body);
      if (answer.status !== 201) throw new Error(`open: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    async consents(session) {
      const { body: text } = await hip.call('GET', '/api/v1/abha/consent-text?lang=hi');
      return step(session, 'consent', { version: text.version, language: 'hi', accepted: true });
    },
    async session(id) {
      return (await hip.call('GET', `/api/v1/abha/sessions/${id}`)).body;
    },
    async passes(seconds) {
      await hip.abdm('POST', '/simulator/abha/clock', { forwardSeconds: seconds });
      await hip.later(seconds * 1_000);
    },
    async fault(operationId, more = {}) {
      await hip.abdm('POST', '/simulator/abha/faults', { operationId, ...more });
    },
    async leaks() {
      const places: [string, string][] = [
        ...(await everyRow(hip)),
        ...(await unsealed(hip)),
        ['log', hip.logged()],
        ...errors.map((error): [string, string] => ['error', error]),
      ];
      return [...secrets].flatMap((secret) =>
        secret === '' ? [] : places.filter(([, text]) => isIn(text, secret)).map(([place]) => place),
      );
    },
    async audited({ id }) {
      const rows: { outcome: string }[] = await hip.db.query(
        'SELECT outcome FROM audit WHERE subject_id = $1 ORDER BY seq',
        [id],
      );
      return rows.map(({ outcome }) => outcome);
    },
  };
}

const CREATES = ['aadhaar-otp', 'fingerprint', 'iris', 'face', 'demographics', 'driving-licence'];

/** Valid in form, beginning with 29: invented here. */
export function anAadhaar(): string {
  const first = `29${String(randomInt(100_000_000, 999_999_999))}`;
  const last = Array.from('0123456789').find((digit) => isVerhoeffValid(first + digit));
  return `${first}${last ?? ''}`;
}

async function everyRow(hip: RunningHip): Promise<[string, string][]> {
  const tables: { name: string }[] = await hip.db.query(
    `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS name FROM information_schema.tables
     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')`,
  );
  const places: [string, string][] = [];
  for (const { name } of tables) {
    const rows: { row: string }[] = await hip.db.query(`SELECT t::text AS row FROM ${name} t`);
    places.push([name, rows.map(({ row }) => row).join('\n')]);
  }
  return places;
}

/** What the sessions keep sealed: it must not be there either. */
async function unsealed(hip: RunningHip): Promise<[string, string][]> {
  const rows: { id: string; sealed_state: Buffer | null; sealed_profile: Buffer | null }[] = await hip.db.query(
    'SELECT id, sealed_state, sealed_profile FROM abha_session',
  );
  return rows.flatMap(({ id, sealed_state, sealed_profile }) =>
    Object.entries({ sealed_state, sealed_profile }).flatMap(([column, sealed]): [string, string][] =>
      sealed === null ? [] : [[`${column} of a session`, hip.sealer.open(`abha_session.${column}:${id}`, sealed)]],
    ),
  );
}

/** Also with spaces or dashes between its groups; not as a part of hexadecimal digits or of a second's fraction. */
function isIn(text: string, secret: string): boolean {
  const groups = secret.length === 12 ? secret.replace(/(\d{4})(?=\d)/g, '$1[ -]?') : secret;
  return new RegExp(`(?<![0-9a-f.])${groups}(?![0-9a-f])`).test(text);
}

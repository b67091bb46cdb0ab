import { randomUUID } from 'node:crypto';
import type { Answer } from './scripted-adapter.js';
import { HIP, type Person, type ScriptedHip } from './scripted-hip.js';

const BASE = '/api/hiecm/user-initiated-linking/v3';
export const USER_CALLS = {
  onDiscover: `${BASE}/patient/care-context/on-discover`,
  onInit: `${BASE}/link/care-context/on-init`,
  onConfirm: `${BASE}/link/care-context/on-confirm`,
} as const;

export const USER_CALLBACKS = {
  discover: '/api/v3/hip/patient/care-context/discover',
  init: '/api/v3/hip/link/care-context/init',
  confirm: '/api/v3/hip/link/care-context/confirm',
} as const;

/** A callback of user-initiated linking, and how it is to be answered. */
export interface Question {
  readonly transactionId: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly response: { readonly requestId: string };
}

/** A discovery, as far as tests take it apart. */
interface Seen {
  readonly state: string;
  readonly offered: readonly unknown[];
  readonly answerMs: number;
}

export const NOT_FOUND = { code: 'ABDM-1010', message: 'Patient not found' };
export const WRONG_OTP = { code: 'ABDM-1035', message: 'OTP does not matched' };

/** The entry a HIP offers, and confirms. */
export function anEntry(...references: string[]) {
  const careContexts = references.map((referenceNumber) => ({ referenceNumber, display: 'OPD visit on 16-Sep-2026' }));
  const count = references.length;
  return { referenceNumber: 'UHID-1', display: 'Test Hospital OPD', careContexts, hiType: 'OPConsultation', count };
}

/** A patient with her app, for the simulator's own tests; the HIP answers as the test says. */
export class ScriptedPatient {
  private constructor(
    readonly hip: ScriptedHip,
    readonly person: Person,
  ) {}

  static async of(hip: ScriptedHip, person?: Person): Promise<ScriptedPatient> {
    return new ScriptedPatient(hip, person ?? (await hip.aPatient()));
  }

  async discovers(wishes: object = {}): Promise<Question> {
    const path = `patients/${this.person.abhaAddress}/discover`;
    const { body } = await this.hip.adapter.control('POST', path, { hipId: HIP, ...wishes });
    return this.question(USER_CALLBACKS.discover, (body as { transactionId: string }).transactionId);
  }

  async chooses(question: Question, wishes: object = {}): Promise<Question> {
    await this.control('POST', question, '/init', wishes);
    return this.question(USER_CALLBACKS.init, question.transactionId);
  }

  async types(question: Question, token: string, wishes: object = {}): Promise<Question> {
    await this.control('POST', question, '/confirm', { token, ...wishes });
    return this.question(USER_CALLBACKS.confirm, question.transactionId);
  }

  offer({ transactionId, response }: Question, changes: object = {}): Promise<Answer> {
    const body = { transactionId, patient: [anEntry('OPD-1', 'OPD-2')], matchedBy: ['ABHA_ADDRESS'], response };
    return this.hip.adapter.call('POST', USER_CALLS.onDiscover, { ...body, ...changes });
  }

  begin({ transactionId, response }: Question, meta: object = {}, referenceNumber = randomUUID()): Promise<Answer> {
    const communicationExpiry = new Date(Date.now() + 600_000).toISOString();
    const honest = { communicationMedium: 'MOBILE', communicationHint: 'OTP to XXXXXX1234', communicationExpiry };
    const link = { referenceNumber, authenticationType: 'DIRECT', meta: { ...honest, ...meta } };
    return this.hip.adapter.call('POST', USER_CALLS.onInit, { transactionId, link, response });
  }

  confirm({ response }: Question, outcome: object): Promise<Answer> {
    return this.hip.adapter.call('POST', USER_CALLS.onConfirm, { ...outcome, response });
  }

  /** All the way to the OTP, with both care contexts offered. */
  async hasAnOtp(wishes: object = {}): Promise<Question> {
    const discovery = await this.discovers();
    await this.offer(discovery);
    const init = await this.chooses(discovery, wishes);
    await this.begin(init);
    return init;
  }

  async sees({ transactionId }: Pick<Question, 'transactionId'>): Promise<Seen> {
    return (await this.hip.adapter.control('GET', `discoveries/${transactionId}`)).body as Seen;
  }

  async linkedReferences(): Promise<string[]> {
    const { body } = await this.hip.adapter.control('GET', `patients/${this.person.abhaAddress}/care-contexts`);
    return (body as { careContextReference: string }[]).map((one) => one.careContextReference);
  }

  control(method: string, { transactionId }: Question, path: string, body: object): Promise<Answer> {
    return this.hip.adapter.control(method, `discoveries/${transactionId}${path}`, body);
  }

  private async question(path: string, transactionId: string): Promise<Question> {
    const { body, headers } = await this.hip.adapter.callback(path);
    return { transactionId, body, response: { requestId: String(headers['request-id']) } };
  }
}

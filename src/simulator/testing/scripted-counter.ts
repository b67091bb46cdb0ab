import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from './scripted-adapter.js';
import { HIP, type Person, type ScriptedHip } from './scripted-hip.js';

export const COUNTER_CALLS = {
  onShare: '/api/hiecm/patient-share/v3/on-share',
  onStatus: '/api/hiecm/patient-share/v3/running-token/on-status',
} as const;

export const COUNTER_CALLBACKS = {
  share: '/api/v3/hip/patient/share',
  status: '/api/v3/hip/patient/running-token/status',
} as const;

/** A share as it reached the HIP, and how it is to be answered. */
export interface ReceivedShare {
  readonly body: { readonly profile: { readonly patient: { readonly abhaAddress: string } } };
  readonly context: string;
  readonly response: { readonly requestId: string };
}

export interface Scanned {
  readonly shareRequestId: string | null;
  readonly delivered: number | null;
  readonly status: string;
  readonly repeats?: readonly Scanned[];
}

/** A counter with its QR, for the simulator's own tests; the desk answers as the test says. */
export class ScriptedCounter {
  constructor(
    readonly hip: ScriptedHip,
    readonly counterId: string,
  ) {}

  get qr(): string {
    return `https://phrsbx.abdm.gov.in/share-profile?hip-id=${HIP}&counter-id=${this.counterId}`;
  }

  async isScannedBy(person: Person, wishes: object = {}): Promise<Scanned> {
    const { body } = await this.scan(person, { qr: this.qr, ...wishes });
    return body as Scanned;
  }

  scan(person: Person, wish: object): Promise<Answer> {
    return this.hip.adapter.control('POST', `patients/${person.abhaAddress}/scan`, wish);
  }

  async nextShare(): Promise<ReceivedShare> {
    const share = await this.hip.adapter.callback<ReceivedShare['body']>(COUNTER_CALLBACKS.share);
    const response = { requestId: String(share.headers['request-id']) };
    return { body: share.body, context: this.counterId, response };
  }

  /** `changes` over the acknowledgement; `profile` over its profile. */
  async give({ body, context, response }: ReceivedShare, tokenNumber: string, profile: object = {}, changes = {}) {
    const { abhaAddress } = body.profile.patient;
    const honest = { status: 'SUCCESS', abhaAddress, profile: { context, tokenNumber, expiry: '1800', ...profile } };
    return this.answer({ acknowledgement: { ...honest, ...changes }, response });
  }

  answer(body: object): Promise<Answer> {
    return this.hip.adapter.call('POST', COUNTER_CALLS.onShare, body);
  }

  /** A whole share: scanned, delivered, given a token. */
  async serves(person: Person, tokenNumber: string, profile: object = {}): Promise<Answer> {
    await this.isScannedBy(person);
    return this.give(await this.nextShare(), tokenNumber, profile);
  }

  async tokensOf(person: Person): Promise<unknown> {
    return (await this.hip.adapter.control('GET', `patients/${person.abhaAddress}/tokens`)).body;
  }

  async asksWhoseTurn(person: Person, answer: object): Promise<unknown> {
    const path = `patients/${person.abhaAddress}/running-token`;
    const asking = this.hip.adapter.control('POST', path, { qr: this.qr });
    const question = await this.hip.adapter.callback(COUNTER_CALLBACKS.status);
    const response = { requestId: String(question.headers['request-id']) };
    await this.hip.adapter.call('POST', COUNTER_CALLS.onStatus, { ...answer, response });
    return (await asking).body;
  }

  /** A second: where `shareAnswerMs` is that, until nobody waits for a token any more. */
  timePasses(): Promise<void> {
    return wait(1200);
  }
}

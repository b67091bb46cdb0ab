import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { OpenQuestions } from '../gateway/open-questions.js';
import { Links } from '../linking/links.js';
import { Settings } from '../settings.js';
import { type Patient, Patients } from './patients.js';

export type AbhaStatusWord = 'DEACTIVATED' | 'DELETED' | 'REACTIVATED';

/** Its body is not published. */
export interface StatusAnswer {
  readonly response?: { readonly requestId?: string };
}

/** A HIP was told of a new status, and whether it said so. */
export interface StatusNotice {
  readonly abhaAddress: string;
  readonly hipId: string;
  readonly status: AbhaStatusWord;
  readonly requestId: string;
  /** HTTP status; 0: no answer. */
  delivered: number | undefined;
  /** When the HIP took it with 2xx: from then on it knows. */
  knownAt: number | undefined;
  acknowledgedAt: number | undefined;
}

/**
 * ABHA addresses are deactivated, deleted, reactivated, and the HIPs that hold links are told.
 * How V3 tells them is not published; the assumptions are in contract/assumed.yaml.
 */
@Injectable()
export class AbhaStatus {
  private readonly notices: StatusNotice[] = [];

  constructor(
    private readonly settings: Settings,
    private readonly patients: Patients,
    private readonly links: Links,
    private readonly questions: OpenQuestions,
  ) {}

  /** Returns when every HIP has been told, or cannot be reached. `hipIds`: instead of those that hold links. */
  async change(patient: Patient, status: AbhaStatusWord, hipIds?: readonly string[]): Promise<StatusNotice[]> {
    this.patients.add({ ...patient, isDeactivated: status !== 'REACTIVATED' });
    const linked = this.links.of(patient.abhaAddress).map((link) => link.hipId);
    return Promise.all([...new Set(hipIds ?? linked)].map((hipId) => this.tell(patient.abhaAddress, hipId, status)));
  }

  of(abhaAddress: string): readonly StatusNotice[] {
    return this.notices.filter((one) => one.abhaAddress === abhaAddress.toLowerCase());
  }

  /** Whether the HIP knew, so many milliseconds before, that the address is not in use any more. */
  isKnownToBeOver(abhaAddress: string, hipId: string, at: number, graceMs: number): boolean {
    const last = this.of(abhaAddress).findLast((one) => one.hipId === hipId);
    if (last?.knownAt === undefined || last.status === 'REACTIVATED') return false;
    return at > last.knownAt + graceMs;
  }

  /** With `response.requestId` the answer is matched; without, there is nothing to match it by. */
  acknowledged(call: AbdmCall<StatusAnswer | undefined>): void {
    const replyTo = call.body?.response?.requestId;
    if (replyTo !== undefined) this.questions.answer(call, replyTo);
  }

  private async tell(abhaAddress: string, hipId: string, status: AbhaStatusWord): Promise<StatusNotice> {
    const requestId = randomUUID();
    const unknown = { delivered: undefined, knownAt: undefined, acknowledgedAt: undefined };
    const notice: StatusNotice = { abhaAddress, hipId, status, requestId, ...unknown };
    this.notices.push(notice);
    const answered = (): void => void (notice.acknowledgedAt = Date.now());
    this.questions.ask({ requestId, answeredBy: 'onPatientStatus', hipId, waitMs: undefined, answered });
    const body = { notification: { status, patient: { id: abhaAddress } } };
    const path = this.settings.current.patientStatusPath;
    const taken = (): void => void (notice.knownAt = Date.now());
    const delivery = { operationId: 'patientStatus', hipId, body, requestId, path, taken, mayBeRefused: true };
    notice.delivered = await this.questions.deliver(delivery);
    return notice;
  }
}

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Contract } from '../contract/contract.js';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Callbacks } from '../gateway/callbacks.js';
import { OpenQuestions } from '../gateway/open-questions.js';
import { Violations } from '../gateway/violations.js';
import { Links } from '../linking/links.js';
import type { Patient } from '../patient-app/patients.js';
import { Settings } from '../settings.js';
import { asked, Discoveries, type Discovery, type ToldError } from './discoveries.js';
import { Displays } from './displays.js';
import { contextsIn, isMiscounted, type PatientEntry } from './patient-entries.js';

interface Identifier {
  readonly type: string;
  readonly value: string;
}

export interface DiscoverWishes {
  readonly hipId: string;
  /** Instead of the one her ABHA record holds. */
  readonly mobile?: string | undefined;
  readonly unverified?: readonly Identifier[] | undefined;
  /** Laid over `patient` of the callback, field by field. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined;
  /** Delivered so many times, under one REQUEST-ID. */
  readonly times?: number | undefined;
}

export interface OnDiscover {
  readonly transactionId: string;
  readonly patient?: readonly PatientEntry[];
  readonly matchedBy?: readonly string[];
  readonly error?: ToldError;
  readonly response: { readonly requestId: string };
}

const OPERATION = 'onDiscover';

/** discover and on-discover: the patient's app asks a HIP which records it has of her. */
@Injectable()
export class Discover {
  private readonly byQuestion = new Map<string, Discovery>();

  constructor(
    private readonly contract: Contract,
    private readonly settings: Settings,
    private readonly discoveries: Discoveries,
    private readonly links: Links,
    private readonly displays: Displays,
    private readonly callbacks: Callbacks,
    private readonly questions: OpenQuestions,
    private readonly violations: Violations,
  ) {}

  /** Returns when the HIP has taken the callback, or cannot be reached. */
  async ask(patient: Patient, wishes: DiscoverWishes): Promise<Discovery> {
    const [requestId, { hipId }] = [randomUUID(), wishes];
    const profile = profileOf(patient, wishes);
    const discovery: Discovery = {
      ...asked(),
      transactionId: randomUUID(),
      abhaAddress: typeof profile.id === 'string' ? profile.id : patient.abhaAddress,
      hipId,
      identifierTypes: typesIn(profile),
      state: 'waiting',
      offered: [],
      matchedBy: [],
      init: undefined,
      confirm: undefined,
    };
    this.discoveries.add(discovery);
    this.byQuestion.set(requestId, discovery);
    const waitMs = this.settings.current.discoveryMs;
    this.questions.ask({ requestId, answeredBy: OPERATION, hipId, waitMs, answered: () => undefined });
    this.callbacks.later(waitMs, () => {
      if (discovery.state === 'waiting') discovery.state = 'timed-out';
    });
    const body = { transactionId: discovery.transactionId, patient: profile };
    discovery.delivered = await this.questions.deliver(
      { operationId: 'discover', hipId, body, requestId },
      wishes.times,
    );
    return discovery;
  }

  answer(call: AbdmCall<OnDiscover>): void {
    const { transactionId, response, patient } = call.body;
    const about = { operationId: call.operationId, requestId: call.requestId, hipId: call.hipId };
    const discovery = this.byQuestion.get(response.requestId);
    if (!discovery) {
      this.violations.record('answers-nothing', 'response.requestId is of no discovery', about);
      throw this.contract.refusal(OPERATION, 'ABDM-1015');
    }
    if (transactionId !== discovery.transactionId) {
      this.violations.record('answers-nothing', 'transactionId is not the discovery’s', about);
      throw this.transactionExpired();
    }
    if (isMiscounted(patient)) {
      this.violations.record('body-not-as-contract', 'count differs from careContexts', about);
      throw this.contract.refusal(OPERATION, 'ABDM-1059');
    }
    const outcome = this.questions.answer(call, response.requestId);
    if (outcome !== 'taken') throw this.contract.refusal(OPERATION, 'ABDM-1106');
    discovery.answerMs = Date.now() - discovery.askedAt;
    if (discovery.state === 'timed-out') throw this.transactionExpired();
    this.take(discovery, call);
  }

  private take(discovery: Discovery, call: AbdmCall<OnDiscover>): void {
    const { patient = [], matchedBy = [], error } = call.body;
    discovery.state = error ? 'refused' : 'answered';
    discovery.error = error;
    discovery.offered = contextsIn(patient);
    discovery.matchedBy = matchedBy;
    const { operationId, requestId } = call;
    const { hipId, transactionId } = discovery;
    const about = { operationId, requestId, hipId, transactionId };
    const linked = discovery.offered.filter((one) =>
      this.links.find(discovery.abhaAddress, hipId, one.careContextReference),
    );
    if (linked.length > 0) this.violations.record('offers-linked', `${linked.length} of them`, about);
    const unsent = matchedBy.filter((one) => !discovery.identifierTypes.has(one));
    if (unsent.length > 0) this.violations.record('matched-by-wrong', unsent.join(', '), about);
    this.displays.judge(call, patient, hipId);
  }

  private transactionExpired() {
    return this.contract.refusal(OPERATION, 'ABDM-9999', 'Invalid Transaction ID');
  }
}

type Profile = Readonly<Record<string, unknown>> & { readonly id?: unknown };

function profileOf(patient: Patient, wishes: DiscoverWishes): Profile {
  const mobile = wishes.mobile ?? patient.mobile;
  return {
    id: patient.abhaAddress,
    verifiedIdentifiers: [
      ...(mobile === undefined ? [] : [{ type: 'MOBILE', value: mobile }]),
      ...(patient.abhaNumber === '' ? [] : [{ type: 'ABHA_NUMBER', value: patient.abhaNumber }]),
      { type: 'ABHA_ADDRESS', value: patient.abhaAddress },
    ],
    unverifiedIdentifiers: wishes.unverified ?? null,
    name: patient.name,
    gender: patient.gender,
    yearOfBirth: patient.yearOfBirth,
    ...wishes.overrides,
  };
}

/** `patient.id` is an ABHA address too. */
function typesIn(profile: Profile): ReadonlySet<string> {
  const lists = [profile['verifiedIdentifiers'], profile['unverifiedIdentifiers']];
  const all = lists.flatMap((list) => (Array.isArray(list) ? (list as readonly Identifier[]) : []));
  return new Set(['ABHA_ADDRESS', ...all.map((one) => one.type)]);
}

import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Callbacks } from '../gateway/callbacks.js';
import { Clients } from '../gateway/clients.js';
import { OpenQuestions } from '../gateway/open-questions.js';
import { SigningKeys } from '../gateway/signing-keys.js';
import { Settings } from '../settings.js';

export interface DateRange {
  readonly from: string;
  readonly to: string;
}

export interface CareContextReference {
  readonly patientReference: string;
  readonly careContextReference: string;
}

/** What the patient grants. */
export interface Grant {
  readonly abhaAddress: string;
  readonly hipId: string;
  /** Undefined: self-requested by the patient's app; then neither hiu nor requester stand in the artefact, as observed. */
  readonly hiuId?: string | undefined;
  readonly careContexts: readonly CareContextReference[];
  readonly hiTypes: readonly string[];
  readonly dateRange: DateRange;
  readonly dataEraseAt: string;
  readonly frequency: { readonly unit: string; readonly value: number; readonly repeats: number };
  /** ABDM's purpose code, e.g. `PATRQT`. */
  readonly purpose: string;
}

type ConsentStatus = 'GRANTED' | 'REVOKED' | 'EXPIRED';

/** One hip/notify and what came of it. */
export interface ConsentNotice {
  readonly status: ConsentStatus;
  readonly requestId: string;
  readonly sentAt: number;
  /** When the adapter took the callback with 2xx: from then on it knows. */
  deliveredAt: number | undefined;
  acknowledgedAt: number | undefined;
  /** `OK`, or the code of the error arm. */
  outcome: string | undefined;
}

export interface Consent {
  readonly consentId: string;
  readonly grant: Grant;
  status: ConsentStatus;
  readonly notices: ConsentNotice[];
}

interface OnNotify {
  readonly acknowledgement?: { readonly status: string; readonly consentId: string };
  readonly error?: { readonly code: string };
  readonly response: { readonly requestId: string };
}

const PURPOSES: Readonly<Record<string, string>> = {
  CAREMGT: 'Care Management',
  BTG: 'Break the Glass',
  PUBHLTH: 'Public Health',
  HPAYMT: 'Healthcare Payment',
  DSRCH: 'Disease Specific Healthcare Research',
  PATRQT: 'Self Requested',
};

/** Consent artefacts: granted, told to the HIP, revoked, expired. */
@Injectable()
export class Consents {
  private readonly consents = new Map<string, Consent>();
  /** Those who wait for the HIP's acknowledgement of a consent. */
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(
    private readonly settings: Settings,
    private readonly keys: SigningKeys,
    private readonly clients: Clients,
    private readonly callbacks: Callbacks,
    private readonly questions: OpenQuestions,
  ) {}

  grant(grant: Grant): Consent {
    const consent: Consent = { consentId: randomUUID(), grant, status: 'GRANTED', notices: [] };
    this.consents.set(consent.consentId, consent);
    const detail = this.detail(consent);
    this.tell(consent, {
      consentDetail: detail,
      signature: this.keys.signature(JSON.stringify(detail)),
      grantAcknowledgement: false,
    });
    return consent;
  }

  end(consent: Consent, status: 'REVOKED' | 'EXPIRED'): void {
    consent.status = status;
    this.tell(consent, {});
  }

  find(consentId: string): Consent | undefined {
    return this.consents.get(consentId);
  }

  /** Waits for the acknowledgement of the grant. @returns whether it came in time and was OK */
  async isAcknowledged(consent: Consent): Promise<boolean> {
    const left = (consent.notices[0]?.sentAt ?? 0) + this.settings.current.consentAnswerMs - Date.now();
    if (consent.notices[0]?.outcome === undefined && left > 0) {
      await new Promise<void>((resolve) => {
        const others = this.waiting.get(consent.consentId) ?? [];
        this.waiting.set(consent.consentId, [...others, resolve]);
        this.callbacks.later(left, resolve);
      });
    }
    return consent.notices[0]?.outcome === 'OK';
  }

  /** Whether records may be sent under it at this moment; a revocation counts once the adapter has heard of it. */
  isInForce(consent: Consent, at: number): boolean {
    const grace = this.settings.current.revocationGraceMs;
    const end = consent.notices.find((notice) => notice.status !== 'GRANTED');
    if (end?.deliveredAt !== undefined && at > end.deliveredAt + grace) return false;
    return at <= Date.parse(consent.grant.dataEraseAt) + grace;
  }

  private tell(consent: Consent, more: object): void {
    const notice: ConsentNotice = {
      status: consent.status,
      requestId: randomUUID(),
      sentAt: Date.now(),
      deliveredAt: undefined,
      acknowledgedAt: undefined,
      outcome: undefined,
    };
    consent.notices.push(notice);
    const { requestId } = notice;
    const hipId = consent.grant.hipId;
    this.questions.ask({
      requestId,
      answeredBy: 'onConsentHipNotify',
      hipId,
      waitMs: this.settings.current.consentAnswerMs,
      answered: (call) => this.acknowledged(consent, notice, call as AbdmCall<OnNotify>),
    });
    const body = { notification: { status: consent.status, consentId: consent.consentId, ...more } };
    void this.callbacks.deliver({ operationId: 'consentHipNotify', hipId, body, requestId }).then((status) => {
      if (status < 200 || status > 299) return;
      notice.deliveredAt ??= Date.now();
      this.questions.delivered(requestId);
    });
  }

  private acknowledged(consent: Consent, notice: ConsentNotice, call: AbdmCall<OnNotify>): void {
    const { acknowledgement, error } = call.body;
    notice.acknowledgedAt = Date.now();
    notice.deliveredAt ??= notice.acknowledgedAt;
    notice.outcome = error?.code ?? (acknowledgement?.consentId === consent.consentId ? 'OK' : 'wrong consentId');
    for (const resolve of this.waiting.get(consent.consentId) ?? []) resolve();
    this.waiting.delete(consent.consentId);
  }

  private detail({ consentId, grant }: Consent): object {
    const asked = grant.hiuId === undefined ? {} : this.askedBy(grant.hiuId);
    return {
      schemaVersion: 'v3',
      consentId,
      createdAt: new Date().toISOString(),
      patient: { id: grant.abhaAddress },
      careContexts: grant.careContexts,
      purpose: { text: PURPOSES[grant.purpose] ?? grant.purpose, code: grant.purpose, refUri: 'www.abdm.gov.in' },
      hip: { id: grant.hipId, name: this.clients.facility(grant.hipId)?.name ?? grant.hipId },
      consentManager: { id: this.settings.current.cmId },
      ...asked,
      hiTypes: grant.hiTypes,
      permission: {
        accessMode: 'VIEW',
        dateRange: grant.dateRange,
        dataEraseAt: grant.dataEraseAt,
        frequency: grant.frequency,
      },
    };
  }

  private askedBy(hiuId: string): object {
    const name = this.clients.facility(hiuId)?.name ?? hiuId;
    const identifier = { value: 'REG-0001', type: 'REGNO', system: 'https://www.nmc.org.in' };
    return { hiu: { id: hiuId, name }, requester: { name: 'Requesting Doctor', identifier } };
  }
}

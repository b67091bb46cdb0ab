import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { Callbacks } from '../gateway/callbacks.js';
import { OpenQuestions } from '../gateway/open-questions.js';
import { Settings } from '../settings.js';
import { type ArtefactWishes, Artefacts } from './artefacts.js';
import type { Grant } from './grant.js';

export type ConsentStatus = 'GRANTED' | 'REVOKED' | 'EXPIRED';

/** One hip/notify and what came of it. */
export interface ConsentNotice {
  readonly status: ConsentStatus;
  readonly requestId: string;
  readonly sentAt: number;
  /** As it was sent; a repeat is the same to the byte. */
  readonly body: unknown;
  /** X-HIP-ID, where it was not the HIP's. */
  readonly addressedTo: string | undefined;
  /** When the adapter took the callback with 2xx: from then on it knows. */
  deliveredAt: number | undefined;
  acknowledgedAt: number | undefined;
  /** `OK`, or the code of the error arm. */
  outcome: string | undefined;
}

export interface Consent {
  readonly consentId: string;
  readonly grant: Grant;
  /** What the artefact says wrongly. */
  readonly artefact: ArtefactWishes;
  status: ConsentStatus;
  readonly notices: ConsentNotice[];
}

export interface NoticeWishes {
  /** Default: the consent's own. A GRANTED after a REVOKED is a late one. */
  readonly status?: ConsentStatus | undefined;
  /** The latest notice of this status again, under its REQUEST-ID. */
  readonly repeat?: boolean | undefined;
  readonly times?: number | undefined;
  /** X-HIP-ID of another facility, or of none. */
  readonly addressedTo?: string | undefined;
}

interface OnNotify {
  readonly acknowledgement?: { readonly status: string; readonly consentId: string };
  readonly error?: { readonly code: string };
  readonly response: { readonly requestId: string };
}

/** Consent artefacts: granted, told to the HIP, revoked, expired. */
@Injectable()
export class Consents {
  private readonly consents = new Map<string, Consent>();
  /** Those who wait for the HIP's acknowledgement of a consent. */
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(
    private readonly settings: Settings,
    private readonly artefacts: Artefacts,
    private readonly callbacks: Callbacks,
    private readonly questions: OpenQuestions,
  ) {}

  grant(grant: Grant): Consent {
    const consent = this.grantSilently(grant);
    void this.tell(consent);
    return consent;
  }

  /** The HIP is not told, until somebody does. */
  grantSilently(grant: Grant, artefact: ArtefactWishes = {}): Consent {
    const consent: Consent = { consentId: randomUUID(), grant, artefact, status: 'GRANTED', notices: [] };
    this.consents.set(consent.consentId, consent);
    return consent;
  }

  end(consent: Consent, status: 'REVOKED' | 'EXPIRED'): void {
    consent.status = status;
    void this.tell(consent);
  }

  find(consentId: string): Consent | undefined {
    return this.consents.get(consentId);
  }

  /** Waits for the acknowledgement of the grant. @returns whether it came in time and was OK */
  async isAcknowledged(consent: Consent): Promise<boolean> {
    const granted = () => consent.notices.filter((one) => one.status === 'GRANTED' && one.addressedTo === undefined);
    const isTaken = () => granted().some((one) => one.outcome === 'OK');
    const open = granted().findLast((one) => one.outcome === undefined);
    const left = (open?.sentAt ?? 0) + this.settings.current.consentAnswerMs - Date.now();
    if (!isTaken() && left > 0) {
      await new Promise<void>((resolve) => {
        const others = this.waiting.get(consent.consentId) ?? [];
        this.waiting.set(consent.consentId, [...others, resolve]);
        this.callbacks.later(left, resolve);
      });
    }
    return isTaken();
  }

  /** Whether records may be sent under it at this moment; a revocation counts once the adapter has heard of it. */
  isInForce(consent: Consent, at: number): boolean {
    const grace = this.settings.current.revocationGraceMs;
    const end = consent.notices.find((notice) => notice.status !== 'GRANTED' && notice.addressedTo === undefined);
    if (end?.deliveredAt !== undefined && at > end.deliveredAt + grace) return false;
    return at <= Date.parse(consent.grant.dataEraseAt) + grace;
  }

  /** Tells the HIP of it, once more if it was told before. Returns when it has taken the notice, or cannot be reached. */
  async tell(consent: Consent, wishes: NoticeWishes = {}): Promise<{ requestId: string; delivered: number }> {
    const status = wishes.status ?? consent.status;
    const earlier = wishes.repeat ? consent.notices.findLast((one) => one.status === status) : undefined;
    const notice = earlier ?? this.ask(consent, status, wishes.addressedTo);
    const { requestId, body, addressedTo } = notice;
    const astray = addressedTo === undefined ? {} : { addressedTo, mayBeRefused: true };
    const taken = (): void => void (notice.deliveredAt ??= Date.now());
    const delivery = { operationId: 'consentHipNotify', hipId: consent.grant.hipId, body, requestId, taken, ...astray };
    return { requestId, delivered: await this.questions.deliver(delivery, wishes.times) };
  }

  private ask(consent: Consent, status: ConsentStatus, addressedTo: string | undefined): ConsentNotice {
    const { consentId, grant } = consent;
    const more = status === 'GRANTED' ? this.artefacts.signed(consentId, grant, consent.artefact) : {};
    const notice: ConsentNotice = {
      status,
      requestId: randomUUID(),
      sentAt: Date.now(),
      body: { notification: { status, consentId, ...more } },
      addressedTo,
      deliveredAt: undefined,
      acknowledgedAt: undefined,
      outcome: undefined,
    };
    consent.notices.push(notice);
    this.questions.ask({
      requestId: notice.requestId,
      answeredBy: 'onConsentHipNotify',
      hipId: addressedTo ?? grant.hipId,
      // Nobody need answer what went astray.
      waitMs: addressedTo === undefined ? this.settings.current.consentAnswerMs : undefined,
      answered: (call) => this.acknowledged(consent, notice, call as AbdmCall<OnNotify>),
    });
    return notice;
  }

  private acknowledged(consent: Consent, notice: ConsentNotice, call: AbdmCall<OnNotify>): void {
    const { acknowledgement, error } = call.body;
    notice.acknowledgedAt = Date.now();
    notice.deliveredAt ??= notice.acknowledgedAt;
    notice.outcome = error?.code ?? (acknowledgement?.consentId === consent.consentId ? 'OK' : 'wrong consentId');
    for (const resolve of this.waiting.get(consent.consentId) ?? []) resolve();
    this.waiting.delete(consent.consentId);
  }
}

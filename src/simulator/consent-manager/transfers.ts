import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { OpenQuestions } from '../gateway/open-questions.js';
import { asSpki, freshKeys, type HiuKeys } from '../hiu/fidelius.js';
import { type PushAnswer, Settings } from '../settings.js';
import { type Consent, Consents } from './consents.js';
import type { DateRange } from './grant.js';

type TransferState = 'requested' | 'acknowledged' | 'refused' | 'transferred' | 'failed';

export interface ReceivedEntry {
  readonly careContextReference: string;
  readonly page: number;
  readonly plaintext: string;
  readonly checksumMatches: boolean;
}

export interface TransferNotice {
  readonly consentId: string;
  readonly transactionId: string;
  readonly notifier: { readonly type: string; readonly id: string };
  readonly statusNotification: {
    readonly sessionStatus: 'TRANSFERRED' | 'RECEIVED' | 'FAILED';
    readonly hipId: string;
    readonly statusResponses: readonly { readonly careContextReference: string; readonly hiStatus: string }[];
  };
}

/** One request for health information and what came of it. */
export interface Transfer {
  readonly transactionId: string;
  readonly consent: Consent;
  /** Consent id and facility as the request names them: what the HIP hears of, and answers with. */
  readonly named: { readonly consentId: string; readonly hipId: string };
  /** In the push URL, so that only the asked HIP knows it. */
  readonly secret: string;
  readonly keys: HiuKeys;
  readonly requestedAt: number;
  /** What was asked for; the artefact may allow less. */
  readonly dateRange: DateRange;
  /** Why nothing may be sent for it; undefined: the artefact allows it. */
  readonly flaw: string | undefined;
  /** How the HIU answers the next pushes; the first that meets one is used up first. */
  readonly pushAnswers: PushAnswer[];
  state: TransferState;
  error: { readonly code?: string | undefined; readonly message: string } | undefined;
  pageCount: number | undefined;
  readonly pages: Map<number, readonly ReceivedEntry[]>;
  /** Pages whose last push the HIP cannot have seen taken (refused, cut, answer lost) → their care contexts. */
  readonly unanswered: Map<number, ReadonlySet<string>>;
  notice: TransferNotice | undefined;
  closedAt: number | undefined;
}

export interface RequestWishes {
  readonly dateRange?: DateRange | undefined;
  readonly dataPushUrl?: string | undefined;
  readonly hiuId?: string | undefined;
  /** Key as SubjectPublicKeyInfo instead of the bare point. */
  readonly spki?: boolean | undefined;
  /** Ask although the HIP has not acknowledged the consent: the gateway would not, an attacker may. */
  readonly force?: boolean | undefined;
  /** Another consent than this one: unknown, or another patient's. */
  readonly consentId?: string | undefined;
  readonly pushAnswers?: readonly PushAnswer[] | undefined;
  /** X-HIP-ID of another facility, or of none. */
  readonly addressedTo?: string | undefined;
}

interface OnRequest {
  readonly hiRequest?: { readonly transactionId: string };
  readonly error?: { readonly code: string; readonly message: string };
}

/** So many transfers keep their records; of older ones only the outcome stays. */
const WITH_RECORDS = 500;

@Injectable()
export class Transfers {
  private readonly byTransaction = new Map<string, Transfer>();
  private readonly byConsent = new Map<string, readonly Transfer[]>();
  private readonly bySecret = new Map<string, Transfer>();
  private readonly withRecords: Transfer[] = [];

  constructor(
    private readonly settings: Settings,
    private readonly consents: Consents,
    private readonly questions: OpenQuestions,
  ) {}

  find(transactionId: string): Transfer | undefined {
    return this.byTransaction.get(transactionId);
  }

  ofPushUrl(secret: string): Transfer | undefined {
    return this.bySecret.get(secret);
  }

  ofConsent(consentId: string): readonly Transfer[] {
    return this.byConsent.get(consentId) ?? [];
  }

  /** Returns when the request is sent, or refused by the consent manager for want of an acknowledgement. */
  async request(consent: Consent, wishes: RequestWishes = {}): Promise<Transfer> {
    const transfer = this.open(consent, wishes);
    if (!wishes.force && !(await this.consents.isAcknowledged(consent))) {
      transfer.state = 'refused';
      transfer.error = { message: 'HIP did not acknowledge the HIP consent notify' };
      return transfer;
    }
    await this.send(transfer, wishes);
    return transfer;
  }

  private open(consent: Consent, wishes: RequestWishes): Transfer {
    const transfer: Transfer = {
      transactionId: randomUUID(),
      consent,
      named: {
        consentId: wishes.consentId ?? consent.consentId,
        hipId: wishes.addressedTo ?? consent.grant.hipId,
      },
      secret: randomBytes(16).toString('hex'),
      keys: freshKeys(),
      requestedAt: Date.now(),
      dateRange: wishes.dateRange ?? consent.grant.dateRange,
      flaw: flawOf(consent, wishes),
      pushAnswers: [...(wishes.pushAnswers ?? [])],
      state: 'requested',
      error: undefined,
      pageCount: undefined,
      pages: new Map(),
      unanswered: new Map(),
      notice: undefined,
      closedAt: undefined,
    };
    this.byTransaction.set(transfer.transactionId, transfer);
    this.bySecret.set(transfer.secret, transfer);
    this.byConsent.set(consent.consentId, [...this.ofConsent(consent.consentId), transfer]);
    this.withRecords.push(transfer);
    if (this.withRecords.length > WITH_RECORDS) this.withRecords.shift()?.pages.clear();
    return transfer;
  }

  private async send(transfer: Transfer, wishes: RequestWishes): Promise<void> {
    const { hipId } = transfer.consent.grant;
    const [requestId, { addressedTo }] = [randomUUID(), wishes];
    this.questions.ask({
      requestId,
      answeredBy: 'onHealthInformationRequest',
      hipId: transfer.named.hipId,
      waitMs: this.settings.current.transferMs,
      answered: (call) => answered(transfer, call as AbdmCall<OnRequest>),
    });
    const { publicKey, nonce } = transfer.keys;
    const key = wishes.spki ? asSpki(publicKey) : Buffer.from(publicKey);
    const body = {
      transactionId: transfer.transactionId,
      hiRequest: {
        consent: { id: transfer.named.consentId },
        dateRange: transfer.dateRange,
        dataPushUrl: wishes.dataPushUrl ?? `${this.settings.current.publicUrl}/hiu/push/${transfer.secret}`,
        keyMaterial: {
          cryptoAlg: 'ECDH',
          curve: 'Curve25519',
          dhPublicKey: {
            expiry: new Date(Date.now() + 24 * 3600 * 1000).toISOString(),
            parameters: 'Curve25519/32byte random key',
            keyValue: key.toString('base64'),
          },
          nonce: Buffer.from(nonce).toString('base64'),
        },
      },
    };
    const headers = wishes.hiuId === undefined ? {} : { 'x-hiu-id': wishes.hiuId };
    const astray = addressedTo === undefined ? {} : { addressedTo, mayBeRefused: true };
    const operationId = 'healthInformationRequest';
    await this.questions.deliver({ operationId, hipId, body, requestId, headers, ...astray });
  }
}

/** What a HIP has to notice; its code of refusal is not judged. */
function flawOf({ consentId, grant, artefact }: Consent, wishes: RequestWishes): string | undefined {
  if (wishes.consentId !== undefined && wishes.consentId !== consentId) return 'it names another consent';
  if (artefact.artefactHipId !== undefined && artefact.artefactHipId !== grant.hipId) {
    return 'the artefact is for another HIP';
  }
  if (wishes.addressedTo !== undefined && wishes.addressedTo !== grant.hipId) return 'it is for another facility';
  const isOfOther = grant.hiuId !== undefined && wishes.hiuId !== undefined && wishes.hiuId !== grant.hiuId;
  if (isOfOther && !artefact.withoutHiu) return 'it comes from another HIU';
  const asked = wishes.dateRange ?? grant.dateRange;
  const [from, to] = [Date.parse(asked.from), Date.parse(asked.to)];
  const isInside = from >= Date.parse(grant.dateRange.from) && to <= Date.parse(grant.dateRange.to) && from <= to;
  return isInside ? undefined : 'its dates are not inside the artefact’s';
}

function answered(transfer: Transfer, call: AbdmCall<OnRequest>): void {
  const { error, hiRequest } = call.body;
  if (error) {
    transfer.state = 'refused';
    transfer.error = error;
    return;
  }
  if (hiRequest?.transactionId !== transfer.transactionId) {
    transfer.error = { message: 'on-request names another transactionId' };
  }
  if (transfer.state === 'requested') transfer.state = 'acknowledged';
}

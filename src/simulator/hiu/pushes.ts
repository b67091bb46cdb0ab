import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Consents } from '../consent-manager/consents.js';
import type { ReceivedEntry, Transfer } from '../consent-manager/transfers.js';
import { Contract } from '../contract/contract.js';
import { API_GATEWAY, envelopeRefusal, type Refusal } from '../contract/refusal.js';
import { Clients } from '../gateway/clients.js';
import { problems } from '../gateway/contract-door.js';
import { type Rule, Violations } from '../gateway/violations.js';
import { Settings } from '../settings.js';
import { md5, opener } from './fidelius.js';
import { AbhaStatus } from '../patient-app/abha-status.js';
import { EntryJudge } from './entry-judge.js';

/** One page, as the contract's HealthInformationPush. */
export interface Push {
  readonly pageNumber: number;
  readonly pageCount: number;
  readonly transactionId: string;
  readonly entries: readonly {
    readonly content: string;
    readonly checksum: string;
    readonly careContextReference: string;
  }[];
  readonly keyMaterial: { readonly dhPublicKey: { readonly keyValue: string }; readonly nonce: string };
}

/** So many key and nonce pairs are remembered. */
const PAIRS = 100_000;

/** The HIU's side of a transfer: judge the page, decrypt it, keep it. */
@Injectable()
export class HiuPushes {
  /** Key and nonce → hash of the one ciphertext they may encrypt. A page sent again unchanged is no reuse. */
  private readonly pairs = new Map<string, string>();

  constructor(
    private readonly contract: Contract,
    private readonly settings: Settings,
    private readonly clients: Clients,
    private readonly consents: Consents,
    private readonly abhaStatus: AbhaStatus,
    private readonly judge: EntryJudge,
    private readonly violations: Violations,
  ) {}

  receive(transfer: Transfer | undefined, push: Push, authorization: string | undefined, cameAt: number): void {
    if (!transfer) throw this.refusal('push-unknown', 'No transfer has this push URL', undefined);
    if (!authorization || !this.clients.ofSession(authorization)) {
      this.blame('push-without-session', authorization ? 'Unknown or expired token' : 'No token', transfer);
      throw authorization ? API_GATEWAY.badToken() : API_GATEWAY.noToken();
    }
    this.checkForm(push, transfer);
    this.checkLeave(push, transfer, cameAt);
    const isKnownPage = this.checkPairs(push, transfer);
    if (isKnownPage && transfer.pages.has(push.pageNumber)) return;
    this.checkPageCount(push, transfer);
    transfer.pages.set(push.pageNumber, this.opened(push, transfer));
  }

  private checkForm(push: Push, transfer: Transfer): void {
    const fits = this.contract.operation('pushHealthInformation').body;
    if (fits && !fits(push)) throw this.refusal('push-malformed', problems(fits.errors), transfer);
    if (push.transactionId !== transfer.transactionId) {
      throw this.refusal('push-unknown', 'The transactionId belongs to another push URL', transfer);
    }
    const { dhPublicKey, nonce } = push.keyMaterial;
    if (bytes(nonce).length !== 32) throw this.refusal('push-malformed', 'The nonce is not 32 bytes', transfer);
    if (bytes(dhPublicKey.keyValue).length < 65) {
      throw this.refusal('push-malformed', 'The public key is shorter than 65 bytes', transfer);
    }
  }

  private checkLeave(push: Push, transfer: Transfer, cameAt: number): void {
    if (!this.consents.isInForce(transfer.consent, cameAt)) {
      throw this.refusal('push-without-consent', `The consent is ${transfer.consent.status}`, transfer);
    }
    const { abhaAddress, hipId } = transfer.consent.grant;
    if (this.abhaStatus.isKnownToBeOver(abhaAddress, hipId, cameAt, this.settings.current.revocationGraceMs)) {
      throw this.refusal('push-without-consent', 'The ABHA address is not in use any more', transfer);
    }
    if (transfer.flaw !== undefined) throw this.refusal('push-not-allowed', transfer.flaw, transfer);
    if (transfer.closedAt !== undefined) {
      throw this.refusal('push-after-close', 'The HIP has closed this transfer', transfer);
    }
    if (transfer.state !== 'acknowledged') {
      this.blame('push-before-acknowledgement', `The request is ${transfer.state}`, transfer);
    }
    const took = cameAt - transfer.requestedAt;
    if (took > this.settings.current.transferMs) this.blame('transfer-late', `${took} ms`, transfer);
    const named = new Set(transfer.consent.grant.careContexts.map((one) => one.careContextReference));
    if (push.entries.some((entry) => !named.has(entry.careContextReference))) {
      throw this.refusal('push-outside-artefact', 'A care context the artefact does not name', transfer);
    }
  }

  /** @returns whether this very page came before */
  private checkPairs(push: Push, transfer: Transfer): boolean {
    const { dhPublicKey, nonce } = push.keyMaterial;
    const pair = `${dhPublicKey.keyValue}|${nonce}`;
    if (push.entries.length > 1) {
      this.blame('key-and-nonce-reused', `${push.entries.length} entries in one page`, transfer);
    }
    const hash = createHash('sha256');
    for (const entry of push.entries) hash.update(entry.content);
    const content = hash.digest('base64');
    const earlier = this.pairs.get(pair);
    if (earlier !== undefined && earlier !== content) this.blame('key-and-nonce-reused', 'On two pages', transfer);
    this.pairs.set(pair, content);
    if (this.pairs.size > PAIRS) this.pairs.delete(this.pairs.keys().next().value ?? '');
    return earlier === content;
  }

  private checkPageCount(push: Push, transfer: Transfer): void {
    transfer.pageCount ??= push.pageCount;
    // NHA's samples count pages from 0, working integrations from 1.
    if (transfer.pageCount !== push.pageCount || push.pageNumber > push.pageCount) {
      this.blame('push-page-count', `page ${push.pageNumber} of ${push.pageCount}`, transfer);
    }
  }

  private opened(push: Push, transfer: Transfer): ReceivedEntry[] {
    try {
      const { dhPublicKey, nonce } = push.keyMaterial;
      const open = opener(transfer.keys, bytes(dhPublicKey.keyValue), bytes(nonce));
      return push.entries.map((entry) => {
        const plain = open(bytes(entry.content));
        const checksumMatches = md5(plain) === entry.checksum;
        if (!checksumMatches) this.blame('checksum-wrong', 'MD5 differs', transfer);
        const plaintext = plain.toString('utf8');
        const { careContextReference } = entry;
        this.judge.read(careContextReference, plaintext, transfer);
        return { careContextReference, page: push.pageNumber, plaintext, checksumMatches };
      });
    } catch {
      throw this.refusal('push-undecryptable', 'Wrong key, nonce, point or tag', transfer);
    }
  }

  private refusal(rule: Rule, detail: string, transfer: Transfer | undefined): Refusal {
    this.blame(rule, detail, transfer);
    return envelopeRefusal(400, '4500', 'Unknown error');
  }

  private blame(rule: Rule, detail: string, transfer: Transfer | undefined): void {
    const hipId = transfer?.consent.grant.hipId;
    this.violations.record(rule, detail, {
      operationId: 'pushHealthInformation',
      hipId,
      transactionId: transfer?.transactionId,
    });
  }
}

const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

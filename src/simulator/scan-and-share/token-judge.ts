import { Injectable } from '@nestjs/common';
import type { AbdmCall } from '../gateway/abdm-call.js';
import { type Rule, Violations } from '../gateway/violations.js';
import { Settings } from '../settings.js';
import type { OnShare, Share } from './shares.js';

/** Written anew, not taken from the adapter: the judge must not agree with its mistakes. */
const IST_MS = 5.5 * 3600 * 1000;

interface Held {
  readonly tokenNumber: string;
  readonly validUntil: number;
}

/** Whether a token is the right one: hers, of this counter, kept while it is valid, and nobody else's today. */
@Injectable()
export class TokenJudge {
  /** HIP, counter and person → her token. */
  private readonly held = new Map<string, Held>();
  /** HIP, scope, day and number → whose it is. */
  private readonly holders = new Map<string, string>();
  /** HIP, counter and day at which a token was given. */
  private readonly busy = new Set<string>();

  constructor(
    private readonly settings: Settings,
    private readonly violations: Violations,
  ) {}

  judge(share: Share, call: AbdmCall<OnShare>): void {
    const { acknowledgement, error } = call.body;
    const isProfile = share.intent === 'PROFILE_SHARE';
    if (isProfile && error?.code === 'ABDM-1149') this.blame('share-intent-wrong', 'A profile share was refused', call);
    if (!acknowledgement) return;
    if (!isSame(acknowledgement.abhaAddress, share.abhaAddress)) {
      this.blame('token-of-another', 'The abhaAddress is not the one that shared', call);
    }
    if (acknowledgement.status !== 'SUCCESS') return;
    if (!isProfile) this.blame('share-intent-wrong', `${share.intent} was given a token`, call);
    const { profile } = acknowledgement;
    if (!profile || !share.token) return this.blame('token-missing', 'SUCCESS without profile', call);
    if (profile.context !== share.context) this.blame('token-context-wrong', 'Not the counter that was scanned', call);
    if (typeof profile.expiry !== 'string' || share.token.expirySeconds === 0) {
      this.blame('token-expiry-wrong', typeof profile.expiry === 'string' ? 'It is 0' : 'It is not a text', call);
    }
    this.judgeNumber(share, share.token.tokenNumber, share.token.expirySeconds, call);
  }

  /** Whether this counter has given a token today. */
  hasGivenToday(hipId: string, context: string): boolean {
    return this.busy.has(key(hipId, context, this.dayOf(Date.now())));
  }

  forget(): void {
    this.held.clear();
    this.holders.clear();
    this.busy.clear();
  }

  private judgeNumber(share: Share, tokenNumber: string, expirySeconds: number, call: AbdmCall): void {
    const now = Date.now() + this.settings.current.clockAheadMs;
    const deliveredAt = share.deliveredAt + this.settings.current.clockAheadMs;
    const day = this.dayOf(Date.now());
    const person = share.abhaAddress.toLowerCase();
    this.busy.add(key(share.hipId, share.context, day));

    const hers = key(share.hipId, share.context, person);
    const earlier = this.held.get(hers);
    if (earlier && now < earlier.validUntil) {
      if (earlier.tokenNumber === tokenNumber) return;
      this.blame('token-not-kept', 'Hers is valid still', call);
    }
    // From the delivery, as the HIP's own clock for it began no sooner.
    this.held.set(hers, { tokenNumber, validUntil: deliveredAt + expirySeconds * 1000 });

    // Shared before midnight and answered after: the number is of either day.
    if (this.dayOf(share.deliveredAt) !== day) return;
    const scope = this.settings.current.tokenScope === 'facility' ? '' : share.context;
    const number = key(share.hipId, scope, day, tokenNumber);
    const holder = this.holders.get(number);
    if (holder !== undefined && holder !== person) this.blame('token-given-twice', 'Somebody else has it', call);
    this.holders.set(number, holder ?? person);
  }

  /** The day in India, as the adapter's clock has it. */
  private dayOf(time: number): string {
    return new Date(time + this.settings.current.clockAheadMs + IST_MS).toISOString().slice(0, 10);
  }

  private blame(rule: Rule, detail: string, { operationId, requestId, hipId }: AbdmCall): void {
    this.violations.record(rule, detail, { operationId, requestId, hipId });
  }
}

const key = (...parts: readonly string[]): string => JSON.stringify(parts);
const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

import { Injectable } from '@nestjs/common';

export interface OnShare {
  readonly acknowledgement?: {
    readonly status: 'SUCCESS' | 'FAILED';
    readonly abhaAddress: string;
    readonly profile?: {
      readonly context: string;
      readonly tokenNumber: string;
      readonly expiry: string | number;
    };
  };
  readonly error?: { readonly code: string; readonly message: string };
  readonly response: { readonly requestId: string };
}

/** What a HIP puts into a person's hand. */
export interface GivenToken {
  readonly tokenNumber: string;
  readonly expirySeconds: number;
}

/**
 * `lost`: ABDM never delivers it; `late`: the token came when the person had stopped waiting; `unanswered`: it never came.
 */
export type ShareStatus = 'waiting' | 'answered' | 'refused' | 'late' | 'unanswered' | 'lost';

/** One tap on Share. */
export interface Share {
  /** REQUEST-ID of the callback. */
  readonly requestId: string;
  readonly hipId: string;
  /** The counter: what comes back as `context`. */
  readonly context: string;
  readonly abhaAddress: string;
  /** In capitals. */
  readonly intent: string;
  /** When the person tapped; before `deliveredAt` by as much as ABDM is late. */
  readonly tappedAt: number;
  /** When ABDM began to deliver it. */
  readonly deliveredAt: number;
  status: ShareStatus;
  /** HTTP status the callback met; 0: no answer; undefined: on its way. */
  delivered: number | undefined;
  /** From the first delivery to on-share, also when that came too late. */
  answeredAfterMs: number | undefined;
  token: GivenToken | undefined;
  error: { readonly code: string; readonly message: string } | undefined;
}

/** Every profile shared since the start. */
@Injectable()
export class Shares {
  private byRequest = new Map<string, Share>();

  add(share: Share): void {
    this.byRequest.set(share.requestId, share);
  }

  find(requestId: string): Share | undefined {
    return this.byRequest.get(requestId);
  }

  all(hipId?: string): Share[] {
    return [...this.byRequest.values()].filter((one) => hipId === undefined || one.hipId === hipId);
  }

  of(abhaAddress: string): Share[] {
    return this.all().filter((one) => one.abhaAddress.toLowerCase() === abhaAddress.toLowerCase());
  }

  forget(): void {
    this.byRequest.clear();
  }
}

import { Injectable } from '@nestjs/common';

/** One care context as discovery, init and on-confirm name it. */
export interface NamedContext {
  readonly patientReference: string;
  readonly careContextReference: string;
  readonly hiType: string;
  /** Empty where it was not said. */
  readonly display: string;
}

export interface ToldError {
  readonly code: string;
  readonly message: string;
}

/** A question of the patient's app to the HIP, and when it was answered. */
export interface Step {
  readonly askedAt: number;
  /** HTTP status the callback met; 0: no answer; undefined: on its way. */
  delivered: number | undefined;
  /** From the first delivery to the on-* call. */
  answerMs: number | undefined;
  error: ToldError | undefined;
}

export interface LinkInit extends Step {
  /** As it was sent. */
  readonly transactionId: string;
  readonly hipId: string;
  readonly chosen: readonly NamedContext[];
  /** Undefined when nothing is wrong with it; else why a HIP must not begin a link. */
  readonly flaw: string | undefined;
  state: 'waiting' | 'answered' | 'refused';
  linkRefNumber: string | undefined;
  communication: { readonly medium: string; readonly hint: string; readonly expiry: string } | undefined;
  isConfirmed: boolean;
}

export interface LinkConfirm extends Step {
  readonly hipId: string;
  readonly linkRefNumber: string;
  state: 'waiting' | 'answered' | 'refused';
  linked: readonly NamedContext[];
}

/** A patient looks for her records at one HIP, and what came of it. */
export interface Discovery extends Step {
  readonly transactionId: string;
  readonly abhaAddress: string;
  readonly hipId: string;
  /** Types of the identifiers that were sent, spelled as in `matchedBy`. */
  readonly identifierTypes: ReadonlySet<string>;
  state: 'waiting' | 'answered' | 'refused' | 'timed-out';
  offered: readonly NamedContext[];
  matchedBy: readonly string[];
  /** The latest, as the patient may choose anew, and mistype the OTP. */
  init: LinkInit | undefined;
  confirm: LinkConfirm | undefined;
}

/** The patients' apps' memory of discoveries. */
@Injectable()
export class Discoveries {
  private readonly byTransaction = new Map<string, Discovery>();

  add(discovery: Discovery): void {
    this.byTransaction.set(discovery.transactionId, discovery);
  }

  find(transactionId: string): Discovery | undefined {
    return this.byTransaction.get(transactionId);
  }

  all(): Discovery[] {
    return [...this.byTransaction.values()];
  }
}

/** A step that was just asked. */
export const asked = (): Step => ({ askedAt: Date.now(), delivered: undefined, answerMs: undefined, error: undefined });

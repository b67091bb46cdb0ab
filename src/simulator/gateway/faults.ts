import { Injectable } from '@nestjs/common';

/** Misbehaviour on demand, as the real gateway shows it. */
export interface Fault {
  readonly operationId?: string | undefined;
  /** Exact, or its beginning with a `*` at the end. */
  readonly path?: string | undefined;
  /** Answer this status (with `body`) instead of handling the call. */
  readonly status?: number | undefined;
  readonly body?: unknown;
  readonly delayMs?: number | undefined;
  readonly times?: number | undefined;
  /** Cut the connection before the call is handled. */
  readonly dropConnection?: boolean | undefined;
  /** Handle the call, then cut the connection instead of answering. */
  readonly loseAnswer?: boolean | undefined;
  /** Accept, but never call back. */
  readonly silent?: boolean | undefined;
  /** Deliver the callback twice, with one REQUEST-ID. */
  readonly duplicateCallback?: boolean | undefined;
}

@Injectable()
export class Faults {
  private armed: { readonly fault: Fault; left: number }[] = [];

  arm(fault: Fault): void {
    this.armed.push({ fault, left: fault.times ?? 1 });
  }

  disarm(): void {
    this.armed = [];
  }

  /** The fault this call meets, which is used up by it. */
  take(operationId: string | undefined, path: string): Fault | undefined {
    if (this.armed.length === 0) return undefined;
    const hit = this.armed.find(({ fault }) => meets(fault, operationId, path));
    if (!hit) return undefined;
    hit.left -= 1;
    this.armed = this.armed.filter((one) => one.left > 0);
    return hit.fault;
  }
}

function meets(fault: Fault, operationId: string | undefined, path: string): boolean {
  if (fault.operationId !== undefined) return fault.operationId === operationId;
  if (fault.path === undefined) return false;
  return fault.path.endsWith('*') ? path.startsWith(fault.path.slice(0, -1)) : path === fault.path;
}

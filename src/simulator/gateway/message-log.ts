import { Injectable } from '@nestjs/common';

export interface Message {
  /** `in`: from the adapter; `out`: to it. */
  readonly direction: 'in' | 'out';
  readonly method: string;
  readonly path: string;
  /** The HTTP status; 0: no answer. */
  readonly status: number;
  readonly at: string;
  readonly milliseconds: number;
  readonly requestId?: string | undefined;
  readonly hipId?: string | undefined;
  readonly note?: string | undefined;
  /** Left out when large. */
  readonly body?: unknown;
}

const KEPT = 5000;
export const LARGEST_BODY_KEPT = 8192;

/** The last messages both ways. */
@Injectable()
export class MessageLog {
  private messages: Message[] = [];

  add(message: Message): void {
    this.messages.push(message);
    if (this.messages.length >= 2 * KEPT) this.messages = this.messages.slice(-KEPT);
  }

  /** @param path a part of the path */
  list(path = ''): readonly Message[] {
    return this.messages.slice(-KEPT).filter((one) => one.path.includes(path));
  }

  forget(): void {
    this.messages = [];
  }
}

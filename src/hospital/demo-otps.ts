import type { OtpMessage, OtpSender } from '../ports/otp-sender.port.js';

const KEPT = 1_000;

/** Sends nothing to anybody: keeps the codes in this process's memory, where a demonstration or a test reads them. */
export class DemoOtps implements OtpSender {
  readonly isReady = true;
  private readonly kept: OtpMessage[] = [];

  send(message: OtpMessage): Promise<void> {
    this.kept.push(message);
    if (this.kept.length > KEPT) this.kept.shift();
    return Promise.resolve();
  }

  /** Oldest first. */
  sentTo(mobile: string): readonly OtpMessage[] {
    return this.kept.filter((message) => message.mobile === mobile);
  }
}

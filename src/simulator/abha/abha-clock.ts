import { Injectable } from '@nestjs/common';

/** The ABHA service's time, which a test may move forward: OTPs and tokens age, resends become possible. */
@Injectable()
export class AbhaClock {
  private aheadMs = 0;

  now(): number {
    return Date.now() + this.aheadMs;
  }

  forward(seconds: number): void {
    this.aheadMs += seconds * 1000;
  }
}

/** `2026-09-17 16:52:48`, Indian time without a zone: so ABHA writes time into its bodies. */
export function indianTime(at: number): string {
  const IST_MS = 5.5 * 3_600_000;
  return new Date(at + IST_MS).toISOString().slice(0, 19).replace('T', ' ');
}

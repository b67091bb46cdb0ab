import type { Clock } from '../../src/support/clock.js';

/** Real time, moved ahead by as much as a test asks for. */
export class MovableClock implements Clock {
  private aheadMs = 0;

  now(): Date {
    return new Date(Date.now() + this.aheadMs);
  }

  move(milliseconds: number): void {
    this.aheadMs += milliseconds;
  }
}

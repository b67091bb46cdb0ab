/** When something was last asked. Old entries are dropped as new ones come, so memory stays bounded by the window. */
export class RecentRequests {
  private readonly times = new Map<string, number>();

  /** @returns whether it was asked inside the window; a repeat does not prolong it */
  isRepeat(key: string, windowMs: number): boolean {
    const now = Date.now();
    for (const [old, at] of this.times) {
      if (now - at < windowMs) break;
      this.times.delete(old);
    }
    if (this.times.has(key)) return true;
    this.times.set(key, now);
    return false;
  }
}

const DAY_MS = 24 * 3600 * 1000;

/** How often something happened in the last 24 hours. */
export class DailyCounts {
  private readonly times = new Map<string, number[]>();

  add(key: string): number {
    const now = Date.now();
    const kept = (this.times.get(key) ?? []).filter((at) => now - at < DAY_MS);
    kept.push(now);
    this.times.set(key, kept);
    return kept.length;
  }
}

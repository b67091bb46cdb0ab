import type { Share, ShareStatus } from './shares.js';

/** `missing`: numbers between 1 (of a crowd: its first) and the highest that no phone shows. */
export interface NumbersGiven {
  readonly hipId: string;
  readonly given: number;
  readonly highest: number;
  readonly missing: number;
}

/** What of some shares became. Times in milliseconds, from the callback's first delivery to on-share. */
export interface ShareSummary {
  readonly total: number;
  readonly byStatus: Readonly<Record<ShareStatus, number>>;
  /** Null where none was answered, as the other times. */
  readonly slowestMs: number | null;
  readonly medianMs: number | null;
  readonly p99Ms: number | null;
  /** By counter and by facility: look at the one the numbers are counted in. */
  readonly counters: readonly (NumbersGiven & { readonly context: string })[];
  readonly facilities: readonly NumbersGiven[];
  /** At most a hundred of those that never got an answer. */
  readonly unanswered: readonly { readonly shareRequestId: string; readonly hipId: string; readonly context: string }[];
}

const SHOWN = 100;

/** `of`: all shares there were; or a crowd, before which others may have been at the counter. */
export function summaryOf(shares: readonly Share[], of: 'all' | 'crowd'): ShareSummary {
  const times = shares.flatMap((one) => one.answeredAfterMs ?? []).sort((a, b) => a - b);
  const byStatus = { waiting: 0, answered: 0, refused: 0, late: 0, unanswered: 0, lost: 0 };
  for (const one of shares) byStatus[one.status] += 1;
  const unanswered = shares.filter((one) => one.status === 'unanswered').slice(0, SHOWN);
  return {
    total: shares.length,
    byStatus,
    slowestMs: times.at(-1) ?? null,
    medianMs: times[Math.floor((times.length - 1) / 2)] ?? null,
    p99Ms: times[Math.ceil(times.length * 0.99) - 1] ?? null,
    counters: groups(shares, (one) => JSON.stringify([one.hipId, one.context])).map((group) => ({
      ...numbersGiven(group, of),
      context: group[0].context,
    })),
    facilities: groups(shares, (one) => one.hipId).map((group) => numbersGiven(group, of)),
    unanswered: unanswered.map(({ requestId, hipId, context }) => ({ shareRequestId: requestId, hipId, context })),
  };
}

/** Those with a token, by `key`. Never empty ones. */
function groups(shares: readonly Share[], key: (share: Share) => string): [Share, ...Share[]][] {
  const found = new Map<string, [Share, ...Share[]]>();
  for (const one of shares) {
    if (!one.token) continue;
    const group = found.get(key(one));
    if (group) group.push(one);
    else found.set(key(one), [one]);
  }
  return [...found.values()];
}

function numbersGiven(group: [Share, ...Share[]], of: 'all' | 'crowd'): NumbersGiven {
  const given = new Set(group.map((one) => Number(one.token?.tokenNumber)));
  const highest = [...given].reduce((most, one) => Math.max(most, one), 0);
  const first = of === 'all' ? 1 : [...given].reduce((least, one) => Math.min(least, one), highest);
  return { hipId: group[0].hipId, given: given.size, highest, missing: highest - first + 1 - given.size };
}

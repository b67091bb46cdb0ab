import { eachMeasure, percentOf, SHARES, sumOf, type Counts, type EachMeasure } from './opd-counts.js';
import type { CallTime } from './opd-queries.js';
import { SMALLEST_SHOWN, type Veil } from './suppression.js';

/** A count as it is shown: a number, `<5`, or `hidden`. */
export type Shown = number | '<5' | 'hidden';

export interface ReportRow extends EachMeasure<Shown> {
  /** The day, the facility's HFR id or the counter's code; null: visits that name no counter. Of the total: null. */
  readonly key: string | null;
  readonly name: string | null;
  readonly scanAndSharePercent: number | null;
  readonly abhaLinkedPercent: number | null;
  /** Being linked, failed, or with something to mend. Null for a district. */
  readonly neither: number | null;
  readonly medianMinutesToCall: number | null;
}

/** One line before anything is hidden. */
export interface Line {
  readonly key: string | null;
  readonly name: string | null;
  readonly counts: Counts;
}

/** Counts of one key, in the order of `keys`; keys that only the parts name come behind them, the unnamed last. */
export function linesOf<P extends Counts>(
  parts: readonly P[],
  keyOf: (part: P) => string | null,
  keys: readonly { readonly key: string; readonly name: string | null }[],
): Line[] {
  const byKey = new Map<string | null, P[]>();
  for (const { key } of keys) byKey.set(key, []);
  for (const part of parts) {
    const key = keyOf(part);
    byKey.set(key, [...(byKey.get(key) ?? []), part]);
  }
  const unnamed = byKey.get(null);
  byKey.delete(null);
  const lines: [string | null, P[]][] = [...byKey];
  if (unnamed !== undefined) lines.push([null, unnamed]);
  return lines.map(([key, all]) => ({
    key,
    name: keys.find((each) => each.key === key)?.name ?? null,
    counts: sumOf(all),
  }));
}

/** As a facility sees its own. */
export function openRow({ key, name, counts }: Line, times: readonly CallTime[], timeKey: string | null): ReportRow {
  const { registrations, abhaLinked, waitingForAbha } = counts;
  return {
    key,
    name,
    ...counts,
    ...eachShare((measure) => percentOf(counts[measure], registrations)),
    neither: registrations - abhaLinked - waitingForAbha,
    medianMinutesToCall: medianIn(times, timeKey, 1),
  };
}

/** As a district sees it. */
export function veiledRow(
  { key, name, counts }: Line,
  veils: Readonly<EachMeasure<Veil>>,
  times: readonly CallTime[],
  timeKey: string | null,
): ReportRow {
  const isShown = veils.registrations === 'shown';
  return {
    key,
    name,
    ...eachMeasure((measure): Shown => MARKS[veils[measure]] ?? counts[measure]),
    ...eachShare((measure) =>
      isShown && veils[measure] === 'shown' ? percentOf(counts[measure], counts.registrations) : null,
    ),
    neither: null,
    medianMinutesToCall: medianIn(times, timeKey, SMALLEST_SHOWN),
  };
}

const MARKS: Record<Veil, '<5' | 'hidden' | undefined> = { shown: undefined, 'below-5': '<5', hidden: 'hidden' };

function eachShare(percent: (measure: (typeof SHARES)[number]) => number | null) {
  return { scanAndSharePercent: percent('scanAndShare'), abhaLinkedPercent: percent('abhaLinked') };
}

/** Of fewer than `fewest` tokens there is none: it would be how long somebody waited. */
function medianIn(times: readonly CallTime[], key: string | null, fewest: number): number | null {
  const found = times.find((time) => time.key === key);
  return found === undefined || found.called < fewest ? null : found.medianMinutes;
}

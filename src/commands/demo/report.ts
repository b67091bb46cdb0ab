import type { ImportResult } from './hospital-day.js';
import type { PullReport } from './patients-apps.js';
import { underWay, type VisitCounts } from './visit-counts.js';

export interface Day {
  readonly lines: number;
  readonly results: readonly ImportResult[];
  readonly counts: VisitCounts;
  readonly linksAtAbdm: number;
  readonly linkedTwice: number;
  readonly pull: PullReport;
  readonly isRevocationKept: boolean;
  readonly violations: readonly { readonly rule: string; readonly detail: string }[];
  readonly linkedSeconds: number;
  readonly seconds: number;
}

export interface Report {
  readonly table: string;
  /** Empty: the day went as it should. */
  readonly problems: readonly string[];
}

/** Failures that are ABDM's answer or the hospital's to mend; any other is ours. */
const IS_REASONED = /^ABDM-|^(name-not-latin|birth-year-missing|unknown-patient|demographics-do-not-match)$/;

export function reportOf(day: Day): Report {
  const { counts, results, pull } = day;
  const refused = tally(results.flatMap(({ ok, problem }) => (ok ? [] : [problem?.code ?? 'unknown'])));
  const { linked = 0, withdrawn = 0, 'waiting-for-abha': waiting = 0 } = counts.byState;
  const rows: (readonly [string, string])[] = [
    ['visits sent', `${day.lines}`],
    ['received', `${results.filter(({ ok }) => ok).length}`],
    ['cleaned with remarks', `${counts.withRemarks}`],
    ['refused', words(refused)],
    ['quarantined', words(counts.quarantined)],
    ['withdrawn', `${withdrawn}`],
    ['waiting for ABHA', `${waiting}`],
    ['records built', words(counts.records)],
    ['words without code', `${counts.terms.uncoded} of ${counts.terms.all} (${percent(counts.terms)})`],
    ['linked', `${linked}`],
    ['not linked', words(counts.failed)],
    ['linked twice', `${day.linkedTwice}`],
    ['records pulled', `${pull.pulled}`],
    ['records different', `${pull.different}`],
    ['after revocation', day.isRevocationKept ? 'nothing' : 'NOT as it should be'],
    ['violations', `${day.violations.length}`],
    ['seconds to linked', `${day.linkedSeconds} (${(linked / day.linkedSeconds).toFixed(1)} visits/s)`],
    ['seconds in all', `${day.seconds}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return {
    table: `\n${rows.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')}\n`,
    problems: problemsOf(day, linked),
  };
}

function problemsOf(day: Day, linked: number): string[] {
  const { counts, results, pull } = day;
  const unreasoned = Object.entries(counts.failed).filter(([code]) => !IS_REASONED.test(code));
  const problems: (string | false)[] = [
    results.length !== day.lines && `${day.lines} visits were sent and ${results.length} answered`,
    underWay(counts) > 0 && `${underWay(counts)} visits are neither linked nor waiting nor set aside with a reason`,
    unreasoned.length > 0 && `visits failed without a reason of ABDM's: ${words(Object.fromEntries(unreasoned))}`,
    linked !== day.linksAtAbdm && `${linked} visits are linked here and ${day.linksAtAbdm} at ABDM`,
    day.linkedTwice > 0 && `${day.linkedTwice} visits were linked twice`,
    pull.different > 0 && `${pull.different} records did not arrive as they were built`,
    linked > 0 && !day.isRevocationKept && 'a revoked consent still brought records',
    ...day.violations.slice(0, 10).map(({ rule, detail }) => `violation ${rule}: ${detail}`),
  ];
  return problems.filter((problem) => problem !== false);
}

function tally(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}

const percent = ({ all, uncoded }: VisitCounts['terms']): string =>
  `${all === 0 ? '0' : ((100 * uncoded) / all).toFixed(1)} %`;

const words = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([code, n]) => `${n} ${code}`)
    .join(', ') || '0';

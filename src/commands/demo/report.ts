import type { ImportResult } from './hospital-day.js';
import { SCANS, type Morning } from './morning.js';
import type { DayInTheReport } from './opd-report.js';
import type { PullReport } from './patients-apps.js';
import { underWay, type VisitCounts } from './visit-counts.js';

export interface Day {
  readonly morning: Morning;
  /** Of the day people came to the counters, and of the day of the visits. */
  readonly opdReports: readonly DayInTheReport[];
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
    ...morningRows(day.morning),
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
    ...day.opdReports.map(reportRow),
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
    ...morningProblems(day.morning, day.opdReports[0]),
    ...day.opdReports.flatMap(({ doesNotAddUp }) => doesNotAddUp),
    ...day.violations.slice(0, 10).map(({ rule, detail }) => `violation ${rule}: ${detail}`),
  ];
  return problems.filter((problem) => problem !== false);
}

const morningRows = ({ scans, counters, registered }: Morning): (readonly [string, string])[] => [
  ['scans at the counters', `${SCANS} at ${counters.length} counters, ${registered} registered`],
  ['token numbers', `${scans.answered}, gaps ${scans.missing}, doubles ${scans.doubles}`],
  ['slowest answer', `${((scans.slowestMs ?? 0) / 1000).toFixed(1)} s of 30 s`],
];

const reportRow = ({ day, counts }: DayInTheReport): readonly [string, string] => [
  `OPD report ${day}`,
  `${counts.registrations} registrations, ${counts.scanAndShare} by scan and share, ${counts.abhaLinked} ABHA-linked, ` +
    `${counts.waitingForAbha} waiting for ABHA, ${counts.neither} neither`,
];

function morningProblems(morning: Morning, today: DayInTheReport | undefined): (string | false)[] {
  const { scans, registered } = morning;
  return [
    scans.answered !== SCANS && `${SCANS} people scanned, and ${scans.answered} got a token in time`,
    scans.missing > 0 && `${scans.missing} token numbers were left out`,
    scans.doubles > 0 && `${scans.doubles} token numbers were given twice`,
    registered !== SCANS && `${SCANS} people scanned, and ${registered} could be registered`,
    today?.counts.scanAndShare !== registered &&
      `${registered} were registered by scan and share, and the report says ${today?.counts.scanAndShare ?? 0}`,
  ];
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

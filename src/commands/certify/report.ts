import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportHtml } from './report-html.js';
import { BOTH_MILESTONES, milestoneOf, MILESTONES, type Milestone } from './sheets.js';
import { isMandatory } from './test-cases.js';
import { outcomeOf, VERDICTS, type CaseResult, type MilestoneReport, type Report, type Verdict } from './verdict.js';

export function reportOf(cases: readonly CaseResult[], about: string, startedAt: Date, endedAt: Date): Report {
  const milestones = BOTH_MILESTONES.map((milestone) => milestoneReport(milestone, cases)).filter(
    (one) => one.cases.length > 0,
  );
  return {
    about,
    startedAt: startedAt.toISOString(),
    milliseconds: endedAt.getTime() - startedAt.getTime(),
    failedMandatory: milestones.flatMap(({ failedMandatory }) => failedMandatory),
    milestones,
  };
}

function milestoneReport(milestone: Milestone, all: readonly CaseResult[]): MilestoneReport {
  const cases = all.filter((one) => milestoneOf(one) === milestone);
  const count = (verdict: Verdict): number => cases.filter((one) => one.verdict === verdict).length;
  const mandatory = (verdict: Verdict): readonly string[] =>
    cases.filter((one) => one.verdict === verdict && isMandatory(one)).map(({ id }) => id);
  return {
    milestone,
    title: MILESTONES[milestone],
    counts: Object.fromEntries(VERDICTS.map((verdict) => [verdict, count(verdict)])) as Record<Verdict, number>,
    failedMandatory: mandatory('failed'),
    missingMandatory: mandatory('not built yet'),
    cases,
  };
}

/** Writes report.json and report.html. @returns their paths */
export async function writeReport(folder: string, report: Report): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const files = [
    [join(folder, 'report.html'), reportHtml(report)],
    [join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`],
  ] as const;
  for (const [path, text] of files) await writeFile(path, text);
  return files.map(([path]) => path);
}

/** For the terminal: a line a case, and why it did not pass. Reasons that many cases share are said once. */
export function verdictTable({ milestones }: Report): string {
  const said = new Set<string>();
  return milestones.map((one) => milestoneTable(one, said)).join('');
}

function milestoneTable(of: MilestoneReport, said: Set<string>): string {
  const width = Math.max(...of.cases.map(({ id }) => id.length));
  const lines = of.cases.map(({ number, id, verdict, why }) => {
    const reason = why === undefined || said.has(why) ? '' : why;
    said.add(why ?? '');
    return `  ${String(number).padStart(3)}  ${id.padEnd(width)}  ${verdict.padEnd(14)}  ${reason}`.trimEnd();
  });
  const sum = VERDICTS.map((verdict) => `${verdict} ${of.counts[verdict]}`).join(', ');
  return `\nMilestone ${of.milestone}: ${of.title}\n\n${lines.join('\n')}\n\n  ${sum}\n  ${outcomeOf(of)}\n`;
}

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reportHtml } from './report-html.js';
import { isMandatory } from './test-cases.js';
import { VERDICTS, type CaseResult, type Report, type Verdict } from './verdict.js';

export function reportOf(cases: readonly CaseResult[], about: string, startedAt: Date, endedAt: Date): Report {
  const count = (verdict: Verdict): number => cases.filter((one) => one.verdict === verdict).length;
  return {
    about,
    startedAt: startedAt.toISOString(),
    milliseconds: endedAt.getTime() - startedAt.getTime(),
    counts: Object.fromEntries(VERDICTS.map((verdict) => [verdict, count(verdict)])) as Record<Verdict, number>,
    failedMandatory: cases.filter((one) => one.verdict === 'failed' && isMandatory(one)).map(({ id }) => id),
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
export function verdictTable({ cases, counts, failedMandatory }: Report): string {
  const width = Math.max(...cases.map(({ id }) => id.length));
  const said = new Set<string>();
  const lines = cases.map(({ number, id, verdict, why }) => {
    const reason = why === undefined || said.has(why) ? '' : why;
    said.add(why ?? '');
    return `  ${String(number).padStart(2)}  ${id.padEnd(width)}  ${verdict.padEnd(14)}  ${reason}`.trimEnd();
  });
  const sum = VERDICTS.map((verdict) => `${verdict} ${counts[verdict]}`).join(', ');
  const end =
    failedMandatory.length === 0
      ? 'No mandatory case of Milestone 2 failed.'
      : `Mandatory cases of Milestone 2 that failed: ${failedMandatory.join(', ')}`;
  return `\n${lines.join('\n')}\n\n  ${sum}\n  ${end}\n`;
}

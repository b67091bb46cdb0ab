import type { ImagingReport, LabReport, Visit } from '../../ports/visit.js';

/**
 * Tells the reports of a visit apart: by the department's number, and by number and test where two have one number (one
 * sample, two tests). Counted over all reports, also those still in work, so that authorising one renames no other.
 */
export function reportParts(visit: Visit): (report: LabReport | ImagingReport) => string {
  const reports = new Set([...visit.labReports, ...visit.imagingReports]);
  const taken = new Set<string>();
  const parts = new Map<LabReport | ImagingReport, string>();
  for (const report of reports) {
    const isAlone = [...reports].every((other) => other === report || other.number !== report.number);
    const name = isAlone ? report.number : `${report.number}/${reportTitle(report)}`;
    let part = name;
    for (let place = 2; taken.has(part); place += 1) part = `${name}/${place}`;
    taken.add(part);
    parts.set(report, part);
  }
  return (report) => parts.get(report) ?? report.number;
}

/** What was examined, in the hospital's words. */
export function reportTitle(report: LabReport | ImagingReport): string {
  return 'test' in report ? report.test : report.study;
}

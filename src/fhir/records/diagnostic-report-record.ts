import type { FhirResource } from 'fhir/r4.js';
import type { ImagingReport, LabReport, Visit } from '../../ports/visit.js';
import { concept } from '../terminology/coding.js';
import {
  DIAGNOSTIC_REPORT_RECORD,
  DIAGNOSTIC_REPORT_SECTION,
} from '../validation/profiles/diagnostic-report-record.js';
import { reportHead } from './authorised-report.js';
import { section } from './document-bundle.js';
import { imagingDocument, imagingLines, toldImagingReport } from './imaging-report.js';
import { toldLabReport } from './lab-report.js';
import type { Label, Line } from './narrative.js';
import type { RecordBuilder, RecordDraft } from './record-draft.js';
import { reportParts } from './report-parts.js';
import type { VisitFrame } from './visit-frame.js';

/**
 * NRCeS DiagnosticReportRecord: one document per authorised report, since its single section takes one report and the
 * patient shares them one by one. Reports still in work never leave the hospital.
 * Source: https://nrces.in/ndhm/fhir/r4/StructureDefinition/DiagnosticReportRecord
 */
export const diagnosticReportRecord: RecordBuilder = (visit, frame) => {
  const partOf = reportParts(visit);
  return [
    ...authorisedLabReports(visit).map((report) => labDraft(report, partOf(report), visit, frame)),
    ...authorisedImagingReports(visit).flatMap((report) => imagingDraft(report, partOf(report), visit, frame)),
  ];
};

/** One without results has nothing to tell. */
export function authorisedLabReports(visit: Visit): readonly LabReport[] {
  return [...new Set(visit.labReports)].filter(({ status, results }) => status === 'authorised' && results.length > 0);
}

export function authorisedImagingReports(visit: Visit): readonly ImagingReport[] {
  return [...new Set(visit.imagingReports)].filter(({ status }) => status === 'authorised');
}

function labDraft(from: LabReport, part: string, visit: Visit, frame: VisitFrame): RecordDraft {
  const { report, around, lines } = toldLabReport(from, part, frame);
  return {
    ...common(part, { en: `Laboratory report: ${from.test}`, hi: `लैब रिपोर्ट: ${from.test}` }, [report], lines),
    at: from.authorisedAt ?? from.collectedAt ?? visit.registeredAt,
    head: [
      ...reportHead(from, from.collectedAt),
      [{ en: 'Sample', hi: 'नमूना' }, from.sample === undefined ? undefined : { text: from.sample }],
    ],
    around,
  };
}

function imagingDraft(from: ImagingReport, part: string, visit: Visit, frame: VisitFrame): readonly RecordDraft[] {
  const told = toldImagingReport(from, part, frame);
  const document = told === undefined ? imagingDocument(from, part, frame) : undefined;
  const shown = told?.report ?? document;
  if (shown === undefined) return [];
  const lines = imagingLines(from);
  const title = { en: `Imaging report: ${from.study}`, hi: `इमेजिंग रिपोर्ट: ${from.study}` };
  return [
    {
      ...common(part, title, [shown], lines.length > 0 ? lines : [{ text: from.study }]),
      at: from.authorisedAt ?? from.performedAt ?? visit.registeredAt,
      head: reportHead(from, from.performedAt),
      around: told?.around ?? [],
    },
  ];
}

function common(
  part: string,
  title: Label,
  resources: readonly FhirResource[],
  lines: readonly Line[],
): Pick<RecordDraft, 'part' | 'profile' | 'type' | 'title' | 'sections'> {
  return {
    part,
    profile: DIAGNOSTIC_REPORT_RECORD.url,
    type: concept(DIAGNOSTIC_REPORT_RECORD.elements.type.coding.usual, 'Diagnostic report'),
    title: title.en,
    sections: [section(DIAGNOSTIC_REPORT_SECTION.usualCode, title, { resources, lines })],
  };
}

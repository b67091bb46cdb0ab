import type { DiagnosticReport, FhirResource, PractitionerRole } from 'fhir/r4.js';
import type { ImagingReport, LabReport } from '../../ports/visit.js';
import { practitionerRole } from '../resources/practitioner-role.js';
import type { Line, Row } from './narrative.js';
import type { VisitFrame } from './visit-frame.js';

/** A report as a resource, and as lines a patient can read. */
export interface ToldReport {
  readonly report: DiagnosticReport;
  /** What it points at: results, specimen, picture, who authorised it. */
  readonly around: readonly FhirResource[];
  readonly lines: readonly Line[];
}

/** Who signed: the hospital gives a name without any number, so it is a role. One person is one resource. */
export function authoriser(
  { authorisedBy }: LabReport | ImagingReport,
  { idOf, facility, parts }: VisitFrame,
): PractitionerRole | undefined {
  if (authorisedBy === undefined) return undefined;
  const person = { name: authorisedBy, id: undefined, registrationNumber: undefined, hprId: undefined };
  const role = { ...person, role: 'Authorises diagnostic reports' };
  return practitionerRole(idOf('authoriser', authorisedBy), role, facility.hfrId, parts.hospital);
}

/** Rows at the head of a report's narrative. */
export function reportHead(report: LabReport | ImagingReport, takenAt: string | undefined): readonly Row[] {
  return [
    [{ en: 'Report number', hi: 'रिपोर्ट क्रमांक' }, { text: report.number }],
    [{ en: 'Sample or picture taken', hi: 'नमूना या चित्र लिया गया' }, moment(takenAt)],
    [{ en: 'Authorised', hi: 'प्रमाणित' }, moment(report.authorisedAt)],
    [
      { en: 'Authorised by', hi: 'प्रमाणित करने वाले' },
      report.authorisedBy === undefined ? undefined : { text: report.authorisedBy },
    ],
  ];
}

/** A time as people write it; undefined is left out. */
export function moment(time: string | undefined): Line | undefined {
  return time === undefined ? undefined : { text: time.slice(0, 16).replace('T', ' ') };
}

import type { DiagnosticReport, FhirResource } from 'fhir/r4.js';
import type { Visit } from '../../ports/visit.js';
import { stay } from '../resources/stay.js';
import { concept } from '../terminology/coding.js';
import {
  DISCHARGE_SUMMARY_RECORD,
  DISCHARGE_SUMMARY_SECTIONS as SECTIONS,
} from '../validation/profiles/discharge-summary-record.js';
import { moment } from './authorised-report.js';
import type { ToldReport } from './authorised-report.js';
import { authorisedImagingReports, authorisedLabReports } from './diagnostic-report-record.js';
import { section } from './document-bundle.js';
import { toldImagingReport } from './imaging-report.js';
import { toldLabReport } from './lab-report.js';
import type { Label, Line, Row, Told } from './narrative.js';
import type { FilledSection, RecordBuilder } from './record-draft.js';
import { reportParts, reportTitle } from './report-parts.js';
import { carePlans, examination, familyHistory, nothingRecorded, pastHistory, procedures } from './told-stay.js';
import type { EndedStay } from './told-stay.js';
import { allergies, complaints, diagnoses, medications, vitalSigns } from './told.js';
import type { VisitFrame } from './visit-frame.js';

/**
 * NRCeS DischargeSummaryRecord: a stay of day care or in a ward, once it has ended. What the OPD visit already told
 * (complaint, vitals, medicines) keeps its ids and its Encounter; what happened in the ward stands on the stay's own.
 * Source: https://nrces.in/ndhm/fhir/r4/StructureDefinition/DischargeSummaryRecord
 */
export const dischargeSummary: RecordBuilder = (visit, frame) => {
  const { admission } = visit;
  if (admission?.dischargedAt === undefined) return [];
  const ended: EndedStay = { ...admission, dischargedAt: admission.dischargedAt };
  const encounter = stay(frame.idOf('stay'), ended, frame.facility.hfrId, frame.parts);
  const inStay: VisitFrame = { ...frame, parts: { ...frame.parts, encounter } };
  const reports = toldReports(visit, frame);
  const sections = sectionsOf(visit, ended, reports, frame, inStay).filter((each) => each !== undefined);
  return [
    {
      part: '',
      profile: DISCHARGE_SUMMARY_RECORD.url,
      type: concept(DISCHARGE_SUMMARY_RECORD.elements.type.coding.exactly, 'Discharge summary'),
      title: 'Discharge summary',
      at: ended.dischargedAt,
      encounter,
      head: head(ended),
      sections: sections.length > 0 ? sections : [told('physicalExamination', PHYSICAL, nothingRecorded(inStay))],
      around: [frame.parts.encounter, ...onceEach(reports.flatMap(({ around }) => around))],
    },
  ];
};

const PHYSICAL: Label = { en: 'Physical examination', hi: 'शारीरिक जाँच' };

/** In the order of the profile. */
function sectionsOf(
  visit: Visit,
  ended: EndedStay,
  reports: readonly ToldReport[],
  frame: VisitFrame,
  inStay: VisitFrame,
): readonly (FilledSection | undefined)[] {
  const physical = joined<FhirResource>(examination(ended, inStay), vitalSigns(visit, frame));
  // The profile has no section of its own for the diagnosis; this one takes conditions.
  const medical = joined<FhirResource>(
    prefixed('Diagnosis / निदान', diagnoses(visit, frame)),
    pastHistory(ended, inStay),
  );
  return [
    told('chiefComplaints', { en: 'Chief complaints', hi: 'मुख्य शिकायतें' }, complaints(visit, frame)),
    told('physicalExamination', PHYSICAL, physical),
    told('allergies', { en: 'Allergies', hi: 'एलर्जी' }, allergies(visit, frame)),
    told('medicalHistory', { en: 'Diagnosis and past history', hi: 'निदान और पुरानी बीमारियाँ' }, medical),
    told('familyHistory', { en: 'Family history', hi: 'परिवार में बीमारियाँ' }, familyHistory(ended, inStay)),
    told(
      'investigations',
      { en: 'Test results', hi: 'जाँच के परिणाम' },
      {
        resources: reports.map(({ report }): DiagnosticReport => report),
        lines: reports.flatMap(({ lines }) => lines),
      },
    ),
    told('medications', { en: 'Medicines at discharge', hi: 'छुट्टी के समय दवाइयाँ' }, medications(visit, frame)),
    told('procedures', { en: 'Procedures', hi: 'ऑपरेशन और प्रक्रियाएँ' }, procedures(ended, inStay)),
    told('carePlan', { en: 'After discharge', hi: 'छुट्टी के बाद' }, carePlans(ended, visit, inStay)),
  ];
}

/**
 * The authorised reports of the visit, each under its title. An imaging report without a picture is no DiagnosticReport
 * and this section takes nothing else: it is told in its own document.
 */
function toldReports(visit: Visit, frame: VisitFrame): readonly ToldReport[] {
  const partOf = reportParts(visit);
  return [
    ...authorisedLabReports(visit).map((from) => titled(reportTitle(from), toldLabReport(from, partOf(from), frame))),
    ...authorisedImagingReports(visit).flatMap((from) => {
      const report = toldImagingReport(from, partOf(from), frame);
      return report === undefined ? [] : [titled(reportTitle(from), report)];
    }),
  ];
}

function titled(title: string, report: ToldReport): ToldReport {
  return { ...report, lines: report.lines.map((line) => ({ ...line, text: `${title}: ${line.text}` })) };
}

function prefixed<T>(label: string, { resources, lines }: Told<T>): Told<T> {
  return { resources, lines: lines.map((line): Line => ({ ...line, text: `${label}: ${line.text}` })) };
}

function joined<T>(...parts: readonly Told<T>[]): Told<T> {
  return {
    resources: parts.flatMap(({ resources }) => resources),
    lines: parts.flatMap(({ lines }) => lines),
  };
}

/** Two reports signed by one person point at one resource. */
function onceEach(resources: readonly FhirResource[]): readonly FhirResource[] {
  return [...new Map(resources.map((resource) => [resource.id, resource])).values()];
}

function told(name: keyof typeof SECTIONS, title: Label, what: Told<FhirResource>): FilledSection | undefined {
  return section(SECTIONS[name].code, title, what);
}

function head({ number, ward, admittedAt, dischargedAt, outcome, kind }: EndedStay): readonly Row[] {
  const text = (value: string | undefined): Line | undefined => (value === undefined ? undefined : { text: value });
  return [
    [
      { en: 'Stay', hi: 'भर्ती' },
      kind === 'day-care' ? { text: 'Day care', hindi: 'डे केयर' } : { text: 'In a ward', hindi: 'वार्ड में' },
    ],
    [{ en: 'Admission number', hi: 'भर्ती क्रमांक' }, text(number)],
    [{ en: 'Ward', hi: 'वार्ड' }, text(ward)],
    [{ en: 'Admitted', hi: 'भर्ती हुए' }, moment(admittedAt)],
    [{ en: 'Discharged', hi: 'छुट्टी हुई' }, moment(dischargedAt)],
    [{ en: 'Outcome', hi: 'छुट्टी के समय स्थिति' }, text(outcome)],
  ];
}

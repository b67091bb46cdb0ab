import type { CodeableConcept, DiagnosticReport, Media, Observation, PractitionerRole, Reference } from 'fhir/r4.js';
import { PROFILES } from '../terminology/profiles.js';
import { localSystem } from '../terminology/systems.js';
import { instant } from './instant.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** What every authorised report says of itself. */
export interface ReportFacts {
  /** The department's number. */
  readonly number: string;
  readonly code: CodeableConcept;
  /** When the sample or the picture was taken. */
  readonly takenAt: string | undefined;
  readonly authorisedAt: string | undefined;
  /** NRCeS wants somebody; the hospital answers where it names nobody. */
  readonly authorisedBy: PractitionerRole | undefined;
  readonly conclusion: string;
  readonly results: readonly Observation[];
}

/** A laboratory report. It carries no category: the hospital does not say which section of its laboratory did the work. */
export function labDiagnosticReport(
  id: string,
  from: ReportFacts & { readonly specimen: Reference | undefined },
  hfrId: string,
  of: VisitParts,
): DiagnosticReport {
  return {
    ...diagnosticReport(id, from, hfrId, of),
    meta: { profile: [PROFILES.diagnosticReportLab] },
    specimen: from.specimen === undefined ? [] : [from.specimen],
  };
}

export function imagingDiagnosticReport(
  id: string,
  from: ReportFacts & { readonly picture: Media },
  hfrId: string,
  of: VisitParts,
): DiagnosticReport {
  return {
    ...diagnosticReport(id, from, hfrId, of),
    meta: { profile: [PROFILES.diagnosticReportImaging] },
    media: [{ link: ref(from.picture) }],
  };
}

function diagnosticReport(id: string, from: ReportFacts, hfrId: string, of: VisitParts): DiagnosticReport {
  const { authorisedBy } = from;
  const hospital = ref(of.hospital, of.hospital.name);
  return {
    resourceType: 'DiagnosticReport',
    id,
    identifier: [{ system: localSystem(hfrId, 'report'), value: from.number }],
    status: 'final',
    code: from.code,
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    effectiveDateTime: from.takenAt,
    issued: instant(from.authorisedAt),
    performer: [hospital],
    resultsInterpreter: [authorisedBy === undefined ? hospital : ref(authorisedBy, authorisedBy.practitioner?.display)],
    result: from.results.map((result) => ref(result, result.code.text)),
    conclusion: from.conclusion,
  };
}

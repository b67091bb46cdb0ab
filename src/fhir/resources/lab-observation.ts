import type { CodeableConcept, Observation, Reference } from 'fhir/r4.js';
import { coding, concept } from '../terminology/coding.js';
import { interpretation } from '../terminology/lab-result.js';
import type { ReadLabResult } from '../terminology/lab-result.js';
import { PROFILES } from '../terminology/profiles.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';
import { instant } from './instant.js';
import type { VisitParts } from './parts.js';
import { ref } from './reference.js';

/** What the results of one report share. */
export interface LabReportParts extends VisitParts {
  readonly collectedAt: string | undefined;
  readonly authorisedAt: string | undefined;
  /** A Specimen, or its words where too little is known for one. */
  readonly specimen: Reference | undefined;
}

/** One parameter of a laboratory report. */
export function labObservation(
  id: string,
  code: CodeableConcept,
  { value, referenceRange, flag, note }: ReadLabResult,
  of: LabReportParts,
): Observation {
  return {
    resourceType: 'Observation',
    id,
    meta: { profile: [PROFILES.observation] },
    status: 'final',
    category: [concept(coding(CODE_SYSTEMS.observationCategory, 'laboratory', 'Laboratory'))],
    code,
    subject: ref(of.patient),
    encounter: ref(of.encounter),
    effectiveDateTime: of.collectedAt,
    issued: instant(of.authorisedAt),
    performer: [ref(of.hospital, of.hospital.name)],
    ...value,
    interpretation: flag === undefined ? [] : [interpretation(flag)],
    note: note === undefined ? [] : [{ text: note }],
    specimen: of.specimen,
    referenceRange: referenceRange === undefined ? [] : [referenceRange],
  };
}

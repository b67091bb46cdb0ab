import type { CodeableConcept, CompositionSection, Encounter, FhirResource } from 'fhir/r4.js';
import type { Visit } from '../../ports/visit.js';
import type { Label, Line } from './narrative.js';
import type { VisitFrame } from './visit-frame.js';

/** A section and the resources it points at. */
export interface FilledSection {
  readonly section: CompositionSection;
  readonly resources: readonly FhirResource[];
}

/** What one document says beyond what all documents of a visit share. */
export interface RecordDraft {
  /** Tells documents of one kind apart, e.g. the lab number; the same in every version of the visit. '' where there is one. */
  readonly part: string;
  /** URL of the NRCeS profile of its Composition. */
  readonly profile: string;
  readonly type: CodeableConcept;
  /** As the patient's app lists it. */
  readonly title: string;
  /** When what it tells of was done or signed, ISO 8601 with offset. */
  readonly at: string;
  /** Where it is not the OPD visit: the stay in a ward. */
  readonly encounter?: Encounter;
  /** Further rows at the head of the narrative, after who, where and when. */
  readonly head?: readonly (readonly [Label, Line | undefined])[];
  readonly sections: readonly (FilledSection | undefined)[];
  /** What the sections' resources stand on: specimens, results, charge items. */
  readonly around?: readonly FhirResource[];
}

/** The documents of one kind that a visit holds; an empty list when it holds none. */
export type RecordBuilder = (visit: Visit, frame: VisitFrame) => readonly RecordDraft[];

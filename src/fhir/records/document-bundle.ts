import type { Bundle, BundleEntry, Coding, Composition, CompositionSection, FhirResource } from 'fhir/r4.js';
import { urn, ref } from '../resources/reference.js';
import { coding } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import { CODE_SYSTEMS } from '../terminology/systems.js';
import { listNarrative } from './narrative.js';
import type { Label, Line } from './narrative.js';

/** What makes one sending of a document different from the next: new for every version of the visit. */
export interface Envelope {
  readonly id: string;
  /** Unique per document and version: re-using one hides the earlier bundle in the patient's app. */
  readonly identifier: { readonly system: string; readonly value: string };
  readonly version: number;
  /** ISO 8601 with offset. */
  readonly timestamp: string;
}

/** A section and the resources it points at. */
export interface FilledSection {
  readonly section: CompositionSection;
  readonly resources: readonly FhirResource[];
}

/** @returns undefined for a section without entries, which is left out rather than sent empty */
export function section(
  code: Coding,
  title: Label,
  resources: readonly FhirResource[],
  lines: readonly Line[],
): FilledSection | undefined {
  if (resources.length === 0) return undefined;
  return {
    section: {
      title: title.en,
      code: { coding: [code] },
      text: listNarrative(title, lines),
      entry: resources.map((resource) => ref(resource)),
    },
    resources,
  };
}

/**
 * A FHIR document: the Composition first, then what it stands on, then the sections' resources.
 * Source: NRCeS DocumentBundle.
 */
export function documentBundle(
  envelope: Envelope,
  composition: Omit<Composition, 'resourceType' | 'section'>,
  sections: readonly (FilledSection | undefined)[],
  around: readonly FhirResource[],
): Bundle {
  const filled = sections.filter((each) => each !== undefined);
  const head: Composition = {
    resourceType: 'Composition',
    ...composition,
    section: filled.map((each) => each.section),
  };
  const resources = [head, ...around, ...filled.flatMap((each) => each.resources)];
  return withoutEmpties<Bundle>({
    resourceType: 'Bundle',
    id: envelope.id,
    meta: {
      versionId: String(envelope.version),
      lastUpdated: envelope.timestamp,
      profile: [PROFILES.documentBundle],
      security: [coding(CODE_SYSTEMS.confidentiality, 'V', 'very restricted')],
    },
    identifier: { ...envelope.identifier },
    type: 'document',
    timestamp: envelope.timestamp,
    entry: resources.map((resource): BundleEntry => ({ fullUrl: urn(resource.id), resource })),
  });
}

/** FHIR knows no empty list, object or null: builders may write `undefined` and `[]`, the wire sees neither. */
function withoutEmpties<T>(value: T): T {
  // The shape stays the same: only members that are optional and empty go.
  return (prune(value) ?? {}) as T;
}

function prune(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (Array.isArray(value)) {
    const kept = value.map(prune).filter((each) => each !== undefined);
    return kept.length === 0 ? undefined : kept;
  }
  if (typeof value !== 'object') return value;
  const kept = Object.entries(value)
    .map(([key, each]: [string, unknown]) => [key, prune(each)] as const)
    .filter(([, each]) => each !== undefined);
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

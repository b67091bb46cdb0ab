import type { Bundle, BundleEntry, Coding, Composition, FhirResource } from 'fhir/r4.js';
import type { HiType } from '../../ports/visit.js';
import { urn, ref } from '../resources/reference.js';
import { coding } from '../terminology/coding.js';
import { PROFILES } from '../terminology/profiles.js';
import { CODE_SYSTEMS, localSystem } from '../terminology/systems.js';
import { listNarrative, tableNarrative } from './narrative.js';
import type { Label, Told } from './narrative.js';
import type { FilledSection, RecordDraft } from './record-draft.js';
import { fingerprint } from './record-ids.js';
import type { VisitFrame } from './visit-frame.js';

/** @returns undefined for a section without entries, which is left out rather than sent empty */
export function section(
  code: Coding | undefined,
  title: Label,
  { resources, lines }: Told<FhirResource>,
): FilledSection | undefined {
  if (resources.length === 0) return undefined;
  return {
    section: {
      title: title.en,
      ...(code !== undefined && { code: { coding: [code] } }),
      text: listNarrative(title, lines),
      entry: resources.map((resource) => ref(resource)),
    },
    resources,
  };
}

/**
 * A FHIR document: the Composition first, then what it stands on, then the sections' resources.
 *
 * Its identifier comes from what is in it: one that is used again hides the earlier document in the patient's app, so
 * whatever changes (the visit, its ABHA, a terminology table) makes a new one, and the same visit the same bytes.
 * Source: NRCeS DocumentBundle.
 */
export function documentBundle(hiType: HiType, draft: RecordDraft, frame: VisitFrame): Bundle {
  const resources = withoutEmpties(resourcesOf(hiType, draft, frame));
  const entry = resources.map((resource): BundleEntry => ({ fullUrl: urn(resource.id), resource }));
  const version = [hiType, draft.part, frame.rowVersion, fingerprint(entry)] as const;
  const { at } = frame.parts;
  return {
    resourceType: 'Bundle',
    id: frame.idOf('bundle', ...version),
    meta: {
      versionId: String(frame.rowVersion),
      lastUpdated: at,
      profile: [PROFILES.documentBundle],
      security: [coding(CODE_SYSTEMS.confidentiality, 'V', 'very restricted')],
    },
    identifier: { system: localSystem(frame.facility.hfrId, 'document'), value: frame.idOf('document', ...version) },
    type: 'document',
    timestamp: at,
    entry,
  };
}

/** Which record of the visit it is, the same in every version of it. */
export function compositionId(hiType: HiType, { part }: RecordDraft, { idOf }: VisitFrame): string {
  return idOf('composition', hiType, ...(part === '' ? [] : [part]));
}

function resourcesOf(hiType: HiType, draft: RecordDraft, frame: VisitFrame): FhirResource[] {
  const { patient, author, hospital } = frame.parts;
  const encounter = draft.encounter ?? frame.parts.encounter;
  const sections = draft.sections.filter((each) => each !== undefined);
  const composition: Composition = {
    resourceType: 'Composition',
    id: compositionId(hiType, draft, frame),
    meta: { profile: [draft.profile] },
    language: 'en-IN',
    text: tableNarrative([...frame.head, ...(draft.head ?? [])]),
    identifier: frame.recordIdentifier(hiType, draft.part),
    status: 'final',
    type: draft.type,
    subject: ref(patient),
    encounter: ref(encounter),
    date: draft.at,
    author: [ref(author)],
    title: draft.title,
    custodian: ref(hospital, hospital.name),
    section: sections.map((each) => each.section),
  };
  const around = [patient, author, hospital, encounter, ...(draft.around ?? [])];
  return [composition, ...around, ...sections.flatMap((each) => each.resources)];
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

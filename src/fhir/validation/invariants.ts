import { isObject, listOf, objectsAt } from './json-path.js';
import type { JsonObject } from './json-path.js';
import type { Report } from './report.js';

/**
 * The rules of R4 that no table of fields can say, for the resources our records use. A row is R4's own key, where it
 * stands, and the condition that has to hold. Source: R4 definitions, `constraint`.
 */
interface Invariant {
  readonly key: string;
  /** Path below the resource; the condition is asked of each object found there. `[]`: the resource. */
  readonly at: readonly string[];
  readonly holds: (value: JsonObject) => boolean;
}

const given = (value: JsonObject, ...names: readonly string[]): boolean =>
  names.some((name) => value[name] !== undefined);

const statusCode = (value: JsonObject, element: string): unknown => {
  const concept = value[element];
  const [coding] = isObject(concept) ? listOf(concept['coding']) : [];
  return isObject(coding) ? coding['code'] : undefined;
};

const INVARIANTS: Readonly<Record<string, readonly Invariant[]>> = {
  Composition: [
    { key: 'cmp-1', at: ['section'], holds: (section) => given(section, 'text', 'entry', 'section') },
    { key: 'cmp-2', at: ['section'], holds: (section) => !given(section, 'emptyReason') || !given(section, 'entry') },
  ],
  Patient: [
    {
      key: 'pat-1',
      at: ['contact'],
      holds: (contact) => given(contact, 'name', 'telecom', 'address', 'organization'),
    },
    { key: 'cpt-2', at: ['telecom'], holds: (telecom) => !given(telecom, 'value') || given(telecom, 'system') },
  ],
  Organization: [
    { key: 'org-1', at: [], holds: (organization) => given(organization, 'identifier', 'name') },
    { key: 'org-3', at: ['telecom'], holds: (telecom) => telecom['use'] !== 'home' },
    { key: 'org-2', at: ['address'], holds: (address) => address['use'] !== 'home' },
  ],
  Encounter: [{ key: 'per-1', at: ['period'], holds: isForward }],
  Condition: [
    {
      key: 'con-5',
      at: [],
      holds: (condition) =>
        statusCode(condition, 'verificationStatus') !== 'entered-in-error' || !given(condition, 'clinicalStatus'),
    },
  ],
  AllergyIntolerance: [
    {
      key: 'ait-1',
      at: [],
      holds: (allergy) =>
        statusCode(allergy, 'verificationStatus') === 'entered-in-error' || given(allergy, 'clinicalStatus'),
    },
  ],
  Observation: [
    {
      key: 'obs-6',
      at: [],
      holds: (observation) => !given(observation, 'dataAbsentReason') || !hasValue(observation),
    },
  ],
  Appointment: [
    { key: 'app-1', at: ['participant'], holds: (participant) => given(participant, 'type', 'actor') },
    { key: 'app-2', at: [], holds: (appointment) => given(appointment, 'start') === given(appointment, 'end') },
  ],
  DocumentReference: [
    {
      key: 'att-1',
      at: ['content', 'attachment'],
      holds: (attachment) => !given(attachment, 'data') || given(attachment, 'contentType'),
    },
  ],
};

export function checkInvariants(resource: JsonObject, report: Report): void {
  const type = resource['resourceType'];
  if (typeof type !== 'string' || !Object.hasOwn(INVARIANTS, type)) return;
  report.inResource(type, () => {
    for (const { key, at, holds } of INVARIANTS[type] ?? []) {
      for (const { value, steps } of objectsAt(resource, at)) if (!holds(value)) report.add('invariant', steps, key);
    }
  });
}

function isForward(period: JsonObject): boolean {
  const { start, end } = period;
  if (typeof start !== 'string' || typeof end !== 'string') return true;
  return Date.parse(start) <= Date.parse(end) || start.startsWith(end);
}

function hasValue(value: JsonObject): boolean {
  return Object.keys(value).some((key) => /^value[A-Z]/.test(key));
}

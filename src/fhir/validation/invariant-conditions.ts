import { isObject, listOf } from './json-path.js';
import type { JsonObject } from './json-path.js';
import { isSameValue } from './value-match.js';

/** @param resource the resource the value stands in, `%resource` of FHIRPath */
export type Condition = (value: JsonObject, resource: JsonObject) => boolean;

/**
 * R4's invariants that our own records meet, by R4's key: hundreds of times faster than their FHIRPath, with which a
 * test compares them. Source: R4 4.0.1 definitions, `constraint.expression`.
 */
export const CONDITIONS: Readonly<Record<string, Condition>> = {
  // ── data types ──
  'att-1': (attachment) => !has(attachment, 'data') || has(attachment, 'contentType'),
  'cpt-2': (contact) => !has(contact, 'value') || has(contact, 'system'),
  'qty-3': (quantity) => !has(quantity, 'code') || has(quantity, 'system'),
  'age-1': (age) => isUcum(age) && (has(age, 'code') || !has(age, 'value')) && !(Number(age['value']) <= 0),
  'drt-1': (duration) => !has(duration, 'code') || (duration['system'] === UCUM && has(duration, 'value')),
  'per-1': ({ start, end }) => typeof start !== 'string' || typeof end !== 'string' || isNotAfter(start, end),
  'rng-2': ({ low, high }) => !isObject(low) || !isObject(high) || isNotMore(low, high),
  'rat-1': (ratio) => {
    const isWhole = has(ratio, 'numerator') === has(ratio, 'denominator');
    return isWhole && (has(ratio, 'numerator') || has(ratio, 'extension'));
  },
  'tim-1': (repeat) => !has(repeat, 'duration') || has(repeat, 'durationUnit'),
  'tim-2': (repeat) => !has(repeat, 'period') || has(repeat, 'periodUnit'),
  'tim-4': (repeat) => !(Number(repeat['duration']) < 0),
  'tim-5': (repeat) => !(Number(repeat['period']) < 0),
  'tim-6': (repeat) => !has(repeat, 'periodMax') || has(repeat, 'period'),
  'tim-7': (repeat) => !has(repeat, 'durationMax') || has(repeat, 'duration'),
  'tim-8': (repeat) => !has(repeat, 'countMax') || has(repeat, 'count'),
  'tim-9': (repeat) => {
    const isMeal = listOf(repeat['when']).some((when) => MEALS.has(when));
    return !has(repeat, 'offset') || (has(repeat, 'when') && !isMeal);
  },
  'tim-10': (repeat) => !has(repeat, 'timeOfDay') || !has(repeat, 'when'),

  // ── every resource ──
  'dom-2': (resource) => containedIn(resource).every((each) => !has(each, 'contained')),
  'dom-3': (resource) => containedIn(resource).every((each) => isReferred(each, resource)),
  'dom-4': (resource) => containedIn(resource).every((each) => !metaHas(each, 'versionId', 'lastUpdated')),
  'dom-5': (resource) => containedIn(resource).every((each) => !metaHas(each, 'security')),

  // ── Bundle, Composition ──
  'bdl-1': (bundle) => !has(bundle, 'total') || isOneOf(bundle['type'], 'searchset', 'history'),
  'bdl-2': (bundle) => bundle['type'] === 'searchset' || !entriesOf(bundle).some((entry) => has(entry, 'search')),
  'bdl-3': (bundle) => {
    const isAsked = isOneOf(bundle['type'], 'batch', 'transaction', 'history');
    return entriesOf(bundle).every((entry) => has(entry, 'request') === isAsked);
  },
  'bdl-4': (bundle) => {
    const isAnswered = isOneOf(bundle['type'], 'batch-response', 'transaction-response', 'history');
    return entriesOf(bundle).every((entry) => has(entry, 'response') === isAnswered);
  },
  'bdl-5': (entry) => has(entry, 'resource') || has(entry, 'request') || has(entry, 'response'),
  'bdl-8': ({ fullUrl }) => typeof fullUrl !== 'string' || !fullUrl.includes('/_history/'),
  'bdl-12': (bundle) =>
    bundle['type'] !== 'message' || resourceOf(entriesOf(bundle)[0])?.['resourceType'] === 'MessageHeader',
  'cmp-1': (section) => has(section, 'text') || has(section, 'entry') || has(section, 'section'),
  'cmp-2': (section) => !has(section, 'emptyReason') || !has(section, 'entry'),

  // ── people and places ──
  'pat-1': (contact) => ['name', 'telecom', 'address', 'organization'].some((name) => has(contact, name)),
  'org-1': (organization) => has(organization, 'identifier') || has(organization, 'name'),
  'org-2': (address) => address['use'] !== 'home',
  'org-3': (telecom) => telecom['use'] !== 'home',

  // ── clinical ──
  'ait-1': (allergy) => isEnteredInError(allergy, ALLERGY_VERIFICATION) || has(allergy, 'clinicalStatus'),
  'ait-2': (allergy) => !isEnteredInError(allergy, ALLERGY_VERIFICATION) || !has(allergy, 'clinicalStatus'),
  'app-1': (participant) => has(participant, 'type') || has(participant, 'actor'),
  'app-2': (appointment) => has(appointment, 'start') === has(appointment, 'end'),
  'app-3': (appointment) =>
    (has(appointment, 'start') && has(appointment, 'end')) ||
    !has(appointment, 'status') ||
    isOneOf(appointment['status'], 'proposed', 'cancelled', 'waitlist'),
  'app-4': (appointment) =>
    !has(appointment, 'cancelationReason') || isOneOf(appointment['status'], 'noshow', 'cancelled'),
  'con-1': (stage) => has(stage, 'summary') || has(stage, 'assessment'),
  'con-2': (evidence) => has(evidence, 'code') || has(evidence, 'detail'),
  // R4 compares the whole category with a text, which is never equal: any category asks for a clinical status.
  'con-3': (condition) =>
    has(condition, 'clinicalStatus') ||
    isEnteredInError(condition, CONDITION_VERIFICATION) ||
    !has(condition, 'category'),
  'con-4': (condition) =>
    !hasChoice(condition, 'abatement') || hasCoding(condition['clinicalStatus'], CONDITION_CLINICAL, ENDED),
  'con-5': (condition) => !isEnteredInError(condition, CONDITION_VERIFICATION) || !has(condition, 'clinicalStatus'),
  'cpl-3': (activity) => !has(activity, 'detail') || !has(activity, 'reference'),
  'fhs-1': (relative) => !hasChoice(relative, 'age') || !hasChoice(relative, 'born'),
  'fhs-2': (relative) => hasChoice(relative, 'age') || !has(relative, 'estimatedAge'),
  'imm-1': (education) => has(education, 'documentType') || has(education, 'reference'),
  'imr-1': (recommendation) => has(recommendation, 'vaccineCode') || has(recommendation, 'targetDisease'),
  'obs-3': (range) => has(range, 'low') || has(range, 'high') || has(range, 'text'),
  'obs-6': (observation) => !has(observation, 'dataAbsentReason') || !hasChoice(observation, 'value'),
  'obs-7': (observation) =>
    !has(observation, 'component') || !hasChoice(observation, 'value') || !repeatsItsCode(observation),
  'prr-1': (request) => !has(request, 'orderDetail') || has(request, 'code'),
};

const UCUM = 'http://unitsofmeasure.org';
const MEALS: ReadonlySet<unknown> = new Set(['C', 'CM', 'CD', 'CV']);
const ALLERGY_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification';
const CONDITION_VERIFICATION = 'http://terminology.hl7.org/CodeSystem/condition-ver-status';
const CONDITION_CLINICAL = 'http://terminology.hl7.org/CodeSystem/condition-clinical';
const ENDED: readonly unknown[] = ['resolved', 'remission', 'inactive'];

/** Also when only the primitive's extensions are there. */
function has(value: JsonObject, name: string): boolean {
  return value[name] !== undefined || value[`_${name}`] !== undefined;
}

function hasChoice(value: JsonObject, name: string): boolean {
  for (const key of Object.keys(value)) {
    const at = key.startsWith('_') ? 1 : 0;
    if (key.startsWith(name, at) && /^[A-Z]/.test(key.slice(at + name.length))) return true;
  }
  return false;
}

const isOneOf = (value: unknown, ...allowed: readonly string[]): boolean => allowed.some((each) => each === value);

const isUcum = (quantity: JsonObject): boolean => !has(quantity, 'system') || quantity['system'] === UCUM;

/** Dates of unlike precision are compared as far as the shorter one goes. */
function isNotAfter(start: string, end: string): boolean {
  if (start.length > 10 && end.length > 10) return !(Date.parse(start) > Date.parse(end));
  const length = Math.min(start.length, end.length);
  return start.slice(0, length) <= end.slice(0, length);
}

/** Only quantities in the same coded unit are compared. */
function isNotMore(low: JsonObject, high: JsonObject): boolean {
  const isAlike = ['system', 'code'].every((part) => low[part] !== undefined && low[part] === high[part]);
  return !isAlike || !(Number(low['value']) > Number(high['value']));
}

function hasCoding(concept: unknown, system: string, codes: readonly unknown[]): boolean {
  const codings = isObject(concept) ? listOf(concept['coding']).filter(isObject) : [];
  return codings.some((coding) => coding['system'] === system && codes.includes(coding['code']));
}

const isEnteredInError = (resource: JsonObject, system: string): boolean =>
  hasCoding(resource['verificationStatus'], system, ['entered-in-error']);

function repeatsItsCode(observation: JsonObject): boolean {
  const codingsOf = ({ code }: JsonObject): readonly unknown[] => (isObject(code) ? listOf(code['coding']) : []);
  const own = codingsOf(observation);
  return listOf(observation['component'])
    .filter(isObject)
    .some((component) => codingsOf(component).some((coding) => own.some((each) => isSameValue(coding, each))));
}

const entriesOf = (bundle: JsonObject): JsonObject[] => listOf(bundle['entry']).filter(isObject);

function resourceOf(entry: JsonObject | undefined): JsonObject | undefined {
  const resource = entry?.['resource'];
  return isObject(resource) ? resource : undefined;
}

const NONE: readonly JsonObject[] = [];

function containedIn({ contained }: JsonObject): readonly JsonObject[] {
  return contained === undefined ? NONE : listOf(contained).filter(isObject);
}

function metaHas({ meta }: JsonObject, ...names: readonly string[]): boolean {
  return isObject(meta) && names.some((name) => has(meta, name));
}

/** The resource points at what it contains, or that points back at the resource. */
function isReferred(contained: JsonObject, resource: JsonObject): boolean {
  const name = `#${String(contained['id'])}`;
  return textsIn(resource).has(name) || textsIn(contained).has('#');
}

function textsIn(from: unknown): ReadonlySet<string> {
  const texts = new Set<string>();
  const queue: unknown[] = [from];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (typeof next === 'string') texts.add(next);
    else if (typeof next === 'object' && next !== null) {
      for (const each of Object.values<unknown>(next as JsonObject)) queue.push(each);
    }
  }
  return texts;
}

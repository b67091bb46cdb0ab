import type { ElementDefinition, ElementDefinitionConstraint } from 'fhir/r4.js';
import { conditionInFhirPath } from './fhirpath-condition.js';
import { CONDITIONS } from './invariant-conditions.js';
import type { Condition } from './invariant-conditions.js';
import type { JsonObject } from './json-path.js';

/** A rule of R4 that no table of fields can say, e.g. `att-1`: data without its content type. */
export interface Invariant {
  readonly key: string;
  readonly severity: 'error' | 'warning';
  readonly holds: Condition;
}

/**
 * Not looked at here: what the walk itself finds and says better (empty elements, narrative, dangling references, a
 * comparator where none may stand, a document's identifier, timestamp, first entry and fullUrls), and dom-6, a
 * recommendation that resources carry text.
 */
const SAID_ELSEWHERE = new Set([
  'ele-1',
  'ext-1',
  'dom-6',
  'txt-1',
  'txt-2',
  'ref-1',
  'sqty-1',
  'bdl-7',
  'bdl-9',
  'bdl-10',
  'bdl-11',
]);

const NONE: readonly Invariant[] = [];

/** An element's invariants: by hand where our documents meet them, all others through FHIRPath when one is met. */
export function invariantsOf({ path, constraint }: ElementDefinition): readonly Invariant[] {
  const told =
    constraint?.filter(({ key, expression }) => !SAID_ELSEWHERE.has(key) && expression !== undefined) ?? NONE;
  return told.length === 0 ? NONE : (told as ElementDefinitionConstraint[]).map((each) => compiled(each, path));
}

function compiled({ key, severity, expression = 'true' }: ElementDefinitionConstraint, path: string): Invariant {
  const byHand = Object.hasOwn(CONDITIONS, key) ? CONDITIONS[key] : undefined;
  return { key, severity, holds: byHand ?? conditionInFhirPath(path, expression) };
}

export function brokenBy(value: JsonObject, resource: JsonObject, invariants: readonly Invariant[]): Invariant[] {
  return invariants.filter(({ holds }) => !holds(value, resource));
}

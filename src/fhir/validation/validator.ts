import type { CodeSystem, StructureDefinition, ValueSet } from 'fhir/r4.js';
import { checkBaseR4 } from './base-r4.js';
import { compileShapes } from './compile-shapes.js';
import { valueSetLister } from './compile-value-sets.js';
import { checkReach, readEntries } from './document-rules.js';
import { checkInvariants } from './invariants.js';
import type { Issue } from './issue.js';
import { isObject, listOf } from './json-path.js';
import type { JsonObject } from './json-path.js';
import { checkProfile } from './profile-check.js';
import { DOCUMENT_BUNDLE, RECORD_PROFILES, RESOURCE_PROFILES } from './profiles/index.js';
import type { ProfileRules } from './profiles/profile-rules.js';
import { checkReferences } from './references.js';
import { Report } from './report.js';
import { checkSections } from './section-check.js';
import type { Shapes } from './shape.js';

/** Base R4 as HL7 publishes it. */
export interface Definitions {
  readonly structures: readonly StructureDefinition[];
  readonly valueSets: readonly ValueSet[];
  readonly codeSystems: readonly CodeSystem[];
}

export interface Validator {
  /**
   * Checks a FHIR document against base R4, R4's document rules and the NRCeS profiles. An empty list: nothing is wrong.
   * A document with no `error` may be sent; warnings may be sent, and are for whoever looks after the mapping.
   */
  validate(bundle: unknown): Issue[];
}

/** Compiles the definitions once; validating afterwards is a matter of a millisecond. */
export function createValidator(definitions: Definitions): Validator {
  const shapes = compileShapes(definitions.structures, valueSetLister(definitions.valueSets, definitions.codeSystems));
  return { validate: (bundle) => validateDocument(bundle, shapes) };
}

function validateDocument(bundle: unknown, shapes: Shapes): Issue[] {
  const report = new Report();
  if (!isObject(bundle) || bundle['resourceType'] !== 'Bundle') {
    report.add('not-a-bundle');
    return report.issues;
  }
  checkBaseR4(bundle, shapes, report);
  if (report.issues.some(({ rule }) => rule === 'too-deep')) return report.issues;
  const { entries, index } = readEntries(bundle, report);
  checkProfile(bundle, DOCUMENT_BUNDLE, index, report);

  const pointsAt = new Map<JsonObject, JsonObject[]>();
  for (const { resource, at } of entries) {
    const targets: JsonObject[] = [];
    pointsAt.set(resource, targets);
    report.within('entry', () => {
      report.within(at, () => {
        report.within('resource', () => {
          checkReferences(resource, index, shapes, report, (target) => targets.push(target));
          checkInvariants(resource, report);
          const rules = RESOURCE_PROFILES.find(({ resourceType }) => resourceType === resource['resourceType']);
          if (rules !== undefined) checkProfile(resource, rules, index, report);
          if (resource['resourceType'] !== 'Composition') return;
          const record = recordProfile(resource);
          if (record === undefined) {
            report.inResource('Composition', () => report.add('unknown-record', ['type']));
            return;
          }
          checkProfile(resource, record, index, report);
          if (record.sections !== undefined) checkSections(resource, record.sections, index, report);
        });
      });
    });
  }
  const signers: JsonObject[] = [];
  checkReferences({ ...bundle, entry: [] }, index, shapes, report, (target) => signers.push(target));
  checkReach(entries, pointsAt, signers, report);
  return withoutRepeats(report.issues);
}

/** By the profile it claims, else by its type's code: receivers sort by either. */
function recordProfile(composition: JsonObject): ProfileRules | undefined {
  const claimed = isObject(composition['meta']) ? listOf(composition['meta']['profile']) : [];
  const codings = isObject(composition['type']) ? listOf(composition['type']['coding']).filter(isObject) : [];
  return (
    RECORD_PROFILES.find(({ url }) => claimed.includes(url)) ??
    RECORD_PROFILES.find(({ elements }) =>
      codings.some((coding) => coding['code'] === elements['type']?.coding?.exactly?.code),
    )
  );
}

/** R4 and NRCeS both ask for some elements; a clerk needs to hear it once. */
function withoutRepeats(issues: readonly Issue[]): Issue[] {
  const seen = new Set<string>();
  return issues.filter(({ rule, path }) => {
    const key = `${rule} ${path}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

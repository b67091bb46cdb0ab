import type { CodeSystem, StructureDefinition, ValueSet } from 'fhir/r4.js';
import { compileShapes, isTypeProfile } from './compile-shapes.js';
import { bindingFinder } from './compile-value-sets.js';
import { checkReach, readEntries } from './document-rules.js';
import type { Issue } from './issue.js';
import { isDeeperThan, isObject } from './json-path.js';
import { ProfileBook } from './profile-book.js';
import { publishedProfile } from './profile-row.js';
import { PROFILE_TABLES, VALUE_SETS } from './profiles/index.js';
import { tableProfile } from './table-profile.js';
import { Report, untilEnough } from './report.js';
import { Walk } from './walk.js';

/** Base R4 as HL7 publishes it, or a guide's profiles. */
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
  /** Checks one resource that stands alone, against what it claims to be. Its references are not followed. */
  validateResource(resource: unknown): Issue[];
}

/** Steps down from the bundle. Real documents need about 20; without a limit a nested one could end the process. */
const DEEPEST = 200;

/**
 * Compiles the definitions once; validating afterwards is a matter of a millisecond.
 * @param guide the published NRCeS package; our own tables when left out
 */
export function createValidator(base: Definitions, guide?: Definitions): Validator {
  const book = compileBook(base, guide);
  return {
    validate: (bundle) => validateDocument(bundle, book),
    validateResource: (resource) => validateAlone(resource, book),
  };
}

/** Both sources in the one form the walk knows. */
export function compileBook(base: Definitions, guide?: Definitions): ProfileBook {
  const findBinding = bindingFinder(
    [...base.valueSets, ...(guide?.valueSets ?? VALUE_SETS)],
    [...base.codeSystems, ...(guide?.codeSystems ?? [])],
  );
  const shapes = compileShapes(base.structures, findBinding);
  const r4 = base.structures.filter(isTypeProfile).map(publishedProfile);
  const nrces = guide?.structures.map(publishedProfile) ?? PROFILE_TABLES.map(tableProfile);
  return new ProfileBook(shapes, [...r4, ...nrces], findBinding);
}

function validateDocument(bundle: unknown, book: ProfileBook): Issue[] {
  const report = new Report('Bundle');
  if (!isObject(bundle) || bundle['resourceType'] !== 'Bundle') {
    report.add('not-a-bundle');
    return report.issues;
  }
  if (isDeeperThan(bundle, DEEPEST)) {
    report.add('too-deep');
    return report.issues;
  }
  untilEnough(() => {
    const { entries, index } = readEntries(bundle, report);
    const walk = new Walk(book, report, index);
    walk.container = bundle;
    walk.resource(bundle);
    if (bundle['type'] === 'document') checkReach(entries, walk.reached, walk.reached.get(bundle) ?? [], report);
  });
  return withoutRepeats(report.issues);
}

function validateAlone(resource: unknown, book: ProfileBook): Issue[] {
  const type = isObject(resource) ? resource['resourceType'] : undefined;
  const report = new Report(typeof type === 'string' && book.base.has(type) ? type : 'Resource');
  if (!isObject(resource)) report.add('not-an-object');
  else if (isDeeperThan(resource, DEEPEST)) report.add('too-deep');
  else {
    const walk = new Walk(book, report, undefined);
    walk.container = resource;
    untilEnough(() => walk.resource(resource));
  }
  return withoutRepeats(report.issues);
}

/** Two profiles may ask for the same; a clerk needs to hear it once. */
function withoutRepeats(issues: readonly Issue[]): Issue[] {
  const seen = new Set<string>();
  return issues.filter(({ rule, path }) => {
    const key = `${rule} ${path}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

import type { CodeSystem, CodeSystemConcept, ValueSet, ValueSetComposeInclude } from 'fhir/r4.js';
import type { CodeSet } from './shape.js';

/**
 * Lists value sets whose codes are all known here. One that is defined by a filter, by another value set or by a code
 * system that is not at hand (SNOMED CT, MIME types, currencies) gives undefined and is not checked.
 */
export function valueSetLister(
  valueSets: readonly ValueSet[],
  codeSystems: readonly CodeSystem[],
): (url: string) => CodeSet | undefined {
  const sets = new Map(valueSets.map((each) => [each.url, each]));
  const systems = new Map(codeSystems.map((each) => [each.url, each]));
  const listed = new Map<string, CodeSet | undefined>();

  return (versioned) => {
    const url = withoutVersion(versioned);
    if (!listed.has(url)) listed.set(url, list(sets.get(url), systems));
    return listed.get(url);
  };
}

function list(set: ValueSet | undefined, systems: ReadonlyMap<string | undefined, CodeSystem>): CodeSet | undefined {
  const compose = set?.compose;
  if (compose === undefined || compose.exclude !== undefined) return undefined;
  const codes = new Set<string>();
  const codings = new Set<string>();
  for (const include of compose.include) {
    const found = codesOf(include, systems);
    if (found === undefined) return undefined;
    for (const code of found) {
      codes.add(code);
      codings.add(`${include.system ?? ''}|${code}`);
    }
  }
  return { codes, codings };
}

function codesOf(
  include: ValueSetComposeInclude,
  systems: ReadonlyMap<string | undefined, CodeSystem>,
): string[] | undefined {
  if (include.filter !== undefined || include.valueSet !== undefined || include.system === undefined) return undefined;
  if (include.concept !== undefined) return include.concept.map((concept) => concept.code);
  const system = systems.get(withoutVersion(include.system));
  return system?.content === 'complete' && system.concept !== undefined ? allCodes(system.concept) : undefined;
}

function allCodes(concepts: readonly CodeSystemConcept[]): string[] {
  return concepts.flatMap((concept) => [concept.code, ...allCodes(concept.concept ?? [])]);
}

function withoutVersion(url: string): string {
  return url.split('|', 1)[0] ?? url;
}

import type { CodeSystem, CodeSystemConcept, ElementDefinition, ValueSet, ValueSetComposeInclude } from 'fhir/r4.js';
import type { Binding, CodeSet } from './shape.js';

/** R4's own list of identifier types names 18 of hundreds and would warn of every visit number. */
const SHORT_BY_DESIGN = 'http://hl7.org/fhir/ValueSet/identifier-type';

/**
 * Finds the codes of required and extensible bindings. A set whose codes are not known here at all (MIME types,
 * currencies, a set of other sets) gives undefined and is not checked; one that takes a whole system we do not hold,
 * or what a filter picks from it (SNOMED CT), is checked for the system only.
 */
export function bindingFinder(
  valueSets: readonly ValueSet[],
  codeSystems: readonly CodeSystem[],
): (binding: ElementDefinition['binding']) => Binding | undefined {
  const sets = new Map(valueSets.map((each) => [each.url, each]));
  const systems = new Map(codeSystems.map((each) => [each.url, each]));
  const found = new Map<string, CodeSet | undefined>();

  return (binding) => {
    if (binding?.valueSet === undefined || !isChecked(binding.strength)) return undefined;
    const url = withoutVersion(binding.valueSet);
    if (url === SHORT_BY_DESIGN) return undefined;
    if (!found.has(url)) found.set(url, list(sets.get(url), systems));
    const codes = found.get(url);
    return codes && { strength: binding.strength, codes };
  };
}

function isChecked(strength: string): strength is Binding['strength'] {
  return strength === 'required' || strength === 'extensible';
}

function list(set: ValueSet | undefined, systems: ReadonlyMap<string | undefined, CodeSystem>): CodeSet | undefined {
  const compose = set?.compose;
  if (compose === undefined || compose.exclude !== undefined) return undefined;
  const codes = new Set<string>();
  const codings = new Set<string>();
  const openSystems = new Set<string>();
  for (const include of compose.include) {
    if (include.system === undefined || include.valueSet !== undefined) return undefined;
    const listed = codesOf(include, systems);
    if (listed === undefined) openSystems.add(include.system);
    for (const code of listed ?? []) {
      codes.add(code);
      codings.add(`${include.system}|${code}`);
    }
  }
  return { codes: openSystems.size === 0 ? codes : undefined, codings, openSystems };
}

function codesOf(
  { system, concept, filter }: ValueSetComposeInclude,
  systems: ReadonlyMap<string | undefined, CodeSystem>,
): string[] | undefined {
  if (concept !== undefined) return concept.map(({ code }) => code);
  const known = systems.get(system === undefined ? undefined : withoutVersion(system));
  if (filter !== undefined || known?.content !== 'complete' || known.concept === undefined) return undefined;
  return allCodes(known.concept);
}

function allCodes(concepts: readonly CodeSystemConcept[]): string[] {
  return concepts.flatMap(({ code, concept = [] }) => [code, ...allCodes(concept)]);
}

function withoutVersion(url: string): string {
  return url.split('|', 1)[0] ?? url;
}

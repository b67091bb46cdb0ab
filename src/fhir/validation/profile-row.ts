import type { ElementDefinition, StructureDefinition } from 'fhir/r4.js';
import { maxOf, plainType } from './compile-shapes.js';
import { invariantsOf } from './invariants.js';
import type { Invariant } from './invariants.js';
import type { Discriminator, SlicingRules } from './shape.js';

/** A profile, whichever source it comes from: what it says on top of the R4 type. */
export interface Profile {
  readonly url: string;
  /** The R4 type it constrains, e.g. `Composition`. */
  readonly resourceType: string;
  /** The profile it builds on, if it does not build on R4 itself. Its rows come first when they are not repeated here. */
  readonly parent: string | undefined;
  readonly rows: readonly ProfileRow[];
}

/** What a profile says about one element. What is left out stays as it was. */
export interface ProfileRow {
  /** Below the resource, slices named: `section:ChiefComplaints.code.coding`. Empty for the resource itself. */
  readonly path: string;
  readonly min?: number | undefined;
  readonly max?: number | undefined;
  readonly types?: readonly RowType[] | undefined;
  readonly fixed?: unknown;
  readonly pattern?: unknown;
  readonly binding?: ElementDefinition['binding'];
  readonly slicing?: { readonly discriminators: readonly Discriminator[] } & SlicingRules;
  readonly invariants?: readonly Invariant[];
}

export interface RowType {
  readonly code: string;
  /** Profile URLs a Reference may point at. */
  readonly targets?: readonly string[] | undefined;
  /** Profile URLs the value itself has to satisfy. */
  readonly profiles?: readonly string[] | undefined;
}

/** Reads a published profile's snapshot, which repeats what its parents say. */
export function publishedProfile(definition: StructureDefinition): Profile {
  const elements = definition.snapshot?.element ?? [];
  const sliced = new Set(
    elements.flatMap(({ id = '' }) => (/:[^.]*$/.test(id) ? id.slice(0, id.lastIndexOf(':')) : [])),
  );
  return {
    url: definition.url,
    resourceType: definition.type,
    parent: definition.baseDefinition,
    rows: elements.map((element) => rowOf(element, sliced)),
  };
}

/** @param sliced ids of lists that have slices: R4 divides every list of extensions, into nothing */
function rowOf(element: ElementDefinition, sliced: ReadonlySet<string>): ProfileRow {
  const id = element.id ?? element.path;
  const slicing = sliced.has(id) ? element.slicing : undefined;
  return {
    path: id.includes('.') ? id.slice(id.indexOf('.') + 1) : '',
    min: element.min,
    max: element.max === undefined ? undefined : maxOf(element.max),
    types: element.type?.map(({ code, targetProfile, profile }) => ({
      code: plainType(code),
      targets: targetProfile,
      profiles: profile,
    })),
    fixed: valueNamed(element, 'fixed'),
    pattern: valueNamed(element, 'pattern'),
    binding: element.binding,
    invariants: invariantsOf(element),
    ...(slicing !== undefined && {
      slicing: {
        discriminators: slicing.discriminator ?? [],
        rules: slicing.rules,
        isOrdered: slicing.ordered === true,
      },
    }),
  };
}

/** `fixedCode`, `patternCodeableConcept` … */
function valueNamed(element: ElementDefinition, kind: 'fixed' | 'pattern'): unknown {
  return Object.entries(element).find(([key]) => key.startsWith(kind))?.[1];
}

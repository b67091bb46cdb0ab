import type { Invariant } from './invariants.js';
import type { JsonObject } from './json-path.js';
import type { Primitive } from './primitives.js';

/**
 * What a JSON object may hold: a type or resource of R4, or what a profile makes of it. Base R4, our tables and a
 * published package all end up in this one form, and one walker (walk.ts) knows no other.
 */
export interface Shape {
  /** e.g. `Patient`, `Patient.contact`, `HumanName`. */
  readonly name: string;
  readonly isResource: boolean;
  readonly elements: ElementShape[];
  invariants: readonly Invariant[];
  /** The elements as a walk looks them up, worked out when the first object of this shape comes. */
  plan: Plan | undefined;
}

export interface ElementShape {
  /** Without `[x]`. */
  readonly name: string;
  readonly isChoice: boolean;
  readonly isList: boolean;
  min: number;
  /** Infinity for `*`. */
  max: number;
  /** One, or several where the element is a `value[x]`. */
  types: ElementType[];
  /** Properties of types that R4 allows here and the profile does not. */
  excluded: readonly string[];
  fixed: unknown;
  pattern: unknown;
  binding: Binding | undefined;
  slicing: Slicing | undefined;
  invariants: readonly Invariant[];
}

export interface ElementType {
  /** JSON property name: `value[x]` as Quantity stands here as `valueQuantity`. */
  readonly property: string;
  typeName: string;
  readonly primitive: Primitive | undefined;
  /** Undefined for primitives, and for resources, whose shape the `resourceType` of the value decides. */
  shape: Shape | undefined;
  /** What a Reference may point at; undefined when anything. */
  targets: readonly Target[] | undefined;
  /** Profiles of which the value has to satisfy one. */
  profiles: readonly string[];
}

export interface Target {
  readonly resourceType: string;
  /** Undefined where any resource of the type will do. */
  readonly profile: string | undefined;
}

/** A list that a profile divides into named parts. */
export interface Slicing extends SlicingRules {
  readonly discriminators: readonly Discriminator[];
  /** By name, in the profile's order. */
  readonly slices: Map<string, ElementShape>;
  /** Worked out when the first item comes. */
  matchers: readonly (readonly [name: string, matches: Matcher])[] | undefined;
}

export interface SlicingRules {
  readonly rules: 'open' | 'closed' | 'openAtEnd';
  readonly isOrdered: boolean;
}

export interface Discriminator {
  readonly type: 'value' | 'exists' | 'pattern' | 'type' | 'profile';
  /** e.g. `code.coding.code`, through lists; `$this` for the item itself; `resolve()` follows a reference. */
  readonly path: string;
}

/** Says whether an item belongs to a slice. */
export type Matcher = (item: unknown, around: Surroundings) => boolean;

/** What an item alone does not tell. */
export interface Surroundings {
  readonly resolve: (reference: string) => JsonObject | undefined;
  readonly satisfies: (resource: JsonObject, profile: string) => boolean;
}

export interface Binding {
  readonly strength: 'required' | 'extensible';
  readonly codes: CodeSet;
}

/** A value set, as far as its codes are known here. */
export interface CodeSet {
  /** Undefined unless every code is known. */
  readonly codes: ReadonlySet<string> | undefined;
  /** `system|code`. */
  readonly codings: ReadonlySet<string>;
  /** Systems of which the set takes codes that are not listed here, e.g. everything below a SNOMED CT concept. */
  readonly openSystems: ReadonlySet<string>;
}

export interface Plan {
  readonly byProperty: ReadonlyMap<string, { readonly element: ElementShape; readonly type: ElementType }>;
  readonly required: readonly ElementShape[];
  readonly choices: readonly ElementShape[];
  readonly excluded: ReadonlyMap<string, ElementShape>;
}

/** Base R4, compiled. By type name. */
export type Shapes = ReadonlyMap<string, Shape>;

export function planOf(shape: Shape): Plan {
  shape.plan ??= {
    byProperty: new Map(
      shape.elements.flatMap((element) => element.types.map((type) => [type.property, { element, type }])),
    ),
    required: shape.elements.filter(({ min }) => min > 0),
    choices: shape.elements.filter(({ types }) => types.length > 1),
    excluded: new Map(shape.elements.flatMap((element) => element.excluded.map((property) => [property, element]))),
  };
  return shape.plan;
}

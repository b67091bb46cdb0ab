import type { Primitive } from './primitives.js';

/** A type or resource of R4, compiled for walking: everything a JSON object of it may hold. */
export interface Shape {
  readonly name: string;
  readonly isResource: boolean;
  /** By JSON property name; `value[x]` stands here as `valueString`, `valueQuantity` … */
  readonly elements: Map<string, ElementShape>;
  /** Elements with a minimum of one, choices left out. */
  readonly required: readonly string[];
  readonly choices: readonly Choice[];
}

export interface Choice {
  /** Without `[x]`. */
  readonly name: string;
  readonly isRequired: boolean;
  readonly properties: readonly string[];
}

export interface ElementShape {
  readonly isList: boolean;
  readonly typeName: string;
  readonly primitive: Primitive | undefined;
  /** Undefined for primitives, and for `Resource`, whose shape the `resourceType` of the value decides. */
  shape: Shape | undefined;
  readonly codes: CodeSet | undefined;
  /** Resource types a Reference may point at; undefined when any. */
  readonly targets: ReadonlySet<string> | undefined;
}

/** A required binding, listed in full. */
export interface CodeSet {
  readonly codes: ReadonlySet<string>;
  /** `system|code`, for Coding and CodeableConcept. */
  readonly codings: ReadonlySet<string>;
}

/** Base R4, compiled. By type name, e.g. `Patient`, `HumanName`. */
export type Shapes = ReadonlyMap<string, Shape>;

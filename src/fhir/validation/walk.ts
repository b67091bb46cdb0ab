import { keepsToBinding } from './bindings.js';
import { claimsOf } from './claims.js';
import type { Claims } from './claims.js';
import { checkItems } from './slice-check.js';
import { brokenBy } from './invariants.js';
import type { Invariant } from './invariants.js';
import { isObject, listOf } from './json-path.js';
import type { JsonObject } from './json-path.js';
import { checkPrimitive } from './primitive-check.js';
import type { ProfileBook } from './profile-book.js';
import { followReference } from './reference-check.js';
import type { DocumentIndex } from './references.js';
import { Report, untilEnough } from './report.js';
import { planOf } from './shape.js';
import type { ElementShape, ElementType, Shape } from './shape.js';
import { holdsPattern, isSameValue } from './value-match.js';
import type { WalkState } from './walk-state.js';

/**
 * Walks a document once, along the shapes of the profiles each resource is checked against: unknown fields, lists and
 * single values, JSON types, formats, cardinality, fixed and pattern values, slices, bindings, references, invariants.
 */
export class Walk implements WalkState {
  /** Which resources each resource points at. */
  readonly reached = new Map<JsonObject, JsonObject[]>();
  /** The resource of the entry the walk is in: contained resources point into it. */
  container: JsonObject | undefined;
  private readonly claims = new Map<JsonObject, Claims>();

  /**
   * @param index undefined when a resource is looked at alone: its references lead to where nothing is known
   * @param verdicts what was found out on the way about resources and profiles they do not claim
   */
  constructor(
    readonly book: ProfileBook,
    readonly report: Report,
    readonly index: DocumentIndex | undefined,
    private readonly verdicts = new Map<JsonObject, Map<string, boolean>>(),
  ) {}

  /** @param alsoAgainst profiles the place demands, whatever the resource claims */
  resource(resource: JsonObject, alsoAgainst: readonly string[] = []): void {
    const { resourceType } = resource;
    const base = typeof resourceType === 'string' ? this.book.base.get(resourceType) : undefined;
    if (base?.isResource !== true || typeof resourceType !== 'string') {
      this.report.add('unknown-resource-type');
      return;
    }
    this.report.inResource(resourceType, () => {
      const { profiles, unknown, foreign } = this.claimsOf(resource);
      if (unknown.length > 0) this.report.add('unknown-profile', ['meta', 'profile']);
      if (foreign.length > 0) this.report.add('foreign-profile', ['meta', 'profile']);
      if (resourceType === 'Composition' && profiles.length === 0) this.report.add('unknown-record', ['type']);
      const shapes = [...new Set([...profiles, ...alsoAgainst])].flatMap((url) => this.book.shapeOf(url) ?? []);
      for (const shape of shapes.length === 0 ? [base] : shapes) this.object(resource, shape, resource);
    });
  }

  claimsOf(resource: JsonObject): Claims {
    const known = this.claims.get(resource);
    if (known !== undefined) return known;
    const claims = claimsOf(resource, this.book);
    this.claims.set(resource, claims);
    return claims;
  }

  /** Whether a resource would pass as a profile it does not claim. Of two that point at each other the first is believed. */
  readonly satisfies = (resource: JsonObject, profile: string): boolean => {
    const verdicts = this.verdicts.get(resource) ?? new Map<string, boolean>();
    this.verdicts.set(resource, verdicts);
    const known = verdicts.get(profile);
    if (known !== undefined) return known;
    const shape = this.book.shapeOf(profile);
    if (shape === undefined || this.book.typeOf(profile) !== resource['resourceType']) return false;
    verdicts.set(profile, true);
    const aside = new Walk(this.book, new Report(shape.name), this.index, this.verdicts);
    aside.container = resource;
    untilEnough(() => aside.object(resource, shape, resource));
    const isSatisfied = !aside.report.hasErrors;
    verdicts.set(profile, isSatisfied);
    return isSatisfied;
  };

  readonly resolve = (reference: string): JsonObject | undefined => {
    if (!reference.startsWith('#')) return this.index?.find(reference);
    if (reference === '#') return this.container;
    const contained = listOf(this.container?.['contained']).filter(isObject);
    return contained.find(({ id }) => id === reference.slice(1));
  };

  /** @param resource the one the object stands in, or is */
  object(value: JsonObject, shape: Shape, resource: JsonObject): void {
    const { report } = this;
    const { byProperty, required, choices, excluded } = planOf(shape);
    const keys = Object.keys(value);
    if (keys.length === 0) report.add('empty');

    for (const key of keys) {
      if (key === 'resourceType' && shape.isResource) continue;
      const isBeside = key.startsWith('_');
      const found = byProperty.get(isBeside ? key.slice(1) : key);
      if (found === undefined || (isBeside && found.type.primitive === undefined)) {
        const other = excluded.get(key);
        if (other === undefined) report.add('unknown-property', [shownName(key)]);
        else report.add('other-type', [key], other.types.map(({ typeName }) => typeName).join(' / '));
        continue;
      }
      report.trail.push(key);
      if (isBeside) this.besidePrimitive(value[key], found.element, resource);
      else this.element(value[key], found.element, found.type, resource, value[`_${key}`]);
      report.trail.pop();
    }
    for (const element of required) this.minimum(value, element, shape);
    for (const { name, types } of choices) {
      if (types.filter(({ property }) => has(value, property)).length > 1) report.add('two-values', [name]);
    }
    this.invariants(value, shape.invariants, resource);
  }

  private minimum(value: JsonObject, { name, min, types, excluded }: ElementShape, shape: Shape): void {
    const property = types.find((type) => has(value, type.property))?.property;
    if (property === undefined) {
      if (excluded.some((other) => has(value, other))) return;
      this.report.add(shape.name === 'Coding' ? 'incomplete-coding' : 'missing', [name]);
    } else if (min > 1 && listOf(value[property]).length < min) {
      this.report.add('too-few', [name], String(min));
    }
  }

  private invariants(value: JsonObject, invariants: readonly Invariant[], resource: JsonObject): void {
    if (invariants.length === 0) return;
    for (const { key, severity } of brokenBy(value, resource, invariants)) {
      this.report.add(severity === 'error' ? 'invariant' : 'invariant-advice', [], key);
    }
  }

  private element(
    value: unknown,
    element: ElementShape,
    type: ElementType,
    resource: JsonObject,
    beside: unknown,
  ): void {
    const { report } = this;
    if (element.max === 0) {
      report.add('not-allowed');
      return;
    }
    if (!element.isList) {
      if (Array.isArray(value)) report.add('not-single');
      else this.item(value, element, type, resource);
      return;
    }
    if (!Array.isArray(value)) {
      report.add('not-a-list');
      return;
    }
    if (value.length === 0) report.add('empty');
    if (value.length > element.max) {
      report.add(type.typeName === 'Coding' ? 'two-codes' : 'too-many', [], String(element.max));
    }
    checkItems(this, value as unknown[], element, (item, as, at) => {
      // In a list of primitives null holds the place of a value that has only extensions.
      if (item === null && Array.isArray(beside) && isObject(beside[at])) return;
      report.trail.push(at);
      this.item(item, as, as.types[0] ?? type, resource);
      report.trail.pop();
    });
  }

  private item(value: unknown, element: ElementShape, type: ElementType, resource: JsonObject): void {
    const { report } = this;
    if (type.primitive !== undefined) {
      const isSound = checkPrimitive(value, type.primitive, type.typeName, report);
      if (isSound) this.constants(value, element, type);
      return;
    }
    if (value === null || !isObject(value)) {
      report.add(value === null ? 'empty' : 'not-an-object');
      return;
    }
    if (type.shape === undefined) {
      this.resourceWithin(value, type);
      return;
    }
    this.object(value, type.shape, resource);
    for (const profile of type.profiles) {
      const shape = this.book.shapeOf(profile);
      if (shape !== undefined) this.object(value, shape, resource);
    }
    this.constants(value, element, type);
    if (type.typeName === 'Reference') followReference(this, value, type.targets);
    this.invariants(value, element.invariants, resource);
  }

  private resourceWithin(value: JsonObject, { typeName, profiles }: ElementType): void {
    const { trail } = this.report;
    const outer = this.container;
    if (trail.at(-2) !== 'contained') this.container = value;
    if (typeName !== 'Resource' && value['resourceType'] !== typeName) this.report.add('other-type', [], typeName);
    this.resource(value, profiles);
    this.container = outer;
  }

  private constants(value: unknown, { fixed, pattern, binding, name }: ElementShape, { typeName }: ElementType): void {
    const { report } = this;
    if (fixed !== undefined && !isSameValue(value, fixed)) {
      const isSystem = name === 'system' && report.trail.at(-3) === 'coding';
      report.add(isSystem ? 'foreign-code-system' : 'wrong-value', [], typeof fixed === 'string' ? fixed : undefined);
    }
    if (pattern !== undefined && !holdsPattern(value, pattern)) report.add('wrong-value');
    if (binding !== undefined && !keepsToBinding(value, typeName, binding)) {
      report.add(binding.strength === 'required' ? 'unknown-code' : 'unusual-code');
    }
  }

  /** `_birthDate`: id and extensions of a primitive. */
  private besidePrimitive(value: unknown, { isList }: ElementShape, resource: JsonObject): void {
    if (Array.isArray(value) !== isList) {
      this.report.add(isList ? 'not-a-list' : 'not-single');
      return;
    }
    const shape = this.book.base.get('Element');
    for (const each of listOf(value)) {
      if (each === null && isList) continue;
      if (!isObject(each)) this.report.add('not-an-object');
      else if (shape !== undefined) this.object(each, shape, resource);
    }
  }
}

function has(value: JsonObject, property: string): boolean {
  return value[property] !== undefined || value[`_${property}`] !== undefined;
}

/** Field names are not values, but a foreign sender may put anything there. */
function shownName(key: string): string {
  return /^\w{1,40}$/.test(key) ? key : '?';
}

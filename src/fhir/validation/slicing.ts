import { isInValueSet } from './bindings.js';
import { isObject, listOf } from './json-path.js';
import type { Discriminator, ElementShape, Matcher, Shape, Slicing, SlicingRules, Surroundings } from './shape.js';
import { holdsPattern, isSameValue } from './value-match.js';

export type FindShape = (profile: string) => Shape | undefined;

/** The first slice an item belongs to; undefined: to none. */
export function sliceFor(
  item: unknown,
  slicing: Slicing,
  findShape: FindShape,
  around: Surroundings,
): string | undefined {
  slicing.matchers ??= [...slicing.slices].map(([name, slice]) => [name, matcherFor(slice, slicing, findShape)]);
  return slicing.matchers.find(([, matches]) => matches(item, around))?.[0];
}

function matcherFor(slice: ElementShape, { discriminators }: Slicing, findShape: FindShape): Matcher {
  const tests = discriminators.map((discriminator) => testFor(slice, discriminator, findShape));
  return (item, around) => tests.length > 0 && tests.every((matches) => matches(item, around));
}

function testFor(slice: ElementShape, { type, path }: Discriminator, findShape: FindShape): Matcher {
  const steps = path === '$this' ? [] : path.split('.');
  const valuesOf = (item: unknown, around: Surroundings): unknown[] => valuesAt([item], steps, around);
  const element = elementBelow(slice, steps, findShape);
  const types = element?.types ?? [];
  switch (type) {
    case 'value':
    case 'pattern': {
      const isRight = testForValue(slice, steps, findShape);
      return (item, around) => valuesOf(item, around).some(isRight);
    }
    case 'exists':
      return (item, around) => valuesOf(item, around).length > 0 === (element?.max !== 0);
    case 'type': {
      const names = new Set(
        steps.at(-1) === RESOLVE ? types.flatMap(targetTypes) : types.map(({ typeName }) => typeName),
      );
      return (item, around) =>
        valuesOf(item, around).some((value) => isObject(value) && names.has(String(value['resourceType'])));
    }
    case 'profile': {
      const profiles = types.flatMap((each) =>
        steps.at(-1) === RESOLVE ? (each.targets ?? []).flatMap(({ profile }) => profile ?? []) : each.profiles,
      );
      return (item, around) =>
        valuesOf(item, around).some(
          (value) => isObject(value) && profiles.some((profile) => around.satisfies(value, profile)),
        );
    }
  }
}

const RESOLVE = 'resolve()';

const targetTypes = ({ targets = [] }: { targets?: ElementShape['types'][number]['targets'] }): string[] =>
  targets.map(({ resourceType }) => resourceType);

/** What the slice fixes at a path, or above it, or in the profile an extension names. */
function testForValue(
  element: ElementShape,
  steps: readonly string[],
  findShape: FindShape,
): (value: unknown) => boolean {
  const { fixed, pattern, binding } = element;
  const within = (constant: unknown): unknown[] => valuesAt([constant], steps, NOWHERE);
  if (fixed !== undefined) return (value) => within(fixed).some((each) => isSameValue(value, each));
  if (pattern !== undefined) return (value) => within(pattern).some((each) => holdsPattern(value, each));
  const [name, ...rest] = steps;
  if (name === undefined) {
    const set = binding?.strength === 'required' ? binding.codes : undefined;
    const typeName = element.types[0]?.typeName ?? '';
    return (value) => set !== undefined && isInValueSet(value, typeName, set);
  }
  const next = childNamed(element, name, findShape);
  return next === undefined ? () => false : testForValue(next, rest, findShape);
}

function elementBelow(
  element: ElementShape,
  [name, ...rest]: readonly string[],
  findShape: FindShape,
): ElementShape | undefined {
  if (name === undefined || name === RESOLVE) return element;
  const next = childNamed(element, name, findShape);
  return next && elementBelow(next, rest, findShape);
}

function childNamed(element: ElementShape, name: string, findShape: FindShape): ElementShape | undefined {
  const below = element.types.flatMap(({ profiles, shape }) => [...profiles.map(findShape), shape]);
  for (const shape of below) {
    const child = shape?.elements.find((each) => each.name === name);
    if (child !== undefined) return child;
  }
  return undefined;
}

function valuesAt(values: readonly unknown[], steps: readonly string[], around: Surroundings): unknown[] {
  return steps.reduce<unknown[]>(
    (found, step) =>
      found.flatMap((value) => {
        if (!isObject(value)) return [];
        if (step !== RESOLVE) return listOf(value[step]);
        return typeof value['reference'] === 'string' ? (around.resolve(value['reference']) ?? []) : [];
      }),
    [...values],
  );
}

const NOWHERE: Surroundings = { resolve: () => undefined, satisfies: () => false };
export const SLICE_IS_OPEN: SlicingRules = { rules: 'open', isOrdered: false };

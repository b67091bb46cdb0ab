/** Where the walk is. One list, pushed and popped: the path is written out only when there is something to say. */
export type Trail = (string | number)[];

/** @returns FHIRPath, e.g. `Bundle.entry[3].resource.gender` */
export function written(trail: Trail): string {
  return trail.reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : `${path}.${step}`),
    'Bundle',
  );
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** Every object at a path, with the steps that lead to it. */
export function objectsAt(
  from: JsonObject,
  path: readonly string[],
): { value: JsonObject; steps: readonly (string | number)[] }[] {
  const [name, ...rest] = path;
  if (name === undefined) return [{ value: from, steps: [] }];
  const next = from[name];
  const found = Array.isArray(next) ? (next as unknown[]) : [next];
  return found.flatMap((each, at) =>
    isObject(each)
      ? objectsAt(each, rest).map(({ value, steps }) => ({
          value,
          steps: [...(Array.isArray(next) ? [name, at] : [name]), ...steps],
        }))
      : [],
  );
}

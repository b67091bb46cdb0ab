/** Where the walk is. One list, pushed and popped: the path is written out only when there is something to say. */
export type Trail = (string | number)[];

/** @returns FHIRPath, e.g. `Bundle.entry[3].resource.gender` */
export function written(root: string, trail: Trail): string {
  return trail.reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : `${path}.${step}`),
    root,
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

/** Without a limit a document nested on purpose could end the process. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  return Object.values(value).some((each) => isDeeperThan(each, limit - 1));
}

/** What a row is made of once it is safe to look at: a tree of known depth, without `__proto__`. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [column: string]: Json;
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return isPlainObject(value);
}

/** Nothing was entered: no value, or an empty one. */
export function isNothing(value: Json | undefined): boolean {
  return value === undefined || value === null || value === '';
}

const LONGEST_SHOWN = 2_000;

/** A value as a remark shows it; the row itself keeps what is cut here. */
export function shown(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // A cut through a surrogate pair leaves half of it, which no database stores.
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN).replace(/\p{Cs}$/u, '')}…`;
}

/** The value in a dotted column path; undefined when any part is missing or no object. */
export function valueAt(row: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = row;
  for (const part of path.split('.')) {
    if (!isJsonObject(value) || !Object.hasOwn(value, part)) return undefined;
    value = value[part];
  }
  return value;
}

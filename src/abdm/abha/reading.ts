/** Reads what the service sent, generously: numbers for texts, texts for numbers and booleans, nothing at all. */

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

export function fieldIn(value: unknown, name: string): unknown {
  return fieldsOf(value)[name];
}

/** The first of the names that holds a text or number with something in it. `-` is how some fields say "nothing". */
export function textIn(value: unknown, ...names: readonly string[]): string | undefined {
  return names.map((name) => asText(fieldIn(value, name))).find((text) => text !== undefined);
}

export function asText(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  return text === '' || text === '-' || text === 'null' ? undefined : text;
}

export function numberIn(value: unknown, name: string): number | undefined {
  const text = textIn(value, name);
  const number = text === undefined ? Number.NaN : Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** Also `"true"` and `"VERIFIED"`. */
export function flagIn(value: unknown, ...names: readonly string[]): boolean | undefined {
  const found = names.map((name) => fieldIn(value, name)).find((each) => each !== undefined && each !== null);
  if (typeof found === 'boolean') return found;
  const text = asText(found)?.toLowerCase();
  return text === undefined ? undefined : text === 'true' || text === 'verified' || text === '1';
}

export function listIn(value: unknown, name: string): readonly unknown[] {
  const list = fieldIn(value, name);
  return Array.isArray(list) ? (list as readonly unknown[]) : [];
}

export function textsIn(value: unknown, name: string): readonly string[] {
  return listIn(value, name)
    .map(asText)
    .filter((text) => text !== undefined);
}

import { verdictOnName, type NameVerdict } from './sensitive-names.js';
import { isOnlyUuid, isTellingNumber, REDACTED, redactText } from './sensitive-shapes.js';

const DEEPEST = 8;
const MOST_ENTRIES = 100;

/**
 * A copy fit for logs: no value of a field whose name speaks of a person or a secret, nothing that looks like one in
 * any text (see `sensitive-names.ts`, `sensitive-shapes.ts`), bytes as their number only, texts of at most 2 KB.
 * Takes anything (cycles, getters that throw) and never throws. UUIDs, times, counts, paths and OPD numbers stay.
 */
export function redact(value: unknown): unknown {
  return copy(value, 'open', []);
}

function copy(value: unknown, verdict: NameVerdict, above: readonly object[]): unknown {
  switch (typeof value) {
    case 'string':
      return copyText(value, verdict);
    case 'number':
    case 'bigint':
      return copyNumber(value, verdict);
    case 'boolean':
    case 'undefined':
      return value;
    case 'symbol':
    case 'function':
      return `[${typeof value}]`;
    case 'object':
      if (value === null) return null;
      if (above.includes(value)) return '[circular]';
      if (above.length >= DEEPEST) return '[deep]';
      return copyObject(value, verdict, [...above, value]);
  }
}

function copyText(value: string, verdict: NameVerdict): string {
  if (verdict === 'open' || verdict === 'measure') return redactText(value);
  return value === '' || (verdict === 'only-uuid' && isOnlyUuid(value)) ? value : REDACTED;
}

function copyNumber(value: number | bigint, verdict: NameVerdict): unknown {
  const isHidden = verdict === 'hide' || verdict === 'only-uuid' || (verdict !== 'measure' && isTellingNumber(value));
  if (isHidden) return REDACTED;
  return typeof value === 'bigint' ? String(value) : value;
}

function copyObject(value: object, verdict: NameVerdict, above: readonly object[]): unknown {
  try {
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value) || value instanceof Set)
      return copyList([...(value as Iterable<unknown>)], verdict, above);
    if (verdict !== 'open' && verdict !== 'measure') return REDACTED;
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? '[no date]' : value.toISOString();
    if (value instanceof URL) return redactText(value.href);
    if (value instanceof Error) return copyError(value, above);
    return copyEntries(value instanceof Map ? [...value] : Object.entries(value), above);
  } catch {
    return '[unreadable]';
  }
}

/** Of a list under a sensitive name each item is hidden by itself, so that their number still shows. */
function copyList(items: readonly unknown[], verdict: NameVerdict, above: readonly object[]): readonly unknown[] {
  const shown = items.slice(0, MOST_ENTRIES).map((item) => copy(item, verdict === 'count' ? 'hide' : verdict, above));
  return items.length > MOST_ENTRIES ? [...shown, `[${items.length - MOST_ENTRIES} more]`] : shown;
}

function copyEntries(entries: readonly (readonly [unknown, unknown])[], above: readonly object[]): unknown {
  const shown = entries.slice(0, MOST_ENTRIES).map(([key, value]) => {
    const name = typeof key === 'string' || typeof key === 'number' ? String(key) : `[${typeof key}]`;
    return [redactText(name), copy(value, verdictOnName(name), above)] as const;
  });
  if (entries.length > MOST_ENTRIES) shown.push(['more', entries.length - MOST_ENTRIES]);
  return Object.fromEntries(shown);
}

/** Only these: HTTP clients and databases hang requests, bodies and rows on their errors. */
function copyError(error: Error, above: readonly object[]): unknown {
  const { name, message, stack, cause } = error;
  const { code, status } = error as { readonly code?: unknown; readonly status?: unknown };
  const causes = error instanceof AggregateError ? { errors: copyList(error.errors, 'open', above) } : {};
  return {
    name: redactText(name),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: copy(code, 'open', above) } : {}),
    ...(typeof status === 'number' ? { status } : {}),
    message: redactText(message),
    ...(stack === undefined ? {} : { stack: redactText(stack) }),
    ...causes,
    ...(cause === undefined ? {} : { cause: copy(cause, 'open', above) }),
  };
}

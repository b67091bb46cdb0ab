import { isScan, maskAadhaar } from './cleaning/aadhaar.js';
import type { ColumnKind } from './cleaning/aadhaar.js';
import type { RuleName } from './cleaning/rules.js';
import type { Json, JsonObject } from './json.js';
import { shown } from './json.js';
import type { Remarks } from './remarks.js';

/** Deeper or larger than any row of a hospital, and far from where `JSON.stringify` runs out of stack. */
const DEEPEST = 40;
const MOST_VALUES = 50_000;

export interface MaskedRow {
  readonly row: Json;
  /** Columns in which a number was masked, e.g. `PATIENT.ABHA_NO`. */
  readonly maskedFields: ReadonlySet<string>;
}

/** Where a value stands: `field` as a person reads it (`RX[1].DRUG`), `column` as the mapping does (`RX.DRUG`). */
interface Place {
  readonly field: string;
  readonly column: string;
  readonly depth: number;
}

/**
 * A copy of the row that may be looked at and stored: Aadhaar-like numbers masked in values and column names, nothing
 * PostgreSQL cannot hold (NUL, halves of surrogate pairs), no `__proto__`, bounded depth and size.
 */
export function maskRow(row: unknown, kinds: ReadonlyMap<string, ColumnKind>, remarks: Remarks): MaskedRow {
  const copy = new SafeCopy(kinds, remarks);
  return { row: copy.of(row, { field: '', column: '', depth: 0 }), maskedFields: copy.maskedFields };
}

class SafeCopy {
  readonly maskedFields = new Set<string>();
  private values = 0;
  private isCut = false;

  constructor(
    private readonly kinds: ReadonlyMap<string, ColumnKind>,
    private readonly remarks: Remarks,
  ) {}

  of(value: unknown, place: Place): Json {
    this.values += 1;
    if (this.values > MOST_VALUES || place.depth > DEEPEST) return this.cut(place);
    if (typeof value === 'string') return this.text(value, place);
    if (typeof value === 'number' || typeof value === 'bigint') return this.number(value, place);
    if (typeof value === 'boolean') return value;
    if (Array.isArray(value)) return this.list(value, place);
    return typeof value === 'object' && value !== null ? this.object(value, place) : null;
  }

  private list(values: readonly unknown[], { field, column, depth }: Place): Json {
    const copy: Json[] = [];
    for (const [index, value] of values.entries()) {
      copy.push(this.of(value, { field: `${field}[${index}]`, column, depth: depth + 1 }));
      if (this.values > MOST_VALUES) break;
    }
    return copy;
  }

  private object(value: object, { field, column, depth }: Place): JsonObject {
    const copy: Record<string, Json> = {};
    for (const key of Object.keys(value)) {
      if (this.values > MOST_VALUES) break;
      const name = this.freeName(this.text(key, { field: join(field, '(column name)'), column: '', depth }), copy);
      const below = this.of((value as Record<string, unknown>)[key], {
        field: join(field, name),
        column: join(column, name),
        depth: depth + 1,
      });
      // Assigning it would change the copy's prototype instead of adding a column.
      if (name === '__proto__') this.say(join(field, name), 'unsafe-column', shown(below), undefined);
      else copy[name] = below;
    }
    return copy;
  }

  /** Two column names can become one by masking; neither value may be lost. */
  private freeName(name: string, taken: JsonObject): string {
    let free = name;
    for (let count = 2; Object.hasOwn(taken, free); count += 1) free = `${name} (${count})`;
    return free;
  }

  private number(value: number | bigint, place: Place): Json {
    if (typeof value === 'number' && !Number.isFinite(value)) return null;
    const asText = String(value);
    const masked = this.masked(asText, place);
    return masked === asText && typeof value === 'number' ? value : masked;
  }

  private text(value: string, place: Place): string {
    // Nothing to remove or mask in it, and up to 15 MB to look through.
    if (this.kinds.get(place.column) === 'document-data' && isScan(value)) return value;
    // NUL first: with it between the digits a number would come together again when it is removed.
    const storable = value.replace(/(?<=[\p{L}\p{M}])\0+(?=\p{L})/gu, ' ').replace(/\0|\p{Cs}/gu, '');
    const masked = this.masked(storable, place);
    if (storable !== value) this.say(place.field, 'unstorable-characters', shown(masked), shown(masked));
    return masked;
  }

  private masked(text: string, place: Place): string {
    const result = maskAadhaar(text, this.kinds.get(place.column) ?? 'other');
    for (const mask of result.masks) {
      this.maskedFields.add(place.field);
      this.say(place.field, 'aadhaar-masked', mask, undefined);
    }
    return result.text;
  }

  private cut(place: Place): null {
    if (!this.isCut) this.say(place.field, 'row-too-large', '', undefined);
    this.isCut = true;
    return null;
  }

  private say(field: string, rule: RuleName, came: string, understood: string | undefined): void {
    this.remarks.add(field, rule, came, understood, rule === 'aadhaar-masked' ? 'likely' : 'sure');
  }
}

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

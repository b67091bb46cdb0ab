import { asItCame } from './cleaning/cleaned.js';
import type { Cleaned } from './cleaning/cleaned.js';
import { afterLegacyFont } from './cleaning/legacy-font.js';
import type { RuleName } from './cleaning/rules.js';
import { cleanText, isTidied, wordKey } from './cleaning/text.js';
import type { Json, JsonObject } from './json.js';
import { isJsonObject, isNothing, shown, valueAt } from './json.js';
import type { ListMapping, ValueLists } from './mapping.js';
import type { Remarks } from './remarks.js';

/** More prescriptions or results than this in one visit are a broken export. */
export const MOST_ITEMS = 500;

/** What all readers of one row share. */
export interface RowReading {
  readonly values: ValueLists;
  readonly remarks: Remarks;
  readonly maskedFields: ReadonlySet<string>;
  readonly now: Date;
}

/** The columns of a row, or of one item of a list, by our names for them. */
export class Columns<M extends string> {
  constructor(
    private readonly row: JsonObject,
    private readonly paths: Readonly<Partial<Record<string, string>>>,
    private readonly reading: RowReading,
    private readonly prefix = '',
  ) {}

  /** The hospital's name of a column, e.g. `RX[1].DAYS`; ours when the site has none. */
  field(meaning: M): string {
    return this.prefix + (this.paths[meaning] ?? meaning);
  }

  isMasked(meaning: M): boolean {
    return this.reading.maskedFields.has(this.field(meaning));
  }

  raw(meaning: M): Json | undefined {
    const path = this.paths[meaning];
    return path === undefined ? undefined : valueAt(this.row, path);
  }

  /** What came, as text; undefined when nothing was entered. An object or list where a value belongs is remarked. */
  came(meaning: M): string | undefined {
    const value = this.raw(meaning);
    if (value === undefined || isNothing(value)) return undefined;
    if (typeof value !== 'object') return String(value);
    this.reading.remarks.add(this.field(meaning), 'wrong-type', shown(value), undefined, 'unsure');
    return undefined;
  }

  /** Reads a column with a cleaning rule, which is given tidied text and never an empty one. */
  read<T>(meaning: M, clean: (text: string) => Cleaned<T>): T | undefined {
    const came = this.came(meaning);
    const text = came === undefined ? '' : cleanText(came);
    if (came === undefined || text === '') return undefined;
    if (this.isMissingWord(text)) {
      this.say(meaning, came, {
        value: undefined,
        says: [{ rule: 'missing-word', understood: '', certainty: 'likely' }],
      });
      return undefined;
    }
    const cleaned = clean(text);
    const isOnlyTidied = cleaned.says.length === 0 && isTidied(came, text);
    const says = isOnlyTidied
      ? [{ rule: 'text-tidied' as const, understood: text, certainty: 'sure' as const }]
      : cleaned.says;
    return this.say(meaning, came, { value: cleaned.value, says });
  }

  /** The hospital's words, tidied. */
  text(meaning: M): string | undefined {
    return this.read(meaning, asItCame);
  }

  /** Words that people wrote and may have typed in a legacy Hindi font. */
  words(meaning: M): string | undefined {
    return this.read(meaning, afterLegacyFont(asItCame));
  }

  /** As `text`, but signs are words here: `-` means negative in a laboratory. */
  resultText(meaning: M): string | undefined {
    return this.textUnless(meaning, (word) => !/\p{L}/u.test(word));
  }

  /** As `text`, for what a laboratory tests: `Na` is sodium. */
  testName(meaning: M): string | undefined {
    return this.textUnless(meaning, (word) => word === 'NA');
  }

  /** Whether a text is one of the words for "nothing was entered". */
  isMissingWord(text: string): boolean {
    return this.reading.values.missing.has(wordKey(text));
  }

  private textUnless(meaning: M, isReal: (missingWord: string) => boolean): string | undefined {
    const came = this.came(meaning);
    const text = came === undefined ? '' : cleanText(came);
    if (came === undefined || text === '') return undefined;
    if (!isReal(wordKey(text))) return this.text(meaning);
    if (isTidied(came, text)) this.reading.remarks.add(this.field(meaning), 'text-tidied', came, text, 'sure');
    return text;
  }

  /** The items of a list. One object counts as a list of one; items that are no objects are remarked elsewhere. */
  items<I extends string>(list: ListMapping | undefined): Columns<I>[] {
    const value = list === undefined ? undefined : valueAt(this.row, list.from);
    if (list === undefined || value === undefined) return [];
    const at = this.prefix + list.from;
    if (isJsonObject(value)) {
      this.reading.remarks.add(at, 'list-expected', shown(value), shown(value), 'likely');
      return [new Columns<I>(value, list.columns, this.reading, `${at}.`)];
    }
    if (!Array.isArray(value)) return [];
    const items: readonly Json[] = value;
    if (items.length > MOST_ITEMS) {
      this.reading.remarks.add(at, 'list-too-long', String(items.length), String(MOST_ITEMS), 'sure');
    }
    return items
      .slice(0, MOST_ITEMS)
      .flatMap((item, index) =>
        isJsonObject(item) ? [new Columns<I>(item, list.columns, this.reading, `${at}[${index}].`)] : [],
      );
  }

  /** An item that lacks what it is about. Nothing is said of an item that is empty altogether. */
  sayNameless(meaning: M): undefined {
    if (Object.values(this.row).every(isNothing)) return;
    this.reading.remarks.add(this.field(meaning), 'item-without-name', shown(this.row), undefined, 'unsure');
  }

  /** What stands in columns of an entry that cannot be used, and that nobody has read. */
  sayUnused(rule: RuleName, meanings: readonly M[]): void {
    for (const meaning of meanings) {
      const value = this.raw(meaning);
      if (value === undefined || isNothing(value)) continue;
      this.reading.remarks.add(this.field(meaning), rule, shown(value), undefined, 'unsure');
    }
  }

  private say<T>(meaning: M, came: string, { value, says }: Cleaned<T>): T | undefined {
    this.reading.remarks.addAll(this.field(meaning), shown(came), says);
    return value;
  }
}

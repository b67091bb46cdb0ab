import { readFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import type { AdministrativeGender } from '../ports/visit.js';
import { isPlainObject } from './json.js';
import type { ColumnMeaning, ListMeaning, WordList } from './meanings.js';
import { COLUMN_MEANINGS, DEFAULT_WORDS, LAB_RESULT_MEANINGS, LIST_MEANINGS, SEXES, WORD_LISTS } from './meanings.js';
import { wordKey } from './cleaning/text.js';

/** One list of the row: where it is, and its items' columns. Paths are dotted and relative to the item. */
export interface ListMapping {
  readonly from: string;
  readonly columns: Readonly<Record<string, string>>;
}

/** A site's columns and words, checked. Spellings are compared by `wordKey`. */
export interface Mapping {
  readonly columns: Readonly<Partial<Record<ColumnMeaning, string>>>;
  readonly lists: Readonly<Partial<Record<ListMeaning, ListMapping>>>;
  /** The results inside each laboratory report. */
  readonly labResults: ListMapping | undefined;
  readonly values: ValueLists;
}

export interface ValueLists extends Readonly<Record<WordList, ReadonlySet<string>>> {
  readonly sex: ReadonlyMap<string, AdministrativeGender>;
  /** Spelling to how it is written, e.g. `श्रीमती` to `Smt`. */
  readonly honorifics: ReadonlyMap<string, string>;
}

const COLUMN_PATH = /^[^\s.[\]]+(\.[^\s.[\]]+)*$/u;

/**
 * Reads a site's mapping, e.g. `config/ehospital.yaml`.
 * @throws Error that lists every problem of the file, so that all can be mended at once
 */
export function loadMapping(path: string): Mapping {
  let source: string;
  try {
    source = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`The column mapping ${path} cannot be read. Check that the file exists.`, { cause });
  }
  return parseMapping(source, path);
}

/**
 * The same from text. `name` is what errors call the file.
 * @throws Error as `loadMapping` does
 */
export function parseMapping(source: string, name: string): Mapping {
  const document = parseDocument(source);
  const problems = document.errors.map((error) => `not valid YAML: ${error.message.split('\n')[0] ?? ''}`);
  const content: unknown = problems.length > 0 ? undefined : document.toJS();
  const root = problems.length > 0 ? {} : objectAt(content, 'the file', problems);
  for (const key of Object.keys(root)) {
    if (key !== 'columns' && key !== 'values') problems.push(`${key}: not known here; expected: columns, values`);
  }
  const mapping =
    problems.length > 0
      ? undefined
      : {
          ...readColumns(objectAt(root['columns'], 'columns', problems), problems),
          values: readValues(objectAt(root['values'], 'values', problems), problems),
        };
  if (mapping === undefined || problems.length > 0) {
    throw new Error(`The column mapping ${name} cannot be used. Mend:\n- ${problems.join('\n- ')}`);
  }
  return mapping;
}

function readColumns(columns: Record<string, unknown>, problems: string[]): Omit<Mapping, 'values'> {
  const scalars = Object.entries(columns).filter(([meaning]) => !Object.hasOwn(LIST_MEANINGS, meaning));
  const lists: Partial<Record<ListMeaning, ListMapping>> = {};
  let labResults: ListMapping | undefined;
  for (const meaning of Object.keys(LIST_MEANINGS) as ListMeaning[]) {
    if (!Object.hasOwn(columns, meaning)) continue;
    const { results, ...list } = objectAt(columns[meaning], meaning, problems);
    lists[meaning] = readList(list, LIST_MEANINGS[meaning], meaning, problems);
    if (meaning === 'labReports') {
      const inner = objectAt(results, 'labReports.results', problems);
      labResults = readList(inner, LAB_RESULT_MEANINGS, 'labReports.results', problems);
    } else if (results !== undefined) problems.push(`${meaning}.results: not a meaning known here`);
  }
  const paths = readPaths(Object.fromEntries(scalars), COLUMN_MEANINGS, '', problems);
  const used = [...Object.values(paths), ...Object.values(lists).map((list) => list.from)];
  for (const path of used) {
    const inside = used.find((other) => other.startsWith(`${path}.`));
    if (inside !== undefined) problems.push(`${path}: cannot be a column of its own and hold the column ${inside}`);
  }
  return { columns: paths, lists, labResults };
}

function readList(
  { from, ...columns }: Record<string, unknown>,
  meanings: Readonly<Record<string, 'needed' | 'optional'>>,
  at: string,
  problems: string[],
): ListMapping {
  if (typeof from !== 'string' || !COLUMN_PATH.test(from)) problems.push(`${at}.from: must name the list's column`);
  return { from: String(from), columns: readPaths(columns, meanings, `${at}.`, problems) };
}

function readPaths(
  given: Record<string, unknown>,
  meanings: Readonly<Record<string, 'needed' | 'optional'>>,
  prefix: string,
  problems: string[],
): Record<string, string> {
  const paths: Record<string, string> = {};
  for (const [meaning, path] of Object.entries(given)) {
    if (!Object.hasOwn(meanings, meaning)) problems.push(`${prefix}${meaning}: not a meaning known here`);
    else if (typeof path !== 'string' || !COLUMN_PATH.test(path)) {
      problems.push(`${prefix}${meaning}: must be a column such as OPD_NO or PATIENT.UHID`);
    } else paths[meaning] = path;
  }
  for (const [meaning, need] of Object.entries(meanings)) {
    if (need === 'needed' && !Object.hasOwn(given, meaning)) problems.push(`${prefix}${meaning}: needed, and missing`);
  }
  return paths;
}

function readValues(values: Record<string, unknown>, problems: string[]): ValueLists {
  const known = new Set<string>([...WORD_LISTS, 'sex', 'honorifics']);
  for (const key of Object.keys(values)) {
    if (!known.has(key)) problems.push(`values.${key}: not a list known here`);
  }
  const words = Object.fromEntries(
    WORD_LISTS.map((list) => [
      list,
      new Set(spellings(values[list] ?? DEFAULT_WORDS[list], `values.${list}`, problems)),
    ]),
  ) as Record<WordList, Set<string>>;
  const contradictions = [
    ['yes', 'no'],
    ['labAuthorised', 'labProvisional'],
    ['dayCare', 'inpatient'],
    ['noKnownAllergy', 'allergyNotAsked'],
  ] as const;
  for (const [one, other] of contradictions) {
    // A list of ours must not make a site's older mapping contradict itself.
    if (values[one] === undefined || values[other] === undefined) continue;
    for (const word of words[one]) {
      if (words[other].has(word)) problems.push(`values: "${word}" stands in both ${one} and ${other}`);
    }
  }
  const sexes = objectAt(values['sex'], 'values.sex', problems);
  for (const sex of Object.keys(sexes)) {
    if (!SEXES.some((one) => one === sex)) problems.push(`values.sex.${sex}: must be one of ${SEXES.join(', ')}`);
  }
  const honorifics = objectAt(values['honorifics'], 'values.honorifics', problems);
  return {
    ...words,
    sex: meaningBySpelling(sexes, SEXES, 'values.sex', problems),
    honorifics: meaningBySpelling(honorifics, Object.keys(honorifics), 'values.honorifics', problems),
  };
}

function meaningBySpelling<M extends string>(
  lists: Record<string, unknown>,
  meanings: readonly M[],
  at: string,
  problems: string[],
): ReadonlyMap<string, M> {
  const found = new Map<string, M>();
  for (const meaning of meanings) {
    for (const word of spellings(lists[meaning], `${at}.${meaning}`, problems)) {
      if (found.has(word)) problems.push(`${at}: "${word}" stands twice`);
      found.set(word, meaning);
    }
  }
  return found;
}

function spellings(list: unknown, at: string, problems: string[]): string[] {
  if (!Array.isArray(list) || !list.every((word) => typeof word === 'string' || typeof word === 'number')) {
    problems.push(`${at}: must be a list of words`);
    return [];
  }
  return list.map((word) => wordKey(String(word)));
}

function objectAt(value: unknown, at: string, problems: string[]): Record<string, unknown> {
  if (isPlainObject(value)) return value;
  problems.push(`${at}: must hold names and values`);
  return {};
}

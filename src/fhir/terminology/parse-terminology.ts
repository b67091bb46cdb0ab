import type { Coding } from 'fhir/r4.js';
import { codableCore } from './codable-core.js';
import { DoseWords } from './dose-words.js';
import { bareDrugName, DrugIndex } from './drug-index.js';
import { LabParameterIndex } from './lab-parameter-index.js';
import { NearestTerms } from './nearest-terms.js';
import { LONGEST_TERM, normalUnit, normalWords } from './normal-words.js';
import { readTable } from './read-table.js';
import type { TableRow } from './read-table.js';
import { doseWordOf, drugRowOf } from './special-rows.js';
import { TableProblems } from './table-problems.js';
import { TABLE_NAMES } from './tables.js';
import type { TableName } from './tables.js';
import { TermIndex } from './term-index.js';
import type { CodedKind, Terminology, TermKind } from './terminology.js';
import { vaccineReadings } from './vaccine-words.js';

/** Kinds whose words are looked up as they are; the others have an index of their own. */
const PLAIN_TABLES = {
  condition: 'conditions',
  'lab-test': 'lab-tests',
  unit: 'units',
  specimen: 'specimens',
  vaccine: 'vaccines',
  route: 'routes',
  'body-site': 'body-sites',
  vital: 'vitals',
} as const satisfies Partial<Record<CodedKind, TableName>>;
type PlainKind = keyof typeof PLAIN_TABLES;

const TABLE_OF: Readonly<Record<TermKind, TableName>> = {
  ...PLAIN_TABLES,
  drug: 'drugs',
  'lab-parameter': 'lab-parameters',
  frequency: 'dose-words',
};

/** How words of a kind are spelled for comparing them. */
const normalOf = (kind: TermKind): ((words: string) => string) => (kind === 'unit' ? normalUnit : normalWords);

/**
 * Reads the tables, given as the text of each file.
 * @throws Error that lists every problem with file, line and column, and what to do
 */
export function parseTerminology(texts: Readonly<Record<TableName, string>>): Terminology {
  const problems = new TableProblems();
  const rows = new Map(TABLE_NAMES.map((table) => [table, readTable(table, texts[table], problems)] as const));
  const rowsOf = (kind: TermKind): readonly TableRow[] => rows.get(TABLE_OF[kind]) ?? [];
  const fill = (kind: TermKind, add: (row: TableRow, words: readonly string[]) => readonly string[]): void => {
    for (const row of rowsOf(kind)) {
      for (const taken of add(row, [row.name, ...row.synonyms])) {
        problems.add(TABLE_OF[kind], row.line, 'synonyms', `"${taken}" already means something else above. Keep one.`);
      }
    }
  };

  const plain = new Map<CodedKind, TermIndex<Coding | undefined>>();
  for (const kind of Object.keys(PLAIN_TABLES) as PlainKind[]) {
    const index = new TermIndex<Coding | undefined>(normalOf(kind));
    fill(kind, (row, words) => index.add(words, row.coding, row.coding?.code ?? ''));
    plain.set(kind, index);
  }
  const drugs = new DrugIndex();
  fill('drug', (row) => drugs.add(drugRowOf(row, problems)));
  const parameters = new LabParameterIndex();
  fill('lab-parameter', (row, words) => parameters.add(words, row.cell('specimen'), row.coding));
  const doseWords = new DoseWords();
  fill('frequency', (row, words) => doseWords.add(words, doseWordOf(row, problems)));
  const titles = icd10Titles(rowsOf('condition'), problems);
  const usualUnits = new Map(
    rowsOf('lab-parameter').flatMap(({ coding, cell }) =>
      coding?.code === undefined || cell('ucum') === '' ? [] : [[coding.code, cell('ucum')] as const],
    ),
  );
  problems.throwIfAny();

  const nearest = new Map<TermKind, NearestTerms>();
  const nearestOf = (kind: TermKind): NearestTerms => {
    const known = nearest.get(kind);
    if (known !== undefined) return known;
    const terms = new NearestTerms();
    for (const { name, synonyms } of rowsOf(kind)) {
      for (const words of [name, ...synonyms]) terms.add(normalOf(kind)(words), name);
    }
    nearest.set(kind, terms);
    return terms;
  };

  return {
    find: (kind, text, within) => {
      if (text.length > LONGEST_TERM) return undefined;
      if (kind === 'drug') return drugs.find(text);
      if (kind === 'lab-parameter') return parameters.find(text, within);
      const readings = kind === 'vaccine' ? vaccineReadings(text) : [text];
      for (const reading of readings) {
        const meaning = plain.get(kind)?.get(reading);
        if (meaning !== undefined) return meaning;
      }
      return undefined;
    },
    icd10: (code) => titles.get(code),
    usualUnit: (loinc) => usualUnits.get(loinc),
    frequency: (text) => doseWords.read(text),
    suggest: (kind, text) => nearestOf(kind).to(normalOf(kind)(essence(kind, text.slice(0, LONGEST_TERM)))),
  };
}

/** The part of the words that a table could list. */
function essence(kind: TermKind, text: string): string {
  if (kind === 'drug') return bareDrugName(text);
  if (kind === 'vaccine') return vaccineReadings(text).at(-1) ?? text;
  if (kind === 'condition') return codableCore(text) ?? text;
  return text;
}

function icd10Titles(rows: readonly TableRow[], problems: TableProblems): ReadonlyMap<string, Coding> {
  const titles = new Map<string, Coding>();
  for (const { coding, line } of rows) {
    if (coding?.code === undefined) continue;
    const known = titles.get(coding.code);
    if (known === undefined) titles.set(coding.code, coding);
    else if (known.display !== coding.display) {
      problems.add('conditions', line, 'display', `differs from the title ${coding.code} has above. Write one title.`);
    }
  }
  return titles;
}

import { parse } from 'csv-parse/sync';
import type { Coding } from 'fhir/r4.js';
import { isUcum } from './code-checks.js';
import { coding } from './coding.js';
import type { TableProblems } from './table-problems.js';
import { TABLES } from './tables.js';
import type { TableName, TableShape } from './tables.js';

/** One line of a table. */
export interface TableRow {
  readonly line: number;
  readonly name: string;
  readonly synonyms: readonly string[];
  /** Undefined where the table knows the words but no code for them. */
  readonly coding: Coding | undefined;
  /** A further column; '' when it is empty. */
  readonly cell: (column: string) => string;
}

/** Reads one CSV (RFC 4180, UTF-8, with header) and checks what every table must hold. What is wrong goes to `problems`. */
export function readTable(table: TableName, text: string, problems: TableProblems): readonly TableRow[] {
  const shape: TableShape = TABLES[table];
  const lines = parsed(table, text, problems);
  // What cannot be read as CSV has been said; its header would only seem to be wrong too.
  if (lines === undefined) return [];
  const header = lines[0]?.cells ?? [];
  const expected = [
    ...['name', 'synonyms', ...shape.more],
    ...(shape.code === undefined ? [] : [shape.code.column, 'display']),
    ...['source', 'licence'],
  ];
  const missing = expected.filter((column) => !header.includes(column));
  const unknown = header.filter((column) => !expected.includes(column));
  if (missing.length > 0) problems.addFile(table, `the header lacks ${missing.join(', ')}. Add the column.`);
  if (unknown.length > 0) problems.addFile(table, `column ${unknown.join(', ')} is not known here. Correct its name.`);
  if (missing.length > 0 || unknown.length > 0) return [];

  return lines.slice(1).map(({ line, cells }) => {
    const cell = (column: string): string => cells[header.indexOf(column)] ?? '';
    for (const column of ['name', 'source', 'licence']) {
      if (cell(column) === '') problems.add(table, line, column, 'is empty. Fill it in, or leave the line out.');
    }
    if (shape.more.includes('ucum') && cell('ucum') !== '' && !isUcum(cell('ucum'))) {
      problems.add(table, line, 'ucum', 'is not a UCUM unit. Correct it, or leave it empty.');
    }
    return {
      line,
      name: cell('name'),
      synonyms: listed(cell('synonyms')),
      coding: codingOf(table, line, cell, problems),
      cell,
    };
  });
}

/** Several values in one cell. */
export function listed(cell: string): readonly string[] {
  return cell
    .split('|')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

function codingOf(
  table: TableName,
  line: number,
  cell: (column: string) => string,
  problems: TableProblems,
): Coding | undefined {
  const shape: TableShape = TABLES[table];
  if (shape.code === undefined) return undefined;
  const code = cell(shape.code.column);
  if (code === '') return undefined;
  if (!shape.code.isRight(code)) {
    problems.add(table, line, shape.code.column, `is not ${shape.code.called}. Correct the code, or leave it empty.`);
  }
  if (cell('display') === '') problems.add(table, line, 'display', 'is empty. Write the title of the code.');
  return coding(shape.code.system, code, cell('display'));
}

function parsed(
  table: TableName,
  text: string,
  problems: TableProblems,
): readonly { readonly line: number; readonly cells: readonly string[] }[] | undefined {
  try {
    const records: unknown = parse(text, { bom: true, trim: true, skip_empty_lines: true, info: true });
    return (records as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    problems.addFile(table, `is not CSV with the same number of columns in every line: ${reason}`);
    return undefined;
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTerminology } from './parse-terminology.js';
import { TABLE_NAMES } from './tables.js';
import type { TableName } from './tables.js';
import type { Terminology } from './terminology.js';

/**
 * Reads the terminology tables of a folder (`config/terminology`).
 * @throws Error that names the table that is missing, or lists what is wrong with the tables and where
 */
export function loadTerminology(dir: string): Terminology {
  const texts = Object.fromEntries(TABLE_NAMES.map((table) => [table, readFile(dir, table)]));
  return parseTerminology(texts as Record<TableName, string>);
}

function readFile(dir: string, table: TableName): string {
  const path = join(dir, `${table}.csv`);
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Error(`The terminology table ${path} cannot be read. Check that the file exists.`, { cause });
  }
}

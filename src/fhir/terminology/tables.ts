import { isIcd10, isLoinc, isSnomedConcept, isUcum } from './code-checks.js';
import type { CodeCheck } from './code-checks.js';
import { CODE_SYSTEMS } from './systems.js';

/** How a kind of code is checked and named to whoever keeps the tables. */
interface CodeColumn {
  readonly column: 'snomed' | 'loinc' | 'icd10' | 'ucum';
  readonly system: string;
  readonly isRight: CodeCheck;
  readonly called: string;
}

const SNOMED: CodeColumn = {
  column: 'snomed',
  system: CODE_SYSTEMS.snomed,
  isRight: isSnomedConcept,
  called: 'a SNOMED CT concept id with its check digit',
};
const LOINC: CodeColumn = {
  column: 'loinc',
  system: CODE_SYSTEMS.loinc,
  isRight: isLoinc,
  called: 'a LOINC code with its check digit',
};
const ICD10: CodeColumn = {
  column: 'icd10',
  system: CODE_SYSTEMS.icd10,
  isRight: isIcd10,
  called: 'an ICD-10 code, e.g. J06.9',
};
const UCUM: CodeColumn = { column: 'ucum', system: CODE_SYSTEMS.ucum, isRight: isUcum, called: 'a UCUM unit' };

export interface TableShape {
  readonly code: CodeColumn | undefined;
  /** Columns beside `name`, `synonyms`, the code with its `display`, `source` and `licence`. */
  readonly more: readonly string[];
}

/** The tables of `config/terminology/`, one file each: `drugs` is `drugs.csv`. */
export const TABLES = {
  drugs: { code: SNOMED, more: ['form', 'strength'] },
  conditions: { code: ICD10, more: [] },
  'lab-tests': { code: LOINC, more: [] },
  'lab-parameters': { code: LOINC, more: ['specimen', 'ucum'] },
  units: { code: UCUM, more: [] },
  specimens: { code: SNOMED, more: [] },
  vaccines: { code: SNOMED, more: [] },
  routes: { code: SNOMED, more: [] },
  'body-sites': { code: SNOMED, more: [] },
  'dose-words': { code: undefined, more: ['frequency', 'period', 'period_unit', 'when', 'as_needed', 'once'] },
  vitals: { code: LOINC, more: ['ucum'] },
} as const satisfies Record<string, TableShape>;
export type TableName = keyof typeof TABLES;
export const TABLE_NAMES = Object.keys(TABLES) as readonly TableName[];

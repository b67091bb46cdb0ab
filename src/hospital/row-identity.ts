import type { FieldProblem } from '../ports/hospital.port.js';
import type { Columns } from './columns.js';
import { cleanText } from './cleaning/text.js';
import { isNothing } from './json.js';
import type { ColumnMeaning } from './meanings.js';

/** Numbers longer than this are no numbers, and would not fit a database index. */
export const LONGEST_NUMBER = 100;
/** The largest PostgreSQL integer. */
const HIGHEST_VERSION = 2_147_483_647;

/** What a visit is kept under. */
export interface RowIdentity {
  readonly opdNumber: string;
  readonly hfrId: string;
  readonly rowVersion: number;
}

/** Visit number, facility and version; without them there is nothing to keep the row under, so it is refused. */
export function readIdentity(
  row: Columns<ColumnMeaning>,
): RowIdentity | { readonly problems: readonly FieldProblem[] } {
  const problems: FieldProblem[] = [];
  const opdNumber = readNumber(row, 'opdNumber', 'visit number', problems);
  const hfrId = readNumber(row, 'hfrId', 'facility code (HFR)', problems);
  const rowVersion = readVersion(row, problems);
  return problems.length > 0 ? { problems } : { opdNumber, hfrId, rowVersion };
}

function readNumber(
  row: Columns<ColumnMeaning>,
  meaning: 'opdNumber' | 'hfrId',
  what: string,
  problems: FieldProblem[],
): string {
  const field = row.field(meaning);
  const value = row.raw(meaning);
  const text = typeof value === 'string' ? cleanText(value) : '';
  if (isNothing(value) || (typeof value === 'string' && (text === '' || row.isMissingWord(text)))) {
    problems.push({ field, code: 'missing', detail: `The ${what} is missing. Send it with the visit.` });
  } else if (typeof value !== 'string') {
    problems.push({ field, code: 'not-text', detail: `The ${what} must be text in quotation marks.` });
  } else if (text.length > LONGEST_NUMBER) {
    problems.push({ field, code: 'too-long', detail: `The ${what} is longer than ${LONGEST_NUMBER} characters.` });
  } else if (row.isMasked(meaning)) {
    // Masked it is no longer unique: two visits could replace each other.
    problems.push({
      field,
      code: 'looks-like-aadhaar',
      detail: `The ${what} looks like an Aadhaar number. Send the hospital's own.`,
    });
  }
  return text;
}

function readVersion(row: Columns<ColumnMeaning>, problems: FieldProblem[]): number {
  const value = row.raw('rowVersion');
  if (value === undefined || isNothing(value) || (typeof value === 'string' && value.trim() === '')) return 1;
  const version = typeof value === 'string' && /^\d{1,10}$/.test(value.trim()) ? Number(value) : value;
  if (typeof version === 'number' && Number.isInteger(version) && version >= 1 && version <= HIGHEST_VERSION)
    return version;
  const detail = `The row version must be a whole number from 1 to ${HIGHEST_VERSION}.`;
  problems.push({ field: row.field('rowVersion'), code: 'not-a-version', detail });
  return 0;
}

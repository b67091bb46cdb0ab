import { REPORT_COLUMNS_EN } from '../texts/reports.en.js';
import { REPORT_COLUMNS_HI } from '../texts/reports.hi.js';
import type { ReportRow } from './opd-report.js';

/** Excel takes a file without it for Latin-1, and Hindi headers become question marks. */
const BYTE_ORDER_MARK = '\uFEFF';

const COLUMNS = [
  'registrations',
  'scanAndShare',
  'scanAndSharePercent',
  'abhaLinked',
  'abhaLinkedPercent',
  'abhaCreated',
  'waitingForAbha',
  'neither',
  'medianMinutesToCall',
] as const satisfies readonly (keyof ReportRow)[];

export interface Report {
  readonly by: 'day' | 'facility' | 'counter';
  readonly rows: readonly ReportRow[];
  readonly total: ReportRow;
}

/** UTF-8 with CRLF (RFC 4180): a header row, a line a row, and the total as the last one. */
export function reportCsv({ by, rows, total }: Report, language: 'en' | 'hi'): string {
  const texts = language === 'hi' ? REPORT_COLUMNS_HI : REPORT_COLUMNS_EN;
  const line = (row: ReportRow, key: string): string[] => [
    key,
    row.name ?? '',
    ...COLUMNS.map((column) => {
      const value = row[column];
      return value === 'hidden' ? texts.hidden : value === null ? '' : String(value);
    }),
  ];
  const lines = [
    [texts[by], texts.name, ...COLUMNS.map((column) => texts[column])],
    ...rows.map((row) => line(row, row.key ?? texts.noCounter)),
    line(total, texts.total),
  ];
  return BYTE_ORDER_MARK + lines.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');
}

/** A name of a counter that begins like a formula would be one in a spreadsheet: an apostrophe makes it text. */
export function csvCell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

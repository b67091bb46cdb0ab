import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import type { ReportRow } from './opd-report.js';
import { csvCell, reportCsv } from './report-csv.js';

const aRow = (changes: Partial<ReportRow>): ReportRow => ({
  key: null,
  name: null,
  registrations: 10,
  scanAndShare: 5,
  scanAndSharePercent: 50,
  abhaLinked: '<5',
  abhaLinkedPercent: null,
  abhaCreated: 0,
  waitingForAbha: 'hidden',
  neither: null,
  medianMinutesToCall: 12.5,
  ...changes,
});

describe('The report as CSV', () => {
  const rows = [aRow({ key: 'C1', name: '=HYPERLINK("http://example.org")' }), aRow({ name: 'Desk, old' })];

  it.each([
    ['en', 'Counter', 'OPD registrations', 'Total', 'hidden'],
    ['hi', 'काउंटर', 'ओपीडी पंजीकरण', 'कुल', 'छिपाया गया'],
  ] as const)('has a header row, its rows and the total, in %s', (language, counter, registrations, total, hidden) => {
    const text = reportCsv({ by: 'counter', rows, total: aRow({}) }, language);
    const lines: string[][] = parse(text, { bom: true });
    expect(lines[0]?.slice(0, 3)).toEqual([counter, expect.any(String), registrations]);
    expect(lines[1]).toEqual([
      'C1',
      `'=HYPERLINK("http://example.org")`,
      '10',
      '5',
      '50',
      '<5',
      '',
      '0',
      hidden,
      '',
      '12.5',
    ]);
    expect(lines[2]?.[1]).toBe('Desk, old');
    expect(lines.at(-1)?.[0]).toBe(total);
    expect(lines).toHaveLength(4);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '  =1', "=cmd|' /C calc'!A0"])(
    'makes no formula of %j',
    (text) => {
      const [[cell = ''] = []]: string[][] = parse(csvCell(text));
      expect(cell.startsWith("'")).toBe(true);
    },
  );

  it('leaves other texts as they are', () => {
    for (const text of ['Counter 1', 'पंजीकरण', 'A "new" desk, 2', '2026-11-22']) {
      const [[cell] = []]: string[][] = parse(csvCell(text));
      expect(cell).toBe(text);
    }
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Remark, VisitReading } from '../ports/hospital.port.js';
import { cleanText } from './cleaning/text.js';
import type { Json } from './json.js';
import { isJsonObject, isNothing, shown } from './json.js';
import { loadMapping } from './mapping.js';
import { createHospitalReader } from './reader.js';

const mapping = loadMapping('config/ehospital.yaml');
const hospital = createHospitalReader(mapping, { now: () => new Date('2025-08-12T18:00:00Z') });
const feed = readFileSync('config/demo/opd-day.ndjson', 'utf8').trim().split('\n');

type Row = Record<string, unknown>;

/** A row of the demo's day with everything a row can have. */
function aFullRow(index: number): Row {
  const row = JSON.parse(feed[index % feed.length] ?? '{}') as Row;
  const pdf = Buffer.from('%PDF-1.4 an invented slip').toString('base64');
  return {
    IMMUNIZATION: [{ VACCINE: 'BCG', DOSE_NO: '1', BATCH: 'B1', SITE: 'LA', GIVEN_DT: '12/08/2025', NEXT_DUE: '' }],
    BILL: [{ BILL_NO: 'B1', HEAD: 'REG FEE', AMT: '5.00', MODE: 'CASH' }],
    DOCS: [{ NAME: 'slip', TYPE: 'SLIP', MIME: 'application/pdf', DATA: pdf }],
    LAB: [{ LAB_NO: 'L1', TEST: 'CBC', STATUS: 'AUTH', RESULTS: [{ PARAM: 'Hb', RESULT: '9', UNIT: 'g', REF: '12' }] }],
    ...row,
    RAD: [{ RAD_NO: 'R1', STUDY: 'X-RAY', STATUS: 'AUTH', FINDINGS: 'clear', MIME: 'application/pdf', DATA: pdf }],
    IPD: { IPD_NO: 'I1', TYPE: 'DC', ADM_DT: '12/08/2025 10:00', PROC: [{ TEXT: 'Suturing', PROC_DT: '12/08/2025' }] },
  };
}

/** Paths of all columns the mapping knows, in the first item of a list where they stand in one. */
const COLUMNS: readonly string[] = [
  ...Object.values(mapping.columns),
  ...Object.values(mapping.lists).flatMap(({ from, columns }) => [
    from,
    ...Object.values(columns).map((column) => `${from}[0].${column}`),
  ]),
  ...Object.values(mapping.labResults?.columns ?? {}).map((column) => `LAB[0].RESULTS[0].${column}`),
  'PATIENT',
  'VITALS',
  'IPD',
  'LAB[0].RESULTS',
];

function stepsOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/[^.[\]]+/g)].map(([step]) => (/^\d+$/.test(step) ? Number(step) : step));
}

function setAt(target: unknown, [step = '', ...rest]: readonly (string | number)[], value: unknown): void {
  if (typeof target !== 'object' || target === null) return;
  const holder = target as Record<string | number, unknown>;
  if (rest.length === 0) holder[step] = value;
  else {
    holder[step] ??= typeof rest[0] === 'number' ? [{}] : {};
    setAt(holder[step], rest, value);
  }
}

const words = fc.constantFrom(
  ...[
    'lquhrk nsoh',
    'सुनीता देवी',
    'SUNITA',
    'SMT',
    '<script>alert(1)</script>',
    'সুনীতা',
    'سنیتا',
    '12/08/2025',
    '31/02/2025',
  ],
  ...[
    '99/99/9999',
    '-4',
    '5',
    '10,2',
    '1O.2',
    '<5',
    'QNS',
    '-',
    'NULL',
    'Y',
    'N',
    'F',
    'AUTH',
    'PROV',
    '234567890123',
    '0000000000',
  ],
  ...[
    '91-6454-3665-7110',
    'J069',
    'after 5 days',
    '120/80',
    '101.2 F',
    "5'1",
    'NKDA',
    'data:,',
    'JVBERi0=',
    '/9j/4AAQ',
    'constructor',
  ],
);
const texts = fc.oneof(
  words,
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme', minLength: 3 }),
  fc.string({ unit: 'binary-ascii' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
  fc.tuple(words, fc.constantFrom(' ', ',', '\u0000', '\u200b', '\ud800'), words).map((parts) => parts.join('')),
  fc
    .tuple(fc.string({ minLength: 1, maxLength: 4 }), fc.integer({ min: 500, max: 30_000 }))
    .map(([s, n]) => s.repeat(n)),
);
const values = fc.oneof(
  { weight: 6, arbitrary: texts },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.integer() },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, undefined, true, false, {}, [], [null], [[]]) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.array(fc.dictionary(fc.constantFrom('TEXT', 'DRUG', 'TEST', 'DATA', 'NAME'), texts)) },
);
const changes = fc.array(fc.tuple(fc.constantFrom(...COLUMNS), values), { minLength: 1, maxLength: 8 });
const rows = fc.tuple(fc.nat(feed.length - 1), changes).map(([index, changed]) => {
  const row = aFullRow(index);
  for (const [path, value] of changed) setAt(row, stepsOf(path), value);
  return row;
});

function expectOneOfThree(reading: VisitReading): void {
  if (reading.kind === 'refused') expect(reading.problems.length).toBeGreaterThan(0);
  if (reading.kind !== 'quarantined') return;
  expect(reading.reasons.length).toBeGreaterThan(0);
  for (const { en, hi, field } of reading.reasons)
    expect([en, hi, field]).toEqual([
      expect.stringMatching(/^[A-Z].*\.$/),
      expect.stringMatching(/\p{Script=Devanagari}.*।$/u),
      expect.stringMatching(/./),
    ]);
}

/** Every text and number in a tree, with its path. */
function leaves(value: unknown, path = ''): readonly (readonly [path: string, leaf: string])[] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'number' || typeof value === 'boolean') return [[path, String(value)]];
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, `${path}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => leaves(below, path === '' ? key : `${path}.${key}`));
}

/** Columns that become yes, no or one of our own words; what they may hold is in the mapping. */
const WORDS_OF_OURS: Readonly<Record<string, readonly ReadonlySet<string>[]>> = {
  DEL_FLAG: [mapping.values.yes, mapping.values.no],
  SCAN_SHARE: [mapping.values.yes, mapping.values.no],
  'IPD.TYPE': [mapping.values.dayCare, mapping.values.inpatient],
  'LAB.STATUS': [mapping.values.labAuthorised, mapping.values.labProvisional],
  'RAD.STATUS': [mapping.values.labAuthorised, mapping.values.labProvisional],
};

/** Columns whose number is kept, not its digits as they were typed. */
const NUMBERS = new Set(['ROW_VER', 'BILL.AMT', 'RX.DAYS']);

function isKept(path: string, came: Json, visitLeaves: readonly string[], remarks: readonly Remark[]): boolean {
  const text = typeof came === 'object' ? JSON.stringify(came) : String(came);
  const clean = cleanText(text);
  if (clean === '') return true;
  if (visitLeaves.some((leaf) => leaf.includes(clean) || leaf === clean.toUpperCase())) return true;
  const column = path.replaceAll(/\[\d+\]/g, '');
  if (NUMBERS.has(column) && visitLeaves.includes(String(Number(clean)))) return true;
  const wordKey = clean
    .toUpperCase()
    .replace(/(?<=[^.])\.+$/u, '')
    .trimEnd();
  if (WORDS_OF_OURS[column]?.some((list) => list.has(wordKey)) === true) return true;
  return remarks.some(({ field, came: said }) => {
    // A remark on one column of an entry may speak of the whole entry.
    const entry = field.replace(/(^|\.)[^.]+$/, '');
    const isAbout = [field, entry].some(
      (at) => at !== '' && (path === at || path.startsWith(`${at}.`) || path.startsWith(`${at}[`)),
    );
    const isData = said === `${text.length} characters`;
    return isAbout && (isData || isSaid(said, text) || isSaid(said, clean));
  });
}

/** A remark shows the first 2,000 characters; within the JSON of an entry a text is written with its escapes. */
function isSaid(said: string, text: string): boolean {
  const begin = shown(text).replace(/…$/u, '');
  return (
    said.includes(begin) ||
    said.includes(JSON.stringify(begin).slice(1, -1)) ||
    (said.endsWith('…') && said.length > 2_000)
  );
}

describe('whatever stands in a column', () => {
  it('the row is understood, quarantined with a reason in both languages, or refused; it never throws', () => {
    fc.assert(
      fc.property(rows, (row) => {
        expectOneOfThree(hospital.read(row).reading);
      }),
      { numRuns: 800 },
    );
  });

  it('no value of a known column is lost: it is in the visit, or a remark shows what came', () => {
    fc.assert(
      fc.property(rows, (row) => {
        const { masked, reading } = hospital.read(row);
        if (reading.kind !== 'understood' || !isJsonObject(masked as Json)) return;
        if (reading.remarks.some(({ rule }) => rule === 'more-remarks')) return;
        const visitLeaves = leaves(reading.visit).map(([, leaf]) => leaf);
        const lost = leaves(masked).filter(
          ([path, leaf]) => !isNothing(leaf) && !isKept(path, leaf, visitLeaves, reading.remarks),
        );
        expect(lost).toEqual([]);
      }),
      { numRuns: 800 },
    );
  });

  it('a column nobody knows is reported with what it held', () => {
    const places = fc.constantFrom('', 'PATIENT.', 'VITALS.', 'IPD.', 'RX[0].', 'LAB[0].RESULTS[0].', 'RAD[0].');
    const names = fc.stringMatching(/^[A-Z]{2,8}_X$/);
    const filled = texts.filter((text) => text.replace(/\0|\p{Cs}/gu, '') !== '');
    fc.assert(
      fc.property(fc.nat(399), places, names, filled, (index, place, name, value) => {
        const row = aFullRow(index);
        setAt(row, stepsOf(`${place}${name}`), value);
        const { reading } = hospital.read(row);
        if (reading.kind === 'refused') throw new Error('A row of the demo was refused.');
        const about = reading.remarks.filter(({ rule }) => rule === 'unknown-column').map(({ field }) => field);
        expect(about).toContain(`${place}${name}`);
      }),
      { numRuns: 300 },
    );
  });
});

describe('whatever comes instead of a row', () => {
  it('is understood, quarantined or refused; it never throws', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
      fc.dictionary(fc.constantFrom(...COLUMNS.map((path) => path.replace(/[.[].*/, ''))), fc.anything()),
    );
    fc.assert(
      fc.property(anything, (row) => {
        const { masked, reading } = hospital.read(row);
        expectOneOfThree(reading);
        expect(() => JSON.stringify([masked, reading])).not.toThrow();
      }),
      { numRuns: 1_500 },
    );
  });
});

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buildRecords, type BuiltRecord, type SeenTerm } from '../../src/fhir/records/index.js';
import { loadTerminology } from '../../src/fhir/terminology/load.js';
import { createDefaultValidator, type Validator } from '../../src/fhir/validation/index.js';
import { loadMapping } from '../../src/hospital/mapping.js';
import { createHospitalReader } from '../../src/hospital/reader.js';
import type { Visit } from '../../src/ports/visit.js';
import { generatedRows } from '../makers/generated-rows.js';

const OFFICIAL = '../shared/nrces/package';
const hospital = createHospitalReader(loadMapping('config/ehospital.yaml'));
const place = {
  facility: { hfrId: 'IN2210000101', name: 'District Hospital Bastar', state: 'Chhattisgarh' },
  terminology: loadTerminology('config/terminology'),
};

function errorsIn(records: readonly BuiltRecord[], validator: Validator): string[] {
  return records.flatMap(({ hiType, bundle }) =>
    validator
      .validate(bundle)
      .filter(({ severity }) => severity === 'error')
      .map(({ path, rule }) => `${hiType} ${path} ${rule}`),
  );
}

function understood(rows: readonly unknown[]): Visit[] {
  return rows.flatMap((row) => {
    const { reading } = hospital.read(row);
    return reading.kind === 'understood' ? [reading.visit] : [];
  });
}

describe.each([
  [
    'the demo’s day',
    async () =>
      (await readFile('config/demo/opd-day.ndjson', 'utf8'))
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    400,
  ],
  ['1,000 generated visits', () => Promise.resolve(generatedRows(1_000)), 1_000],
])('The records of %s', (_, rows, count) => {
  let records: BuiltRecord[];
  let terms: SeenTerm[];
  beforeAll(async () => {
    const visits = understood(await rows());
    expect(visits).toHaveLength(count);
    const built = visits.map((visit) => buildRecords(visit, place));
    records = built.flatMap((each) => each.records);
    terms = built.flatMap((each) => each.terms);
  });

  it('are of at least six types', () => {
    expect(new Set(records.map(({ hiType }) => hiType)).size).toBeGreaterThanOrEqual(6);
  });

  it('are valid under our tables', () => {
    expect(errorsIn(records, createDefaultValidator())).toEqual([]);
  });

  (existsSync(OFFICIAL) ? it : it.skip)('are valid under the official package', () => {
    expect(errorsIn(records, createDefaultValidator({ packageDir: OFFICIAL }))).toEqual([]);
  });

  it('never share a document identifier', () => {
    expect(new Set(records.map(({ bundle }) => bundle.identifier?.value)).size).toBe(records.length);
  });

  // Generated words are strange on purpose; the demo's are a hospital's.
  (count === 400 ? it : it.skip)('leave fewer than 15 of 100 words without a code', () => {
    const uncoded = terms.filter(({ isCoded }) => !isCoded).length;
    expect(uncoded / terms.length).toBeLessThan(0.15);
    const different = new Map(terms.map(({ kind, text, isCoded }) => [`${kind} ${text}`, isCoded]));
    expect([...different.values()].filter((isCoded) => !isCoded).length / different.size).toBeLessThan(0.15);
  });
});

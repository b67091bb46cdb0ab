import { describe, expect, it } from '@jest/globals';
import { buildRecords } from '../../src/fhir/records/index.js';
import { loadTerminology } from '../../src/fhir/terminology/load.js';
import { loadMapping } from '../../src/hospital/mapping.js';
import { createHospitalReader } from '../../src/hospital/reader.js';
import { generatedRows } from '../makers/generated-rows.js';

const hospital = createHospitalReader(loadMapping('config/ehospital.yaml'));
const place = {
  facility: { hfrId: 'IN2210000101', name: 'District Hospital Bastar' },
  terminology: loadTerminology('config/terminology'),
};

/** Columns of the desk, not of the record: they stay with the visit. A doctor with a national number goes by that. */
const DESK =
  /^(FACILITY|FACILITY_HFR|COUNTER|TOKEN_NO|SCAN_SHARE|ROW_VER|DEL_FLAG|PATIENT\.CATEGORY)$|\.STATUS$|^IPD\.TYPE$|^DOCTOR\.DOC_ID$/;
/** What stays in until somebody has signed it, or the patient has gone home; the visit keeps it. */
const KEPT_BACK = /^(LAB|RAD|IPD)\b/;

describe('Of what a hospital enters', () => {
  it('every value is found again: in a document, in a remark, or with what is kept back', () => {
    const lost = new Set<string>();
    for (const row of generatedRows(400)) {
      const { reading } = hospital.read(row);
      if (reading.kind !== 'understood') throw new Error(`a row was ${reading.kind}`);
      const { records } = buildRecords(reading.visit, place);
      const said = plain([...records.map(({ bundle }) => bundle), reading.remarks]);
      const kept = plain(reading.visit);
      for (const { column, value } of leavesOf(row)) {
        const field = column.replaceAll(/\[\d+\]/g, '');
        if (DESK.test(field) || value === NO_DOCUMENT || said.includes(plain(value))) continue;
        if (KEPT_BACK.test(field) && kept.includes(plain(value))) continue;
        lost.add(`${field} ${value}`);
      }
    }
    expect([...lost]).toEqual([]);
  });
});

function* leavesOf(value: unknown, column = ''): Generator<{ column: string; value: string }> {
  if (Array.isArray(value)) {
    for (const [at, each] of value.entries()) yield* leavesOf(each, `${column}[${at}]`);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) yield* leavesOf(each, column === '' ? key : `${column}.${key}`);
  } else if (typeof value === 'number' || (typeof value === 'string' && value !== '')) {
    yield { column, value: String(value) };
  }
}

/** Bytes that are no document: the remark names the column and their length, and does not repeat them. */
const NO_DOCUMENT = 'bm90IGEgZG9jdW1lbnQ=';

/** Capitals, escapes, spaces and the dashes of an ABHA number make no other value. */
const plain = (value: unknown): string =>
  (typeof value === 'string' ? value : JSON.stringify(value))
    .toLowerCase()
    .replaceAll(/\\"|"/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll(/(?<=\d)-(?=\d)/g, '')
    .replaceAll(/\s+/g, ' ');

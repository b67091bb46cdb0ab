import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Remark, VisitReading } from '../ports/hospital.port.js';
import type { Visit } from '../ports/visit.js';
import { isVerhoeffValid } from '../support/verhoeff.js';
import { loadMapping } from './mapping.js';
import { createHospitalReader } from './reader.js';

const clock = { now: () => new Date('2025-08-12T18:00:00Z') };
const hospital = createHospitalReader(loadMapping('config/ehospital.yaml'), clock);
const feed = readFileSync('config/demo/opd-day.ndjson', 'utf8').trim().split('\n');

/** A small clean row; `patient` replaces columns of PATIENT. */
function aRow(columns: Record<string, unknown> = {}, patient: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    OPD_NO: 'OPD/25/1',
    FACILITY_HFR: 'IN2210000101',
    REG_DT: '2025-08-12T09:41:00+05:30',
    PATIENT: { UHID: 'BAS-1', PAT_NAME: 'Radha Devi', SEX: 'female', ...patient },
    ...columns,
  };
}

const read = (row: unknown): VisitReading => hospital.read(row).reading;

function understood(row: unknown): { visit: Visit; remarks: readonly Remark[] } {
  const reading = read(row);
  if (reading.kind !== 'understood') throw new Error(`The row was ${reading.kind}.`);
  return reading;
}

const rulesOf = (row: unknown) => understood(row).remarks.map(({ field, rule }) => `${field} ${rule}`);

describe('the demo feed', () => {
  it('is understood whole', () => {
    const kinds = feed.map((line) => read(JSON.parse(line)).kind);
    expect(kinds).toHaveLength(400);
    expect(new Set(kinds)).toEqual(new Set(['understood']));
  });

  it('has no column the mapping does not know, and nothing masked', () => {
    for (const line of feed) {
      const row: unknown = JSON.parse(line);
      expect(hospital.read(row).masked).toEqual(row);
      const rules = understood(row).remarks.map(({ rule }) => rule);
      expect(rules).not.toContain('unknown-column');
      expect(rules).not.toContain('aadhaar-masked');
    }
  });

  it('keeps the report of an unauthorised test provisional', () => {
    const count = (status: string) =>
      feed.flatMap((line) => understood(JSON.parse(line)).visit.labReports).filter((lab) => lab.status === status)
        .length;
    expect([count('authorised'), count('provisional')]).toEqual([261, 135]);
  });
});

describe('a clean row', () => {
  it('is understood without a remark', () => {
    const { visit, remarks } = understood(aRow());
    expect(remarks).toEqual([]);
    expect(visit).toMatchObject({ opdNumber: 'OPD/25/1', rowVersion: 1, withdrawn: false, hfrId: 'IN2210000101' });
    expect(visit.patient).toMatchObject({ uhid: 'BAS-1', name: 'Radha Devi', gender: 'female', birthDate: undefined });
  });

  it('gives the same reading each time', () => {
    expect(hospital.read(JSON.parse(feed[0] ?? ''))).toEqual(hospital.read(JSON.parse(feed[0] ?? '')));
  });
});

describe('refused', () => {
  it.each([undefined, null, 'text', 12, true, [], [aRow()]])('is what is no object: %j', (row) => {
    expect(read(row)).toMatchObject({ kind: 'refused', problems: [{ code: 'not-an-object' }] });
  });

  it.each([
    ['OPD_NO', undefined, 'missing'],
    ['OPD_NO', '  ', 'missing'],
    ['OPD_NO', 12, 'not-text'],
    ['OPD_NO', { a: 1 }, 'not-text'],
    ['OPD_NO', 'x'.repeat(101), 'too-long'],
    ['OPD_NO', '234567890124', 'looks-like-aadhaar'],
    ['OPD_NO', 'NULL', 'missing'],
    ['FACILITY_HFR', 'N/A', 'missing'],
    ['FACILITY_HFR', null, 'missing'],
    ['ROW_VER', 0, 'not-a-version'],
    ['ROW_VER', -1, 'not-a-version'],
    ['ROW_VER', 1.5, 'not-a-version'],
    ['ROW_VER', 'two', 'not-a-version'],
    ['ROW_VER', 1e12, 'not-a-version'],
    ['ROW_VER', [1], 'not-a-version'],
  ])('is %s %j', (field, value, code) => {
    const reading = read(aRow({ [field]: value }));
    expect(reading).toMatchObject({ kind: 'refused', problems: [{ field, code }] });
    if (typeof value === 'string' && value.trim() !== '') expect(JSON.stringify(reading)).not.toContain(value);
  });

  it.each([
    [undefined, 1],
    [null, 1],
    ['', 1],
    ['3', 3],
    [4, 4],
  ])('is not the version %j', (value, version) => {
    expect(understood(aRow({ ROW_VER: value })).visit.rowVersion).toBe(version);
  });
});

describe('quarantined', () => {
  it.each([
    ['an empty name', aRow({}, { PAT_NAME: '' }), 'name-missing', 'PATIENT.PAT_NAME'],
    ['a name that is no text', aRow({}, { PAT_NAME: { a: 1 } }), 'name-missing', 'PATIENT.PAT_NAME'],
    ['a lost name', aRow({}, { PAT_NAME: '?????' }), 'name-unreadable', 'PATIENT.PAT_NAME'],
    ['a name in a legacy font', aRow({}, { PAT_NAME: 'lquhrkk nsoh' }), 'name-legacy-font', 'PATIENT.PAT_NAME'],
    [
      'a script of a web page',
      aRow({}, { PAT_NAME: '<script>alert(1)</script>' }),
      'name-unreadable',
      'PATIENT.PAT_NAME',
    ],
    ['a name in Odia letters', aRow({}, { PAT_NAME: 'ସୁନୀତା' }), 'name-other-script', 'PATIENT.PAT_NAME'],
    ['a name that says there is none', aRow({}, { PAT_NAME: 'N/A' }), 'name-missing', 'PATIENT.PAT_NAME'],
    ['a name in a spoilt legacy font', aRow({}, { PAT_NAME: 'Eku Flag' }), 'name-legacy-font', 'PATIENT.PAT_NAME'],
    ['no UHID', aRow({}, { UHID: '' }), 'uhid-missing', 'PATIENT.UHID'],
    ['an Aadhaar number for UHID', aRow({}, { UHID: '234567890124' }), 'uhid-unusable', 'PATIENT.UHID'],
    ['no registration date', aRow({ REG_DT: null }), 'registration-missing', 'REG_DT'],
    ['an impossible registration date', aRow({ REG_DT: '31/02/2025 10:00' }), 'registration-impossible', 'REG_DT'],
    ['a registration next century', aRow({ REG_DT: '12/08/2125 09:41' }), 'registration-in-future', 'REG_DT'],
    ['a registration in a month', aRow({ REG_DT: '12/09/2025' }), 'registration-in-future', 'REG_DT'],
    ['the last day of all', aRow({ REG_DT: '31/12/9999' }), 'registration-in-future', 'REG_DT'],
    ['a day that is none', aRow({ REG_DT: '99/99/9999' }), 'registration-impossible', 'REG_DT'],
    ['an unreadable delete mark', aRow({ DEL_FLAG: 'perhaps' }), 'withdrawn-unreadable', 'DEL_FLAG'],
  ])('for %s', (_, row, code, field) => {
    const reading = read(row);
    expect(reading).toMatchObject({ kind: 'quarantined', opdNumber: 'OPD/25/1', reasons: [{ code, field }] });
    if (reading.kind === 'quarantined') expect(reading.reasons[0]?.hi).toMatch(/।$/);
  });

  it('with all reasons at once', () => {
    const reading = read(aRow({ PATIENT: null, REG_DT: '' }));
    expect(reading.kind === 'quarantined' && reading.reasons.map(({ code }) => code)).toEqual([
      'registration-missing',
      'uhid-missing',
      'name-missing',
    ]);
  });

  it('and marked withdrawn, when a withdrawal says little else', () => {
    const row = { OPD_NO: 'OPD/25/1', FACILITY_HFR: 'IN2210000101', ROW_VER: 2, DEL_FLAG: 'Y' };
    expect(read(row)).toMatchObject({ kind: 'quarantined', withdrawn: true, rowVersion: 2 });
    expect(understood(aRow({ DEL_FLAG: 'Y' })).visit.withdrawn).toBe(true);
  });
});

describe('names', () => {
  it('are spelled in Latin letters when only Hindi came, as a likely spelling', () => {
    const { visit, remarks } = understood(aRow({}, { PAT_NAME: '', PAT_NAME_HI: 'श्रीमती राधा देवी' }));
    expect(visit.patient).toMatchObject({ name: 'Radha Devi', nameHindi: 'राधा देवी', honorific: 'Smt' });
    expect(remarks.at(-1)).toEqual({
      field: 'PATIENT.PAT_NAME_HI',
      rule: 'name-transliterated',
      came: 'राधा देवी',
      understood: 'Radha Devi',
      certainty: 'likely',
    });
  });

  it('typed in Kruti Dev are read, and what came is kept in the remark', () => {
    const { visit, remarks } = understood(aRow({}, { PAT_NAME: 'lquhrk nsoh' }));
    expect(visit.patient).toMatchObject({ name: 'Sunita Devi', nameHindi: 'सुनीता देवी' });
    expect(remarks).toMatchObject([
      { rule: 'legacy-font-converted', came: 'lquhrk nsoh', understood: 'सुनीता देवी', certainty: 'sure' },
      { rule: 'name-transliterated', came: 'सुनीता देवी', understood: 'Sunita Devi', certainty: 'likely' },
    ]);
  });

  it('typed in Kruti Dev in the Hindi column stand beside the Latin one', () => {
    const { visit } = understood(aRow({}, { PAT_NAME: 'Suneeta Devi', PAT_NAME_HI: 'lquhrk nsoh' }));
    expect(visit.patient).toMatchObject({ name: 'Suneeta Devi', nameHindi: 'सुनीता देवी' });
  });

  it('in another script do no harm where a readable one came too', () => {
    const { visit, remarks } = understood(aRow({}, { PAT_NAME: 'সুনীতা', PAT_NAME_HI: 'सुनीता' }));
    expect(visit.patient).toMatchObject({ name: 'Sunita', nameHindi: 'सुनीता' });
    expect(remarks[0]).toMatchObject({ rule: 'name-other-script', came: 'সুনীতা' });
  });

  it('are taken from the Hindi column when the other cannot be read', () => {
    const { visit, remarks } = understood(aRow({}, { PAT_NAME: 'jk/kk ns~', PAT_NAME_HI: 'राधा देवी' }));
    expect(visit.patient.name).toBe('Radha Devi');
    expect(remarks).toMatchObject([
      { rule: 'legacy-font', came: 'jk/kk ns~', understood: undefined },
      { rule: 'name-transliterated' },
    ]);
  });
});

describe('date of birth and age', () => {
  it('makes an estimated year of an age', () => {
    const { visit } = understood(aRow({}, { AGE_Y: '15', AGE_M: '0' }));
    expect(visit.patient).toMatchObject({ birthDate: '2010', isBirthDateEstimated: true });
  });

  it('prefers the date and remarks when the age contradicts it', () => {
    const row = aRow({}, { DOB: '1990-05-01', AGE_Y: 60 });
    expect(understood(row).visit.patient).toMatchObject({ birthDate: '1990-05-01', isBirthDateEstimated: false });
    expect(rulesOf(row)).toEqual(['PATIENT.AGE_Y birth-date-age-differ']);
  });

  it.each(['-3', '200', 'old'])('does not understand the age %j', (age) => {
    const row = aRow({}, { AGE_Y: age });
    expect(understood(row).visit.patient.birthDate).toBeUndefined();
    expect(rulesOf(row)).toEqual(['PATIENT.AGE_Y age-impossible']);
  });
});

describe('an Aadhaar number', () => {
  it('in the ABHA column is masked, remarked in its masked form only, and leaves the ABHA number unknown', () => {
    const { masked, reading } = hospital.read(aRow({}, { ABHA_NO: '2345-6789-0123' }));
    expect(masked).toMatchObject({ PATIENT: { ABHA_NO: 'XXXXXXXX0123' } });
    expect(reading).toMatchObject({
      visit: { patient: { abhaNumber: undefined } },
      remarks: [{ field: 'PATIENT.ABHA_NO', rule: 'aadhaar-masked', came: 'XXXXXXXX0123', understood: undefined }],
    });
  });

  it.each([
    ['a number', aRow({ CC: 234567890123 })],
    ['a column name', aRow({ '234567890123': 'x' })],
    ['a deep value', aRow({ EXTRA: [{ a: [{ b: 'uid 2345 6789 0123' }] }] })],
    ['a list item', aRow({ RX: [{ DRUG: 'TAB PCM 2345 6789 0123' }] })],
    ['the mobile column', aRow({}, { MOBILE: '234567890123' })],
    ['short document data', aRow({ DOCS: [{ NAME: 'a', MIME: 'application/pdf', DATA: '234567890123' }] })],
    ['NUL between its digits', aRow({ CC: '2345\u000067890123' })],
    ['half a surrogate pair between its digits', aRow({ CC: '2345\ud80067890123' })],
  ])('does not survive in %s', (_, row) => {
    const { masked, reading } = hospital.read(row);
    expect(JSON.stringify([masked, reading])).not.toMatch(/2345[^0-9]*6789[^0-9]*0123/);
    expect(JSON.stringify(masked)).toContain('XXXXXXXX0123');
  });

  it('loses no value when two column names become one', () => {
    const { masked } = hospital.read(aRow({ '234567890123': 'one', '345678900123': 'two' }));
    expect(masked).toMatchObject({ XXXXXXXX0123: 'one', 'XXXXXXXX0123 (2)': 'two' });
  });

  it('is not seen in a number of the hospital without its check digit', () => {
    const number = '202500012345';
    const row = aRow({ LAB: [{ LAB_NO: number, TEST: 'CBC', STATUS: 'AUTH' }], CC: number }, { UHID: number });
    const { visit } = understood({ ...row, OPD_NO: number, DOCTOR: { DOC_ID: number, REG_NO: number } });
    expect([visit.opdNumber, visit.patient.uhid, visit.labReports[0]?.number, visit.doctor.registrationNumber]).toEqual(
      Array(4).fill(number),
    );
    expect(visit.complaint).toBe('XXXXXXXX2345');
  });

  it('is not seen in a mobile with 91 in its own column', () => {
    expect(understood(aRow({}, { MOBILE: '919839118735' })).visit.patient.mobile).toBe('9839118735');
  });
});

describe('columns and types', () => {
  it('reports a column the mapping does not know, with what it held', () => {
    const { remarks } = understood(
      aRow({ WARD: { NO: 7 }, EMPTY: '', PATIENT: { UHID: 'B', PAT_NAME: 'Radha', CASTE: 'x' } }),
    );
    expect(remarks).toMatchObject([
      { field: 'PATIENT.CASTE', rule: 'unknown-column', came: 'x' },
      { field: 'WARD', rule: 'unknown-column', came: '{"NO":7}' },
    ]);
  });

  it.each([
    ['an object for text', { CC: { a: 1 } }, 'CC wrong-type'],
    ['text for an object', { VITALS: 'BP 120/80' }, 'VITALS wrong-type'],
    ['text for a list', { RX: 'TAB PCM' }, 'RX wrong-type'],
    ['text for an item', { RX: ['TAB PCM'] }, 'RX[0] wrong-type'],
    ['one object for a list', { RX: { DRUG: 'TAB PCM' } }, 'RX list-expected'],
    ['an item without its name', { RX: [{ DOSE: '1' }] }, 'RX[0].DRUG item-without-name'],
    ['an extra space', { CC: ' fever' }, 'CC text-tidied'],
    ['a dash for nothing', { ADVICE: '--' }, 'ADVICE missing-word'],
    ['an unknown yes or no', { SCAN_SHARE: '?' }, 'SCAN_SHARE yes-no-word'],
    ['a NUL', { CC: 'fe\u0000ver' }, 'CC unstorable-characters'],
  ])('remarks %s', (_, columns, remark) => {
    expect(rulesOf(aRow(columns))).toEqual([remark]);
  });

  it('takes a number for text', () => {
    const { visit, remarks } = understood(aRow({ TOKEN_NO: 7 }, { PIN: 494001 }));
    expect([visit.tokenNumber, visit.patient.address.pin, remarks]).toEqual(['7', '494001', []]);
  });

  it.each([null, undefined, {}, [], [null], [{}]])('understands empty lists: %j', (list) => {
    const { visit, remarks } = understood(aRow({ RX: list, LAB: list, DIAG: list, DOCS: undefined, BILL: list }));
    expect([visit.prescriptions, visit.labReports, visit.diagnoses, visit.bills]).toEqual([[], [], [], []]);
    expect(remarks.filter(({ rule }) => rule !== 'list-expected')).toEqual([]);
  });

  it('reads a single object as a list of one', () => {
    const { visit } = understood(aRow({ DIAG: { TEXT: 'Fever' }, LAB: { TEST: 'CBC', LAB_NO: 'L1', STATUS: 'AUTH' } }));
    expect(visit.diagnoses).toEqual([{ text: 'Fever', icd10: undefined }]);
    expect(visit.labReports).toMatchObject([{ number: 'L1', status: 'authorised', results: [] }]);
  });
});

describe('papers', () => {
  it('keeps results in the words of the laboratory', () => {
    const RESULTS = ['<5', 'QNS', '10,2', '1O.2', '-', 0, ''].map((RESULT) => ({ PARAM: 'Na', RESULT }));
    const { visit, remarks } = understood(aRow({ LAB: [{ LAB_NO: 'L1', TEST: 'X', STATUS: 'AUTH', RESULTS }] }));
    expect(visit.labReports[0]?.results.map(({ text }) => text)).toEqual(['<5', 'QNS', '10,2', '1O.2', '-', '0']);
    expect(remarks).toMatchObject([{ field: 'LAB[0].RESULTS[6].RESULT', rule: 'result-empty' }]);
  });

  it('holds back a report without a status, and numbers one without a number', () => {
    const { visit, remarks } = understood(aRow({ LAB: [{ TEST: 'CBC' }] }));
    expect(visit.labReports).toMatchObject([{ number: 'OPD/25/1/LAB/1', status: 'provisional' }]);
    expect(remarks.map(({ rule }) => rule)).toEqual(['lab-status', 'number-from-visit']);
  });

  it('never shows a document’s data in a remark', () => {
    const { visit, remarks } = understood(
      aRow({ DOCS: [{ NAME: 'slip', MIME: 'application/pdf', DATA: 'not base64!' }] }),
    );
    expect(visit.documents).toEqual([]);
    expect(remarks.map(({ field, rule, came }) => [field, rule, came])).toEqual([
      ['DOCS[0].DATA', 'document-not-base64', '11 characters'],
      ['DOCS[0].NAME', 'unused-with-entry', 'slip'],
      ['DOCS[0].MIME', 'unused-with-entry', 'application/pdf'],
    ]);
  });
});

describe('hostile rows', () => {
  it('survives deep nesting, and can still be stored', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}1${']'.repeat(5_000)}`);
    const { masked, reading } = hospital.read(aRow({ RX: deep, EXTRA: deep }));
    expect(reading.kind).toBe('understood');
    expect(JSON.stringify(masked).length).toBeLessThan(2_000);
    expect(understood(aRow({ EXTRA: deep })).remarks.map(({ rule }) => rule)).toContain('row-too-large');
  });

  it('survives a row that holds itself', () => {
    const row = aRow();
    row['SELF'] = row;
    row['TWICE'] = [row, row];
    expect(hospital.read(row).reading.kind).toBe('understood');
  });

  it('cuts lists without end and counts what it no longer remarks', () => {
    const row = aRow({ RX: Array.from({ length: 2_000 }, () => ({ DRUG: 'TAB PCM ', X: 1 })) });
    const { visit, remarks } = understood(row);
    expect(visit.prescriptions).toHaveLength(500);
    expect(remarks.length).toBeLessThan(502);
    expect(remarks.at(-1)?.rule).toBe('more-remarks');
  });

  it('pollutes no prototype', () => {
    const row = JSON.parse(
      '{"OPD_NO":"1","FACILITY_HFR":"IN1","__proto__":{"polluted":1},"PATIENT":{"__proto__":{"UHID":"x"}}}',
    );
    const { masked, reading } = hospital.read(row);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect((masked as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(reading).toMatchObject({ kind: 'quarantined' });
    expect(reading.kind !== 'refused' && reading.remarks.map(({ rule }) => rule)).toContain('unsafe-column');
  });

  it('leaves nothing PostgreSQL cannot store', () => {
    const bad = { 'a\u0000b': 'x\u0000\ud800y', CC: 'fe\udc00ver\u0000', DEPT: '\ud83d'.repeat(3) };
    const stored = JSON.stringify(hospital.read(aRow(bad)));
    expect(stored).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  });
});

describe('whatever comes in', () => {
  const columns = Object.keys(JSON.parse(feed[0] ?? '{}'));
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('12/08/2025', 'F', '0', '-', 'Y', '५', '120/80', 'XXXXXXXX1234', '__proto__'),
  );
  const patients = fc.dictionary(
    fc.constantFrom('UHID', 'PAT_NAME', 'SEX', 'DOB', 'AGE_Y', 'MOBILE', 'ABHA_NO'),
    anything,
  );
  const items = fc.array(
    fc.dictionary(fc.constantFrom('DRUG', 'DAYS', 'TEXT', 'ICD10', 'TEST', 'RESULTS', 'DATA', 'AMT'), anything),
  );
  const rows = fc
    .tuple(fc.dictionary(fc.constantFrom(...columns), fc.oneof(anything, items)), patients, fc.boolean())
    .map(([row, patient, isNumbered]) => ({
      ...row,
      PATIENT: patient,
      ...(isNumbered ? { OPD_NO: 'OPD/1', FACILITY_HFR: 'IN1', ROW_VER: 1 } : {}),
    }));

  it('is understood, quarantined or refused, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), rows), (row) => {
        const { masked, reading } = hospital.read(row);
        expect(['understood', 'quarantined', 'refused']).toContain(reading.kind);
        expect(JSON.stringify([masked, reading])).not.toMatch(/\\u0000|\\ud[89a-f][0-9a-f]{2}/i);
      }),
      { numRuns: 400 },
    );
  });

  it('never lets the digits of an Aadhaar number through', () => {
    const digits = fc.stringMatching(/^[2-9]\d{11}$/);
    const gaps = fc.constantFrom('', ' ', '-', '  ', ' - ', '\u00a0', '\u2013', '\u200b', '\u0000');
    const around = fc.string().map((text) => text.replace(/\d/g, '#'));
    const withCheckDigit = (eleven: string) =>
      Array.from('0123456789', (digit) => eleven + digit).find(isVerhoeffValid) ?? eleven;
    const inPlace = ([[place, isHospitalNumber], digits, gap, before, after]: readonly [
      Place,
      string,
      string,
      string,
      string,
    ]) => {
      // In the columns of the hospital's own numbers only the check digit tells.
      const number = isHospitalNumber ? withCheckDigit(digits.slice(0, 11)) : digits;
      const text = `${before}|${number.replace(/(\d{4})(\d{4})/, `$1${gap}$2${gap}`)}|${after}`;
      return { number, row: place(text) };
    };
    type Place = readonly [(text: string) => Record<string, unknown>, isHospitalNumber: boolean];
    const anywhere = [
      (text) => aRow({ CC: text }),
      (text) => aRow({ [text]: 1 }),
      (text) => aRow({ RX: [{ DRUG: text, DAYS: text }], BILL: [{ HEAD: 'FEE', AMT: text }] }),
      (text) => aRow({}, { PAT_NAME: text, ABHA_NO: text, MOBILE: text, PIN: text }),
      (text) => aRow({ REG_DT: text, ROW_VER: text }),
    ] satisfies readonly Place[0][];
    const hospitalNumbers = [
      (text) => aRow({ OPD_NO: text }, { UHID: text }),
      (text) => aRow({ LAB: [{ LAB_NO: text, TEST: 'CBC' }], BILL: [{ BILL_NO: text, HEAD: 'FEE', AMT: '5' }] }),
      (text) => aRow({ DOCTOR: { DOC_ID: text, REG_NO: text }, IPD: { IPD_NO: text } }),
    ] satisfies readonly Place[0][];
    const places = fc.constantFrom<Place>(
      ...anywhere.map((place): Place => [place, false]),
      ...hospitalNumbers.map((place): Place => [place, true]),
    );
    fc.assert(
      fc.property(fc.tuple(places, digits, gaps, around, around).map(inPlace), ({ number, row }) => {
        const digitsLeft = JSON.stringify(hospital.read(row)).match(/\d(?:[^\p{L}\d]*\d)*/gu) ?? [];
        for (const run of digitsLeft) expect(run.replace(/\D/g, '')).not.toContain(number);
      }),
      { numRuns: 300 },
    );
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { complaintPhrases } from './complaint-phrases.js';
import { loadTerminology } from './load.js';
import { readTable } from './read-table.js';
import { TableProblems } from './table-problems.js';
import type { TableName } from './tables.js';
import type { CodedKind } from './terminology.js';
import { VITAL_SIGNS } from './vital-signs.js';

const DIR = 'config/terminology';
// Loading checks every form and check digit, and that no words have two codes.
const terms = loadTerminology(DIR);
const rowsOf = (table: TableName) => readTable(table, readFileSync(`${DIR}/${table}.csv`, 'utf8'), new TableProblems());

describe('the tables that come with the adapter', () => {
  it.each<[TableName, number]>([
    ['drugs', 150],
    ['conditions', 100],
    ['lab-parameters', 60],
    ['lab-tests', 20],
    ['units', 30],
    ['routes', 10],
    ['specimens', 10],
    ['body-sites', 8],
    ['dose-words', 20],
    ['vaccines', 20],
  ])('%s names at least %i terms with a code', (table, count) => {
    const coded = rowsOf(table).filter(({ coding }) => coding !== undefined || table === 'dose-words');
    expect(new Set(coded.map(({ name }) => name)).size).toBeGreaterThanOrEqual(count);
  });

  it.each([
    'BCG',
    'OPV',
    'Hepatitis B',
    'Pentavalent',
    'Rotavirus',
    'IPV',
    'fIPV',
    'PCV',
    'MR',
    'JE',
    'DPT',
    'Td',
    'HPV',
  ])('hold the vaccine of the national schedule %s', (vaccine) => {
    expect(terms.find('vaccine', vaccine)).toBeDefined();
  });

  it.each(['बीसीजी', 'ओपीवी', 'पेंटा-2', 'रोटा', 'खसरा रूबेला', 'डीपीटी बूस्टर', 'टीडी', 'हेपेटाइटिस बी'])(
    'know %s in Hindi',
    (vaccine) => {
      expect(terms.find('vaccine', vaccine)).toBeDefined();
    },
  );

  it.each<[CodedKind, string, string | undefined, string]>([
    ['drug', 'TAB PCM 500', undefined, '322236009'],
    ['drug', 'Tab Cetirizine 10mg', undefined, '372523007'],
    ['drug', 'DICLO GEL', undefined, '7034005'],
    ['condition', 'Ac. URTI', undefined, 'J06.9'],
    ['condition', 'OA knee', undefined, 'M17.9'],
    ['condition', 'HTN', undefined, 'I10'],
    ['condition', 'P. falciparum malaria', undefined, 'B50.9'],
    ['lab-test', 'CBC', 'BLOOD', '58410-2'],
    ['lab-parameter', 'Hb', 'BLOOD', '718-7'],
    ['lab-parameter', 'Albumin', 'URINE', '1753-3'],
    ['lab-parameter', 'HbA1c', 'BLOOD', '4548-4'],
    ['unit', 'gm%', undefined, 'g/dL'],
    ['unit', 'lakh/cumm', undefined, '10*5/uL'],
    ['unit', '/hpf', undefined, '/[HPF]'],
    ['specimen', 'BLOOD', undefined, '119297000'],
    ['route', 'PO', undefined, '26643006'],
    ['route', 'LOCAL APP', undefined, '6064005'],
    ['body-site', 'L thigh', undefined, '61396006'],
  ])('%s %s is coded', (kind, text, within, code) => {
    expect(terms.find(kind, text, within)?.code).toBe(code);
  });

  it.each([
    ...['c/o fever x 3/7, cough', 'बुखार 3 दिन, खांसी', 'bukhar 3 din se', 'पेट दर्द, उल्टी', 'pain abdomen 1 day'],
    ...['सिर दर्द, चक्कर', 'घुटनों में दर्द 6 माह', 'ghutne me dard', 'ANC checkup 7 month', 'गर्भवती 28 सप्ताह'],
    ...['टीकाकरण', 'Routine immunization', 'known c/o DM, polyuria'],
  ])('know what a patient comes with: %s', (complaint) => {
    for (const { core } of complaintPhrases(complaint)) expect(terms.find('condition', core ?? '')).toBeDefined();
  });

  it('give ICD-10 titles, and none for codes that mean something else with WHO', () => {
    expect(terms.icd10('I10')?.display).toBe('Essential (primary) hypertension');
    // E11.65 is American; Z23 means any immunization there, and one against single bacterial diseases with WHO.
    for (const code of ['E11.65', 'Z23', 'X99', 'constructor']) expect(terms.icd10(code)).toBeUndefined();
  });

  it('have a code for every vital sign, and for both numbers of a blood pressure', () => {
    for (const kind of [...Object.keys(VITAL_SIGNS), 'systolic-blood-pressure', 'diastolic-blood-pressure']) {
      expect(terms.find('vital', kind)).toMatchObject({ system: 'http://loinc.org' });
    }
    // Not the guide's 61008-9 (body surface): the hospital does not say where it was taken.
    expect(terms.find('vital', 'temperature')?.code).toBe('8310-5');
  });

  it('are asked for by name when one is missing', () => {
    expect(() => loadTerminology('config/no-such-folder')).toThrow(/drugs\.csv cannot be read\. Check/);
  });
});

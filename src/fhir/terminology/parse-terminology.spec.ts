import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseTerminology } from './parse-terminology.js';
import type { TableName } from './tables.js';
import { CODED_KINDS } from './terminology.js';

const FROM = 'test,test';
const TEXTS: Readonly<Record<TableName, string>> = {
  drugs: `name,synonyms,form,strength,snomed,display,source,licence
Paracetamol,PCM|Acetaminophen,,,387517004,Paracetamol,${FROM}
Paracetamol,,tablet,500 mg,322236009,Acetaminophen 500 mg oral tablet,${FROM}
Local syrup,,,,,,${FROM}
`,
  conditions: `name,synonyms,icd10,display,source,licence
hypertension,HTN|BP high|उच्च रक्तचाप,I10,Essential (primary) hypertension,${FROM}
raised BP,,I10,Essential (primary) hypertension,${FROM}
fever,बुखार|bukhar,R50.9,"Fever, unspecified",${FROM}
`,
  'lab-tests': `name,synonyms,loinc,display,source,licence
CBC,complete blood count,58410-2,CBC panel - Blood by Automated count,${FROM}
`,
  'lab-parameters': `name,synonyms,specimen,loinc,display,ucum,source,licence
haemoglobin,Hb,,718-7,Hemoglobin [Mass/volume] in Blood,g/dL,${FROM}
albumin,,blood,1751-7,Albumin [Mass/volume] in Serum or Plasma,g/dL,${FROM}
albumin,,urine,1753-3,Albumin [Presence] in Urine,,${FROM}
`,
  units: `name,synonyms,ucum,display,source,licence
g/dl,gm%|g%,g/dL,gram per deciliter,${FROM}
`,
  specimens: `name,synonyms,snomed,display,source,licence
blood,,119297000,Blood specimen,${FROM}
`,
  vaccines: `name,synonyms,snomed,display,source,licence
BCG,बीसीजी,1861000221106,BCG vaccine,${FROM}
Pneumococcal,PCV,1801000221105,Pneumococcal vaccine,${FROM}
Pneumococcal 13,PCV13|PCV 13,1119254000,Pneumococcal 13-valent vaccine,${FROM}
`,
  routes: `name,synonyms,snomed,display,source,licence
Oral,PO|P/O,26643006,Oral route,${FROM}
`,
  'body-sites': `name,synonyms,snomed,display,source,licence
Left thigh,L thigh,61396006,Structure of left thigh,${FROM}
`,
  'dose-words': `name,synonyms,frequency,period,period_unit,when,as_needed,once,source,licence
twice a day,BD,2,1,d,,,,${FROM}
after food,PC,,,,PC,,,${FROM}
`,
  vitals: `name,synonyms,loinc,display,ucum,source,licence
pulse,HR,8867-4,Heart rate,/min,${FROM}
`,
};
const terms = parseTerminology(TEXTS);

describe('a terminology', () => {
  it('knows a term by its name and by its other names, whatever the capitals and dots', () => {
    const oral = { system: 'http://snomed.info/sct', code: '26643006', display: 'Oral route' };
    for (const text of ['Oral', 'ORAL', 'po', 'P.O.', 'p/o']) expect(terms.find('route', text)).toEqual(oral);
    expect(terms.find('condition', 'उच्च रक्तचाप')?.code).toBe('I10');
    expect(terms.find('lab-test', 'C.B.C.')?.code).toBe('58410-2');
    expect(terms.find('unit', 'Gm %')?.code).toBe('g/dL');
    expect(terms.find('specimen', 'BLOOD')?.code).toBe('119297000');
    expect(terms.find('body-site', 'L. thigh')?.code).toBe('61396006');
    expect(terms.find('vital', 'pulse')?.code).toBe('8867-4');
    expect(terms.find('drug', 'TAB PCM 500')?.code).toBe('322236009');
    expect(terms.frequency('BD PC')).toEqual({ repeat: { frequency: 2, period: 1, periodUnit: 'd', when: ['PC'] } });
  });

  it.each(['constructor', '__proto__', 'toString', '', ' ', 'hypertensoin', 'Local syrup', 'a'.repeat(100_000)])(
    'has no code for %.20j',
    (text) => {
      for (const kind of ['drug', 'condition', 'lab-parameter', 'unit', 'vaccine', 'route'] as const) {
        expect(terms.find(kind, text)).toBeUndefined();
      }
      expect(terms.icd10(text)).toBeUndefined();
      expect(terms.frequency(text)).toBeUndefined();
    },
  );

  it('takes whatever is written', () => {
    const odd = fc.string({
      unit: fc.constantFrom(...'p c m t a b 1 0 - / . + % ½ µ ? x , । है'.split(' '), ' ', '\u0000', '\uD800'),
    });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), odd), fc.constantFrom(...CODED_KINDS), (text, kind) => {
        terms.find(kind, text, text);
        terms.suggest(kind, text);
        terms.frequency(text);
      }),
    );
  });

  it('gives an ICD-10 code its title', () => {
    expect(terms.icd10('I10')).toEqual({
      system: 'http://hl7.org/fhir/sid/icd-10',
      code: 'I10',
      display: 'Essential (primary) hypertension',
    });
    expect(terms.icd10('E11.65')).toBeUndefined();
  });

  it('asks for the sample where a name means two things', () => {
    const albumin = (sample?: string) => terms.find('lab-parameter', 'Albumin', sample)?.code;
    expect(albumin('URINE')).toBe('1753-3');
    expect(albumin('EDTA BLOOD')).toBe('1751-7');
    expect(albumin('पेशाब')).toBe('1753-3');
    expect(albumin()).toBeUndefined();
    expect(albumin('SWAB')).toBeUndefined();
  });

  it('does not give a code for blood to another sample', () => {
    const haemoglobin = (sample?: string) => terms.find('lab-parameter', 'Hb', sample)?.code;
    expect(haemoglobin()).toBe('718-7');
    expect(haemoglobin('BLOOD')).toBe('718-7');
    expect(haemoglobin('PLEURAL FLUID')).toBeUndefined();
    expect(haemoglobin('URINE')).toBeUndefined();
  });

  it.each(['BCG', 'BCG 1', 'BCG birth dose', 'BCG-0', 'पहली खुराक बीसीजी', 'बीसीजी टीका'])(
    'finds a vaccine behind its dose: %s',
    (text) => {
      expect(terms.find('vaccine', text)?.code).toBe('1861000221106');
    },
  );

  it('keeps a number that belongs to a vaccine’s name', () => {
    expect(terms.find('vaccine', 'PCV-13')?.code).toBe('1119254000');
    expect(terms.find('vaccine', 'PCV 1')?.code).toBe('1801000221105');
    expect(terms.find('vaccine', 'PCV1')?.code).toBe('1801000221105');
    expect(terms.find('vaccine', 'PCV10')).toBeUndefined();
  });

  it('suggests what a misspelt term may have been, and never sends it', () => {
    expect(terms.suggest('condition', 'hypertention 3 yrs')).toEqual(['hypertension']);
    expect(terms.suggest('drug', 'TAB PARACITAMOL 500')).toEqual(['Paracetamol']);
    expect(terms.find('drug', 'TAB PARACITAMOL 500')).toBeUndefined();
    expect(terms.suggest('condition', 'xyz')).toEqual([]);
    expect(terms.suggest('frequency', 'twise a day')).toEqual(['twice a day']);
  });
});

describe('a table that cannot be used', () => {
  const complaints = (table: TableName, change: (text: string) => string): string => {
    try {
      parseTerminology({ ...TEXTS, [table]: change(TEXTS[table]) });
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
    return '';
  };
  const added = (line: string) => (text: string) => `${text}${line}\n`;

  it.each<[string, TableName, string, string]>([
    [
      'a LOINC code with a wrong check digit',
      'lab-tests',
      `LFT,,24325-4,Hepatic panel,${FROM}`,
      'lab-tests.csv, line 3, column loinc',
    ],
    [
      'a SNOMED CT code with exchanged digits',
      'routes',
      `Nasal,,46713060,Nasal route,${FROM}`,
      'routes.csv, line 3, column snomed',
    ],
    [
      'an ICD-10 code without its dot',
      'conditions',
      `URTI,,J069,Title,${FROM}`,
      'conditions.csv, line 5, column icd10',
    ],
    ['a unit that is not UCUM', 'units', `lakh,,10^5/uL,lakh,${FROM}`, 'units.csv, line 3, column ucum'],
    ['a code without a title', 'routes', `Nasal,,46713006,,${FROM}`, 'routes.csv, line 3, column display'],
    ['a line without a name', 'routes', `,,46713006,Nasal route,${FROM}`, 'routes.csv, line 3, column name'],
    ['a line without a source', 'routes', 'Nasal,,46713006,Nasal route,,test', 'routes.csv, line 3, column source'],
    ['words with two codes', 'routes', `Nasal,po,46713006,Nasal route,${FROM}`, 'routes.csv, line 3, column synonyms'],
    [
      'a drug’s words for two drugs',
      'drugs',
      `Phencyclidine,pcm,,,387517004,P,${FROM}`,
      'drugs.csv, line 5, column synonyms',
    ],
    [
      'two titles of one ICD-10 code',
      'conditions',
      `BP,,I10,Hypertension,${FROM}`,
      'conditions.csv, line 5, column display',
    ],
    ['an unknown form', 'drugs', `X,,tablett,5 mg,387517004,X,${FROM}`, 'drugs.csv, line 5, column form'],
    ['a strength without unit', 'drugs', `X,,tablet,500,387517004,X,${FROM}`, 'drugs.csv, line 5, column strength'],
    [
      'a frequency that is no number',
      'dose-words',
      `TDS,,x,1,d,,,,${FROM}`,
      'dose-words.csv, line 4, column frequency',
    ],
    ['an unknown time of day', 'dose-words', `dawn,,1,1,d,DAWN,,,${FROM}`, 'dose-words.csv, line 4, column when'],
    ['a line with a column too few', 'routes', 'Nasal,46713006', 'routes.csv: is not CSV'],
  ])('%s is named with file, line and column', (_, table, line, where) => {
    expect(complaints(table, added(line))).toContain(where);
  });

  it('is told which columns are missing or misspelt', () => {
    const said = complaints('routes', (text) => text.replace('synonyms', 'synonym'));
    expect(said).toContain('the header lacks synonyms');
    expect(said).toContain('column synonym is not known');
    expect(complaints('routes', () => '')).toContain('the header lacks');
  });

  it('with a broken quote is told of that alone', () => {
    const said = complaints('routes', added(`"Nasal,,46713006,Nasal route,${FROM}`));
    expect(said).toContain('routes.csv: is not CSV');
    expect(said).not.toContain('header');
  });

  it('is shown with all its problems at once', () => {
    const said = complaints('routes', added(`Nasal,,1,Nasal,${FROM}\nEar,,2,Ear,${FROM}`));
    expect(said.match(/column snomed/g)).toHaveLength(2);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { loadMapping, parseMapping } from './mapping.js';

const PATH = 'config/ehospital.yaml';
const source = readFileSync(PATH, 'utf8');
const changed = (from: string | RegExp, to: string) => () => parseMapping(source.replace(from, to), 'site.yaml');

describe('the column mapping', () => {
  it('is read with its lists and words', () => {
    const mapping = loadMapping(PATH);
    expect(mapping.columns['patient.uhid']).toBe('PATIENT.UHID');
    expect(mapping.lists.prescriptions).toMatchObject({ from: 'RX', columns: { drug: 'DRUG' } });
    expect(mapping.labResults).toMatchObject({ from: 'RESULTS', columns: { text: 'RESULT' } });
    expect(mapping.values.sex.get('स्त्री')).toBe('female');
    expect(mapping.values.honorifics.get('SMT')).toBe('Smt');
  });

  it('may leave out a list the site has not', () => {
    expect(changed(/ {2}bills:.*\n/, '')().lists.bills).toBeUndefined();
  });

  it.each([
    ['dayCare', /^ {2}dayCare:.*\n/m, 'डे केयर'],
    ['inpatient', /^ {2}inpatient:.*\n/m, 'भर्ती'],
    ['allergyNotAsked', /^ {2}allergyNotAsked:\n {4}\[[^\]]*\]\n/m, 'पता नहीं'],
  ] as const)('may leave out the words of %s, which then are ours', (list, lines, word) => {
    const { values } = changed(lines, '')();
    expect(values[list]).toEqual(loadMapping(PATH).values[list]);
    expect(values[list].has(word)).toBe(true);
    expect(source.replace(lines, '')).not.toBe(source);
  });

  it('of an older site, which calls an unknown allergy none, still loads', () => {
    const older = source.replace(/^ {2}allergyNotAsked:\n {4}\[[^\]]*\]\n/m, '').replace('NKDA,', 'NKDA, NOT KNOWN,');
    expect(parseMapping(older, 'site.yaml').values.noKnownAllergy.has('NOT KNOWN')).toBe(true);
  });

  it.each([
    ['an unknown meaning', 'opdNumber: OPD_NO', 'opdNumber: OPD_NO\n  shoeSize: SHOE', 'shoeSize: not a meaning'],
    ['a missing needed one', /.*patient\.uhid.*\n/, '', 'patient.uhid: needed'],
    ['an unknown item column', 'drug: DRUG', 'drug: DRUG, colour: COL', 'prescriptions.colour: not a meaning'],
    ['a missing needed item column', 'drug: DRUG, ', '', 'prescriptions.drug: needed'],
    ['a path that is none', 'OPD_NO', '"OPD NO"', 'opdNumber: must be a column'],
    ['a column inside another', 'CC', 'PATIENT', 'PATIENT: cannot be a column'],
    ['a word in two lists that exclude each other', "'N', 'NO'", "'N', 'Y'", '"Y" stands in both yes and no'],
    ['a word for no allergy and for not asked', 'NKDA,', 'NKDA, NOT KNOWN,', '"NOT KNOWN" stands in both'],
    ['a spelling of two sexes', '[F, 2', '[F, M', '"M" stands twice'],
    ['an unknown value list', '  yes:', '  colours: [RED]\n  yes:', 'values.colours: not a list'],
    ['a list that is none', /missing: .*/, 'missing: none', 'values.missing: must be a list'],
    ['an unknown part', 'values:', 'extra: 1\nvalues:', 'extra: not known here'],
    ['broken YAML', 'columns:', 'columns: [', 'not valid YAML'],
  ])('is refused for %s', (_, from, to, problem) => {
    expect(changed(from, to)).toThrow(problem);
  });

  it('is refused with all problems at once, by the file’s name', () => {
    const broken = source.replace(/.*patient\.uhid.*\n/, '').replace('opdNumber: OPD_NO', 'shoeSize: SHOE');
    expect(() => parseMapping(broken, 'site.yaml')).toThrow(
      /site\.yaml[\s\S]*shoeSize[\s\S]*opdNumber[\s\S]*patient\.uhid/,
    );
  });

  it('says which file is missing', () => {
    expect(() => loadMapping('config/none.yaml')).toThrow('config/none.yaml cannot be read');
  });

  it('refuses an empty file', () => {
    expect(() => parseMapping('', 'site.yaml')).toThrow('cannot be used');
  });
});

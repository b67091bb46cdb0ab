import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Condition } from 'fhir/r4.js';
import type { Diagnosis } from '../../ports/visit.js';
import { A_PLACE } from '../../../test/makers/records.js';
import { aVisit } from '../../../test/makers/visit.js';
import { visitFrame } from '../records/visit-frame.js';
import { complaintPhrases } from '../terminology/complaint-phrases.js';
import { loadTerminology } from '../terminology/load.js';
import { codedComplaint, complaint, diagnosis } from './condition.js';

const terms = loadTerminology('config/terminology');
const { parts } = visitFrame(aVisit(), A_PLACE);

const codesOf = (text: string) =>
  complaintPhrases(text)
    .map((phrase) => codedComplaint('id', phrase, parts, terms).code)
    .map((code) => [code?.text, code?.coding?.[0]?.code]);
const diagnosed = (text: string, icd10?: string) => {
  const from: Diagnosis = { text, icd10 };
  const { code } = diagnosis('id', from, parts, terms);
  return [code?.text, code?.coding?.[0]?.code];
};

describe('a complaint in a record', () => {
  it('is one condition for each thing, in the hospital’s words, coded where they are known', () => {
    expect(codesOf('c/o fever x 3/7, odd feeling')).toEqual([
      ['c/o fever x 3/7', 'R50.9'],
      ['odd feeling', undefined],
    ]);
  });

  it('is not coded while it is doubted or denied', () => {
    expect(codesOf('malaria susp, no cough')).toEqual([
      ['malaria susp', undefined],
      ['no cough', undefined],
    ]);
  });

  it('of the past is told in words only', () => {
    expect(complaint('id', 'HTN', parts).code).toEqual({ text: 'HTN' });
  });
});

describe('a diagnosis in a record', () => {
  it('has the hospital’s code with its title, and the doctor’s words', () => {
    expect(diagnosed('High BP, old', 'I10')).toEqual(['High BP, old', 'I10']);
  });

  it('is coded by the doctor’s words when the hospital gave no code', () => {
    expect(diagnosed('URTI')).toEqual(['URTI', 'J06.9']);
  });

  it('keeps a hospital’s code that no table has in the text', () => {
    expect(diagnosed('T2DM uncontrolled', 'E11.65')).toEqual(['T2DM uncontrolled (E11.65)', undefined]);
    expect(diagnosed('HTN', 'I10.99')).toEqual(['HTN (I10.99)', 'I10']);
  });

  it.each(['? Malaria', 'Malaria susp', 'r/o malaria', 'No malaria', 'Malaria (-)'])(
    'that is doubted carries no code: %s',
    (text) => {
      expect(diagnosed(text, 'B54')).toEqual([`${text} (B54)`, undefined]);
      expect(diagnosed(text)).toEqual([text, undefined]);
    },
  );

  it('keeps the hospital’s code though something in the words is denied, or they are many', () => {
    expect(diagnosed('T2DM without complications', 'E11.9')[1]).toBe('E11.9');
    expect(diagnosed('long '.repeat(60), 'I10')[1]).toBe('I10');
  });
});

describe('how sure a finding is', () => {
  const statuses = ({ clinicalStatus, verificationStatus }: Condition) => [
    clinicalStatus?.coding?.[0]?.code,
    verificationStatus?.coding?.[0]?.code,
  ];
  const complained = (text: string) =>
    complaintPhrases(text).map((phrase) => statuses(codedComplaint('id', phrase, parts, terms)));
  const found = (text: string, icd10?: string) => statuses(diagnosis('id', { text, icd10 }, parts, terms));

  it.each([
    'no fever',
    'बुखार नहीं',
    'बुखार नहीं है',
    'not pregnant',
    'afebrile',
    'No malaria',
    'malaria (-)',
    'denies cough',
  ])('%s is refuted', (text) => {
    expect(complained(text)).toEqual([[undefined, 'refuted']]);
    expect(found(text, 'B54')).toEqual([undefined, 'refuted']);
  });

  it.each(['? malaria', 'malaria susp', 'r/o malaria', 'malaria?', 'probable dengue'])('%s is provisional', (text) => {
    expect(complained(text)).toEqual([[undefined, 'provisional']]);
    expect(found(text)).toEqual([undefined, 'provisional']);
  });

  it.each([
    'h/o TB 2 years back',
    'h/o TB',
    'f/h o DM',
    'f/h/o DM',
    'mother c/o fever',
    'fever subsided',
    'fever now relieved',
    'fever 3 days ago',
    'बुखार ठीक हो गया',
  ])('%s is told in words alone', (text) => {
    expect(complained(text)).toEqual([[undefined, undefined]]);
    expect(found(text, 'R50.9')).toEqual([undefined, undefined]);
    expect(diagnosed(text, 'R50.9')).toEqual([`${text} (R50.9)`, undefined]);
    expect(codesOf(text)).toEqual([[text, undefined]]);
  });

  it.each([
    'c/o fever x 3/7',
    'h/o fever 3 days',
    'k/c/o HTN since 5 years',
    'pain not relieved',
    'T2DM without complications',
  ])('%s is active', (text) => {
    expect(complained(text)).toEqual([['active', undefined]]);
  });

  it.each(['no sleep', 'नींद नहीं', 'not passing urine'])('%s may be the complaint itself: not refuted', (text) => {
    expect(complained(text)).toEqual([[undefined, undefined]]);
  });

  it('is not known behind a denial or a doubt', () => {
    expect(complained('no fever, cough; headache')).toEqual([
      [undefined, 'refuted'],
      [undefined, undefined],
      ['active', undefined],
    ]);
    expect(found('HTN, ? DM', 'I10')).toEqual([undefined, undefined]);
  });

  it('is certain for whatever a table lists', () => {
    const names = readFileSync('config/terminology/conditions.csv', 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0] ?? '')
      .filter((name) => name !== '' && !name.startsWith('"'));
    expect(names.filter((name) => found(name)[0] !== 'active')).toEqual([]);
  });
});

describe('the hospital’s code beside the words', () => {
  it('is not sent, nor the words’ code, where they contradict each other', () => {
    expect(diagnosed('HTN', 'J06.9')).toEqual(['HTN (J06.9)', undefined]);
  });

  it('is not replaced by the words’ code when it says more than we know', () => {
    expect(diagnosed('T2DM', 'E11.65')).toEqual(['T2DM (E11.65)', undefined]);
    expect(diagnosed('URTI', 'Z23')).toEqual(['URTI (Z23)', undefined]);
  });
});

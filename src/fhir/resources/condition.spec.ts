import { describe, expect, it } from '@jest/globals';
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

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codableCore } from './codable-core.js';
import { complaintPhrases } from './complaint-phrases.js';

const cores = (text: string) => complaintPhrases(text).map(({ core }) => core);
const texts = (text: string) => complaintPhrases(text).map((phrase) => phrase.text);

describe('a complaint', () => {
  it.each([
    ['बुखार 3 दिन, खांसी', ['बुखार', 'खांसी']],
    ['c/o fever x 3/7, cough', ['fever', 'cough']],
    ['known c/o DM, polyuria', ['dm', 'polyuria']],
    ['pain abdomen 1 day', ['pain abdomen']],
    ['ANC checkup 7 month', ['anc checkup']],
    ['गर्भवती 28 सप्ताह', ['गर्भवती']],
    ['घुटनों में दर्द 6 माह', ['घुटनों में दर्द']],
    ['bukhar 3 din se', ['bukhar']],
    ['BP high, sir dard', ['bp high', 'sir dard']],
    ['सिर दर्द और चक्कर', ['सिर दर्द', 'चक्कर']],
    ['उल्टी व दस्त 2 दिन से', ['उल्टी', 'दस्त']],
    ['fever since 2 weeks + cough & cold\nloose motion', ['fever', 'cough', 'cold', 'loose motion']],
    ['fever+cough 3-4 days', ['fever', 'cough']],
    ['K/C/O HTN since 5 yrs; h/o fever for 2 days', ['htn', 'fever']],
    ['bukhar aa raha hai kal se', ['bukhar']],
    ['तीन दिन से बुखार है', ['बुखार']],
  ])('%s is cut into what can be looked up', (text, expected) => {
    expect(cores(text)).toEqual(expected);
  });

  it('keeps the hospital’s words of each part', () => {
    expect(texts('c/o fever x 3/7 , cough')).toEqual(['c/o fever x 3/7', 'cough']);
  });

  it.each(['band around chest', '1,000 ml vomitus', 'HIV+ on ART', 'sandal injury', 'T2DM'])(
    '%s is one thing: nothing is cut inside words and numbers',
    (text) => {
      expect(texts(text)).toEqual([text]);
    },
  );

  it.each(['', ' , ; ', '---', '\n'])('of punctuation only (%j) is none', (text) => {
    expect(complaintPhrases(text)).toEqual([]);
  });

  it('loses no letter, whatever is written', () => {
    const letters = (text: string) => text.replace(/[^\p{L}\p{N}]|\b(?:and)\b|व|और|तथा|एवं/giu, '');
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', '1', ',', ' ', '+', ';', '&', '\n', '-', '?', 'व') }),
        (text) => {
          expect(letters(texts(text).join(' '))).toBe(letters(text));
        },
      ),
    );
  });

  it.each([
    'malaria susp',
    '? malaria',
    '?malaria',
    'malaria?',
    'r/o dengue',
    'suspected TB',
    'no fever',
    'fever not present',
    'बुखार नहीं',
    'बिना बुखार',
    'without fever',
    'family h/o DM',
    'past h/o asthma',
    'h/o TB',
    'malaria (-)',
    'malaria -ve',
    'fever -',
    'dengue or malaria',
  ])('%s is doubted, denied or not of now, and is not looked up', (text) => {
    expect(cores(text)).toEqual([undefined]);
  });

  it('is doubted only where the doubt stands', () => {
    expect(cores('malaria susp, thand lagkar bukhar')).toEqual([undefined, 'thand lagkar bukhar']);
    expect(cores('खांसी, बुखार नहीं')).toEqual(['खांसी', undefined]);
  });

  it('is not sure behind a "no", as far as the sentence goes', () => {
    expect(cores('no fever, cough and cold; pain abdomen')).toEqual([undefined, undefined, undefined, 'pain abdomen']);
  });
});

describe('the words to look up', () => {
  it('are the whole when nothing but duration is left', () => {
    expect(codableCore('3 days')).toBe('3 days');
  });

  it('keep numbers that are no duration', () => {
    expect(codableCore('DM type 2')).toBe('dm type 2');
    expect(codableCore('Type 2 DM')).toBe('type 2 dm');
  });

  it('need no long time, whatever is written', () => {
    const started = performance.now();
    for (const text of [
      'c/o '.repeat(5000),
      'x 3 '.repeat(5000),
      'है '.repeat(5000),
      ', '.repeat(20000),
      ' '.repeat(50000),
      '- '.repeat(9000),
    ]) {
      complaintPhrases(text);
    }
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});

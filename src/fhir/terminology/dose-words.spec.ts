import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DoseWords } from './dose-words.js';
import { readTable } from './read-table.js';
import { doseWordOf } from './special-rows.js';
import { TableProblems } from './table-problems.js';

const doseWords = new DoseWords();
const problems = new TableProblems();
for (const row of readTable('dose-words', readFileSync('config/terminology/dose-words.csv', 'utf8'), problems)) {
  doseWords.add([row.name, ...row.synonyms], doseWordOf(row, problems));
}
problems.throwIfAny();
const read = (text: string) => doseWords.read(text);
const daily = (frequency: number, when?: string) => ({
  frequency,
  period: 1,
  periodUnit: 'd',
  ...(when !== undefined && { when: [when] }),
});

describe('prescribers’ shorthand', () => {
  it.each([
    ['OD', 1],
    ['bd', 2],
    ['B.D.', 2],
    ['TDS', 3],
    ['QID', 4],
    ['1-0-1', 2],
    ['1 - 0 - 1', 2],
    ['1-1-1', 3],
    ['1-1-1-1', 4],
    ['दिन में दो बार', 2],
    ['दिन में ३ बार', 3],
    ['subah sham', 2],
    ['1-0-1 BD', 2],
  ])('%s is so many times a day', (text, frequency) => {
    expect(read(text)).toEqual({ repeat: daily(frequency) });
  });

  it.each([
    ['HS', 1, 'HS'],
    ['OD HS', 1, 'HS'],
    ['रात को', 1, 'NIGHT'],
    ['1-0-0', 1, 'MORN'],
    ['0-0-1', 1, 'NIGHT'],
    ['1-0-0 before food', 1, 'ACM'],
    ['0-0-1 खाने के बाद', 1, 'PCV'],
    ['BD pc', 2, 'PC'],
    ['OD ac', 1, 'AC'],
    ['1-0-1 after food', 2, 'PC'],
    ['HS after food', 1, 'HS'],
  ])('%s is %s times a day, at %s', (text, frequency, when) => {
    expect(read(text)).toEqual({ repeat: daily(frequency, when) });
  });

  it.each([
    ['6 hourly', { frequency: 1, period: 6, periodUnit: 'h' }],
    ['Q8H', { frequency: 1, period: 8, periodUnit: 'h' }],
    ['हर 6 घंटे', { frequency: 1, period: 6, periodUnit: 'h' }],
    ['alternate days', { frequency: 1, period: 2, periodUnit: 'd' }],
    ['weekly', { frequency: 1, period: 1, periodUnit: 'wk' }],
    ['once a month', { frequency: 1, period: 1, periodUnit: 'mo' }],
  ])('%s has its own period', (text, repeat) => {
    expect(read(text)).toEqual({ repeat });
  });

  it.each(['SOS', 'prn', 'जरूरत पर'])('%s is when needed', (text) => {
    expect(read(text)).toEqual({ asNeeded: true });
  });

  it('SOS beside a frequency is when needed, at most so often', () => {
    expect(read('BD SOS')).toEqual({ repeat: daily(2), asNeeded: true });
    expect(read('1-0-1 SOS')).toEqual({ repeat: daily(2), asNeeded: true });
  });

  it.each(['STAT', 'तुरंत'])('%s is once', (text) => {
    expect(read(text)).toEqual({ once: true });
  });

  it.each(['2-0-1', '2+0+1'])('%s is another amount at each time', (text) => {
    expect(read(text)).toEqual({
      doses: [
        { amount: 2, repeat: daily(1, 'MORN') },
        { amount: 1, repeat: daily(1, 'NIGHT') },
      ],
    });
  });

  it.each(['1/2-0-1/2', '½-0-½', '0.5-0-0.5'])('%s is the same amount twice', (text) => {
    expect(read(text)).toEqual({ doses: [{ amount: 0.5, repeat: daily(2) }] });
  });

  it('a pattern of four has an evening', () => {
    expect(read('1½-0-1-0')).toEqual({
      doses: [
        { amount: 1.5, repeat: daily(1, 'MORN') },
        { amount: 1, repeat: daily(1, 'EVE') },
      ],
    });
  });

  it.each([
    ...[
      '0-0-0',
      'constructor',
      'OD x 3 then BD',
      'खाने के बाद',
      '',
      '1-1',
      '12-08-2025',
      '1-0-1-0-1',
      '1-0-1-',
      '1/0-0-1',
    ],
    ...[
      'OD BD',
      'TDS 1-0-1',
      '1-0-1 TDS',
      '1-0-1 HS',
      'STAT then BD',
      'STAT BD',
      'STAT 1-0-1',
      'BD ac pc',
      'subah OD raat',
      '1-0-0 HS',
      '?',
      'x',
    ],
  ])('%s stays words', (text) => {
    expect(read(text)).toBeUndefined();
  });
});

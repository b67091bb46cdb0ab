import { describe, expect, it } from '@jest/globals';
import { readFrequency } from './dosage-frequency.js';

describe('prescribers’ shorthand', () => {
  it.each([
    ['OD', 1],
    ['bd', 2],
    ['TDS', 3],
    ['QID', 4],
    ['BD pc', 2],
    ['1-0-1', 2],
    ['1-0-0 before food', 1],
    ['1-1-1-1', 4],
  ])('%s is so many times a day', (text, frequency) => {
    expect(readFrequency(text)).toEqual({ repeat: { frequency, period: 1, periodUnit: 'd' } });
  });

  it('HS is once, before sleep', () => {
    expect(readFrequency('HS')).toEqual({ repeat: { frequency: 1, period: 1, periodUnit: 'd', when: ['HS'] } });
  });

  it('SOS is when needed', () => {
    expect(readFrequency('SOS')).toEqual({ asNeeded: true });
  });

  it.each(['STAT', '0-0-0', 'constructor', '1/2-0-1', 'OD x 3 then BD', 'खाने के बाद', ''])('%s stays words', (text) => {
    expect(readFrequency(text)).toBeUndefined();
  });
});

import { describe, expect, it } from '@jest/globals';
import type { ColumnKind } from './aadhaar.js';
import { maskAadhaar } from './aadhaar.js';

const masked: readonly (readonly [string, string, ColumnKind?])[] = [
  ['234567890123', 'XXXXXXXX0123'],
  ['2345 6789 0123', 'XXXXXXXX0123'],
  ['2345-6789-0123', 'XXXXXXXX0123'],
  ['2345  6789\t0123', 'XXXXXXXX0123'],
  ['2345 – 6789 – 0123', 'XXXXXXXX0123'],
  ['23456789 0123', 'XXXXXXXX0123'],
  ['UID:234567890123,ok', 'UID:XXXXXXXX0123,ok'],
  ['age 45 2345 6789 0123', 'age 45 XXXXXXXX0123'],
  ['3 234567890123', '3 XXXXXXXX0123'],
  ['२३४५ ६७८९ ०१२३', 'XXXXXXXX०१२३'],
  ['2345\u200b67890123', 'XXXXXXXX0123'],
  ['2345\u000767890123', 'XXXXXXXX0123'],
  ['2345 6789 0123 and 3456 7890 1234', 'XXXXXXXX0123 and XXXXXXXX1234'],
  ['234567890123 9876543210', 'XXXXXXXX0123 9876543210'],
  ['2345 6789 0123 4567', 'XXXXXXXX4567'],
  ['919876543210', 'XXXXXXXX3210'],
  ['234567890123', 'XXXXXXXX0123', 'mobile'],
  ['234567890123', 'XXXXXXXX0123', 'fourteen-digit-id'],
  ['234567890123', 'XXXXXXXX0123', 'document-data'],
  ['234567890124', 'XXXXXXXX0124', 'hospital-number'],
  ['2345 6789 0124', 'XXXXXXXX0124', 'hospital-number'],
  ['২৩৪৫৬৭৮৯০১২৩', 'XXXXXXXX০১২৩', 'hospital-number'],
  ['2345 6789 0123 4567', 'XXXXXXXX4567', 'hospital-number'],
  ['2 3 4 5 6 7 8 9 0 1 2 4', 'XXXXXXXX0124'],
  ['uid 2 3 4 5 6 7 8 9 0 1 2 4 seen', 'uid XXXXXXXX0124 seen'],
  ['२ ३ ४ ५ ६ ७ ८ ९ ० १ २ ४', 'XXXXXXXX०१२४'],
];

const leftAlone: readonly (readonly [string, ColumnKind?])[] = [
  ['91-6454-3665-7110'],
  ['91645436657110'],
  ['91 6454 3665 7110'],
  ['71-1000-2000-3001'],
  ['71 1000 2000 3001', 'fourteen-digit-id'],
  ['1234567890123'],
  ['1234567890123456'],
  ['+91 9876543210'],
  ['919876543210', 'mobile'],
  ['+91 98765 43210', 'mobile'],
  ['9198 7654 3210', 'mobile'],
  ['12/08/2025 09:41:00'],
  ['234567890123', 'hospital-number'],
  ['2345 6789 0123', 'hospital-number'],
  ['REG-234567890123', 'hospital-number'],
  ['2 3 4 5 6 7 8 9 0 1 2 3'],
  ['1 2 3 4 5 6 7 8 9 0 1 2 4'],
  ['2 3 4 5 6 7 8 9 0 1 2 4 5'],
  ['BAS-2025-0001001'],
  ['4000-11000'],
  [`${'JVBERi0x'.repeat(15)}/234567890123==`, 'document-data'],
];

describe('maskAadhaar', () => {
  it.each(masked)('%j becomes %j (%s)', (came, clean, kind = 'other') => {
    expect(maskAadhaar(came, kind).text).toBe(clean);
  });

  it.each(leftAlone)('%j is left alone (%s)', (came, kind = 'other') => {
    expect(maskAadhaar(came, kind)).toEqual({ text: came, masks: [] });
  });

  it('masks a run of numbers whatever its length, and what comes behind it', () => {
    const run = '2345 6789 0123 '.repeat(200_000);
    expect(maskAadhaar(`a ${run}b 3456 7890 1234`, 'other').text).toBe('a XXXXXXXX0123 b XXXXXXXX1234');
  });

  it.each([' ', '\u200b', '-'])('is not put off by megabytes of %j between the digits', (gap) => {
    const gaps = gap.repeat(14_000_000);
    expect(maskAadhaar(`2345${gaps}6789${gaps}0123`, 'other').text).toBe('XXXXXXXX0123');
  });

  it('takes time in proportion to the text, whatever is in it', () => {
    const begin = performance.now();
    maskAadhaar('1234 '.repeat(100_000) + '5', 'other');
    maskAadhaar('\u200b'.repeat(500_000), 'other');
    maskAadhaar(`1234${' '.repeat(500_000)}x`, 'other');
    maskAadhaar('12 '.repeat(300_000), 'other');
    maskAadhaar('1 '.repeat(300_000), 'other');
    maskAadhaar(`1${' '.repeat(3)}`.repeat(200_000), 'other');
    maskAadhaar('2345 6789 0123 '.repeat(100_000), 'other');
    maskAadhaar('2345 6789 0123 x '.repeat(50_000), 'other');
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});

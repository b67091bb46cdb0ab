import { describe, expect, it } from '@jest/globals';
import { beginning, ending } from './period.js';

describe('A period of the audit', () => {
  it('of days begins and ends at midnight in India, its last day included', () => {
    expect(beginning('2026-11-22').toISOString()).toBe('2026-11-21T18:30:00.000Z');
    expect(ending('2026-11-22').toISOString()).toBe('2026-11-22T18:30:00.000Z');
  });

  it('of times is what the offsets say', () => {
    expect(beginning('2026-11-22T10:00:00+05:30').toISOString()).toBe('2026-11-22T04:30:00.000Z');
    expect(ending('2026-11-22T10:00Z').toISOString()).toBe('2026-11-22T10:00:00.000Z');
  });

  it.each(['2026-02-30', '2026-13-01', '2026-02-30T10:00:00Z', '2026-02-10T25:00:00Z'])('does not take %s', (text) => {
    expect(() => beginning(text)).toThrow();
    expect(() => ending(text)).toThrow();
  });
});

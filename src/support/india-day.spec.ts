import { describe, expect, it } from '@jest/globals';
import { endOfIndiaDay, indiaDay } from './india-day.js';

describe('The day in India', () => {
  it('begins half past six in the evening of the day before in London', () => {
    expect(indiaDay(new Date('2026-03-04T18:29:59.999Z'))).toBe('2026-03-04');
    expect(indiaDay(new Date('2026-03-04T18:30:00.000Z'))).toBe('2026-03-05');
  });

  it('ends where the next begins', () => {
    expect(endOfIndiaDay('2026-03-04').toISOString()).toBe('2026-03-04T18:30:00.000Z');
    expect(indiaDay(endOfIndiaDay('2026-12-31'))).toBe('2027-01-01');
  });
});

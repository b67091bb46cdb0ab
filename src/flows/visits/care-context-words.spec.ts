import { describe, expect, it } from '@jest/globals';
import { careContextDisplay, careContextReference } from './care-context-words.js';

describe('The words of a care context', () => {
  it('are the visit’s own number, where ABDM takes its characters', () => {
    expect(careContextReference('OPD/25/100900', 'our-id')).toBe('OPD/25/100900');
    expect(careContextReference('OPD 25-1_a@b,c.d:e', 'our-id')).toBe('OPD 25-1_a@b,c.d:e');
  });

  it.each(['OPD#1', 'OPD|1', 'OPD(1)', 'OPD\\1', 'OPD+1', 'ओपीडी/1', 'O'.repeat(256)])(
    'are our id where ABDM would refuse %s',
    (number) => {
      expect(careContextReference(number, 'our-id')).toBe('V-our-id');
    },
  );

  it.each([
    ['2025-08-12T09:41:00+05:30', 'OPD visit on 12-Aug-2025'],
    ['2026-01-01T00:05:00+05:30', 'OPD visit on 01-Jan-2026'],
    ['2025-12-31T23:59:00+05:30', 'OPD visit on 31-Dec-2025'],
  ])('show the day in India and nothing else (%s)', (registeredAt, display) => {
    expect(careContextDisplay(registeredAt)).toBe(display);
  });
});

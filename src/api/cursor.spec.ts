import { describe, expect, it } from '@jest/globals';
import { isDay, isInstant, readCursor, writeCursor } from './cursor.js';

describe('A cursor', () => {
  it('comes back as it was given', () => {
    const cursor = writeCursor('2026-11-22T04:30:00.000Z', 'a');
    expect(readCursor(cursor, isInstant)).toEqual({ key: '2026-11-22T04:30:00.000Z', id: 'a' });
  });

  it('that is not ours is refused', () => {
    expect(() => readCursor('nonsense', isInstant)).toThrow();
  });

  it.each([
    '2025-02-30T00:00:00.000Z',
    '0000-01-01T00:00:00.000Z',
    '2025-02-03T25:00:00.000Z',
    '+002025-02-03T00:00:00.000Z',
    '2025-02-03',
    '',
  ])('holds no time that the database does not know (%s)', (text) => {
    expect(isInstant(text)).toBe(false);
  });

  it.each(['2025-02-30', '0000-01-01', '2025-2-3', '2025-02-03T00:00:00.000Z'])('holds no day %s', (text) => {
    expect(isDay(text)).toBe(false);
  });

  it('holds days and times there are', () => {
    expect([isDay('2024-02-29'), isInstant('0001-01-01T00:00:00.000Z')]).toEqual([true, true]);
  });
});

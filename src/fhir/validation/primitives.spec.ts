import { describe, expect, it } from '@jest/globals';
import { PRIMITIVES } from './primitives.js';

const fault = (type: string, value: unknown) => PRIMITIVES[type]!.fault(value);

describe('FHIR primitives', () => {
  it.each([
    ['date', '2025'],
    ['date', '2025-08'],
    ['date', '2024-02-29'],
    ['dateTime', '2025-08-12T09:41:00+05:30'],
    ['dateTime', '2025'],
    ['instant', '2025-08-12T09:41:00.123Z'],
    ['id', 'a-b.C1'],
    ['code', 'a b'],
    ['decimal', 38.4],
    ['positiveInt', 1],
    ['base64Binary', 'JVBERi0xLjQK'],
    ['base64Binary', 'A'.repeat(400_000)],
    ['time', '09:41:00'],
  ])('takes as %s: %s', (type, value) => {
    expect(fault(type, value)).toBeUndefined();
  });

  it.each([
    ['date', '12/08/2025'],
    ['date', '2025-02-30'],
    ['date', '2025-13-01'],
    ['date', '0000'],
    ['dateTime', '2025-08-12T09:41:00'],
    ['dateTime', '2025-08-12T09:41+05:30'],
    ['instant', '2025-08-12'],
    ['id', 'a_b'],
    ['id', 'x'.repeat(65)],
    ['code', ' a'],
    ['uri', 'a b'],
    ['positiveInt', 0],
    ['integer', 1.5],
    ['base64Binary', 'not base64!'],
    ['base64Binary', `${'A'.repeat(400_000)}A`],
  ])('refuses the form as %s: %s', (type, value) => {
    expect(fault(type, value)).toBe('format');
  });

  it.each([
    ['boolean', 'true'],
    ['integer', '1'],
    ['string', 1],
    ['decimal', '1.0'],
  ])('refuses the JSON type as %s: %s', (type, value) => {
    expect(fault(type, value)).toBe('type');
  });
});

import { describe, expect, it } from '@jest/globals';
import { readFacilities } from './facilities-file.js';

const file = (counters: string): string => `
facilities:
  - hfrId: IN2210000101
    name: Bastar
    counters: ${counters}
`;
const read = (counters: string) => readFacilities(file(counters))[0]?.counters;

describe('The counters in the facilities’ file', () => {
  it('are read with their codes in capitals, and a name of their own or their code', () => {
    expect(read('[{ code: opd1, name: Window 1, department: Medicine }, { code: 7 }]')).toEqual([
      { code: 'OPD1', name: 'Window 1', department: 'Medicine' },
      { code: '7', name: '7', department: undefined },
    ]);
  });

  it('may be none', () => {
    expect(read('[]')).toBeUndefined();
    expect(readFacilities('facilities: [{ hfrId: IN2210000101, name: Bastar }]')[0]?.counters).toBeUndefined();
  });

  it.each([
    ['OPD1', 'counters: a list is expected'],
    ['[{ code: OPD 1 }]', 'facilities[0].counters[0].code: 1 to 20 letters and digits are expected'],
    ['[{ name: Window }]', 'counters[0].code'],
    ['[{ code: bastar }]', 'counters[0].code: the id or name of the facility'],
    ['[{ code: in2210000101 }]', 'counters[0].code: the id or name of the facility'],
    ['[{ code: A1 }, { code: a1 }]', 'counters[1].code: a counter above has it'],
  ])('are refused by name when they cannot be used: %s', (counters, problem) => {
    expect(() => read(counters)).toThrow(problem);
  });
});
